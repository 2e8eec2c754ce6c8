"""What one speaker's statements are about: words that they share, as the comparer reads words.

A subject is no topic that somebody chose. It is at most three words that stand in all of its statements,
in any inflection, spelled as the articles mostly spell them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from claimtrack.conflicts.words import NAME_WEIGHT, Word, read_words, tokenize
from claimtrack.models import Conflict, ConflictKind, Document, Statement, digest_id
from claimtrack.notes.page.content import Subject

MOST_WORDS = 3
"""Words that name a subject: more read like a sentence and fit no other statement."""

MOST_OTHERS = 6
"""Statements of a subject beside those of its conflicts: what a person can take in at one glance."""

MOST_FURTHER = 3
"""Subjects of one speaker without a conflict: the page is about conflicts."""

FEWEST = 3
"""Statements that make a subject where there is no conflict: two that share a word are a coincidence."""

_TELLING = 1.0
"""Weight from which a word tells what a statement is about, as the comparer weighs words."""

Documents = Mapping[str, Document]


@dataclass(frozen=True)
class _Read:
    """A statement with its words."""

    statement: Statement
    date: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        text = self.statement.text
        return tuple(word for word in read_words(text, tokenize(text)) if word.key)

    @cached_property
    def keys(self) -> Mapping[str, float]:
        """Returns the keys of the telling words with their weight."""
        return {word.key: word.weight for word in self.words if word.weight >= _TELLING}


def find_subjects(
    name: str, statements: Sequence[Statement], conflicts: Sequence[Conflict], documents: Documents
) -> tuple[Subject, ...]:
    """Returns the subjects of one speaker: those of the conflicts, in their order, then the most common.

    ``name`` is the speaker's; its words name no subject. Conflicts that share most of their words are
    one subject. A statement may stand under several subjects of conflicts, but under one without only.
    """
    sides = [side for conflict in conflicts for side in (conflict.a, conflict.b)]
    all_of_them = {each.id: each for each in (*statements, *sides)}
    read = {key: _Read(each, _date(each, documents)) for key, each in all_of_them.items()}
    own = {word.key for word in read_words(name, tokenize(name))}
    frequency = Counter(key for each in read.values() for key in each.keys.keys() - own)
    spelled = _spellings(read.values())
    found = []
    for keys, members in _joined(conflicts, read, frequency):
        chosen, left_out = _with_others(keys, members, read)
        found.append(_subject(keys, members, chosen, left_out, spelled, documents))
    seen = {statement.id for subject in found for statement in subject.statements}
    rest = [each for each in read.values() if each.statement.id not in seen]
    for key, group in _further(rest, frequency):
        chosen = _spread(sorted(group, key=lambda r: _order(r.statement, documents)), MOST_OTHERS)
        found.append(_subject((key,), [], chosen, len(group) - len(chosen), spelled, documents))
    return tuple(found)


def _subject(
    keys: Sequence[str],
    conflicts: Sequence[Conflict],
    chosen: Sequence[_Read],
    left_out: int,
    spelled: Mapping[str, str],
    documents: Documents,
) -> Subject:
    parts = [chosen[0].statement.speaker_id or "", *keys, *(conflict.id for conflict in conflicts)]
    # What outlets report differently says nothing of the speaker and stands apart, last.
    ordered = sorted(conflicts, key=lambda conflict: conflict.kind is ConflictKind.REPORT)
    return Subject(
        id=digest_id("su", *parts),
        words=_phrases(keys, chosen[0], spelled),
        conflicts=tuple(ordered),
        statements=tuple(sorted((r.statement for r in chosen), key=lambda s: _order(s, documents))),
        left_out=left_out,
    )


def _joined(
    conflicts: Sequence[Conflict], read: Mapping[str, _Read], frequency: Counter[str]
) -> list[tuple[tuple[str, ...], list[Conflict]]]:
    """Returns the keys of each subject and its conflicts; a joined subject keeps what all of them share."""
    subjects: list[tuple[tuple[str, ...], list[Conflict]]] = []
    for conflict in conflicts:
        shared = _shared(read[conflict.a.id], read[conflict.b.id], frequency)
        for at, (keys, members) in enumerate(subjects):
            common = tuple(key for key in keys if key in shared)
            if common and 2 * len(common) >= min(len(keys), len(shared)):
                subjects[at] = (common, [*members, conflict])
                break
        else:
            subjects.append((shared, [conflict]))
    return subjects


def _shared(first: _Read, second: _Read, frequency: Counter[str]) -> tuple[str, ...]:
    """Returns the keys that tell most of what both are about: the speaker's rarest, names first if equal."""
    shared = [key for key in first.keys.keys() & second.keys.keys() if frequency[key]]
    shared.sort(key=lambda key: (frequency[key], -first.keys[key], key))
    return tuple(shared[:MOST_WORDS])


def _with_others(
    keys: Sequence[str], conflicts: Sequence[Conflict], read: Mapping[str, _Read]
) -> tuple[list[_Read], int]:
    """Returns the statements of the conflicts and those said nearest to them; and how many more there are."""
    ids = {side.id for conflict in conflicts for side in (conflict.a, conflict.b)}
    members = [read[each] for each in sorted(ids)]
    days = [day for each in members if (day := _day(each.date)) is not None]
    others = [
        each
        for key, each in sorted(read.items())
        if key not in ids and keys and each.keys.keys() >= set(keys)
    ]
    others.sort(key=lambda each: (_distance(_day(each.date), days), each.statement.id))
    return members + others[:MOST_OTHERS], max(0, len(others) - MOST_OTHERS)


def _further(rest: Sequence[_Read], frequency: Counter[str]) -> list[tuple[str, list[_Read]]]:
    """Returns the names that most of the other statements share, and which have them.

    Other words say too little: "further" and "people" are no subject.
    """
    found: list[tuple[str, list[_Read]]] = []
    left = list(rest)
    while len(found) < MOST_FURTHER:
        counts = Counter(
            key
            for each in left
            for key, weight in each.keys.items()
            if weight >= NAME_WEIGHT and frequency[key]
        )
        key, count = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if count < FEWEST:
            break
        found.append((key, [each for each in left if key in each.keys]))
        left = [each for each in left if key not in each.keys]
    return found


def _spread(ordered: Sequence[_Read], most: int) -> list[_Read]:
    """Returns at most so many, the first and the last and others evenly between."""
    if len(ordered) <= most:
        return list(ordered)
    return [ordered[round(at * (len(ordered) - 1) / (most - 1))] for at in range(most)]


def _phrases(keys: Sequence[str], read: _Read, spelled: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the words in the order of the statement; those side by side there are one: "Imran Khan"."""
    places: list[tuple[int, int, list[str]]] = []
    for word in read.words:
        if word.key not in keys:
            continue
        if places and not read.statement.text[places[-1][1] : word.start].strip():
            places[-1] = (places[-1][0], word.end, [*places[-1][2], word.key])
        else:
            places.append((word.start, word.end, [word.key]))
    phrases: dict[int, str] = {}
    told: set[str] = set()
    for start, _, parts in sorted(places, key=lambda place: (-len(place[2]), place[0])):
        if told.isdisjoint(parts):
            told.update(parts)
            phrases[start] = " ".join(spelled[key] for key in parts)
    return tuple(phrases[start] for start in sorted(phrases))


def _spellings(read: Iterable[_Read]) -> dict[str, str]:
    """Returns how each key is written mostly, in the words of the articles."""
    counts: dict[str, Counter[str]] = {}
    for each in read:
        for word in each.words:
            written = " ".join(each.statement.text[word.start : word.end].split())
            counts.setdefault(word.key, Counter())[written] += 1
    return {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in counts.items()}


def _date(statement: Statement, documents: Documents) -> str:
    return statement.said_on or documents[statement.document_id].published or ""


def _day(text: str) -> int | None:
    """Returns the day as a number; the middle of a month or year that is known only as such."""
    full = text + {4: "-07-01", 7: "-15"}.get(len(text), "")
    try:
        return date.fromisoformat(full).toordinal()
    except ValueError:
        return None


_FAR = 10**9
"""Days: further than any other."""


def _distance(day: int | None, days: Sequence[int]) -> int:
    return _FAR if day is None else min((abs(day - other) for other in days), default=_FAR)


def _order(statement: Statement, documents: Documents) -> tuple[str, str, int, str]:
    """Returns what sorts statements by the day they were said, unknown days last."""
    place = documents[statement.document_id].place
    return statement.said_on or "9999", place, statement.content[0].start, statement.id
