"""One speaker on one subject through time: utterances in the order they were said, conflicts between them."""

from collections.abc import Iterable, Iterator, Mapping

from claimtrack.conflicts.memory import Memory
from claimtrack.models import Conflict, Document, Statement, Store, Value
from claimtrack.notes.timeline import Mark, Row, Timeline
from claimtrack.pipeline.elsewhere import is_standing, with_places
from claimtrack.pipeline.names import find_speaker
from claimtrack.pipeline.queries import (
    ConflictQuery,
    StatementQuery,
    find_conflicts,
    find_statements,
    is_within,
)
from claimtrack.pipeline.utterances import Utterance, find_utterances
from claimtrack.settings import Settings
from claimtrack.statements.dates import PUBLICATION

Documents = Mapping[str, Document]

_LAST = "9999"
"""Sorts what has no date at all behind every date."""


class TimelineQuery(Value):
    """Whose words, on what and of what time; ``None`` leaves a filter out."""

    speaker: str
    about: str | None = None
    since: str | None = None
    until: str | None = None


class TimelineReport(Value):
    """A timeline, and what a person should know of it."""

    timeline: Timeline
    notes: tuple[str, ...] = ()


def read_timeline(
    store: Store, query: TimelineQuery, settings: Settings, memory: Memory | None = None
) -> TimelineReport:
    """Returns what a speaker said on a subject, by date; ``memory`` spares what was judged before.

    An utterance is about the subject where any of its statements is. Conflicts are those that
    ``contradictions`` shows where one side is; the other side is then a row, too.

    Raises:
        NotFoundError: The speaker is unknown or not the only one of that name.
    """
    speaker, _ = find_speaker(store, query.speaker)
    wanted = StatementQuery(speaker=query.speaker, about=query.about, gone=True)
    asked, notes = find_statements(store, wanted)
    documents = {document.id: document for document in store.documents}
    standing = (s for s in store.statements if s.speaker_id == speaker.id and is_standing(s, documents))
    rows = _Rows(find_utterances(standing, documents), documents)
    every = ConflictQuery(speaker=query.speaker, min_score=settings.min_score)
    found = find_conflicts(store, every, settings, memory).conflicts
    ids = {statement.id for statement in asked}
    conflicts = [c for c in found if not ids.isdisjoint((*rows.members(c.a), *rows.members(c.b)))]
    said = [*rows.of((s.id for s in asked), False), *rows.of_sides(conflicts)]
    timed, undated = _within(said, query, documents)
    ordered = _numbered(timed, store, documents)
    timeline = Timeline(
        speaker=speaker.name,
        about=query.about,
        since=query.since,
        until=query.until,
        rows=ordered,
        marks=_marks(conflicts, ordered),
    )
    return TimelineReport(timeline=timeline, notes=(*notes, *undated))


class _Rows:
    """The utterances of a speaker as rows, by the ids of their statements."""

    def __init__(self, utterances: Iterable[Utterance], documents: Documents) -> None:
        self._documents = documents
        self._by_id = {s.id: utterance for utterance in utterances for s in utterance.statements}
        self._taken: set[str] = set()

    def members(self, statement: Statement) -> Iterator[str]:
        """Yields the ids of all statements that are the same utterance."""
        utterance = self._by_id.get(statement.id)
        yield from (s.id for s in utterance.statements) if utterance else (statement.id,)

    def of(self, ids: Iterable[str], is_other_side: bool) -> Iterator[Row]:
        """Yields the rows of statements that stand today, each utterance once."""
        for name in ids:
            utterance = self._by_id.get(name)
            if utterance is not None and utterance.chosen.id not in self._taken:
                self._taken.add(utterance.chosen.id)
                yield _row(utterance.chosen, utterance.statements, is_other_side)

    def of_sides(self, conflicts: Iterable[Conflict]) -> Iterator[Row]:
        """Yields the rows of the sides that are no row yet; those of words that an article dropped, too."""
        for side in (side for conflict in conflicts for side in (conflict.a, conflict.b)):
            if side.id in self._by_id:
                yield from self.of((side.id,), True)
            elif side.id not in self._taken:
                self._taken.add(side.id)
                yield _row(side, (side,), True)


def _row(chosen: Statement, statements: Iterable[Statement], is_other_side: bool) -> Row:
    """Returns an utterance with its best date: told before printed, the shown wording's first."""

    def rank(statement: Statement) -> tuple[bool, bool, str]:
        printed = (statement.said_on_basis or "").startswith(PUBLICATION)
        return printed, not printed and statement.id != chosen.id, statement.said_on or ""

    best = min((statement for statement in statements if statement.said_on), key=rank, default=chosen)
    return Row(
        statement=chosen,
        said_on=best.said_on,
        said_on_basis=best.said_on_basis,
        said_in=best.document_id if best.said_on else None,
        is_other_side=is_other_side,
    )


def _within(
    rows: Iterable[Row], query: TimelineQuery, documents: Documents
) -> tuple[list[Row], tuple[str, ...]]:
    """Returns the rows said (else published) in the time asked for, and what is to be said of the others."""
    if query.since is None and query.until is None:
        return list(rows), ()
    kept, undated = [], 0
    for row in rows:
        date = row.said_on or documents[row.statement.document_id].published
        if date is None:
            undated += 1
        elif is_within(date, query.since, query.until):
            kept.append(row)
    what = "utterance" if undated == 1 else "utterances"
    return kept, (f"{undated} {what} without a date left out by --since or --until",) if undated else ()


def _numbered(rows: Iterable[Row], store: Store, documents: Documents) -> tuple[Row, ...]:
    """Returns the rows by date, with the other places of each; within a day as they were printed."""

    def order(row: Row) -> tuple[bool, str, str, str, int]:
        document, start = documents[row.statement.document_id], row.statement.content[0].start
        published = document.published or _LAST
        return row.said_on is None, row.said_on or published, published, document.place, start

    ordered = sorted(rows, key=order)
    placed = with_places([row.statement for row in ordered], store)
    return tuple(
        row.model_copy(update={"number": number, "statement": statement})
        for number, (row, statement) in enumerate(zip(ordered, placed, strict=True), 1)
    )


def _marks(conflicts: Iterable[Conflict], rows: Iterable[Row]) -> tuple[Mark, ...]:
    """Returns the conflicts between rows, by row; those with a side outside of the time are left out."""
    numbers = {name: row.number for row in rows for name in row.ids}
    marks = []
    for conflict in conflicts:
        sides = [numbers[side.id] for side in (conflict.a, conflict.b) if side.id in numbers]
        if len(sides) == 2:
            marks.append(Mark(conflict=conflict, earlier=min(sides), later=max(sides)))
    return tuple(sorted(marks, key=lambda mark: (mark.later, mark.earlier, mark.conflict.id)))
