"""Options that several commands share, and the way a function becomes a command.

A command is a function whose first parameter is the session. ``command`` and ``listing`` add the
options that every command understands, so that no command has to repeat them.
"""

import inspect
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Concatenate, Literal, ParamSpec

import typer

from claimtrack.cli import completion
from claimtrack.cli.help import PlainCommand, examples
from claimtrack.cli.session import Session

P = ParamSpec("P")
Body = Callable[Concatenate[Session, P], None]

Form = Literal["table", "markdown", "json", "jsonl", "csv"]
KindName = Literal["direct", "indirect", "mixed"]
ConflictKindName = Literal["contradiction", "change", "report"]
ReviewName = Literal["unreviewed", "confirmed", "dismissed", "unsure", "stale"]

FormOption = Annotated[
    Form | None,
    typer.Option("--format", metavar="FORM", help="table, markdown, json, jsonl or csv. "
                 "By default table on a terminal, markdown in a pipe or file."),
]  # fmt: skip
OutputOption = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write there; the ending chooses the form."),
]
SpeakerOption = Annotated[
    str | None, typer.Option("--speaker", metavar="NAME", help="Only this speaker; any known spelling.",
                             autocompletion=completion.speakers)
]  # fmt: skip
AboutOption = Annotated[
    str | None, typer.Option("--about", metavar="TEXT", help="Only statements about this subject.")
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; else CLAIMTRACK_BY, else the login.")
]


def _partial_date(value: str | None) -> str | None:
    """Returns an ISO date, month or year as typed; raises a usage error for anything else."""
    if value is None:
        return None
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value, re.ASCII):
        try:
            date.fromisoformat((value + "-01-01")[:10])
        except ValueError:
            pass
        else:
            return value
    raise typer.BadParameter(f"{value!r} is no date. Write it as 2025-09-27, 2025-09 or 2025.")


def date_option(name: str, help: str) -> Any:
    """Returns an option that takes an ISO date, month or year."""
    return typer.Option(name, metavar="DATE", help=help, callback=_partial_date)


SinceOption = Annotated[str | None, date_option("--since", "Said on this day or later (2025, 2025-09, …).")]
UntilOption = Annotated[str | None, date_option("--until", "Said on this day or before.")]


def _shared(
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="PATH", help="The store; by default data/claims.json."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Results and errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")] = False,
) -> None:
    """Holds the options that every command gets."""


def with_session(body: Callable[..., None], *, is_group: bool = False) -> Callable[..., None]:
    """Returns the function that typer calls: the shared options become the session of ``body``.

    In a group, ``body`` lists and only runs where no subcommand is named.
    """

    def run(ctx: typer.Context, store: str | None, quiet: bool, verbose: bool, **given: Any) -> None:
        before = ctx.obj if isinstance(ctx.obj, Session) else Session()
        ctx.obj = before.with_options(store, quiet, verbose)
        if not (is_group and ctx.invoked_subcommand):
            body(ctx.obj, **given)

    own = list(inspect.signature(body).parameters.values())[1:]
    shared = list(inspect.signature(_shared).parameters.values())
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared)]
    run.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]
    run.__doc__ = body.__doc__
    return run


def command(app: typer.Typer, name: str, *example: str) -> Callable[[Body[P]], Body[P]]:
    """Registers a function as the command ``name``."""

    def register(body: Body[P]) -> Body[P]:
        app.command(name, cls=PlainCommand, epilog=examples(*example))(with_session(body))
        return body

    return register


def listing(app: typer.Typer, *example: str) -> Callable[[Body[P]], Body[P]]:
    """Registers a function as what a group of commands does where none of them is named."""

    def register(body: Body[P]) -> Body[P]:
        run = with_session(body, is_group=True)
        app.callback(invoke_without_command=True, epilog=examples(*example))(run)
        return body

    return register


group = partial(typer.Typer, rich_markup_mode=None, subcommand_metavar="[COMMAND]")
