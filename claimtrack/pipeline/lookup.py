"""One item of a store by its id, and what the store holds in all."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from claimtrack import __version__
from claimtrack.conflicts.decision import find_conflicts
from claimtrack.conflicts.memory import Memory
from claimtrack.errors import NotFoundError
from claimtrack.models import Conflict, Document, ReviewStatus, Statement, Store, Value
from claimtrack.pipeline.comparable import comparable_statements, ids_elsewhere, review_of
from claimtrack.pipeline.elsewhere import with_places
from claimtrack.pipeline.inheritance import corrections_of
from claimtrack.pipeline.lapsed import lapsed_conflicts
from claimtrack.settings import Settings
from claimtrack.store.history import fold_log

MOST_LISTED = 5
"""Ids listed where a beginning fits several."""

Item = Statement | Conflict | Document

T = TypeVar("T", Statement, Document, Conflict, Item)


class StoreStatus(Value):
    """Counts of what a store holds and of what needs a look.

    ``outdated`` are articles that another version of claimtrack extracted, ``undated`` those without
    a date of publication, ``unnamed`` statements whose speaker cannot be told. Statements and
    speakers are counted without rejected ones and those of removed and superseded articles.
    """

    documents: int = 0
    superseded: int = 0
    removed: int = 0
    retracted: int = 0
    copies: int = 0
    not_english: int = 0
    undated: int = 0
    outdated: int = 0
    statements: int = 0
    rejected: int = 0
    gone: int = 0
    unnamed: int = 0
    speakers: int = 0
    decisions: int = 0
    confirmed: int = 0
    dismissed: int = 0
    unsure: int = 0


def find_item(
    store: Store, typed_id: str, settings: Settings | None = None, memory: Memory | None = None
) -> Item:
    """Returns the statement, article or conflict of an id or of the unique beginning of one.

    Conflicts are derived, so a conflict's id costs a comparison, which ``memory`` spares; one folded
    into another is found as that one.

    Raises:
        NotFoundError: Nothing has the id, or several begin like it.
    """
    typed = typed_id.strip().lower()
    kind = typed.partition("-")[0]
    items: Mapping[str, Item] = {}
    if kind == "st":
        items = {statement.id: statement for statement in store.statements}
    elif kind == "doc":
        items = {document.id: document for document in store.documents}
    elif kind == "cf":
        items = _conflicts_by_id(store, [typed], settings or Settings(), memory)
    else:
        raise NotFoundError(f"{typed_id!r} is no id", "Ids begin with st-, cf- or doc-.")
    return _placed(_only(items, typed, typed_id), store)


def find_conflicts_by_id(
    store: Store, typed_ids: Iterable[str], settings: Settings, memory: Memory | None = None
) -> dict[str, Conflict | NotFoundError]:
    """Returns the conflict that each id, or unique beginning of one, means, or why it means none.

    All are found in one comparison.
    """
    typed = {typed_id: typed_id.strip().lower() for typed_id in typed_ids}
    sought = [text for text in typed.values() if text.startswith("cf-")]
    items = _conflicts_by_id(store, sought, settings, memory) if sought else {}
    found: dict[str, Conflict | NotFoundError] = {}
    for typed_id, text in typed.items():
        if text not in sought:
            found[typed_id] = NotFoundError(f"{typed_id!r} is no id of a conflict", "They begin with cf-.")
            continue
        try:
            found[typed_id] = _only(items, text, typed_id)
        except NotFoundError as error:
            found[typed_id] = error
    return found


def _only(items: Mapping[str, T], typed: str, typed_id: str) -> T:
    """Returns the item of an id, or of the unique beginning of one; raises NotFoundError."""
    found = {name: item for name, item in items.items() if name.startswith(typed)}
    if typed in found:
        return found[typed]
    distinct = {item.id: item for item in found.values()}
    if not distinct:
        raise NotFoundError(f"nothing in the store has the id {typed_id}", _where(typed.partition("-")[0]))
    if len(distinct) > 1:
        listed = ", ".join(sorted(distinct)[:MOST_LISTED])
        raise NotFoundError(f"{len(distinct)} ids begin with {typed_id}", f"Type more of one: {listed}.")
    return next(iter(distinct.values()))


def _placed(item: Item, store: Store) -> Item:
    """Returns the item, a statement with the other places of its utterance."""
    return with_places([item], store)[0] if isinstance(item, Statement) else item


def _where(kind: str) -> str:
    command = {"st": "statements", "doc": "sources", "cf": "contradictions"}[kind]
    return f"`claimtrack {command}` shows the ids."


def _conflicts_by_id(
    store: Store, typed: Collection[str], settings: Settings, memory: Memory | None
) -> dict[str, Conflict]:
    """Returns the conflicts by their ids and by those of the pairs folded into them.

    Those of a low score, which ``--min-score`` shows, are only sought where none of the others is meant.
    """
    statements = comparable_statements(store, settings)
    documents = {document.id: document for document in store.documents}
    reviews = corrections_of(store).reviews
    by_id: dict[str, Conflict] = {}
    for least in (settings, settings.model_copy(update={"min_score": 0.0})):
        conflicts, _ = find_conflicts(statements, documents, least, memory)
        for conflict in (*lapsed_conflicts(store, least, memory), *conflicts):
            review = review_of(conflict, reviews, documents)
            reviewed = conflict.model_copy(update={"review": review})
            for name in (*ids_elsewhere(conflict), *conflict.also):
                by_id.setdefault(name, reviewed)
            by_id[conflict.id] = reviewed
        if all(any(name.startswith(beginning) for name in by_id) for beginning in typed):
            break
    return by_id


def status(store: Store) -> StoreStatus:
    """Returns how many of everything the store holds."""
    by_id = {document.id: document for document in store.documents}
    current = [d for d in store.documents if not (d.superseded_by or d.removed)]
    here = {document.id for document in current}
    standing = [s for s in store.statements if not s.rejected and s.document_id in here]
    reviews = [review.status for review in fold_log(store.log).reviews.values()]
    return StoreStatus(
        documents=len(current),
        superseded=sum(1 for d in store.documents if d.superseded_by),
        removed=sum(1 for d in store.documents if d.removed and not d.superseded_by),
        retracted=sum(1 for d in current if d.retracted),
        copies=sum(1 for d in current if d.copy_of),
        not_english=sum(1 for d in current if not d.analysed),
        undated=sum(1 for d in current if not d.published),
        outdated=sum(1 for d in current if d.extractor != __version__),
        statements=len(standing),
        rejected=sum(1 for s in store.statements if s.rejected),
        gone=sum(1 for s in store.statements if by_id[s.document_id].superseded_by),
        unnamed=sum(1 for s in standing if s.speaker_id is None),
        speakers=len({s.speaker_id for s in standing if s.speaker_id}),
        decisions=len(store.log),
        confirmed=reviews.count(ReviewStatus.CONFIRMED),
        dismissed=reviews.count(ReviewStatus.DISMISSED),
        unsure=reviews.count(ReviewStatus.UNSURE),
    )
