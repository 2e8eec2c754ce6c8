"""Returns the stem that inflected and derived forms of an English word share.

The algorithm of M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, as tables;
irregular forms ("went", "paid") come from ``lexicons/irregular_forms.toml`` before it.
"""

import re
from functools import lru_cache

from claimtrack.conflicts.lexical import forms, variants

_C = "(?:[^aeiouy]|(?<![^aeiou])y|^y)"
"""A consonant; y is one at the start and after a vowel."""

_V = "(?:[aeiou]|(?<=[^aeiou])y)"

_MEASURE = re.compile(f"{_V}+{_C}+")
_HAS_VOWEL = re.compile(_V)
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_SHORT_END = re.compile(f"{_C}{_V}[^aeiouwxy]$")

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
)  # fmt: skip

_LONGEST = 40
"""Characters; a longer run of letters is no English word and is left as it is."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Returns the stem of one lower-case word; words of up to two letters and other scripts unchanged."""
    word = variants("irregular_forms").get(word, word)
    if not 2 < len(word) <= _LONGEST or not word.isascii() or word in forms("irregular_forms", "kept"):
        return word
    for step in (_plurals, _past_and_ing, _final_y, _suffixes, _last_suffix, _final_e):
        word = step(word)
    return word


def _measure(part: str) -> int:
    """Returns how many times a vowel sequence is followed by a consonant sequence."""
    return len(_MEASURE.findall(part))


def _plurals(word: str) -> str:
    if word.endswith("sses") or (word.endswith("ies") and len(word) > len("ties")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _past_and_ing(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        part = word[: -len(suffix)]
        if word.endswith(suffix) and _HAS_VOWEL.search(part):
            if part.endswith(("at", "bl", "iz")):
                return part + "e"
            if _DOUBLE.search(part):
                return part[:-1]
            return part + "e" if _measure(part) == 1 and _SHORT_END.search(part) else part
    return word


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _HAS_VOWEL.search(word[:-1]) else word


def _suffixes(word: str) -> str:
    for table in (_STEP_2, _STEP_3):
        for suffix, short in table:
            if word.endswith(suffix):
                part = word[: -len(suffix)]
                word = part + short if _measure(part) > 0 else word
                break
    return word


def _last_suffix(word: str) -> str:
    for suffix in sorted(_STEP_4, key=len, reverse=True):
        if word.endswith(suffix):
            cut = 3 if suffix in ("sion", "tion") else len(suffix)
            return word[:-cut] if _measure(word[:-cut]) > 1 else word
    return word


def _final_e(word: str) -> str:
    if word.endswith("e"):
        part = word[:-1]
        if _measure(part) > 1 or (_measure(part) == 1 and not _SHORT_END.search(part)):
            word = part
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
