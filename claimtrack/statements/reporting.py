"""The reporting clause of a statement, and whether an expression of time in it dates the words.

It does where it stands (1) in the cue or with it: ``said on Monday``, ``who in 2010 said``, (2) at the head
of the sentence: ``In 2013 Roe said``, (3) in a phrase on the circumstances: ``Roe, in a letter on Monday,
said``, ``Asked on Monday, Roe said``, (4) before the occasion: ``a 2013 interview``, ``at Monday's debate``,
(5) before "when" and the cue: ``the 2008 campaign, when Roe said``. What a conjunction, a participle
("elected in 2010"), a limit ("until Monday") or another noun ("Monday's vote") takes to itself dates
something else.
"""

import re
from functools import cache
from typing import NamedTuple

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Span
from claimtrack.statements.time_words import Expression
from claimtrack.text import Quotation, quotation_spans, sentence_spans

_REACH = 400
"""Characters on either side of a statement in which its sentence is looked for."""

_ASIDE = 40
"""Characters from an interrupting cue to its comma: ``the vote, Roe told CNN on Friday, is near``."""

BREAK = re.compile(r"[,;:()—–―]|\s-{1,2}\s")
"""Marks around phrases and insertions."""

_END = r"[;—–―]|\s-{1,2}\s"
"""Marks that end a clause."""

_PART_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"
DETERMINER = re.compile(r"(?:\b(?:an?|the|his|her|its|their|our|my|your)|['’]s)\s$", re.I)
_DETERMINER_FAR = re.compile(r"\b(?:an?|the|his|her|its|their|our|my|your)\s[\w-]+\s$", re.I)
"""With an adjective between it and a bare month or year: ``a secret 2013 memo``."""

_BEFORE_OCCASION = re.compile(
    r"(?:^\W*|[,;:—–―(]\s*|\b(?:in|at|during|on|to|from|via|but|yet|and)\s+)$", re.I
)
_PLACE = re.compile(r"\W*[A-Z]{3}")
_DATELINE = re.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:[—–―]|-{1,2}\s)")
HEAD = re.compile(
    r"[\W_]*(?:\b(?:and|but|so|then|yet|even|only|just|also|however|early|earlier|late|later|back)\b[\W_]*)*",
    re.I,
)
_WHEN = re.compile(r"(?:['’]s)?[^,;:—–―]{0,60}?,?\s+when\s+[^,;:—–―]{0,80}$")
_NEAR = 3
"""Words between a participle and the date that it takes: ``arrested in the north on Monday``."""


class Clause(NamedTuple):
    """A part of a sentence, what is quoted blanked out; ``start`` is its place in the document.

    ``cue`` is the place of the cue in it; where the content lies between, the end that is nearer to it.
    """

    text: str
    start: int
    cue: tuple[int, int]


def reporting_clauses(text: str, at: tuple[int, int], cue: Span | None) -> list[Clause]:
    """Returns the parts of the statement's sentence outside its content, in text order.

    ``at`` encloses the content; a cue inside it interrupts it.
    """
    anchor = (cue.start, cue.end) if cue else at
    low, high = min(at[0], anchor[0]), max(at[1], anchor[1])
    first, last = max(0, low - _REACH), min(len(text), high + _REACH)
    quotations = quotation_spans(text, first, last)
    found = []
    for start, end in sentence_spans(text, first, last):
        if start >= high or end <= low:
            continue
        for left, right in _outside(text, (start, end), at, anchor, quotations):
            if left < right:
                place = _within(anchor, (left, right)) or ((right, right) if right <= at[0] else (left, left))
                clause = unquoted(text, left, right, quotations)
                found.append(Clause(clause, left, (place[0] - left, place[1] - left)))
    return found


def _outside(
    text: str,
    sentence: tuple[int, int],
    at: tuple[int, int],
    anchor: tuple[int, int],
    quotations: list[Quotation],
) -> list[tuple[int, int]]:
    """Returns what of a sentence lies before the content, at a cue that interrupts it, and after it."""
    start, end = sentence
    parts = [(start, min(end, at[0]))]
    if at[0] <= anchor[0] < at[1] and start <= anchor[0] < end and anchor != at:
        parts.append(_interruption(text, (max(start, at[0]), end), anchor, quotations))
    after = max(start, at[1])
    if not _opener().search(text, max(start, at[1] - _REACH), min(after, end)):
        cut = _next_clause().search(text, max(after, min(anchor[1], end)), end)
        parts.append((after, cut.start() if cut else end))
    return parts


def _interruption(
    text: str, sentence: tuple[int, int], anchor: tuple[int, int], quotations: list[Quotation]
) -> tuple[int, int]:
    """Returns what stands around the cue between two quotations, or else between two commas near it."""
    closed = [q.end for q in quotations if sentence[0] < q.end <= anchor[0] + 1]
    opened = [q.start for q in quotations if anchor[1] <= q.start < sentence[1]]
    if closed or opened:
        return max([sentence[0], *closed]), min([sentence[1], *opened])
    comma = text.rfind(",", sentence[0], anchor[0])
    close = text.find(",", anchor[1], min(sentence[1], anchor[1] + _ASIDE))
    aside = text[anchor[1] : max(close, anchor[1])]
    is_aside = _opens_phrase(aside) or aside.lstrip()[:1].isupper()  # said on Friday, told CNN, said Roe
    return (comma + 1 if comma >= 0 else sentence[0]), (close if close >= 0 and is_aside else anchor[1])


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> tuple[int, int] | None:
    return (inner[0], min(inner[1], outer[1])) if outer[0] <= inner[0] < outer[1] else None


def unquoted(text: str, start: int, end: int, quotations: list[Quotation]) -> str:
    """Returns ``text[start:end]`` with quotations as spaces."""
    parts, at = [], start
    for quotation in quotations:
        left, right = max(at, quotation.start), min(end, quotation.end)
        if left < right:
            parts += [text[at:left], " " * (right - left)]
            at = right
    return "".join([*parts, text[at:end]])


def dates_the_words(clause: Clause, expression: Expression) -> bool:
    """Does the expression of time belong to the cue, not to something else that the clause speaks of?"""
    text, cue = clause.text, clause.cue
    before, after = text[: expression.start], text[expression.end :]
    if (
        expression.form == "day" and _PLACE.match(before) and _DATELINE.match(after)
    ):  # BERLIN, July 2 (Agency) —
        return False
    if expression.end <= cue[0] and _WHEN.match(text[expression.end : cue[0]]):
        return True
    possessive = re.match(rf"{_PART_OF_DAY}['’]s?\b", after) is not None
    determiner = None if expression.has_preposition else DETERMINER.search(before)
    if expression.is_bare and not determiner:
        determiner = _DETERMINER_FAR.search(before)
    if possessive or determiner:
        occasion = _occasion().match(after)
        if (
            occasion and not text[expression.end + occasion.end() : cue[0]].strip()
        ):  # her Monday speech saying
            return True
        place = _BEFORE_OCCASION.search(before[: determiner.start()] if determiner else before)
        if not occasion or not place:
            return False
    elif expression.is_bare or _words("not_then", r"{}\s+$").search(before):
        return False
    if cue[0] <= expression.start and expression.end <= cue[1]:
        return True
    if expression.end <= cue[0]:
        return _is_before_its_cue(before, text[expression.end : cue[0]])
    if _words("other_event", r"{}\s*$").search(text, *cue):  # echoed statements by
        return False
    return _is_after_its_cue(text[cue[1] : expression.start])


def _is_before_its_cue(before: str, between: str) -> bool:
    """Does a date with this before it, and this between it and the cue, belong to the cue?"""
    parts = BREAK.split(before)
    segment, is_first = parts[-1], len(parts) == 1
    is_closed = BREAK.search(between) is not None
    if re.search(_END, between):
        return False
    if _words("relative", r"{}\s+$").search(before) and not is_closed:  # who in 2010 said
        return True
    if HEAD.fullmatch(before):
        return True
    if is_first and _words("same_time", r"^\W*{}").match(segment):
        return True
    if _other_event().search(segment) or _words("to_come", "{}").search(segment):
        return False
    if is_first and (_thing_said().match(segment) or (is_closed and _opens_phrase(segment))):
        return True
    if _words("subordinate", "{}").search(between):
        return False
    if _next_clause().search(re.sub(r",\s+and\s+$", "", between)):
        return False
    if is_closed:
        return not _is_participle(segment.split()[0]) if is_first else _opens_phrase(segment)
    return bool(between.strip()) or not _has_participle(segment)


def _is_after_its_cue(between: str) -> bool:
    """Does a date with this between the cue and it belong to the cue?"""
    if _next_clause().search(between) or _other_event().search(between):
        return False
    parts = BREAK.split(between)
    return not _has_participle(parts[-1]) and (len(parts) == 1 or _opens_phrase(parts[-1]))


def _opens_phrase(segment: str) -> bool:
    """Is it the beginning of a phrase on the circumstances, or of the date itself?"""
    head = HEAD.match(segment)
    rest = segment[head.end() :] if head else segment
    return not rest.strip() or _words("at_an_occasion", r"{}").match(rest) is not None or _is_speaking(rest)


def _is_speaking(segment: str) -> bool:
    return _words("speaking", r"{}").match(segment.lstrip()) is not None


def _has_participle(segment: str) -> bool:
    """Is a past participle at the end: ``the man arrested on``? "Released on" dates the words."""
    words = segment.split()
    return any(_is_participle(word) for word in (*words[:1], *words[-_NEAR:]))


def _is_participle(word: str) -> bool:
    """Is it a past participle of anything but speech?"""
    bare = word.strip(".'’\"").lower()
    words = load_lexicon("time_words")
    irregular = bare in words["participle"].forms
    return (irregular or (bare.endswith("ed") and len(bare) > 4)) and bare not in words.forms(
        "speaking", "published"
    )


@cache
def _words(group: str, frame: str) -> re.Pattern[str]:
    """Returns a pattern of the group's words, whole, in a frame."""
    words = rf"\b{any_of(load_lexicon('time_words')[group].forms)}\b"
    return re.compile(frame.format(words), re.IGNORECASE)


@cache
def _other_event() -> re.Pattern[str]:
    """Matches a word that takes the date to another event; "went after" is an attack in words."""
    forms = load_lexicon("time_words")["other_event"].forms
    return re.compile(rf"\b(?<!went )(?<!gone )(?<!going ){any_of(forms)}\b", re.IGNORECASE)


@cache
def _thing_said() -> re.Pattern[str]:
    """Matches the head of a sentence whose subject was made in words: ``A memo sent in May 2012``."""
    nouns = any_of(load_lexicon("time_words")["occasion"].forms)
    return re.compile(rf"\W*(?:an?|the|his|her|its|their)\s+(?:[\w-]+\s+){{0,2}}{nouns}\b", re.IGNORECASE)


@cache
def _opener() -> re.Pattern[str]:
    """Matches a content that ends in a word which opens the next clause: ``right when`` he said."""
    return re.compile(rf"\b{any_of(load_lexicon('time_words')['relative'].forms)}\s*$", re.IGNORECASE)


@cache
def _next_clause() -> re.Pattern[str]:
    words = any_of(load_lexicon("time_words")["next_clause"].forms)
    return re.compile(rf",\s+{words}\b(?!\s+well\b)|{_END}", re.IGNORECASE)


@cache
def _occasion() -> re.Pattern[str]:
    nouns = any_of(load_lexicon("time_words")["occasion"].forms)
    return re.compile(rf"{_PART_OF_DAY}(?:['’]s?)?(?:\s+[\w.’'-]+){{0,2}}?\s+{nouns}s?\b", re.IGNORECASE)
