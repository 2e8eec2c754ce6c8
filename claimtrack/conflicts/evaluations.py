"""Who or what a clause speaks well or ill of: "X remains a crucial partner", "the unreliability of X"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.lexical import variants
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, find_phrases, stem_book

_COPULAS = frozenset({"is", "are", "was", "were", "been", "be", "being", "become", "became", "called", "as"})

_BODIES = frozenset({"government", "administration", "leadership", "president", "army"})
"""Nouns after a country's name that stand for the country."""

_PREPOSITIONS = frozenset({"in", "of", "from", "with", "to", "for", "on", "by", "at", "against", "about"})

_NEAR = 7
"""Words between an evaluation and the name that it is about."""


@dataclass(frozen=True)
class Evaluation:
    """A word that speaks well (+1) or ill (-1) of a named target; ``quality`` is what it measures."""

    sign: int
    words: tuple[int, int]
    target: str
    quality: str


def find_evaluations(
    words: Sequence[Word], negated: frozenset[int], antecedent: str
) -> tuple[Evaluation, ...]:
    """Returns the evaluations of named targets in a clause; ``antecedent`` is what its "which" stands for."""
    found = []
    for first, last, group in find_phrases(words, stem_book("stances", "praise", "blame")):
        target = _target(words, first, last) or (antecedent if _has_copula(words, first) else "")
        if target:
            sign = 1 if (group == "praise") != (first in negated) else -1
            stems = " ".join(word.stem for word in words[first : last + 1])
            found.append(Evaluation(sign, (first, last), target, _qualities().get(stems, stems)))
    return _joined(found)


def _joined(found: Sequence[Evaluation]) -> tuple[Evaluation, ...]:
    """Returns the evaluations, adjacent ones of one target and quality as one: "crucial partner"."""
    joined: list[Evaluation] = []
    for each in found:
        before = joined[-1] if joined else None
        if before and before.words[1] + 1 == each.words[0] and _says(before) == _says(each):
            joined[-1] = Evaluation(each.sign, (before.words[0], each.words[1]), each.target, each.quality)
        else:
            joined.append(each)
    return tuple(joined)


def _says(evaluation: Evaluation) -> tuple[int, str, str]:
    return evaluation.sign, evaluation.target, evaluation.quality


@cache
def _qualities() -> Mapping[str, str]:
    table = variants("stances", "dimensions")
    return {" ".join(map(stem, form.split())): quality for form, quality in table.items()}


def _target(words: Sequence[Word], first: int, last: int) -> str:
    """Returns the key of the name that an evaluation is about, ``""`` where none is near.

    "X is (a) crucial": the subject before. "the unreliability of (sources like) X": the name after.
    """
    if last + 1 < len(words) and words[last + 1].text in ("of", "like"):
        for at in range(last + 2, min(len(words), last + 2 + _NEAR)):
            if stands_alone(words, at):
                return words[at].key
    if _has_copula(words, first):
        for at in range(first - 1, max(-1, first - 1 - _NEAR), -1):
            if stands_alone(words, at):
                return "" if _after_preposition(words, at) else words[at].key
    return ""


def stands_alone(words: Sequence[Word], at: int) -> bool:
    """Returns whether a name stands for its bearer: "the US government" does, "US senators" does not."""
    word = words[at]
    if not word.is_name:
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or word.key == "@" + word.text:
        return True
    return after.weight == 0 or after.is_name or after.text in _BODIES or after.key == "=stay"


def _after_preposition(words: Sequence[Word], at: int) -> bool:
    before = [word.text for word in words[max(0, at - 2) : at]]
    return any(text in _PREPOSITIONS for text in before)


def _has_copula(words: Sequence[Word], first: int) -> bool:
    return any(word.text in _COPULAS or word.key == "=stay" for word in words[max(0, first - 4) : first])
