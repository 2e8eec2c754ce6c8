"""Text -> the proper names in it: persons and institutions, apart from the titles before them.

A name is a run of capitalised words. What stands before it in the same run and is an office, a rank,
a nationality or a party is cut off ("Pakistan Army Chief General Asim Munir" names Asim Munir); a
capital that only opens a sentence or belongs to a headline in title case makes no name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.text import fold, paragraph_spans, quotation_spans

_WORD = re.compile(r"(?:[^\W\d_]\.){2,5}|[^\W_](?:[\w]|['’&/\-](?=\w))*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_RETIRED = re.compile(r"\s?\((?:retd|retired|rtd|r)\.?\)\s", re.IGNORECASE)
_OPENS = frozenset(".?!:;\"“‘'«([—–•*…|>/")
_TITLE_CASE_SHARE = 0.6
"""Share (0.0-1.0) of a headline's longer words with a capital; in prose even name-rich lines stay below."""

_HEADLINE_LENGTH = 220
"""Characters; a longer paragraph is no headline, whatever its letter case."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text without its possessive ``'s``; ``initial`` where a sentence or quotation opens."""

    start: int
    end: int
    text: str
    possessive: bool
    initial: bool

    @property
    def lower(self) -> str:
        """Returns the folded word without full stops: ``Sen.`` and ``sen`` are one."""
        return fold(self.text).replace(".", "")

    @property
    def capital(self) -> bool:
        """Does it begin with a capital letter, or with ``al-`` and one?"""
        return self.text[:1].isupper() or bool(re.match(r"(?:al|el|ul|an|ur|d|l)['’\-][A-Z]", self.text))


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: ``words`` without titles, ``titles`` the folded words cut off before it.

    ``person`` is true, false (institution, place) or None where the name alone does not tell; ``gender``
    "m", "f" or None. ``loose`` names stand where the capital proves nothing (sentence start, headline).
    """

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    before: tuple[str, ...]
    person: bool | None
    gender: str | None
    possessive: bool
    quoted: bool
    loose: bool
    definite: bool

    @property
    def text(self) -> str:
        """Returns the name's words with single spaces."""
        return " ".join(self.words)


def words_of(text: str) -> list[Word]:
    """Returns the words of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        raw = match[0]
        possessive = bool(_POSSESSIVE.search(raw))
        raw = raw[:-2] if possessive else raw
        end = match.start() + len(raw)
        if not possessive and raw[-1:] in "sS" and text[end : end + 1] in ("'", "’"):
            possessive = text[end + 1 : end + 2].isspace()
        found.append(Word(match.start(), end, raw, possessive, _is_initial(text, match.start())))
    return found


def _is_initial(text: str, at: int) -> bool:
    before = at - 1
    while before >= 0 and text[before] in " \t\xa0":
        before -= 1
    if before < 0 or text[before] in "\n\r\v\f\x85\u2028\u2029":
        return True
    if text[before] == ".":
        return not _abbreviates(text, before)
    return text[before] in _OPENS or (text[before] == "-" and before < at - 1)


def _abbreviates(text: str, at: int) -> bool:
    match = re.search(r"([\w.'’]+)$", text[max(0, at - 20) : at])
    last = match[1].lower() if match else ""
    forms = load_lexicon("abbreviations").forms()
    return last in forms or (len(last) == 1 and last.isalpha()) or bool(re.fullmatch(r"(?:\w\.)+\w", last))


def find_names(text: str) -> list[Name]:
    """Returns the names of a text in order; they do not overlap."""
    words = words_of(text)
    headlines = _headline_spans(text)
    quotations = [(q.start, q.end) for q in quotation_spans(text)]
    lower_words = {w.lower for w in words if not w.capital}
    found: list[Name] = []
    for run in _runs(text, words):
        loose = _inside(headlines, run[0].start)
        quoted = _inside(quotations, run[0].start)
        for part in _split_possessives(run):
            name = _name_of(text, part, loose, quoted, lower_words)
            if name:
                found.append(name)
    return found


def _headline_spans(text: str) -> list[tuple[int, int]]:
    """Returns the lines in title case or capitals: letter case says nothing there."""
    spans = []
    for start, end in paragraph_spans(text):
        if end - start > _HEADLINE_LENGTH:
            continue
        long_words = [w for w in re.findall(r"[^\W\d_]{4,}", text[start:end])]
        capitals = sum(w[0].isupper() for w in long_words)
        if len(long_words) > 3 and capitals > _TITLE_CASE_SHARE * len(long_words):
            spans.append((start, end))
    return spans


def _inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    which = bisect_right(spans, (at, 1 << 60)) - 1
    return which >= 0 and spans[which][0] <= at < spans[which][1]


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yields maximal runs of capitalised words, particles between them included."""
    particles = _forms("titles", "particle")
    run: list[Word] = []
    pending: list[Word] = []
    for word in words:
        joined = bool(run) and _joins(text, (pending or run)[-1], word)
        if joined and word.capital:
            run.extend([*pending, word])
            pending = []
        elif joined and word.lower in particles and not word.possessive and len(pending) < 2:
            pending.append(word)
        else:
            if run:
                yield run
            run, pending = ([word] if word.capital else []), []
    if run:
        yield run


def _joins(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    if gap in (" ", "\xa0", "  "):
        return True
    if gap in (". ", ".\xa0"):
        return not right.initial
    return gap == "." and len(left.text) == 1 or bool(_RETIRED.fullmatch(gap.removeprefix(".")))


def _split_possessives(run: list[Word]) -> Iterator[list[Word]]:
    """Yields the parts of ``Clinton's Campaign Manager Robby Mook``: a possessive ends a name."""
    part: list[Word] = []
    for word in run:
        part.append(word)
        if word.possessive:
            yield part
            part = []
    if part:
        yield part


def _name_of(text: str, run: list[Word], loose: bool, quoted: bool, lower_words: set[str]) -> Name | None:
    opener = run[0].initial
    at = 0
    while at < len(run) and run[at].lower in _forms("function_words", "opener"):
        at += 1
    definite = at > 0 and run[at - 1].lower == "the" or _follows_the(text, run[at:])
    opener = opener and at == 0
    head = at
    at = _past_titles(run, at)
    titles = tuple(w.lower for w in run[head:at])
    rest = run[at:]
    while rest and rest[-1].lower in _forms("function_words", "calendar") | _forms("titles", "particle"):
        rest = rest[:-1]
    while rest and rest[0].lower in _forms("function_words", "calendar"):
        rest = rest[1:]
    if not rest or (len(rest) == 1 and len(rest[0].text) < 2) or _is_office(rest, titles):
        return None
    before = _lower_words_before(text, run[0].start) if not run[0].initial else ()
    person, gender = _classify(rest, titles, definite)
    loose = loose or (opener and head == at and len(rest) == 1 and rest[0].lower in lower_words)
    return Name(
        rest[0].start, rest[-1].end, tuple(w.text for w in rest), titles, before, person, gender,
        rest[-1].possessive, quoted, loose or (opener and len(rest) == 1 and not titles), definite,
    )  # fmt: skip


def _is_office(rest: Sequence[Word], titles: tuple[str, ...]) -> bool:
    """Is it an office without a name, as in ``the Prime Minister``?"""
    if any(t in _forms("titles", "courtesy", "courtesy_male", "courtesy_female") for t in titles):
        return False
    roles = _forms("titles", "office", "rank") | _forms("roles", "male", "female", "neutral")
    return rest[-1].lower in roles and not _is_given(rest[0].lower)


def _follows_the(text: str, rest: Sequence[Word]) -> bool:
    return bool(rest) and bool(re.search(r"\b[Tt]he\s$", text[max(0, rest[0].start - 5) : rest[0].start]))


def _past_titles(run: Sequence[Word], at: int) -> int:
    """Returns where the name begins: after the last office, rank or courtesy that a name word follows."""
    titles = _forms("titles", "courtesy", "courtesy_male", "courtesy_female", "rank", "office")
    titles |= _forms("roles", "male", "female", "neutral")
    suffixes = _forms("titles", "suffix") | _forms("titles", "particle")
    last = max((i for i in range(at, len(run)) if run[i].lower not in suffixes), default=at)
    start = at
    for i in range(at, last):
        if run[i].lower in titles and not (i > start and _is_given(run[i - 1].lower) and i - 1 >= start):
            start = i + 1
            if run[i].lower in _forms("titles", "post"):
                while start < last and _names_unit(run[start]):
                    start += 1
    plain = _forms("titles", "modifier") | _forms("place_names", "adjective")
    while start < last and run[start].lower in plain and not _is_given(run[start].lower):
        start += 1
    return start


def _names_unit(word: Word) -> bool:
    return (word.text.isupper() and len(word.text) > 1) or (
        word.lower in _forms("place_names", "place") and not _is_given(word.lower)
    )


def _is_given(lower: str) -> bool:
    return lower in _forms("given_names", "male", "female", "either")


def _lower_words_before(text: str, at: int) -> tuple[str, ...]:
    """Returns up to six lower-case words right before, nearest last: ``White House spokesman``."""
    match = re.search(r"((?:[\w'’\-]+ ){1,6})$", text[max(0, at - 80) : at])
    return tuple(fold(w) for w in match[1].split()) if match else ()


def _classify(rest: Sequence[Word], titles: tuple[str, ...], definite: bool) -> tuple[bool | None, str | None]:
    """Returns (is it a person, gender) as far as title and words tell."""
    gender = _gender_of(rest[0].lower, titles, len(rest))
    if any(t in _forms("titles", "courtesy", "courtesy_male", "courtesy_female", "rank", "office") for t in titles):
        return True, gender
    lowers = [w.lower for w in rest]
    if lowers[-1] in _forms("organisations", "head") or any(w in _forms("organisations", "head") for w in lowers[1:]):
        return False, None
    if " ".join(lowers) in _forms("place_names", "place", "adjective"):
        return False, None
    if len(rest) == 1 and len(rest[0].text) < 6 and rest[0].text.isupper():
        return False, None
    if _is_given(lowers[0]) and len(rest) > 1:
        return True, gender
    if lowers[0] in _forms("organisations", "head"):
        return False, None
    return (False if definite else None), gender if len(rest) > 1 else None


def _gender_of(first: str, titles: tuple[str, ...], word_count: int) -> str | None:
    if any(t in _forms("titles", "courtesy_male") or t in _forms("roles", "male") for t in titles):
        return "m"
    if any(t in _forms("titles", "courtesy_female") or t in _forms("roles", "female") for t in titles):
        return "f"
    if first in _forms("given_names", "male"):
        return "m"
    return "f" if first in _forms("given_names", "female") else None


@cache
def _forms(lexicon: str, *groups: str) -> frozenset[str]:
    return load_lexicon(lexicon).forms(*groups)


@cache
def phrase_pattern(lexicon: str, *groups: str) -> re.Pattern[str]:
    """Returns a pattern for any form of the groups as whole words, letter case aside."""
    return re.compile(rf"\b{any_of(_forms(lexicon, *groups))}\b", re.IGNORECASE)
