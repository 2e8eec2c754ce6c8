"""The keys of a word's opposites, by lexicon and by negative prefix."""

from collections.abc import Mapping
from functools import cache, lru_cache

from claimtrack.conflicts.lexical import forms
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, read_words, tokenize
from claimtrack.lexicon import load_lexicon


def opposite_keys(word: Word) -> tuple[str, ...]:
    """Returns the keys of the opposites of a word; none for general words."""
    if not word.key:
        return ()
    keys = _table().get(word.key, ())
    base = _without_prefix(word.text) if word.weight >= 1 else ""
    return (*keys, base) if base else keys


@lru_cache(maxsize=50_000)
def _without_prefix(text: str) -> str:
    """Returns the key of the word without a negative prefix; ``""`` where it has none."""
    if text in forms("antonyms", "no_prefix"):
        return ""
    for prefix in forms("antonyms", "prefixes"):
        rest = text.removeprefix(prefix).removeprefix("-")
        if rest != text and len(rest) > 3:
            return key_of(rest)
    return ""


@cache
def key_of(form: str) -> str:
    """Returns the key under which the comparer files a word."""
    words = read_words(form, tokenize(form))
    return words[0].key if len(words) == 1 else stem(form)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in load_lexicon("antonyms").group:
        for first, second in group.pairs:
            left, right = key_of(first), key_of(second)
            if left and right and left != right:
                table[left] = (*table.get(left, ()), right)
                table[right] = (*table.get(right, ()), left)
    return table
