"""Joins statements, conflicts, speakers, articles and judgements with all the forms they can take.

Every form is made by the function that is called last: a table needs no JSON, and JSON no rich.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from claimtrack.cli.output import Result

if TYPE_CHECKING:
    from claimtrack.cli.pairs import JudgedPair
    from claimtrack.models import Conflict, Document, Speaker, Statement

Documents = Mapping[str, "Document"]


def statement_result(statements: "Sequence[Statement]", documents: Documents) -> Result:
    """Returns a list of statements in all forms."""
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables

    def records() -> list[tables.Record]:
        return [tables.statement_record(s, documents[s.document_id]) for s in statements]

    return Result(
        table=lambda width: render.statement_list(statements, documents),
        markdown=partial(markdown.statement_notes, statements, documents),
        records=records,
        rows=lambda: [tables.statement_row(record) for record in records()],
    )


def conflict_result(conflicts: "Sequence[Conflict]", documents: Documents) -> Result:
    """Returns a list of possible conflicts in all forms."""
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables

    return Result(
        table=partial(render.conflict_list, conflicts, documents),
        markdown=partial(markdown.conflict_notes, conflicts, documents),
        records=lambda: [tables.conflict_record(conflict, documents) for conflict in conflicts],
        rows=lambda: [tables.conflict_row(conflict, documents) for conflict in conflicts],
    )


def judgement_result(pairs: "Sequence[JudgedPair]", single: bool) -> Result:
    """Returns judged pairs in all forms."""
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables

    def notes() -> str:
        return "\n".join(markdown.judgement_notes(p.label, p.a.text, p.b.text, p.judgement) for p in pairs)

    return Result(
        table=partial(render.judgement_list, pairs),
        markdown=notes,
        records=lambda: [tables.judgement_record(pair.id, pair.judgement) for pair in pairs],
        single=single,
    )


def speaker_result(
    speakers: "Sequence[Speaker]", said: "Mapping[str, Sequence[Statement]]", documents: Documents
) -> Result:
    """Returns speakers with their offices and the number of their statements in all forms.

    ``said`` is by speaker id.
    """
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables
    from claimtrack.notes.offices import main_offices, offices_seen

    def counted() -> "list[tuple[Speaker, int, int]]":
        return [
            (
                s.model_copy(update={"offices": main_offices(offices_seen(said.get(s.id, ()), documents))}),
                len(said.get(s.id, ())),
                len({x.document_id for x in said.get(s.id, ())}),
            )
            for s in speakers
        ]

    def records() -> list[tables.Record]:
        return [
            {
                **tables.speaker_record(s, said.get(s.id, ())),
                "offices_seen": [x.model_dump() for x in offices_seen(said.get(s.id, ()), documents)],
            }
            for s in speakers
        ]

    return Result(
        table=lambda width: render.speaker_table(counted()),
        markdown=lambda: markdown.speaker_notes(counted()),
        records=records,
    )


def speaker_view(speaker: "Speaker", said: "Sequence[Statement]", documents: Documents) -> Result:
    """Returns one speaker with every spelling, the offices by date, and where he or she is quoted."""
    from rich.text import Text

    from claimtrack.notes.markdown import bullet_list
    from claimtrack.notes.offices import offices_seen, span, told
    from claimtrack.notes.phrases import one_line

    articles = {s.document_id for s in said}
    published = sorted(date for d in articles if (date := documents[d].published))
    first, last = (published[0], published[-1]) if published else (None, None)
    undated = len(articles) - len(published)

    def lines() -> list[str]:
        time = span(first, last) + (f", {undated} undated" if first and undated else "")
        return [
            one_line(line)
            for line in (
                f"{speaker.name} ({speaker.id})",
                f"also written: {'; '.join(speaker.aliases) or '-'}",
                *(f"office: {told(x)}, articles: {x.document_count}" for x in offices_seen(said, documents)),
                f"statements: {len(said)}, articles: {len(articles)}, published: {time}",
                f"what was said: claimtrack statements --speaker {speaker.id}",
            )
        ]

    record = speaker_result([speaker], {speaker.id: said}, documents).records
    return Result(
        table=lambda width: Text("\n".join(lines())),
        markdown=lambda: bullet_list(lines()),
        records=lambda: [{**record()[0], "first_published": first, "last_published": last}],
        single=True,
    )


def source_result(sources: "Sequence[tuple[Document, int]]") -> Result:
    """Returns articles with the number of statements in each, in all forms."""
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables

    return Result(
        table=lambda width: render.source_list(sources),
        markdown=partial(markdown.source_notes, sources),
        records=lambda: [tables.source_record(document, count) for document, count in sources],
    )


def statement_view(statement: "Statement", document: "Document") -> Result:
    """Returns one statement with the paragraph around it."""
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables

    def notes() -> str:
        listed = markdown.statement_notes([statement], {document.id: document})
        return f"{listed}\nThe paragraph:\n\n{markdown.paragraph_notes(statement, document)}"

    return Result(
        table=lambda width: render.statement_passage(statement, document, ()),
        markdown=notes,
        records=lambda: [tables.statement_record(statement, document)],
        rows=lambda: [tables.statement_row(tables.statement_record(statement, document))],
        single=True,
    )


def conflict_view(conflict: "Conflict", documents: Documents) -> Result:
    """Returns one possible conflict with the paragraphs around both statements."""
    from claimtrack.cli import render
    from claimtrack.notes import markdown, tables
    from claimtrack.notes.passages import WHOLE_PARAGRAPH

    return Result(
        table=lambda width: render.conflict_passages(conflict, documents),
        markdown=lambda: markdown.conflict_notes([conflict], documents, WHOLE_PARAGRAPH),
        records=lambda: [tables.conflict_record(conflict, documents)],
        rows=lambda: [tables.conflict_row(conflict, documents)],
        single=True,
    )
