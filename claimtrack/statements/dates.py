"""When a statement was made, as far as the text tells, and on what ground.

The ground is (1) an expression of time in the reporting clause, (2) for "he added", one in the sentence
before, which he goes on with, (3) else the publication date. "At the latest" beside it says that the words
are older than the article, which does not say by how much.
"""

import re
from collections.abc import Sequence
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Span
from claimtrack.statements.continuing import sentences_gone_on
from claimtrack.statements.reckoning import Dated, reckon
from claimtrack.statements.reporting import (
    BREAK,
    DETERMINER,
    HEAD,
    Clause,
    dates_the_words,
    reporting_clauses,
    unquoted,
)
from claimtrack.statements.time_words import Expression, find_expressions
from claimtrack.text import quotation_spans

_BACK = {"counted": 1500, "back": 400}
"""Characters before "a day earlier" and "at the time" in which the date is named that they count from."""

_CLOSE = 25
"""Characters before a cue in which "will", "had" or "recently" belongs to it."""

_NEAR = 60
"""Characters before a cue in which "recently" puts it in the past: ``He recently made a case, saying``."""

_SAYS_WHAT = re.compile(
    r"\b(?:that|will|would|can|could|shall|should|may|might|must|is|are|was|were|has|have|had|be|been|do|does|did|"
    r"[a-z]{2,}ed)\b"
)
"""A verb or "that" after the cue of a sentence: from there on it is what is said that has a time."""

PUBLICATION = "publication date"


def date_said(
    text: str, at: tuple[int, int], published: str | None, cue: Span | None
) -> tuple[str | None, str | None]:
    """Returns the ISO date (or month, or year) of the saying and its basis; (None, None) without any.

    ``at`` encloses the content, in which a cue may stand; times that the content speaks of are not read.
    """
    clauses = reporting_clauses(text, at, cue)
    if cue is None or not _is_to_come(text, cue):
        found = _first_dated(text, clauses, published) or _carried(text, at, cue, published)
        if found is not None:
            return found
    if published is None:
        return None, None
    past = _past_words(clauses) if cue else None
    return published, f'{PUBLICATION}, at the latest: "{past}"' if past else PUBLICATION


def _first_dated(text: str, clauses: Sequence[Clause], published: str | None) -> Dated | None:
    """Returns what the expression nearest to the cue stands for, of those that date the words."""
    found = []
    for clause in clauses:
        for expression in find_expressions(clause.text):
            if dates_the_words(clause, expression):
                left, right = clause.cue[0] - expression.end, expression.start - clause.cue[1]
                found.append((expression.form == "back", max(left, right), clause.start, expression))
    for _, _, start, expression in sorted(found, key=lambda each: each[:3]):
        dated = _reckoned(text, start + expression.start, expression, published)
        if dated is not None:
            return dated
    return None


def _reckoned(text: str, at: int, expression: Expression, published: str | None) -> Dated | None:
    """Returns a date up to publication, counted from the one last named before ``at`` where it takes one."""
    reach = _BACK.get(expression.form)
    found = reckon(expression, published, _named_before(text, at, reach, published) if reach else None)
    if found is None or (expression.form == "iso" and found.iso == published):  # the article's own date line
        return None
    length = min(len(found.iso), len(published or found.iso))
    return found if published is None or found.iso[:length] <= published[:length] else None


def _named_before(text: str, at: int, reach: int, published: str | None) -> Dated | None:
    """Returns the date that is named last before a place."""
    start = max(0, at - reach)
    before = unquoted(text, start, at, quotation_spans(text, start, at))
    for expression in reversed([*find_expressions(before)]):
        if expression.form not in _BACK and not expression.is_bare:
            return reckon(expression, published, None)
    return None


def _carried(text: str, at: tuple[int, int], cue: Span | None, published: str | None) -> Dated | None:
    """Returns the date of the reporting sentence before that "he added" goes on with."""
    for clause in sentences_gone_on(text, at, cue) if cue else ():
        said = _SAYS_WHAT.search(clause.text, clause.cue[1])
        found = _first_dated(
            text, [clause._replace(text=clause.text[: said.start()]) if said else clause], published
        )
        if found is not None:
            return Dated(found.iso, f"{found.basis}, in a sentence before")
    return None


def _is_to_come(text: str, cue: Span) -> bool:
    """Is the saying still to come: "will announce on Monday"?"""
    return _to_come().search(text, max(0, cue.start - _CLOSE), cue.end) is not None


def _past_words(clauses: Sequence[Clause]) -> str | None:
    """Returns words at the cue, or that open its clause, which put the saying before the article's day."""
    for clause in clauses:
        times = [(each.start, each.end) for each in find_expressions(clause.text)]
        for match in _past().finditer(clause.text) if clause.cue[0] < clause.cue[1] else ():
            in_time = any(start <= match.start() < end for start, end in times)
            if not in_time and _is_with_cue(clause, match):
                return " ".join(match[0].split())
    return None


def _is_with_cue(clause: Clause, adverb: re.Match[str]) -> bool:
    """Does the adverb open the clause, or stand at the cue? "Once" only right before its verb."""
    between = clause.text[adverb.end() : clause.cue[0]]
    if adverb[0].lower() == "once":
        return not between.strip()
    before = clause.text[: adverb.start()]
    if DETERMINER.search(before):  # an earlier version
        return False
    at_head = HEAD.fullmatch(BREAK.split(before)[-1]) is not None
    is_before = clause.cue[0] - _NEAR <= adverb.start() and not BREAK.search(between)
    return at_head or (is_before and adverb.end() <= clause.cue[1] + _CLOSE)


@cache
def _to_come() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b{any_of(load_lexicon('time_words')['to_come'].forms)}\b|['’]ll\b)[^.,;]*$", re.I
    )


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_lexicon('time_words')['past'].forms)}\b(?!\s+again\b)", re.IGNORECASE)
