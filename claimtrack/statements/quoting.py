"""Words that a medium only passes on: in ``Interfax quoted Roe as saying that …`` they are Roe's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.statements.drafts import Draft, Place, trimmed

_QUOTES = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )\b(?:quot(?:ed|es|e|ing)|cit(?:ed|es|ing))$"
)
_AS_SAYING = re.compile(
    r"\s(?!(?:as|by|in|on|at)\s)(?P<source>[^.;:!?\n“”\"]{2,140}?),?\s(?P<cue>as\s(?:\w+ly\s)?(?:saying|telling|stating|claiming|warning|insisting|adding))\b"
)


def credit_quoted(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts; where a medium quotes somebody "as saying" something, he is the source."""
    return [_credited(text, draft) for draft in drafts]


def _credited(text: str, draft: Draft) -> Draft:
    if draft.cue is None or not _QUOTES.search(text[draft.cue[0] : draft.cue[1]]):
        return draft
    match = _AS_SAYING.match(text, draft.cue[1])
    if match is None:
        return draft
    outside = (draft.cue[1], match.end())
    contents = tuple(piece for place in draft.contents if (piece := _without(text, place, outside)))
    if not contents:
        return draft
    return replace(draft, contents=contents, source=match.span("source"), cue=match.span("cue"))


def _without(text: str, place: Place, outside: Place) -> Place | None:
    """Returns the place without what of it lies in ``outside``."""
    if place[1] <= outside[0] or place[0] >= outside[1]:
        return place
    rest = trimmed(text, (outside[1], place[1]), ",:")
    return rest if rest[0] < rest[1] else None
