"""``report``: one self-contained page of possible conflicts, to look at, send on or print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.conflicts import AcrossOption, KindOption, LimitOption, MinScoreOption, StatusOption
from claimtrack.cli.options import AboutOption, SinceOption, SpeakerOption, UntilOption, command
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session
from claimtrack.errors import InputError, StoreError

if TYPE_CHECKING:
    from claimtrack.models import Store

ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace OUT.html even where claimtrack did not make it.")
]


def add_to(app: typer.Typer) -> None:
    """Adds the command of this file to the program."""
    command(
        app,
        "report",
        "claimtrack report conflicts.html",
        'claimtrack report asif.html --speaker "Khawaja Asif" --since 2025',
    )(report)


def report(
    session: Session,
    out: Annotated[str, typer.Argument(metavar="OUT.html", help="The page to write.")],
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    min_score: MinScoreOption = None,
    limit: LimitOption = None,
    status: StatusOption = None,
    across_sources: AcrossOption = False,
    force: ForceOption = False,
) -> None:
    """Write possible conflicts as one page that needs no network.

    Both sides stand next to each other with their articles, under the speaker and the subject. It opens from
    disk, prints, and can be sent on: it holds short quotations, never whole articles.
    """
    from claimtrack.notes.files import replace_bytes
    from claimtrack.notes.page.rendering import render_page
    from claimtrack.pipeline.queries import ConflictQuery
    from claimtrack.pipeline.reporting import report_content

    before = _replaceable(session, Path(out), force)
    least = session.settings.min_score if min_score is None else min_score
    query = ConflictQuery(
        speaker=speaker, about=about, since=since, until=until, kind=kind, min_score=least,
        limit=limit, status=status, across_sources=across_sources,
    )  # fmt: skip
    store, digest = _read_store(session)
    with working(session, "comparing statements"), session.judgements() as judgements:
        content = report_content(store, query, session.settings, digest, judgements)
    replace_bytes(Path(out), render_page(content).encode(), before)
    for note in content.notes:
        session.say(note)
    session.say(f"{out}: possible conflicts: {len(content.conflicts)}; speakers: {len(content.people)}")


def _replaceable(session: Session, path: Path, force: bool) -> bytes | None:
    """Returns what the page will replace, None where nothing; raises InputError where it must stay."""
    from claimtrack.notes.files import read_bytes
    from claimtrack.notes.page.rendering import is_report

    session.check_is_not_store(path, "Name another file.")
    before = read_bytes(path)
    if before and not force and not is_report(before):
        raise InputError(f"{path} is no report of claimtrack", "Name another file, or add --force.")
    return before


def _read_store(session: Session) -> "tuple[Store, str]":
    """Returns the store and the SHA-256 of its file; raises StoreError where it changed meanwhile."""
    source = session.existing_store()
    digest = source.digest()
    store = source.read()
    if source.digest() != digest:
        raise StoreError(f"{source.name} changed while it was read", "Try again.")
    return store, digest
