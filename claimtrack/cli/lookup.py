"""``show`` and ``status``: one item in its context, and the state of the whole store."""

from typing import Annotated

import typer

from claimtrack.cli.options import FormOption, OutputOption, command
from claimtrack.cli.output import Result, put_out
from claimtrack.cli.session import Session


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(app, "show", "claimtrack show st-9f2c61d0a4b7")(show)
    command(app, "status", "claimtrack status")(status)


def show(
    session: Session,
    item: Annotated[
        str,
        typer.Argument(metavar="ID", help="Of a statement, conflict or article; its first digits will do."),
    ],
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Show one item with the paragraph around it."""
    from claimtrack.cli.listings import conflict_view, source_result, statement_view
    from claimtrack.models import Conflict, Statement
    from claimtrack.pipeline import find_item

    store = session.read_store()
    documents = {document.id: document for document in store.documents}
    found = find_item(store, item)
    result: Result
    if isinstance(found, Conflict):
        result = conflict_view(found, documents)
    elif isinstance(found, Statement):
        result = statement_view(found, documents[found.document_id])
    else:
        count = sum(statement.document_id == found.id for statement in store.statements)
        result = source_result([(found, count)])
    put_out(session, result, form, output)


def status(session: Session, form: FormOption = None, output: OutputOption = None) -> None:
    """Say what the store holds and what needs a look."""
