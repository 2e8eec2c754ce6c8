"""``speakers``: who speaks, under which names, and which names are one person's."""

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.corrections import correct_store
from claimtrack.cli.options import ByOption, FormOption, OutputOption, command, group, listing
from claimtrack.cli.output import put_out
from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from claimtrack.models import Statement

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A speaker's name as it is known.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    part = group(help="List speakers; join and separate their names.")
    listing(part, "claimtrack speakers")(list_speakers)
    command(part, "alias", 'claimtrack speakers alias "Khawaja Asif" "KM Asif"')(alias)
    command(part, "merge", 'claimtrack speakers merge "Khawaja Asif" "Khwaja Asif"')(merge)
    command(part, "split", 'claimtrack speakers split "Khawaja Asif" "Asif Khan"')(split)
    app.add_typer(part, name="speakers")


def list_speakers(session: Session, form: FormOption = None, output: OutputOption = None) -> None:
    """List who speaks, with every spelling of the name and the number of statements."""
    from claimtrack.cli.listings import speaker_result

    store = session.read_store()
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in store.statements:
        if statement.speaker_id and not statement.rejected:
            said[statement.speaker_id].append(statement)
    put_out(session, speaker_result(store.speakers, said), form, output)


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


def merge(
    session: Session,
    name: NameArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The name of the same person.")],
    by: ByOption = None,
) -> None:
    """Say that two speakers are one person."""
    from claimtrack.models import Action
    from claimtrack.pipeline.names import find_speaker

    with correct_store(session, by) as correction:
        first, _ = find_speaker(correction.store, name)
        second, _ = find_speaker(correction.store, other)
        if first.id == second.id:
            session.say(f"{name} and {other} are one person already: {first.name}")
            return
        correction.apply(Action.MERGE, first.name, {"name": second.name})
    session.say(f"{first.name} and {second.name} are one person; `claimtrack undo` takes it back")


def split(
    session: Session,
    name: NameArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The form that is somebody else's.")],
    by: ByOption = None,
) -> None:
    """Say that a form of a speaker's name is somebody else's."""
    from claimtrack.errors import NotFoundError
    from claimtrack.models import Action
    from claimtrack.pipeline.names import find_speaker
    from claimtrack.text import fold

    with correct_store(session, by) as correction:
        speaker, _ = find_speaker(correction.store, name)
        form = next((known for known in speaker.aliases if fold(known) == fold(other)), None)
        if form is None:
            forms = ", ".join(speaker.aliases) or "none"
            raise NotFoundError(f"{other} is no other form of {speaker.name}", f"Known forms: {forms}.")
        correction.apply(Action.SPLIT, speaker.name, {"name": form})
    session.say(f"{form} is not {speaker.name}; `claimtrack undo` takes it back")
