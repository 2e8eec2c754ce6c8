"""How a person corrects the store: one logged decision per command, and ``undo``."""

import getpass
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from claimtrack.cli.options import ByOption, command
from claimtrack.cli.session import Session
from claimtrack.errors import NotFoundError

if TYPE_CHECKING:
    from claimtrack.models import Action, LogEntry, Statement, Store


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(app, "undo", "claimtrack undo")(undo)


class Correction:
    """The store while one person changes it; every ``apply`` is one entry in its log."""

    def __init__(self, store: "Store", by: str | None) -> None:
        self.store = store
        self._by = by or _login_name()
        self._at = datetime.now(UTC).isoformat(timespec="seconds")

    def apply(self, action: "Action", subject: str, value: Mapping[str, str | None]) -> None:
        """Logs a decision and settles the store by it."""
        from claimtrack.pipeline.decisions import correct

        self.store = correct(self.store, action, subject, value, self._by, self._at)

    def statement(self, item: str) -> "Statement":
        """Returns the statement of that id or unique beginning of one; raises NotFoundError."""
        from claimtrack.models import Statement
        from claimtrack.pipeline.lookup import find_item

        found = find_item(self.store, item)
        if not isinstance(found, Statement):
            raise NotFoundError(f"{item} is no statement", "`claimtrack statements` shows their ids.")
        return found

    def undo(self) -> "LogEntry":
        """Takes back the last decision that still stands, and returns it."""
        from claimtrack.pipeline.decisions import undo_last

        self.store, undone = undo_last(self.store, self._at, self._by)
        return undone


def _login_name() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no login name, as in some containers
        return None


@contextmanager
def correct_store(session: Session, by: str | None) -> Iterator[Correction]:
    """Gives the store to correct, alone; saves it unless something went wrong in between."""
    with session.existing_store().change() as change:
        correction = Correction(change.store, by)
        yield correction
        change.save(correction.store)


def undo(session: Session, by: ByOption = None) -> None:
    """Take back the last review or correction."""
    with correct_store(session, by) as correction:
        undone = correction.undo()
    told = ", ".join(value for key, value in undone.value.items() if value and not _is_place(key))
    session.say(f"undone: {undone.action.value} {undone.subject}" + (f" ({told})" if told else ""))


def _is_place(key: str) -> bool:
    """Does a decision keep under this key where it stands, not what was decided?"""
    return key in ("a", "b") or key.endswith(("document", "place"))
