"""Which statements are one utterance: the same words of one speaker in several places.

Statements are grouped around the fullest wording, of equal ones the most senior article's. Within a
speaker, wordings are found by the rare runs of words that they share, so time is near-linear.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from claimtrack.conflicts.claims import Cue, read_claim
from claimtrack.conflicts.repeats import Wording, Words, is_cut_of, read_wording
from claimtrack.models import ClaimText, Document, Statement
from claimtrack.statements.dates import PUBLICATION

FEWEST_WORDS = 5
"""Words of an utterance that is known again in an unrelated article; "I don't know" is said every day."""

LONG_WORDS = 12
"""Words from which equal words are one utterance even if printed months apart."""

DAYS = 7
"""Days between two articles within which they tell of one occasion, where equal words are fewer or
not quite equal."""

SAID_DAYS = 1
"""Days by which the dates that two articles give for one saying may differ: time zones, and night."""

COMMONEST = 50
"""Utterances of one speaker that may share a run of words; a catchphrase in more tells nothing."""

MOST_COMPARED = 8
"""Utterances that a statement is compared with, those that share most runs of words first."""

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Statements that are one utterance: the one to compare, and all, the most senior article's first."""

    chosen: Statement
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with what it takes to know it again."""

    statement: Statement
    document: Document
    wording: Wording
    origin: str

    @property
    def order(self) -> tuple[int, bool, tuple[bool, str, str], int, str]:
        """Returns what sorts the fullest first, of equal ones an original before its copies."""
        is_copy = self.origin != self.document.id
        start = self.statement.content[0].start
        return -len(self.wording.words), is_copy, self.document.seniority, start, self.statement.id


@dataclass(slots=True)
class _Group:
    """An utterance in the making, around its fullest wording."""

    chosen: _Said
    members: list[_Said] = field(default_factory=list)


def find_utterances(statements: Iterable[Statement], documents: Documents) -> tuple[Utterance, ...]:
    """Returns the utterances that statements of known speakers are, those of unnamed sources left out.

    ``documents`` are by id and hold those of all statements. Every statement is in one utterance.
    """
    found: list[Utterance] = []
    for group in _alike_but_words(statements):
        said = [_read(statement, documents[statement.document_id]) for statement in group]
        found.extend(map(_utterance, _grouped(sorted(said, key=lambda one: one.order))))
    return tuple(found)


def _alike_but_words(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Yields the statements of one speaker that are meant and passed on in the same way."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in statements:
        if statement.speaker_id is not None:
            manner = _manner(statement.cue.text if statement.cue else "")
            key = statement.speaker_id, statement.polarity, statement.modality, statement.reported_by, manner
            groups.setdefault(key, []).append(statement)
    yield from groups.values()


@cache
def _manner(cue: str) -> tuple[bool, ...]:
    """Returns what a cue does to the words: "denied", "called for", "said"."""
    read: Cue = read_claim(ClaimText(text="", cue=cue)).cue
    return read.denied, read.against, read.favours, read.intended, read.silent


def _read(statement: Statement, document: Document) -> _Said:
    origin = document.origin_of(statement.content[0].start, statement.content[-1].end)
    return _Said(statement, document, read_wording(statement.text), origin)


def _grouped(said: Sequence[_Said]) -> list[_Group]:
    """Returns the groups; the fullest wordings come first and open them."""
    groups: list[_Group] = []
    by_words: dict[Words, list[_Group]] = {}
    index: dict[Words, list[int]] = {}
    for one in said:
        equal = by_words.setdefault(one.wording.words, [])
        group = _fitting(one, equal[:MOST_COMPARED]) or _fitting(one, _nearest(one, groups, index))
        if group is None:
            group = _Group(one)
            equal.append(group)
            for shingle in one.wording.shingles:
                holders = index.setdefault(shingle, [])
                if len(holders) <= COMMONEST:
                    holders.append(len(groups))
            groups.append(group)
        group.members.append(one)
    return groups


def _nearest(one: _Said, groups: Sequence[_Group], index: Mapping[Words, Sequence[int]]) -> Iterator[_Group]:
    """Yields the groups that share most runs of words with a statement."""
    shared: Counter[int] = Counter()
    for shingle in one.wording.shingles:
        holders = index.get(shingle, ())
        if len(holders) <= COMMONEST:
            shared.update(holders)
    for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMPARED]:
        yield groups[number]


def _fitting(one: _Said, groups: Iterable[_Group]) -> _Group | None:
    for group in groups:
        if _is_one_occasion(one, group.chosen) and is_cut_of(one.wording, group.chosen.wording):
            return group
    return None


def _is_one_occasion(one: _Said, other: _Said) -> bool:
    """May equal words be one utterance, by the number of words, the articles and the dates?

    In one article only a long one is: a headline or a pull quote repeats it, and a witness says "no" twice.
    """
    count = len(one.wording.words)
    if one.document.id == other.document.id:
        return count >= LONG_WORDS and not _overlap(one.statement, other.statement)
    if one.origin == other.origin:
        return True
    if count < FEWEST_WORDS or _days_said_apart(one.statement, other.statement) > SAID_DAYS:
        return False
    is_long = count >= LONG_WORDS and one.wording.words == other.wording.words
    return is_long or _days(_known_date(one), _known_date(other)) <= DAYS


def _overlap(first: Statement, second: Statement) -> bool:
    return any(x.start < y.end and y.start < x.end for x in first.content for y in second.content)


def _days_said_apart(first: Statement, second: Statement) -> int:
    """Returns the days between the dates of saying that both articles tell; 0 where one does not."""
    if PUBLICATION in (first.said_on_basis, second.said_on_basis):
        return 0
    return _days(first.said_on, second.said_on)


def _known_date(one: _Said) -> str | None:
    return one.statement.said_on or one.document.published


def _days(first: str | None, second: str | None) -> int:
    """Returns the days between two dates; 0 where one is not known to the day."""
    try:
        return abs((date.fromisoformat(first or "") - date.fromisoformat(second or "")).days)
    except ValueError:
        return 0


def _utterance(group: _Group) -> Utterance:
    members = sorted(group.members, key=lambda one: one.order[1:])
    return Utterance(group.chosen.statement, tuple(one.statement for one in members))
