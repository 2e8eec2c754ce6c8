"""Sources of an article -> who they are, as far as the article alone tells.

Names take their fullest form, offices and descriptions ("the defence minister") the person they
describe, pronouns their antecedent; a quotation without a source goes on with the speaker before it.
Whatever fits two people equally well stays unresolved.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimtrack.statements.capitals import is_inside
from claimtrack.statements.casting import read_cast
from claimtrack.statements.coreference import Discourse, settle_genders
from claimtrack.statements.layout import Layout
from claimtrack.statements.occurrences import Occurrence, find_occurrences
from claimtrack.statements.people import Cast
from claimtrack.statements.salience import Weights
from claimtrack.statements.sources import SourceKind, SourcePhrase, read_source
from claimtrack.statements.stand_ins import (
    Article,
    account_holder,
    headline_person,
    institution_described,
    labelled,
    relative_antecedent,
)
from claimtrack.statements.wordlists import fold_word, forms


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


_BESIDE = re.compile(
    r"\b(?:alongside|(?:along|together) with|(?:accompanied|flanked|joined) by|in (?:the )?company of|"
    r"in the presence of|asked about)\s",
    re.IGNORECASE,
)
"""Words before somebody who is there with the source of a statement."""

_NEW_ITEM = re.compile(r"\n[^\S\n]*(?:[-*•‣▪●–—]|\d{1,2}[.)])\s*$")
"""What opens an item of a list, right before a quotation."""


def resolve_sources(text: str, sources: Sequence[Source]) -> list[Resolved]:
    """Returns who each source is, in the order given."""
    return _Sources(text, sources).answers()


class _Sources:
    """The sources of one article; everything is worked out once and then only read."""

    def __init__(self, text: str, sources: Sequence[Source], weights: Weights | None = None) -> None:
        self._text = text
        self._sources = sources
        layout = Layout(text)
        cast = read_cast(
            text, [(s.start, s.end) for s in sources if s.start is not None and s.end is not None]
        )
        self._starts = tuple(n.start for n in cast.names)
        self._phrases = [self._read(source, cast) for source in sources]
        self.occurrences = self._occurrences(layout, cast)
        first = Discourse(layout, cast, self.occurrences, weights or Weights())
        settled = settle_genders(cast, first.votes)
        discourse = Discourse(layout, settled, self.occurrences, weights or Weights())
        self.article = Article(text, layout, settled, self._starts, discourse)

    def _read(self, source: Source, cast: Cast) -> SourcePhrase | None:
        if source.start is None or source.end is None:
            return None
        return read_source(self._text, source.start, source.end, cast.names, self._starts)

    def _occurrences(self, layout: Layout, cast: Cast) -> list[Occurrence]:
        """Returns all places that stand for somebody; the outermost sources are marked as speaking."""
        found = {o.start: o for o in find_occurrences(self._text, cast)}
        contents = sorted(c for s in self._sources for c in s.contents)
        for source, phrase in zip(self._sources, self._phrases, strict=True):
            if phrase is None or source.start is None or source.end is None:
                continue
            speaking = not is_inside(contents, source.start)
            at = source.start if phrase.name is None else cast.names[phrase.name].start
            here = found.get(at)
            if phrase.kind is SourceKind.NAME and here:
                found[at] = replace(here, speaking=speaking)
            elif phrase.kind is SourceKind.PRONOUN and here:
                barred = self._named_in([*source.contents, *self._company(layout, source.start)], cast)
                found[at] = replace(here, speaking=speaking, barred=barred)
            elif phrase.kind is SourceKind.HANDLE:
                holder = account_holder(cast, phrase.text)
                if holder is not None:
                    found[at] = Occurrence(at, source.end, (holder,), speaking=speaking)
            elif phrase.description and (phrase.definite or phrase.fresh):
                others = [(source.start, source.end), *self._company(layout, source.start)]
                found[at] = Occurrence(
                    at, source.end, description=phrase.description, speaking=speaking, fresh=phrase.fresh,
                    shown=phrase.text, barred=self._named_in(others, cast),
                    talked_of=self._named_in(source.contents, cast),
                )  # fmt: skip
        return list(found.values())

    def _company(self, layout: Layout, at: int) -> list[tuple[int, int]]:
        """Returns the part of the sentence before a source that names who is with him: ``With Roe, he``."""
        beside = _BESIDE.search(self._text, layout.sentence_start(at), at)
        if not beside:
            return []
        comma = self._text.find(",", beside.end(), at)
        return [(beside.start(), at if comma < 0 else comma)]

    def _named_in(self, contents: Sequence[tuple[int, int]], cast: Cast) -> frozenset[int]:
        """Returns who is named where the source is not meant: "Roe will win, he said", "the aide to Roe"."""
        return frozenset(
            party
            for start, end in contents
            for i in range(bisect_left(self._starts, start), bisect_left(self._starts, end))
            for party in cast.choices[i]
        )

    def answers(self) -> list[Resolved]:
        """Returns who each source is, in the order of the sources."""
        order = sorted(range(len(self._sources)), key=lambda i: _place(self._sources[i]))
        answers: dict[int, Resolved] = {}
        before: int | None = None
        for i in order:
            phrase, source = self._phrases[i], self._sources[i]
            if phrase is None or source.start is None:
                answers[i] = self._floating(source, before, answers)
            else:
                answers[i] = self._of_nobody(source, phrase) or self._answer(source.start, phrase, order)
                if answers[i] is UNRESOLVED:
                    answers[i] = self._taken_up(phrase, source.start, before, answers)
            before = i
        for i in order:
            phrase, source = self._phrases[i], self._sources[i]
            if phrase and source.start is not None and phrase.text == "i":
                answers[i] = self._around(source.start, answers)
        return [answers[i] for i in range(len(self._sources))]

    def _of_nobody(self, source: Source, phrase: SourcePhrase) -> Resolved | None:
        """Returns the words of a label that tells no person from another: ``UNIDENTIFIED FEMALE``."""
        if phrase.kind is SourceKind.LABEL or not _is_label(source):
            return None
        label = self._text[source.start : source.end]
        words = {fold_word(word) for word in re.findall(r"[\w’'\-]+", label)} - {"the", "speaker"}
        known = forms("labels", "nobody")
        return (
            Resolved(label, None, False) if words and all(w in known or w.isdigit() for w in words) else None
        )

    def _answer(self, start: int, phrase: SourcePhrase, order: Sequence[int]) -> Resolved:
        party = self._party(start, phrase, order)
        if phrase.kind is SourceKind.NAME and phrase.name is not None and (phrase.whole or party is None):
            return Resolved(phrase.whole or self.article.cast.names[phrase.name].text, None, True)
        if party is not None:
            found = self.article.discourse.party(party)
            return Resolved(found.name, found.office, found.named)
        if phrase.kind in (SourceKind.PRONOUN, SourceKind.RELATIVE) or phrase.text in ("Q", "A"):
            return UNRESOLVED
        return Resolved(phrase.text or None, phrase.description.text if phrase.description else None, False)

    def _party(self, start: int, phrase: SourcePhrase, order: Sequence[int]) -> int | None:
        """Returns the party that a source stands for."""
        article, found = self.article, self.article.discourse.found
        if phrase.kind is SourceKind.NAME and phrase.name is not None:
            return found.get(article.cast.names[phrase.name].start)
        if phrase.kind is SourceKind.RELATIVE:
            return relative_antecedent(article, start)
        if phrase.kind is SourceKind.LABEL:
            labels = [
                _place(s)
                for s, p in zip(self._sources, self._phrases, strict=True)
                if p and (p.kind is phrase.kind or _is_label(s))
            ]
            return labelled(article, phrase.text, min(labels))
        if phrase.kind is SourceKind.GROUP:
            return None
        if phrase.kind is not SourceKind.DESCRIPTION or phrase.definite or phrase.fresh:
            return found.get(start)
        if phrase.description:
            lead = self._lead_speaker(order) if article.layout.is_headline(start) else None
            return headline_person(article, phrase.description, lead)
        if phrase.institution:
            return institution_described(article, phrase.institution, start)
        return None

    def _lead_speaker(self, order: Sequence[int]) -> int | None:
        """Returns the party of the first source after the headline."""
        for i in order:
            phrase, source = self._phrases[i], self._sources[i]
            if phrase and source.start is not None and not self.article.layout.is_headline(source.start):
                return self._party(source.start, phrase, ())
        return None

    def _taken_up(
        self, phrase: SourcePhrase, at: int, before: int | None, answers: dict[int, Resolved]
    ) -> Resolved:
        """Returns the group, institution or paper that spoke in the sentence before, for "they" and "it"."""
        if before is None or phrase.text not in forms("pronouns", "plural", "thing"):
            return UNRESOLVED
        source, previous, layout = self._sources[before], self._phrases[before], self.article.layout
        if (
            source.start is None
            or previous is None
            or layout.sentence(at) - layout.sentence(_end(source)) > 1
        ):
            return UNRESOLVED
        party = self._party(source.start, previous, ())
        if party is not None and self.article.discourse.party(party).person:
            return UNRESOLVED
        return answers[before]

    def _floating(self, source: Source, before: int | None, answers: dict[int, Resolved]) -> Resolved:
        """Returns the speaker before, where a quotation without a source directly goes on."""
        if before is None or not source.contents or source.cue:
            return UNRESOLVED
        between = self._text[_end(self._sources[before]) : source.contents[0][0]]
        if _NEW_ITEM.search(between) or self._is_signed(self._sources[before]):
            return UNRESOLVED
        return answers[before] if len(between.strip()) <= _ADJACENT else UNRESOLVED

    def _is_signed(self, source: Source) -> bool:
        """Do the words end with the name of who said them, as in ``“…” – Roe``? What follows is not his."""
        if source.start is None or not source.contents or source.start < source.contents[-1][1]:
            return False
        cue = self._text[slice(*source.cue)] if source.cue else ""
        between = self._text[source.contents[-1][1] : source.start]
        return not any(c.isalpha() for c in cue + between)

    def _around(self, at: int, answers: dict[int, Resolved]) -> Resolved:
        """Returns the speaker of the statement in which "I" stands."""
        for i, source in enumerate(self._sources):
            if source.start not in (None, at) and any(a <= at < b for a, b in source.contents):
                return answers[i]
        return UNRESOLVED


def _is_label(source: Source) -> bool:
    """Is the source the label of a transcript's turn, which is its cue too?"""
    return bool(source.cue and source.start is not None and source.cue[0] <= source.start < source.cue[1])


def _place(source: Source) -> int:
    """Returns where the statement stands: at its source, else at its content."""
    if source.start is not None:
        return source.start
    return min((a for a, _ in source.contents), default=0)


def _end(source: Source) -> int:
    """Returns where the last piece of a statement ends."""
    return max([b for _, b in source.contents] + [source.end or 0, source.cue[1] if source.cue else 0])
