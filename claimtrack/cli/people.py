"""``speakers``: who speaks, under which names, and which names are one person's."""

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli import completion
from claimtrack.cli.corrections import correct_store
from claimtrack.cli.options import (
    ByOption,
    FormOption,
    OutputOption,
    SpeakerOption,
    command,
    group,
    listing,
)
from claimtrack.cli.output import put_out
from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from claimtrack.models import Speaker, Statement, Store

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A speaker's name as it is known, or an id (sp-…).",
        autocompletion=completion.speakers,
    ),
]
OtherArgument = Annotated[
    str, typer.Argument(metavar="OTHER", help="The other name or id.", autocompletion=completion.speakers)
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    part = group(help="List speakers; join and separate their names.")
    listing(part, "claimtrack speakers")(list_speakers)
    command(part, "alias", 'claimtrack speakers alias "Khawaja Asif" "KM Asif"')(alias)
    command(part, "merge", 'claimtrack speakers merge "Khawaja Asif" "Khwaja Asif"')(merge)
    command(part, "split", 'claimtrack speakers split "Khawaja Asif" "Asif Khan"')(split)
    command(
        part,
        "suggest",
        "claimtrack speakers suggest",
        'claimtrack speakers suggest --speaker "Khawaja Asif" --format jsonl',
    )(suggest)
    app.add_typer(part, name="speakers")


def list_speakers(session: Session, form: FormOption = None, output: OutputOption = None) -> None:
    """List who speaks: spellings, offices with the time they were seen in, number of statements."""
    from claimtrack.cli.listings import speaker_result

    store = session.read_store()
    documents = {document.id: document for document in store.documents}
    put_out(session, speaker_result(store.speakers, said_by_speaker(store), documents), form, output)


def said_by_speaker(store: "Store") -> "dict[str, list[Statement]]":
    """Returns the statements that stand, by speaker id."""
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in store.statements:
        if statement.speaker_id and not statement.rejected:
            said[statement.speaker_id].append(statement)
    return said


def alias(
    session: Session,
    name: NameArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another form of the name.")],
    by: ByOption = None,
) -> None:
    """Add another form of a speaker's name."""
    from claimtrack.models import Action
    from claimtrack.pipeline.names import find_speaker

    with correct_store(session, by) as correction:
        speaker, note = find_speaker(correction.store, name)
        correction.apply(Action.ALIAS, speaker.name, {"name": other})
    if note:
        session.say(note)
    session.say(f"{other} is another name of {speaker.name}; `claimtrack undo` takes it back")


def merge(session: Session, name: NameArgument, other: OtherArgument, by: ByOption = None) -> None:
    """Say that two speakers are one person.

    Of several speakers of one name an id (sp-…) tells which one is meant.
    """
    from claimtrack.models import Action
    from claimtrack.pipeline.names import find_speaker
    from claimtrack.pipeline.suggestions import merge_value

    with correct_store(session, by) as correction:
        first, _ = find_speaker(correction.store, name)
        second, _ = find_speaker(correction.store, other)
        if first.id == second.id:
            session.say(f"{name} and {other} are one person already: {first.name}")
            return
        correction.apply(Action.MERGE, first.name, merge_value(correction.store, first, second))
    session.say(f"{first.name} and {second.name} are one person; `claimtrack undo` takes it back")


def split(session: Session, name: NameArgument, other: OtherArgument, by: ByOption = None) -> None:
    """Say that a name, or a form of a name, is somebody else's.

    Two speakers that are kept apart are never suggested as one person again.
    """
    from claimtrack.models import Action
    from claimtrack.pipeline.names import find_speaker
    from claimtrack.pipeline.suggestions import merge_value
    from claimtrack.text import fold

    with correct_store(session, by) as correction:
        speaker, _ = find_speaker(correction.store, name)
        form = next((known for known in speaker.aliases if fold(known) == fold(other)), None)
        value: dict[str, str | None] = {"name": form}
        if form is None:
            second = _somebody_else(correction.store, speaker, other)
            form, value = second.name, merge_value(correction.store, speaker, second)
        correction.apply(Action.SPLIT, speaker.name, value)
    session.say(f"{form} is not {speaker.name}; `claimtrack undo` takes it back")


def _somebody_else(store: "Store", speaker: "Speaker", other: str) -> "Speaker":
    """Returns the other speaker of that name or id; raises NotFoundError where there is none."""
    from claimtrack.errors import NotFoundError
    from claimtrack.pipeline.names import find_speaker

    forms = ", ".join(speaker.aliases) or "none"
    hint = f"Known forms: {forms}."
    try:
        found, note = find_speaker(store, other)
    except NotFoundError as error:
        raise NotFoundError(f"{other} is no other form of {speaker.name}", f"{hint} {error.hint}") from error
    if note or found.id == speaker.id:
        raise NotFoundError(f"{other} is no other form of {speaker.name}", hint)
    return found


def suggest(
    session: Session,
    speaker: SpeakerOption = None,
    form: FormOption = None,
    output: OutputOption = None,
    by: ByOption = None,
) -> None:
    """Show speakers who may be one person, with what speaks for and against it.

    Nothing is merged by itself. On a terminal a key decides about each pair: merge, keep apart, skip,
    undo, quit; what is kept apart is never asked again. With --format, or in a pipe, it only lists.
    """
    from claimtrack.cli.keys import can_walk
    from claimtrack.cli.suggesting import Walk, suggestion_result
    from claimtrack.pipeline.names import find_speaker
    from claimtrack.pipeline.suggestions import suggest_merges

    store = session.read_store()
    wanted, note = find_speaker(store, speaker) if speaker else (None, None)
    if note:
        session.say(note)
    suggestions = suggest_merges(store, wanted)
    if form or output or not suggestions or not can_walk():
        put_out(session, suggestion_result(suggestions), form, output)
    else:
        Walk(session, by).through(store, suggestions)
