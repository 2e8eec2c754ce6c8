"""Reviews as JSON Lines, out of one store and into a colleague's.

A line is one entry of the log: ``id``, ``status``, ``by``, ``at``, ``note``, ``contacted``, ``response``, and
the places of both statements as ``store.history`` has them, so that a line means the same pair in every store
that holds the two articles. A line that a person writes needs ``id``, ``by`` and a decision or note.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from claimtrack.conflicts.memory import Memory
from claimtrack.errors import ClaimtrackError, InputError, NotFoundError
from claimtrack.models import Action, Conflict, LogEntry, Store, Value, person_key
from claimtrack.pipeline.decisions import REMARKS, checked_review
from claimtrack.pipeline.inheritance import places_of, versions_read
from claimtrack.pipeline.lookup import find_conflicts_by_id
from claimtrack.settings import Settings
from claimtrack.store.history import moment, record, standing_entries

SIDE_KEYS = tuple(
    f"{side}{key}" for side in ("a", "b") for key in ("", "_document", "_place", "_newest_document")
)
"""Where the two statements stand, as a log entry keeps it."""

KEYS = ("id", "status", "by", "at", *REMARKS, *SIDE_KEYS)

_PLACE = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9})*", re.ASCII)


class ReviewLine(Value):
    """One line that was read; ``by`` and ``at`` are null where the line has none."""

    number: int
    id: str
    by: str | None = None
    at: str | None = None
    value: dict[str, str | None]


class LineFault(Value):
    """What is wrong with a line."""

    number: int
    message: str


class ImportReport(Value):
    """The store with the reviews taken in, how many those and the ones it had before are, and the faults."""

    store: Store
    taken: int
    known: int
    faults: tuple[LineFault, ...]


def review_records(store: Store) -> tuple[dict[str, str], ...]:
    """Returns every review that stands, in the order of their making, as records for JSON Lines."""
    entries = (entry for entry in standing_entries(store.log) if entry.action is Action.REVIEW)
    return tuple(_record_of(entry) for entry in sorted(entries, key=moment))


def _record_of(entry: LogEntry) -> dict[str, str]:
    known = {**entry.value, "id": entry.subject, "by": entry.by, "at": entry.at}
    return {key: text for key in KEYS if (text := known.get(key))}


def read_reviews(raw: bytes) -> Iterator[ReviewLine | LineFault]:
    """Yields the lines in order, or what is wrong with one; blank lines are left out."""
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                yield _parse(line, number)
            except ValueError as error:
                yield LineFault(number=number, message=str(error))
            except ClaimtrackError as error:
                yield LineFault(number=number, message=error.message)


def _parse(line: bytes, number: int) -> ReviewLine:
    """Returns the review in a line; raises ValueError or InputError in words for a person."""
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"no UTF-8 at byte {error.start}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"no JSON ({error})") from error
    if not isinstance(given, dict):
        raise ValueError('no JSON object with "id" and "status"')
    texts = {key: given[key] for key in KEYS if given.get(key) is not None}
    wrong = next((key for key, value in texts.items() if not _is_text(value)), None)
    if wrong:
        raise ValueError(f'"{wrong}" is no text')
    if not texts.get("id", "").strip():
        raise ValueError('there is no "id"')
    at, by = texts.pop("at", None), texts.pop("by", "").strip()
    return ReviewLine(
        number=number,
        id=texts.pop("id").strip(),
        by=by or None,
        at=_utc(at) if at else None,
        value=_with_places(checked_review(texts)),
    )


def _is_text(value: Any) -> bool:
    """Is it a text that a file can hold? JSON also writes halves of characters."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _utc(at: str) -> str:
    """Returns the time as a log has it; raises ValueError where it is none or says no time zone."""
    try:
        time = datetime.fromisoformat(at.strip())
        if time.tzinfo is not None:
            return time.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):  # the last one is of the first and the last day there is
        pass
    raise ValueError(f'"at": {at!r} is no time like 2025-09-27T10:00:00+00:00')


def _with_places(value: Mapping[str, str | None]) -> dict[str, str | None]:
    """Returns the value with both statements' places, or with none where one of them is not given."""
    sides = {key: value.get(key) for key in SIDE_KEYS if key in value}
    said = {key: text for key, text in value.items() if key not in SIDE_KEYS}
    if not {"a", "b", "a_document", "b_document", "a_place", "b_place"} <= sides.keys():
        return said
    for key in ("a_place", "b_place"):
        if not _PLACE.fullmatch(sides[key] or ""):
            raise ValueError(f'"{key}" is no place like 380-410')
    return {**said, **sides}


def import_reviews(
    store: Store,
    lines: Sequence[ReviewLine],
    by: str | None,
    now: str,
    settings: Settings,
    memory: Memory | None = None,
) -> ImportReport:
    """Returns the store with every review that is none of its own already, and the lines that are impossible.

    Where a line names no person it is ``by`` who decides, and where it has no time, ``now``.
    """
    bare = [line.id for line in lines if "a" not in line.value]
    found = find_conflicts_by_id(store, dict.fromkeys(bare), settings, memory) if bare else {}
    log, known = store.log, 0
    faults: list[LineFault] = []
    book = _Book(log)
    for line in lines:
        try:
            entry = _entry(store, line, found.get(line.id), by, now)
        except ClaimtrackError as error:
            faults.append(LineFault(number=line.number, message=str(error)))
            continue
        if book.has(entry, is_dated=line.at is not None):
            known += 1
            continue
        log = record(log, Action.REVIEW, entry.subject, entry.value, entry.by, entry.at)
        book.add(entry)
    taken = len(log) - len(store.log)
    return ImportReport(
        store=store.model_copy(update={"log": log}), taken=taken, known=known, faults=tuple(faults)
    )


def _entry(
    store: Store, line: ReviewLine, found: Conflict | NotFoundError | None, by: str | None, now: str
) -> LogEntry:
    """Returns what a line adds to the log; raises InputError or NotFoundError where it cannot be."""
    person = line.by or by
    if not person:
        raise InputError("a review needs a name: who decides?", 'Write "by", or name the person with --by.')
    if line.at and line.at > now:
        raise InputError(f'"at": {line.at} is yet to come', "Correct the time, or leave it out.")
    if isinstance(found, NotFoundError):
        raise found
    value = line.value
    if found is not None:
        value = {**value, **places_of(found)}
    else:
        _check_places(store, line)
    value = {**versions_read(value, store.documents), **value}
    subject = line.id if found is None else found.id
    return LogEntry(
        number=0, at=line.at or now, by=person, action=Action.REVIEW, subject=subject, value=value
    )


def _check_places(store: Store, line: ReviewLine) -> None:
    """Raises InputError where a line's id is not that of its statements, or an article is not there."""
    value = line.value
    if Conflict.make_id(value["a"] or "", value["b"] or "") != line.id:
        raise InputError(f"{line.id} is not the id of its two statements", "Leave them out, or correct it.")
    known = {document.id for document in store.documents}
    missing = sorted({str(value[key]) for key in ("a_document", "b_document")} - known)
    if missing:
        raise InputError(
            f"{', '.join(missing)} of {line.id} is not in this store",
            "Read the same article in first, from the same path or address.",
        )


class _Book:
    """What the log says already, so that a review is not taken in twice."""

    def __init__(self, log: Iterable[LogEntry]) -> None:
        self._dated: set[tuple[str, str, str, tuple[str | None, ...]]] = set()
        self._last: dict[tuple[str, str], tuple[str | None, ...]] = {}
        for entry in standing_entries(tuple(log)):
            if entry.action is Action.REVIEW:
                self.add(entry)

    def add(self, entry: LogEntry) -> None:
        """Notes a review."""
        who, said = person_key(entry.by), _said(entry)
        self._dated.add((entry.subject, who, entry.at, said))
        self._last[entry.subject, who] = said

    def has(self, entry: LogEntry, *, is_dated: bool) -> bool:
        """Was the review made at that time or, without one, is it the last that its maker said of it?"""
        who, said = person_key(entry.by), _said(entry)
        if is_dated:
            return (entry.subject, who, entry.at, said) in self._dated
        return self._last.get((entry.subject, who)) == said


def _said(entry: LogEntry) -> tuple[str | None, ...]:
    return tuple(entry.value.get(key) or None for key in ("status", *REMARKS))
