"""``ingest`` and ``extract``: articles in, statements out."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, BinaryIO, get_args

import typer

from claimtrack.cli.options import FormOption, OutputOption, command, date_option
from claimtrack.cli.output import put_out
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session, complain
from claimtrack.errors import InputError

if TYPE_CHECKING:
    from claimtrack.documents.reading import Metadata, Unread
    from claimtrack.models import Document, Statement, Store
    from claimtrack.pipeline.ingestion import IngestReport
    from claimtrack.settings import Settings

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input.", show_default=False),
]
DateOption = Annotated[str | None, date_option("--date", "Publication date of what is read.")]
PublisherOption = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Its outlet.")]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its headline.")]
UrlOption = Annotated[str | None, typer.Option("--url", metavar="URL", help="Its address on the web.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=NAME,...", help="What JSON records call a field: text=body."),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(app, "ingest", "claimtrack ingest seeds/", "claimtrack ingest story.txt --date 2025-09-27")(
        ingest
    )
    command(app, "extract", "claimtrack extract story.txt --format jsonl")(extract)


def ingest(
    session: Session,
    paths: Paths,
    date: DateOption = None,
    publisher: PublisherOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
    mapped: MapOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Extract anew what an older claimtrack has read.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; store nothing.")] = False,
) -> None:
    """Read articles and store the statements in them.

    Reading the same articles again changes nothing. An article that has changed is updated; its old
    statements are kept and marked as gone.
    """
    from claimtrack.pipeline.ingestion import ingest

    metadata, settings = _metadata(date, publisher, title, url), _settings(session, mapped)
    source = session.open_store()
    with working(session, "reading articles") as report_place:

        def take_in(store: "Store") -> "tuple[Store, IngestReport]":
            given = (metadata, settings, _standard_input(paths), again, report_place)
            return ingest(store, paths, *given)

        if dry_run:
            _, report = take_in(source.read())
        else:
            with source.change() as change:
                store, report = take_in(change.store)
                if store != change.store:
                    change.save(store)
    _tell(session, report, dry_run)


def _metadata(date: str | None, publisher: str | None, title: str | None, url: str | None) -> "Metadata":
    from claimtrack.documents.reading import Metadata

    return Metadata(date=date, publisher=publisher, title=title, url=url)


def _settings(session: Session, mapped: Sequence[str] | None) -> "Settings":
    """Returns the settings with the names of fields that ``--map`` gives."""
    from pydantic import ValidationError

    from claimtrack.settings import RecordField, Settings

    pairs = [pair.strip().partition("=") for given in mapped or () for pair in given.split(",")]
    given = {field: name for field, _, name in pairs}
    if not all(given.values()):
        raise typer.BadParameter("each part is FIELD=NAME, as in text=body", param_hint="--map")
    values = session.settings.model_dump()
    try:
        return Settings.model_validate({**values, "fields": {**values["fields"], **given}})
    except ValidationError as error:
        known = ", ".join(get_args(RecordField))
        raise typer.BadParameter(f"the fields are {known}", param_hint="--map") from error


def _standard_input(paths: Sequence[str]) -> BinaryIO:
    if "-" in paths and sys.stdin.isatty():
        complain("reading an article from the keyboard; end it with Ctrl-D on a line of its own")
    return sys.stdin.buffer


def _tell(session: Session, report: "IngestReport", dry_run: bool) -> None:
    for label, places in (("new", report.added), ("changed", report.changed), ("known", report.known)):
        for place in places:
            session.detail(f"{label}: {place}")
    for place in report.copies:
        session.detail(f"copy of another article: {place}")
    for place in report.not_english:
        session.say(f"warning: not in English, stored but not analysed: {place}")
    for remark in report.remarks:
        session.say(f"note: {remark.message}: {remark.place}")
    session.say(summary(report, dry_run))
    if not (report.added or report.known or report.changed or report.failed):
        raise InputError(
            "no articles found", "Name text, Markdown or HTML files, or a folder that holds some."
        )
    fail_for(report.failed)


def summary(report: "IngestReport", dry_run: bool) -> str:
    """Returns what happened in one line, with what to do next."""
    counts = {
        "new": len(report.added),
        "changed": len(report.changed),
        "known": len(report.known),
        "failed": len(report.failed),
    }
    told = ", ".join(f"{count} {label}" for label, count in counts.items() if count) or "none"
    copies = f" ({len(report.copies)} copies of others)" if report.copies else ""
    total = sum(counts.values())
    line = (
        f"{total} {'article' if total == 1 else 'articles'}: {told}{copies}; "
        f"{report.statement_count} {'statement' if report.statement_count == 1 else 'statements'}"
    )
    if dry_run:
        return f"{line}; nothing stored (dry run)"
    return f"{line}; next: claimtrack contradictions" if report.statement_count else line


def fail_for(failed: "Iterable[Unread]") -> None:
    """Lists what could not be read and ends with the exit code for it; does nothing for no failures."""
    failures = list(failed)
    for unread in failures:
        hint = f". {unread.hint}" if unread.hint else ""
        complain(f"error: {unread.message}: {unread.place}{hint}")
    if failures:
        raise typer.Exit(InputError.exit_code)


def extract(
    session: Session,
    paths: Paths,
    date: DateOption = None,
    publisher: PublisherOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
    mapped: MapOption = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Show the statements in articles; store nothing."""
    from claimtrack.cli.listings import statement_result
    from claimtrack.documents.reading import Unread
    from claimtrack.pipeline.ingestion import extract

    failed: list[Unread] = []
    statements: list[Statement] = []
    documents: dict[str, Document] = {}
    with working(session, "reading articles") as report_place:
        metadata, settings = _metadata(date, publisher, title, url), _settings(session, mapped)
        for item in extract(paths, metadata, settings, _standard_input(paths)):
            if isinstance(item, Unread):
                failed.append(item)
                continue
            report_place(item.document.place)
            if not item.document.analysed:
                session.say(f"warning: not in English, not analysed: {item.document.place}")
            documents[item.document.id] = item.document
            statements.extend(item.statements)
    put_out(session, statement_result(statements, documents), form, output)
    fail_for(failed)
