"""Joins conflicts that restate one opposition: the best is shown, the others are named in ``also``."""

from collections.abc import Mapping, Sequence

from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.words import read_words, tokenize
from claimtrack.models import Conflict, Signal

_SAME = 0.7
"""Share, 0.0-1.0, of the shorter text's content that a restatement repeats."""

_MOST_COMPARED = 60
"""Kept conflicts of one speaker, the best ones, that a further one is compared with."""

Weights = Mapping[str, float]
"""Keys of a text's words with their weight."""


def fold_conflicts(conflicts: Sequence[Conflict], claims: Mapping[str, Claim]) -> tuple[Conflict, ...]:
    """Returns one conflict per opposition, in the order given.

    ``conflicts`` are of one speaker, best first; ``claims`` are the readings of their statements by id.
    """
    kept: list[Conflict] = []
    also: dict[str, list[str]] = {}
    for conflict in conflicts:
        origin = next((k for k in kept[:_MOST_COMPARED] if _restates(conflict, k, claims)), None)
        if origin:
            also[origin.id].append(conflict.id)
        else:
            kept.append(conflict)
            also[conflict.id] = []
    return tuple(k.model_copy(update={"also": tuple(sorted(also[k.id]))}) for k in kept)


def _restates(conflict: Conflict, other: Conflict, claims: Mapping[str, Claim]) -> bool:
    """Returns whether two conflicts oppose the same two things, in whichever order they stand.

    Either both pairs of statements say the same, or one does and the opposed words agree.
    """
    mine = claims[conflict.a.id].keys, claims[conflict.b.id].keys
    for left, right in ((other.a, other.b), (other.b, other.a)):
        if conflict.a.id == right.id or conflict.b.id == left.id:
            continue  # who says two things, each of which is denied elsewhere, is in two conflicts
        alike = _alike(mine[0], claims[left.id].keys), _alike(mine[1], claims[right.id].keys)
        straight = left is other.a
        if all(alike) or (any(alike) and _oppose_same(conflict.signals[0], other.signals[0], straight)):
            return True
    return False


def _oppose_same(mine: Signal, theirs: Signal, straight: bool) -> bool:
    left, right = (theirs.a.text, theirs.b.text) if straight else (theirs.b.text, theirs.a.text)
    return (
        mine.type == theirs.type
        and _alike(_weights(mine.a.text), _weights(left))
        and _alike(_weights(mine.b.text), _weights(right))
    )


def _weights(text: str) -> Weights:
    return {word.key: word.weight for word in read_words(text, tokenize(text)) if word.key}


def _alike(first: Weights, second: Weights) -> bool:
    least = min(sum(first.values()), sum(second.values()))
    return least > 0 and sum(first[key] for key in first.keys() & second.keys()) >= _SAME * least
