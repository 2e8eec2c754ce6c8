"""What people ask of a store: a speaker by a typed name, statements and conflicts by filters."""

import re
from collections.abc import Iterable, Sequence

from claimtrack.conflicts.decision import find_conflicts as compare_statements
from claimtrack.conflicts.memory import Memory
from claimtrack.models import Conflict, Document, PairCounts, ReviewStatus, Speaker, Statement, Store, Value
from claimtrack.pipeline.comparable import comparable_statements, review_of
from claimtrack.pipeline.elsewhere import with_places
from claimtrack.pipeline.inheritance import corrections_of
from claimtrack.pipeline.lapsed import lapsed_conflicts
from claimtrack.pipeline.names import find_speaker
from claimtrack.settings import Settings
from claimtrack.text import context_span, fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDINGS = (
    ("'s", ""), ("ies", "i"), ("ied", "i"), ("ying", "i"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""),
    ("y", "i"), ("e", ""),
)  # fmt: skip
"""Inflections of English and what stays in their stead; the first that fits goes."""

_DOUBLED = re.compile(r"([^aeiou])\1$")
_SHORTEST_STEM = 3
"""Letters that stay of a word when its ending goes; "use" and "us" must not be one."""


class StatementQuery(Value):
    """Filters of ``statements``; ``None`` leaves a filter out. Dates are ISO, also a month or year.

    ``gone`` adds statements of articles that have changed since or were removed, ``rejected`` those
    that a person rejected.
    """

    speaker: str | None = None
    about: str | None = None
    search: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    gone: bool = False
    rejected: bool = False


class ConflictQuery(Value):
    """Filters of ``contradictions``; ``None`` leaves a filter out.

    Both statements must lie within ``since`` and ``until``; one of them must be ``about`` the
    subject. ``status`` is a review's, ``None`` all but dismissed. A dismissed pair comes back as stale
    if one of its articles has changed since.
    """

    speaker: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    kind: str | None = None
    min_score: float = Settings().min_score
    limit: int | None = None
    status: str | None = None
    across_sources: bool = False


class ConflictReport(Value):
    """Possible conflicts, best first; what was compared; what a person should know of the list."""

    conflicts: tuple[Conflict, ...]
    counts: PairCounts
    notes: tuple[str, ...] = ()


def find_statements(store: Store, query: StatementQuery) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Returns the statements that fit all filters, in the store's order, and notes for the person.

    Raises:
        NotFoundError: The speaker is unknown or not the only one of that name.
    """
    speaker, note = _speaker(store, query.speaker)
    documents = {document.id: document for document in store.documents}
    kept = [
        statement
        for statement in store.statements
        if (query.rejected or not statement.rejected)
        and (query.gone or _is_current(documents[statement.document_id]))
        and (speaker is None or statement.speaker_id == speaker.id)
        and (query.kind is None or statement.kind == query.kind)
        and (query.search is None or fold(query.search) in fold(statement.text))
    ]
    dated, undated = _within(kept, documents, query.since, query.until)
    subject = _Subject(query.about, documents)
    fitting = [statement for statement in dated if subject.fits(statement)]
    return with_places(fitting, store), _notes(note, _left_out(undated))


def find_conflicts(
    store: Store, query: ConflictQuery, settings: Settings, memory: Memory | None = None
) -> ConflictReport:
    """Returns the possible conflicts that fit all filters; ``memory`` spares what was judged before.

    Raises:
        NotFoundError: The speaker is unknown or not the only one of that name.
    """
    speaker, note = _speaker(store, query.speaker)
    documents = {document.id: document for document in store.documents}
    usable = [
        statement
        for statement in comparable_statements(store, settings)
        if speaker is None or statement.speaker_id == speaker.id
    ]
    dated, undated = _within(usable, documents, query.since, query.until)
    least = settings.model_copy(update={"min_score": query.min_score})
    conflicts, counts = compare_statements(dated, documents, least, memory)
    lapsed = [
        c for c in lapsed_conflicts(store, least, memory) if _is_asked_for(c, speaker, query, documents)
    ]
    reviews = corrections_of(store).reviews
    subject = _Subject(query.about, documents)
    fitting = [
        conflict.model_copy(update={"review": review_of(conflict, reviews, documents)})
        for conflict in sorted((*conflicts, *lapsed), key=lambda c: (-c.score, c.id))
        if conflict.score >= query.min_score
        and (query.kind is None or conflict.kind == query.kind)
        and not (query.across_sources and conflict.same_document)
        and (subject.fits(conflict.a) or subject.fits(conflict.b))
    ]
    shown = [conflict for conflict in fitting if _has_status(conflict, query.status)]
    hidden = "" if query.status else _hidden([c for c in fitting if not _has_status(c, None)])
    cut = shown[: query.limit]
    more = f"the best {len(cut)} of {len(shown)} possible conflicts" if len(cut) < len(shown) else ""
    return ConflictReport(
        conflicts=tuple(cut), counts=counts, notes=_notes(note, _left_out(undated), hidden, more)
    )


def _speaker(store: Store, typed: str | None) -> tuple[Speaker | None, str | None]:
    return (None, None) if typed is None else find_speaker(store, typed)


def _is_asked_for(
    conflict: Conflict, speaker: Speaker | None, query: ConflictQuery, documents: dict[str, Document]
) -> bool:
    """Is a conflict that is no longer found by comparing the speaker's, and of the time asked for?"""
    if speaker is not None and conflict.a.speaker_id != speaker.id:
        return False
    return len(_within((conflict.a, conflict.b), documents, query.since, query.until)[0]) == 2


def _is_current(document: Document) -> bool:
    return not (document.removed or document.superseded_by)


def _within(
    statements: Iterable[Statement],
    documents: dict[str, Document],
    since: str | None,
    until: str | None,
) -> tuple[list[Statement], int]:
    """Returns the statements said (else published) in a time, and how many have no date at all.

    A month or year that is known only as such lies within if any of its days does.
    """
    if since is None and until is None:
        return list(statements), 0
    kept, undated = [], 0
    for statement in statements:
        date = statement.said_on or documents[statement.document_id].published
        if date is None:
            undated += 1
        elif is_within(date, since, until):
            kept.append(statement)
    return kept, undated


def is_within(date: str, since: str | None, until: str | None) -> bool:
    """Does a day, month or year lie within a time? A month or year does if any of its days does."""
    return (since is None or date >= since[: len(date)]) and (until is None or date[: len(until)] <= until)


def _has_status(conflict: Conflict, wanted: str | None) -> bool:
    if wanted is None:
        return conflict.review.status is not ReviewStatus.DISMISSED
    return conflict.review.status == wanted


def _notes(*notes: str | None) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def _left_out(undated: int) -> str:
    if not undated:
        return ""
    return f"{undated} statement{'s' if undated > 1 else ''} without a date left out by --since or --until"


def _hidden(dismissed: Sequence[Conflict]) -> str:
    if not dismissed:
        return ""
    disputed = sum(conflict.review.is_disputed for conflict in dismissed)
    among = f", {disputed} of them disputed" if disputed else ""
    return (
        f"{len(dismissed)} dismissed pair{'s' if len(dismissed) > 1 else ''} hidden{among}; "
        "--status dismissed shows them"
    )


class _Subject:
    """The words that statements must be about; every one of them, in any inflection."""

    def __init__(self, about: str | None, documents: dict[str, Document]) -> None:
        self._wanted = stems(about or "")
        self._documents = documents

    def fits(self, statement: Statement) -> bool:
        """Do all words stand in the statement, its paragraph or its article's title?"""
        if not self._wanted:
            return True
        document = self._documents[statement.document_id]
        start, end = context_span(document.text, statement.content[0].start, statement.content[-1].end)
        return self._wanted <= stems(f"{document.title or ''} {document.text[start:end]}")


def stems(text: str) -> frozenset[str]:
    """Returns the words of a text in lower case without accents and inflections.

    An ending goes where enough of the word stays, so that ``attacks``, ``attacked`` and ``attacking`` meet.
    """
    return frozenset(_stem(word) for word in _WORD.findall(fold(text)))


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending) + instead
            break
    return _DOUBLED.sub(r"\1", word)
