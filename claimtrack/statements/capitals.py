"""Text -> its words, and the runs of capitalised words in which names are found."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import any_of
from claimtrack.statements.wordlists import fold_word, forms, is_given_name
from claimtrack.text import paragraph_spans

_WORD = re.compile(r"(?:[^\W\d_]\.){2,5}|[^\W_](?:[\w]|['’&/\-](?=\w))*")
_POSSESSIVE = ("'s", "’s", "'S", "’S")
_NICKNAME = re.compile(
    r"(?<=\w)\s(?P<open>[\"“‘'(])(?:The\s)?[A-Z][\w.\-]+(?:\s[A-Z][\w\-]+)?[\"”’')]\s(?=[A-Z])"
)
_PREFIXED = re.compile(r"(?:al|el|ul|an|ur|d|l|ash|as|ar)['’\-][A-Z]")
_GAP = re.compile(r"\.?[ \xa0]{1,2}|\.?\s?\(|\.?\)\s")
_OPENS = frozenset(".?!:;\"“‘'«([—–•*…|>/")
_TITLE_CASE_SHARE = 0.85
"""Share (0.0-1.0) of a headline's longer words with a capital; name-rich prose stays below."""

HEADLINE_LENGTH = 220
"""Characters; a longer paragraph is no headline, whatever its letter case."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text without its possessive ``'s``; ``initial`` where a sentence or quotation opens.

    ``capital`` if it begins with a capital letter, or with ``al-`` and one.
    """

    start: int
    end: int
    text: str
    lower: str
    possessive: bool
    capital: bool
    initial: bool


def words_of(text: str) -> list[Word]:
    """Returns the words of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        raw = match[0]
        possessive = raw.endswith(_POSSESSIVE)
        raw = raw[:-2] if possessive else raw
        end = match.start() + len(raw)
        if not possessive and raw[-1:] in "sS" and text[end : end + 1] in ("'", "’"):
            possessive = text[end + 1 : end + 2].isspace()
        lower = fold_word(raw)
        capital = raw[:1].isupper() or _PREFIXED.match(raw) is not None
        initial = _is_initial(text, match.start())
        found.append(Word(match.start(), end, raw, lower, possessive, capital, initial))
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
    return last in forms("abbreviations") or (len(last) == 1 and last.isalpha()) or "." in last


def headline_spans(text: str) -> list[tuple[int, int]]:
    """Returns the lines in title case or capitals: letter case says nothing there."""
    spans = []
    for start, end in paragraph_spans(text):
        if end - start > HEADLINE_LENGTH:
            continue
        if _ends_as_prose(text, start, end) and not _is_title_case(text[start:end]):
            continue
        small = forms("function_words", "opener", "preposition")
        long_words = [w for w in re.findall(r"[^\W\d_]{4,}", text[start:end]) if w.lower() not in small]
        capitals = sum(w[0].isupper() for w in long_words)
        if len(long_words) > 3 and capitals > _TITLE_CASE_SHARE * len(long_words):
            spans.append((start, end))
    return spans


def _ends_as_prose(text: str, start: int, end: int) -> bool:
    """Does the line end in a full stop, as few headlines do?"""
    line = text[start:end].rstrip("\"'”’ ")
    return line.endswith(".") and not _abbreviates(text, start + len(line) - 1)


def _is_title_case(line: str) -> bool:
    """Is no word in small letters but those that titles leave so? The verb of a sentence is."""
    small = forms("function_words", "title_small")
    return all(word[0].isupper() or word.lower() in small for word in re.findall(r"[^\W\d_][\w'’]*", line))


def is_inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Does one of the sorted spans hold the offset?"""
    which = bisect_right(spans, (at, 1 << 60)) - 1
    return which >= 0 and spans[which][0] <= at < spans[which][1]


def capital_runs(text: str, words: Sequence[Word], borders: frozenset[int]) -> Iterator[list[Word]]:
    """Yields maximal runs of capitalised words; particles and bracketed titles between them belong."""
    between = forms("titles", "particle") | {"retd", "retired", "rtd", "r"}
    nicknames = [(m.start(), m.end()) for m in _NICKNAME.finditer(text)]
    bridged = frozenset(nicknames)
    joints = _joints(text)
    run: list[Word] = []
    pending: list[Word] = []
    for word in words:
        if run and not pending and _is_given(run[-1]) and is_inside(nicknames, word.start):
            continue
        last = (pending or run or [word])[-1]
        capital = word.capital and not _is_shouted_preposition(word)
        joined = bool(run) and word.start not in borders and last.end not in borders
        joined = joined and (_joins(text, last, word) or (last.end, word.start) in bridged)
        if joined and capital:
            run.extend([*pending, word])
            pending = []
        elif joined and (word.start in joints or _links(word, between)) and len(pending) < 2:
            pending.append(word)
        else:
            if run:
                yield run
            run, pending = ([word] if capital else []), []
    if run:
        yield run


def _is_given(word: Word) -> bool:
    return is_given_name(word.lower)


def _links(word: Word, between: frozenset[str]) -> bool:
    return word.lower in between and not word.possessive


def _joints(text: str) -> frozenset[int]:
    """Returns the offsets of each "and" within the name of one body: ``the Food and Drug Administration``."""
    return frozenset(match.start("joint") for match in _joint_body().finditer(text))


@cache
def _joint_body() -> re.Pattern[str]:
    fields, heads = (
        any_of(frozenset(map(str.capitalize, words)))
        for words in (forms("titles", "department"), forms("organisations", "head"))
    )
    return re.compile(
        rf"\b[Tt]he\s(?:[A-Z][\w\-]+,?\s){{0,2}}{fields}\s(?P<joint>and)(?:\s[A-Z][\w\-]+){{0,2}}\s{heads}\b"
    )


def _is_shouted_preposition(word: Word) -> bool:
    """Is it the "IN" of ``WOMAN IN AUDIENCE``?"""
    return word.text.isupper() and len(word.text) > 1 and word.lower in forms("function_words", "preposition")


def _joins(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    if not _GAP.fullmatch(gap) and not (gap == "." and len(left.text) == 1):
        return False
    if "(" in gap or ")" in gap:
        bracketed = right if "(" in gap else left
        return text[bracketed.end : bracketed.end + 2].rstrip(" ") in (")", ".)") and bracketed.lower in (
            forms("titles", "courtesy", "courtesy_male", "courtesy_female") | {"retd", "retired", "rtd", "r"}
        )
    return "." not in gap or not right.initial


def split_possessives(run: list[Word]) -> Iterator[list[Word]]:
    """Yields the parts of ``Clinton's Campaign Manager Robby Mook``: a possessive ends a name."""
    part: list[Word] = []
    for word in run:
        part.append(word)
        if word.possessive:
            yield part
            part = []
    if part:
        yield part
