"""``review``: what people decide about possible conflicts, one by one, by script or in bulk."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.completion import conflicts as conflict_ids
from claimtrack.cli.conflicts import AcrossOption, KindOption, LimitOption, MinScoreOption
from claimtrack.cli.corrections import named_person, now, person
from claimtrack.cli.keys import can_walk
from claimtrack.cli.options import (
    AboutOption,
    ByOption,
    OutputOption,
    ReviewName,
    SinceOption,
    SpeakerOption,
    UntilOption,
    command,
    date_option,
)
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session, complain
from claimtrack.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from claimtrack.models import Conflict, Store

HOW_ELSE = (
    "claimtrack review ID --confirm (or --dismiss, --unsure) --by NAME; "
    "in bulk: claimtrack review --import FILE, and --export for what was decided"
)
"""What does the same without a terminal."""

NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why, for your colleagues.")]
ContactedOption = Annotated[str | None, date_option("--contacted", "The speaker was asked on this day.")]
ResponseOption = Annotated[
    str | None, typer.Option("--response", metavar="TEXT", help="What the speaker answered.")
]
OpenOption = Annotated[
    ReviewName | None,
    typer.Option("--status", metavar="STATUS", help="unreviewed, confirmed, dismissed, unsure or stale; "
                 "by default unreviewed and stale."),
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "review",
        'claimtrack review --speaker "Khawaja Asif" --by "Nell Gray"',
        'claimtrack review cf-9f2c61d0a4b7 --dismiss --note "two different accounts"',
        'claimtrack review cf-9f2c61d0a4b7 --contacted 2025-10-02 --response "I meant the other one."',
        "claimtrack review --export -o reviews.jsonl",
        "claimtrack review --import reviews.jsonl",
    )(review)


def review(
    session: Session,
    item: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="A conflict's id; its first digits will do.", autocompletion=conflict_ids
        ),
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="The two do not fit.")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="They do; never show the pair again.")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="It stays in the list.")] = False,
    note: NoteOption = None,
    contacted: ContactedOption = None,
    response: ResponseOption = None,
    by: ByOption = None,
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    min_score: MinScoreOption = None,
    limit: LimitOption = None,
    status: OpenOption = None,
    across_sources: AcrossOption = False,
    taken_from: Annotated[
        str | None,
        typer.Option("--import", metavar="FILE", help="Take in reviews, JSON Lines; - for standard input."),
    ] = None,
    export: Annotated[bool, typer.Option("--export", help="Print all reviews as JSON Lines.")] = False,
    output: OutputOption = None,
) -> None:
    """Decide about possible conflicts.

    Without an ID, walk through those still open: one key each, every decision stored at once. Each
    reviewer's latest decision is kept beside the others', across every later ingest.
    """
    decided = [
        name for name, on in (("confirmed", confirm), ("dismissed", dismiss), ("unsure", unsure)) if on
    ]
    said = {"note": note, "contacted": contacted, "response": response}
    filters = {"speaker": speaker, "about": about, "since": since, "until": until, "kind": kind,
               "min_score": min_score, "limit": limit, "status": status,
               "across_sources": across_sources or None}  # fmt: skip
    given = Given(
        item, tuple(decided), _without_none(said), _without_none(filters), taken_from, export, output
    )
    given.check()
    if export:
        _export(session, output)
    elif taken_from:
        _import(session, taken_from, by)
    elif decided or given.said:
        _decide(session, given, _reviewer(session, by))
    else:
        _walk(session, given, _reviewer(session, by))


def _without_none(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


@dataclass(frozen=True)
class Given:
    """What was asked for on the command line; options that were not given are left out."""

    item: str | None
    decided: tuple[str, ...]
    said: dict[str, str]
    filters: dict[str, Any]
    taken_from: str | None
    export: bool
    output: str | None

    def check(self) -> None:
        """Raises BadParameter where the options do not go together, or nobody is there to ask."""
        about_one = bool(self.decided or self.said)
        if len(self.decided) > 1:
            raise typer.BadParameter("name one decision: --confirm, --dismiss or --unsure")
        if self.output and not self.export:
            raise typer.BadParameter("-o goes with --export")
        if sum((bool(self.item) or about_one, bool(self.filters), bool(self.taken_from), self.export)) > 1:
            raise typer.BadParameter("an ID, filters, --import and --export do not go together")
        if about_one and not self.item:
            raise typer.BadParameter("name the conflict: claimtrack review ID …")
        if not (about_one or self.taken_from or self.export or can_walk()):
            what = "name one decision" if self.item else "there is no terminal to walk in"
            raise typer.BadParameter(f"{what}: {HOW_ELSE}")


def _reviewer(session: Session, by: str | None) -> str:
    """Returns who decides; raises InputError where nobody does."""
    who = person(session, by)
    if not who:
        raise InputError(
            "a review needs a name: who decides?",
            'Write --by NAME, set CLAIMTRACK_BY, or write by = "NAME" in claimtrack.toml.',
        )
    return who


def _find(session: Session, store: "Store", item: str) -> "Conflict":
    from claimtrack.models import Conflict
    from claimtrack.pipeline.lookup import find_item

    with working(session, "comparing statements"), session.judgements() as judgements:
        found = find_item(store, item, session.settings, judgements)
    if not isinstance(found, Conflict):
        raise NotFoundError(f"{item} is no conflict", "`claimtrack contradictions` shows their ids.")
    return found


def _decide(session: Session, given: Given, who: str) -> None:
    """Stores one person's decision or remark about one conflict."""
    from claimtrack.models import Action
    from claimtrack.pipeline.decisions import correct
    from claimtrack.pipeline.reviewing import said_of

    store = session.read_store()
    found = _find(session, store, given.item or "")
    value = said_of(found, {"status": next(iter(given.decided), None), **given.said}, store)
    with session.existing_store().change() as change:
        change.save(correct(change.store, Action.REVIEW, found.id, value, who, now()))
    what = next(iter(given.decided), " and ".join(given.said))
    session.say(f"{found.id}: {what} by {who}; `claimtrack undo` takes it back")


def _walk(session: Session, given: Given, who: str) -> None:
    """Shows the open conflicts, or the one that is named, and takes down what is decided."""
    from claimtrack.cli.walk import Walk
    from claimtrack.pipeline.queries import ConflictQuery
    from claimtrack.pipeline.reviewing import Agenda, agenda_of

    store = session.read_store()
    if given.item:
        agenda = Agenda(conflicts=(_find(session, store, given.item),))
    else:
        query = ConflictQuery(**{"min_score": session.settings.min_score, **given.filters})
        with working(session, "comparing statements"), session.judgements() as judgements:
            agenda = agenda_of(store, query, who, session.settings, judgements)
    for line in agenda.notes:
        session.say(line)
    Walk(session, store, agenda, who).run()


def _export(session: Session, output: str | None) -> None:
    from claimtrack.cli.output import Result, put_out
    from claimtrack.notes.tables import jsonl_text
    from claimtrack.pipeline.bulk_reviews import review_records

    records = review_records(session.read_store())
    lines = Result(table=lambda width: "", markdown=lambda: jsonl_text(records), records=lambda: records)
    put_out(session, lines, "jsonl", output)


def _import(session: Session, name: str, by: str | None) -> None:
    """Takes in every line that can be, and tells of the others."""
    from claimtrack.pipeline.bulk_reviews import LineFault, import_reviews, read_reviews

    read = list(read_reviews(_bytes_of(name, session.settings.largest_file)))
    faults = [line for line in read if isinstance(line, LineFault)]
    lines = [line for line in read if not isinstance(line, LineFault)]
    who = named_person(session, by)
    with session.existing_store().change() as change:
        with working(session, "comparing statements"), session.judgements() as judgements:
            report = import_reviews(change.store, lines, who, now(), session.settings, judgements)
        change.save(report.store)
    faults += report.faults
    for fault in sorted(faults, key=lambda fault: fault.number):
        complain(f"error: {name}, line {fault.number}: {fault.message}")
    session.say(f"{report.taken} taken in, {report.known} known already; `claimtrack undo` takes back one")
    if faults:
        raise InputError(f"{len(faults)} of {len(read)} lines of {name} were not taken in", "Correct them.")


def _bytes_of(name: str, most: int) -> bytes:
    """Returns what a file or standard input holds; raises InputError where that is not possible."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as stream:
                raw = stream.read(most + 1)
    except OSError as error:
        raise InputError(
            f"cannot read {name}: {error.strerror}", "Name a file of JSON Lines, or -."
        ) from error
    if len(raw) > most:
        raise InputError(f"{name} is larger than {most} bytes", "Split it.")
    return raw
