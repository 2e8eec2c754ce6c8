"""Sources of an article -> who they are, as far as the article alone tells.

Names take their fullest form, offices and descriptions ("the defence minister") the person they
describe, pronouns their antecedent; a quotation without a source goes on with the speaker before it.
Whatever fits two people equally well stays unresolved.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.capitals import is_inside
from claimtrack.statements.coreference import (
    Discourse,
    Layout,
    Occurrence,
    Weights,
    description_fit,
    occurrences_of,
    settle_genders,
)
from claimtrack.statements.people import Cast, Party, read_cast
from claimtrack.statements.sources import SourceKind, SourcePhrase, read_source
from claimtrack.text import fold


@dataclass(frozen=True)
class Source:
    """The tagged source of a statement: offsets of its words, None where it has none; cue and contents."""

    start: int | None
    end: int | None
    cue: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Resolved:
    """Who a source is.

    ``name`` is the fullest form in the article without titles, or an unnamed source's own words; None
    where it cannot be told. ``named`` is true for proper names, which other articles may share.
    """

    name: str | None
    office: str | None
    named: bool


UNRESOLVED = Resolved(None, None, False)
"""A pronoun without a clear antecedent, or no source at all."""

_ADJACENT = 3
"""Characters (a quotation mark, a space) between two quotations of which one directly continues the other."""


def resolve_sources(text: str, sources: Sequence[Source], weights: Weights | None = None) -> list[Resolved]:
    """Returns who each source is, in the order given."""
    return _Article(text, sources, weights or Weights()).answers()


class _Article:
    """One article with its sources; everything is worked out once and then only read."""

    def __init__(self, text: str, sources: Sequence[Source], weights: Weights) -> None:
        self._text = text
        self._sources = sources
        self._layout = Layout(text)
        spans = [(s.start, s.end) for s in sources if s.start is not None and s.end is not None]
        cast = read_cast(text, spans)
        self._starts = [n.start for n in cast.names]
        self._phrases = [self._read(source, cast) for source in sources]
        occurrences = self._occurrences(cast)
        first = Discourse(self._layout, cast, occurrences, weights)
        self._discourse = Discourse(self._layout, settle_genders(cast, first.votes), occurrences, weights)
        self._cast = cast
        self._base = cast

    def _read(self, source: Source, cast: Cast) -> SourcePhrase | None:
        if source.start is None or source.end is None:
            return None
        return read_source(self._text, source.start, source.end, cast.names, self._starts)

    def _occurrences(self, cast: Cast) -> list[Occurrence]:
        """Returns all places that stand for somebody, those tagged as sources marked as speaking."""
        found = {o.start: o for o in occurrences_of(self._text, cast)}
        contents = sorted(c for s in self._sources for c in s.contents)
        for source, phrase in zip(self._sources, self._phrases, strict=True):
            if phrase is None or source.start is None or source.end is None:
                continue
            outermost = not is_inside(contents, source.start)
            if phrase.kind is SourceKind.NAME and phrase.name is not None:
                at = cast.names[phrase.name].start
                if at in found:
                    found[at] = replace(found[at], speaking=outermost)
            elif phrase.kind is SourceKind.PRONOUN and source.start in found:
                barred = self._named_in(source.contents, cast)
                found[source.start] = replace(found[source.start], speaking=outermost, barred=barred)
            elif phrase.description and (phrase.definite or phrase.fresh):
                found[source.start] = Occurrence(
                    source.start,
                    source.end,
                    description=phrase.description,
                    speaking=outermost,
                    fresh=phrase.fresh,
                    shown=phrase.text,
                )
        return list(found.values())

    def _named_in(self, contents: Sequence[tuple[int, int]], cast: Cast) -> frozenset[int]:
        """Returns who is named in a content: "Roe will win, he said" is not said by Roe."""
        barred: set[int] = set()
        for start, end in contents:
            for i in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                barred.update(cast.choices[i])
        return frozenset(barred)

    def answers(self) -> list[Resolved]:
        """Returns who each source is, in the order of the sources."""
        order = sorted(range(len(self._sources)), key=lambda i: _place(self._sources[i]))
        answers: dict[int, Resolved] = {}
        before: int | None = None
        for i in order:
            phrase, source = self._phrases[i], self._sources[i]
            if phrase is None or source.start is None:
                answers[i] = self._floating(source, before, answers)
            elif phrase.kind is SourceKind.PRONOUN and self._discourse.found.get(source.start) is None:
                answers[i] = self._taken_up(phrase, source.start, before, answers)
            else:
                answers[i] = self._answer(source.start, phrase)
            before = i
        for i in order:
            phrase, source = self._phrases[i], self._sources[i]
            if phrase and source.start is not None and phrase.text == "i":
                answers[i] = self._around(source.start, answers)
            elif phrase and source.start is not None and answers[i].name and not answers[i].named:
                if self._layout.is_headline(source.start):
                    answers[i] = self._headline(
                        phrase, answers[i], [answers[j] for j in order if j != i], order
                    )
        return [answers[i] for i in range(len(self._sources))]

    def _answer(self, start: int, phrase: SourcePhrase) -> Resolved:
        found = self._discourse.found
        if phrase.kind is SourceKind.NAME and phrase.name is not None:
            name = self._cast.names[phrase.name]
            party = found.get(name.start)
            if phrase.whole or party is None:
                return Resolved(phrase.whole or name.text, None, True)
            return self._of_party(party)
        if phrase.kind is SourceKind.PRONOUN:
            party = found.get(start)
            return UNRESOLVED if party is None else self._of_party(party)
        if phrase.kind is SourceKind.RELATIVE:
            return self._antecedent(start)
        if phrase.kind is SourceKind.LABEL:
            return self._labelled(phrase.text)
        if phrase.kind is SourceKind.HANDLE:
            return self._handled(phrase.text)
        party = found.get(start) if phrase.definite or phrase.fresh else None
        if party is not None:
            return self._of_party(party)
        office = phrase.description.text if phrase.description else None
        return Resolved(phrase.text or None, office, False)

    def _of_party(self, which: int) -> Resolved:
        party = self._discourse.party(which)
        return Resolved(party.name, party.office, party.named)

    def _antecedent(self, at: int) -> Resolved:
        """Returns who a relative pronoun stands for: the name or description right before it."""
        which = bisect_left(self._starts, at) - 1
        sentence = self._layout.sentence_start(at)
        names = self._cast.names
        if which < 0 or names[which].start < sentence or at - names[which].end > 90:
            return UNRESOLVED
        outer = self._apposed_to(which, at)
        party = self._discourse.found.get(names[which if outer is None else outer].start)
        if party is None or not self._discourse.party(party).person:
            return UNRESOLVED
        return self._of_party(party)

    def _apposed_to(self, which: int, at: int) -> int | None:
        """Returns the name before in ``Roe, a friend of Doe's, who said``: there "who" is Roe."""
        names = self._cast.names
        if which == 0 or not self._text[names[which].end : at].strip().startswith(","):
            return None
        between = self._text[names[which - 1].end : names[which].start]
        if re.match(
            r"(?:\s\([^)]*\))?, (?:a|an|the|his|her|one|who|\w+) [^.;,]*\b(?:of|for|to|in|at|from|with) ",
            between,
        ):
            return which - 1
        return None

    def _labelled(self, label: str) -> Resolved:
        """Returns who ``A`` is in an interview, and whose initials ``TB`` are."""
        parties = self._cast.parties
        if label == "Q":
            return UNRESOLVED
        if len(label) == 1:
            return self._interviewed()
        fits = [
            i
            for i, p in enumerate(parties)
            if p.person is not False and "".join(re.findall(r"\b\w", p.name)).upper() == label
        ]
        return self._of_party(fits[0]) if len(fits) == 1 else Resolved(label, None, False)

    def _interviewed(self) -> Resolved:
        """Returns whom an interview in questions and answers introduces: most talked of before the first."""
        first = min(
            s.start or 0
            for s, p in zip(self._sources, self._phrases, strict=True)
            if p and p.kind is SourceKind.LABEL
        )
        counted = Counter(
            p
            for at, p in self._discourse.found.items()
            if at < first and p is not None and self._discourse.party(p).person
        )
        ranked = counted.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return UNRESOLVED
        return self._of_party(ranked[0][0])

    def _handled(self, handle: str) -> Resolved:
        """Returns whose full name the letters of an account name hold."""
        letters = fold(handle).replace("_", "")
        fits = [
            i
            for i, p in enumerate(self._cast.parties)
            if p.person is not False and len(p.key) > 1 and "".join(p.key).replace("-", "") in letters
        ]
        return self._of_party(fits[0]) if len(fits) == 1 else Resolved(handle, None, False)

    def _taken_up(
        self, phrase: SourcePhrase, at: int, before: int | None, answers: dict[int, Resolved]
    ) -> Resolved:
        """Returns the group, institution or paper that spoke just before, for "they" and "it"."""
        pronouns = load_lexicon("pronouns")
        if before is None or phrase.text not in pronouns.forms("plural", "thing"):
            return UNRESOLVED
        source, found = self._sources[before], answers[before]
        previous = self._phrases[before]
        if source.start is None or previous is None or found.name is None:
            return UNRESOLVED
        if self._layout.sentence(at) - self._layout.sentence(_end(source)) > 1:
            return UNRESOLVED
        person = self._discourse.found.get(source.start)
        if person is not None and self._discourse.party(person).person:
            return UNRESOLVED
        return found

    def _floating(self, source: Source, before: int | None, answers: dict[int, Resolved]) -> Resolved:
        """Returns the speaker before, where a quotation without a source directly goes on."""
        if before is None or not source.contents or source.cue:
            return UNRESOLVED
        between = self._text[_end(self._sources[before]) : source.contents[0][0]]
        if len(between.strip()) > _ADJACENT:
            return UNRESOLVED
        return answers[before]

    def _around(self, at: int, answers: dict[int, Resolved]) -> Resolved:
        """Returns the speaker of the statement in which "I" stands."""
        for i, source in enumerate(self._sources):
            if (
                any(a <= at < b for a, b in source.contents)
                and source.start is not None
                and source.start != at
            ):
                return answers[i]
        return UNRESOLVED

    def _headline(
        self, phrase: SourcePhrase, found: Resolved, others: Sequence[Resolved], order: Sequence[int]
    ) -> Resolved:
        """Returns the person whom a headline calls "minister": of that office, else the lead's speaker."""
        if phrase.description is None:
            return found
        scored = sorted(
            (
                (description_fit(phrase.description, p) * (1 + 0.1 * p.count), i)
                for i, p in self._discourse.everyone()
            ),
            key=lambda s: (-s[0], s[1]),
        )
        if scored and scored[0][0] > 0 and (len(scored) == 1 or scored[0][0] > scored[1][0]):
            return self._of_party(scored[0][1])
        return found


def _place(source: Source) -> int:
    """Returns where the statement stands: at its source, else at its content."""
    if source.start is not None:
        return source.start
    return min((a for a, _ in source.contents), default=0)


def _end(source: Source) -> int:
    """Returns where the last piece of a statement ends."""
    return max([b for _, b in source.contents] + [source.end or 0, source.cue[1] if source.cue else 0])
