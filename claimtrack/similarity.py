"""The only user of rapidfuzz: how alike two texts are, 0.0-1.0, after folding case, accents and white space."""

from collections.abc import Sequence

from claimtrack.text import fold


def same_words(first: str, second: str) -> float:
    """Returns how alike two texts are regardless of the order of their words; 0.0 where one is empty."""
    from rapidfuzz import fuzz

    left, right = fold(first), fold(second)
    return fuzz.token_sort_ratio(left, right) / 100 if left and right else 0.0


def shared_words(first: str, second: str) -> float:
    """Returns how far the shorter text's words are contained in the longer one's; 0.0 where one is empty."""
    from rapidfuzz import fuzz

    left, right = fold(first), fold(second)
    return fuzz.token_set_ratio(left, right) / 100 if left and right else 0.0


def spelling_distance(first: str, second: str, most: int) -> int:
    """Returns how many letters are missing, added, wrong or swapped; ``most + 1`` for more."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(first, second, score_cutoff=most))


def nearest(wanted: str, names: Sequence[str], count: int) -> list[str]:
    """Returns up to ``count`` of the names, the one spelled most like ``wanted`` first."""
    from rapidfuzz import fuzz, process

    return [name for name, _, _ in process.extract(wanted, names, scorer=fuzz.WRatio, limit=count)]
