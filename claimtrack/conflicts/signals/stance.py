"""Opposite stands on one matter, or opposite evaluations of one party."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing, coverage, face_clauses
from claimtrack.conflicts.claims import Claim, Clause, Cue
from claimtrack.conflicts.evaluations import Evaluation
from claimtrack.conflicts.signals.evidence import Evidence, Words
from claimtrack.models import SignalType

_SAME_QUALITY = 1.0
_OTHER_QUALITY = 0.6
"""Left of the strength where both evaluations measure one quality, or two: smart, but dishonest."""

_LEAD = 3
"""First content words of the contents, among which both sides must share what they are for or against."""

_TARGET = 3.0
"""Weight that a common target of evaluations counts for: it is the whole matter."""

FOR_OR_AGAINST = "for / against"
"""Label of a stance that the cues tell, not words of praise or blame."""


def find_stances(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns opposite stands of the cues on one content, and opposite evaluations of one target."""
    found: list[Evidence] = []
    for facing in facings:
        found.extend(_stands(a.cue, b.cue, facing))
        found.extend(evidence.turned() for evidence in _stands(b.cue, a.cue, facing.turned()))
    found.extend(_evaluations(a, b))
    return found


def _stands(a: Cue, b: Cue, facing: Facing) -> list[Evidence]:
    """Returns one evidence where the first side's cue is for and the second's against what they share."""
    if not (a.favours and not a.against and b.against and not b.favours):
        return []
    if facing.a.negations or facing.b.negations:
        return []
    lead = set(_lead(facing.a)), set(_lead(facing.b))
    matched = [(i, j) for i, j in facing.pairs if facing.a.words[i].weight >= 1]
    if not any(i in lead[0] and j in lead[1] and not facing.a.words[i].is_name for i, j in matched):
        return []
    cover = coverage(facing, [i for i, w in enumerate(facing.a.words) if w.weight])
    other = coverage(facing.turned(), [j for j, w in enumerate(facing.b.words) if w.weight])
    first: Words = (min(i for i, _ in matched), max(i for i, _ in matched))
    second: Words = (min(j for _, j in matched), max(j for _, j in matched))
    return [
        Evidence(
            SignalType.STANCE, facing, first, second, max(cover, other), facing.shared, 1.0, FOR_OR_AGAINST
        )
    ]


def _lead(clause: Clause) -> list[int]:
    """Returns the first content words of a clause: what the cue's verb governs."""
    return [at for at, word in enumerate(clause.words) if word.weight][:_LEAD]


def _evaluations(a: Claim, b: Claim) -> list[Evidence]:
    found = []
    for left in a.clauses:
        for right in b.clauses:
            for first in left.evaluations:
                for second in right.evaluations:
                    if first.target == second.target and first.sign != second.sign:
                        found.append(_evaluated(face_clauses(a, b, left, right), first, second))
    return found


def _evaluated(facing: Facing, first: Evaluation, second: Evaluation) -> Evidence:
    strength = _SAME_QUALITY if first.quality == second.quality else _OTHER_QUALITY
    label = first.target.removeprefix("@").title()
    return Evidence(SignalType.STANCE, facing, first.words, second.words, 1.0, _TARGET, strength, label)
