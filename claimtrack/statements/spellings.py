"""Words of names -> whether they can be one person's: initials, nicknames, known romanisations.

Likeness of spelling proves nothing: Khan and Kahn, Kaine and Kane are different people.
"""

import re
from collections.abc import Iterable
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.wordlists import fold_word, forms

_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|an|ar|ad|at|az)['’-](?=\w{3})")


def fold_words(words: Iterable[str]) -> tuple[str, ...]:
    """Returns the words folded, without full stops and without suffixes such as Jr."""
    folded = tuple(fold_word(w) for w in words)
    kept = tuple(w for w in folded if w not in forms("titles", "suffix"))
    return kept or folded


def generation(words: Iterable[str]) -> str:
    """Returns the suffix that tells father from son, ``jr`` or ``iii``; empty where there is none."""
    folded = [fold_word(w) for w in words]
    return folded[-1] if folded and folded[-1] in ("jr", "sr", "ii", "iii", "iv") else ""


def canonical_word(word: str) -> str:
    """Returns the one romanisation that stands for all known ones of a word, without its Arabic article."""
    bare = _ARTICLE.sub("", word)
    return _canonical().get(bare, bare)


@cache
def _canonical() -> dict[str, str]:
    variants = load_lexicon("name_variants")["transliteration"].variants
    return {other: canonical for canonical, others in variants.items() for other in others}


@cache
def _longforms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for long, shorts in load_lexicon("name_variants")["nickname"].variants.items():
        for short in shorts:
            found.setdefault(short, set()).add(long)
    return {short: frozenset(longs) for short, longs in found.items()}


def surnames_fit(a: str, b: str) -> bool:
    """Are these folded words one surname: the same, or known romanisations of one?"""
    return canonical_word(a) == canonical_word(b)


def given_names_fit(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Can these be given names of one person?

    Every word of the shorter has to fit one of the longer, in order; the first ones have to fit each
    other, unless the shorter is one word that is the second of the longer (goes by a middle name).
    An initial fits its name, a nickname its long form.
    """
    shorter, longer = sorted((some, others), key=len)
    if not shorter:
        return True
    if not _word_fits(shorter[0], longer[0]):
        return (
            len(shorter) == 1 and len(shorter[0]) > 1 and any(_word_fits(shorter[0], w) for w in longer[1:2])
        )
    at = 0
    for word in shorter:
        while at < len(longer) and not _word_fits(word, longer[at]):
            at += 1
        if at == len(longer):
            return False
        at += 1
    return True


def _word_fits(a: str, b: str) -> bool:
    if a == b or canonical_word(a) == canonical_word(b):
        return True
    if min(len(a), len(b)) == 1:
        return a[:1] == b[:1]
    long_a, long_b = _longforms().get(a, frozenset()) | {a}, _longforms().get(b, frozenset()) | {b}
    return bool(long_a & long_b)


def is_bare_name(mention: str, known: set[str]) -> bool:
    """Is the mention nothing but words of the name ("Kh Asif"), in the letter case of a name?"""
    return mention[:1].isupper() and all(
        canonical_word(word) in known for word in fold_words(mention.split())
    )
