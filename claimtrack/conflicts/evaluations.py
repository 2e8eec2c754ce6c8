"""Who or what a clause speaks well or ill of: "X remains a crucial partner", "the unreliability of X"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.lexical import variants
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, find_phrases, stem_book

_COPULAS = frozenset({"is", "are", "was", "were", "been", "be", "being", "become", "became", "called", "as"})

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
    return tuple(found)


@cache
def _qualities() -> Mapping[str, str]:
    table = variants("stances", "dimensions")
    return {" ".join(map(stem, form.split())): quality for form, quality in table.items()}


def _target(words: Sequence[Word], first: int, last: int) -> str:
    """Returns the key of the name that an evaluation is about, ``""`` where none is near.

    "X is (a) crucial": the nearest name before. "the unreliability of (sources like) X": the name after.
    """
    if last + 1 < len(words) and words[last + 1].text in ("of", "like", "in"):
        for word in words[last + 2 : last + 2 + _NEAR]:
            if word.is_name:
                return word.key
    if _has_copula(words, first):
        for word in reversed(words[max(0, first - _NEAR) : first]):
            if word.is_name:
                return word.key
    return ""


def _has_copula(words: Sequence[Word], first: int) -> bool:
    return any(word.text in _COPULAS or word.key == "=stay" for word in words[max(0, first - 4) : first])
