"""One side denies, through its cue or as a falsehood, what the other side says."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing, coverage
from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.signals.evidence import Evidence, Words
from claimtrack.models import SignalType

_FEWEST_WORDS = 2
"""Words other than names that both sides must share: what is denied is a claim, not a topic."""


def find_denials(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns what one side's cue or predicate denies and the other side affirms."""
    found: list[Evidence] = []
    for facing in facings:
        found.extend(_denied_in_first(a, b, facing))
        found.extend(evidence.turned() for evidence in _denied_in_first(b, a, facing.turned()))
    return found


def _denied_in_first(a: Claim, b: Claim, facing: Facing) -> list[Evidence]:
    if _called_so(a) or _called_so(b):
        return []
    if a.cue.denied == b.cue.denied and not facing.a.falsehood:
        return []
    if facing.b.falsehood or (a.cue.denied and facing.a.falsehood):
        return []
    if a.cue.denied and not b.cue.denied:
        denied = [i for i, word in enumerate(facing.a.words) if word.weight]
        label = "denied"
    elif (span := facing.a.falsehood) and not b.cue.denied:
        denied = [i for i, word in enumerate(facing.a.words) if word.weight and not span[0] <= i <= span[1]]
        label = "called untrue"
    else:
        return []
    return _evidence(facing, denied, label)


def _called_so(claim: Claim) -> bool:
    """Returns whether the cue's object is called something: "dismissed it as a stunt" affirms the stunt."""
    first = claim.clauses[0].words[:6] if claim.clauses else ()
    return claim.cue.denied and any(word.text == "as" for word in first)


def _evidence(facing: Facing, denied: Sequence[int], label: str) -> list[Evidence]:
    matched = [(i, j) for i, j in facing.pairs if i in denied]
    affirmed = [(i, j) for i, j in matched if (i in facing.a.negated) == (j in facing.b.negated)]
    said = {facing.a.words[i].key for i, _ in matched if not facing.a.words[i].is_name}
    if len(said) < _FEWEST_WORDS or len(affirmed) < len(matched):
        return []
    weight = sum(facing.a.words[i].weight for i, _ in matched)
    first: Words = (min(i for i, _ in matched), max(i for i, _ in matched))
    second: Words = (min(j for _, j in matched), max(j for _, j in matched))
    return [Evidence(SignalType.DENIAL, facing, first, second, coverage(facing, denied), weight, 1.0, label)]
