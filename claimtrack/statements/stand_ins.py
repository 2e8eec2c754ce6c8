"""Sources that are neither a name nor "he" or "she" -> the party they stand for.

Relative pronouns, the labels of a transcript, account names, "the council", and the "minister" of a
headline. Each function returns a party's index, or None where the article does not tell.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from claimtrack.statements.coreference import Discourse, description_fit
from claimtrack.statements.layout import Layout
from claimtrack.statements.offices import Description, role_gender
from claimtrack.statements.people import Cast
from claimtrack.statements.wordlists import forms
from claimtrack.text import fold

_WHO_GAP = re.compile(r"(?:\s?\([^()]{1,30}\))?(?:,\s(?:\d{1,2},\s)?(?:[^.;]{3,80},\s)?|\s)")
"""Between a name and its "who": a party in brackets, an age, a short apposition."""

_INNER_APPOSITION = re.compile(
    r"(?:\s\([^)]*\))?, (?:a|an|the|his|her|one|who|\w+) [^.;,]*\b(?:of|for|to|in|at|from|with) "
)
_NOUN_BEFORE = re.compile(r"\b(?:the|The)\s(?:[\w\-]+\s){0,3}([\w\-]+),?\s$")
_NOUN_AFTER = re.compile(
    r", (?:a|an|the)\s(?:[\w\-]+\s){0,5}?([\w\-]+)(?=[,.]|\s(?:that|which|in|of|for|based)\b)"
)


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article when stand-ins are resolved; ``starts`` are the offsets of its names."""

    text: str
    layout: Layout
    cast: Cast
    starts: tuple[int, ...]
    discourse: Discourse


def relative_antecedent(article: Article, at: int) -> int | None:
    """Returns who "who" or "which" at an offset stands for: the name or description right before it."""
    names = article.cast.names
    which = bisect_left(article.starts, at) - 1
    adjacent = which >= 0 and names[which].start >= article.layout.sentence_start(at)
    if adjacent and _WHO_GAP.fullmatch(article.text[names[which].end : at]):
        outer = which - 1 if _is_inside_apposition(article, which, at) else which
        party = article.discourse.found.get(names[outer].start)
        thing = fold(article.text[at : at + 5]) in ("which", "that ")
        if party is not None and (
            article.discourse.party(party).person or (thing and at - names[outer].end < 3)
        ):
            return party
    noun = _NOUN_BEFORE.search(article.text[max(0, at - 60) : at])
    return institution_described(article, fold(noun[1]), at) if noun else None


def _is_inside_apposition(article: Article, which: int, at: int) -> bool:
    """Is the nearest name only part of an apposition: ``Roe, a friend of Doe's, who said``?"""
    names = article.cast.names
    if which == 0 or not article.text[names[which].end : at].strip().startswith(","):
        return False
    return bool(_INNER_APPOSITION.match(article.text[names[which - 1].end : names[which].start]))


def institution_described(article: Article, noun: str, at: int) -> int | None:
    """Returns the institution that "the council" means: the last one named or described by that noun."""
    if noun not in forms("organisations", "noun"):
        return None
    firm = forms("organisations", "firm")
    nouns = {noun} | (firm if noun in firm else set())
    names = article.cast.names
    for which in range(bisect_left(article.starts, at) - 1, -1, -1):
        name, fits = names[which], article.cast.choices[which]
        if name.person or len(fits) != 1 or article.cast.parties[fits[0]].person:
            continue
        after = _NOUN_AFTER.match(article.text, name.end, name.end + 90)
        key = article.cast.parties[fits[0]].key
        told = {key[-1] if len(key) > 1 else "", fold(name.before[-1]) if name.before else ""}
        told.add(fold(after[1]) if after else "")
        if told & nouns:
            return fits[0]
    return None


def labelled(article: Article, label: str, first_label: int) -> int | None:
    """Returns who ``A`` is in an interview, and whose initials ``TB`` are; ``Q`` is not told.

    ``first_label`` is where the questions and answers begin: the interviewed is talked of most before.
    """
    if label == "Q":
        return None
    if len(label) > 1:
        fits = [
            i
            for i, p in article.discourse.named_persons()
            if "".join(re.findall(r"\b\w", p.name)).upper() == label
        ]
        return fits[0] if len(fits) == 1 else None
    counted = Counter(
        p
        for at, p in article.discourse.found.items()
        if at < first_label and p is not None and article.discourse.party(p).person
    ).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def account_holder(cast: Cast, handle: str) -> int | None:
    """Returns whose full name the letters of an account name hold."""
    letters = fold(handle).replace("_", "")
    fits = [
        i
        for i, p in enumerate(cast.parties)
        if p.person is not False and len(p.key) > 1 and "".join(p.key).replace("-", "") in letters
    ]
    return fits[0] if len(fits) == 1 else None


def headline_person(article: Article, description: Description, lead: int | None) -> int | None:
    """Returns whom a headline or a bullet calls "minister": the best fit of that office, else ``lead``.

    A headline sums up the lead, so its "judge" is the lead's speaker where nobody is described as a
    judge; not where the lead's speaker is known to hold another office, or is of another gender.
    """
    scored = sorted(
        (-description_fit(description, p) * (1 + 0.1 * p.count), i)
        for i, p in article.discourse.named_persons()
    )
    if scored and scored[0][0] < 0:
        return scored[0][1] if len(scored) == 1 or scored[0][0] < scored[1][0] else None
    if lead is None:
        return None
    party, gender = article.discourse.party(lead), role_gender(description.head)
    held = any(d.head in forms("titles", "office", "rank") for d in party.descriptions)
    office = description.head in forms("titles", "office", "rank") and held
    return (
        lead
        if party.person and party.named and party.gender in (None, gender or party.gender) and not office
        else None
    )
