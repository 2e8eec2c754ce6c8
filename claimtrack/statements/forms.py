"""Sources told by form alone: ``“…” – Name`` and ``his allegation that …``."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.statements.drafts import Draft, Place, overlap
from claimtrack.text import Quotation

_SIGNATURE = re.compile(
    r"[^\S\n]*(?P<cue>[―—–]|--?)[^\S\n]*(?P<source>[A-Z@][^\n.!?:;“”\"]{1,80}?)[^\S\n]*\.?[^\S\n]*(?=\n|$)"
)
"""A dash and a name up to the end of the line, right after a quotation."""

_POSSESSOR = re.compile(
    r"(?P<source>\b(?:[Hh]is|[Hh]er|[Tt]heir|(?:[A-Z][\w.\-]*\s+){0,4}[A-Z][\w\-]*(?:['’]s|s['’])))\s+(?:[a-z][\w\-]*\s+){0,2}$"
)
"""A possessive right before the cue, with at most two adjectives between; it owns a noun cue."""

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


def find_possessors(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts, those with a noun cue and no source given to the cue's possessor."""
    return [_with_possessor(text, draft) for draft in drafts]


def _with_possessor(text: str, draft: Draft) -> Draft:
    if draft.source is not None or draft.cue is None:
        return draft
    start = max(0, draft.cue[0] - _REACH)
    match = _POSSESSOR.search(text[start : draft.cue[0]])
    if match is None:
        return draft
    left, right = match.span("source")
    return replace(draft, source=(start + left, start + right))
