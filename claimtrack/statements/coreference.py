"""Who "he" and "she" are: a walk through the article that keeps count of who is being talked about.

Every occurrence of a person adds to his or her salience, more as a subject or as a speaker than as an
object, little inside a quotation; salience halves with each sentence (Lappin and Leass 1994, "An
algorithm for pronominal anaphora resolution"). A pronoun goes to the most salient person of fitting
gender; where two are about equally salient it stays unresolved.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.names import Name
from claimtrack.statements.offices import Description
from claimtrack.statements.people import Cast, Party
from claimtrack.text import paragraph_spans, quotation_spans, sentence_spans


@dataclass(frozen=True, slots=True)
class Weights:
    """Salience points of an occurrence, and how fast they fade (shares per sentence and paragraph)."""

    subject: float = 1.0
    first: float = 0.5
    speaker: float = 1.2
    mention: float = 0.5
    after_preposition: float = 0.3
    possessive: float = 0.3
    quoted: float = 0.15
    headline: float = 0.3
    per_sentence: float = 0.55
    per_paragraph: float = 0.75
    prominence: float = 0.04
    unknown_gender: float = 0.7
    unknown_person: float = 0.3
    margin: float = 1.25
    least: float = 0.1


@dataclass(frozen=True, slots=True)
class Speech:
    """What is known of a statement when pronouns are resolved: source and content spans."""

    source: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Event:
    start: int
    end: int
    party: int | None
    pronoun: str | None
    role: str
    quoted: bool


class Discourse:
    """The article as a sequence of occurrences; answers who a pronoun at a place is.

    Occurrences are read once, in text order. ``resolved`` maps the offset of a third-person singular
    pronoun to a party's index, or to None where it cannot be told.
    """

    def __init__(self, text: str, cast: Cast, speeches: Sequence[Speech], weights: Weights | None = None) -> None:
        self._text = text
        self._cast = cast
        self._weights = weights or Weights()
        self._sentences = sentence_spans(text)
        self._sentence_starts = [s for s, _ in self._sentences]
        self._paragraph_starts = [s for s, _ in paragraph_spans(text)]
        self._quotations = [(q.start, q.end) for q in quotation_spans(text)]
        self._quotation_starts = [s for s, _ in self._quotations]
        self._sources = {s.source[0]: s for s in speeches if s.source}
        self._points: dict[int, float] = {}
        self._at = (0, 0)
        self.resolved: dict[int, int | None] = {}
        self.ranking: dict[int, list[tuple[float, int]]] = {}
        for event in self._events():
            self._take(event)

    def _events(self) -> list[_Event]:
        events = [
            _Event(n.start, n.end, p, None, self._role(n.start, n), self._is_quoted(n.start))
            for n, p in zip(self._cast.names, self._cast.party_of, strict=True)
            if p is not None and self._cast.parties[p].person is not False
        ]
        for match in _third_person().finditer(self._text):
            word = match[0].lower()
            role = "possessive" if word in ("his", "her") else self._role(match.start(), None)
            events.append(_Event(match.start(), match.end(), None, word, role, self._is_quoted(match.start())))
        return sorted(events, key=lambda e: e.start)

    def _is_quoted(self, at: int) -> bool:
        which = bisect_right(self._quotation_starts, at) - 1
        return which >= 0 and at < self._quotations[which][1]

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def _paragraph(self, at: int) -> int:
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def _role(self, at: int, name: Name | None) -> str:
        """Returns what the occurrence is in its clause, as far as the words around it tell."""
        if name and name.possessive:
            return "possessive"
        before = re.search(r"([\w'’\-]+)[\s\"“‘]*$", self._text[max(0, at - 40) : at])
        if before and before[1].lower() in _prepositions():
            return "after_preposition"
        return "mention"

    def _take(self, event: _Event) -> None:
        self._move(event.start)
        party = event.party
        if event.pronoun:
            party = self._resolve(event)
            self.resolved[event.start] = party
        if party is None:
            return
        self._points[party] = self._points.get(party, 0.0) + self._worth(event)

    def _move(self, at: int) -> None:
        """Fades all salience by the sentences and paragraphs passed since the last occurrence."""
        here = (self._sentence(at), self._paragraph(at))
        sentences, paragraphs = here[0] - self._at[0], here[1] - self._at[1]
        if sentences or paragraphs:
            factor = self._weights.per_sentence**sentences * self._weights.per_paragraph**paragraphs
            self._points = {p: v * factor for p, v in self._points.items() if v * factor > 1e-4}
            self._at = here

    def _worth(self, event: _Event) -> float:
        weights = self._weights
        if event.quoted:
            return weights.quoted
        if self._paragraph(event.start) == 0 and len(self._paragraph_starts) > 1:
            return weights.headline
        if event.role == "possessive":
            return weights.possessive
        if event.role == "after_preposition":
            return weights.after_preposition
        points = weights.mention
        start, _ = self._sentences[self._sentence(event.start)]
        opening = self._text[start : event.start]
        if not any(n.start >= start and n.start < event.start for n in self._names_before(event.start, start)):
            points += weights.first + (weights.subject if len(opening.split()) < 12 else 0.0)
        if any(s <= event.start < (self._sources[s].source or (0, 0))[1] for s in self._near_sources(event.start)):
            points += weights.speaker
        return points

    def _names_before(self, at: int, start: int) -> list[Name]:
        return [
            n
            for n, p in zip(self._cast.names, self._cast.party_of, strict=True)
            if start <= n.start < at and p is not None and self._cast.parties[p].person is not False and not n.quoted
        ]

    def _near_sources(self, at: int) -> list[int]:
        return [s for s in self._sources if s <= at < s + 300]

    def _resolve(self, event: _Event) -> int | None:
        gender = "m" if event.pronoun in ("he", "him", "his", "himself") else "f"
        barred = self._barred(event)
        scored = []
        for p, points in self._points.items():
            party = self._cast.parties[p]
            if party.gender not in (None, gender) or p in barred:
                continue
            points *= 1.0 if party.gender else self._weights.unknown_gender
            points *= 1.0 if party.person else self._weights.unknown_person
            points *= 1 + self._weights.prominence * len(party.names)
            scored.append((points, p))
        scored.sort(key=lambda s: (-s[0], s[1]))
        self.ranking[event.start] = scored
        if not scored or scored[0][0] < self._weights.least:
            return None
        if len(scored) > 1 and scored[0][0] < self._weights.margin * scored[1][0]:
            return None
        return scored[0][1]

    def described(self, description: Description | None, at: int) -> int | None:
        """Returns the person a definite description at an offset stands for."""
        if description is None:
            return None
        fits = [p for p, party in enumerate(self._cast.parties) if party.person and _fits(description, party)]
        if len(fits) == 1:
            return fits[0]
        return None

    def _barred(self, event: _Event) -> set[int]:
        """Returns who a pronoun cannot be: whoever is named in what "he" is quoted as saying."""
        speech = self._sources.get(event.start)
        if not speech:
            return set()
        return {
            p
            for n, p in zip(self._cast.names, self._cast.party_of, strict=True)
            if p is not None and any(a <= n.start < b for a, b in speech.contents)
        }


def _fits(description: Description, party: Party) -> bool:
    heads = {d.head for d in party.descriptions}
    if description.head not in heads:
        return False
    known = {m for d in party.descriptions for m in (*d.modifiers, d.head)}
    return all(m in known for m in description.modifiers)


@cache
def _third_person() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_lexicon('pronouns').forms('male', 'female'))}\b", re.IGNORECASE)


@cache
def _prepositions() -> frozenset[str]:
    return load_lexicon("function_words").forms("preposition")
