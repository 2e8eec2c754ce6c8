"""``help``: the page of any command, by its words."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from claimtrack.cli.options import command
from claimtrack.cli.session import Session


def add_to(app: typer.Typer) -> None:
    """Adds the command of this file to the program."""

    def complete(ctx: Any, args: list[str], incomplete: str) -> list[str]:
        group = typer.main.get_command(app)
        for word in ctx.params.get("words") or ():
            group = getattr(group, "commands", {}).get(word, group)
        return [name for name in getattr(group, "commands", {}) if name.startswith(incomplete)]

    def show_help(
        session: Session,
        words: Annotated[
            list[str] | None,
            typer.Argument(metavar="[COMMAND]...", help="Its words.", autocompletion=complete),
        ] = None,
    ) -> None:
        """Show the help page of a command."""
        typer.echo(help_page(typer.main.get_command(app), words or []))

    command(app, "help", "claimtrack help contradictions", "claimtrack help speakers merge")(show_help)


def help_page(program: Any, words: Sequence[str]) -> str:
    """Returns what ``--help`` after these words prints; a command that is not there is wrong usage."""
    node = program
    context = program.context_class(program, info_name="claimtrack", **program.context_settings)
    for word in words:
        if not hasattr(node, "resolve_command"):
            context.fail(f"{context.command_path} has no commands of its own")
        _, node, _ = node.resolve_command(context, [word])
        context = node.context_class(node, info_name=word, parent=context)
    return str(node.get_help(context))
