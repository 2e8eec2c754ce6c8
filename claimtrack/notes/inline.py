"""Words, file names and addresses of others as Markdown that reads as those words and does nothing.

Besides Markdown and HTML this holds for what note-taking programs act on: links, tags, comments and
formulas of Obsidian, the queries of its Dataview, the commands of Templater, Liquid of Jekyll.
"""

import re
import unicodedata

from claimtrack.notes.phrases import one_line, visible

_INLINE = re.compile(
    r"[\\`*_\[\]|~#$^=]|:(?=//)|:(?=:)|(?<=:):|(?<=www)\.|%(?=%)|(?<=[%{])%|(?<=\{)\{"
    r"|(?<=\w)@(?=\w)|&(?=#?\w+;)|[<>]"
)
_LINE_START = re.compile(r"^(?:([-+])(?=\s|$|[-+])|(\d{1,9})([.)])(?=\s|$))")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_COMMAND = re.compile(r"^\s*\$?=|^\s*\{|<%|%>|%%|\{\{|\{%")
"""What Dataview, Templater, Obsidian and Jekyll act on even within a code span."""


def escape(text: str) -> str:
    """Returns the text as one line of words: nothing in it acts as Markdown, HTML or a link."""
    safe = _INLINE.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), one_line(text))
    return _LINE_START.sub(lambda match: (match[2] or "") + "\\" + (match[3] or match[1]), safe)


def code(text: str) -> str:
    """Returns the text as a code span, its fence longer than any run of backticks inside.

    A text that a note-taking program would run even there comes as words.
    """
    line = one_line(text)
    if _COMMAND.search(line):
        return escape(line)
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def link(address: str) -> str:
    """Returns a web address as a link, and what is none as words."""
    harmless = visible(address) == address and not _COMMAND.search(address) and "[[" not in address
    return f"<{address}>" if harmless and _WEB_ADDRESS.fullmatch(address) else escape(address)


def is_web_address(address: str) -> bool:
    """Does the text lead to a web page, in whatever spelling?"""
    return bool(_WEB_ADDRESS.match(address))


def quote(text: str) -> str:
    """Returns the text as a block quote; paragraphs stay paragraphs."""
    lines = [line for line in visible(text).split("\n") if line.strip()]
    return "\n>\n".join(f"> {escape(line)}" for line in lines)


def quote_marked(parts: list[tuple[str, bool]]) -> str:
    """Returns pieces of a text as a block quote, those marked true in bold; paragraphs stay paragraphs."""
    pieces = [
        (escape_end(line), is_bold and bool(line.strip()), ends)
        for text, is_bold in parts
        for line, ends in _lines(text)
    ]
    out = ""
    for at, (words, is_bold, ends) in enumerate(pieces):
        following = pieces[at + 1][0][:1] if at + 1 < len(pieces) and not ends else ""
        out += (_bold(words, out[-1:], following) if is_bold else words) + ("\n" if ends else "")
    lines = [line.strip() for line in out.split("\n") if line.strip()]
    return "\n>\n".join(f"> {line}" for line in lines)


def _lines(text: str) -> list[tuple[str, bool]]:
    """Returns the lines and whether each of them is ended."""
    lines = visible(text).split("\n")
    return [(line, at + 1 < len(lines)) for at, line in enumerate(lines)]


def escape_end(line: str) -> str:
    """Returns the escaped line with a space where there was white space at its ends."""
    if not line.strip():
        return " " if line else ""
    return " " * line[0].isspace() + escape(line) + " " * line[-1].isspace()


def _bold(words: str, before: str, after: str) -> str:
    """Returns the words in bold, by tags where asterisks between these neighbours would stay asterisks."""
    inner = words.strip()
    left, right = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    opens = bool(left) or not _is_mark(inner[0]) or _parts_words(before)
    closes = bool(right) or not _is_mark(inner[-1]) or _parts_words(after)
    start, end = ("**", "**") if opens and closes else ("<b>", "</b>")
    return f"{left}{start}{inner}{end}{right}"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _parts_words(neighbour: str) -> bool:
    return not neighbour or neighbour.isspace() or _is_mark(neighbour)
