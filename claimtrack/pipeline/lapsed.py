"""Conflicts that a person confirmed or left open, and whose words an article has dropped since.

They are no longer found among today's statements, but a note may rest on them: they are shown as stale.
"""

from collections.abc import Iterator

from claimtrack.conflicts.decision import find_conflicts
from claimtrack.conflicts.memory import Memory
from claimtrack.models import Action, Conflict, LogEntry, ReviewStatus, Statement, Store
from claimtrack.pipeline.inheritance import Heirs
from claimtrack.settings import Settings
from claimtrack.store.history import Said, fold_reviews, moment, standing_entries

_OPEN = (ReviewStatus.CONFIRMED, ReviewStatus.UNSURE)


def lapsed_conflicts(store: Store, settings: Settings, memory: Memory | None = None) -> Iterator[Conflict]:
    """Yields the conflicts in the order of their reviews, in the words of the last version that had them."""
    entries = [entry for entry in standing_entries(store.log) if entry.action is Action.REVIEW]
    if not any(entry.value.get("status") in _OPEN for entry in entries):
        return
    documents = {document.id: document for document in store.documents}
    usable = {
        statement.id: statement
        for statement in store.statements
        if statement.speaker_id and not statement.rejected and not documents[statement.document_id].removed
    }
    standing = {s.id for s in usable.values() if not documents[s.document_id].superseded_by}
    heirs = Heirs(store.documents, store.statements)
    reviewed: dict[str, tuple[list[Statement], list[Said]]] = {}
    for entry in sorted(entries, key=moment):
        pair = [_side(entry, name, heirs, usable, standing) for name in ("a", "b")]
        sides = [side for side in pair if side is not None]
        if len(sides) == len(pair):
            pair_id = Conflict.make_id(sides[0].id, sides[1].id)
            reviewed.setdefault(pair_id, (sides, []))[1].append((entry, ()))
    for sides, said in reviewed.values():
        if fold_reviews(said).status in _OPEN and not standing.issuperset(side.id for side in sides):
            yield from find_conflicts(sides, documents, settings, memory)[0]


def _side(
    entry: LogEntry, name: str, heirs: Heirs, usable: dict[str, Statement], standing: set[str]
) -> Statement | None:
    """Returns what stands today for one side of a reviewed pair, else its last wording; None if unknown."""
    subject = entry.value.get(name) or ""
    place = {key: entry.value.get(f"{name}_{key}") for key in ("document", "place")}
    known = [subject, *(heir.id for heir in heirs.of(subject, place))]
    there = [usable[statement] for statement in known if statement in usable]
    return next((s for s in there if s.id in standing), there[-1] if there else None)
