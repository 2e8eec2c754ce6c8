"""Sources told by form alone: ``“…” – Name``, ``his allegation that …``, ``Roe spoke up, saying that …``."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.drafts import Draft, Place, overlap
from claimtrack.text import Quotation, context_span, paragraph_spans, sentence_spans

_SIGNATURE = re.compile(
    r"[^\S\n]*(?P<cue>[―—–]|--?)[^\S\n]*(?P<source>[A-Z@][^\n.!?:;“”\"]{1,80}?)[^\S\n]*\.?[^\S\n]*(?=\n|$)"
)
"""A dash and a name up to the end of the line, right after a quotation."""

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

_HEADLINE_CERTAINTY = 0.7
"""Probability given to a headline that form alone tells; a verb such as "defends" may mean deeds."""

_ADJECTIVES = 2
"""Words that may stand between a possessive and the noun it owns."""

_REACH = 60
"""Characters before a cue in which its possessor is looked for."""


def find_signatures(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts, quotations signed with a dash and a name given to that name."""
    result = list(drafts)
    for quotation in quotations:
        match = _SIGNATURE.match(text, quotation.end) if quotation.closed else None
        if match is None:
            continue
        place = (quotation.start, quotation.end)
        signed = Draft((place,), match.span("cue"), match.span("source"), 1.0)
        inside = [d for d in result if any(overlap(c, place) for c in d.contents)]
        if any(d.cue is not None and not _touches(d, match.span()) for d in inside):
            continue
        result = [d for d in result if d not in inside]
        result.append(signed)
    return result


def _touches(draft: Draft, place: Place) -> bool:
    """Does the draft's cue or source lie in the place?"""
    return any(p is not None and overlap(p, place) for p in (draft.cue, draft.source))


def find_headline(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts and, where none is in it, the headline's own: ``Name rules out early vote``."""
    paragraphs = paragraph_spans(text)
    if len(paragraphs) < 2:
        return list(drafts)
    start, end = paragraphs[0]
    if any(overlap(c, (start, end)) for d in drafts for c in d.contents):
        return list(drafts)
    match = _headline().fullmatch(text, start, end)
    if match is None or text[end - 1] in ".:" or len(text[start:end].split()) > _HEADLINE_WORDS:
        return list(drafts)
    found = Draft((match.span("content"),), match.span("cue"), match.span("source"), _HEADLINE_CERTAINTY)
    return [found, *drafts]


@cache
def _headline() -> re.Pattern[str]:
    verbs = any_of(load_lexicon("speech_verbs")["headline"].forms)
    return re.compile(rf"{_HEADLINE_SUBJECT}\s+(?P<cue>{verbs})\s+(?P<content>\S+\s.*\S)")


def find_owners(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts in order, those with a cue but no source given to whoever owns the cue.

    A noun cue belongs to its possessor; a participle ("adding", "by claiming") to the source of the
    same sentence, else to its subject.
    """
    ordered = sorted(drafts, key=lambda draft: draft.contents[0])
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
