"""Reporting sentences that a later one goes on with, as in: Roe told CNN so on Monday. "It rains," he added.

A sentence goes on where nothing but the content stands before its subject, the subject is "he", "she" or
"they" or the name that is spoken of, the verb is in the simple past, and no new occasion is named ("in an
interview").
"""

import re
from collections.abc import Iterator
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Span
from claimtrack.statements.reporting import Clause, unquoted
from claimtrack.text import quotation_spans, sentence_spans

_CHAIN = 5
"""Sentences back that "he added ... he said" is followed."""

_REACH = 800
"""Characters before a statement in which these sentences are looked for."""

_NAME = 40
"""Characters after a cue in which the name of an inverted subject ends: ``said Rep. Mary Roe``."""

_PRONOUNS = ("he", "she", "they")
_BEFORE = re.compile(
    r"(?:\b[A-Z][\w.’'-]*\s+){0,3}\b(?P<word>[Hh]e|[Ss]he|[Tt]hey|[A-Z][\w’'-]+)\s+"
    r"(?:(?:\w+ly|also|then)\s+)?$"
)
_AFTER = re.compile(r"\s+(?:[A-Z][\w.’'-]*\s+){0,3}(?P<word>[A-Z][\w’'-]+)")
_OTHER_TENSE = re.compile(r"(?:has|have|had|is|are|was|were|can|could|will|would|may|might|\w+s)\b", re.I)
_OPENING = re.compile(r"[\W_]*(?:\b(?:and|but|yet|so|then|later|also|still|however)\b[\W_]*)*", re.I)


def sentences_gone_on(text: str, at: tuple[int, int], cue: Span) -> Iterator[Clause]:
    """Yields the reporting sentences that the statement goes on with, the nearest first.

    ``at`` encloses the content. Each ends with one that does not itself go on with another.
    """
    first = min(at[0], cue.start)
    start, end = max(0, first - _REACH), min(len(text), cue.end + _NAME)
    if _OTHER_TENSE.match(text, cue.start, cue.end) or _own_occasion().search(text, cue.start, end):
        return
    quotations = quotation_spans(text, start, end)
    sentences = sentence_spans(text, start, end)
    own = next((left for left, right in sentences if left <= first < right), first)
    who = _subject(unquoted(text, own, cue.start, quotations), text[cue.end : end], at[0] - own, at[1] - own)
    for left, right in reversed([place for place in sentences if place[1] <= own][-_CHAIN:]):
        sentence = unquoted(text, left, right, quotations)
        verb = _verbs().search(sentence)
        if who is None or (verb is None and sentence.strip(" \t.,")):
            return
        if verb is None:
            continue
        before, after = sentence[: verb.start()], sentence[verb.end() :]
        subject = _subject(before, after, len(before), len(before))
        named = who in _PRONOUNS or subject == who or re.search(rf"\b{re.escape(who)}\b(?!['’]s)", before)
        if not named and subject not in _PRONOUNS:
            return
        yield Clause(sentence, left, verb.span())
        who = subject if who in _PRONOUNS or subject is None else who


def _subject(before: str, after: str, left: int, right: int) -> str | None:
    """Returns "he" or a name where only the content, ``before[left:right]``, precedes it in its sentence."""
    left, right = (min(len(before), max(0, place)) for place in (left, right))
    rest = before[:left] + before[right:]
    found = _BEFORE.search(rest)
    if found is not None:
        opens = _OPENING.fullmatch(rest, 0, found.start())
        word = found["word"]
        return (word.lower() if word.lower() in _PRONOUNS else word) if opens else None
    inverted = _AFTER.match(after)
    return inverted["word"] if inverted and _OPENING.fullmatch(rest) else None


@cache
def _verbs() -> re.Pattern[str]:
    verbs = load_lexicon("speech_verbs").forms("past_and_present") | load_lexicon("time_words").forms("spoke")
    past = frozenset(verb for verb in verbs if verb.endswith(("d", "e")))  # said, wrote; not says, claim
    return re.compile(rf"\b{any_of(past)}\b")


@cache
def _own_occasion() -> re.Pattern[str]:
    """Matches a phrase that gives the words an occasion of their own: ``in an interview``."""
    nouns = any_of(load_lexicon("time_words")["occasion"].forms)
    return re.compile(rf"\b(?:in|at|during)\s+(?:an?|another)\s+(?:\w+\s+){{0,2}}{nouns}\b", re.IGNORECASE)
