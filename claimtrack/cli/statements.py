"""``statements``: list and filter what was said, and correct what was read wrongly."""

from typing import Annotated

import typer

from claimtrack.cli import completion
from claimtrack.cli.corrections import correct_store
from claimtrack.cli.keeping import IntoOption, check_into, keep_statements
from claimtrack.cli.options import (
    AboutOption,
    ByOption,
    FormOption,
    KindName,
    OutputOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
    command,
    group,
    listing,
)
from claimtrack.cli.output import put_out
from claimtrack.cli.session import Session

StatementId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A statement's id; its first digits will do.",
        autocompletion=completion.statements,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    part = group(help="List and filter statements; correct them.")
    listing(
        part, 'claimtrack statements --speaker "Khawaja Asif" --about Afghanistan',
        "claimtrack statements --format csv -o statements.csv",
    )(list_statements)  # fmt: skip
    command(part, "reject", "claimtrack statements reject st-9f2c61d0a4b7")(reject)
    command(part, "assign", 'claimtrack statements assign st-9f2c61d0a4b7 "Mehdi Hasan"')(assign)
    app.add_typer(part, name="statements")


def list_statements(
    session: Session,
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Only with these words in them.")
    ] = None,
    kind: Annotated[
        KindName | None, typer.Option("--kind", metavar="KIND", help="direct, indirect or mixed.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    gone: Annotated[
        bool, typer.Option("--gone", help="Also those that an article's newer version no longer has.")
    ] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also those that were rejected.")] = False,
    form: FormOption = None,
    output: OutputOption = None,
    into: IntoOption = None,
) -> None:
    """List statements, filter them, correct them."""
    from claimtrack.cli.listings import statement_result
    from claimtrack.pipeline.parts import part_of_statements
    from claimtrack.pipeline.queries import StatementQuery, find_statements

    check_into(into, form, output)
    query = StatementQuery(
        speaker=speaker,
        about=about,
        search=search,
        kind=kind,
        since=since,
        until=until,
        gone=gone,
        rejected=rejected,
    )
    store = session.read_store(None if into else part_of_statements(query))
    statements, notes = find_statements(store, query)
    for note in notes:
        session.say(note)
    if into is not None:
        keep_statements(session, store, query, statements, into)
    else:
        documents = {document.id: document for document in store.documents}
        put_out(session, statement_result(statements, documents), form, output)


def reject(session: Session, item: StatementId, by: ByOption = None) -> None:
    """Mark a statement as wrongly read.

    It is neither listed nor compared any more.
    """
    from claimtrack.models import Action

    with correct_store(session, by) as correction:
        statement = correction.statement(item)
        correction.apply(Action.REJECT, statement.id, {})
    session.say(f"{statement.id}: rejected; `claimtrack undo` takes it back")


def assign(
    session: Session,
    item: StatementId,
    speaker: Annotated[
        str, typer.Argument(metavar="SPEAKER", help="Who said it.", autocompletion=completion.speakers)
    ],
    by: ByOption = None,
) -> None:
    """Say who made a statement."""
    from claimtrack.models import Action

    with correct_store(session, by) as correction:
        statement = correction.statement(item)
        correction.apply(Action.ASSIGN, statement.id, {"speaker": speaker})
    session.say(f"{statement.id}: said by {speaker}; `claimtrack undo` takes it back")
