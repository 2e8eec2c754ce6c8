"""Sources of an article -> who they are, as far as the article alone tells.

Names take their fullest form, offices and descriptions ("the defence minister") the person they
describe, pronouns their antecedent; a quotation without a source goes on with the speaker before it.
Whatever fits two people equally well stays unresolved.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.statements.coreference import Discourse, Speech
from claimtrack.statements.people import Cast, read_cast
from claimtrack.statements.sources import SourceKind, SourcePhrase, is_singular, read_source


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


def resolve_sources(text: str, sources: Sequence[Source]) -> list[Resolved]:
    """Returns who each source is, in the order given."""
    spans = [(s.start, s.end) for s in sources if s.start is not None and s.end is not None]
    cast = read_cast(text, spans)
    speeches = [
        Speech((s.start, s.end) if s.start is not None and s.end is not None else None, s.contents) for s in sources
    ]
    discourse = Discourse(text, cast, speeches)
    starts = [n.start for n in cast.names]
    resolved: dict[int, Resolved] = {}
    previous: tuple[Source, Resolved] | None = None
    for i in sorted(range(len(sources)), key=lambda i: _place(sources[i])):
        source = sources[i]
        if source.start is None or source.end is None:
            found = _floating(text, source, previous)
        else:
            phrase = read_source(text, source.start, source.end, cast.names, bisect_left(starts, source.start))
            found = _resolve(text, source, phrase, cast, discourse, previous)
        resolved[i] = found
        previous = (source, found)
    return [resolved[i] for i in range(len(sources))]


def _place(source: Source) -> int:
    """Returns where the statement stands: at its source, else at its content."""
    if source.start is not None:
        return source.start
    return min((a for a, _ in source.contents), default=0)


def _resolve(
    text: str,
    source: Source,
    phrase: SourcePhrase,
    cast: Cast,
    discourse: Discourse,
    previous: tuple[Source, Resolved] | None,
) -> Resolved:
    assert source.start is not None and source.end is not None
    if phrase.kind is SourceKind.NAME and phrase.name is not None:
        party = cast.party_of[phrase.name]
        if party is not None and cast.parties[party].person is not False and not (phrase.whole and " " in phrase.whole and not cast.parties[party].person and phrase.whole != cast.names[phrase.name].text):
            return _of_party(cast, party)
        return Resolved(phrase.whole or cast.names[phrase.name].text, None, True)
    if phrase.kind is SourceKind.PRONOUN:
        party = discourse.resolved.get(source.start)
        return UNRESOLVED if party is None else _of_party(cast, party)
    if phrase.kind is SourceKind.RELATIVE:
        return _antecedent(text, source.start, cast)
    if phrase.kind is SourceKind.DESCRIPTION and is_singular(phrase, text[source.start : source.end]):
        party = discourse.described(phrase.description, source.start)
        if party is not None:
            return _of_party(cast, party)
    return Resolved(phrase.text or None, phrase.description.text if phrase.description else None, False)


def _of_party(cast: Cast, which: int) -> Resolved:
    party = cast.parties[which]
    return Resolved(party.name, party.office, True)


def _antecedent(text: str, at: int, cast: Cast) -> Resolved:
    """Returns who a relative pronoun stands for: the name right before it."""
    starts = [n.start for n in cast.names]
    which = bisect_left(starts, at) - 1
    if which < 0 or "." in text[cast.names[which].end : at].replace("U.S.", "") or at - cast.names[which].end > 80:
        return UNRESOLVED
    party = cast.party_of[which]
    if party is None or cast.parties[party].person is False:
        return UNRESOLVED
    return _of_party(cast, party)


def _floating(text: str, source: Source, previous: tuple[Source, Resolved] | None) -> Resolved:
    """Returns the speaker before, where a quotation without a source directly goes on."""
    if previous is None or not source.contents:
        return UNRESOLVED
    before, found = previous
    end = max([b for _, b in before.contents] + [before.end or 0, before.cue[1] if before.cue else 0])
    between = text[end : source.contents[0][0]]
    if "\n" in between.strip() or len(between.strip()) > 3:
        return UNRESOLVED
    return found
