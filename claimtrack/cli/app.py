"""The program ``claimtrack``: its commands, and how its errors become exit codes."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimtrack import __version__
from claimtrack.cli import (
    articles,
    comparison,
    completion,
    conflicts,
    corrections,
    export,
    lookup,
    manual,
    people,
    report,
    review,
    sources,
    statements,
    stores,
    timeline,
    verification,
    watch,
)
from claimtrack.cli.options import with_session
from claimtrack.cli.session import Session, complain
from claimtrack.errors import ClaimtrackError

NAME = "claimtrack"
"""What the program is called, also as ``python -m claimtrack``; shells complete it by this name."""

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turns what ends a command early into an exit code and one line on standard error."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        raise typer.Exit(0) from None
    except ClaimtrackError as error:
        complain(f"error: {error}")
        raise typer.Exit(error.exit_code) from error
    except OSError as error:
        _drop_output()
        place = f" {error.filename}" if error.filename else ""
        complain(f"error: cannot read or write{place}: {error.strerror or error}")
        raise typer.Exit(ClaimtrackError.exit_code) from error
    except KeyboardInterrupt as stop:
        complain(str(stop) or "interrupted; the store is as it was before")
        raise typer.Exit(INTERRUPTED) from None


def _drop_output() -> None:
    """Sends what is left of standard output nowhere, so that leaving raises no second error."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # no real file behind it, as under a test runner
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


class ClaimtrackGroup(TyperGroup):
    """The top of the command tree: every error of a command passes through here."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Returns the context; help that is written to a closed pipe is no error."""
        with exit_codes():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; its errors become exit codes."""
        with exit_codes():
            return super().invoke(ctx)


app = typer.Typer(
    name="claimtrack",
    cls=ClaimtrackGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    epilog="\b\nStart here:\n  claimtrack ingest articles/\n  claimtrack contradictions\n\n"
    "\b\nExit codes: 0 done, 1 a bug, 2 wrong usage, 3 an input, store or settings error\n"
    "(the rest of the batch is kept), 10 conflicts or changes found (with --exit-code),\n130 Ctrl-C.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimtrack {__version__}")
        raise typer.Exit


def _top(
    session: Session,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version.")
    ] = False,
) -> None:
    """Who said what, word for word, and where it does not fit what they said elsewhere.

    Every pair it shows is a possible conflict, unreviewed, with both quotations and their articles.
    """


app.callback()(with_session(_top))
for part in (
    articles,
    conflicts,
    review,
    comparison,
    statements,
    timeline,
    report,
    lookup,
    people,
    sources,
    verification,
    export,
    corrections,
    watch,
    stores,
    manual,
):
    part.add_to(app)


def main() -> None:
    """Runs the program on the command line's arguments."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if completion.bash_asks():
        _complete_in_bash()
    app(prog_name=NAME)


def _complete_in_bash() -> None:
    """Prints how the line goes on, quoted as bash needs it, and ends."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            app(prog_name=NAME)
    finally:
        sys.stdout.write(completion.quoted_for_bash(printed.getvalue()))
