"""How ``watch`` tells a new possible conflict: a line on standard output, a command that gets the record."""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import typer

from claimtrack.cli.session import complain

if TYPE_CHECKING:
    from claimtrack.models import Conflict, Document

WatchForm = Literal["line", "jsonl"]

EXEC_SECONDS = 60.0
"""Seconds that a command may take for one conflict; a mail server that does not answer holds up the rest."""

STANDARD_ERROR = 2
"""Where a command's own output goes, so that standard output holds conflicts only."""


def command_words(execute: str | None) -> list[str] | None:
    """Returns the command's words; raises a usage error where nothing can be run."""
    if execute is None:
        return None
    try:
        words = shlex.split(execute)
    except ValueError as error:
        raise typer.BadParameter(f"{error} in {execute!r}", param_hint="--exec") from error
    if not words or shutil.which(words[0]) is None:
        raise typer.BadParameter(f"there is no such command: {execute!r}", param_hint="--exec")
    return words


class Teller:
    """Prints conflicts as they come, and hands each to a command."""

    def __init__(self, form: WatchForm, arguments: Sequence[str] | None) -> None:
        self._form = form
        self._arguments = arguments

    def tell(self, conflict: "Conflict", documents: "Mapping[str, Document]") -> None:
        """Puts one conflict out; a command that fails is reported, and the watch goes on."""
        from claimtrack.notes.alerts import alert
        from claimtrack.notes.tables import conflict_record, jsonl_text

        record = jsonl_text([conflict_record(conflict, documents)])
        sys.stdout.write(record if self._form == "jsonl" else alert(conflict, documents) + "\n")
        sys.stdout.flush()
        if self._arguments:
            try:
                _run(self._arguments, record)
            except (OSError, subprocess.SubprocessError) as error:
                complain(f"error: --exec failed for {conflict.id}: {_failure(error)}")


def _run(arguments: Sequence[str], record: str) -> None:
    """Runs a command with the record on its standard input; raises what subprocess does."""
    subprocess.run(
        arguments,
        input=record.encode("utf-8"),
        stdout=STANDARD_ERROR,
        timeout=EXEC_SECONDS,
        check=True,
    )


def _failure(error: OSError | subprocess.SubprocessError) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it took longer than {error.timeout:.0f} seconds"
    if isinstance(error, subprocess.CalledProcessError):
        return f"it ended with {error.returncode}"
    return str(error)
