"""Which conflicts are open for one reviewer, and what has been decided about one of them by now."""

from collections.abc import Mapping

from claimtrack.conflicts.memory import Memory
from claimtrack.models import Conflict, Review, ReviewStatus, Store, Value
from claimtrack.pipeline.comparable import review_of
from claimtrack.pipeline.inheritance import corrections_of, places_of, versions_read
from claimtrack.pipeline.queries import ConflictQuery, find_conflicts
from claimtrack.settings import Settings

OPEN = frozenset({ReviewStatus.UNREVIEWED, ReviewStatus.STALE})
"""Nobody has decided, or what was decided has lost its ground."""

SETTLED = frozenset({ReviewStatus.CONFIRMED, ReviewStatus.DISMISSED})
"""Whoever decided so need not be asked again; who was unsure may be."""


class Agenda(Value):
    """Conflicts for one reviewer to decide about, best first, and what he or she should know of the list.

    ``unsure`` are those left open with a decision, which are asked for by their status.
    """

    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...] = ()
    unsure: int = 0


def agenda_of(
    store: Store, query: ConflictQuery, by: str, settings: Settings, memory: Memory | None = None
) -> Agenda:
    """Returns what one reviewer has still to decide among the conflicts that fit all filters.

    Without a status these are the open ones; with one, those that he or she has not settled already.

    Raises:
        NotFoundError: The speaker is unknown or not the only one of that name.
    """
    report = find_conflicts(store, query.model_copy(update={"limit": None}), settings, memory)
    if query.status is None:
        wanted = [conflict for conflict in report.conflicts if conflict.review.status in OPEN]
    else:
        wanted = [conflict for conflict in report.conflicts if not _is_settled(conflict.review, by)]
    done = len(report.conflicts) - len(wanted) if query.status else 0
    left_out = (f"{done} that {by} has decided about left out",) if done else ()
    unsure = sum(conflict.review.status is ReviewStatus.UNSURE for conflict in report.conflicts)
    return Agenda(
        conflicts=tuple(wanted[: query.limit]),
        notes=(*report.notes, *left_out),
        unsure=0 if query.status else unsure,
    )


def _is_settled(review: Review, by: str) -> bool:
    own = review.of(by)
    return own is not None and own.status in SETTLED and review.status is not ReviewStatus.STALE


def as_reviewed(conflict: Conflict, store: Store) -> Conflict:
    """Returns the conflict with what has been decided about it by now, perhaps by somebody else."""
    documents = {document.id: document for document in store.documents}
    if not {conflict.a.document_id, conflict.b.document_id} <= documents.keys():
        return conflict
    review = review_of(conflict, corrections_of(store).reviews, documents)
    return conflict.model_copy(update={"review": review})


def said_of(conflict: Conflict, said: Mapping[str, str | None], store: Store) -> dict[str, str | None]:
    """Returns what a log entry keeps of a review by somebody who read the conflict in ``store``."""
    value = {**said, **places_of(conflict)}
    return {**value, **versions_read(value, store.documents)}
