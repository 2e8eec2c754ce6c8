"""Fits tagged contents to the quotation marks of the text.

A reporter vouches for what stands between quotation marks as one unit, so a quotation belongs to one
statement, whole. The tagger sees word pieces and may cut a quotation short, or tag a speaker inside it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.models import Kind
from claimtrack.statements.drafts import Draft, Place, trimmed, united
from claimtrack.text import DOUBLE_MARKS, SINGLE_MARKS, Quotation

_OTHER = re.compile(r"[\W_]+")

_WHOLE = 0.5
"""Share of a quotation's letters and digits tagged as content from which all of it is content."""

_SHORT = 4
"""Words; a shorter quotation may stand inside content without deciding its ends (scare quotes, titles)."""


def fit_to_quotations(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts with every mostly tagged quotation whole in the one draft that has most of it."""
    claimed = _claim(text, drafts, quotations)
    owned: dict[int, list[Place]] = {}
    for quotation, owner in claimed:
        owned.setdefault(owner, []).append(quotation)
    fitted = []
    for number, draft in enumerate(drafts):
        own = owned.get(number, [])
        places = [p for place in draft.contents for p in _without_foreign(place, claimed, number)]
        contents = tuple(p for place in united([*places, *own]) if (p := _tidy(text, place, own)) is not None)
        if _says_something(text, contents):
            cue = None if _inside(draft.cue, own) else draft.cue
            source = None if _inside(draft.source, own) else draft.source
            fitted.append(replace(draft, contents=contents, cue=cue, source=source))
    return fitted


def _says_something(text: str, contents: Sequence[Place]) -> bool:
    """Is the content quoted, or more than one word ("*his*", "*the idea*")?"""
    words = sum(len(text[start:end].split()) for start, end in contents)
    return words > 1 or any(text[start] in MARKS for start, _ in contents)


def _claim(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[tuple[Place, int]]:
    """Returns each quotation that is mostly content with the number of the draft that has most of it."""
    starts = [q.start for q in quotations]
    shares: dict[int, dict[int, int]] = {}
    for number, draft in enumerate(drafts):
        for place in draft.contents:
            first = max(0, bisect_right(starts, place[0]) - 1)
            for which in range(first, len(quotations)):
                quotation = quotations[which]
                if quotation.start >= place[1]:
                    break
                shared = _letters(text, max(place[0], quotation.start), min(place[1], quotation.end))
                if shared:
                    owners = shares.setdefault(which, {})
                    owners[number] = owners.get(number, 0) + shared
    claimed = []
    for which, owners in sorted(shares.items()):
        quotation = quotations[which]
        if sum(owners.values()) < _WHOLE * _letters(text, quotation.start, quotation.end):
            continue
        if len(owners) > 1 and len(text[quotation.start : quotation.end].split()) < _SHORT:
            continue
        best = max(owners, key=lambda number: (owners[number], -number))
        claimed.append(((quotation.start, quotation.end), best))
    return claimed


def _letters(text: str, start: int, end: int) -> int:
    """Returns how many letters and digits stand between two offsets; none if ``end`` comes first."""
    return len(_OTHER.sub("", text[start:end]))


def _without_foreign(place: Place, claimed: Sequence[tuple[Place, int]], number: int) -> list[Place]:
    """Returns what is left of a place without the quotations that belong to other drafts."""
    left, at = [], place[0]
    for which in range(max(0, bisect_right(claimed, (place, 0)) - 1), len(claimed)):
        (start, end), owner = claimed[which]
        if start >= place[1]:
            break
        if owner != number and end > place[0]:
            left.append((at, max(at, start)))
            at = end
    left.append((at, place[1]))
    return [part for part in left if part[0] < part[1]]


def _inside(place: Place | None, quotations: Sequence[Place]) -> bool:
    return place is not None and any(start <= place[0] and place[1] <= end for start, end in quotations)


def _tidy(text: str, place: Place, own: Sequence[Place]) -> Place | None:
    """Returns the place without loose punctuation at its ends; None if no letter or digit is left.

    What stands inside one of its ``own`` quotations stays, also where that is never closed.
    """
    start, end = trimmed(text, place, ",;:–—-")
    if not any(c.isalnum() for c in text[start:end]):
        return None
    quoted = any(quotation[1] == end for quotation in own)
    if text[end - 1] in ".,;" and not quoted and not _ends_in_mark(text, start, end):
        end -= 1
    return start, end


def _ends_in_mark(text: str, start: int, end: int) -> bool:
    """Does the final full stop belong to an abbreviation or an ellipsis (``U.S.``, ``...``)?"""
    return text[end - 1] == "." and (text[end - 2 : end - 1] == "." or text[max(start, end - 3)] == ".")


def kind_of(text: str, contents: Sequence[Place], quotations: Sequence[Quotation]) -> Kind:
    """Returns direct where all letters and digits of the content are quoted, mixed where some are."""
    quoted = total = 0
    starts = [q.start for q in quotations]
    for place in contents:
        total += _letters(text, *place)
        for which in range(max(0, bisect_right(starts, place[0]) - 1), len(quotations)):
            quotation = quotations[which]
            if quotation.start >= place[1]:
                break
            left, right = max(place[0], quotation.start), min(place[1], quotation.end)
            quoted += _letters(text, left, right)
    if not quoted:
        return Kind.INDIRECT
    return Kind.DIRECT if quoted == total else Kind.MIXED


MARKS = DOUBLE_MARKS | SINGLE_MARKS
"""Every character that may open or close a quotation."""
