"""``store``: from one kind of store into the other."""

from typing import Annotated

import typer

from claimtrack.cli.help import examples
from claimtrack.cli.options import command, group
from claimtrack.cli.session import Session

SourceArgument = Annotated[str, typer.Argument(metavar="FROM", help="The store to copy.", show_default=False)]
TargetArgument = Annotated[
    str,
    typer.Argument(
        metavar="TO",
        help="Its copy: .db or .sqlite makes it SQLite, postgresql:// a database, any other ending JSON.",
        show_default=False,
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace what the other store holds.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    shown = (
        "data/claims.json data/claims.db",
        "data/claims.db backup.json --force",
        "data/claims.db postgresql://desk@localhost/claims",
    )
    part = group(
        help="Copy a store into another file or kind of file.",
        no_args_is_help=True,
        epilog=examples(f"claimtrack store copy {shown[0]}"),
    )
    command(part, "copy", *(f"claimtrack store copy {words}" for words in shown))(copy)
    app.add_typer(part, name="store")


def copy(
    session: Session, source: SourceArgument, target: TargetArgument, force: ForceOption = False
) -> None:
    """Copy a whole store, its log included, into another file.

    There and back again gives the same bytes of JSON. The store in use stays the one it was.
    """
    from claimtrack.cli.progress import working
    from claimtrack.pipeline.marks import Marks
    from claimtrack.store.opening import copy_store, open_store

    copy = open_store(target, Marks())
    with working(session, "copying"):
        content = copy_store(open_store(source, Marks()), copy, force)
    counts = (
        (len(content.documents), "article"),
        (len(content.statements), "statement"),
        (len(content.speakers), "speaker"),
        (len(content.log), "entry in the log"),
    )
    told = ", ".join(f"{count} {_plural(what) if count != 1 else what}" for count, what in counts)
    session.say(f"copied to {copy.name}: {told}; use it with --store {copy.name}")


def _plural(what: str) -> str:
    return what.replace("entry", "entries") if what.startswith("entry") else f"{what}s"
