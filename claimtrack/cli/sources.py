"""``sources``: the articles in the store, where they come from, and what to correct about them."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import completion
from claimtrack.cli.corrections import correct_store
from claimtrack.cli.options import ByOption, FormOption, OutputOption, command, date_option, group, listing
from claimtrack.cli.output import put_out
from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from claimtrack.cli.corrections import Correction
    from claimtrack.models import Document

SourceId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="An article's id, its first digits, or its path.",
        autocompletion=completion.sources,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    part = group(help="List articles; correct or remove them.")
    listing(part, "claimtrack sources")(list_sources)
    command(part, "set", "claimtrack sources set doc-9f2c61d0a4b7 --date 2025-09-27 --publisher Dawn")(
        set_source
    )
    command(part, "remove", "claimtrack sources remove doc-9f2c61d0a4b7")(remove)
    app.add_typer(part, name="sources")


def list_sources(session: Session, form: FormOption = None, output: OutputOption = None) -> None:
    """List the articles: outlet, dates, digest, copies of each other."""
    from claimtrack.cli.listings import source_result

    store = session.read_store()
    counts = Counter(s.document_id for s in store.statements if not s.rejected)
    put_out(session, source_result([(d, counts[d.id]) for d in store.documents]), form, output)


def set_source(
    session: Session,
    item: SourceId,
    date: Annotated[str | None, date_option("--date", "Publication date.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Outlet.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Headline.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Address on the web.")] = None,
    archive: Annotated[
        str | None, typer.Option("--archive", metavar="URL", help="Address of a copy in a web archive.")
    ] = None,
    retracted: Annotated[
        bool | None,
        typer.Option(
            "--retracted/--not-retracted",
            help="The outlet has withdrawn it: what rests on it is stale.",
            show_default=False,
        ),
    ] = None,
    by: ByOption = None,
) -> None:
    """Correct what was read of an article; what was read is kept."""
    from claimtrack.models import Action
    from claimtrack.store.history import NOT_RETRACTED, RETRACTED

    given = {"published": date, "publisher": publisher, "title": title, "url": url, "archive_url": archive}
    value = {key: text for key, text in given.items() if text is not None}
    if retracted is not None:
        value["retracted"] = RETRACTED if retracted else NOT_RETRACTED
    if not value:
        raise typer.BadParameter(
            "say what to set: --date, --publisher, --title, --url, --archive or --retracted"
        )
    with correct_store(session, by) as correction:
        document = _find(correction, item)
        correction.apply(Action.SET, document.id, value)
    told = ", ".join(text if key == "retracted" else f"{key}: {text}" for key, text in value.items())
    session.say(f"{document.place}: {told}; `claimtrack undo` takes it back")


def remove(session: Session, item: SourceId, by: ByOption = None) -> None:
    """Leave an article and its statements out of everything; it stays in the store."""
    from claimtrack.models import Action

    with correct_store(session, by) as correction:
        document = _find(correction, item)
        correction.apply(Action.REMOVE, document.id, {})
    session.say(f"{document.place}: removed; `claimtrack undo` takes it back")


def _find(correction: "Correction", item: str) -> "Document":
    """Returns the article of that id or path; of several versions at one path the newest."""
    from claimtrack.errors import NotFoundError
    from claimtrack.models import Document
    from claimtrack.pipeline.lookup import find_item

    at_path = [d for d in correction.store.documents if item in (d.path, d.url) and not d.superseded_by]
    if len(at_path) == 1:
        return at_path[0]
    found = find_item(correction.store, item)
    if not isinstance(found, Document):
        raise NotFoundError(f"{item} is no article", "`claimtrack sources` shows their ids.")
    return found
