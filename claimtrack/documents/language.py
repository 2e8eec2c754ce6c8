"""Whether a text is English, told offline from its script and its most frequent words."""

import unicodedata
from collections import Counter
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.text import fold

ENGLISH = "en"
UNDETERMINED = "und"

SAMPLE = 6_000
"""Characters looked at; the shares below settle within a few hundred words."""

FEW_WORDS = 30
"""Words below which a text counts as English unless another language is plain."""

PLAIN_SHARE = 0.25
"""Share of frequent words that makes another language plain; running text of it has 0.3-0.5."""

FEWEST_HITS = 3
"""Frequent words that make another language plain in a few words: "no" is one in many."""

LEAST_ENGLISH = 0.12
"""Share of frequent words below which a long text is not English; news has 0.35-0.45, lists 0.15."""

OTHER_LANGUAGE = 1.3
"""How many times as frequent another language's words must be; shared short words reach 1.0."""

_NOT_LANGUAGES = ("script", "letter")


def find_language(text: str) -> str:
    """Returns a language code: ``en``, another one where it is plain, or ``und`` for none known.

    The code of another language is a help to the reader, no promise; only English or not matters.
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    if script != "LATIN":
        return _language_of_script(script, sample)
    words = fold(sample).split()
    words = [stripped for word in words if (stripped := word.strip(".,;:!?()[]\"'“”’‘«»—–-…"))]
    if not words:
        return ENGLISH
    shares = _shares(words)
    english = shares.pop(ENGLISH)
    best = max(shares, key=lambda code: (shares[code], code))
    if len(words) < FEW_WORDS:
        is_plain = shares[best] >= max(PLAIN_SHARE, FEWEST_HITS / len(words))
        return best if is_plain and shares[best] > 2 * english else ENGLISH
    if shares[best] >= LEAST_ENGLISH and shares[best] > OTHER_LANGUAGE * english:
        return best
    return ENGLISH if english >= LEAST_ENGLISH else UNDETERMINED


def _shares(words: list[str]) -> dict[str, float]:
    """Returns the share (0.0-1.0) of the words that are frequent ones, by language."""
    counts = Counter(words)
    return {
        group.name: sum(counts[form] for form in group.forms) / len(words)
        for group in load_lexicon("languages").group
        if group.name not in _NOT_LANGUAGES
    }


def _script(sample: str) -> str:
    """Returns the script of most letters; LATIN where there are none."""
    scripts = Counter(
        _script_of(letter) for letter in sample if letter.isalpha() and not "\u02b0" <= letter <= "\u02ff"
    )
    return max(scripts, key=lambda name: (scripts[name], name == "LATIN")) if scripts else "LATIN"


@cache
def _script_of(letter: str) -> str:
    if letter < "\u0250":
        return "LATIN"
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def _language_of_script(script: str, sample: str) -> str:
    variants = load_lexicon("languages")["script"].variants
    code = next((code for code, names in variants.items() if script in names), UNDETERMINED)
    letters = load_lexicon("languages")["letter"].variants
    for other, of_script in (("ur", "ar"), ("fa", "ar"), ("uk", "ru")):
        if code == of_script and any(letter in sample for letter in letters[other]):
            return other
    has_kana = any(variants["ja"][0] == _script_of(letter) for letter in sample if letter.isalpha())
    return "ja" if code == "zh" and has_kana else code
