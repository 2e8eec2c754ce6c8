"""Who "he", "the minister" and one of two namesakes are: a walk through the article in text order.

A pronoun goes to the most salient person of fitting gender, a description to the most salient person it
fits; where two are about equally salient it stays unresolved. Two habits of news text help: the lead may
say what somebody is and a later paragraph who ("A deckhand told the court ... Lydia Farrant said"), and a
description may take up somebody named without one ("... said Dr Ivo Roe. The surgeon ...").
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from claimtrack.statements.layout import Layout
from claimtrack.statements.occurrences import Occurrence
from claimtrack.statements.offices import Description, is_epithet, role_gender, same_role
from claimtrack.statements.people import Cast, Party
from claimtrack.statements.salience import Salience, Weights
from claimtrack.statements.wordlists import forms, is_given_name
from claimtrack.text import fold

_LEAD_PARAGRAPHS = 6
"""Paragraphs, headline and byline included, within which somebody described in the lead gets a name."""

_FIRST_PARAGRAPHS = 3
"""Paragraphs among which the lead is: headline, byline or dateline, lead."""

_SURE = 3.0
"""How many times the second best a candidate has to have for his pronoun to tell his gender."""

_WIDER = 0.7
"""Fit (0.0-1.0) of a wider word ("lawmaker" for a senator); "his lawmaker" has to fit better."""

_BRIDGE = (2.0, 0.1)
"""How many times the second best, and how many points, make somebody the one just talked about."""

_WHERE = re.compile(r"\b(?:at|in|near|of|to|outside)\s$")
_FROM = re.compile(r"\bfrom\s$")
_WHERE_REACH = 10
"""Before a name: it may be that of a place, or of whom words come from; and the characters for that."""

_RELATIVE = re.compile(r"\w (?:who|whose|that) ")
"""A relative clause without a comma: it tells which one is meant."""

_STAYS_UNNAMED = "source"
"""Noun for somebody whom no later sentence of the article names."""


class Discourse:
    """The walk through one article; afterwards ``found`` maps the offset of each occurrence to a party.

    ``votes`` counts, by party, the pronouns that could hardly stand for anybody else.
    """

    def __init__(
        self, layout: Layout, cast: Cast, occurrences: Iterable[Occurrence], weights: Weights
    ) -> None:
        self._layout = layout
        self._weights = weights
        self._parties = [replace(p, descriptions=Counter(p.descriptions)) for p in cast.parties]
        self._salience = Salience(layout, weights)
        self._unnamed_lead: int | None = None
        self._named_before_lead: set[int] = set()
        self._first_paragraph: dict[int, int] = {}
        self._first_place: dict[int, int] = {}
        self._same: dict[int, int] = {}
        self.found: dict[int, int | None] = {}
        self.votes: dict[int, Counter[str]] = {}
        for occurrence in sorted(occurrences, key=lambda o: (o.start, o.end)):
            self._take(occurrence)

    def party(self, which: int) -> Party:
        """Returns the party of an index in ``found``."""
        return self._parties[self._same.get(which, which)]

    def named_persons(self) -> list[tuple[int, Party]]:
        """Returns the named persons of the article with their index."""
        return [(i, p) for i, p in enumerate(self._parties) if p.named and p.person is not False]

    def _take(self, occurrence: Occurrence) -> None:
        self._salience.move(occurrence.start)
        party: int | None
        if len(occurrence.choices) == 1:
            party = occurrence.choices[0]
            self._identify_lead(occurrence, party)
        elif occurrence.choices:
            party = self._namesake(occurrence)
        elif occurrence.description:
            party = self._described(occurrence, occurrence.description)
        else:
            party = self._antecedent(occurrence)
        party = None if party is None else self._same.get(party, party)
        self.found[occurrence.start] = party
        if party is not None and self._parties[party].person is not False:
            self._salience.add(party, occurrence)
            self._first_paragraph.setdefault(party, self._layout.paragraph(occurrence.start))
            self._first_place.setdefault(party, occurrence.start)

    def _antecedent(self, occurrence: Occurrence) -> int | None:
        scored = []
        for p, points in self._salience.points.items():
            party = self._parties[p]
            if party.gender not in (None, occurrence.gender) or p in occurrence.barred:
                continue
            if occurrence.objective and self._salience.is_subject(p, occurrence.start):
                continue
            if party.gender is None and party.likely_gender not in (None, occurrence.gender):
                points *= self._weights.unlikely_gender
            points *= 1.0 if party.person else self._weights.unknown_person
            points *= 1 + self._weights.prominence * party.count
            if occurrence.speaking:
                points *= self._salience.going_on(p, occurrence.start)
            scored.append((points, p))
        best = self._salience.best(scored)
        telling = not occurrence.possessive and not occurrence.objective
        sure = len(scored) == 1 or (len(scored) > 1 and scored[0][0] > _SURE * scored[1][0])
        if best is not None and occurrence.gender and telling and sure:
            self.votes.setdefault(best, Counter())[occurrence.gender] += 1
        return best

    def _namesake(self, occurrence: Occurrence) -> int:
        """Returns which of several with this name is meant: the most salient, prominence counting."""
        party = max(
            occurrence.choices,
            key=lambda p: (self._salience.points.get(p, 0.0) + 0.05 * self._parties[p].full_count, -p),
        )
        self._parties[party].descriptions.update(occurrence.said)
        return party

    def _described(self, occurrence: Occurrence, description: Description) -> int | None:
        """Returns who is meant; "the president" is no vice or former one where the president is there."""
        if occurrence.fresh:
            return self._introduce(occurrence, description)
        owned = self._is_owned(occurrence)
        scored = []
        for p, party in enumerate(self._parties):
            fit = 0.0 if p in occurrence.barred else description_fit(description, party)
            if fit and (fit > _WIDER or not owned):
                scored.append((fit, fit * (self._salience.points.get(p, 0.0) + 0.1 + 0.02 * party.count), p))
        if scored and description.head in forms("roles", "exclusive"):
            scored = [each for each in scored if each[0] == 1.0] or scored
        if scored:
            return self._salience.best([(points, p) for _, points, p in scored])
        bridged = self._just_named(occurrence, description)
        if bridged is None and (occurrence.speaking or self._opens_lead(occurrence.start)):
            return self._introduce(occurrence, description)
        return bridged

    def _is_owned(self, occurrence: Occurrence) -> bool:
        """Is it "his lawyer" or "the candidate's lawyer": somebody told by whose he is?"""
        words = self._layout.text[occurrence.start : occurrence.end].lower()
        return not words.startswith("the ") or "'s " in words or "’s " in words

    def _just_named(self, occurrence: Occurrence, description: Description) -> int | None:
        """Returns the person just talked about whom "the glaciologist" takes up: no other noun fits anybody.

        Most of all that is somebody named first in the sentence before, of whom nothing is known yet.
        """
        if self._is_owned(occurrence) or self._layout.is_quoted(occurrence.start):
            return None
        candidates = (self._newcomer(occurrence), self._most_salient(occurrence))
        fitting = (p for p in candidates if p is not None and self._may_be(p, occurrence, description))
        which = next(fitting, None)
        if which is None:
            return None
        party = self._parties[which]
        party.descriptions[description] += 1
        party.person = True
        return which

    def _may_be(self, which: int, occurrence: Occurrence, description: Description) -> bool:
        party, head = self._parties[which], description.head
        if not occurrence.speaking and self._salience.is_subject(which, occurrence.start):
            return False  # "she wrote to the prime minister"
        gender = role_gender(head)
        is_known = len(party.words) > 1 or (occurrence.speaking and party.person)
        if not party.named or not is_known or (gender and party.gender not in (None, gender)):
            return False
        words = self._layout.text[occurrence.start : occurrence.end]
        if _introduces_itself(description, words):
            return False
        is_calling = occurrence.speaking and _is_calling(description)
        if party.descriptions and not (is_calling or _goes_with(description, party)):
            return False
        new = self._layout.paragraph(occurrence.start) - self._first_paragraph[which] < 2
        if head in forms("roles", "exclusive") and _narrowed(description):
            return new and not party.descriptions
        return new or (occurrence.speaking and head not in forms("roles", "anonymous"))

    def _most_salient(self, occurrence: Occurrence) -> int | None:
        """Returns the person talked about far more than any other, for a source however long ago."""
        times, least = _BRIDGE
        least = 0.0 if occurrence.speaking else least
        points = self._salience.points.items()
        ranked = sorted(((v, -p) for p, v in points if self._is_candidate(p, occurrence)), reverse=True)
        if not ranked or ranked[0][0] < least or (len(ranked) > 1 and ranked[0][0] < times * ranked[1][0]):
            return None
        return -ranked[0][1]

    def _newcomer(self, occurrence: Occurrence) -> int | None:
        """Returns whom words come from, if first named in the sentence before: "heard from Roe"."""
        here = self._layout.sentence(occurrence.start)
        new = [
            p
            for p, at in self._first_place.items()
            if here - self._layout.sentence(at) in (1, 2)
            and _FROM.search(self._layout.text, max(0, at - _WHERE_REACH), at)
            and self._is_candidate(p, occurrence)
        ]
        if not occurrence.speaking or len(new) != 1 or self._parties[new[0]].descriptions:
            return None
        is_known = self._parties[new[0]].person or is_given_name(fold(self._parties[new[0]].words[0]))
        return new[0] if is_known else None

    def _is_candidate(self, which: int, occurrence: Occurrence) -> bool:
        """Is it somebody named, not in the words said, and no place ("in Oslo")?"""
        at = self._first_place.get(which, 0)
        is_place = _WHERE.search(self._layout.text, max(0, at - _WHERE_REACH), at) is not None
        party, barred = self._parties[which], occurrence.barred | occurrence.talked_of
        is_somebody = party.named and (party.person or len(party.words) > 1)
        return bool(is_somebody) and which not in barred and not is_place

    def _introduce(self, occurrence: Occurrence, description: Description) -> int:
        """Returns a new party for somebody who is described but not named."""
        party = Party(tuple((occurrence.shown or description.text).split()), True, named=False, count=1)
        party.descriptions[description] += 1
        gender = role_gender(description.head)
        if gender:
            party.genders[gender] += 2
        self._parties.append(party)
        which = len(self._parties) - 1
        in_lead = self._layout.paragraph(occurrence.start) < _FIRST_PARAGRAPHS
        if in_lead and self._unnamed_lead is None and description.head != _STAYS_UNNAMED:
            self._unnamed_lead = which
        return which

    def _opens_lead(self, at: int) -> bool:
        """Is it the subject that opens one of the first paragraphs after the headline?"""
        first = 0 < self._layout.paragraph(at) < _FIRST_PARAGRAPHS
        return first and self._layout.sentence_start(at) == at

    def _identify_lead(self, occurrence: Occurrence, which: int) -> None:
        """Joins "a deckhand" of the lead with the first named later, of whom nothing else is said."""
        lead, party = self._unnamed_lead, self._parties[which]
        if lead is None:
            self._named_before_lead.add(which)
            return
        if self._layout.paragraph(occurrence.start) > _LEAD_PARAGRAPHS:
            self._unnamed_lead = None
            return
        begins = self._layout.sentence_start(occurrence.start) == occurrence.start
        described = {d.head for d in party.descriptions} - {d.head for d in self._parties[lead].descriptions}
        if party.person is False or described or not (occurrence.speaking or begins):
            return
        genders = {self._parties[lead].gender, party.gender} - {None}
        if which in self._named_before_lead or len(genders) > 1 or len(party.words) < 2:
            return
        self._unnamed_lead = None
        self._same[lead] = which
        party.person = True
        party.descriptions.update(self._parties[lead].descriptions)


def description_fit(description: Description, party: Party) -> float:
    """Returns how well "the former Wisconsin governor" fits what is known of a party: 0.0 (no) to 1.0.

    A modifier that is not known of the party halves the fit and more; one that tells two holders of an
    office apart ("former", "deputy", a place) rules it out.
    """
    if party.person is False or not party.descriptions:
        return 0.0
    telling = forms("roles", "telling")
    known = {w for d in party.descriptions for w in (*d.modifiers, *d.head.split())} | set(party.key)
    missing = [m for m in description.modifiers if m not in known]
    places = forms("place_names")
    if any(m in telling or (m in places and not places.isdisjoint(known)) for m in missing):
        return 0.0
    best = 0.0
    for other in party.descriptions:
        if same_role(description.head, other.head):
            extra = sum(m in telling and m not in description.modifiers for m in other.modifiers)
            exact = 1.0 if description.head == other.head else _WIDER
            best = max(best, exact * 0.4 ** (len(missing) + extra))
    return best


def _goes_with(description: Description, party: Party) -> bool:
    """May somebody known as "the nominee" be called "the real estate mogul" too: is it an epithet?"""
    if not is_epithet(description.head):
        return False
    offices = forms("roles", "exclusive")
    return description.head not in offices or not any(d.head in offices for d in party.descriptions)


def _is_calling(description: Description) -> bool:
    """Is it what somebody does or once did: "the contractor", "the former county engineer"?

    No office, which is another's, and no noun for those who stay unnamed ("the official").
    """
    if description.head in forms("roles", "anonymous") | forms("roles", "exclusive"):
        return False
    is_past = description.modifiers[:1] == ("former",) and description.head not in forms("roles", "post")
    return is_past or not _narrowed(description)


def _narrowed(description: Description) -> bool:
    """Is it told of what somebody holds the office: "the Ohio governor", not "the embattled governor"?"""
    return any(word not in forms("roles", "passing") for word in description.modifiers)


def _introduces_itself(description: Description, words: str) -> bool:
    """Is it "the attorney general of Ohio", "the aide who wrote it", not "the embattled governor"?

    What somebody holds or has done, told in full, is told of one who has not been spoken of before.
    """
    if _RELATIVE.search(words):
        return True
    told = f" {description.text} "
    for office in forms("titles", "with_of"):
        told = told.replace(f" {office} ", " ")
    in_full = any(word in forms("function_words", "preposition") for word in told.split()[1:])
    return in_full and description.head not in forms("roles", "epithet")


def settle_genders(cast: Cast, votes: dict[int, Counter[str]]) -> Cast:
    """Returns the cast in which pronouns have told that a party is a person, and of which gender."""
    parties = list(cast.parties)
    for which, counted in votes.items():
        if which < len(parties) and parties[which].gender is None and counted["m"] != counted["f"]:
            party = parties[which]
            parties[which] = replace(party, genders=party.genders + counted, person=True)
    return replace(cast, parties=tuple(parties))
