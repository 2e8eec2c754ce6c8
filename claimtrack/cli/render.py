"""Statements, conflicts, speakers and articles on a terminal, 60 columns wide or more.

Article text only ever enters as ``Text``: nothing in it is taken for markup, and what could steer a
terminal has been replaced before.
"""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from claimtrack.cli.pairs import JudgedPair
from claimtrack.models import Conflict, Document, Span, Speaker, Statement
from claimtrack.notes.markdown import NO_CONFLICTS, NO_SOURCES, NO_SPEAKERS, NO_STATEMENTS, condition
from claimtrack.notes.phrases import (
    attribution,
    cue_words,
    date_said,
    file_place,
    headline,
    joined,
    judged,
    manner,
    one_line,
    opposed_words,
    outlet,
    reason,
    remarks,
    review_notes,
    standing,
    verbatim,
    verdict,
    visible,
)
from claimtrack.text import context_span

Documents = Mapping[str, Document]

SIDE_BY_SIDE = 100
"""Columns from which two quotations fit next to each other; narrower, they stand one below the other."""

QUOTE = "bold"
OPPOSED = "bold underline yellow"
FAINT = "dim"
NAME = "bold cyan"
ID = "green"


def conflict_list(
    conflicts: Sequence[Conflict], documents: Documents, width: int, first: int = 1
) -> RenderableType:
    """Returns one panel per conflict, numbered from ``first``."""
    if not conflicts:
        return Text(NO_CONFLICTS)
    return Group(*(_conflict_panel(n, c, documents, width) for n, c in enumerate(conflicts, first)))


def _conflict_panel(number: int, conflict: Conflict, documents: Documents, width: int) -> Panel:
    sides = [
        _side(name, side, documents[side.document_id], spans)
        for name, side, spans in (
            ("A", conflict.a, [signal.a for signal in conflict.signals]),
            ("B", conflict.b, [signal.b for signal in conflict.signals]),
        )
    ]
    head = Text.assemble(
        (verdict(conflict.review), "bold"), f" · {conflict.kind.value} · score {conflict.score:.2f}"
    )
    foot = [
        *_reviewers_notes(conflict),
        Text("; ".join(remarks(conflict, documents)), FAINT),
        Text.assemble("claimtrack show ", (conflict.id, ID)),
    ]
    why = Text.assemble(("why: ", "bold"), reason(conflict.signals))
    return Panel(
        Group(head, why, Text(), _beside(sides, width), Text(), *foot),
        title=Text.assemble(f"Possible conflict {number} · ", (one_line(conflict.speaker), NAME)),
        title_align="left",
    )


def _reviewers_notes(conflict: Conflict) -> list[Text]:
    review = conflict.review
    by = f" by {one_line(review.by or 'nobody')}" if review.decision is None else ""
    own = [f"note{by}: {one_line(review.note)}"] if review.note else []
    return [Text(line) for line in (*own, *review_notes(review))]


def _beside(sides: Sequence[RenderableType], width: int) -> RenderableType:
    """Returns both sides next to each other where the terminal is wide enough, else stacked."""
    if width < SIDE_BY_SIDE:
        return Group(sides[0], Text(), sides[1])
    grid = Table.grid(padding=(0, 3), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(*sides)
    return grid


def _side(name: str, statement: Statement, document: Document, opposed: Sequence[Span]) -> RenderableType:
    who = Text.assemble((f"{name}  ", "bold"), (attribution(statement), NAME), f", {date_said(statement)}")
    return Group(who, *_quotation(statement, document, opposed))


def _quotation(statement: Statement, document: Document, opposed: Sequence[Span]) -> list[RenderableType]:
    words = Text(verbatim(statement), QUOTE)
    for left, right in opposed_words(statement, opposed):
        words.stylize(OPPOSED, left, right)
    how = ", ".join(part for part in (manner(statement), cue_words(statement)) if part)
    place = file_place(document, statement.content[0])
    return [
        _indented(words),
        _indented(Text(how, FAINT)),
        _indented(Text(f"{headline(document)}; {outlet(document)}", FAINT)),
        _indented(Text.assemble((place, FAINT), "  ", (statement.id, ID), overflow="fold")),
        *_archived(document),
    ]


def _archived(document: Document) -> list[RenderableType]:
    if not document.archive_url:
        return []
    return [_indented(Text(f"archived copy: {one_line(document.archive_url)}", FAINT, overflow="fold"))]


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 3), expand=False)


def statement_list(statements: Sequence[Statement], documents: Documents) -> RenderableType:
    """Returns one entry per statement: who, when, the words, the article and the place in it."""
    if not statements:
        return Text(NO_STATEMENTS)
    entries: list[RenderableType] = []
    for statement in statements:
        document = documents[statement.document_id]
        entries += [_statement_head(statement, document), *_quotation(statement, document, ()), Text()]
    return Group(*entries[:-1])


def _statement_head(statement: Statement, document: Document) -> Text:
    state = standing(statement, document)
    told = f", {date_said(statement)}" + (f", {state}" if state != "current" else "")
    return Text.assemble((attribution(statement), NAME), told)


def statement_passage(statement: Statement, document: Document, opposed: Sequence[Span]) -> RenderableType:
    """Returns a statement and the paragraph around it, its words bold, the opposed ones marked."""
    readings = (
        f"{statement.polarity.value}, {statement.modality.value}, confidence {statement.confidence:.2f}"
    )
    return Group(
        _statement_head(statement, document),
        *_quotation(statement, document, opposed),
        _indented(Text(readings, FAINT)),
        Text(),
        _paragraph(statement, document, opposed),
    )


def _paragraph(
    statement: Statement, document: Document, opposed: Sequence[Span], more: int = 0
) -> RenderableType:
    start, end = context_span(document.text, statement.content[0].start, statement.content[-1].end)
    for _ in range(more):
        start, end = _with_neighbours(document.text, start, end)
    text = Text(visible(document.text[start:end]))
    for style, spans in ((QUOTE, statement.content), (OPPOSED, opposed)):
        for left, right in joined([(s.start - start, s.end - start) for s in spans]):
            text.stylize(style, max(left, 0), right)
    return Panel(text, title="in its paragraph", title_align="left", border_style=FAINT)


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns a stretch of paragraphs with the one before it and the one after it, where they are."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if before:
        start, _ = context_span(text, len(before), len(before))
    if after:
        _, end = context_span(text, len(text) - len(after), len(text) - len(after))
    return start, end


def conflict_context(conflict: Conflict, documents: Documents, more: int) -> RenderableType:
    """Returns the paragraphs around both statements, and ``more`` of them before and after."""
    parts: list[RenderableType] = []
    for name, side in (("A", conflict.a), ("B", conflict.b)):
        spans = [signal.a if name == "A" else signal.b for signal in conflict.signals]
        document = documents[side.document_id]
        where = Text.assemble((f"{name}  ", "bold"), (f"{headline(document)}; {outlet(document)}", FAINT))
        parts += [where, _paragraph(side, document, spans, more)]
    return Group(*parts)


def conflict_passages(conflict: Conflict, documents: Documents) -> RenderableType:
    """Returns a conflict with the paragraphs around both statements."""
    parts: list[RenderableType] = [
        Text.assemble(
            (verdict(conflict.review), "bold"), f" · {conflict.kind.value} · score {conflict.score:.2f}"
        ),
        Text.assemble(("why: ", "bold"), reason(conflict.signals)),
        Text("; ".join(remarks(conflict, documents)), FAINT),
    ]
    parts += _reviewers_notes(conflict)
    for name, side in (("A", conflict.a), ("B", conflict.b)):
        spans = [signal.a if name == "A" else signal.b for signal in conflict.signals]
        parts += [Text(f"\n{name}", "bold"), statement_passage(side, documents[side.document_id], spans)]
    parts.append(Text(f"\ndecide: claimtrack review {conflict.id} --confirm | --dismiss | --unsure"))
    return Group(*parts)


def judgement_list(pairs: Sequence[JudgedPair], width: int) -> RenderableType:
    """Returns one entry per judged pair, the opposed words marked."""
    if not pairs:
        return Text("No pairs to judge.")
    parts: list[RenderableType] = []
    for pair in pairs:
        signals = pair.judgement.signals
        head = Text.assemble((one_line(pair.label), NAME), f": {judged(pair.judgement)}")
        sides = [
            _marked(pair.a.text, [signal.a for signal in signals]),
            _marked(pair.b.text, [signal.b for signal in signals]),
        ]
        parts += [head, _beside(sides, width), Text(f"why: {reason(signals)}", FAINT), Text()]
    return Group(*parts[:-1])


def _marked(text: str, spans: Sequence[Span]) -> RenderableType:
    words = Text(visible(text))
    for span in spans:
        words.stylize(OPPOSED, span.start, span.end)
    return _indented(words)


def speaker_table(speakers: Sequence[tuple[Speaker, int, int]]) -> RenderableType:
    """Returns a table of speakers."""
    if not speakers:
        return Text(NO_SPEAKERS)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("speaker", style=NAME, ratio=2)
    table.add_column("said", justify="right")
    table.add_column("articles", justify="right")
    table.add_column("also written; offices", ratio=3)
    for speaker, said, articles in speakers:
        known = Text(one_line("; ".join(speaker.aliases)))
        if speaker.offices:
            known.append(("; " if known else "") + one_line("; ".join(speaker.offices)), FAINT)
        table.add_row(Text(one_line(speaker.name)), str(said), str(articles), known)
    return table


def source_list(sources: Sequence[tuple[Document, int]]) -> RenderableType:
    """Returns one entry per article."""
    if not sources:
        return Text(NO_SOURCES)
    parts: list[RenderableType] = []
    for document, count in sources:
        told = [f"{count} {'statement' if count == 1 else 'statements'}", condition(document)]
        parts += [
            Text(one_line(document.place), NAME, overflow="fold"),
            *(
                _indented(line)
                for line in (
                    Text(headline(document)),
                    Text(f"{outlet(document)}; " + "; ".join(part for part in told if part), FAINT),
                    Text.assemble((document.id, ID), (f"  SHA-256 {document.sha256[:12]}…", FAINT)),
                )
            ),
            *_archived(document),
        ]
    return Group(*parts)
