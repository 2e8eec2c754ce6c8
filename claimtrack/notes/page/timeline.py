"""The timeline of one subject: a row per statement, and beside it the lines that link conflicts.

Rows have no fixed height, as words wrap on a narrow screen. So every row has its own piece of the
drawing: a line per lane from edge to edge, and curves only near its dot. Units are CSS pixels.
"""

from collections.abc import Sequence
from datetime import date

from claimtrack.models import Conflict, ConflictKind, Statement, Value

MOST_LANES = 6
"""Links side by side; more would leave no room for words on a telephone. Further ones share the last."""

LANE = 11
"""Pixels from lane to lane."""

DOT_Y = 16
"""Pixels from a row's top to the middle of its dot: half of a line of text."""

CURVE = 12
"""Pixels of height in which a link bends from its lane to the dot."""

MARGIN = 10
"""Pixels between the axis or the outermost lane and the edge."""


class Link(Value):
    """One conflict between two rows, counted from 0, and the lane it runs in, from the axis outward."""

    conflict_id: str
    kind: ConflictKind
    first: int
    last: int
    lane: int


class Stroke(Value):
    """A piece of a link in one row: an SVG path near the dot, and a straight line to the row's edge.

    ``line_y1`` and ``line_y2`` are SVG lengths; ``path`` is empty where the link passes by.
    """

    kind: ConflictKind
    conflict_id: str
    path: str
    x: int
    y1: str
    y2: str


class Row(Value):
    """One statement, its place in the drawing, and the rows it is linked with."""

    number: int
    statement: Statement
    gap: str
    axis_y1: str
    axis_y2: str
    strokes: tuple[Stroke, ...]
    links: tuple[Link, ...]


class Timeline(Value):
    """The rows from top to bottom; all pieces of the drawing are ``width`` pixels wide."""

    width: int
    axis_x: int
    rows: tuple[Row, ...]


def draw_timeline(statements: Sequence[Statement], conflicts: Sequence[Conflict]) -> Timeline:
    """Returns the rows of the statements, in the order given, and the links of the conflicts."""
    links = _links(statements, conflicts)
    lanes = max((link.lane + 1 for link in links), default=0)
    axis_x = MARGIN + lanes * LANE
    before = [None, *statements[:-1]]
    rows = [
        Row(
            number=at + 1,
            statement=statement,
            gap=time_between(earlier, statement) if earlier else "",
            axis_y1=str(DOT_Y) if at == 0 else "0",
            axis_y2=str(DOT_Y) if at == len(statements) - 1 else "100%",
            strokes=tuple(_stroke(link, at, axis_x) for link in links if link.first <= at <= link.last),
            links=tuple(link for link in links if at in (link.first, link.last)),
        )
        for at, (earlier, statement) in enumerate(zip(before, statements, strict=True))
    ]
    return Timeline(width=axis_x + MARGIN, axis_x=axis_x, rows=tuple(rows))


def _links(statements: Sequence[Statement], conflicts: Sequence[Conflict]) -> list[Link]:
    """Returns the links, each in the nearest lane that is free over all of its rows."""
    place = {statement.id: at for at, statement in enumerate(statements)}
    spans = []
    for conflict in conflicts:
        if conflict.a.id in place and conflict.b.id in place:
            first, last = sorted((place[conflict.a.id], place[conflict.b.id]))
            spans.append((first, last, conflict.id, conflict.kind))
    free_from: list[int] = []
    links = []
    for first, last, conflict_id, kind in sorted(spans):
        lane = next((n for n, free in enumerate(free_from) if free < first), len(free_from))
        if lane == len(free_from) and lane < MOST_LANES:
            free_from.append(last)
        lane = min(lane, MOST_LANES - 1)
        free_from[lane] = max(free_from[lane], last)
        links.append(Link(conflict_id=conflict_id, kind=kind, first=first, last=last, lane=lane))
    return links


def _stroke(link: Link, at: int, axis_x: int) -> Stroke:
    x = axis_x - (link.lane + 1) * LANE
    path, y1, y2 = "", "0", "100%"
    if at == link.first:
        path = f"M{axis_x} {DOT_Y}Q{x} {DOT_Y} {x} {DOT_Y + CURVE}"
        y1 = str(DOT_Y + CURVE)
    elif at == link.last:
        path = f"M{x} {DOT_Y - CURVE}Q{x} {DOT_Y} {axis_x} {DOT_Y}"
        y2 = str(DOT_Y - CURVE)
    return Stroke(kind=link.kind, conflict_id=link.conflict_id, path=path, x=x, y1=y1, y2=y2)


def time_between(earlier: Statement, later: Statement) -> str:
    """Returns how much later a statement was said; empty on one day, or where a day is not known."""
    try:
        days = (date.fromisoformat(later.said_on or "") - date.fromisoformat(earlier.said_on or "")).days
    except ValueError:
        return ""
    if days <= 0:
        return ""
    return "1 day later" if days == 1 else f"{days:,} days later"
