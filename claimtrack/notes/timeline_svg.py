"""A timeline as one SVG file: utterances as cards along a rail, possible conflicts as arcs between them.

The file needs nothing from elsewhere: no script, no font, no picture. Article text enters as escaped words
only.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from claimtrack.models import Document
from claimtrack.notes.lettering import STRONG, broken
from claimtrack.notes.phrases import (
    attribution,
    cue_words,
    date_said,
    file_place,
    headline,
    manner,
    outlet,
    standing,
    verbatim,
    visible,
)
from claimtrack.notes.timeline import (
    UNDATED,
    Mark,
    Row,
    Timeline,
    aside,
    dated,
    folded,
    mark_line,
    mark_reasons,
    summary,
    title,
)

Documents = Mapping[str, Document]

WIDTH = 900
"""Units; a page's width on paper, and readable without scrolling on a laptop."""

MARGIN = 24
LANE = 12
"""Units between two arcs that pass the same row."""

MOST_LANES = 10
"""Arcs next to each other; what is more shares the outermost lane, so that words keep their room."""

CARD = 20
"""Units from the rail to the words."""

GAP = 16
"""Units between two rows."""

_NO_XML = re.compile("[\ufffe\uffff]")
"""Characters besides those that ``visible`` replaces which XML does not allow."""

LEAD = (
    "Each arc is a possible conflict: a lead found by a program, not a finding. Read both articles before "
    "it is used."
)

STYLE = """
svg{--paper:#fff;--ink:#1b1f24;--faint:#57606a;--rail:#8c959f;--opposed:#b42318;--moved:#8a5300;--report:#0b5cad}
@media(prefers-color-scheme:dark){svg{--paper:#0f1419;--ink:#e8ecf0;--faint:#a3adb8;--rail:#6b7684;
--opposed:#ff8a80;--moved:#f2b84b;--report:#7cb7ff}}
text{font-family:system-ui,'Segoe UI',Roboto,'DejaVu Sans',Arial,sans-serif;fill:#1b1f24;fill:var(--ink)}
.paper{fill:#fff;fill:var(--paper)}.faint{fill:#57606a;fill:var(--faint)}.strong{font-weight:600}
.rail{stroke:#8c959f;stroke:var(--rail);stroke-width:2}.dot{fill:#57606a;fill:var(--faint)}
.link{fill:none;stroke-width:2}
.contradiction{stroke:#b42318;stroke:var(--opposed)}
.change{stroke:#8a5300;stroke:var(--moved);stroke-dasharray:6 3}
.report{stroke:#0b5cad;stroke:var(--report);stroke-dasharray:2 3}
text.contradiction{fill:#b42318;fill:var(--opposed);stroke:none}
text.change{fill:#8a5300;fill:var(--moved);stroke:none}text.report{fill:#0b5cad;fill:var(--report);stroke:none}
"""
"""Colours as numbers for readers that know no variables; kinds differ by their dashes, too."""


class _Line(NamedTuple):
    """One line of words: its size in units, and its classes."""

    text: str
    size: int
    classes: str


class _Block(NamedTuple):
    """Words that stand together, from ``top`` on; ``row`` is that of a card, none for what lies between."""

    lines: tuple[_Line, ...]
    top: float
    row: Row | None = None

    @property
    def height(self) -> float:
        """Returns the units from the top to below the last line."""
        return sum(_leading(line.size) for line in self.lines)

    @property
    def dot(self) -> float:
        """Returns where the card's dot is."""
        return self.top + _leading(self.lines[0].size) / 2


def drawing(timeline: Timeline, documents: Documents) -> str:
    """Returns the SVG file."""
    lanes = _lanes(timeline.marks)
    rail = MARGIN + LANE * (max(lanes.values(), default=0) + 1)
    head = _wrapped(title(timeline), 20, "strong", WIDTH - 2 * MARGIN)
    head += _wrapped(summary(timeline), 13, "faint", WIDTH - 2 * MARGIN)
    if timeline.marks:
        head += _wrapped(LEAD, 13, "faint", WIDTH - 2 * MARGIN)
    blocks = list(_blocks(timeline, documents, WIDTH - MARGIN - rail - CARD, MARGIN))
    top = MARGIN + sum(_leading(line.size) for line in head) + GAP
    blocks = [block._replace(top=block.top + top - MARGIN) for block in blocks]
    height = (blocks[-1].top + blocks[-1].height if blocks else top) + MARGIN
    parts = [
        *_opening(timeline, height),
        *_words(head, MARGIN, MARGIN),
        *_rail(blocks, rail),
        *_arcs(timeline, blocks, rail, lanes),
        '<g role="list">',
        *(part for block in blocks for part in _card(block, rail)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening(timeline: Timeline, height: float) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="graphics-document document" aria-labelledby="title desc" lang="en">'
    )
    yield f'<title id="title">Timeline: {_escape(title(timeline))}</title>'
    told = f"{summary(timeline)}. " + " ".join(f"{mark_line(mark)}." for mark in timeline.marks)
    yield f'<desc id="desc">{_escape(told.strip())}</desc>'
    yield f"<style>{STYLE}</style>"
    yield f'<rect class="paper" width="{WIDTH}" height="{height:.0f}"/>'


def _blocks(timeline: Timeline, documents: Documents, width: float, top: float) -> Iterator[_Block]:
    """Yields the cards in their order, what lies between two of them before the later one."""
    for row in timeline.rows:
        for lines, card in _parts(timeline, row, documents, width):
            block = _Block(tuple(lines), top, card)
            yield block
            top += block.height + GAP


def _parts(
    timeline: Timeline, row: Row, documents: Documents, width: float
) -> Iterator[tuple[list[_Line], Row | None]]:
    """Yields the lines of what stands before a row, and those of the row itself with it."""
    if row == timeline.first_undated:
        yield _wrapped(f"{UNDATED}:", 14, "strong", width), None
    for mark in timeline.before(row):
        yield _mark_lines(mark, documents, width), None
    yield _row_lines(timeline, row, documents, width), row


def _mark_lines(mark: Mark, documents: Documents, width: float) -> list[_Line]:
    lines = _wrapped(mark_line(mark), 13, f"strong {mark.conflict.kind.value}", width)
    for told in (*mark_reasons(mark, documents), mark.conflict.id):
        lines += _wrapped(told, 12, "faint", width)
    return lines


def _row_lines(timeline: Timeline, row: Row, documents: Documents, width: float) -> list[_Line]:
    """Returns when, the words, how they reach us, and the article with its outlet and place."""
    statement = row.statement
    document = documents[statement.document_id]
    state = standing(statement, document)
    when = f"{row.number} · {date_said(dated(row, documents))}"
    when += f", {state}" if state != "current" else ""
    how = ", ".join(
        part for part in (attribution(statement), manner(statement), cue_words(statement)) if part
    )
    place = f"{document.url or file_place(document, statement.content[0])}, {statement.id}"
    lines = _wrapped(when, 13, "strong", width) + _wrapped(verbatim(statement), 15, "", width)
    for told in (how, f"{headline(document)}; {outlet(document)}", place, folded(row), aside(timeline, row)):
        lines += _wrapped(told, 12, "faint", width)
    return lines


def _card(block: _Block, rail: float) -> Iterator[str]:
    yield '<g role="listitem">'
    if block.row is not None:
        yield f'<circle class="dot" cx="{rail}" cy="{block.dot:.1f}" r="5"/>'
    yield from _words(block.lines, rail + CARD, block.top)
    yield "</g>"


def _words(lines: tuple[_Line, ...] | list[_Line], left: float, top: float) -> Iterator[str]:
    for line in lines:
        top += _leading(line.size)
        classes = f' class="{line.classes}"' if line.classes else ""
        base = top - line.size * 0.35
        yield (
            f'<text{classes} x="{left}" y="{base:.1f}" font-size="{line.size}">{_escape(line.text)}</text>'
        )


def _rail(blocks: list[_Block], rail: float) -> Iterator[str]:
    """Yields the line through time; what has no date stands beside it."""
    dots = [block.dot for block in blocks if block.row is not None and block.row.said_on]
    if dots:
        yield f'<line class="rail" x1="{rail}" y1="{dots[0]:.1f}" x2="{rail}" y2="{dots[-1]:.1f}"/>'


def _arcs(timeline: Timeline, blocks: list[_Block], rail: float, lanes: Mapping[str, int]) -> Iterator[str]:
    """Yields an arc per conflict, left of the rail; what it is shows where a mouse rests on it."""
    dots = {block.row.number: block.dot for block in blocks if block.row is not None}
    for mark in timeline.marks:
        start, end = dots[mark.earlier], dots[mark.later]
        out = rail - LANE * (lanes[mark.conflict.id] + 1)
        bend = min(LANE, (end - start) / 2)
        yield (
            f'<path class="link {mark.conflict.kind.value}" d="M{rail} {start:.1f}'
            f"C{out} {start:.1f} {out} {start:.1f} {out} {start + bend:.1f}V{end - bend:.1f}"
            f'C{out} {end:.1f} {out} {end:.1f} {rail} {end:.1f}">'
            f"<title>{_escape(mark_line(mark))}</title></path>"
        )


def _lanes(marks: tuple[Mark, ...]) -> dict[str, int]:
    """Returns by conflict how far out its arc runs, from 0: short ones inside, none on top of another."""
    lanes: dict[str, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for mark in sorted(marks, key=lambda m: (m.later - m.earlier, m.earlier, m.conflict.id)):
        free = (n for n, there in enumerate(taken) if all(_apart(mark, one) for one in there))
        lane = min(next(free, len(taken)), MOST_LANES - 1)
        if lane == len(taken):
            taken.append([])
        taken[lane].append((mark.earlier, mark.later))
        lanes[mark.conflict.id] = lane
    return lanes


def _apart(mark: Mark, other: tuple[int, int]) -> bool:
    return mark.later <= other[0] or other[1] <= mark.earlier


def _leading(size: int) -> float:
    return size * 1.4


def _wrapped(text: str, size: int, classes: str, width: float) -> list[_Line]:
    """Returns the text in lines that fit."""
    most = width / size / (STRONG if "strong" in classes else 1.0)
    return [_Line(line, size, classes) for line in broken(visible(text), most)]


def _escape(text: str) -> str:
    return _NO_XML.sub("\ufffd", escape(visible(text)))
