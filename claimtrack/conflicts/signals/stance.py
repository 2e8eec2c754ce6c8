"""Opposite stands on one matter, or opposite evaluations of one party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.alignment import Facing, coverage
from claimtrack.conflicts.claims import Claim, Clause, Cue, cue_book
from claimtrack.conflicts.lexical import PhraseBook, variants
from claimtrack.conflicts.signals.evidence import Evidence, Words
from claimtrack.conflicts.stems import stem
from claimtrack.models import SignalType

_SAME_QUALITY = 1.0
_OTHER_QUALITY = 0.6
"""Left of the strength where the two evaluations measure different qualities: smart, but dishonest."""

_NEAR = 7
"""Words between an evaluation and the name that it is about."""


@dataclass(frozen=True)
class Evaluation:
    """A word that speaks well (+1) or ill (-1) of a named target; ``quality`` is what it measures."""

    sign: int
    words: Words
    target: str
    quality: str
    text: str


def find_stances(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns opposite stands of the cues on one content, and opposite evaluations of one target."""
    found: list[Evidence] = []
    for facing in facings:
        found.extend(_stands(a.cue, b.cue, facing))
        found.extend(evidence.turned() for evidence in _stands(b.cue, a.cue, facing.turned()))
        found.extend(_evaluations(facing))
    return found


def _stands(a: Cue, b: Cue, facing: Facing) -> list[Evidence]:
    """Returns one evidence where the first side's cue is for and the second's against what they share."""
    if not (a.favours and not a.against and b.against and not b.favours):
        return []
    if facing.a.negations or facing.b.negations:
        return []
    matched = [(i, j) for i, j in facing.pairs if facing.a.words[i].weight >= 1]
    if not matched:
        return []
    cover = min(
        coverage(facing, [i for i, w in enumerate(facing.a.words) if w.weight]),
        1.0,
    )
    other = coverage(facing.turned(), [j for j, w in enumerate(facing.b.words) if w.weight])
    first: Words = (min(i for i, _ in matched), max(i for i, _ in matched))
    second: Words = (min(j for _, j in matched), max(j for _, j in matched))
    return [
        Evidence(SignalType.STANCE, facing, first, second, max(cover, other), facing.shared, 1.0, "for / against")
    ]


def _evaluations(facing: Facing) -> list[Evidence]:
    found = []
    for first in find_evaluations(facing.a):
        for second in find_evaluations(facing.b):
            if first.target != second.target or first.sign == second.sign:
                continue
            same = first.quality == second.quality
            strength = _SAME_QUALITY if same else _OTHER_QUALITY
            found.append(
                Evidence(
                    SignalType.STANCE, facing, first.words, second.words, 1.0, facing.shared, strength,
                    f"of {facing.a.words[facing.a.index[first.target][0]].text}",
                )
            )
    return found


def find_evaluations(clause: Clause) -> list[Evaluation]:
    """Returns the evaluations of named targets in a clause."""
    stems = [word.stem for word in clause.words]
    found = []
    for at in range(len(stems)):
        match = _book().match(stems, at)
        if not match:
            continue
        text, sign = match[1].rsplit(" ", 1)
        last = at + match[0] - 1
        target = _target(clause, at, last)
        if target:
            value = int(sign) * (-1 if at in clause.negated else 1)
            found.append(Evaluation(value, (at, last), target, _qualities().get(text, ""), text))
    return found


@cache
def _book() -> PhraseBook:
    entries = {}
    for group, sign in (("praise", "1"), ("blame", "-1")):
        for stems, form in cue_book("stances", group).entries():
            entries[stems] = f"{form} {sign}"
    return PhraseBook(entries)


@cache
def _qualities() -> Mapping[str, str]:
    return variants("stances", "dimensions")


def _target(clause: Clause, first: int, last: int) -> str:
    """Returns the key of the name that an evaluation is about.

    "X is|remains (a) crucial" and "X, a crucial partner": the nearest name before. "the unreliability of
    (sources like) X": the name after "of" or "like".
    """
    after = [word.text for word in clause.words[last + 1 : last + 2]]
    if after and after[0] in ("of", "like", "in"):
        for word in clause.words[last + 2 : last + 2 + _NEAR]:
            if word.is_name:
                return word.key
    copula = any(
        word.stem in ("be", stem("remain"), "becom", "=stay") or word.key == "=stay" or word.text in ("called", "as")
        for word in clause.words[max(0, first - 5) : first]
    )
    if copula:
        for word in reversed(clause.words[max(0, first - _NEAR - 3) : first]):
            if word.is_name:
                return word.key
    return ""
