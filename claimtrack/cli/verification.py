"""``verify``: is every stored quotation still word for word at its place, and which articles changed?"""

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.articles import MapOption, settings_with
from claimtrack.cli.conflicts import FOUND
from claimtrack.cli.options import FormOption, OutputOption, command
from claimtrack.cli.output import put_out
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session
from claimtrack.errors import StoreError

if TYPE_CHECKING:
    from claimtrack.documents.header import Article
    from claimtrack.documents.outcome import Unread
    from claimtrack.pipeline.verification import PageReader
    from claimtrack.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Adds the command of this file to the program."""
    command(app, "verify", "claimtrack verify", "claimtrack verify --exit-code -q --format jsonl")(verify)


def verify(
    session: Session,
    online: Annotated[bool, typer.Option("--online", help="Fetch web pages again, too.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also from this machine and private networks.")
    ] = False,
    mapped: MapOption = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with exit code 10 where an article changed.")
    ] = False,
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Check every quotation, in the store and in today's files.

    In the store it must stand word for word at its place; a store that was edited by hand is found out.
    In today's file it is unchanged, moved, changed (with the nearest wording) or gone.
    """
    from claimtrack.cli.evidence import verification_result
    from claimtrack.pipeline.verification import ArticleState, verify

    store, settings = session.read_store(), settings_with(session, mapped)
    read_page = _page_reader(settings, allow_private) if online else None
    with working(session, "reading articles again", lambda: len(store.documents)) as report_place:
        checks = verify(store, settings, read_page, report_place)
    for check in checks:
        session.detail(f"{check.state.value}: {check.document.place}")
    put_out(session, verification_result(checks), form, output)
    if any(check.state is ArticleState.CHANGED for check in checks):
        session.say("claimtrack ingest PATH reads a changed article anew and keeps both versions")
    damaged = sum(check.is_damaged for check in checks)
    if damaged:
        raise StoreError(
            f"{damaged} {'article' if damaged == 1 else 'articles'} in {session.store.name} "
            f"{'is' if damaged == 1 else 'are'} not as {'it was' if damaged == 1 else 'they were'} read",
            "Somebody or something changed the file: restore an earlier one.",
        )
    if exit_code and any(check.has_changed for check in checks):
        raise typer.Exit(FOUND)


def _page_reader(settings: "Settings", allow_private: bool) -> "PageReader":
    from claimtrack.documents.outcome import Remark, Unread
    from claimtrack.documents.web.fetching import Fetcher, Limits
    from claimtrack.documents.web.reader import read_url

    fetcher = Fetcher(Limits.of(settings, allow_private))

    def read_page(address: str) -> "Article | Unread":
        for _, item in read_url(address, fetcher, settings):
            if not isinstance(item, Remark):
                return item
        return Unread(place=address, message="there is no article any more")

    return read_page
