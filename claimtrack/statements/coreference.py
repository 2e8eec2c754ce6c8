"""Who "he", "the minister" and one of two namesakes are: a walk that keeps count of who is talked about.

Every occurrence of a person adds to his or her salience, more as a subject or as a speaker than as an
object, little inside a quotation; salience fades with each sentence (Lappin and Leass 1994, "An
algorithm for pronominal anaphora resolution"). A pronoun goes to the most salient person of fitting
gender, a description to the most salient person it fits; where two are about equally salient it stays
unresolved.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.offices import Description, describe, descriptions_of, role_gender, same_role
from claimtrack.statements.people import Cast, Party
from claimtrack.text import paragraph_spans, quotation_spans, sentence_spans


_LEAD_PARAGRAPHS = 6
"""Paragraphs, headline and byline included, within which somebody described in the lead gets a name."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Salience points of an occurrence, shares kept per sentence and paragraph, and what decides.

    Found by random search over the pronouns that the PolNeAR training articles resolve.
    """

    subject: float = 1.1
    mention: float = 0.5
    speaker: float = 1.2
    after_preposition: float = 0.5
    possessive: float = 0.35
    quoted: float = 0.08
    headline: float = 0.25
    per_sentence: float = 0.4
    per_paragraph: float = 0.6
    prominence: float = 0.03
    unknown_gender: float = 1.0
    unknown_person: float = 0.2
    goes_on: float = 3.0
    goes_on_later: float = 1.3
    margin: float = 1.2
    least: float = 0.05


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place that stands for somebody: ``choices`` are parties; a pronoun has ``gender``, not choices.

    A ``fresh`` description ("a spokesman") brings in somebody new, shown as ``shown``; ``said`` is what
    the words around the name tell of its bearer. ``objective`` pronouns ("him") cannot mean the subject.
    """

    start: int
    end: int
    choices: tuple[int, ...] = ()
    gender: str | None = None
    description: Description | None = None
    possessive: bool = False
    objective: bool = False
    barred: frozenset[int] = frozenset()
    speaking: bool = False
    fresh: bool = False
    shown: str = ""
    said: tuple[Description, ...] = ()


class Layout:
    """Where an article's sentences, paragraphs and quotations are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = sentence_spans(text)
        self._sentence_starts = [s for s, _ in self.sentences]
        self._paragraph_starts = [s for s, _ in paragraph_spans(text)]
        self._quotations = [(q.start, q.end) for q in quotation_spans(text)]
        self._quotation_starts = [s for s, _ in self._quotations]

    def sentence(self, at: int) -> int:
        """Returns the number of the sentence at an offset."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def sentence_start(self, at: int) -> int:
        """Returns where the sentence at an offset begins."""
        return self.sentences[self.sentence(at)][0] if self.sentences else 0

    def paragraph(self, at: int) -> int:
        """Returns the number of the paragraph at an offset."""
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def is_quoted(self, at: int) -> bool:
        """Does a quotation hold the offset?"""
        which = bisect_right(self._quotation_starts, at) - 1
        return which >= 0 and at < self._quotations[which][1]

    def is_headline(self, at: int) -> bool:
        """Is the offset in the first of several paragraphs?"""
        return self.paragraph(at) == 0 and len(self._paragraph_starts) > 1


class Discourse:
    """The walk through one article; afterwards ``found`` maps the offset of each occurrence to a party.

    ``votes`` counts, by party, the pronouns that could stand for nobody else.
    """

    def __init__(
        self, layout: Layout, cast: Cast, occurrences: Iterable[Occurrence], weights: Weights
    ) -> None:
        self._layout = layout
        self._parties = [replace(p, descriptions=list(p.descriptions)) for p in cast.parties]
        self._weights = weights
        self._points: dict[int, float] = {}
        self._at = (0, 0)
        self._subject_taken = -1
        self._last_subject: tuple[int, int] = (-1, -1)
        self._last_speaker: tuple[int, int] = (-1, -1)
        self._unnamed_lead: int | None = None
        self._same: dict[int, int] = {}
        self._first_seen: dict[int, int] = {}
        self.found: dict[int, int | None] = {}
        self.votes: dict[int, Counter[str]] = {}
        for occurrence in sorted(occurrences, key=lambda o: (o.start, o.end)):
            self._take(occurrence)

    def _take(self, occurrence: Occurrence) -> None:
        self._move(occurrence.start)
        if len(occurrence.choices) == 1:
            party: int | None = occurrence.choices[0]
            self._identify_lead(occurrence)
        elif occurrence.choices:
            party = self._namesake(occurrence)
            if party is not None:
                self._parties[party].descriptions.extend(occurrence.said)
        elif occurrence.description:
            party = self._described(occurrence)
        else:
            party = self._antecedent(occurrence)
        self.found[occurrence.start] = party
        if party is not None and self._parties[party].person is not False:
            self._points[party] = self._points.get(party, 0.0) + self._worth(occurrence)
            if not occurrence.possessive and not _follows_preposition(self._layout.text, occurrence.start):
                self._last_subject = (party, self._layout.sentence(occurrence.start))
            if occurrence.speaking:
                self._last_speaker = (party, self._layout.paragraph(occurrence.start))

    def _move(self, at: int) -> None:
        """Fades all salience by the sentences and paragraphs passed since the last occurrence."""
        here = (self._layout.sentence(at), self._layout.paragraph(at))
        sentences, paragraphs = here[0] - self._at[0], here[1] - self._at[1]
        if sentences or paragraphs:
            factor = self._weights.per_sentence**sentences * self._weights.per_paragraph**paragraphs
            self._points = {p: v * factor for p, v in self._points.items() if v * factor > 1e-4}
            self._at = here

    def _worth(self, occurrence: Occurrence) -> float:
        weights, at = self._weights, occurrence.start
        if self._layout.is_quoted(at):
            return weights.quoted
        if self._layout.is_headline(at):
            return weights.headline
        points = weights.mention
        if occurrence.possessive:
            points = weights.possessive
        elif _follows_preposition(self._layout.text, at):
            points = weights.after_preposition
        elif self._subject_taken != self._layout.sentence(at):
            points += weights.subject
            self._subject_taken = self._layout.sentence(at)
        return points + (weights.speaker if occurrence.speaking else 0.0)

    def _best(self, scored: list[tuple[float, int]], margin: float) -> int | None:
        scored.sort(key=lambda s: (-s[0], s[1]))
        if not scored or scored[0][0] < self._weights.least:
            return None
        if len(scored) > 1 and scored[0][0] < margin * scored[1][0]:
            return None
        return scored[0][1]

    def _antecedent(self, occurrence: Occurrence) -> int | None:
        scored = []
        for p, points in self._points.items():
            party = self._parties[p]
            if party.gender not in (None, occurrence.gender) or p in occurrence.barred:
                continue
            if occurrence.objective and (p, self._layout.sentence(occurrence.start)) == self._last_subject:
                continue
            points *= 1.0 if party.gender else self._weights.unknown_gender
            points *= 1.0 if party.person else self._weights.unknown_person
            points *= 1 + self._weights.prominence * party.count
            if occurrence.speaking and p == self._last_speaker[0]:
                same = self._last_speaker[1] == self._layout.paragraph(occurrence.start)
                points *= self._weights.goes_on if same else self._weights.goes_on_later
            scored.append((points, p))
        best = self._best(scored, self._weights.margin)
        if best is not None and occurrence.gender and (len(scored) == 1 or scored[0][0] > 3 * scored[1][0]):
            self.votes.setdefault(best, Counter())[occurrence.gender] += 1
        return best

    def _namesake(self, occurrence: Occurrence) -> int | None:
        """Returns which of several with this name is meant: the most salient, prominence counting."""
        parties = self._parties
        scored = [(self._points.get(p, 0.0) + 0.05 * parties[p].full_count, p) for p in occurrence.choices]
        scored.sort(key=lambda s: (-s[0], s[1]))
        return scored[0][1]

    def _described(self, occurrence: Occurrence) -> int | None:
        description = occurrence.description
        if description is None:
            return None
        if occurrence.fresh:
            return self._introduce(occurrence, description)
        scored = []
        for p, party in enumerate(self._parties):
            fit = description_fit(description, party)
            if fit:
                scored.append((fit * (self._points.get(p, 0.0) + 0.1 + 0.02 * party.count), p))
        bridged = None if scored else self._bridged(description)
        if bridged is not None:
            return bridged
        if not scored and (occurrence.speaking or self._opens_lead(occurrence.start)):
            return self._introduce(occurrence, description)
        return self._best(scored, self._weights.margin)

    def _bridged(self, description: Description) -> int | None:
        """Returns the person just talked about, of whom nothing is known yet, for "the glaciologist"."""
        ranked = sorted(((v, -p) for p, v in self._points.items() if self._parties[p].person), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] < 2 * ranked[1][0]) or ranked[0][0] < 0.1:
            return None
        which = -ranked[0][1]
        party = self._parties[which]
        gender = role_gender(description.head)
        if (
            party.descriptions
            or not party.named
            or gender not in (None, party.gender, *([gender] if party.gender is None else []))
        ):
            return None
        party.descriptions.append(description)
        return which

    def _introduce(self, occurrence: Occurrence, description: Description) -> int:
        """Returns a new party for somebody who is described but not named."""
        party = Party(tuple((occurrence.shown or description.text).split()), True, named=False, count=1)
        party.descriptions.append(description)
        gender = role_gender(description.head)
        if gender:
            party.genders[gender] += 2
        self._parties.append(party)
        which = len(self._parties) - 1
        if self._layout.paragraph(occurrence.start) in (0, 1, 2) and self._unnamed_lead is None:
            self._unnamed_lead = which
        return which

    def _opens_lead(self, at: int) -> bool:
        """Is it the subject of the article's first sentence after the headline?"""
        return self._layout.paragraph(at) in (1, 2) and self._layout.sentence_start(at) == at

    def _identify_lead(self, occurrence: Occurrence) -> None:
        """Joins "a deckhand" of the lead with the next speaker who is named without saying who he is.

        Delayed identification: the lead says what the person is, the next paragraph who.
        """
        lead, which = self._unnamed_lead, occurrence.choices[0]
        party = self._parties[which]
        begun = self._layout.sentence_start(occurrence.start) == occurrence.start
        self._first_seen.setdefault(which, -1 if lead is None else occurrence.start)
        if lead is None or party.person is False or not (occurrence.speaking or begun):
            return
        if self._layout.paragraph(occurrence.start) > _LEAD_PARAGRAPHS:
            self._unnamed_lead = None
            return
        unnamed = self._parties[lead]
        genders = {unnamed.gender, party.gender} - {None}
        if party.descriptions or self._first_seen[which] < 0 or len(genders) > 1 or len(party.words) < 2:
            return
        self._unnamed_lead = None
        self._same[lead] = which
        party.person = True
        party.descriptions.extend(unnamed.descriptions)

    def party(self, which: int) -> Party:
        """Returns the party of an index in ``found``."""
        return self._parties[self._same.get(which, which)]

    def everyone(self) -> list[tuple[int, Party]]:
        """Returns the named persons of the article with their index."""
        return [(i, p) for i, p in enumerate(self._parties) if p.named and p.person is not False]


def description_fit(description: Description, party: Party) -> float:
    """Returns how well "the former Wisconsin governor" fits what is known of a party: 0.0 (no) to 1.0."""
    if party.person is False:
        return 0.0
    telling = load_lexicon("roles").forms("telling")
    places = load_lexicon("place_names").forms()
    own = set(party.key)
    best = 0.0
    known = {w for d in party.descriptions for w in (*d.modifiers, *d.head.split())} | own
    for other in party.descriptions:
        if not same_role(description.head, other.head):
            continue
        missing = [m for m in description.modifiers if m not in known]
        if any(m in places for m in missing):
            continue
        extra = [m for m in other.modifiers if m in telling and m not in description.modifiers]
        if any(m in telling for m in missing):
            continue
        best = max(
            best, (1.0 if description.head == other.head else 0.7) * 0.4 ** len(missing) * 0.4 ** len(extra)
        )
    return best


def _follows_preposition(text: str, at: int) -> bool:
    before = re.search(r"([\w'’\-]+)[\s\"“‘]*$", text[max(0, at - 40) : at])
    return bool(before) and before[1].lower() in load_lexicon("function_words").forms("preposition")  # type: ignore[index]


def occurrences_of(text: str, cast: Cast) -> list[Occurrence]:
    """Returns the names, third-person singular pronouns and definite descriptions of an article."""
    found = [
        Occurrence(
            n.start,
            n.end,
            fits,
            possessive=n.possessive,
            said=tuple(descriptions_of(text, n)) if len(fits) > 1 else (),
        )
        for n, fits in zip(cast.names, cast.choices, strict=True)
        if fits
    ]
    for match in _third_person().finditer(text):
        word = match[0].lower()
        gender = "m" if word in load_lexicon("pronouns").forms("male") else "f"
        possessive = word == "his" or (
            word == "her" and bool(re.match(r"\s\w", text[match.end() : match.end() + 2]))
        )
        objective = word == "him" or (word == "her" and not possessive)
        found.append(
            Occurrence(match.start(), match.end(), gender=gender, possessive=possessive, objective=objective)
        )
    taken = [(n.start, n.end) for n in cast.names]
    starts = [s for s, _ in taken]
    for match in _DEFINITE.finditer(text):
        end = _role_end(text, match.end())
        nearest = bisect_left(starts, match.start())
        if end is None or (nearest < len(taken) and taken[nearest][0] < end + 2):
            continue
        description = describe(text[match.start() : end])
        if description:
            possessive = bool(re.match(r"['’]", text[end : end + 1]))
            found.append(Occurrence(match.start(), end, description=description, possessive=possessive))
    return found


_DEFINITE = re.compile(r"\b[Tt]he\s")


def _role_end(text: str, at: int) -> int | None:
    """Returns where the first role noun within five words ends, if no further noun of the phrase follows."""
    for match in re.compile(r"[\w\-]+").finditer(text, at, at + 60):
        if match.start() > at and text[match.start() - 1] not in " .":
            return None
        if describe(match[0]):
            following = re.match(r"\s([\w\-]+)", text[match.end() : match.end() + 40])
            if following and (describe(following[1]) or following[1][0].isupper()):
                continue
            return match.end()
    return None


def settle_genders(cast: Cast, votes: dict[int, Counter[str]]) -> Cast:
    """Returns the cast in which pronouns have told the gender of those whose name does not."""
    parties = list(cast.parties)
    for which, counted in ((w, c) for w, c in votes.items() if w < len(parties)):
        party = parties[which]
        if party.gender is None and counted["m"] != counted["f"]:
            parties[which] = replace(party, genders=party.genders + counted)
    return replace(cast, parties=tuple(parties))


@cache
def _third_person() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_lexicon('pronouns').forms('male', 'female'))}\b", re.IGNORECASE)
