"""Lines of a mail as they were sent -> paragraphs as they were written."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

WIDEST = 100
"""Characters; mail programs break lines at 65 to 80, and no line that is longer was broken."""

SHORT = 40
"""Characters; a shorter line ends where its writer ended it."""

RUNNING_ON = 0.3
"""Share of long lines followed by one in lower case from which lines are broken at a width."""

USUAL = 0.9
"""Share of the lines that are no longer than the width; the others hold an address or a long word."""

_QUOTED = re.compile(r"(?:[ \t]?>)+[ \t]?")
_BULLET = re.compile(r"[-*•–—·‣▪◦►+]\s|\(?\d{1,2}[.)]\s")
_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


class Line(NamedTuple):
    """One line without its ``>`` marks; ``depth`` counts them. ``flows`` says that the next goes on."""

    depth: int
    words: str
    flows: bool = False


class Paragraph(NamedTuple):
    """Lines joined; ``reason`` is why they are no article, ``apart`` whether an empty line stands before."""

    words: str
    reason: str | None
    apart: bool


def lines_of(text: str, flowed: bool = False) -> list[Line]:
    """Returns the lines of a mail's text; ``flowed`` is the form of RFC 3676."""
    lines: list[Line] = []
    for raw in _LINE_END.split(text):
        match = None if raw.startswith(">From ") else _QUOTED.match(raw)
        depth = match[0].count(">") if match else 0
        words = raw[match.end() :] if match else raw.removeprefix(">")
        lines.append(Line(depth, words.strip(), flowed and words.endswith(" ") and words != "-- "))
    return lines


def shown_lines(text: str) -> list[Line]:
    """Returns the lines of a text that a page showed: none has marks, none was broken."""
    return [Line(0, line.strip()) for line in text.split("\n")]


def fill(lines: Sequence[Line], reasons: Sequence[str | None]) -> Iterator[Paragraph]:
    """Yields the paragraphs; lines of another depth or reason are never joined."""
    width = _width(lines)
    words: list[str] = []
    first, empty, apart = 0, False, False
    for at, line in enumerate(lines):
        if words and not (_goes_on(lines[at - 1], line, width) and reasons[at] == reasons[first]):
            yield Paragraph(" ".join(words), reasons[first], apart)
            words = []
        if not line.words:
            empty = True
        elif words:
            words.append(line.words)
        else:
            words, first, apart, empty = [line.words], at, empty, False
    if words:
        yield Paragraph(" ".join(words), reasons[first], apart)


def _width(lines: Sequence[Line]) -> int | None:
    """Returns the width at which the lines are broken, or ``None`` where paragraphs are whole."""
    if any(line.flows for line in lines):
        return None
    pairs = [
        (line.words, after.words)
        for line, after in pairwise(lines)
        if len(line.words) >= SHORT and " " in line.words and after.words and line.depth == after.depth
    ]
    running = sum(1 for _, after in pairs if after[0].islower())
    if not pairs or running < RUNNING_ON * len(pairs):
        return None
    lengths = sorted(len(words) for words, _ in pairs)
    width = lengths[int(USUAL * (len(lengths) - 1))]
    return width if width <= WIDEST else None


def _goes_on(line: Line, after: Line, width: int | None) -> bool:
    """Does the paragraph go on: was there no room for the next line's first word?"""
    if not line.words or not after.words or line.depth != after.depth:
        return False
    if width is None or _BULLET.match(after.words):
        return line.flows
    room = width - len(line.words) - 1
    return len(line.words) >= SHORT and len(after.words.split(None, 1)[0]) > room
