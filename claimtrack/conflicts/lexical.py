"""Lexicons as the comparer looks things up: every spelling to its canonical form, phrases as word tuples."""

from collections.abc import Mapping
from functools import cache

from claimtrack.lexicon import load_lexicon

Phrase = tuple[str, ...]
"""Lower-case words of an entry, in order."""


@cache
def variants(lexicon: str, group: str | None = None) -> Mapping[str, str]:
    """Returns spelling -> canonical form of a lexicon's ``variants`` tables, canonical forms included."""
    groups = load_lexicon(lexicon).group if group is None else (load_lexicon(lexicon)[group],)
    table: dict[str, str] = {}
    for each in groups:
        for canonical, spellings in each.variants.items():
            table[canonical] = canonical
            table.update(dict.fromkeys(spellings, canonical))
    return table


@cache
def forms(lexicon: str, *groups: str) -> frozenset[str]:
    """Returns the forms of the groups named."""
    return load_lexicon(lexicon).forms(*groups)


@cache
def values(lexicon: str, group: str) -> Mapping[str, float]:
    """Returns the numbers that a group gives its forms."""
    return load_lexicon(lexicon)[group].values


class PhraseBook:
    """Entries of one or more words, found in a text's words from left to right, longest first."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, str]]] = {}
        for entry, meaning in entries.items():
            words = tuple(entry.split())
            self._by_first.setdefault(words[0], []).append((words, meaning))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def match(self, words: list[str], at: int) -> tuple[int, str] | None:
        """Returns how many words the longest entry at ``at`` covers, and its meaning."""
        for phrase, meaning in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), meaning
        return None

    def find(self, words: list[str]) -> list[tuple[int, int, str]]:
        """Returns the first word, the number of words and the meaning of each entry found, left to right."""
        found: list[tuple[int, int, str]] = []
        free = 0
        for at, word in enumerate(words):
            if at >= free and word in self._by_first and (match := self.match(words, at)):
                found.append((at, *match))
                free = at + match[0]
        return found
