"""Half-made statements: offsets only, before speakers are resolved and spans are cut."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
"""Half-open code point offsets into the document's text."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution by its places; ``contents`` in text order and not overlapping.

    ``probability`` is the tagger's for its content, 1.0 where a rule of form found it (a transcript
    turn). ``label`` is true where the cue is the label of a transcript turn.
    """

    contents: tuple[Place, ...]
    cue: Place | None
    source: Place | None
    probability: float
    label: bool = False


def overlap(a: Place, b: Place) -> int:
    """Returns how many characters two places share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def united(places: Iterable[Place]) -> tuple[Place, ...]:
    """Returns the places in order, those that touch or overlap joined into one."""
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def trimmed(text: str, place: Place, characters: str) -> Place:
    """Returns the place without white space and ``characters`` at its ends."""
    start, end = place
    while start < end and (text[start].isspace() or text[start] in characters):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in characters):
        end -= 1
    return start, end


def whole_words(text: str, place: Place) -> Place:
    """Returns the place with words that it cuts taken in whole; the tagger sees pieces of words."""
    start, end = place
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def cut_at(place: Place, bounds: Sequence[Place]) -> list[Place]:
    """Returns the parts of a place inside each of ``bounds``, which are in order and do not overlap."""
    parts = []
    for which in range(max(0, bisect_right(bounds, place) - 1), len(bounds)):
        start, end = bounds[which]
        if start >= place[1]:
            break
        left, right = max(start, place[0]), min(end, place[1])
        if left < right:
            parts.append((left, right))
    return parts
