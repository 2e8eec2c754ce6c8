"""Decisions follow what they were made about: to an article's newer version, to a newer extraction.

A decision about a statement names the article and the place where it stood. If the statement's id
is gone, because a newer claimtrack cuts it elsewhere, it holds for the one that stands there now; if
the article has changed, for the one of the same words in the newer version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.models import (
    Action,
    Conflict,
    Corrections,
    Document,
    LogEntry,
    Review,
    Span,
    Statement,
    Store,
)
from claimtrack.store.history import Log, fold_log, review_in, standing_entries
from claimtrack.text import fold

SAME_PLACE = 0.5
"""Share of two extractions' characters that both have, from which they are the same statement."""


def place_of(statement: Statement) -> dict[str, str | None]:
    """Returns what a log entry keeps of a statement so that it can be found again."""
    places = " ".join(f"{span.start}-{span.end}" for span in statement.content)
    return {"document": statement.document_id, "place": places}


def places_of(conflict: Conflict) -> dict[str, str | None]:
    """Returns what a log entry keeps of a conflict so that its two statements can be found again."""
    value: dict[str, str | None] = {}
    for name, side in (("a", conflict.a), ("b", conflict.b)):
        value[name] = side.id
        value.update({f"{name}_{key}": text for key, text in place_of(side).items()})
    return value


def corrections_of(store: Store) -> Corrections:
    """Returns what all decisions in a store amount to today."""
    return follow(fold_log(store.log), store.log, store.documents, store.statements)


def follow(
    corrections: Corrections, log: Log, documents: Sequence[Document], statements: Sequence[Statement]
) -> Corrections:
    """Returns the corrections with what newer versions and extractions inherit from older ones.

    Of an article and its newer version the decision about the newer one holds.
    """
    heirs = _Heirs(documents, statements)
    sources = dict(corrections.sources)
    removed = set(corrections.removed)
    for document in documents:
        for newer in heirs.versions_after(document.id):
            if document.id in corrections.sources:
                sources[newer] = {**corrections.sources[document.id], **sources.get(newer, {})}
            if document.id in corrections.removed:
                removed.add(newer)
    rejected, assigned = set(corrections.rejected), dict(corrections.assigned)
    reviews = dict(corrections.reviews)
    for entry in standing_entries(log):
        if entry.action is Action.REJECT:
            rejected.update(heirs.of(entry.subject, entry.value))
        elif entry.action is Action.ASSIGN and entry.subject in corrections.assigned:
            for heir in heirs.of(entry.subject, entry.value):
                assigned.setdefault(heir, corrections.assigned[entry.subject])
        elif entry.action is Action.REVIEW:
            reviews.update(_reviews_after(entry, heirs, corrections.reviews))
    update = {
        "sources": sources,
        "removed": frozenset(removed),
        "rejected": frozenset(rejected),
        "assigned": assigned,
        "reviews": reviews,
    }
    return corrections.model_copy(update=update)


def _reviews_after(
    entry: LogEntry, heirs: "_Heirs", made: Mapping[str, Review]
) -> Iterator[tuple[str, Review]]:
    """Yields the review for the pairs that now stand where the reviewed pair stood."""
    sides = []
    for name in ("a", "b"):
        subject = entry.value.get(name)
        if not subject:
            return
        place = {key: entry.value.get(f"{name}_{key}") for key in ("document", "place")}
        sides.append([subject, *heirs.of(subject, place)])
    for first in sides[0]:
        for second in sides[1]:
            pair = Conflict.make_id(first, second)
            if pair not in made:
                yield pair, review_in(entry)


class _Heirs:
    """Which statements stand today where one stood when a decision about it was made."""

    def __init__(self, documents: Iterable[Document], statements: Iterable[Statement]) -> None:
        self._documents = {document.id: document for document in documents}
        self._statements: dict[str, list[Statement]] = {}
        for statement in statements:
            self._statements.setdefault(statement.document_id, []).append(statement)

    def versions_after(self, document_id: str) -> Iterator[str]:
        """Yields the newer versions of an article, the next one first."""
        seen = {document_id}
        while (document := self._documents.get(document_id)) and document.superseded_by:
            document_id = document.superseded_by
            if document_id in seen:
                return
            seen.add(document_id)
            yield document_id

    def of(self, statement_id: str, place: Mapping[str, str | None]) -> Iterator[str]:
        """Yields the ids of the statements that take over from one, itself left out."""
        document = self._documents.get(place.get("document") or "")
        spans = _spans(document, place.get("place") or "") if document else ()
        if document is None or not spans:
            return
        here = self._statements.get(document.id, [])
        if all(statement.id != statement_id for statement in here):
            best = max(here, key=lambda statement: _overlap(statement.content, spans), default=None)
            if best is not None and _overlap(best.content, spans) >= SAME_PLACE:
                yield best.id
        words = fold(" ".join(span.text for span in spans))
        for version in self.versions_after(document.id):
            same = [
                statement
                for statement in self._statements.get(version, [])
                if fold(" ".join(span.text for span in statement.content)) == words
            ]
            if same:
                yield min(same, key=lambda s: (abs(s.content[0].start - spans[0].start), s.id)).id


def _spans(document: Document, place: str) -> tuple[Span, ...]:
    """Returns the spans that ``start-end start-end`` names; none where they do not fit the text."""
    spans = []
    for piece in place.split():
        start, _, end = piece.partition("-")
        if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(document.text)):
            return ()
        spans.append(Span.cut(document.text, int(start), int(end)))
    return tuple(spans)


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> float:
    """Returns the share of all their characters that both have, 0.0-1.0."""
    first = {i for span in some for i in range(span.start, span.end)}
    second = {i for span in others for i in range(span.start, span.end)}
    return len(first & second) / len(first | second) if first else 0.0
