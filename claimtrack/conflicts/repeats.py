"""Whether two texts are one wording: equal up to punctuation, quotation marks, cuts and a few words.

What could change the meaning makes them two: another word in a word's stead, a figure, a negation or
a condition that only one of them has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from claimtrack.conflicts.lexical import forms, values
from claimtrack.conflicts.stems import stem
from claimtrack.text import fold

MOST_ADDED = 3
"""Words that one text may have more than the other between their common ones."""

ADDED_SHARE = 0.25
"""Share of the shorter text that these words may be: of four words, one."""

SHINGLE = 3
"""Words in a row by which texts of nearly the same wording are found."""

LONGEST_ALIGNED = 200
"""Words; longer texts are only searched for each other as they are, in linear time."""

Words = tuple[str, ...]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+|[.?!;\[\]]")
_CLITIC = re.compile(r"(?<=\w)(?:n't|'(?:s|re|ve|ll|m|d))\b")
_WRITTEN_OUT = {"can't": "can not", "cannot": "can not", "won't": "will not", "ain't": "is not"}
_IRREGULAR = re.compile(r"\b(?:can't|cannot|won't|ain't)\b")
_CLITICS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am"}
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text, folded and contractions written out.

    ``opens`` are the numbers of the words that begin a sentence, ``edited`` those in square brackets,
    which an editor has put there.
    """

    words: Words
    opens: frozenset[int]
    edited: frozenset[int]

    @property
    def shingles(self) -> frozenset[Words]:
        """Returns the runs of ``SHINGLE`` words; the whole text where it is shorter."""
        last = max(1, len(self.words) - SHINGLE + 1)
        return frozenset(self.words[at : at + SHINGLE] for at in range(last))


def read_wording(text: str) -> Wording:
    """Returns the wording of a text; its marks are no words but say where sentences begin."""
    words: list[str] = []
    opens, edited = {0}, set()
    in_brackets = False
    for token in _TOKEN.findall(_written_out(text)):
        if token in ".?!;":
            opens.add(len(words))
        elif token in "[]":
            in_brackets = token == "["
        else:
            if in_brackets:
                edited.add(len(words))
            words.append(token.replace(",", "") if token[0].isdigit() else token)
    return Wording(tuple(words), frozenset(opens), frozenset(edited))


def _written_out(text: str) -> str:
    folded = _IRREGULAR.sub(lambda match: _WRITTEN_OUT[match[0]], fold(text))
    return _CLITIC.sub(lambda match: _CLITICS.get(match[0], " " + match[0][1:]), folded)


def is_cut_of(short: Wording, full: Wording) -> bool:
    """Returns whether the full text has all words of the short one in order, and nothing that turns them.

    Besides what was cut off at either end, only few words differ: articles, words in an editor's
    brackets, and ``MOST_ADDED`` words that turn nothing.
    """
    if not short.words or len(short.words) > len(full.words) + MOST_ADDED:
        return False
    if short.words == full.words:
        return True
    if max(len(short.words), len(full.words)) > LONGEST_ALIGNED:
        at = _find(short.words, full.words)
        return at is not None and _is_clean_cut(full, at, at + len(short.words))
    return _is_aligned(short, full)


def _find(short: Words, full: Words) -> int | None:
    before, found, _ = f" {' '.join(full)} ".partition(f" {' '.join(short)} ")
    return before.count(" ") if found else None


def _is_aligned(short: Wording, full: Wording) -> bool:
    blocks = SequenceMatcher(None, short.words, full.words, autojunk=False).get_matching_blocks()
    common = [block for block in blocks if block.size]
    if not common:
        return False
    first, last = common[0], common[-1]
    cut = (first.b, last.b + last.size)
    gaps = [
        _Gap(short, full, (before.a + before.size, after.a), (before.b + before.size, after.b))
        for before, after in pairwise(common)
    ]
    gaps.append(_at_edge(short, full, (0, first.a), (0, cut[0])))
    gaps.append(_at_edge(short, full, (last.a + last.size, len(short.words)), (cut[1], len(full.words))))
    if any(gap.turns for gap in gaps) or sum(gap.added for gap in gaps) > _most_added(short):
        return False
    return _is_clean_cut(full, *cut)


def _at_edge(short: Wording, full: Wording, mine: tuple[int, int], theirs: tuple[int, int]) -> "_Gap":
    """Returns the gap before or after all common words: where the short text ends, the rest is cut off."""
    is_cut = not any(_differing(short, mine))
    return _Gap(short, full, mine, (theirs[0], theirs[0]) if is_cut else theirs)


def _most_added(short: Wording) -> float:
    return min(MOST_ADDED, ADDED_SHARE * len(short.words))


class _Gap:
    """What stands in either text where they have no words in common."""

    def __init__(self, short: Wording, full: Wording, mine: tuple[int, int], theirs: tuple[int, int]) -> None:
        left, right = list(_differing(short, mine)), list(_differing(full, theirs))
        was_edited = not (short.edited.isdisjoint(range(*mine)) and full.edited.isdisjoint(range(*theirs)))
        is_joined = "".join(left) == "".join(right)
        instead = bool(left and right) and not is_joined and not was_edited
        self.turns = not is_joined and (instead or any(map(_turns, (*left, *right))))
        self.added = 0 if is_joined else len(left) + len(right)


def _differing(wording: Wording, stretch: tuple[int, int]) -> Iterator[str]:
    for at in range(*stretch):
        if at not in wording.edited and wording.words[at] not in _ARTICLES:
            yield wording.words[at]


def _is_clean_cut(full: Wording, start: int, end: int) -> bool:
    """Does nothing turn the stretch in the rest of the sentences in which it begins and ends?

    A figure or "only" does so right beside it: "three" before "villages".
    """
    before, after = _rest_of_sentence(full, start), _rest_of_sentence(full, end, forward=True)
    if any(_limits(word) for rest in (before, after) for word in rest[:1]):
        return False
    return not any(stem(word) in _turning() for word in (*before, *after))


def _rest_of_sentence(full: Wording, at: int, forward: bool = False) -> Words:
    """Returns the words from a place to the sentence's end or beginning, the nearest first."""
    stop = at
    if forward:
        while stop < len(full.words) and stop not in full.opens:
            stop += 1
        return full.words[at:stop]
    while stop > 0 and stop not in full.opens:
        stop -= 1
    return full.words[stop:at][::-1]


def _turns(word: str) -> bool:
    """Can the word between others turn them: a figure, a negation, a condition, a doubt, a wish, a plan?"""
    return _limits(word) or stem(word) in _turning() or stem(word) in _planned()


def _limits(word: str) -> bool:
    """Is the word a figure, or one like "only" and "most"?"""
    if word[0].isdigit() or stem(word) in _stems("modality", "restriction"):
        return True
    return any(word in values("quantities", group) for group in ("number_words", "multipliers"))


@cache
def _turning() -> frozenset[str]:
    negations = _stems("negation", "particles", "determiners", "verbs", "falsehood")
    held = _stems("modality", "possible", "condition", "wish", "exception", "report_verbs")
    return (negations | held) - _planned()


@cache
def _planned() -> frozenset[str]:
    return _stems("modality", "future")


@cache
def _stems(lexicon: str, *groups: str) -> frozenset[str]:
    return frozenset(stem(form) for form in forms(lexicon, *groups) if " " not in form)


def have_much_in_common(first: Wording, second: Wording, least: float) -> bool:
    """Returns whether ``least`` (0.0-1.0) of the shorter text's words stand in the other, in any order."""
    short, full = sorted((first.words, second.words), key=len)
    there = frozenset(full)
    return bool(short) and sum(word in there for word in short) >= least * len(short)
