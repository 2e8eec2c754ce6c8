"""The names of an article -> the people and institutions it speaks of, each with all its names.

Persons are joined by surname and fitting given names, never by likeness of spelling. A short form
("Mr Asif", "Imran") goes to the one person whose name holds it; where several do, title, office and
prominence decide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.names import Name, find_names
from claimtrack.statements.offices import Description, descriptions_of, role_gender
from claimtrack.text import fold


@dataclass(slots=True)
class Party:
    """A person or institution of one article while it is being put together.

    ``words`` is the fullest name, ``names`` the indices of its occurrences, in text order.
    """

    words: tuple[str, ...]
    person: bool | None
    names: list[int] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)
    descriptions: list[Description] = field(default_factory=list)
    full_count: int = 0

    @property
    def name(self) -> str:
        """Returns the fullest name, words in capitals in title case."""
        return " ".join(w.title() if self.person and w.isupper() and len(w) > 3 else w for w in self.words)

    @property
    def gender(self) -> str | None:
        """Returns "m" or "f" where the evidence is one-sided."""
        men, women = self.genders["m"], self.genders["f"]
        return None if men == women else ("m" if men > women else "f")

    @property
    def office(self) -> str | None:
        """Returns the description used most often; an office wins over another noun, the first over ties."""
        if not self.descriptions:
            return None
        offices = load_lexicon("titles").forms("office")
        counted = Counter(d.text for d in self.descriptions)
        ranked = sorted(
            range(len(self.descriptions)),
            key=lambda i: (self.descriptions[i].head.split()[0] not in offices, -counted[self.descriptions[i].text], i),
        )
        return self.descriptions[ranked[0]].text


@dataclass(frozen=True, slots=True)
class Cast:
    """All parties of an article; ``party_of[i]`` is the party of ``names[i]``, or None."""

    names: tuple[Name, ...]
    parties: tuple[Party, ...]
    party_of: tuple[int | None, ...]


def read_cast(text: str, sources: Iterable[tuple[int, int]] = ()) -> Cast:
    """Returns the people and institutions of an article.

    ``sources`` are spans tagged as sources: a name in one is a name even where its letter case proves
    nothing.
    """
    names = find_names(text)
    tagged = sorted(sources)
    firm = [not n.loose or _in_spans(tagged, n) for n in names]
    parties: list[Party] = []
    party_of: list[int | None] = [None] * len(names)
    _place_full_names(names, firm, parties, party_of)
    _place_short_names(names, firm, parties, party_of)
    _place_loose_names(names, parties, party_of)
    for i, name in enumerate(names):
        which = party_of[i]
        if which is not None:
            _note(text, name, i, parties[which])
    return Cast(tuple(names), tuple(parties), tuple(party_of))


def _in_spans(spans: Sequence[tuple[int, int]], name: Name) -> bool:
    from bisect import bisect_right

    which = bisect_right(spans, (name.start, 1 << 60)) - 1
    return which >= 0 and name.start < spans[which][1]


def _note(text: str, name: Name, index: int, party: Party) -> None:
    party.names.append(index)
    if name.person is not False:
        if name.gender and (len(name.words) > 1 or name.titles):
            party.genders[name.gender] += 2
        for description in descriptions_of(text, name):
            party.descriptions.append(description)
            gender = role_gender(description.head)
            if gender:
                party.genders[gender] += 1
            if party.person is None:
                party.person = True


def _place_full_names(
    names: Sequence[Name], firm: Sequence[bool], parties: list[Party], party_of: list[int | None]
) -> None:
    """Joins the names of two and more words by surname; institutions by all their words."""
    by_last: dict[str, list[int]] = defaultdict(list)
    whole: dict[tuple[str, ...], int] = {}
    order = sorted((i for i in range(len(names)) if firm[i]), key=lambda i: -len(names[i].words))
    for i in order:
        name = names[i]
        key = fold_words(name.words)
        if key in whole:
            which = whole[key]
        elif len(name.words) < 2 and name.person is not False:
            continue
        else:
            fits = [p for p in by_last[key[-1]] if name.person is not False and _same_person(key, parties[p])]
            which = fits[0] if len(fits) == 1 else len(parties)
            if which == len(parties):
                parties.append(Party(name.words, name.person))
                if name.person is not False:
                    by_last[key[-1]].append(which)
            whole[key] = which
        party_of[i] = which
        parties[which].full_count += 1
        if name.person is not False and _fuller(name.words, parties[which].words):
            parties[which].words = name.words
        if name.person and parties[which].person is None:
            parties[which].person = True


def _fuller(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return (len(some), sum(map(len, some))) > (len(others), sum(map(len, others)))


def _same_person(key: tuple[str, ...], party: Party) -> bool:
    if party.person is False:
        return False
    return given_names_fit(key[:-1], fold_words(party.words)[:-1])


def given_names_fit(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Can these be given names of one person: every word of the shorter in the longer, in order?

    An initial fits its name, a nickname and another romanisation fit too.
    """
    shorter, longer = sorted((some, others), key=len)
    if shorter and longer and not _word_fits(shorter[0], longer[0]) and len(shorter[0].rstrip(".")) > 1:
        return any(_word_fits(shorter[0], w) for w in longer[1:2]) and len(shorter) == 1
    at = 0
    for word in shorter:
        while at < len(longer) and not _word_fits(word, longer[at]):
            at += 1
        if at == len(longer):
            return False
        at += 1
    return True


def _word_fits(a: str, b: str) -> bool:
    a, b = a.rstrip("."), b.rstrip(".")
    if a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]):
        return True
    return bool(_stems(a) & _stems(b))


@cache
def _stems(word: str) -> frozenset[str]:
    """Returns the given names the word may stand for: itself, its canonical romanisation, its long form."""
    lexicon = load_lexicon("name_variants")
    found = {word}
    for group in lexicon.group:
        found |= {canonical for canonical, others in group.variants.items() if word in others}
    return frozenset(found)


def fold_words(words: Iterable[str]) -> tuple[str, ...]:
    """Returns the words folded, without suffixes such as Jr."""
    suffixes = load_lexicon("titles").forms("suffix")
    folded = tuple(fold(w).replace(".", "") for w in words)
    kept = tuple(w for w in folded if w not in suffixes)
    return kept or folded


def _place_short_names(
    names: Sequence[Name], firm: Sequence[bool], parties: list[Party], party_of: list[int | None]
) -> None:
    """Gives every single word to the person whose name holds it, or makes it a party of its own."""
    alone: dict[str, int] = {}
    for i, name in enumerate(names):
        if party_of[i] is not None or not firm[i] or len(name.words) > 1:
            continue
        word = fold_words(name.words)[0]
        fits = _holders(word, parties)
        if fits:
            party_of[i] = _choose(name, fits, parties)
        elif name.person is not False:
            if word not in alone:
                alone[word] = len(parties)
                parties.append(Party(name.words, name.person))
            party_of[i] = alone[word]
            if name.person:
                parties[alone[word]].person = True


def _holders(word: str, parties: Sequence[Party]) -> list[int]:
    """Returns the persons with this surname, else with this given name, else with this word at all."""
    for position in (slice(-1, None), slice(0, 1), slice(0, None)):
        fits = [
            p
            for p, party in enumerate(parties)
            if party.person is not False and len(party.words) > 1 and word in fold_words(party.words)[position]
        ]
        if fits:
            return fits
    return []


def _choose(name: Name, fits: Sequence[int], parties: Sequence[Party]) -> int:
    """Returns the likeliest holder: of the title's gender, with its office, named in full most often."""
    if name.gender and name.titles:
        agreeing = [p for p in fits if parties[p].gender in (name.gender, None)]
        fits = agreeing or fits
    return max(fits, key=lambda p: (parties[p].full_count, -p))


def _place_loose_names(names: Sequence[Name], parties: Sequence[Party], party_of: list[int | None]) -> None:
    """Finds known names at sentence starts and within headlines in title case."""
    for i, name in enumerate(names):
        if party_of[i] is not None:
            continue
        words = fold_words(name.words)
        best: int | None = None
        for p, party in enumerate(parties):
            own = fold_words(party.words)
            if words == own:
                best = p
                break
            if own[-1] in words and party.person is not False and party.full_count + len(party.names) > 0:
                better = best is None or parties[best].full_count < party.full_count
                best = p if better else best
        party_of[i] = best
