"""Events of a clause that are at one place at a time, with the place: "run from Dubai", "born in Quetta"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.lexical import forms, variants
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word

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


def find_slots(words: Sequence[Word], negated: frozenset[int]) -> tuple[Slot, ...]:
    """Returns the places that a clause gives for its single-valued events."""
    slots = []
    for verb, word in enumerate(words):
        event = _events().get(word.key.removeprefix("=")) or _events().get(word.stem)
        if not event or verb in negated:
            continue
        slot = _place_after(words, verb, event)
        slots.extend([slot] if slot else [])
    return tuple(slots)


@cache
def _events() -> Mapping[str, str]:
    return {stem(form): name for form, name in variants("slots", "place_events").items()}


def _place_after(words: Sequence[Word], verb: int, event: str) -> Slot | None:
    for at in range(verb + 1, min(len(words) - 1, verb + _REACH)):
        kind = _slot_kind(words[at].text)
        if not kind:
            continue
        last = at
        for next_at in range(at + 1, len(words)):
            word = words[next_at]
            if word.key.startswith("@"):
                last = next_at
            elif word.weight > 0 or next_at > at + 1:
                break
        if last > at:
            places = [w.key[1:] for w in words[at + 1 : last + 1] if w.key.startswith("@")]
            first = next(i for i in range(at + 1, last + 1) if words[i].key.startswith("@"))
            return Slot(event, verb, kind, tuple(places), (first, last), words[at].text)
    return None


def _slot_kind(text: str) -> str:
    for kind in ("source_words", "place_words", "goal_words"):
        if text in forms("slots", kind):
            return kind
    return ""
