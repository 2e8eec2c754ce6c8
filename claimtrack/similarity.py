"""The only user of rapidfuzz: how alike two spellings are."""

from collections.abc import Sequence


def spelling_distance(first: str, second: str, most: int) -> int:
    """Returns how many letters are missing, added, wrong or swapped; ``most + 1`` for more."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(first, second, score_cutoff=most))


def nearest(wanted: str, names: Sequence[str], count: int) -> list[str]:
    """Returns up to ``count`` of the names, the one spelled most like ``wanted`` first."""
    from rapidfuzz import fuzz, process

    return [name for name, _, _ in process.extract(wanted, names, scorer=fuzz.WRatio, limit=count)]
