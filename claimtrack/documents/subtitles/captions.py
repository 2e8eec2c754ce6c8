"""Captions as they are shown one after another, and what of each was not shown before.

Live and automatic captions roll: a line stays on the screen while the next one comes, and a line may
grow word by word. Every step is a caption of its own in the file.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

ROLLED = 4
"""Lines of captions that are shown at once; broadcasters' roll-up captions have two to four."""

ROLLING = 0.5
"""Share of captions that repeat the one before from which a file rolls: nearly all do, or nearly none."""


class Line(NamedTuple):
    """One line of a caption; ``voice`` is the speaker that the file names for it."""

    voice: str | None
    words: str


class Caption(NamedTuple):
    """What is shown from ``start`` to ``end``, in seconds."""

    start: float
    end: float
    lines: tuple[Line, ...]


def without_repeats(captions: Sequence[Caption]) -> list[Caption]:
    """Returns the captions with only those lines and words that were not on the screen before.

    Where the file does not roll only captions that overlap in time are compared: somebody may say
    the same twice.
    """
    shown = [caption for caption in captions if caption.lines]
    repeated = [_repeated(before.lines, after.lines) for before, after in pairwise(shown)]
    rolls = sum(1 for found in repeated if found != (0, 0)) >= max(2, ROLLING * len(repeated))
    kept = shown[:1]
    for (before, after), (line_count, length) in zip(pairwise(shown), repeated, strict=True):
        if rolls or after.start < before.end:
            kept.append(_without(after, line_count, length))
        else:
            kept.append(after)
    return [caption for caption in kept if caption.lines]


def _repeated(before: Sequence[Line], after: Sequence[Line]) -> tuple[int, int]:
    """Returns how many lines of ``after`` were shown before, and characters of the line behind them.

    ``(1, 8)`` where ``Good day / We will`` became ``Good day / We will build``.
    """
    for count in range(min(ROLLED, len(before), len(after)), 0, -1):
        old = [line.words for line in before[-count:]]
        new = [line.words for line in after[:count]]
        if old == new:
            return count, 0
        if old[:-1] == new[:-1] and new[-1].startswith(old[-1] + " "):
            return count - 1, len(old[-1]) + 1
    return 0, 0


def _without(caption: Caption, line_count: int, length: int) -> Caption:
    lines = caption.lines[line_count:]
    if length:
        lines = (Line(lines[0].voice, lines[0].words[length:]), *lines[1:])
    return caption._replace(lines=lines)
