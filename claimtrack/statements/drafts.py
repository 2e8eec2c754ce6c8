"""Half-made statements: offsets only, before speakers are resolved and spans are cut."""

from collections.abc import Iterable
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


def within_paragraphs(text: str, place: Place) -> list[Place]:
    """Returns the parts of a place that lie in one paragraph each."""
    parts, start = [], place[0]
    for end in [i for i in range(*place) if text[i] == "\n"] + [place[1]]:
        if text[start:end].strip():
            parts.append(trimmed(text, (start, end), ""))
        start = end + 1
    return parts
