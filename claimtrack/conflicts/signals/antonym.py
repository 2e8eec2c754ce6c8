"""Opposite words said of the same thing: "prices rose" and "prices fell", "fair" and "unfair"."""

from collections.abc import Mapping, Sequence
from functools import cache

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.lexical import forms
from claimtrack.conflicts.roles import role_agreement
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, read_words, tokenize
from claimtrack.lexicon import load_lexicon
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
    pairs = []
    for i, word in enumerate(facing.a.words):
        for key in opposite_keys(word):
            pairs.extend((i, j) for j in facing.b.index.get(key, ()))
    for j, word in enumerate(facing.b.words):
        base = _without_prefix(word)
        if base:
            pairs.extend((i, j) for i in facing.a.index.get(base, ()))
    return pairs


def opposite_keys(word: Word) -> tuple[str, ...]:
    """Returns the keys of the opposites of a word; none for general words."""
    if not word.key:
        return ()
    keys = _table().get(word.key, ())
    base = _without_prefix(word)
    return (*keys, base) if base else keys


def _without_prefix(word: Word) -> str:
    """Returns the key of the word without a negative prefix; ``""`` where it has none."""
    if word.weight < 1 or word.text in forms("antonyms", "no_prefix"):
        return ""
    for prefix in forms("antonyms", "prefixes"):
        rest = word.text.removeprefix(prefix)
        if rest != word.text and len(rest) > 3:
            return key_of(rest)
    return ""


@cache
def key_of(form: str) -> str:
    """Returns the key under which the comparer files a word."""
    words = read_words(form, tokenize(form))
    return words[0].key if len(words) == 1 else stem(form)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in load_lexicon("antonyms").group:
        for first, second in group.pairs:
            left, right = key_of(first), key_of(second)
            if left and right and left != right:
                table[left] = (*table.get(left, ()), right)
                table[right] = (*table.get(right, ()), left)
    return table


def _near_shared(facing: Facing, i: int, j: int) -> float:
    """Returns the weight of the words shared close to both."""
    return sum(
        facing.a.words[x].weight for x, y in facing.pairs if 0 < abs(x - i) <= _NEAR and 0 < abs(y - j) <= _NEAR
    )
