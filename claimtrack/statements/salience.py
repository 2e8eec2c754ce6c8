"""How much each person of an article is being talked about at a point of it.

Every occurrence adds points, more as a subject or as a speaker than as an object, little inside a
quotation; the points fade with each sentence and paragraph (Lappin and Leass 1994, "An algorithm for
pronominal anaphora resolution").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from claimtrack.statements.layout import Layout
from claimtrack.statements.occurrences import Occurrence

_AND = re.compile(r",? and (?:[\w.]+ ){0,4}")
"""Between two names side by side: the second is as much the subject as the first."""

_FORGOTTEN = 1e-4
"""Points below which somebody is no longer in play; a tenth of this decides nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of an occurrence, shares kept per sentence and paragraph, factors on candidates.

    Found by random search over the pronouns that the PolNeAR training articles resolve, then rounded.
    ``subject_before`` is the factor for the last subject in the paragraph, ``subject_above`` in the one
    above (not searched: it says who a quotation in a paragraph of its own is by), ``goes_on`` for whoever
    spoke last in the same paragraph, ``goes_on_later`` in an earlier one; ``margin`` how many times the
    second best the best has to have; ``least`` the fewest points that decide.
    """

    subject: float = 1.1
    mention: float = 0.5
    speaker: float = 2.0
    after_preposition: float = 0.5
    possessive: float = 0.35
    quoted: float = 0.1
    headline: float = 0.15
    per_sentence: float = 0.25
    per_paragraph: float = 0.6
    prominence: float = 0.04
    unlikely_gender: float = 0.5
    unknown_person: float = 0.15
    subject_before: float = 2.0
    subject_above: float = 1.5
    goes_on: float = 4.0
    goes_on_later: float = 1.3
    margin: float = 1.2
    least: float = 0.02


class Salience:
    """Points by party at the place reached so far; places are passed in text order."""

    def __init__(self, layout: Layout, weights: Weights) -> None:
        self._layout = layout
        self._weights = weights
        self._points: dict[int, float] = {}
        self._at = (0, 0)
        self._sentence_with_subject = -1
        self._subject = (-1, -1)
        self._last_subject = (-1, -1)
        self._before = (0, 0.0)
        self._speaker = (-1, -1)

    @property
    def points(self) -> Mapping[int, float]:
        """Returns the points of everybody in play."""
        return self._points

    def move(self, at: int) -> None:
        """Fades all points by the sentences and paragraphs passed since the last place."""
        here = (self._layout.sentence(at), self._layout.paragraph(at))
        sentences, paragraphs = here[0] - self._at[0], here[1] - self._at[1]
        if sentences or paragraphs:
            factor = self._weights.per_sentence**sentences * self._weights.per_paragraph**paragraphs
            self._points = {p: v * factor for p, v in self._points.items() if v * factor > _FORGOTTEN}
            self._at = here

    def add(self, party: int, occurrence: Occurrence) -> None:
        """Adds the points of one more occurrence of a party."""
        subject = not occurrence.possessive and not self._layout.follows_preposition(occurrence.start)
        worth = self._worth(occurrence, subject)
        end, worth_before = self._before
        if _AND.fullmatch(self._layout.text, end, max(end, occurrence.start)):
            worth = max(worth, worth_before)
            self._last_subject = (-1, -1)
        self._before = (occurrence.end, worth)
        self._points[party] = self._points.get(party, 0.0) + worth
        if subject:
            self._subject = (party, self._layout.sentence(occurrence.start))
            if worth > self._weights.mention:
                self._last_subject = (party, self._layout.paragraph(occurrence.start))
        if occurrence.speaking:
            self._speaker = (party, self._layout.paragraph(occurrence.start))

    def _worth(self, occurrence: Occurrence, subject: bool) -> float:
        weights, at = self._weights, occurrence.start
        if self._layout.is_quoted(at):
            return weights.quoted
        if self._layout.is_headline(at):
            return weights.headline
        if occurrence.possessive:
            points = weights.possessive
        elif not subject:
            points = weights.after_preposition
        else:
            points = weights.mention
            if self._sentence_with_subject != self._layout.sentence(at):
                points += weights.subject
                self._sentence_with_subject = self._layout.sentence(at)
        return points + (weights.speaker if occurrence.speaking else 0.0)

    def is_subject(self, party: int, at: int) -> bool:
        """Was the party the last subject in the sentence at an offset?"""
        return self._subject == (party, self._layout.sentence(at))

    def going_on(self, party: int, at: int) -> float:
        """Returns the factor for who spoke last or was the last subject: "he said" mostly means them."""
        here = self._layout.paragraph(at)
        factor = 1.0
        if self._last_subject[0] == party:
            above = self._weights.subject_above if self._last_subject[1] == here - 1 else 1.0
            factor = self._weights.subject_before if self._last_subject[1] == here else above
        if self._speaker[0] == party:
            factor *= self._weights.goes_on if self._speaker[1] == here else self._weights.goes_on_later
        return factor

    def best(self, scored: list[tuple[float, int]], margin: float | None = None) -> int | None:
        """Returns the party with most points; None where they are few or the second has nearly as many."""
        scored.sort(key=lambda s: (-s[0], s[1]))
        if not scored or scored[0][0] < self._weights.least:
            return None
        if len(scored) > 1 and scored[0][0] < (margin or self._weights.margin) * scored[1][0]:
            return None
        return scored[0][1]
