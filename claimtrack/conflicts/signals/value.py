"""One event, and two places for a slot of it that can hold one only: "run from India", "run from Adiala Jail"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.lexical import forms, variants
from claimtrack.conflicts.places import same_place
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.conflicts.stems import stem
from claimtrack.models import SignalType

_REACH = 8
"""Words after an event's verb within which its place follows."""


@dataclass(frozen=True)
class Slot:
    """An event at a place: ``event`` names the set of near-synonyms, ``words`` are those of the place."""

    event: str
    verb: int
    kind: str
    places: tuple[str, ...]
    words: tuple[int, int]
    preposition: str


def find_values(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns pairs of places of one event, neither of which lies in the other."""
    found = []
    for facing in facings:
        for first in find_slots(facing.a):
            for second in find_slots(facing.b):
                if _same_slot(first, second) and not _meet(first, second):
                    evidence = _evidence(facing, first, second)
                    found.extend([evidence] if evidence else [])
    return found


def find_slots(clause: Clause) -> list[Slot]:
    """Returns the places that the clause gives for its single-valued events."""
    slots = []
    for verb, word in enumerate(clause.words):
        event = _events().get(word.key.removeprefix("=")) or _events().get(word.stem)
        if not event or verb in clause.negated:
            continue
        slot = _place_after(clause, verb, event)
        slots.extend([slot] if slot else [])
    return slots


@cache
def _events() -> Mapping[str, str]:
    return {stem(form): name for form, name in variants("slots", "place_events").items()}


def _place_after(clause: Clause, verb: int, event: str) -> Slot | None:
    for at in range(verb + 1, min(len(clause.words) - 1, verb + _REACH)):
        kind = _slot_kind(clause.words[at].text)
        if not kind:
            continue
        last = at
        for next_at in range(at + 1, len(clause.words)):
            word = clause.words[next_at]
            if word.key.startswith("@"):
                last = next_at
            elif word.weight > 0 or next_at > at + 1:
                break
        if last > at:
            places = [w.key[1:] for w in clause.words[at + 1 : last + 1] if w.key.startswith("@")]
            first = next(i for i in range(at + 1, last + 1) if clause.words[i].key.startswith("@"))
            return Slot(event, verb, kind, tuple(places), (first, last), clause.words[at].text)
    return None


def _slot_kind(text: str) -> str:
    for kind in ("source_words", "place_words", "goal_words"):
        if text in forms("slots", kind):
            return kind
    return ""


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
