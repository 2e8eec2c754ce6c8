"""Quotations with their speaker set beside them by layout, not by a sentence.

The forms covered, each on a line of its own or in a list:
(1) ``“…” – Name``; (2) ``“…”`` and ``— Name`` on the next line; (3) ``“…” Name, role``; (4) ``“…”`` and
``Name, role`` on the next line, or all names before; (5) ``“…” (Name, role)``; (6) ``Name, role: “…”``, also
``Name | “…”``, after a bullet or a time of day; (7) ``14:05 Name: words`` of a live blog.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.drafts import Draft, Place
from claimtrack.statements.wordlists import fold_word, forms, is_given_name
from claimtrack.text import Quotation, fold, paragraph_spans

CAPITAL = r"[^\W\d_a-z]"
_PARTICLE = r"(?:de|la|al|bin|bint|van|von|der|den|el|ul|du|da|dos|y)"
NAME = rf"{CAPITAL}[\w.’'\-]*(?:[^\S\n]+(?:{CAPITAL}[\w.’'\-]*|{_PARTICLE})){{0,6}}"
_ROLE = r"(?:,[^\S\n]++[^\n.!?:;“”\"()]{2,80}|[^\S\n]*\([^()\n“”\"]{1,60}\))"
CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\.?|\d{1,2}[:.]\d{2}(?:\s?[A-Z]{2,4})?)(?:\s?[-–—|:])?[^\S\n]+"
"""A time of day, as the entries of a live blog open with."""

_BULLET = r"(?:[-*•‣▪●–—][^\S\n]+|\d{1,2}[.)][^\S\n]+)"
_STARS = r"(?:\*\*|__)?"

ITEM = re.compile(_BULLET)
"""What opens an item of a list."""

_BESIDE = re.compile(rf"{_STARS}[^\S\n]+{_STARS}(?P<source>{NAME},[^\S\n]++[^\n.!?:;“”\"]{{2,80}}){_STARS}$")
_IN_BRACKETS = re.compile(rf"[^\S\n]*\((?P<source>{NAME}(?:,[^()\n“”\"]{{2,80}})?)\)\.?$")
_DASH_LINE = re.compile(
    rf"{_STARS}(?P<cue>[―—–]|--?)\s*{_STARS}(?P<source>{NAME}{_ROLE}?)(?<!\.)\.?{_STARS}$"
)
_NAME_LINE = re.compile(rf"{_STARS}(?P<source>{NAME}(?P<role>{_ROLE})?){_STARS}$")
_OPENING = re.compile(rf"{_BULLET}?(?:{CLOCK})?{_STARS}$")
_LABEL = re.compile(
    rf"(?P<set>{_BULLET}?(?:{CLOCK})?{_STARS})(?P<source>{NAME}{_STARS}(?P<role>{_ROLE})?){_STARS}"
    rf"[^\S\n]*+(?P<cue>[:|]){_STARS}[^\S\n]*$"
)
_LIVE = re.compile(
    rf"{CLOCK}{_STARS}(?P<source>{NAME}{_ROLE}?){_STARS}[^\S\n]*+(?P<cue>:){_STARS}[^\S\n]+(?P<words>\S[^\n]*[^\s.])"
)
_FULL_NAME = re.compile(rf"\b{CAPITAL}[\w’'\-]{{1,60}}[^\S\n]++(?=(?P<last>{CAPITAL}[\w’'\-]+))")
_FINAL = re.compile(r"[.?!…][”\"’'»]*$")

_LIVE_CERTAINTY = 0.7
"""Probability given to words after a name in a live blog: they may sum up a deed."""

_LONGEST_LABEL = 300
"""Characters of bullet, time, name and office before a quotation."""

_MARKS = 12
"""Characters that may follow a quotation on its line without being words."""

_LEAST_ENTRIES = 2
"""Paragraphs that begin with a time of day, from which a text is a live blog."""

_LEAST_WORDS = 3
"""Words of a quotation before a name in brackets; fewer are a title or a term."""

_TITLE_CASE = 0.5
"""Share of a quotation's longer words with a capital from which it is the title of a work."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A quotation with its speaker by layout.

    ``place`` is what the form adds to the quotation; ``below`` says that it is on the next line.
    """

    draft: Draft
    place: Place
    below: bool = False


@cache
def _dash() -> re.Pattern[str]:
    """Matches a dash and a name up to the end of the line, right after a quotation; a date may follow."""
    short = any_of(frozenset(form.capitalize() for form in forms("abbreviations", "before_name")))
    names = load_lexicon("calendar")["month"].variants.values()
    months = any_of(frozenset(form.capitalize() for spellings in names for form in spellings)) + r"\.?"
    return re.compile(
        r"[^\S\n]*(?P<cue>[―—–]|--?)[^\S\n]*"
        rf"(?P<source>(?=[A-Z@])(?:\b(?:{short}|[A-Z])\.|[^\n.!?:;“”\"]){{2,110}}?)"
        rf"(?:,?\s++(?:{months}\s+\d{{1,2}},?|\d{{1,2}}\s+{months})\s+\d{{4}})?[^\S\n]*+\.?[^\S\n]*+(?=\n|$)"
    )


class _Page:
    """A text's lines and quotations, to be asked by offset."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.quotations = quotations
        self.paragraphs = paragraph_spans(text)
        self._starts = [start for start, _ in self.paragraphs]

    def number(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def line(self, number: int) -> Place | None:
        return self.paragraphs[number] if 0 <= number < len(self.paragraphs) else None

    def opens_line(self, quotation: Quotation) -> bool:
        """Does nothing but a bullet stand before the quotation on its line?"""
        start = self.paragraphs[self.number(quotation.start)][0]
        return quotation.start - start <= _LONGEST_LABEL and bool(
            start == quotation.start or _OPENING.match(self.text[start : quotation.start])
        )

    def is_alone(self, quotation: Quotation) -> bool:
        """Is the quotation all of its line?"""
        return self.opens_line(quotation) and self.closes_line(quotation)

    def closes_line(self, quotation: Quotation) -> bool:
        """Does nothing but marks of bold type and a full stop follow the quotation on its line?"""
        end = self.paragraphs[self.number(quotation.start)][1]
        return end - quotation.end < _MARKS and not self.text[quotation.end : end].strip(" \t.*_")


def find_signed(text: str, quotations: Sequence[Quotation]) -> list[Signed]:
    """Returns the quotations that the layout gives to somebody, in text order."""
    page = _Page(text, quotations)
    found: list[Signed] = []
    for number, quotation in enumerate(quotations):
        if quotation.closed:
            words = _with_openers(text, quotations, number)
            signed = _beside(page, quotation, words) or _dashed_below(page, quotation, words)
            signed = signed or _labelled(page, quotation)
            found.extend([signed] if signed else [])
    return [*found, *_named_in_turn(page, {s.draft.contents[-1] for s in found})]


def _with_openers(text: str, quotations: Sequence[Quotation], number: int) -> tuple[Place, ...]:
    """Returns the quotation's place after those of the paragraphs that it goes on with."""
    first = number
    while first and not quotations[first - 1].closed:
        if text[quotations[first - 1].end : quotations[first].start].strip():
            break
        first -= 1
    return tuple((q.start, q.end) for q in quotations[first : number + 1])


def _beside(page: _Page, quotation: Quotation, words: tuple[Place, ...]) -> Signed | None:
    """Returns forms 1, 3 and 5: the name on the quotation's own line."""
    dash = _dash().match(page.text, quotation.end)
    if dash is not None:
        return Signed(Draft(words, dash.span("cue"), dash.span("source"), 1.0), dash.span())
    end = page.paragraphs[page.number(quotation.start)][1]
    said = page.text[quotation.start : quotation.end]
    if not page.opens_line(quotation) or not _is_said(said):
        return None
    match = _IN_BRACKETS.match(page.text, quotation.end, end)
    if match is None and _FINAL.search(said):
        match = _BESIDE.match(page.text, quotation.end, end)
    if match is None or not _names_somebody(match["source"]):
        return None
    return Signed(Draft(words, None, match.span("source"), 1.0), match.span())


def _dashed_below(page: _Page, quotation: Quotation, words: tuple[Place, ...]) -> Signed | None:
    """Returns form 2; a line after it that begins with a dash too makes both items of a list."""
    which = page.number(quotation.start)
    below, after = page.line(which + 1), page.line(which + 2)
    if below is None or not page.is_alone(quotation) or ITEM.match(page.text, page.paragraphs[which][0]):
        return None
    match = _DASH_LINE.match(page.text, *below)
    if match is None or (after and ITEM.match(page.text, *after)) or not _names_somebody(match["source"], 1):
        return None
    return Signed(Draft(words, match.span("cue"), match.span("source"), 1.0), match.span(), below=True)


def _labelled(page: _Page, quotation: Quotation) -> Signed | None:
    """Returns form 6: a name, a colon or bar, and the quotation up to the end of the line.

    Without bullet or office it may be a headline or an inverted sentence, which the tagger reads better.
    """
    start, end = page.paragraphs[page.number(quotation.start)]
    match = _LABEL.match(page.text[start : quotation.start])
    if (
        match is None
        or page.text[quotation.end : end].strip(" .*_")
        or not _names_somebody(match["source"], 1)
    ):
        return None
    if not match["set"] and match["cue"] == ":" and (match["role"] or ",,").count(",") > 1:
        return None
    source = (start + match.start("source"), start + match.end("source"))
    cue = (start + match.start("cue"), start + match.end("cue"))
    place = ((quotation.start, quotation.end),)
    return Signed(Draft(place, cue, source, 1.0), (start, quotation.start))


def _named_in_turn(page: _Page, taken: set[Place]) -> Iterator[Signed]:
    """Yields form 4: names below their quotations, or above them where two or more stand so."""
    alone = [q for q in page.quotations if q.closed and (q.start, q.end) not in taken and page.is_alone(q)]
    alone = [q for q in alone if _FINAL.search(page.text[q.start : q.end])]
    if not alone:
        return
    above = [_name_line(page, page.number(q.start) - 1) for q in alone]
    below = [_name_line(page, page.number(q.start) + 1) for q in alone]
    if above[0] is None:
        before: Place | None = None
        for quotation, high, low in zip(alone, above, below, strict=True):
            if low is not None and (high is None or high == before):
                yield _with_name(quotation, low, below=True)
            before = low
    elif below[-1] is None and len(alone) > 1 and all(above):
        for quotation, high in zip(alone, above, strict=True):
            if high is not None:
                yield _with_name(quotation, high)


def _with_name(quotation: Quotation, name: Place, below: bool = False) -> Signed:
    return Signed(Draft(((quotation.start, quotation.end),), None, name, 1.0), name, below)


def _name_line(page: _Page, number: int) -> Place | None:
    """Returns the name with an office that is all of a line."""
    line = page.line(number)
    match = _NAME_LINE.match(page.text, *line) if line else None
    named = match is not None and match["role"] and _names_somebody(match["source"])
    return match.span("source") if match and named else None


def name_line(text: str, line: Place) -> Place | None:
    """Returns the name that is all of a line, with or without an office."""
    match = _NAME_LINE.match(text, *line)
    return match.span("source") if match and _names_somebody(match["source"], 1) else None


def find_live_entries(text: str) -> list[Draft]:
    """Returns form 7: what a live blog gives to a person by ``14:05 Name: words`` without quotation marks."""
    paragraphs = paragraph_spans(text)
    clock = re.compile(CLOCK)
    entries = [place for place in paragraphs if clock.match(text, *place)]
    if len(entries) < _LEAST_ENTRIES:
        return []
    found = []
    surnames = {match["last"] for match in _FULL_NAME.finditer(text)}
    for place in entries:
        match = _LIVE.match(text, *place)
        if (
            match is None
            or not _names_somebody(match["source"], 1)
            or not _is_person(match["source"], surnames)
        ):
            continue
        if match["words"][0] not in "“\"‘'":
            words = match.span("words")
            found.append(Draft((words,), match.span("cue"), match.span("source"), _LIVE_CERTAINTY))
    return found


def _is_person(source: str, surnames: set[str]) -> bool:
    """Is a given name in the name, or does a fuller name of the text end in it?"""
    words = _name_words(source)
    return words[-1] in surnames or any(is_given_name(fold_word(word)) for word in words[:-1])


def _name_words(source: str) -> list[str]:
    return re.split(r"[,(*]|__", source)[0].split()


def _names_somebody(source: str, least: int = 2) -> bool:
    """Is it the name of a person or body, not a rubric, a place, an outlet or the start of a sentence?"""
    words = _name_words(source)
    name = fold(" ".join(words))
    if len(words) < least or is_rubric(name) or name in _outlets():
        return False
    if not forms("speech_verbs").isdisjoint(re.findall(r"[\w']+", source.casefold())):
        return False
    return name not in forms("place_names") and fold_word(words[0]) not in forms("function_words", "opener")


def is_rubric(label: str) -> bool:
    """Does a word before a colon name a kind of text ("Interview", "Analysis"), not somebody?"""
    rubrics = forms("labels", "not_a_speaker")
    return fold(label) in rubrics or all(word in rubrics for word in fold(label).split())


@cache
def _outlets() -> frozenset[str]:
    return frozenset(map(fold, forms("outlets", "outlet")))


def _is_said(quotation: str) -> bool:
    """Is the quotation somebody's words, not the title of a work or a term?"""
    words = re.findall(r"[\w’'\-]+", quotation)
    long_words = [word for word in words[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    return len(words) >= _LEAST_WORDS and (not long_words or capitals < _TITLE_CASE * len(long_words))
