"""Candidates: pairs of one speaker's claims that share rare words; never all pairs.

An inverted index holds every claim under its rarest keys. Its lists are cut at a fixed length, so the
work grows with the number of claims and not with its square; what the cut leaves out is counted. Where a
speaker has said so much that a key's list is cut, blocks of two such keys together split the subject.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from claimtrack.conflicts.claims import Claim

_KEYS_PER_CLAIM = 12
"""Rarest keys under which a claim is filed; a longer statement has more to say, not more of each thing."""

_LONGEST_LIST = 60
"""Claims kept in one key's list; a key that more claims hold says little by itself."""

_PARTNERS = 20
"""Candidates kept per claim, those that share the rarest words first."""

_ENOUGH = 1.0
"""Weight of shared keys from which two claims are worth comparing: one ordinary word."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Candidates:
    """Pairs of places in the sequence of claims, lower first, sorted; up to ``dropped`` were cut off."""

    pairs: tuple[Pair, ...]
    possible: int
    dropped: int


def find_pairs(claims: Sequence[Claim]) -> Candidates:
    """Returns the pairs of one speaker's claims that are worth comparing, and what was left out."""
    frequency = Counter(key for claim in claims for key in claim.keys)
    lists, dropped = _file(claims, frequency)
    shared: Counter[Pair] = Counter()
    for places in lists.values():
        for i, left in enumerate(places):
            for right in places[i + 1 :]:
                shared[(left, right)] += 1
    worth = {pair: _worth(claims[pair[0]], claims[pair[1]], frequency, len(claims)) for pair in shared}
    chosen = _best_partners({pair: value for pair, value in worth.items() if value > 0}) | _evaluated(claims)
    kept = sum(1 for pair, value in worth.items() if value > 0 or pair in chosen)
    possible = len(claims) * (len(claims) - 1) // 2
    left_out = min(dropped + max(0, kept - len(chosen)), possible - len(chosen))
    return Candidates(tuple(sorted(chosen)), possible, left_out)


def _file(claims: Sequence[Claim], frequency: Mapping[str, int]) -> tuple[dict[str, list[int]], int]:
    """Returns the places of the claims under each key, and in how many pairs the cuts have cost at most."""
    lists: dict[str, list[int]] = {}
    filed: Counter[str] = Counter()
    dropped = 0
    rarest = [_rarest(claim.keys, frequency) for claim in claims]
    blocks = [_blocks(keys, frequency) for keys in rarest]
    sizes = Counter(block for some in blocks for block in some)
    for number, keys in enumerate(rarest):
        for key in (*keys, *_rarest(dict.fromkeys(blocks[number], 1.0), sizes)):
            places = lists.setdefault(key, [])
            if len(places) < _LONGEST_LIST:
                places.append(number)
            else:
                dropped += filed[key]
            filed[key] += 1
    return lists, dropped


def _rarest(keys: Mapping[str, float], frequency: Mapping[str, int]) -> list[str]:
    """Returns the keys under which a claim is filed: of those that others have, the rarest."""
    shared = [key for key, weight in keys.items() if weight >= 1 and frequency[key] > 1]
    return sorted(shared, key=lambda key: (frequency[key], key))[:_KEYS_PER_CLAIM]


def _blocks(keys: Sequence[str], frequency: Mapping[str, int]) -> list[str]:
    """Returns the pairs of a claim's keys that more claims hold than are kept, each as a key of its own."""
    common = sorted(key for key in keys if frequency[key] > _LONGEST_LIST)
    return [f"{first}\n{second}" for first, second in combinations(common, 2)]


def _worth(first: Claim, second: Claim, frequency: Mapping[str, int], count: int) -> float:
    """Returns the rarity of what two claims share, 0.0 where it is too little to compare."""
    shared = first.keys.keys() & second.keys.keys()
    if sum(first.keys[key] for key in shared) < _ENOUGH:
        return 0.0
    return sum(first.keys[key] * count / (count + frequency[key] * 10) for key in shared)


def _evaluated(claims: Sequence[Claim]) -> set[Pair]:
    """Returns pairs that speak well and ill of one target, the first ones of each target."""
    well: dict[str, list[int]] = {}
    ill: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        for target, sign in sorted(
            {(e.target, e.sign) for clause in claim.clauses for e in clause.evaluations}
        ):
            (well if sign > 0 else ill).setdefault(target, []).append(number)
    return {
        (min(x, y), max(x, y))
        for target in well.keys() & ill.keys()
        for x in well[target][:_PARTNERS]
        for y in ill[target][:_PARTNERS]
        if x != y
    }


def _best_partners(worth: Mapping[Pair, float]) -> set[Pair]:
    by_claim: dict[int, list[tuple[float, Pair]]] = {}
    for pair, value in worth.items():
        for side in pair:
            by_claim.setdefault(side, []).append((-value, pair))
    return {pair for options in by_claim.values() for _, pair in sorted(options)[:_PARTNERS]}
