"""Where the words of a stored quotation stand in another text: at their place, elsewhere, reworded, nowhere.

Time is linear in the text and in the quotations, whatever stands in them.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from claimtrack.models import Span, Value
from claimtrack.pipeline.rewording import FEW_WORDS, NEIGHBOURS, Difference, Edit, nearest_wording
from claimtrack.pipeline.tokens import Tokens, is_word

LONGEST_ALIGNED = 400
"""Words and marks that are aligned at once, which takes square time: more than a paragraph has."""

MORE_BETWEEN = 60
"""Words and marks that may have come between two pieces of a quotation: "he said" became a long sentence."""


class Wording(StrEnum):
    """What has become of a quotation's words."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


class Found(Value):
    """What was found of one quotation; ``now`` is how and where it stands today, empty where it is gone.

    Of a very long one that has changed only the first changed part is shown.
    """

    wording: Wording
    now: tuple[Span, ...] = ()
    differences: tuple[Difference, ...] = ()


class _Piece(NamedTuple):
    """A piece of a quotation: the number of its first token in the stored text, and its words."""

    first: int
    words: list[str]


class OtherText:
    """A text in which quotations of a stored one are sought; it is cut into words when that is needed."""

    def __init__(self, stored: str, text: str) -> None:
        self._stored_text, self._text = stored, text

    @cached_property
    def _stored(self) -> Tokens:
        return Tokens(self._stored_text)

    @cached_property
    def _today(self) -> Tokens:
        return Tokens(self._text)

    def find(self, content: Sequence[Span]) -> Found:
        """Returns what has become of a quotation, whose pieces stand in the stored text in this order."""
        if all(self._text[span.start : span.end] == span.text for span in content):
            return Found(wording=Wording.UNCHANGED, now=tuple(content))
        pieces = [_Piece(self._stored.at(span.start), Tokens(span.text).words) for span in content]
        moved = self._moved([piece for piece in pieces if piece.words])
        if moved:
            return Found(wording=Wording.MOVED, now=moved)
        first, last = self._stored.at(content[0].start), self._stored.at(content[-1].end)
        nearest = nearest_wording(self._stored, self._today, *self._changed_part(first, last))
        if nearest is None:
            return Found(wording=Wording.GONE)
        now, differences = nearest
        if all(difference.edit is Edit.SAME for difference in differences):
            return Found(wording=Wording.MOVED, now=(now,))
        return Found(wording=Wording.CHANGED, now=(now,), differences=differences)

    def _moved(self, pieces: Sequence[_Piece]) -> tuple[Span, ...]:
        """Returns where the same words stand now: the place whose neighbours are most like the old ones."""
        if not pieces:
            return ()
        few = sum(1 for piece in pieces for word in piece.words if is_word(word)) < FEW_WORDS
        ranked = [
            (alike, -abs(places[0][0] - pieces[0].first), places)
            for start in self._occurrences(pieces[0].words, pieces[0].first, 0, len(self._today.words))
            if (places := self._following(pieces, start))
            if (alike := self._same_neighbours(pieces, places)) or not few
        ]
        if not ranked:
            return ()
        return tuple(self._today.span(first, last) for first, last in max(ranked)[2])

    def _following(self, pieces: Sequence[_Piece], start: int) -> list[tuple[int, int]]:
        """Returns the places of all pieces where the first one starts there; none if one is missing."""
        places = [(start, start + len(pieces[0].words))]
        for before, piece in pairwise(pieces):
            left = places[-1][1]
            gap = piece.first - before.first - len(before.words)
            found = min(self._occurrences(piece.words, left, left, left + gap + MORE_BETWEEN), default=-1)
            if found < 0:
                return []
            places.append((found, found + len(piece.words)))
        return places

    def _occurrences(self, words: Sequence[str], near: int, first: int, last: int) -> Iterator[int]:
        """Yields the tokens between two at which the words begin, sought by the rarest of them."""
        rarest = min(range(len(words)), key=lambda i: len(self._today.places.get(words[i], ())))
        for place in self._today.near(words[rarest], near + rarest):
            start = place - rarest
            if first <= start < last and self._today.words[start : start + len(words)] == words:
                yield start

    def _same_neighbours(self, pieces: Sequence[_Piece], places: Sequence[tuple[int, int]]) -> int:
        """Returns how many words and marks right before and after are those of the stored text."""
        stored, today = self._stored.words, self._today.words
        left, right = pieces[0].first, pieces[-1].first + len(pieces[-1].words)
        before = _common(
            stored[max(0, left - NEIGHBOURS) : left][::-1],
            today[max(0, places[0][0] - NEIGHBOURS) : places[0][0]][::-1],
        )
        after = _common(stored[right : right + NEIGHBOURS], today[places[-1][1] : places[-1][1] + NEIGHBOURS])
        return before + after

    def _changed_part(self, first: int, last: int) -> tuple[int, int]:
        """Returns the first part of a long stretch that does not stand in today's text as it is."""
        for start in range(first, last, LONGEST_ALIGNED):
            end = min(last, start + LONGEST_ALIGNED)
            part = self._stored.words[start:end]
            if next(self._occurrences(part, start, 0, len(self._today.words)), None) is None:
                return start, end
        return first, min(last, first + LONGEST_ALIGNED)


def _common(some: Sequence[str], others: Sequence[str]) -> int:
    """Returns how many of the first words are the same."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count
