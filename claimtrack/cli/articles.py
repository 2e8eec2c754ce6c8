"""``ingest`` and ``extract``: articles in, statements out."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, get_args

import typer

from claimtrack.cli.clusters import ClusterOption, ShardsOption, chosen_cluster
from claimtrack.cli.options import FormOption, OutputOption, command, date_option
from claimtrack.cli.output import put_out
from claimtrack.cli.progress import article_count, working
from claimtrack.cli.session import Session, complain
from claimtrack.errors import InputError

if TYPE_CHECKING:
    from claimtrack.documents.reading import Metadata, Unread
    from claimtrack.models import Document, Statement, Store
    from claimtrack.pipeline.ingestion import IngestReport
    from claimtrack.pipeline.partial import StoredPart
    from claimtrack.settings import Settings
    from claimtrack.store.interface import Change

    TakeIn = Callable[..., tuple[Store, IngestReport]]

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Files, folders, web addresses, feeds, or - for standard input.",
        show_default=False,
    ),
]
DateOption = Annotated[str | None, date_option("--date", "Publication date of what is read.")]
PublisherOption = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Its outlet.")]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its headline.")]
UrlOption = Annotated[str | None, typer.Option("--url", metavar="URL", help="Its address on the web.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=NAME,...", help="What JSON records call a field: text=body."),
]

UrlsOption = Annotated[
    str | None,
    typer.Option(
        "--urls", metavar="FILE", help="Fetch the web addresses in FILE, one a line (- for standard input)."
    ),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and private networks, too.")
]

KeepOption = Annotated[
    Path | None,
    typer.Option(
        "--keep-original",
        metavar="DIR",
        file_okay=False,
        help="Keep the bytes of every article in DIR, by digest.",
    ),
]

JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="COUNT", min=1, help="Articles to extract at once; by default one for each core."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    shown = ("seeds/", "story.txt --date 2025-09-27", "--urls links.txt", "crawl/ --cluster local")
    command(app, "ingest", *(f"claimtrack ingest {words}" for words in shown))(ingest)
    command(app, "extract", "claimtrack extract story.txt --format jsonl")(extract)


def ingest(
    session: Session,
    paths: Paths = None,
    urls: UrlsOption = None,
    date: DateOption = None,
    publisher: PublisherOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
    mapped: MapOption = None,
    allow_private: PrivateOption = False,
    keep_original: KeepOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    shards: ShardsOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Extract anew what an older claimtrack has read.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; store nothing.")] = False,
) -> None:
    """Read articles and store the statements in them.

    Reading the same articles again changes nothing. An article that has changed is updated; its old
    statements are kept and marked as gone.
    """
    from claimtrack.pipeline.ingestion import read_articles, take_in
    from claimtrack.store.originals import Originals

    metadata = _metadata(date, publisher, title, url)
    settings = settings_with(session, mapped, allow_private)
    places, bad_lines = _places(paths, urls, settings)
    source = session.store
    keep = None if keep_original is None or dry_run else Originals(keep_original).keep
    with (
        chosen_cluster(session, cluster, shards, jobs) as extraction,
        working(session, "reading articles", partial(article_count, places)) as report_place,
    ):
        read = read_articles(places, metadata, settings, _standard_input(places), keep, report_place)

        def take(store: "Store", part: "StoredPart | None" = None) -> "tuple[Store, IngestReport]":
            return take_in(store, read, again, None, jobs, extraction, part)

        if dry_run:
            store, report = take(source.read())
        else:
            with source.change() as change:
                store, report = _stored(change, take, again)
    _tell_changes(session, store, report)
    _tell(session, report.model_copy(update={"failed": (*bad_lines, *report.failed)}), dry_run)


def _stored(change: "Change", take_in: "TakeIn", again: bool) -> "tuple[Store, IngestReport]":
    """Returns the store, or the part of it that was concerned, with what was taken in, and saves it."""
    from claimtrack.models import Store
    from claimtrack.pipeline.partial import StoredPart

    if change.shelf is not None and not again:
        part = StoredPart(change.shelf)
        store, report = take_in(Store(), part)
        change.save_part(part.before(store), store)
        return store, report
    store, report = take_in(change.store)
    if store != change.store:
        change.save(store)
    change.mark()
    return store, report


def _places(
    paths: Sequence[str] | None, urls: str | None, settings: "Settings"
) -> "tuple[list[str], list[Unread]]":
    """Returns what to read, the addresses in the list among it, and the list's bad lines."""
    from claimtrack.documents.web.url_lists import open_list

    if not paths and urls is None:
        raise typer.BadParameter("name files, folders or web addresses, or a list of these with --urls")
    found = list(open_list(urls, sys.stdin.buffer, settings)) if urls is not None else []
    places = [*(paths or ()), *(item for item in found if isinstance(item, str))]
    return places, [item for item in found if not isinstance(item, str)]


def _metadata(date: str | None, publisher: str | None, title: str | None, url: str | None) -> "Metadata":
    from claimtrack.documents.reading import Metadata

    return Metadata(date=date, publisher=publisher, title=title, url=url)


def settings_with(session: Session, mapped: Sequence[str] | None, allow_private: bool = False) -> "Settings":
    """Returns the settings with what ``--map`` and ``--allow-private`` give."""
    from pydantic import ValidationError

    from claimtrack.settings import RecordField, Settings

    pairs = [pair.strip().partition("=") for given in mapped or () for pair in given.split(",")]
    given = {field: name for field, _, name in pairs}
    if not all(given.values()):
        raise typer.BadParameter("each part is FIELD=NAME, as in text=body", param_hint="--map")
    values = session.settings.model_dump()
    values["allow_private"] = values["allow_private"] or allow_private
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


def _tell_changes(session: Session, store: "Store", report: "IngestReport") -> None:
    """Says what newer versions did to the statements of their articles."""
    from claimtrack.notes.phrases import attribution, verbatim
    from claimtrack.pipeline.versions import compare_versions

    for old, new in report.superseded:
        change = compare_versions(store, old, new)
        counts = f"{len(change.gone)} gone, {len(change.new)} new, {len(change.kept)} kept"
        session.say(f"changed: {change.place}: statements: {counts}")
        for label, statements in (("gone", change.gone), ("new", change.new), ("kept", change.kept)):
            for statement in statements:
                told = f"{statement.id}, {attribution(statement)}: {verbatim(statement)}"
                session.detail(f"  {label}: {told}")


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
    paths: Paths = None,
    urls: UrlsOption = None,
    date: DateOption = None,
    publisher: PublisherOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
    mapped: MapOption = None,
    allow_private: PrivateOption = False,
    jobs: JobsOption = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Show the statements in articles; store nothing."""
    from claimtrack.cli.listings import statement_result
    from claimtrack.documents.reading import Unread
    from claimtrack.pipeline.ingestion import extract

    metadata = _metadata(date, publisher, title, url)
    settings = settings_with(session, mapped, allow_private)
    places, failed = _places(paths, urls, settings)
    statements: list[Statement] = []
    documents: dict[str, Document] = {}
    with working(session, "reading articles", partial(article_count, places)) as report_place:
        for item in extract(places, metadata, settings, _standard_input(places), jobs):
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
