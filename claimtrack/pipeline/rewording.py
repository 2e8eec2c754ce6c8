"""The wording in today's text that is nearest to a stretch of the stored one, word by word."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from claimtrack.models import Span, Value
from claimtrack.pipeline.tokens import Tokens, is_word, letters, typed

SAME_WORDING = 0.5
"""Share of the letters in a quotation's words that are still there, from which it is changed, not gone."""

NEIGHBOURS = 8
"""Words and marks on either side of a quotation that tell where its wording begins and ends today."""

FEW_WORDS = 4
"""Words; of fewer the same ones may stand elsewhere by chance, so that neighbours must be the same."""

MOST_VOTES = 2000
"""Places of words that are looked at to find a quotation; its rarest words have few, even in a long text."""


class Edit(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Difference(Value):
    """Whole words that stayed, went or came, with single spaces between them."""

    edit: Edit
    text: str


class _Block(NamedTuple):
    """Tokens that are the same in both texts, from ``old`` and from ``new`` on."""

    old: int
    new: int
    size: int


def nearest_wording(
    stored: Tokens, today: Tokens, first: int, last: int
) -> tuple[Span, tuple[Difference, ...]] | None:
    """Returns what stands today for the stored tokens from ``first`` to ``last``, and the differences.

    Takes square time in their number. None where fewer than half of the letters are still there.
    """
    window = _window(stored, today, first, last)
    if window is None:
        return None
    begin = max(0, first - NEIGHBOURS)
    matcher = SequenceMatcher(
        None, stored.words[begin : last + NEIGHBOURS], today.words[slice(*window)], autojunk=False
    )
    blocks = [_Block(begin + i, window[0] + j, n) for i, j, n in matcher.get_matching_blocks() if n]
    inside = _within(blocks, first, last)
    if not inside or not _is_there(stored.words, blocks, first, last):
        return None
    left, right = _bounds(blocks, inside, (first, last), len(today.words))
    words = stored.words[first:last]
    still = (Counter(words) & Counter(today.words[left:right])).elements()
    span = today.span(left, right)
    differences = tuple(_differences(stored.span(first, last).text, span.text))
    if letters(still) < SAME_WORDING * letters(words):
        return None
    return span, differences


def _window(stored: Tokens, today: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """Returns the tokens of today's text among which most of the words stand close together, in order.

    Every word votes for how far the text has shifted where it stands, the rarest words first.
    """
    width = max(NEIGHBOURS, (last - first) // 2)
    votes: Counter[int] = Counter()
    numbers = [number for number in range(first, last) if is_word(stored.words[number])]
    numbers.sort(key=lambda number: (len(today.places.get(stored.words[number], ())), number))
    left = MOST_VOTES
    for number in numbers:
        word = stored.words[number]
        places = today.near(word, number)
        for place in places:
            votes[(place - number) // width] += len(word)
        left -= len(places)
        if left < 0:
            break
    if not votes:
        return None
    best = max(votes, key=lambda shift: (votes[shift] + votes[shift + 1], -abs(shift), shift))
    start, end = first + (best - 1) * width, last + (best + 3) * width
    return max(0, start), min(len(today.words), end)


def _within(blocks: Sequence[_Block], first: int, last: int) -> list[_Block]:
    """Returns the blocks, cut to what lies between two tokens of the stored text."""
    cut = []
    for block in blocks:
        left, right = max(block.old, first), min(block.old + block.size, last)
        if left < right:
            cut.append(_Block(left, block.new + left - block.old, right - left))
    return cut


def _is_there(words: Sequence[str], blocks: Sequence[_Block], first: int, last: int) -> bool:
    """Are enough of the neighbours of a short stretch still there? A long one needs none."""
    if sum(map(is_word, words[first:last])) >= FEW_WORDS:
        return True
    sides = (max(0, first - NEIGHBOURS), first), (last, min(len(words), last + NEIGHBOURS))
    around = sum(letters(words[left:right]) for left, right in sides)
    kept = sum(letters(words[b.old : b.old + b.size]) for side in sides for b in _within(blocks, *side))
    return kept > 0 and kept >= SAME_WORDING * around


def _bounds(
    blocks: Sequence[_Block], inside: Sequence[_Block], stretch: tuple[int, int], length: int
) -> tuple[int, int]:
    """Returns the tokens of today's text between the old neighbours that are still there on either side.

    Where none is, or where much has come between, only as many words more as are missing.
    """
    first, last = stretch
    left, right = inside[0].new, inside[-1].new + inside[-1].size
    missing_before, missing_after = inside[0].old - first, last - inside[-1].old - inside[-1].size
    before = max((b.new + min(b.size, first - b.old) for b in blocks if b.old < first), default=-1)
    after = min((b.new + max(0, last - b.old) for b in blocks if b.old + b.size > last), default=length + 1)
    if before < 0 or left - before > missing_before + NEIGHBOURS:
        before = max(0, left - missing_before)
    if after > length or after - right > missing_after + NEIGHBOURS:
        after = min(length, right + missing_after)
    return before, after


def _differences(old: str, new: str) -> Iterator[Difference]:
    """Yields all of both wordings in order; where they differ, what went before what came."""
    left, right = old.split(), new.split()
    matcher = SequenceMatcher(None, [typed(w) for w in left], [typed(w) for w in right], autojunk=False)
    for operation, i, i_end, j, j_end in matcher.get_opcodes():
        if operation == "equal":
            yield Difference(edit=Edit.SAME, text=" ".join(right[j:j_end]))
            continue
        if i < i_end:
            yield Difference(edit=Edit.GONE, text=" ".join(left[i:i_end]))
        if j < j_end:
            yield Difference(edit=Edit.NEW, text=" ".join(right[j:j_end]))
