"""Words of an article cut into parts: which of them the speaker said, and which are opposed.

Parts are plain text, harmless to show; the template marks them and escapes them.
"""

from collections.abc import Sequence
from itertools import pairwise

from claimtrack.models import Document, Span, Statement, Value
from claimtrack.notes.passages import passage
from claimtrack.notes.phrases import joined, opposed_words, verbatim, visible
from claimtrack.text import unwrapped

LONGEST_QUOTATION = 2000
"""Characters; a longer turn of a transcript is no short quotation any more. Cuts are marked."""

LONGEST_LINE = 360
"""Characters of a statement in a timeline, where many stand below each other. Cuts are marked."""

CUT = "[…]"
"""Stands where the page shows less than the article has; never part of what somebody said."""


class Part(Value):
    """A run of text: ``said`` by the speaker or around it, ``opposed`` to words of the other side.

    ``is_cut`` is what stands for words that are left out.
    """

    text: str
    said: bool = True
    opposed: bool = False
    is_cut: bool = False


Parts = tuple[Part, ...]


def quotation_parts(
    statement: Statement, opposed: Sequence[Span] = (), longest: int = LONGEST_QUOTATION
) -> Parts:
    """Returns the statement's words as ``phrases.verbatim`` has them, those in ``opposed`` marked.

    What is longer than ``longest`` is cut around the first opposed words.
    """
    text, marked = verbatim(statement), opposed_words(statement, opposed)
    start, end = _window(text, marked, longest)
    parts = [Part(text=f"{CUT} ", is_cut=True)] if start else []
    at = start
    for left, right in marked:
        left, right = max(left, start), min(right, end)
        if left < right:
            parts += [Part(text=text[at:left]), Part(text=text[left:right], opposed=True)]
            at = right
    parts += [Part(text=text[at:end])]
    parts += [Part(text=f" {CUT}", is_cut=True)] if end < len(text) else []
    return tuple(part for part in parts if part.text)


def _window(text: str, marked: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    """Returns the stretch to show: whole words, the first marked ones among them."""
    if len(text) <= longest:
        return 0, len(text)
    first = marked[0][0] if marked else 0
    start = 0 if first < longest // 2 else text.find(" ", first - longest // 2) + 1
    start = min(start, first)
    end = text.rfind(" ", start + longest // 2, start + longest)
    end = start + longest if end < 0 else end
    return start, max(end, min(marked[0][1], start + longest)) if marked else end


def context_paragraphs(
    statement: Statement, document: Document, opposed: Sequence[Span] = ()
) -> tuple[Parts, ...]:
    """Returns the paragraphs around a statement, what was said and what is opposed marked.

    They are cut as in notes, and so is what is far too long: the article stays at home.
    """
    start, end = passage(statement, document)
    text = unwrapped(document.text)
    said = joined([(span.start, span.end) for span in statement.content])
    marked = joined([(span.start, span.end) for span in opposed])
    paragraphs: list[list[Part]] = [[]]
    if text[:start].rpartition("\n")[2].strip():
        paragraphs[0].append(Part(text=f"{CUT} ", said=False, is_cut=True))
    for left, right in _cuts(start, end, (*said, *marked)):
        part = Part(text="x", said=_is_within(left, said), opposed=_is_within(left, marked))
        for number, line in enumerate(visible(text[left:right]).split("\n")):
            if number:
                paragraphs.append([])
            paragraphs[-1] += _shortened(part.model_copy(update={"text": line})) if line else []
    if text[end:].partition("\n")[0].strip():
        paragraphs[-1].append(Part(text=f" {CUT}", said=False, is_cut=True))
    return tuple(tuple(parts) for parts in paragraphs if any(part.text.strip() for part in parts))


def _shortened(part: Part) -> list[Part]:
    """Returns the part; of one that is far too long its two ends, with a mark for what lies between."""
    keep = LONGEST_QUOTATION // 2
    if len(part.text) <= LONGEST_QUOTATION:
        return [part]
    ends = [part.model_copy(update={"text": text}) for text in (part.text[:keep], part.text[-keep:])]
    return [ends[0], Part(text=f" {CUT} ", said=False, is_cut=True), ends[1]]


def _cuts(start: int, end: int, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the stretches between all limits of the ranges, in order."""
    limits = sorted({start, end, *(at for pair in ranges for at in pair if start < at < end)})
    return list(pairwise(limits))


def _is_within(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(left <= at < right for left, right in ranges)
