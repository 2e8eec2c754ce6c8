"""What stands on a printed page around its text: running heads and feet, page numbers, line numbers.

A head or foot is what comes back near the edge of other pages, at the same height, its numbers aside.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from claimtrack.documents.pdf.layout import NARROWEST, Piece, group_rows
from claimtrack.text import fold

DEEPEST = 4
"""Lines at the top, and at the bottom, among which heads and feet stand."""

DRIFT = 3.0
"""Points between the heights of the same head on two pages."""

FEW_PAGES = 4
"""Pages up to which a line that comes back once is a head; with more it must come back twice."""

FEWEST_NUMBERED = 8
"""Lines with a number before them, in order, from which a page's lines are numbered."""

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*|p\.\s*)?(\d{1,4})(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/…]+/[^\s…]+(?!\S)")
_NUMBERED = re.compile(r"(?<!\S)\d{1,4}/\d{1,4}$")
_PRINTED_AT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d\d\b")

Row = list[Piece]


class Body(NamedTuple):
    """Pages without what stands around their text.

    ``heads`` are the lines that were dropped, ``url`` is the address that a browser printed there; such
    pages have no heads of their own.
    """

    pages: list[list[Piece]]
    heads: tuple[str, ...] = ()
    url: str | None = None


class _Edge(NamedTuple):
    page: int
    row: Row
    key: str


def drop_margins(pages: Sequence[Sequence[Piece]]) -> Body:
    """Returns the pages without running heads and feet, page numbers and line numbers."""
    dropped: dict[int, set[Piece]] = defaultdict(set)
    heads: dict[str, None] = {}
    url = None
    tops = [_edges(number, group_rows(page)[:DEEPEST], "top") for number, page in enumerate(pages)]
    ends = [_edges(number, group_rows(page)[::-1][:DEEPEST], "end") for number, page in enumerate(pages)]
    heights = _heights([edge for page in (*tops, *ends) for edge in page])
    for page in (*ends, *tops):
        for edge in page:
            text = _text(edge.row)
            address = _ADDRESS.search(text)
            is_footer = bool(address and _NUMBERED.search(text)) or bool(url and _PRINTED_AT.match(text))
            if not (is_footer or _comes_back(edge, heights, len(pages)) or _is_own_number(edge)):
                break
            url = url or (address[0] if address else None)
            heads[text] = None
            dropped[edge.page].update(edge.row)
    kept = [[piece for piece in page if piece not in dropped[number]] for number, page in enumerate(pages)]
    if not any(kept):  # forms that are all alike, or one page again and again
        kept = [list(page) for page in pages]
    return Body([_without_line_numbers(page) for page in kept], () if url else tuple(heads), url)


def _edges(page: int, rows: Sequence[Row], side: str) -> list[_Edge]:
    return [_Edge(page, row, f"{side} {_NUMBER.sub('#', fold(_text(row)))}") for row in rows]


def _text(row: Row) -> str:
    return " ".join(piece.text for piece in row)


def _heights(edges: Sequence[_Edge]) -> dict[str, list[float]]:
    """Returns the heights at which each line near an edge stands, one a page, in order."""
    heights: dict[str, dict[int, float]] = defaultdict(dict)
    for edge in edges:
        heights[edge.key][edge.page] = edge.row[0].y
    return {key: sorted(found.values()) for key, found in heights.items()}


def _comes_back(edge: _Edge, heights: dict[str, list[float]], pages: int) -> bool:
    found, y = heights[edge.key], edge.row[0].y
    count = bisect_right(found, y + DRIFT) - bisect_left(found, y - DRIFT)
    return count >= (2 if pages <= FEW_PAGES else 3)


def _is_own_number(edge: _Edge) -> bool:
    """Is this the number of the page itself, alone on its line?"""
    number = _PAGE_NUMBER.fullmatch(_text(edge.row))
    return number is not None and number[1] == str(edge.page + 1)


def _without_line_numbers(page: Sequence[Piece]) -> list[Piece]:
    """Returns a page without the column of numbers beside its lines, as transcripts have it."""
    text_left = min((piece.left for piece in page if len(piece.text) >= NARROWEST), default=0.0)
    numbers = [
        piece for piece in page if piece.text.isdigit() and len(piece.text) < 4 and piece.right <= text_left
    ]
    values = [int(piece.text) for piece in sorted(numbers, key=lambda piece: piece.y)]
    ascending = all(before < after for before, after in pairwise(values))
    if len(values) < FEWEST_NUMBERED or not ascending:
        return list(page)
    beside = set(numbers)
    return [piece for piece in page if piece not in beside]
