"""Words of a statement with offsets, and the keys by which words of two statements are matched.

A key is a stem (``deport``), the name of a set of near-synonyms (``=kill``), a place (``@india``) or
``""`` for words that say nothing of the subject. A phrase of a lexicon ("take out", "United States")
is one word here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claimtrack.conflicts.lexical import PhraseBook, forms, values, variants
from claimtrack.conflicts.stems import stem
from claimtrack.text import fold

COMMON_WEIGHT = 0.4
"""Weight of a word so general that sharing it hardly shows one matter; an ordinary word weighs 1."""

NAME_WEIGHT = 1.2
"""Weight of a name: rarer than an ordinary word, but two matters of one person share it too."""

NUMBER_WEIGHT = 0.3
"""Weight of digits: what they count says what a statement is about, and signals read the figures."""

_SHORTEST = 4
"""Letters of a stem that keep a final vowel."""

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|\d+(?:,\d{2,3})*(?:\.\d+)?(?:[A-Za-z]{1,2}\b|(?![^\W_]))"  # 1,45,000  2.5bn  24th
    r"|(?:[Nn]on|[Aa]nti|[Ee]x|[Dd]e)-[^\W\d_]+"  # non-citizens
    r"|[^\W\d_]{1,2}(?:-{3,}|\*+)[^\W\d_]*"  # f---ing
    r"|[^\W_]+(?:['’][^\W_]+)*"
    r"|[$€£¥₹₦%]"
)
_LONGER = 4
"""Letters of a content word that a headline in title case writes with a capital."""

_FEWEST_LONGER = 3
"""Such words that a headline has at least; "Rahim Shah" is none."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or lexicon phrase; ``start`` and ``end`` are code points of the text.

    ``mark`` is the comma or other mark right after the word, ``""`` where a space follows.
    """

    text: str
    stem: str
    key: str
    start: int
    end: int
    weight: float
    is_name: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Token:
    """One run of letters or digits: as written, folded, stemmed."""

    raw: str
    text: str
    stem: str
    start: int
    end: int


def find_phrases(words: Sequence[Word], book: PhraseBook) -> list[tuple[int, int, str]]:
    """Returns the first and last word and the meaning of each entry found, left to right."""
    stems = [part for word in words for part in word.stem.split()]
    owner = [at for at, word in enumerate(words) for _ in word.stem.split()]
    return [(owner[at], owner[at + count - 1], meaning) for at, count, meaning in book.find(stems)]


@cache
def stem_book(lexicon: str, *groups: str) -> PhraseBook:
    """Returns the forms of groups as stems, each meaning the name of its group; earlier groups win."""
    entries: dict[str, str] = {}
    for group in reversed(groups):
        for form in forms(lexicon, group):
            entries[" ".join(map(stem, form.split()))] = group
    return PhraseBook(entries)


def tokenize(text: str) -> list[Token]:
    """Returns the tokens of a text in order; a possessive ending belongs to no word's form."""
    return [_token(match[0], match.start()) for match in _TOKEN.finditer(text)]


def _token(raw: str, start: int) -> Token:
    folded, base = _forms(raw)
    return Token(raw, folded, base, start, start + len(raw))


@lru_cache(maxsize=50_000)
def _forms(raw: str) -> tuple[str, str]:
    """Returns the folded form without a possessive, and its stem; "US" is no pronoun."""
    folded = "u.s." if raw == "US" else fold(raw)
    for ending in ("'s", "'"):
        if folded.endswith(ending) and len(folded) > len(ending) + 1 and _is_content(folded):
            folded = folded[: -len(ending)]
    return folded, stem(folded)


def read_words(text: str, tokens: list[Token]) -> list[Word]:
    """Returns the words of the tokens, phrases of the lexicons joined."""
    headline = _is_headline(tokens)
    words: list[Word] = []
    at = 0
    while at < len(tokens):
        told = _is_content(tokens[at].text) or _is_verb_here(tokens, at)
        length, key = _phrase(tokens, at, told)
        chunk = tokens[at : at + length]
        first = at == 0 or text[tokens[at - 1].end : chunk[0].start].strip(" '\"“”‘’") != ""
        mark = text[chunk[-1].end : chunk[-1].end + 1].strip()
        words.append(_word(chunk, key, told, headline, first, mark, tokens[at + length : at + length + 1]))
        at += length
    return words


def _is_verb_here(tokens: list[Token], at: int) -> bool:
    """Is it a small word that is a verb behind its subject or an auxiliary: "we back her", "won't back"?"""
    if not at or tokens[at].text not in forms("word_weights", "verb_or_small"):
        return False
    before = tokens[at - 1].text
    return before.endswith("n't") or before in forms("word_weights", "before_verb")


def _phrase(tokens: list[Token], at: int, told: bool) -> tuple[int, str]:
    """Returns how many tokens the phrase at ``at`` covers, and its key; ``""`` if a lexicon has none."""
    if tokens[at].raw[0].isupper():
        found = _places().match([t.text for t in tokens[at : at + 5]], 0)
        if found and (tokens[at + found[0] - 1].raw[0].isupper()):
            return found[0], "@" + found[1]
    found = _synonyms().match([t.stem for t in tokens[at : at + 4]], 0)
    if not found or (found[0] == 1 and not told):
        return 1, ""
    return found[0], "=" + found[1]


def _word(
    chunk: list[Token],
    key: str,
    told: bool,
    headline: bool,
    first: bool,
    mark: str,
    following: list[Token],
) -> Word:
    token = chunk[0]
    text = " ".join(t.text for t in chunk)
    base = " ".join(t.stem for t in chunk)
    capital = token.raw[0].isupper() and not headline
    if first and capital and not key.startswith("@"):
        capital = bool(following) and following[0].raw[0].isupper()
    content = key.startswith("@") or told or len(chunk) > 1
    is_name = content and (capital or key.startswith("@")) and token.text not in _titles()
    if not content:
        weight = 0.0
    elif token.text[0].isdigit() or token.text in values("quantities", "multipliers") or _is_date(token):
        weight = NUMBER_WEIGHT
    elif is_name:
        weight = NAME_WEIGHT
    else:
        weight = COMMON_WEIGHT if not key and token.stem in _common() else 1.0
    key = key if key and content else (_short(base) if content else "")
    return Word(text, base, key, token.start, chunk[-1].end, weight, is_name, mark)


def _short(base: str) -> str:
    """Returns the stem without the ending that parts "qualify" from "qualification"."""
    return base.rstrip("ie") if len(base) > _SHORTEST else base


def _is_content(text: str) -> bool:
    """Has the word a meaning of its own? A letter is an initial; what is masked ("f---ing") only swears."""
    if len(text) == 1 and not text.isdigit():
        return text.isalpha() and not text.isascii()
    if "---" in text or "*" in text:
        return False
    return text not in forms("word_weights", "function") and not text.endswith("n't")


def _is_headline(tokens: list[Token]) -> bool:
    """Returns whether every longer word has a capital: title case, in which capitals name nobody."""
    longer = [t.raw for t in tokens if t.raw[0].isalpha() and len(t.raw) >= _LONGER and _is_content(t.text)]
    return len(longer) >= _FEWEST_LONGER and all(raw[0].isupper() for raw in longer)


def _is_date(token: Token) -> bool:
    return token.raw[0].isupper() and token.text in variants("calendar")


@cache
def _titles() -> frozenset[str]:
    return forms("titles", "courtesy_male", "courtesy_female", "courtesy", "rank", "office")


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in forms("word_weights", "common"))


@cache
def _places() -> PhraseBook:
    from claimtrack.conflicts.places import all_places

    return PhraseBook(dict(all_places()))


@cache
def _synonyms() -> PhraseBook:
    table = {" ".join(map(stem, form.split())): name for form, name in variants("synonyms").items()}
    return PhraseBook(table)
