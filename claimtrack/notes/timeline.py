"""What one speaker said on one subject through time: rows and the possible conflicts between them.

A row is one utterance, however many articles have it. Nothing is summed up: every row has its words, its
article, its outlet and dates.
"""

from collections.abc import Iterator, Mapping

from claimtrack.models import Conflict, Document, Place, Statement, Value
from claimtrack.notes.inline import escape
from claimtrack.notes.markdown import NO_STATEMENTS, statement_notes
from claimtrack.notes.phrases import (
    file_place,
    one_line,
    outlet,
    reason,
    remarks,
    verbatim,
    verdict,
)
from claimtrack.notes.tables import Record, conflict_record, statement_record, statement_row

Documents = Mapping[str, Document]

UNDATED = "Date said unknown"
"""Heads the rows at the end, which have no place in time."""

AT_THE_END = "they stand at the end, by when they were published"


class Row(Value):
    """One utterance of the speaker.

    ``statement`` is its fullest wording with its other places. ``said_on`` is the best date that any of
    its articles gives, ``said_in`` the id of the article that gives it. ``is_other_side`` says that it
    was not asked for, and stands here as the other side of a conflict.
    """

    number: int = 0
    statement: Statement
    said_on: str | None = None
    said_on_basis: str | None = None
    said_in: str | None = None
    is_other_side: bool = False

    @property
    def ids(self) -> frozenset[str]:
        """Returns the ids of all its statements."""
        others = (place.statement_id for place in self.statement.also_in)
        return frozenset((self.statement.id, *filter(None, others)))

    @property
    def elsewhere(self) -> tuple[Place, ...]:
        """Returns the other articles that have it, each once, the earliest published first."""
        here = self.statement.document_id
        places = {p.document_id: p for p in reversed(self.statement.also_in) if p.document_id != here}
        return tuple(reversed(places.values()))


class Mark(Value):
    """A possible conflict between two rows, by their numbers; it is told before the later one."""

    conflict: Conflict
    earlier: int
    later: int


class Timeline(Value):
    """What a speaker said, by date; rows without one at the end. The rest is what was asked for."""

    speaker: str
    about: str | None = None
    since: str | None = None
    until: str | None = None
    rows: tuple[Row, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def first_undated(self) -> Row | None:
        """Returns the first row of those at the end whose date is not known."""
        return next((row for row in self.rows if row.said_on is None), None)

    def before(self, row: Row) -> list[Mark]:
        """Returns the conflicts of a row with rows above it, in their order."""
        return [mark for mark in self.marks if mark.later == row.number]


def title(timeline: Timeline) -> str:
    """Returns whose words on what, and of what time."""
    told = one_line(timeline.speaker)
    if timeline.about:
        told += f" about “{one_line(timeline.about)}”"
    times = (("from", timeline.since), ("until", timeline.until))
    return told + "".join(f", {word} {date}" for word, date in times if date)


def summary(timeline: Timeline) -> str:
    """Returns how much was said, where, and how much of it may not fit, in one line."""
    asked = [row for row in timeline.rows if not row.is_other_side]
    articles = {row.statement.document_id for row in asked}
    articles |= {place.document_id for row in asked for place in row.elsewhere}
    parts = [f"{count(len(asked), 'utterance')} in {count(len(articles), 'article')}"]
    undated = sum(row.said_on is None for row in timeline.rows)
    if undated:
        parts.append(f"{undated} without a date said ({AT_THE_END})")
    parts.append(count(len(timeline.marks), "possible conflict"))
    return "; ".join(parts)


def count(number: int, what: str) -> str:
    """Returns a number of things: ``1 article``, ``2 articles``."""
    return f"{number} {what if number == 1 else what + 's'}"


def dated(row: Row, documents: Documents) -> Statement:
    """Returns the row's statement with the row's date; where another article has that, the basis says so."""
    basis = row.said_on_basis
    if row.said_in and row.said_in != row.statement.document_id:
        basis = f"{basis or 'basis unknown'}, as {one_line(documents[row.said_in].place)} has it"
    return row.statement.model_copy(update={"said_on": row.said_on, "said_on_basis": basis})


def folded(row: Row) -> str:
    """Returns where else the utterance stands, with outlets and dates; empty where it does not."""
    if not row.elsewhere:
        return ""
    places = "; ".join(_place(place) for place in row.elsewhere)
    return f"the same utterance in {count(len(row.elsewhere), 'more article')}: {places}"


def _place(place: Place) -> str:
    facts = ", ".join(
        (
            one_line(place.publisher) if place.publisher else "outlet unknown",
            place.published or "publication date unknown",
        )
    )
    return f"{one_line(place.url or place.path or '-')} ({facts})"


def aside(timeline: Timeline, row: Row) -> str:
    """Returns why a row stands here that was not asked for; empty for the others."""
    if not row.is_other_side:
        return ""
    found_by = f" by “{one_line(timeline.about)}”" if timeline.about else ""
    return f"not found{found_by}; here as the other side of a possible conflict"


def below(timeline: Timeline, row: Row) -> list[str]:
    """Returns a line per conflict that the row has with one further down."""
    return [
        f"{verdict(mark.conflict.review)}, with {mark.later} below ({mark.conflict.id})"
        for mark in timeline.marks
        if mark.earlier == row.number
    ]


def mark_line(mark: Mark) -> str:
    """Returns what a conflict is and between which rows, in one line."""
    conflict = mark.conflict
    between = f"{mark.earlier} and {mark.later}"
    return f"{verdict(conflict.review)}: {between}, {conflict.kind.value}, score {conflict.score:.2f}"


def mark_reasons(mark: Mark, documents: Documents) -> list[str]:
    """Returns why the two are set against each other, and what must be known before they are used."""
    sides = {name: getattr(mark.conflict, name).model_copy(update={"also_in": ()}) for name in ("a", "b")}
    told = remarks(mark.conflict.model_copy(update=sides), documents)
    return [f"why: {reason(mark.conflict.signals)}", "; ".join(told)]


def timeline_notes(timeline: Timeline, documents: Documents) -> str:
    """Returns the timeline as Markdown: a heading per row, the conflicts between them."""
    if not timeline.rows:
        return f"{NO_STATEMENTS}\n"
    parts = [f"# {escape(title(timeline))}\n", f"{escape(summary(timeline))}.\n"]
    for row in timeline.rows:
        parts += [_mark_notes(mark, documents) for mark in timeline.before(row)]
        when = f"said {row.said_on}" if row.said_on else UNDATED.lower()
        notes = [folded(row), aside(timeline, row), *below(timeline, row)]
        listed = "".join(f"- {escape(note)}\n" for note in notes if note)
        statement = statement_notes([dated(row, documents)], documents)
        parts.append(f"## {row.number}: {when}\n\n{statement}{listed}")
    return "\n".join(parts)


def _mark_notes(mark: Mark, documents: Documents) -> str:
    facts = [*mark_reasons(mark, documents), f"`claimtrack show {mark.conflict.id}`"]
    lines = "".join(f"- {fact if fact.startswith('`') else escape(fact)}\n" for fact in facts)
    return f"**A {escape(mark_line(mark))}**\n\n{lines}"


def row_records(timeline: Timeline, documents: Documents) -> list[Record]:
    """Returns the rows for programs; each conflict stands in both rows, with the other side in full."""
    return [
        {
            "number": row.number,
            "speaker": timeline.speaker,
            "said_on": row.said_on,
            "said_on_basis": row.said_on_basis,
            "said_in": row.said_in,
            "other_side": row.is_other_side,
            "statement": statement_record(row.statement, documents[row.statement.document_id]),
            "article_count": 1 + len(row.elsewhere),
            "conflicts": list(_conflict_records(timeline, row, documents)),
        }
        for row in timeline.rows
    ]


def _conflict_records(timeline: Timeline, row: Row, documents: Documents) -> Iterator[Record]:
    """Yields a row's conflicts, each with the number of the other row and the other side in full."""
    for mark in timeline.marks:
        if row.number not in (mark.earlier, mark.later):
            continue
        record = conflict_record(mark.conflict, documents)
        side = "a" if mark.conflict.a.id in row.ids else "b"
        other = record["b" if side == "a" else "a"]
        record = {key: value for key, value in record.items() if key not in ("a", "b", "speaker")}
        with_row = mark.earlier if row.number == mark.later else mark.later
        yield {**record, "side": side, "with": with_row, "other": other}


def flat_rows(timeline: Timeline, documents: Documents) -> list[Record]:
    """Returns the rows for CSV; a conflict is told with the other side's words, outlet and place."""
    by_number = {row.number: row for row in timeline.rows}
    flat = []
    for record in row_records(timeline, documents):
        row = statement_row(record["statement"])
        conflicts = [
            _conflict_cell(conflict, by_number[conflict["with"]], documents)
            for conflict in record["conflicts"]
        ]
        flat.append(
            {
                "number": record["number"],
                "date": record["said_on"],
                "date_basis": record["said_on_basis"],
                **row,
                "article_count": record["article_count"],
                "other_side": record["other_side"],
                "conflicts": " | ".join(conflicts),
            }
        )
    return flat


def _conflict_cell(conflict: Record, other: Row, documents: Documents) -> str:
    statement = other.statement
    document = documents[statement.document_id]
    status = conflict["review"]["status"]
    words = f"{verbatim(statement)} ({outlet(document)}; {file_place(document, statement.content[0])})"
    said = other.said_on or "unknown"
    head = f"{conflict['id']}, possible conflict, {status}, with {other.number} (said {said})"
    return f"{head}, {conflict['kind']}, score {conflict['score']:.2f}: {words}"
