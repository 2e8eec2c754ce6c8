"""Sets the clauses of two claims side by side: what they share, and how much of each the other covers."""

from collections.abc import Iterable
from dataclasses import dataclass

from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.places import enclosing

_MOST = 24
"""Pairs of clauses looked at per pair of claims, those that share most first."""

_LONGEST_LIST = 100
"""Clauses of one claim kept per key; no statement that anybody reads repeats a word in more."""

_LEAST_SHARED = 1.0
"""Weight that two clauses must share: one ordinary word."""

_SAME_SENTENCE = 0.9
_ELSEWHERE = 0.6
"""Worth, 0.0-1.0, of a word that stands in another clause of the other claim, of the sentence or not:
often what a pronoun refers to."""


@dataclass(frozen=True)
class Facing:
    """Two clauses of two claims; ``pairs`` are indices of words matched, ``shared`` their weight."""

    a: Clause
    b: Clause
    pairs: tuple[tuple[int, int], ...]
    shared: float
    a_claim: Claim
    b_claim: Claim

    def turned(self) -> "Facing":
        """Returns the same with the sides exchanged."""
        return Facing(
            self.b, self.a, tuple((j, i) for i, j in self.pairs), self.shared, self.b_claim, self.a_claim
        )

    @property
    def cover(self) -> float:
        """Returns the share, 0.0-1.0, of the shorter clause that the other repeats."""
        return min(1.0, self.shared / min(self.a.weight, self.b.weight))

    @property
    def likeness(self) -> float:
        """Returns the share, 0.0-1.0, of both clauses together that they have in common (Dice)."""
        return min(1.0, 2 * self.shared / (self.a.weight + self.b.weight))

    def partner(self, at: int) -> int | None:
        """Returns the word of ``b`` matched with the word ``at`` of ``a``."""
        return next((j for i, j in self.pairs if i == at), None)


def face(a: Claim, b: Claim) -> list[Facing]:
    """Returns the pairs of clauses that share at least one ordinary word, the closest first."""
    where: dict[str, list[int]] = {}
    for number, clause in enumerate(b.clauses):
        for key in clause.index:
            numbers = where.setdefault(key, [])
            if len(numbers) < _LONGEST_LIST:
                numbers.append(number)
    scored: list[tuple[float, int, int]] = []
    for left, clause in enumerate(a.clauses):
        shared: dict[int, float] = {}
        for key, places in clause.index.items():
            for number in where.get(key, ()):
                shared[number] = shared.get(number, 0.0) + clause.words[places[0]].weight
        scored.extend((-weight, left, right) for right, weight in shared.items() if weight >= _LEAST_SHARED)
    scored.sort()
    return [face_clauses(a, b, a.clauses[left], b.clauses[right]) for _, left, right in scored[:_MOST]]


def face_clauses(a: Claim, b: Claim, first: Clause, second: Clause) -> Facing:
    """Returns two clauses side by side, their words matched by key in the order they stand."""
    pairs: list[tuple[int, int]] = []
    for key, places in first.index.items():
        pairs.extend(zip(places, second.index.get(key, ()), strict=False))
    pairs.sort()
    shared = sum(first.words[i].weight for i, _ in pairs)
    return Facing(first, second, tuple(pairs), shared, a, b)


def coverage(facing: Facing, indices: Iterable[int]) -> float:
    """Returns the share, 0.0-1.0, of these words of ``a`` that ``b`` repeats and affirms, close by or not.

    A place counts as repeated where the other side names a place in it or around it.
    """
    matched = {i for i, j in facing.pairs if j not in facing.b.negated}
    denied = {i for i, _ in facing.pairs} - matched
    total = found = 0.0
    for at in indices:
        word = facing.a.words[at]
        total += word.weight
        if at in denied:
            continue
        if at in matched or _place_met(word.key, facing.b):
            found += word.weight
        elif word.key in facing.b_claim.sentence_keys(facing.b.sentence):
            found += word.weight * _SAME_SENTENCE
        elif word.key in facing.b_claim.keys:
            found += word.weight * _ELSEWHERE
    return found / total if total else 0.0


def _place_met(key: str, clause: Clause) -> bool:
    if not key.startswith("@"):
        return False
    around = enclosing(key[1:])
    return any(
        other.startswith("@") and (other[1:] in around or key[1:] in enclosing(other[1:]))
        for other in clause.index
    )
