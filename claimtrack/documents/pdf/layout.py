"""Pieces of text on a printed page -> its lines in reading order, column by column.

Lengths are in points, ``y`` grows downwards. A piece is what stands on one line without a wide gap; a
line is made of the pieces beside each other that no gutter between columns parts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import NamedTuple

SAME_LINE = 0.4
"""Line heights between baselines up to which two pieces stand on one line."""

RAISED = 0.8
"""Size, as a share of the text's beside it, below which a raised number is the mark of a footnote."""

FEWEST_ROWS = 2
"""Lines that a column has; one beside others may be a date, a number or a signature."""

FEWEST_SPACED = 5
"""Lines of a column whose words are spaced wide, so that gaps in it may stand below each other by chance."""

FLUSH = 0.5
"""Share of such lines that begin at the column's edge; the others open paragraphs."""

NARROWEST = 12
"""Characters of the usual line of a column; speakers' names and figures in a table are shorter."""

GUTTERS = 20
"""Places at which most lines begin, to be tried as the left edge of a column."""

MOST_COLUMNS = 8
"""Columns beside each other on the widest newspaper page."""

INITIAL = 1.8
"""Usual sizes from which a single letter is one that begins an article, two or more lines high."""

MOST_INITIALS = 10
"""Such letters on one page; more are letters scattered over it."""

MOST_PIECES = 5_000
"""Pieces; a page with more is no article, and is read line by line."""

AROUND = 3
"""Lines before and after one from which the edges of its column are told."""

OTHER_SIZE = 0.12
"""Share by which two lines of one paragraph may differ in size; bold and plain fonts do by less."""

_EDGE = 2.0
"""Points by which a line may stand over its column's edge."""

_UNITS = re.compile(r"(?:\b(?:k|c|m)?m)$")


class Piece(NamedTuple):
    """A stretch of text: ``y`` is its baseline, ``size`` the height of a line of it."""

    text: str
    left: float
    right: float
    y: float
    size: float


class Line(NamedTuple):
    """A line of a column: ``start`` and ``end`` are its column's edges, ``block`` the column's number."""

    text: str
    left: float
    right: float
    y: float
    size: float
    start: float
    end: float
    block: int


def order_lines(pieces: Sequence[Piece]) -> list[Line]:
    """Returns the lines of a page in the order in which they are read."""
    lines: list[Line] = []
    for number, block in enumerate(_blocks(_with_initials(pieces), MOST_COLUMNS)):
        rows = [_joined(row) for row in group_rows(block)]
        for index, row in enumerate(rows):
            around = rows[max(0, index - AROUND) : index + AROUND + 1]
            alike = [other for other in around if abs(other.size - row.size) <= OTHER_SIZE * row.size]
            start, end = min(other.left for other in alike), max(other.right for other in alike)
            lines.append(Line(*row, start, end, number))
    return lines


def _with_initials(pieces: Sequence[Piece]) -> list[Piece]:
    """Returns the pieces with a letter several lines high put before the line that it begins."""
    usual = median(piece.size for piece in pieces) if pieces else 0.0
    found = list(pieces)
    large = [piece for piece in pieces if piece.size >= INITIAL * usual and len(piece.text) == 1]
    for initial in [piece for piece in large if piece.text.isupper()][:MOST_INITIALS]:
        beside = [n for n, piece in enumerate(found) if _stands_beside(piece, initial)]
        if beside:
            first = min(beside, key=lambda n: found[n].y)
            for n in beside:
                text = initial.text + found[n].text if n == first else found[n].text
                found[n] = found[n]._replace(text=text, left=initial.left)
            found.remove(initial)
    return found


def _stands_beside(piece: Piece, initial: Piece) -> bool:
    is_near = -_EDGE <= piece.left - initial.right <= initial.size / 2
    return is_near and piece.size < initial.size and -initial.size < piece.y - initial.y <= _EDGE


def group_rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Returns the pieces on each line, from left to right, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.left)):
        if rows and _beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _beside(first: Piece, piece: Piece) -> bool:
    """Does a piece stand on the line that another one begins? Raised marks count with the line's height."""
    small, large = sorted((first.size, piece.size))
    return piece.y - first.y <= SAME_LINE * (large if large < 2 * small else small)


def _joined(row: Sequence[Piece]) -> Piece:
    """Returns the pieces of one line as one; raised numbers are marks of footnotes and left out."""
    main = max(row, key=lambda piece: len(piece.text))
    text, last = "", None
    for piece in row:
        if _is_mark(piece, main, text):
            continue
        close = last is not None and piece.left - last.right < 0.1 * main.size
        text = text + piece.text if close else f"{text} {piece.text}".lstrip()
        last = piece
    return Piece(text or main.text, row[0].left, max(p.right for p in row), main.y, main.size)


def _is_mark(piece: Piece, main: Piece, before: str) -> bool:
    """Is this the raised mark of a footnote, not a square metre?"""
    raised = piece.size < RAISED * main.size and piece.y < main.y - 0.1 * main.size
    mark = piece.text.strip("[](),*†‡")
    return raised and (mark.isdigit() or not mark) and not _UNITS.search(before)


def _blocks(pieces: Sequence[Piece], columns: int) -> Iterator[list[Piece]]:
    """Yields the pieces of each column in reading order; lines across a gutter part above from below."""
    rows = group_rows(pieces)
    gutter = _gutter(rows) if columns > 1 and len(pieces) <= MOST_PIECES else None
    if gutter is None:
        if pieces:
            yield list(pieces)
        return
    for band, is_apart in _bands(rows, gutter):
        if is_apart:
            for side in _sides(band, gutter):
                yield from _blocks(side, columns - 1)
        else:
            yield band


def _gutter(rows: Sequence[list[Piece]]) -> float | None:
    """Returns the left edge of a column that has another one to its left, if there is such."""
    starts = Counter(round(piece.left) for row in rows for piece in row if len(piece.text) >= NARROWEST)
    likely = sorted(starts, key=lambda start: (-starts[start], start))[:GUTTERS]
    worth = {start: sum(len(band) for band, is_apart in _bands(rows, start) if is_apart) for start in likely}
    best = max(likely, key=lambda start: worth[start], default=None)
    return float(best) if best is not None and worth[best] else None


def _bands(rows: Sequence[list[Piece]], gutter: float) -> list[tuple[list[Piece], bool]]:
    """Returns the page from top to bottom, in bands that the gutter parts into columns or not."""
    bands: list[tuple[list[Piece], bool]] = []
    for crosses, group in groupby(_crossing(rows, gutter), key=itemgetter(0)):
        band = [piece for _, row in group for piece in row]
        is_apart = not crosses and all(map(_is_column, _sides(band, gutter)))
        if bands and not is_apart and not bands[-1][1]:
            bands[-1][0].extend(band)
        else:
            bands.append((band, is_apart))
    return bands


def _crossing(rows: Sequence[list[Piece]], gutter: float) -> Iterator[tuple[bool, list[Piece]]]:
    """Yields each row and whether it lies across the gutter, as the short last line of a headline does."""
    usual = median(piece.size for row in rows for piece in row)
    headline = 0.0
    for row in rows:
        crosses = any(_lies_across(piece, gutter) for piece in row) or row[0].size == headline
        headline = row[0].size if crosses and row[0].size > (1 + OTHER_SIZE) * usual else 0.0
        yield crosses, row


def _sides(band: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    left = [piece for piece in band if piece.left < gutter - _EDGE]
    right = [piece for piece in band if piece.left >= gutter - _EDGE]
    return left, right


def _lies_across(piece: Piece, gutter: float) -> bool:
    return piece.left < gutter - _EDGE and piece.right > gutter + _EDGE


def _is_column(side: Sequence[Piece]) -> bool:
    """Does one side of a gutter hold enough lines of enough characters?

    In narrow columns set to both edges each word may be a piece of its own; there most lines begin at one
    edge, as the words beside a chance gap between them do not.
    """
    if len(side) >= FEWEST_ROWS and median(len(piece.text) for piece in side) >= NARROWEST:
        return True
    rows = group_rows(side)
    if len(rows) < FEWEST_SPACED or median(sum(len(p.text) for p in row) for row in rows) < NARROWEST:
        return False
    edges = Counter(round(row[0].left) for row in rows)
    return max(edges.values()) > FLUSH * len(rows)
