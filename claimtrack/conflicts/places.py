"""Places by any of their names, and which lies in which."""

from collections.abc import Mapping
from functools import cache

from claimtrack.conflicts.lexical import variants
from claimtrack.lexicon import load_lexicon


@cache
def all_places() -> Mapping[str, str]:
    """Returns every name of a place, people's names included, with the place's first name."""
    table = dict(variants("places", "names"))
    for pair in load_lexicon("places")["containment"].pairs:
        for place in pair:
            table.setdefault(place, place)
    return table


@cache
def enclosing(place: str) -> frozenset[str]:
    """Returns all places that a place lies in, itself included; through every step of the chain."""
    found = {place}
    for inner, outer in load_lexicon("places")["containment"].pairs:
        if inner == place:
            found |= enclosing(outer)
    return frozenset(found)


def same_place(first: str, second: str) -> bool:
    """Returns whether one place is the other or lies in it."""
    return first in enclosing(second) or second in enclosing(first)
