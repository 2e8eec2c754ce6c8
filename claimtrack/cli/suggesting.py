"""``speakers suggest``: pairs of speakers that may be one, as a list or as a walk with a key each."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from claimtrack.cli.corrections import Correction, correct_store, now, person
from claimtrack.cli.keys import QUIT, read_key
from claimtrack.cli.output import Result
from claimtrack.cli.session import Session, complain
from claimtrack.errors import ClaimtrackError, InputError

if TYPE_CHECKING:
    from claimtrack.models import Action, Speaker, Store
    from claimtrack.notes.tables import Record
    from claimtrack.pipeline.suggestions import Suggestion

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""

NONE_LEFT = "No two speakers look like one person."

MERGE, APART, SKIP, UNDO, HELP = "m", "k", "s", "z", "?"
KEYS = {
    MERGE: ("merge", "the two are one person"),
    APART: ("keep apart", "they are two; the pair is never suggested again"),
    SKIP: ("skip", "go on to the next pair; this one stays open"),
    UNDO: ("undo", "take back what this walk stored last, and go back there"),
    QUIT: ("quit", "stop; all that was decided is stored, and the next walk goes on here"),
    HELP: ("help", "this list"),
}
"""Key -> its name, and what it does."""

MOST_QUOTED = 2
"""Quotations shown of each speaker: enough to see who is meant, and on one screen."""


def suggestion_result(suggestions: "Sequence[Suggestion]") -> Result:
    """Returns the pairs in all forms."""
    from rich.text import Text

    from claimtrack.notes.markdown import bullet_list
    from claimtrack.notes.phrases import visible

    def lines() -> list[str]:
        return ["\n".join(_told(s)) for s in suggestions] or [NONE_LEFT]

    return Result(
        table=lambda width: Text("\n\n".join(visible(line) for line in lines())),
        markdown=lambda: bullet_list([line.replace("\n", "; ") for line in lines()]),
        records=lambda: [_record(s) for s in suggestions],
        rows=lambda: [_row(s) for s in suggestions],
    )


def _row(suggestion: "Suggestion") -> "Record":
    """Returns a pair flat, for CSV."""
    return {
        "name": suggestion.speaker.name,
        "other": suggestion.other.name,
        "id": suggestion.speaker.id,
        "other_id": suggestion.other.id,
        "statement_count": suggestion.statement_count,
        "other_statement_count": suggestion.other_statement_count,
        "points": suggestion.evidence.points,
        "supports": "; ".join(suggestion.evidence.supports),
        "against": "; ".join(suggestion.evidence.against),
    }


def _record(suggestion: "Suggestion") -> "Record":
    sides = (
        (suggestion.speaker, suggestion.statement_count),
        (suggestion.other, suggestion.other_statement_count),
    )
    return {
        "speakers": [
            {"id": who.id, "name": who.name, "offices": list(who.offices), "statement_count": count}
            for who, count in sides
        ],
        "points": suggestion.evidence.points,
        "supports": list(suggestion.evidence.supports),
        "against": list(suggestion.evidence.against),
    }


def _told(suggestion: "Suggestion") -> list[str]:
    """Returns a pair in lines: both names, what speaks for one person, what against, how to say so."""
    from claimtrack.notes.phrases import one_line

    names = [
        f"{who.name} ({count} {'statement' if count == 1 else 'statements'}, {who.id})"
        for who, count in (
            (suggestion.speaker, suggestion.statement_count),
            (suggestion.other, suggestion.other_statement_count),
        )
    ]
    against = "; ".join(suggestion.evidence.against) or "nothing found"
    return [
        one_line(f"One person? {names[0]} and {names[1]}"),
        f"  for: {one_line('; '.join(suggestion.evidence.supports))}",
        f"  against: {one_line(against)}",
    ]


class Walk:
    """One person's way through the suggestions; every decision is stored before the next question."""

    def __init__(self, session: Session, by: str | None) -> None:
        self._session = session
        self._by = by
        self._made: list[tuple[int, int, str]] = []
        """The number of each log entry, where in the list it was made, and the key."""

    def through(self, store: "Store", suggestions: "Sequence[Suggestion]") -> None:
        """Shows one pair after the other until there is none left or the person stops."""
        at = 0
        try:
            while at < len(suggestions):
                if not _stands(store, suggestions[at]):
                    at += 1
                    continue
                _show(store, suggestions[at], f"{at + 1} of {len(suggestions)}")
                key = _key()
                if key == QUIT:
                    break
                try:
                    at, store = self._act(store, suggestions[at], key, at)
                except ClaimtrackError as error:
                    complain(f"error: {error}")
        except KeyboardInterrupt:
            typer.echo()
            self._tell(len(suggestions))
            raise typer.Exit(INTERRUPTED) from None
        self._tell(len(suggestions))

    def _act(self, store: "Store", suggestion: "Suggestion", key: str, at: int) -> "tuple[int, Store]":
        """Does what a key says; returns where to go on, and the store. Raises ClaimtrackError."""
        from claimtrack.models import Action

        if key == SKIP:
            return at + 1, store
        if key == UNDO:
            return self._undo()
        action = Action.MERGE if key == MERGE else Action.SPLIT
        with correct_store(self._session, self._by) as correction:
            decide(correction, action, suggestion.speaker, suggestion.other)
        self._made.append((correction.store.log[-1].number, at, key))
        return at + 1, correction.store

    def _undo(self) -> "tuple[int, Store]":
        """Takes back the last decision of this walk; returns where it was made, and the store."""
        from claimtrack.pipeline.decisions import undo_last

        if not self._made:
            raise InputError(
                "nothing was decided in this walk", "`claimtrack undo` takes back what was before."
            )
        number, at, _ = self._made.pop()
        with self._session.existing_store().change() as change:
            changed, _ = undo_last(change.store, now(), person(self._session, self._by), number)
            change.save(changed)
        return at, changed

    def _tell(self, count: int) -> None:
        keys = [key for _, _, key in self._made]
        told = f"{keys.count(MERGE)} merged, {keys.count(APART)} kept apart, {count - len(keys)} not decided"
        undo = "; `claimtrack undo` takes back the last one" if keys else ""
        self._session.say(f"{told}{undo}")


def _key() -> str:
    """Returns the next key that decides something or leads on."""
    while True:
        asked = "  ".join(f"{key}\xa0{name}" for key, (name, _) in KEYS.items())
        typer.echo(f"{asked}  ", nl=False)
        key = read_key()
        typer.echo(KEYS[key][0] if key in KEYS else "no such key; ? lists them")
        if key == HELP:
            for each, (name, meaning) in KEYS.items():
                typer.echo(f"{each}  {name:10}  {meaning}")
        elif key in KEYS:
            return key


def _stands(store: "Store", suggestion: "Suggestion") -> bool:
    """Are both speakers still there, after what was merged before?"""
    return {suggestion.speaker.id, suggestion.other.id} <= {speaker.id for speaker in store.speakers}


def _show(store: "Store", suggestion: "Suggestion", place: str) -> None:
    from rich.text import Text

    from claimtrack.cli.output import plain_console
    from claimtrack.notes.phrases import visible

    console = plain_console(sys.stdout)
    lines = [
        *_told(suggestion),
        *(f"  {line}" for who in (suggestion.speaker, suggestion.other) for line in quoted(store, who)),
    ]
    console.print(Text(f"\n{place}"))
    for line in lines:
        console.print(Text(visible(line)))


def decide(correction: Correction, action: "Action", first: "Speaker", second: "Speaker") -> None:
    """Logs that two speakers are one, or are two."""
    from claimtrack.pipeline.suggestions import merge_value

    correction.apply(action, first.name, merge_value(correction.store, first, second))


def quoted(store: "Store", speaker: "Speaker") -> list[str]:
    """Returns some of what a speaker said, each with its article and date."""
    from claimtrack.notes.phrases import date_said, headline, manner, one_line, outlet, verbatim

    documents = {document.id: document for document in store.documents}
    said = [s for s in store.statements if s.speaker_id == speaker.id and not s.rejected]
    lines = []
    for statement in said[:MOST_QUOTED]:
        article = documents[statement.document_id]
        lines.append(one_line(f"{speaker.name}, {date_said(statement)}, {manner(statement)}:"))
        lines.append(f"  {verbatim(statement)}")
        lines.append(f"  in: {headline(article)}; {outlet(article)}")
    return lines
