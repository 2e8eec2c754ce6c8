"""Joins conflicts that restate one opposition: the best is shown, the others are named in ``also``."""

from collections.abc import Sequence

from claimtrack.models import Conflict
from claimtrack.similarity import shared_words

_SAME_STATEMENT = 0.8
"""Likeness, 0.0-1.0, of two statements' words from which one restates the other."""

_MOST_COMPARED = 40
"""Kept conflicts of one speaker that a further one is compared with: those that share its signals."""


def fold_conflicts(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Returns one conflict per opposition, best first; ``conflicts`` are of one speaker, best first."""
    kept: list[Conflict] = []
    also: dict[str, list[str]] = {}
    for conflict in conflicts:
        origin = next((k for k in kept[:_MOST_COMPARED] if _restates(conflict, k)), None)
        if origin:
            also[origin.id].append(conflict.id)
        else:
            kept.append(conflict)
            also[conflict.id] = []
    return tuple(k.model_copy(update={"also": tuple(sorted(also[k.id]))}) for k in kept)


def _restates(conflict: Conflict, other: Conflict) -> bool:
    """Returns whether two conflicts oppose the same two things, crosswise or not."""
    return _side_by_side(conflict, other, straight=True) or _side_by_side(conflict, other, straight=False)


def _side_by_side(conflict: Conflict, other: Conflict, straight: bool) -> bool:
    first, second = (other.a, other.b) if straight else (other.b, other.a)
    if _opposes_same(conflict, other, straight):
        return True
    same_first, same_second = conflict.a.id == first.id, conflict.b.id == second.id
    if same_first or same_second:
        rest = (conflict.b.text, second.text) if same_first else (conflict.a.text, first.text)
        return shared_words(*rest) >= _SAME_STATEMENT
    return (
        shared_words(conflict.a.text, first.text) >= _SAME_STATEMENT
        and shared_words(conflict.b.text, second.text) >= _SAME_STATEMENT
    )


def _opposes_same(conflict: Conflict, other: Conflict, straight: bool) -> bool:
    """Returns whether both rest on one kind of signal with the same words on both sides."""
    mine, theirs = conflict.signals[0], other.signals[0]
    left, right = (theirs.a.text, theirs.b.text) if straight else (theirs.b.text, theirs.a.text)
    return (
        mine.type == theirs.type
        and shared_words(mine.a.text, left) >= _SAME_STATEMENT
        and shared_words(mine.b.text, right) >= _SAME_STATEMENT
    )
