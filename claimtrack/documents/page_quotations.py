"""Quotations that a page marks by its tags alone -> the marks that a reader of plain text needs.

A block quotation, an embedded post or a pull quote shows by its frame that somebody's words stand in it
and says below whose they are. As text both would be ordinary lines, so they are written ``“…” – Name``.
"""

import re
from typing import TYPE_CHECKING

from claimtrack.documents.page_header import name_words
from claimtrack.lexicon import load_lexicon

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_WORDS = 5000
"""Characters; a longer frame holds a document, not what somebody said."""

LONGEST_SIGNATURE = 160
"""Characters of name, office and occasion below a quotation."""

MOST_SIGNING = 5
"""Elements in a frame that may sign it (a footer and the parts of it); with more it is no quotation."""

BOLD_QUESTIONS = 3
"""Paragraphs all in bold that ask something, from which a page is taken for an interview."""

_BLOCKS = ("p", "div", "br", "footer", "figcaption", "small", "section", "blockquote")
_SIGNING = ("footer", "figcaption", "cite")
_NO_QUOTATION = ("ul", "ol", "table", "h1", "h2", "h3", "pre", "form")
_DASHED = re.compile(r"(?:[—–―]|--?(?=\s))\s*(?=\S)")
_PICTURE = re.compile(r"(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\S+|\[image or embed\]")
"""What an embedded post shows for a picture or a shortened address; no words of its author."""

_ACCOUNT = re.compile(r"^(?P<name>.*?)\s*\(\s*(?P<handle>@[\w.\-]+)\s*\)\s*(?P<rest>.*)$")
_END = re.compile(r"[.?!…”\"’»]$")


def write_quotations(tree: "HtmlElement") -> None:
    """Gives the tree the marks: ``q`` elements, signed block quotations and figures, bold questions."""
    short = list(tree.iter("q"))
    for element in short:
        _put_in_marks(element)
    for element in short:
        element.drop_tag()
    for figure in list(tree.iter("figure")):
        block = next(figure.iter("blockquote"), None)
        if block is not None and next(figure.iter("figcaption"), None) is not None:
            _write(figure, _words_and_name(figure))
    for block in list(tree.iter("blockquote")):
        if block.getparent() is None or next(block.iterancestors("blockquote", "figure"), None) is not None:
            continue
        below = _name_below(block)
        signed = _words_and_name(block)
        if signed is None and below is not None:
            if _write(block, (" ".join(_lines(block)), _own_line(below))):
                below.drop_tree()
        else:
            _write(block, signed)
    _mark_questions(tree)


def _put_in_marks(element: "HtmlElement") -> None:
    """Writes the marks that a browser shows around a ``q``; a quotation within one has single ones."""
    inner = next(element.iterancestors("q"), None) is not None
    opening, closing = ("‘", "’") if inner else ("“", "”")
    if (element.text or "").lstrip()[:1] in ("“", '"', "‘", "'"):
        return
    element.text = opening + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closing
    else:
        element.text += closing


def _words_and_name(frame: "HtmlElement") -> tuple[str, str] | None:
    """Returns the words in a frame and the name under them, if that is all there is in it."""
    if next(frame.iter(*_NO_QUOTATION), None) is not None:
        return None
    lines = _lines(frame)
    signing = [element for element in frame.iter(*_SIGNING) if _own_line(element)]
    if len(signing) > MOST_SIGNING:
        return None
    outermost = [e for e in signing if not any(a in signing for a in e.iterancestors())]
    if len(outermost) == 1 and len(lines) > 1 and lines[-1] == _own_line(outermost[0]):
        return " ".join(lines[:-1]), lines[-1]
    if len(lines) > 1 and _DASHED.match(lines[-1]):
        return " ".join(lines[:-1]), lines[-1]
    return None


def _name_below(block: "HtmlElement") -> "HtmlElement | None":
    """Returns the next paragraph after a block of words where it is a dash and a name."""
    after = block.getnext()
    if after is None or after.tag != "p" or (block.tail or "").strip():
        return None
    name = _own_line(after)
    signs = bool(_DASHED.match(name)) and not _END.search(name)
    return after if signs and next(block.iter(*_NO_QUOTATION), None) is None else None


def _lines(frame: "HtmlElement") -> list[str]:
    """Returns the lines that a reader sees in a frame: its blocks, and what stands between them."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    for event, element in iterwalk(frame, events=("start", "end", "comment", "pi")):
        edge = "\n" if element is not frame and _is_block(element) else ""
        if event == "start":
            parts.append(edge + _flat(element.text))
        elif element is not frame:
            parts.append(edge + _flat(element.tail))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _is_block(element: "HtmlElement") -> bool:
    """Does the element stand on lines of its own? A ``cite`` does where it ends a frame or paragraph."""
    if element.tag != "cite":
        return element.tag in _BLOCKS
    parent = element.getparent()
    ends = element.getnext() is None and not (element.tail or "").strip()
    return ends and parent is not None and parent.tag not in ("footer", "figcaption")


def _own_line(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())


def _write(frame: "HtmlElement", found: tuple[str, str] | None) -> bool:
    """Puts a paragraph ``“words” – name`` in the frame's place, if there are such; returns whether it did."""
    if found is None:
        return False
    words, below = " ".join(_PICTURE.sub(" ", found[0]).split()), _DASHED.sub("", found[1], count=1).strip()
    account = _ACCOUNT.match(below)
    signature = _account_name(account) if account else below.rstrip(" .")
    if not signature[:1].isupper() and not signature.startswith("@"):
        return False
    if len(words.split()) < 2 or len(words) > LONGEST_WORDS or len(signature) > LONGEST_SIGNATURE:
        return False
    tail, post = frame.tail, bool(name_words(frame.get("class") or "") & _posts())
    frame.clear()
    frame.tag, frame.text, frame.tail = "p", f"{_in_marks(words)} – {signature}", tail
    if post:
        _free_of_boxes(frame)
    return True


def _account_name(account: re.Match[str]) -> str:
    """Returns name, handle and date of a post; a name of signs or in small letters is left to the handle."""
    name = re.sub(r"[^\w\s.’'\-]", " ", account["name"])
    name = " ".join(re.sub(r"^[\W\d_]+", "", name).split())
    who = f"{name} ({account['handle']})" if name[:1].isupper() else account["handle"]
    return f"{who} {account['rest']}".strip()


def _in_marks(words: str) -> str:
    """Returns the words in quotation marks; those that have them stay, typed marks within become curly."""
    inner = words[1:-1]
    if words[0] in '“"' and words[-1] in '”"' and not re.search('[“”"]', inner):
        return f"“{inner}”"
    return "“" + re.sub(r'"(?=\w)', "“", words).replace('"', "”") + "”"


def _free_of_boxes(paragraph: "HtmlElement") -> None:
    """Takes the names off the frames around a post, which sites call "social": it is part of the article."""
    own, parent = _own_line(paragraph), paragraph.getparent()
    while parent is not None and parent.tag in ("div", "section", "figure") and _own_line(parent) == own:
        for name in ("class", "id", "data-testid", "data-component"):
            parent.attrib.pop(name, None)
        parent.tag = "div"
        parent = parent.getparent()


def _posts() -> frozenset[str]:
    return load_lexicon("page").forms("post")


def _mark_questions(tree: "HtmlElement") -> None:
    """Writes asterisks around the questions of an interview that sets them in bold, as plain text does."""
    asked = [p for p in tree.iter("p") if _own_line(p).endswith("?") and _is_bold(p)]
    if len(asked) < BOLD_QUESTIONS:
        return
    for paragraph in asked:
        words, tail = _own_line(paragraph), paragraph.tail
        paragraph.clear()
        paragraph.text, paragraph.tail = f"**{words}**", tail


def _is_bold(paragraph: "HtmlElement") -> bool:
    """Is all of the paragraph in bold type?"""
    bold = [e for e in paragraph.iter("b", "strong") if next(e.iterancestors("b", "strong"), None) is None]
    return "".join("".join(e.text_content().split()) for e in bold) == "".join(
        paragraph.text_content().split()
    )
