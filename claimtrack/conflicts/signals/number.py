"""Two figures of one unit for the same thing that no rounding or bound brings together."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.quantities import Quantity, apart, is_money
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.models import SignalType

_STEP = 0.5
"""Left of the strength where a figure is a step ("another 20", "by 5 percent") and not a state: a second one
may follow the first, unless the two clauses say it of one thing and nearly in the same words."""

_ONE_STEP = 0.8
"""Share of all words of both clauses in common, from which two figures are of one step."""

_NEAR = 4
"""Words around a figure among which both sides must share what it counts."""


def find_numbers(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns pairs of figures that cannot both hold for what both clauses share."""
    found = []
    for facing in facings:
        for first in facing.a.quantities:
            for second in facing.b.quantities:
                if _comparable(facing, first, second) and apart(first, second):
                    found.append(_evidence(facing, first, second))
    return found


def _comparable(facing: Facing, first: Quantity, second: Quantity) -> bool:
    if first.unit != second.unit and not (is_money(first, second) or is_money(second, first)):
        return False
    if not first.unit and (first.counted != second.counted or not first.counted):
        return False
    if _said_elsewhere(first, facing.b, second) or _said_elsewhere(second, facing.a, first):
        return False
    return any(
        _close(x, first) and _close(y, second) and facing.a.words[x].weight >= 1 for x, y in facing.pairs
    )


def _said_elsewhere(quantity: Quantity, clause: Clause, but: Quantity) -> bool:
    """Returns whether the clause gives the figure too: it then lists several things."""
    return any(
        other is not but and other.unit == quantity.unit and not apart(other, quantity)
        for other in clause.quantities
    )


def _close(at: int, quantity: Quantity) -> bool:
    return quantity.first - _NEAR <= at < quantity.first or quantity.last < at <= quantity.last + _NEAR


def _evidence(facing: Facing, first: Quantity, second: Quantity) -> Evidence:
    rest = min(_rest(facing.a, first), _rest(facing.b, second))
    cover = min(1.0, facing.shared / rest) if rest > 0 else 0.0
    is_state = not first.moved and not second.moved
    strength = 1.0 if is_state or facing.likeness >= _ONE_STEP else _STEP
    if set(range(first.first, first.last + 1)) & facing.a.negated or second.first in facing.b.negated:
        strength = 0.0
    return Evidence(
        SignalType.NUMBER,
        facing,
        (first.first, first.last),
        (second.first, second.last),
        cover,
        facing.shared,
        strength,
    )


def _rest(clause: Clause, quantity: Quantity) -> float:
    return clause.weight - sum(word.weight for word in clause.words[quantity.first : quantity.last + 1])
