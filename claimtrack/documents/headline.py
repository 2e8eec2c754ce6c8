"""Which line of a text is its headline; none where no line is one."""

import re
from collections.abc import Sequence

from claimtrack.text import quotation_spans

LONGEST_HEADLINE = 200
"""Characters; the longest headlines of tabloid web sites stay below."""

_LONGEST_HEADING = 1_000
"""Characters of a line in which a heading of Markdown is looked for."""

FEWEST_WORDS = 2
"""A single word on the first line is a section: ``World``."""

LONG_WORD = 4
"""Letters from which a word is capitalised in title case."""

TITLE_CASE = 0.8
"""Share of long words with a capital from which a line is in title case; sentences have 0.1-0.5."""

WRAPPED = 0.3
"""Share of lines beginning in lower case above which the text's paragraphs are broken into lines."""

_BULLET = re.compile(r"[-*•–—·‣▪◦►]\s|\d{1,2}[.)]\s")
_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*$")
_UNDERLINE = re.compile(r"=+\s*$")
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}[”’\"']?$")
_END = re.compile(r"[.;:,][”’\"')\]]*$")
_SENTENCES = re.compile(r"[a-z]{3,}[.]\s+[“‘\"']?[A-Z]")
_TURN = re.compile(r"([A-Z][A-Z .'’-]+):\s")
_EMPHASIS = re.compile(r"\*\*|__|[*_`]")

Place = tuple[int, int]


def find_title(text: str, lines: Sequence[Place]) -> str | None:
    """Returns the first line that is no section name, where it is a headline and text follows it."""
    for index, (start, end) in enumerate(lines[:2]):
        if len(text[start:end].split()) < FEWEST_WORDS:
            continue
        following = lines[index + 1 :]
        if following and _is_headline(text, (start, end), following):
            return text[start:end]
        return None
    return None


def markdown_title(text: str, lines: Sequence[Place]) -> str | None:
    """Returns the first heading of Markdown's first level, without its marks."""
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        heading = _HEADING.match(line[:_LONGEST_HEADING])
        if heading and line.startswith("# "):
            return _EMPHASIS.sub("", heading[1])
        before = lines[index - 1]
        if index and _UNDERLINE.match(line) and text.count("\n", before[1], start) == 1:
            return _EMPHASIS.sub("", text[slice(*before)])
    return None


def _is_headline(text: str, place: Place, following: Sequence[Place]) -> bool:
    """Is the line short, one sentence without its full stop, and neither bullet nor turn nor wrapped?"""
    start, end = place
    line = text[start:end]
    if len(line) > LONGEST_HEADLINE or _BULLET.match(line) or not any(c.isalpha() for c in line):
        return False
    if _END.search(line) and not (_INITIALS.search(line) or _is_title_case(line)):
        return False
    if _SENTENCES.search(_without_quotations(line)):
        return False
    turn = _TURN.match(line)
    if turn and any(text.startswith(turn[0], left) for left, _ in following):
        return False
    return not _is_wrapped(text, place, following)


def _is_title_case(line: str) -> bool:
    """Does nearly every long word begin with a capital, as in American headlines, full stop or not?"""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= LONG_WORD]
    capitals = sum(1 for word in words if word[0].isupper())
    return line.endswith((".", "”", "’", "'", '"')) and len(words) > 2 and capitals >= TITLE_CASE * len(words)


def _without_quotations(line: str) -> str:
    parts, at = [], 0
    for quotation in quotation_spans(line):
        parts.append(line[at : quotation.start])
        at = quotation.end
    return " ".join([*parts, line[at:]])


def _is_wrapped(text: str, place: Place, following: Sequence[Place]) -> bool:
    """Does the line run on in the next one, as in text broken at a fixed width?"""
    next_start = following[0][0]
    if text.count("\n", place[1], next_start) > 1:
        return False
    lower = sum(1 for left, _ in following if text[left].islower())
    return text[next_start].islower() or lower > WRAPPED * len(following)
