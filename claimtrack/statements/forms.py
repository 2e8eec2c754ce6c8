"""Sources told by form alone: ``“…” – Name``, ``his allegation that …``, ``Roe spoke up, saying that …``."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.drafts import Draft, Place, cut_at, overlap
from claimtrack.statements.signatures import ITEM, Signed, find_live_entries, find_signed, is_rubric
from claimtrack.statements.transcripts import find_turns
from claimtrack.text import Quotation, context_span, fold, paragraph_spans, sentence_spans

_POSSESSOR = re.compile(
    r"(?P<source>\b(?:[Hh]is|[Hh]er|[Tt]heir|(?:[A-Z][\w.\-]*\s+){0,4}[A-Z][\w\-]*(?:['’]s|s['’])))\s+(?:[a-z][\w\-]*\s+){0,2}$"
)
"""A possessive right before the cue, with at most two adjectives between; it owns a noun cue."""

_SUBJECT = re.compile(
    r"(?:^|[,;–—]\s+|\band\s+)(?P<source>(?:He|She|They|he|she|they|(?:[Tt]he\s+)?[A-Z][\w.’'\-]*(?:\s+[A-Z][\w.’'\-]*){0,6}))\s+[a-z]+"
)
"""A name or pronoun that opens a clause, before a word in lower case: the clause's subject."""

_HEADLINE_WORDS = 18
"""Longest headline; English-language papers rarely set more words."""

_HEADLINE_SUBJECT = r"(?P<source>[A-Z][\w.’'\-]*(?:,?\s+[\w.’'\-]+){0,5}?)"
"""Up to six words from the start, the first one capitalised."""

_SOURCE_LAST = re.compile(
    r"(?P<content>[^\s:]+(?:\s+[^\s:]+){2,})(?P<cue>:)\s+(?P<source>[A-Z][\w.&’'\-]*(?:\s+[A-Z][\w.&’'\-]*){0,2})"
)
"""``Three killed in raid: ISPR``; without the body it might as well be ``Budget in brief: Defence``."""

_HEADLINE_CERTAINTY = 0.7
"""Probability given to a headline that form alone tells; a verb such as "defends" may mean deeds."""

_UNNAMED = ("source", "sources")
"""Labels of footnotes that are informants in a headline: ``Sources: minister to go``."""

_ADJECTIVES = 2
"""Words that may stand between a possessive and the noun it owns."""

_REACH = 60
"""Characters before a cue in which its possessor is looked for."""


def find_signatures(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts, quotations that the layout gives to somebody given to him, rubrics left out.

    What a sentence attributes stays with its source, and a transcript's turns are left to themselves.
    """
    result = [d for d in apart(text, drafts) if not _is_under_rubric(text, d)]
    pieces = sorted((c, number) for number, d in enumerate(result) for c in d.contents)
    turns = sorted((turn.label[0], turn.contents[-1][1]) for turn in find_turns(text))
    found: list[Draft] = []
    gone: set[int] = set()
    for signed in find_signed(text, quotations):
        places = signed.draft.contents
        inside = sorted({n for place in places for n in _overlapping(pieces, place)} - gone)
        attributed = any(_is_attributed(text, result[n], signed) for n in inside)
        if attributed or cut_at(places[0], turns):
            continue
        if signed.below and _may_be_byline(text, result, signed):
            for n in inside:
                result[n] = replace(result[n], cue=None, source=None)
            continue
        rest = [_without(result[n], places) for n in inside]
        found += [signed.draft, *(d for d in rest if d.contents)]
        gone.update(inside)
    kept = [d for n, d in enumerate(result) if n not in gone] + found
    told = sorted((c, number) for number, d in enumerate(kept) for c in d.contents)
    entries = (entry for entry in find_live_entries(text) if not cut_at(entry.contents[0], turns))
    return [*kept, *(entry for entry in entries if not _overlapping(told, entry.contents[0]))]


def _overlapping(pieces: Sequence[tuple[Place, int]], place: Place) -> set[int]:
    """Returns the numbers of the sorted pieces that share characters with a place."""
    found = set()
    for which in range(max(0, bisect_right(pieces, (place, 0)) - 1), len(pieces)):
        piece, number = pieces[which]
        if piece[0] >= place[1]:
            break
        if overlap(piece, place):
            found.add(number)
    return found


def _is_under_rubric(text: str, draft: Draft) -> bool:
    """Is it the headline of an interview or analysis, as in ``Panel: who pays for bridges?``."""
    if draft.cue is None or draft.source is None or text[slice(*draft.cue)].strip() != ":":
        return False
    label = text[slice(*draft.source)]
    return draft.source[0] < draft.cue[0] and is_rubric(label) and fold(label) not in _UNNAMED


def _is_attributed(text: str, draft: Draft, signed: Signed) -> bool:
    """Does a sentence attribute the draft, with a cue of its own?"""
    if draft.cue is None:
        return False
    worded = _has_words(text, draft.cue)
    touches = any(p is not None and overlap(p, signed.place) for p in (draft.cue, draft.source))
    return not touches or (worded and signed.draft.cue is not None and not signed.below)


def _without(draft: Draft, places: Sequence[Place]) -> Draft:
    """Returns what a draft holds beside the places, as nobody's words."""
    contents = tuple(c for c in draft.contents if not any(overlap(c, place) for place in places))
    return replace(draft, contents=contents, cue=None, source=None)


def _may_be_byline(text: str, drafts: Sequence[Draft], signed: Signed) -> bool:
    """Is the name the text's last line, and its quotation one that goes on with somebody's words?"""
    if text[signed.place[1] : signed.place[1] + _REACH].strip(" \t\n*_"):
        return False
    start = signed.draft.contents[0][0]
    before = [d for d in drafts if d.contents[0][0] < start and _has_words(text, d.cue)]
    if not before:
        return False
    last = max(before, key=lambda d: d.contents[0])
    ends = max(p[1] for p in (*last.contents, last.cue, last.source) if p is not None)
    return not any(c.isalnum() for c in text[ends:start])


def apart(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts, those that reach over items of a list or beyond a signature taken apart.

    Every item has a speaker of its own, and so has what follows a signed quotation.
    """
    paragraphs = paragraph_spans(text)
    starts = [start for start, _ in paragraphs]
    result = []
    for draft in drafts:
        anchor = draft.cue or draft.source or draft.contents[0]
        own = bisect_right(starts, anchor[0])
        parts: dict[int, list[Place]] = {}
        for piece in draft.contents:
            number = bisect_right(starts, piece[0])
            foreign = number != own and _is_foreign(text, draft, paragraphs, own, number)
            parts.setdefault(number if foreign else own, []).append(piece)
        for number, pieces in parts.items():
            part = replace(draft, contents=tuple(pieces))
            result.append(part if number == own else replace(part, cue=None, source=None))
    return result


def _is_foreign(text: str, draft: Draft, paragraphs: Sequence[Place], own: int, number: int) -> bool:
    """Does a piece in paragraph ``number`` have another speaker than one at paragraph ``own``, by layout?

    Numbers count from 1. A list that a sentence leads in ("Orth said:") is all of one speaker.
    """
    if ITEM.match(text, *paragraphs[number - 1]):
        return bool(ITEM.match(text, *paragraphs[own - 1]))
    if draft.source is None or number <= own:
        return False
    return draft.contents[0][1] <= draft.source[0] and not _has_words(text, draft.cue)


def _has_words(text: str, cue: Place | None) -> bool:
    """Is the cue a word, not a colon or a dash?"""
    return cue is not None and any(c.isalpha() for c in text[slice(*cue)])


def find_headline(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts and, where the headline has none, its own: ``Roe bars vote``, ``Vote off: Roe``."""
    paragraphs = paragraph_spans(text)
    if len(paragraphs) < 2:
        return list(drafts)
    start, end = paragraphs[0]
    if any(overlap(c, (start, end)) for d in drafts for c in d.contents):
        return list(drafts)
    match = _headline().fullmatch(text, start, end) or _ending_in_source(text, (start, end), drafts)
    if match is None or text[end - 1] in ".:" or len(text[start:end].split()) > _HEADLINE_WORDS:
        return list(drafts)
    found = Draft((match.span("content"),), match.span("cue"), match.span("source"), _HEADLINE_CERTAINTY)
    return [found, *drafts]


def _ending_in_source(text: str, headline: Place, drafts: Sequence[Draft]) -> re.Match[str] | None:
    """Returns the parts of a headline that ends in a colon and somebody whose words the body gives."""
    match = _SOURCE_LAST.fullmatch(text, *headline)
    sources = [text[slice(*draft.source)].split() for draft in drafts if draft.source] if match else []
    named = match["source"].split() if match else []
    return match if any(all(word in source for word in named) for source in sources) else None


@cache
def _headline() -> re.Pattern[str]:
    verbs = any_of(load_lexicon("speech_verbs")["headline"].forms)
    return re.compile(rf"{_HEADLINE_SUBJECT}\s+(?P<cue>{verbs})\s+(?P<content>\S+\s.*\S)")


def find_owners(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts in order, those with a cue but no source given to whoever owns the cue.

    A noun cue belongs to its possessor; a participle ("adding", "by claiming") to the source of the
    same sentence, else to its subject.
    """
    ordered = sorted(apart(text, drafts), key=lambda draft: draft.contents[0])
    owned: list[Draft] = []
    for number, draft in enumerate(ordered):
        found = _with_possessor(text, _without_far_possessive(text, draft))
        if found.source is None and found.cue and text[found.cue[0] : found.cue[1]].endswith("ing"):
            found = _with_subject(text, found, [*owned[-1:], *ordered[number + 1 : number + 2]])
        owned.append(found)
    return owned


def _without_far_possessive(text: str, draft: Draft) -> Draft:
    """Returns the draft without a possessive that owns another noun: ``His talk comes amid claims``."""
    if draft.source is None or draft.cue is None or draft.source[1] > draft.cue[0]:
        return draft
    is_possessive = text[slice(*draft.source)].casefold() in ("his", "her", "their", "its")
    between = text[draft.source[1] : draft.cue[0]].split()
    return replace(draft, source=None) if is_possessive and len(between) > _ADJECTIVES else draft


def _with_subject(text: str, draft: Draft, near: Sequence[Draft]) -> Draft:
    """Returns the draft with the source of a neighbour in its sentence, else with the sentence's subject."""
    assert draft.cue is not None
    at = draft.cue[0]
    left, right = context_span(text, at, at)
    start, end = next((s for s in sentence_spans(text, left, right) if s[0] <= at < s[1]), (at, at))
    for other in near:
        if other.source is not None and start <= other.source[0] < end:
            return replace(draft, source=other.source)
    subjects = [m for m in _SUBJECT.finditer(text, start, at) if m.end() <= at]
    return replace(draft, source=subjects[-1].span("source")) if subjects else draft


def _with_possessor(text: str, draft: Draft) -> Draft:
    if draft.source is not None or draft.cue is None:
        return draft
    start = max(0, draft.cue[0] - _REACH)
    match = _POSSESSOR.search(text[start : draft.cue[0]])
    if match is None:
        return draft
    left, right = match.span("source")
    return replace(draft, source=(start + left, start + right))
