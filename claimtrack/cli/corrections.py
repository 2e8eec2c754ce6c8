"""How a person corrects the store: one logged decision per command, and ``undo``."""

import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from claimtrack.cli.options import ByOption, command
from claimtrack.cli.session import Session
from claimtrack.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from claimtrack.models import Action, LogEntry, Statement, Store


BY_VARIABLE = "CLAIMTRACK_BY"
"""Names who decides, for a shell or a desk."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(app, "undo", "claimtrack undo")(undo)


class Correction:
    """The store while one person changes it; every ``apply`` is one entry in its log."""

    def __init__(self, store: "Store", by: str | None) -> None:
        self.store = store
        self._by = by
        self._at = now()

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


def named_person(session: Session, by: str | None) -> str | None:
    """Returns who decides, by ``--by``, else ``CLAIMTRACK_BY``, else ``claimtrack.toml``; else None.

    Raises:
        InputError: ``--by`` names nobody.
    """
    if by is not None and not by.strip():
        raise InputError("--by names nobody", "Write who decides: --by NAME.")
    return (by or os.environ.get(BY_VARIABLE, "")).strip() or session.settings.by.strip() or None


def person(session: Session, by: str | None) -> str | None:
    """Returns who decides: as ``named_person``, else by the login name."""
    return named_person(session, by) or _login_name()


def now() -> str:
    """Returns the time of a decision."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _login_name() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no login name, as in some containers
        return None


@contextmanager
def correct_store(session: Session, by: str | None) -> Iterator[Correction]:
    """Gives the store to correct, alone; saves it unless something went wrong in between."""
    with session.existing_store().change() as change:
        correction = Correction(change.store, person(session, by))
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
