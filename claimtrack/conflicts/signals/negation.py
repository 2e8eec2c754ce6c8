"""One side negates what the other affirms: "is not qualified", "of course she is qualified"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing, coverage
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.polarity import Negation
from claimtrack.conflicts.roles import role_agreement
from claimtrack.conflicts.signals.evidence import Evidence, Words
from claimtrack.models import SignalType

_HEDGED = 0.7
"""Left of the strength where the negation is partial ("not necessarily"): both may hold."""


def find_negation(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns the words that one side negates and the other affirms, in either direction."""
    found: list[Evidence] = []
    for facing in facings:
        found.extend(_negated_in_first(facing))
        found.extend(evidence.turned() for evidence in _negated_in_first(facing.turned()))
    return found


def _negated_in_first(facing: Facing) -> list[Evidence]:
    found = []
    for negation in facing.a.negations:
        partner = facing.partner(negation.head)
        if partner is None or partner in facing.b.negated or negation.head not in facing.a.negated:
            continue
        if opposed_elsewhere(facing, negation):
            continue
        strength = _HEDGED if negation.hedged else 1.0
        strength *= role_agreement(facing.a, negation.head, facing.b, partner)
        kind = SignalType.DENIAL if negation.telling else SignalType.NEGATION
        cover = coverage(facing, negation.scope)
        first = shown(negation)
        found.append(Evidence(kind, facing, first, (partner, partner), cover, _weight(facing, negation), strength))
    return found


def opposed_elsewhere(facing: Facing, negation: Negation) -> bool:
    """Returns whether the negated word is a name: the verb is opposed, not whom it is about."""
    return facing.a.words[negation.head].is_name and len(negation.scope) > 1


def shown(negation: Negation) -> Words:
    """Returns the words from the trigger to the head."""
    return min(negation.first, negation.head), max(negation.last, negation.head)


def _weight(facing: Facing, negation: Negation) -> float:
    matched = {i for i, _ in facing.pairs}
    return sum(facing.a.words[i].weight for i in matched)


def both_ways(clause: Clause, key: str) -> bool:
    """Returns whether a clause holds the word both negated and affirmed."""
    places = clause.index.get(key, ())
    return len({at in clause.negated for at in places}) > 1
