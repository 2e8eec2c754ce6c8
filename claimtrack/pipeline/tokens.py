"""A text cut into words and single marks, each with its place.

White space and the shape of quotation marks count for nothing, everything else must be the same. Words are
looked up at a bounded number of places, so that a text of one word repeated takes no square time.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from claimtrack.models import Span

MOST_PLACES = 128
"""Places at which a word is looked up, the nearest to where it was."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_TYPED = str.maketrans("“”„‟‘’‚‛", '""""' + "''''")
"""Curly marks as typed ones: a page that changes its typography has changed no word."""


class Tokens:
    """The words and marks of a text in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = array("q")
        self.words: list[str] = []
        known: dict[str, str] = {}
        for token in _TOKEN.finditer(text):
            word = token[0]
            if word not in known:
                known[word] = typed(word)
            self.starts.append(token.start())
            self.words.append(known[word])

    @cached_property
    def places(self) -> "dict[str, array[int]]":
        """The numbers of the tokens that are a word, ascending."""
        places: dict[str, array[int]] = {}
        for number, word in enumerate(self.words):
            places.setdefault(word, array("q")).append(number)
        return places

    def at(self, offset: int) -> int:
        """Returns the number of the first token that begins at an offset or after it."""
        return bisect_left(self.starts, offset)

    def near(self, word: str, number: int) -> Sequence[int]:
        """Returns where the word stands, ascending; of more than ``MOST_PLACES`` those around a token."""
        places: Sequence[int] = self.places.get(word, ())
        if len(places) <= MOST_PLACES:
            return places
        first = bisect_left(places, number) - MOST_PLACES // 2
        first = max(0, min(first, len(places) - MOST_PLACES))
        return places[first : first + MOST_PLACES]

    def span(self, first: int, last: int) -> Span:
        """Returns the text from one token up to another, which is left out."""
        return Span.cut(self.text, self.starts[first], self._end(last))

    def _end(self, last: int) -> int:
        """Returns where the token before ``last`` ends; tokens hold no white space."""
        following = self.starts[last] if last < len(self.words) else len(self.text)
        return self.starts[last - 1] + len(self.text[self.starts[last - 1] : following].rstrip())


def typed(word: str) -> str:
    """Returns a word with the marks of a typewriter."""
    return word.translate(_TYPED)


def is_word(token: str) -> bool:
    """Is the token a word or number, not a mark?"""
    return token[0].isalnum() or token[0] == "_"


def letters(tokens: Iterable[str]) -> int:
    """Returns how many letters and digits the words among the tokens have."""
    return sum(len(token) for token in tokens if is_word(token))
