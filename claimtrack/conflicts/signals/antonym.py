"""Opposite words said of the same thing: "prices rose" and "prices fell", "fair" and "unfair"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.roles import role_agreement
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.models import SignalType

_NEAR = 4
"""Words on either side of an antonym among which both sides must share what it is said of."""


def find_antonyms(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns pairs of opposite words with equal polarity that have a shared word beside them."""
    found = []
    for facing in facings:
        for i, j in _opposites(facing):
            if (i in facing.a.negated) != (j in facing.b.negated) or _both_have_one(facing, i, j):
                continue
            near = _near_shared(facing, i, j)
            if near < 1:
                continue
            rest = min(facing.a.weight - facing.a.words[i].weight, facing.b.weight - facing.b.words[j].weight)
            cover = min(1.0, facing.shared / rest) if rest > 0 else 0.0
            strength = role_agreement(facing.a, i, facing.b, j)
            found.append(Evidence(SignalType.ANTONYM, facing, (i, i), (j, j), cover, facing.shared, strength))
    return found


def _both_have_one(facing: Facing, i: int, j: int) -> bool:
    """Returns whether a clause holds both words: "a ban on admitting them" is no opposite of a ban."""
    return facing.a.words[i].key in facing.b.index or facing.b.words[j].key in facing.a.index


def _opposites(facing: Facing) -> list[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for key in facing.a.opposites.keys() & facing.b.index.keys():
        pairs.update((i, j) for i in facing.a.opposites[key] for j in facing.b.index[key])
    for key in facing.b.opposites.keys() & facing.a.index.keys():
        pairs.update((i, j) for j in facing.b.opposites[key] for i in facing.a.index[key])
    return sorted(pairs)


def _near_shared(facing: Facing, i: int, j: int) -> float:
    """Returns the weight of the words shared close to both."""
    return sum(
        facing.a.words[x].weight for x, y in facing.pairs if abs(x - i) <= _NEAR and abs(y - j) <= _NEAR
    )
