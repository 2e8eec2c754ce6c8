"""Decisions follow what they were made about: to an article's newer version, to a newer extraction.

A decision about a statement names the article and the place where it stood. If the statement's id
is gone, because a newer claimtrack cuts it elsewhere, it holds for the one that stands there now; if
the article has changed, for the one of the same words in the newer version. Of two decisions the one
about the nearer version holds, then the later one. A review is stale where an article has changed since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from claimtrack.models import (
    Action,
    Bearer,
    Conflict,
    Corrections,
    Document,
    Identification,
    LogEntry,
    Review,
    Span,
    Statement,
    Store,
)
from claimtrack.pipeline.versions import Versions, matched, words_of
from claimtrack.store.history import Log, Said, fold_log, fold_reviews, moment, standing_entries

SAME_PLACE = 0.5
"""Share of two extractions' characters that both have, from which they are the same statement."""

_SIDES = ("a", "b")


def place_of(statement: Statement) -> dict[str, str | None]:
    """Returns what a log entry keeps of a statement so that it can be found again."""
    places = " ".join(f"{span.start}-{span.end}" for span in statement.content)
    return {"document": statement.document_id, "place": places}


def places_of(conflict: Conflict) -> dict[str, str | None]:
    """Returns what a log entry keeps of a conflict so that its two statements can be found again."""
    value: dict[str, str | None] = {}
    for name, side in zip(_SIDES, (conflict.a, conflict.b), strict=True):
        value[name] = side.id
        value.update({f"{name}_{key}": text for key, text in place_of(side).items()})
    return value


def versions_read(value: Mapping[str, str | None], documents: Iterable[Document]) -> dict[str, str | None]:
    """Returns the newest versions of both articles of a review's value, which its maker could read."""
    versions = Versions(documents)
    sides = ((name, value.get(f"{name}_document")) for name in _SIDES)
    return {f"{name}_newest_document": versions.newest(document) for name, document in sides if document}


def corrections_of(store: Store) -> Corrections:
    """Returns what all decisions in a store amount to today."""
    return follow(fold_log(store.log), store.log, store.documents, store.statements)


def follow(
    corrections: Corrections, log: Log, documents: Sequence[Document], statements: Sequence[Statement]
) -> Corrections:
    """Returns the corrections with what newer versions and extractions inherit from older ones."""
    heirs = Heirs(documents, statements)
    entries = standing_entries(log)
    sources, removed = _of_articles(corrections, documents, heirs.versions)
    rejected = {
        heir.id
        for entry in entries
        if entry.action is Action.REJECT
        for heir in heirs.of(entry.subject, entry.value)
    }
    update = {
        "sources": sources,
        "removed": removed,
        "rejected": corrections.rejected | rejected,
        "assigned": _assigned(corrections, entries, heirs),
        "reviews": _reviews(entries, heirs),
        "identified": _identified(corrections, heirs.versions),
    }
    return corrections.model_copy(update=update)


def _of_articles(
    corrections: Corrections, documents: Iterable[Document], versions: Versions
) -> tuple[dict[str, dict[str, str | None]], frozenset[str]]:
    """Returns the fields set and the articles removed, with what newer versions inherit."""
    inherited: dict[str, list[tuple[int, str]]] = {}
    removed = set(corrections.removed)
    for document in documents:
        for distance, newer in enumerate(versions.after(document.id), 1):
            if document.id in corrections.sources:
                inherited.setdefault(newer, []).append((-distance, document.id))
            if document.id in corrections.removed:
                removed.add(newer)
    sources = dict(corrections.sources)
    for newer, older in inherited.items():
        fields: dict[str, str | None] = {}
        for _, document_id in sorted(older):
            fields.update(corrections.sources[document_id])
        sources[newer] = {**fields, **corrections.sources.get(newer, {})}
    return sources, frozenset(removed)


def _identified(corrections: Corrections, versions: Versions) -> tuple[Identification, ...]:
    """Returns what was decided of namesakes; who was meant in an article is meant in its newer versions."""

    def today(bearer: Bearer) -> Bearer:
        newer = (version for document in bearer.documents for version in versions.after(document))
        return bearer.model_copy(update={"documents": tuple(dict.fromkeys((*bearer.documents, *newer)))})

    return tuple(
        decided.model_copy(update={"first": today(decided.first), "second": today(decided.second)})
        for decided in corrections.identified
    )


def _assigned(corrections: Corrections, entries: Log, heirs: "Heirs") -> dict[str, str]:
    """Returns who is said to have made which statement."""
    found: dict[str, tuple[tuple[int, int], str]] = {}
    for entry in entries:
        speaker = entry.value.get("speaker")
        if entry.action is Action.ASSIGN and speaker:
            for heir in heirs.of(entry.subject, entry.value):
                rank = (heir.distance, -entry.number)
                found[heir.id] = min(found.get(heir.id, (rank, speaker)), (rank, speaker))
    return {statement: speaker for statement, (_, speaker) in found.items()} | corrections.assigned


def _reviews(entries: Log, heirs: "Heirs") -> dict[str, Review]:
    """Returns the reviews of the pairs that were reviewed and of those that stand in their stead now."""
    found: dict[str, list[tuple[int, Said]]] = {}
    for entry in sorted(entries, key=moment):
        if entry.action is Action.REVIEW:
            reasons = tuple(_changes_since(entry, heirs.versions))
            for pair, distance in _pairs(entry, heirs):
                found.setdefault(pair, []).append((distance, (entry, reasons)))
    return {
        pair: fold_reviews(review for _, review in sorted(said, key=lambda one: -one[0]))
        for pair, said in found.items()
    }


def _pairs(entry: LogEntry, heirs: "Heirs") -> Iterator[tuple[str, int]]:
    """Yields the pair that was reviewed, and those that stand in its stead, with how far they are from it."""
    yield entry.subject, 0
    first, second = (_with_heirs(entry.value, name, heirs) for name in _SIDES)
    for one in first:
        for other in second:
            if one.distance or other.distance:
                yield Conflict.make_id(one.id, other.id), one.distance + other.distance


def _with_heirs(value: Mapping[str, str | None], side: str, heirs: "Heirs") -> list["Heir"]:
    """Returns one statement of a reviewed pair and what takes over from it; none where it is not known."""
    subject = value.get(side)
    if not subject:
        return []
    place = {key: value.get(f"{side}_{key}") for key in ("document", "place")}
    return [Heir(subject, 0), *heirs.of(subject, place)]


def _changes_since(entry: LogEntry, versions: Versions) -> Iterator[str]:
    """Yields why a review is stale: what its maker read has changed since."""
    value = entry.value
    read = [value.get(f"{name}_newest_document") or value.get(f"{name}_document") or "" for name in _SIDES]
    for document in dict.fromkeys(read):
        if versions.has_changed_since(document):
            yield f"{versions.place(document)} has changed since"


class Heir(NamedTuple):
    """A statement that takes over from another, and how many steps it is from it."""

    id: str
    distance: int


class Heirs:
    """Which statements stand today where one stood when a decision about it was made."""

    def __init__(self, documents: Iterable[Document], statements: Iterable[Statement]) -> None:
        self._documents = {document.id: document for document in documents}
        self.versions = Versions(self._documents.values())
        self._statements: dict[str, list[Statement]] = {}
        for statement in statements:
            self._statements.setdefault(statement.document_id, []).append(statement)
        self._words: dict[str, dict[str, dict[int, str]]] = {}

    def of(self, statement_id: str, place: Mapping[str, str | None]) -> Iterator[Heir]:
        """Yields the statements that take over from one, itself left out, the nearest first."""
        document = self._documents.get(place.get("document") or "")
        spans = _spans(document, place.get("place") or "") if document else ()
        if document is None or not spans:
            return
        here = self._statements.get(document.id, [])
        if all(statement.id != statement_id for statement in here):
            best = max(here, key=lambda statement: _overlap(statement.content, spans), default=None)
            if best is not None and _overlap(best.content, spans) >= SAME_PLACE:
                yield Heir(best.id, 1)
        words, at = words_of(spans), spans[0].start
        for distance, version in enumerate(self.versions.after(document.id), 2):
            old = sorted({at, *self._places(document.id, words)})
            new = self._places(version, words)
            heir = matched(old, sorted(new)).get(old.index(at))
            if heir is not None:
                yield Heir(new[sorted(new)[heir]], distance)

    def _places(self, document_id: str, words: str) -> Mapping[int, str]:
        """Returns the statements of a document that have these words: their ids by where they begin."""
        if document_id not in self._words:
            found: dict[str, dict[int, str]] = {}
            for statement in self._statements.get(document_id, []):
                places = found.setdefault(words_of(statement.content), {})
                places.setdefault(statement.content[0].start, statement.id)
            self._words[document_id] = found
        return self._words[document_id].get(words, {})


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
