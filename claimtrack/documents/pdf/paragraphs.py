"""Printed lines in reading order -> paragraphs: a line each, hyphens at line ends joined."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from claimtrack.documents.pdf.layout import OTHER_SIZE, Line

SPACED = 1.3
"""Usual distances of lines above which a paragraph begins."""

INDENT = 0.6
"""Line heights by which the first line of a paragraph stands in or out."""

HEADING = 1.15
"""Size, as a share of the text's, from which a line is a heading."""

CENTRED = 0.15
"""Line heights by which the middles of two centred lines may differ."""

FOOTNOTE = 0.92
"""Size, as a share of the text's, below which lines at the foot of a page are footnotes."""

LONGEST_TITLE = 200
"""Characters, as of a headline."""

_ENDS = re.compile(r"[.?!…:;][\"'”’»)\]]*$")
_BULLET = re.compile(r"[-*•–—·‣▪◦►\uf0b7]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_TURN = re.compile(r"(?:[A-Z][A-Z.'’-]*(?:\s+[A-Z][A-Z.'’-]*){0,4}|Q|A)\s?[:.]\s")
_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-‐]$")
_COMPOUND = re.compile(r"\w[-‐][^\W\d_]+[-‐]$")
_DASHES = ("-", "‐", "–", "—", "/")
_PREFIXES = ("ex", "half", "non", "self", "well")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


class PrintedLine(NamedTuple):
    """A line and the page, counted from 0, that it stands on."""

    page: int
    line: Line


class Printed(NamedTuple):
    """A text with the offsets at which its pages begin; ``title`` is the headline in the largest letters."""

    text: str
    pages: tuple[int, ...]
    title: str | None


Paragraph = list[PrintedLine]


class _Type(NamedTuple):
    """How a document is set: size of its text, distance of lines in sizes, are paragraphs indented."""

    size: float
    spacing: float
    indented: bool


def build_text(pages: Sequence[Sequence[Line]]) -> Printed:
    """Returns the text of a document from the lines of its pages, a paragraph a line."""
    look = _look(pages)
    paragraphs: list[Paragraph] = []
    for number, lines in enumerate(pages):
        main, notes = _without_footnotes(lines, look)
        for line in main:
            _add(paragraphs, PrintedLine(number, line), look)
        _insert_notes(paragraphs, [PrintedLine(number, line) for line in notes], look)
    return _printed(paragraphs, len(pages), look)


def _look(pages: Sequence[Sequence[Line]]) -> _Type:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    size = max(sizes, key=lambda size: (sizes[size], size), default=1.0)
    steps = [
        ((line.y - before.y) / line.size, _is_indented(line))
        for page in pages
        for before, line in pairwise(page)
        if line.block == before.block and line.size == before.size == size and line.y > before.y
    ]
    indents = sum(indented for _, indented in steps)
    return _Type(size, median(step for step, _ in steps) if steps else 1.2, 10 * indents > len(steps) > 0)


def _without_footnotes(lines: Sequence[Line], look: _Type) -> tuple[list[Line], list[Line]]:
    """Returns the lines of a page, and apart from them those in small print below its text."""
    main: list[Line] = []
    notes: list[Line] = []
    for block in sorted({line.block for line in lines}):
        column = [line for line in lines if line.block == block]
        cut = len(column)
        while cut and column[cut - 1].size < FOOTNOTE * look.size:
            cut -= 1
        cut = cut or len(column)
        main.extend(column[:cut])
        notes.extend(column[cut:])
    return main, notes


def _insert_notes(paragraphs: list[Paragraph], notes: Sequence[PrintedLine], look: _Type) -> None:
    """Puts a page's footnotes before the paragraph that goes on on the next page."""
    built: list[Paragraph] = []
    for note in notes:
        _add(built, note, look)
    if not built:
        return
    last = paragraphs[-1] if paragraphs else []
    goes_on = bool(last) and not _ENDS.search(last[-1].line.text) and last[0].page == notes[0].page
    at = len(paragraphs) - 1 if goes_on else len(paragraphs)
    paragraphs[at:at] = built


def _add(paragraphs: list[Paragraph], line: PrintedLine, look: _Type) -> None:
    if paragraphs and not _begins(paragraphs[-1], line, look):
        paragraphs[-1].append(line)
    else:
        paragraphs.append([line])


def _begins(paragraph: Paragraph, following: PrintedLine, look: _Type) -> bool:
    """Does a paragraph begin with a line, after the lines of another one?"""
    before, line = paragraph[-1].line, following.line
    if abs(line.size - before.size) > OTHER_SIZE * before.size or _is_marked(line):
        return True
    if (before.block, paragraph[-1].page) != (line.block, following.page):
        return _begins_elsewhere(before, line, look)
    if line.y - before.y > SPACED * look.spacing * line.size:
        return True
    if _are_centred(before, line):
        return False
    step = line.left - before.left
    if step > INDENT * line.size and not _is_marked(before):
        return True
    if look.indented and _is_indented(before) and _is_indented(line) and _ENDS.search(before.text):
        return True
    if step < -INDENT * line.size and len(paragraph) > 1:
        return True
    return _is_short(before, line) and before.size < HEADING * look.size and not _runs_on(before, line)


def _begins_elsewhere(before: Line, line: Line, look: _Type) -> bool:
    """Does a paragraph begin with a line at the head of a column or page?"""
    if before.size >= HEADING * look.size:
        return True
    if _runs_on(before, line):
        return False
    if _is_indented(line) or _is_short(before, line):
        return True
    return bool(_ENDS.search(before.text)) and not look.indented


def _is_indented(line: Line) -> bool:
    return line.left - line.start > INDENT * line.size


def _is_marked(line: Line) -> bool:
    """Does the line open with a bullet or a speaker's name?"""
    return bool(_BULLET.match(line.text) or _TURN.match(line.text))


def _runs_on(before: Line, line: Line) -> bool:
    return line.text[:1].islower() and not _ENDS.search(before.text)


def _is_short(before: Line, line: Line) -> bool:
    """Would the line's first word have had room at the end of the one before?"""
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) * (len(word) + 1) / max(1, len(line.text))
    return before.end - before.right > width + line.size


def _are_centred(before: Line, line: Line) -> bool:
    """Do two lines of different widths stand under each other about one middle?"""
    middles = (before.left + before.right) / 2, (line.left + line.right) / 2
    inset = abs(line.left - before.left) > INDENT * line.size
    return inset and abs(middles[0] - middles[1]) < CENTRED * line.size


def _printed(paragraphs: Sequence[Paragraph], page_count: int, look: _Type) -> Printed:
    lines = [printed.line.text for paragraph in paragraphs for printed in paragraph]
    words = Counter(word for line in lines for word in _WORD.findall(line)[1:-1])
    parts: list[str] = []
    pages = [0]
    length = 0
    for paragraph in paragraphs:
        for part, page in _joined(paragraph, words):
            pages.extend([length] * (page + 1 - len(pages)))
            parts.append(part)
            length += len(part)
    text = "".join(parts).rstrip("\n")
    pages.extend([len(text)] * (page_count - len(pages)))
    return Printed(text, tuple(pages), _title(paragraphs, look))


def _joined(paragraph: Paragraph, words: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yields each line of a paragraph as it stands in the text, with what follows it, and its page."""
    for printed, following in pairwise(paragraph):
        line, after = printed.line.text, following.line.text
        yield (line[:-1] if (glue := _glue(line, after, words)) is None else line + glue), printed.page
    yield paragraph[-1].line.text + "\n", paragraph[-1].page


def _glue(line: str, after: str, words: Mapping[str, int]) -> str | None:
    """Returns what stands between two lines; ``None`` where the first one's hyphen only parts a word.

    A compound keeps its hyphen if the text has it elsewhere and not the word in one, if its first part is
    never written together with another word, or if it has another hyphen before: ``90-year-/old``.
    """
    first, second = _HYPHEN.search(line), _WORD.match(after)
    if not line.endswith(_DASHES):
        return " "
    if not first:
        return "" if line[-2:-1].strip() else " "
    if not second or not second[0][0].islower() or _COMPOUND.search(line):
        return ""
    parts = second[0].split("-")[0]
    whole, compound = words.get(first[1] + parts, 0), words.get(f"{first[1]}-{parts}", 0)
    return "" if compound > whole or (not whole and first[1].casefold() in _PREFIXES) else None


def _title(paragraphs: Sequence[Paragraph], look: _Type) -> str | None:
    """Returns the headline: what stands on the first page in letters larger than all others there."""
    headings = [
        paragraph
        for paragraph in paragraphs
        if paragraph[0].page == 0 and paragraph[0].line.size >= HEADING * look.size
    ]
    texts = {
        "".join(part for part, _ in _joined(heading, {})).strip(): heading[0].line.size
        for heading in headings
    }
    fitting = [text for text in texts if len(text.split()) > 1 and len(text) <= LONGEST_TITLE]
    return max(fitting, key=lambda text: texts[text], default=None)
