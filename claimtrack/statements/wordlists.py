"""Word lists of the lexicons, put together once: the same few are asked for at every word."""

from functools import cache, lru_cache

from claimtrack.lexicon import load_lexicon
from claimtrack.text import fold


@cache
def forms(lexicon: str, *groups: str) -> frozenset[str]:
    """Returns the forms of the groups named, of all groups where none is named."""
    return load_lexicon(lexicon).forms(*groups)


@cache
def roles() -> frozenset[str]:
    """Returns the nouns that name a person by what he or she is."""
    return forms("roles", "male", "female", "neutral") | forms("titles", "office", "rank", "compound")


@cache
def courtesies() -> frozenset[str]:
    """Returns the words of respect that stand before a name."""
    return forms("titles", "courtesy", "courtesy_male", "courtesy_female")


@cache
def roles_and_courtesies() -> frozenset[str]:
    """Returns every word that is cut off before a name."""
    return roles() | courtesies()


@lru_cache(1 << 14)
def fold_word(word: str) -> str:
    """Returns the word folded, without full stops: ``Sen.`` and ``sen`` are one."""
    return fold(word).replace(".", "")


def is_given_name(word: str) -> bool:
    """Is the folded word a known given name?"""
    return word in forms("given_names", "male", "female", "either")


def is_only_given_name(word: str) -> bool:
    """Is the folded word a known given name and no place: not the Austin of ``Austin Mayor Roe``?"""
    return is_given_name(word) and word not in forms("place_names", "place")
