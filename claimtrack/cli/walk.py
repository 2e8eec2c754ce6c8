"""The walk through open conflicts: each is shown, one key decides, and every decision is stored at once."""

import sys
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from claimtrack.cli.corrections import now
from claimtrack.cli.keys import QUIT, read_key
from claimtrack.cli.output import plain_console
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session, complain
from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.notes.phrases import one_line

if TYPE_CHECKING:
    from claimtrack.models import Conflict, LogEntry, Store
    from claimtrack.pipeline.reviewing import Agenda

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""

MORE_PARAGRAPHS = 2
"""Shown on either side of a statement's paragraph for every further time that it is opened."""

UNBROKEN = "\u00a0"
"""Keeps a key and its name in one line."""

DECISIONS = {"c": "confirmed", "d": "dismissed", "u": "unsure"}

KEYS = {
    "c": ("confirm", "the two do not fit"),
    "d": ("dismiss", "they do; the pair only comes back if one of its articles changes"),
    "u": ("unsure", "it stays in the list; claimtrack review --status unsure walks these"),
    "s": ("skip", "go on to the next one; this one stays open"),
    "z": ("undo", "take back what this walk stored last, and go back there"),
    "o": ("open", "show the paragraphs around both statements; again: more of the articles"),
    "n": ("note", "a note for your colleagues, stored at once"),
    "r": ("reply", "when the speaker was asked and what came back, stored at once"),
    QUIT: ("quit", "stop; all that was decided is stored, and the next walk goes on here"),
    "?": ("help", "this list"),
}
"""Key -> its name, and what it does."""


class Decisions:
    """What one reviewer decides in one walk, each decision in the store before the next question.

    ``store`` is the store as it is after the last one, with what others have changed meanwhile; ``made``
    are this walk's log entries that stand.
    """

    def __init__(self, session: Session, store: "Store", who: str) -> None:
        self.store = store
        self.made: list[LogEntry] = []
        self._session = session
        self._shown = store
        self._who = who

    def keep(self, conflict: "Conflict", said: Mapping[str, str | None]) -> None:
        """Stores a decision or remark; raises ClaimtrackError where that is not possible."""
        from claimtrack.models import Action
        from claimtrack.pipeline.decisions import correct
        from claimtrack.pipeline.reviewing import said_of

        value = said_of(conflict, said, self._shown)
        with working(self._session, "storing"), self._session.existing_store().change() as change:
            change.save(correct(change.store, Action.REVIEW, conflict.id, value, self._who, now()))
        self.store = change.store
        self.made.append(self.store.log[-1])

    def undo(self) -> "LogEntry":
        """Takes back the last one of this walk, and returns it; raises ClaimtrackError."""
        from claimtrack.pipeline.decisions import undo_last

        if not self.made:
            raise InputError(
                "nothing was decided in this walk", "`claimtrack undo` takes back what was before."
            )
        entry = self.made.pop()
        with working(self._session, "storing"), self._session.existing_store().change() as change:
            changed, _ = undo_last(change.store, now(), self._who, entry.number)
            change.save(changed)
        self.store = change.store
        return entry

    def told(self) -> str:
        """Returns what this walk has stored, in words."""
        counts = Counter(entry.value.get("status") or "remarked on" for entry in self.made)
        parts = [f"{counts[what]} {what}" for what in (*DECISIONS.values(), "remarked on") if counts[what]]
        return f"stored: {', '.join(parts) or 'nothing decided'}"


class Walk:
    """One reviewer's way through a list of conflicts."""

    def __init__(self, session: Session, store: "Store", agenda: "Agenda", who: str) -> None:
        self._session = session
        self._agenda = agenda
        self._who = who
        self._decisions = Decisions(session, store, who)
        self._console = plain_console(sys.stdout)
        self._documents = {document.id: document for document in store.documents}
        self._at = 0
        self._opened = 0

    def run(self) -> None:
        """Asks until the last conflict is decided or passed by, or the person stops."""
        try:
            while self._at < len(self._agenda.conflicts) and self._ask():
                pass
        except KeyboardInterrupt:
            self._console.print()
            complain(f"stopped; {self._decisions.told()}")
            raise typer.Exit(INTERRUPTED) from None
        self._tell_the_end()

    def _ask(self) -> bool:
        """Shows a conflict and does what the keys say until another one is due; false where that is none."""
        at = self._at
        self._opened = 0
        self._show()
        while at == self._at and self._at < len(self._agenda.conflicts):
            self._print_keys()
            key = read_key()
            self._console.print(KEYS[key][0] if key in KEYS else "")
            if key == QUIT:
                return False
            try:
                self._act(key)
            except ClaimtrackError as error:
                complain(f"error: {error}")
        return True

    def _act(self, key: str) -> None:
        """Does what one key says; raises ClaimtrackError where that is not possible."""
        if key in DECISIONS:
            self._decisions.keep(self._conflict, {"status": DECISIONS[key]})
            self._console.print(f"{DECISIONS[key]} by {one_line(self._who)}, stored")
        if key in DECISIONS or key == "s":
            self._at += 1
        elif key == "z":
            self._undo()
        elif key == "o":
            self._open()
        elif key == "n":
            self._remark({"note": _typed("note")})
        elif key == "r":
            self._remark({"contacted": _typed_date("contacted on"), "response": _typed("response")})
        elif key == "?":
            self._help()
        else:
            self._console.print("no such key; ? lists them")

    @property
    def _conflict(self) -> "Conflict":
        return self._agenda.conflicts[self._at]

    def _undo(self) -> None:
        undone = self._decisions.undo()
        self._at = next(n for n, c in enumerate(self._agenda.conflicts) if c.id == undone.subject)
        self._console.print(f"undone: {one_line(undone.value.get('status') or 'remark')} on {undone.subject}")

    def _remark(self, given: Mapping[str, str | None]) -> None:
        """Stores what was typed; nothing where nothing was."""
        said = {key: text for key, text in given.items() if text}
        if not said:
            self._console.print("nothing stored")
            return
        self._decisions.keep(self._conflict, said)
        self._console.print(f"{' and '.join(said)} by {one_line(self._who)}, stored")

    def _show(self) -> None:
        from claimtrack.cli.render import conflict_list
        from claimtrack.pipeline.reviewing import as_reviewed

        conflict = as_reviewed(self._conflict, self._decisions.store)
        self._console.print()
        self._console.print(conflict_list([conflict], self._documents, self._console.width, self._at + 1))

    def _open(self) -> None:
        """Shows the paragraphs around both statements, every further time more of them."""
        from claimtrack.cli.render import conflict_context

        more = self._opened * MORE_PARAGRAPHS
        self._opened += 1
        self._console.print(conflict_context(self._conflict, self._documents, more))

    def _print_keys(self) -> None:
        from rich.text import Text

        names = "  ".join(f"{key}{UNBROKEN}{name}" for key, (name, _) in KEYS.items())
        place = f"{self._at + 1} of {len(self._agenda.conflicts)}"
        self._console.print(Text.assemble((place, "bold"), f"  {names}  "), end="")

    def _help(self) -> None:
        for key, (name, meaning) in KEYS.items():
            self._console.print(f"{key}  {name:8} {meaning}")

    def _tell_the_end(self) -> None:
        total = len(self._agenda.conflicts)
        if not total:
            self._console.print("No open conflicts.")
        else:
            self._console.print(f"{min(self._at, total)} of {total} gone through; {self._decisions.told()}")
        unsure = self._agenda.unsure + sum(e.value.get("status") == "unsure" for e in self._decisions.made)
        if unsure:
            self._session.say(f"{unsure} unsure: claimtrack review --status unsure")


def _typed(what: str) -> str | None:
    """Returns a line that a person types; None where it is empty or given up with Ctrl-C."""
    try:
        text = str(typer.prompt(f"{what}, empty for none", default="", show_default=False))
    except typer.Abort:
        typer.echo()
        return None
    return text.strip() or None


def _typed_date(what: str) -> str | None:
    """Returns a date that a person types, asked for until it is one; None where it is left out."""
    from claimtrack.documents.printed_dates import check_date

    while text := _typed(f"{what} (2025-09-27)"):
        try:
            return check_date(text)
        except InputError as error:
            complain(f"error: {error}")
    return None
