"""Outlets that an article says it takes a statement from: ``told Dawn``, ``according to Reuters``."""

import re
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.drafts import Draft
from claimtrack.text import sentence_spans

_REACH = 160
"""Characters before the content and after it in which the attributing clause is looked for."""


def outlets_named(text: str, draft: Draft) -> tuple[str, ...]:
    """Returns the outlets named in the attributing clause of a statement, in order, each once."""
    if draft.cue is None or draft.label:
        return ()
    start, end = draft.contents[0][0], draft.contents[-1][1]
    near = sentence_spans(
        text, max(0, min(start, draft.cue[0]) - _REACH), min(len(text), max(end, draft.cue[1]) + _REACH)
    )
    around = [(a, b) for a, b in near if a < max(end, draft.cue[1]) and b > min(start, draft.cue[0])]
    if not around:
        return ()
    left, right = around[0][0], around[-1][1]
    found: list[str] = []
    for match in _pattern().finditer(text, left, right):
        if not any(a <= match.start() < b for a, b in draft.contents) and match["outlet"] not in found:
            found.append(match["outlet"])
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    lexicon = load_lexicon("outlets")
    before = any_of(lexicon["taken_from"].forms)
    names = any_of(lexicon["outlet"].forms)
    return re.compile(rf"\b{before}\s+(?:[Tt]he\s+)?(?P<outlet>{names})\b(?!['’]s\s+[a-z])")
