"""``export`` and ``schema``: conflicts and statements for other programs, and what records look like."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from claimtrack.cli.conflicts import AcrossOption, LimitOption, MinScoreOption, StatusOption
from claimtrack.cli.options import (
    AboutOption,
    ConflictKindName,
    KindName,
    SinceOption,
    SpeakerOption,
    UntilOption,
    command,
)
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session
from claimtrack.cli.streaming import put_out_lines

if TYPE_CHECKING:
    from claimtrack.models import Conflict, Document, Statement, Store

What = Literal["conflicts", "statements"]
AnyKind = Literal["direct", "indirect", "mixed", "contradiction", "change", "report"]
ExportForm = Literal["csv", "jsonl", "jsonld", "markdown"]

WhatArgument = Annotated[
    What, typer.Argument(metavar="[conflicts|statements]", help="What to write; by default conflicts.")
]
AnyKindOption = Annotated[
    AnyKind | None,
    typer.Option("--kind", metavar="KIND", help="As `contradictions` or `statements` have it."),
]
SearchOption = Annotated[
    str | None, typer.Option("--search", metavar="TEXT", help="Only statements with these words in them.")
]
GoneOption = Annotated[
    bool, typer.Option("--gone", help="Also statements that an article's newer version no longer has.")
]
RejectedOption = Annotated[bool, typer.Option("--rejected", help="Also statements that were rejected.")]
ExportFormOption = Annotated[
    ExportForm | None,
    typer.Option("--format", metavar="FORM", help="csv, jsonl, jsonld or markdown. "
                 "By default what the file's ending says, else markdown."),
]  # fmt: skip
FileOption = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there; the ending chooses the form."),
]

_FORM_OF: dict[str, ExportForm] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonld": "jsonld",
    ".json": "jsonld",
}

_KINDS: dict[What, tuple[str, ...]] = {
    "statements": get_args(KindName),
    "conflicts": get_args(ConflictKindName),
}


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "export",
        "claimtrack export --format csv -o conflicts.csv",
        'claimtrack export statements --speaker "Khawaja Asif" --format jsonl',
        "claimtrack export conflicts --status confirmed -o confirmed.jsonld",
    )(export)
    shown = ("claimtrack schema conflict", "claimtrack schema -o claimtrack.schema.json")
    command(app, "schema", *shown)(schema)


def export(
    session: Session,
    what: WhatArgument = "conflicts",
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: AnyKindOption = None,
    min_score: MinScoreOption = None,
    limit: LimitOption = None,
    status: StatusOption = None,
    across_sources: AcrossOption = False,
    search: SearchOption = None,
    gone: GoneOption = False,
    rejected: RejectedOption = False,
    form: ExportFormOption = None,
    output: FileOption = None,
) -> None:
    """Write conflicts or statements for other programs.

    One row for each in CSV and JSON Lines; W3C Web Annotations and schema.org Quotations in JSON-LD;
    notes in Markdown. docs/exports.md explains every column and term.
    """
    from claimtrack.pipeline.parts import part_of_speaker

    chosen = form or _FORM_OF.get(Path(output or "").suffix.lower(), "markdown")
    shared = {"speaker": speaker, "about": about, "since": since, "until": until, "kind": kind}
    of_conflicts = {
        "min_score": min_score,
        "limit": limit,
        "status": status,
        "across_sources": across_sources,
    }
    of_statements = {"search": search, "gone": gone, "rejected": rejected}
    _check(what, kind, of_statements if what == "conflicts" else of_conflicts)
    store = session.read_store(part_of_speaker(speaker) if speaker else None)
    if what == "statements":
        lines = _statement_lines(store, _statements(session, store, {**shared, **of_statements}), chosen)
    else:
        lines = _conflict_lines(store, _conflicts(session, store, {**shared, **of_conflicts}), chosen)
    put_out_lines(session, lines, output)


def _check(what: What, kind: str | None, foreign: dict[str, Any]) -> None:
    """Raises a usage error for a filter that what is written does not have; none is passed over."""
    for name, given in foreign.items():
        if given is not None and given is not False:
            raise typer.BadParameter(f"--{name.replace('_', '-')} is no filter of {what}.")
    if kind is not None and kind not in _KINDS[what]:
        raise typer.BadParameter(f"{kind!r} is no kind of {what}. Known: {', '.join(_KINDS[what])}.")


def _statements(session: Session, store: "Store", filters: dict[str, Any]) -> "tuple[Statement, ...]":
    from claimtrack.pipeline.queries import StatementQuery, find_statements

    statements, notes = find_statements(store, StatementQuery(**filters))
    for note in notes:
        session.say(note)
    return statements


def _conflicts(session: Session, store: "Store", filters: dict[str, Any]) -> "tuple[Conflict, ...]":
    from claimtrack.pipeline.queries import ConflictQuery, find_conflicts

    if filters["min_score"] is None:
        filters = {**filters, "min_score": session.settings.min_score}
    with working(session, "comparing statements"), session.judgements() as judgements:
        report = find_conflicts(store, ConflictQuery(**filters), session.settings, judgements)
    for note in report.notes:
        session.say(note)
    return report.conflicts


def _statement_lines(store: "Store", statements: "Iterable[Statement]", form: ExportForm) -> Iterator[str]:
    from claimtrack.notes import annotations, flat
    from claimtrack.pipeline.parties import party_types

    documents = {document.id: document for document in store.documents}
    if form == "jsonld":
        return annotations.statement_graph(statements, documents, party_types(store.speakers))
    if form == "markdown":
        return _note_lines(statements, documents)
    rows = flat.statement_rows(statements, documents)
    return flat.jsonl_lines(rows) if form == "jsonl" else flat.csv_lines(rows, flat.STATEMENT_COLUMNS)


def _note_lines(statements: "Iterable[Statement]", documents: "Mapping[str, Document]") -> Iterator[str]:
    """Yields the notes of `statements` one by one."""
    from claimtrack.notes.markdown import statement_notes

    number = 0
    for number, statement in enumerate(statements, 1):
        yield ("\n" if number > 1 else "") + statement_notes([statement], documents)
    if not number:
        yield statement_notes([], documents)


def _conflict_lines(store: "Store", conflicts: "tuple[Conflict, ...]", form: ExportForm) -> Iterator[str]:
    from claimtrack.cli.listings import conflict_result
    from claimtrack.notes import annotations, flat
    from claimtrack.pipeline.parties import party_types

    documents = {document.id: document for document in store.documents}
    if form == "jsonld":
        return annotations.conflict_graph(conflicts, documents, party_types(store.speakers))
    if form == "markdown":
        return iter((conflict_result(conflicts, documents).markdown(),))
    rows = flat.conflict_rows(conflicts, documents)
    return flat.jsonl_lines(rows) if form == "jsonl" else flat.csv_lines(rows, flat.CONFLICT_COLUMNS)


def schema(
    session: Session,
    record: Annotated[
        str | None, typer.Argument(metavar="[RECORD]", help="One of those above; by default all.")
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write there.")] = None,
) -> None:
    """Print the JSON Schema of the records that claimtrack prints and stores.

    Records: statement, conflict, pair, speaker, suggestion, article, verified, timeline, review, status,
    store; of `export`: statement-row, conflict-row, statement-graph, conflict-graph.
    """
    from claimtrack.notes.schemas import RECORDS, all_schemas, record_schema
    from claimtrack.notes.tables import json_text

    if record is not None and record not in RECORDS:
        raise typer.BadParameter(f"there is no record {record!r}. Known: {', '.join(RECORDS)}.")
    put_out_lines(session, [json_text(all_schemas() if record is None else record_schema(record))], output)
