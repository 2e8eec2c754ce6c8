"""One event, and two places for a slot of it that can hold one only: "run from Oslo", "run from Lagos"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.places import same_place
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.conflicts.slots import Slot
from claimtrack.models import SignalType


def find_values(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns pairs of places of one event, neither of which lies in the other."""
    found = []
    for facing in facings:
        for first in facing.a.slots:
            for second in facing.b.slots:
                if _same_slot(first, second) and not _meet(first, second):
                    evidence = _evidence(facing, first, second)
                    found.extend([evidence] if evidence else [])
    return found


def _same_slot(first: Slot, second: Slot) -> bool:
    return first.event == second.event and first.kind == second.kind


def _meet(first: Slot, second: Slot) -> bool:
    return any(same_place(x, y) for x in first.places for y in second.places)


def _evidence(facing: Facing, first: Slot, second: Slot) -> Evidence | None:
    """Returns the evidence if the clauses share a party of the event besides the verb and the places."""
    out_a = {first.verb, *range(first.words[0], first.words[1] + 1)}
    out_b = {second.verb, *range(second.words[0], second.words[1] + 1)}
    shared = sum(facing.a.words[x].weight for x, y in facing.pairs if x not in out_a and y not in out_b)
    if shared < 1:
        return None
    rest = min(
        sum(w.weight for i, w in enumerate(facing.a.words) if i not in out_a),
        sum(w.weight for i, w in enumerate(facing.b.words) if i not in out_b),
    )
    cover = min(1.0, shared / rest)
    label = f"{facing.a.words[first.verb].text} {first.preposition}"
    return Evidence(SignalType.VALUE, facing, first.words, second.words, cover, shared + 1, 1.0, label)
