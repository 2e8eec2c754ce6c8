"""Joins a quotation without a cue of its own to the statement that it continues."""

from collections.abc import Sequence
from dataclasses import replace

from claimtrack.models import Kind
from claimtrack.statements.drafts import Draft
from claimtrack.statements.quotations import kind_of
from claimtrack.text import Quotation


def join_floating(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts in text order; a floating one is joined, kept for itself, or dropped.

    A floating quotation right after a statement that holds a quotation too goes on with it, as in
    ``"A," she said.`` and a next paragraph ``"B."``; words without cue and without quotation marks
    are nobody's statement.
    """
    joined: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.contents[0]):
        if draft.cue is not None or draft.source is not None:
            joined.append(draft)
            continue
        if kind_of(text, draft.contents, quotations) is Kind.INDIRECT:
            continue
        before = joined[-1] if joined else None
        if before is not None and _goes_on(text, before, draft, quotations):
            joined[-1] = replace(before, contents=(*before.contents, *draft.contents))
        else:
            joined.append(draft)
    return joined


def _goes_on(text: str, before: Draft, draft: Draft, quotations: Sequence[Quotation]) -> bool:
    """Does nothing but the attribution of ``before`` stand between the two?"""
    if kind_of(text, before.contents[-1:], quotations) is Kind.INDIRECT:
        return False
    ends = [before.contents[-1][1]]
    ends += [place[1] for place in (before.cue, before.source) if place is not None]
    between = text[max(ends) : draft.contents[0][0]]
    return not any(c.isalnum() for c in between)
