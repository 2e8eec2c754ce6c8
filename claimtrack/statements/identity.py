"""One person across articles: names that articles give -> speakers with aliases.

Spelling alone never joins two people. Names are joined where they are the same but for known
romanisations; where one lacks the other's middle names or uses a known nickname; and, for a bare surname
or an initial, where the office agrees too and exactly one person fits. What is left is a suggestion.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from claimtrack.lexicon import load_lexicon
from claimtrack.models import Corrections, Speaker, Statement, digest_id
from claimtrack.statements.offices import same_role
from claimtrack.statements.spellings import (
    canonical_word,
    fold_words,
    generation,
    given_names_fit,
    surnames_fit,
)
from claimtrack.text import fold


@dataclass
class _Form:
    """One spelling as articles give it, with what is known of whom it names."""

    name: str
    documents: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)

    @property
    def words(self) -> tuple[str, ...]:
        return fold_words(self.name.split())

    @property
    def key(self) -> tuple[str, ...]:
        """Returns what known spellings of one name share."""
        return (*(canonical_word(word) for word in self.words), generation(self.name.split()))


def identify(
    statements: Sequence[Statement], corrections: Corrections
) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
    """Returns the statements in the same order with ``speaker`` and ``speaker_id``, and all speakers by name.

    Unnamed sources keep their own words and get no id.
    """
    forms = _forms_of(statements)
    groups = _groups(forms, corrections)
    speakers: dict[str, Speaker] = {}
    for group in groups:
        speaker = _speaker_of([forms[name] for name in group], corrections)
        speakers.update(dict.fromkeys(group, speaker))
    named = tuple(
        statement.model_copy(
            update={"speaker": speakers[statement.named].name, "speaker_id": speakers[statement.named].id}
        )
        if statement.named
        else statement.model_copy(update={"speaker_id": None})
        for statement in statements
    )
    return named, tuple(sorted(set(speakers.values()), key=lambda s: (fold(s.name), s.id)))


def suggest_merges(
    speakers: Sequence[Speaker], statements: Sequence[Statement]
) -> tuple[tuple[str, str, str], ...]:
    """Returns (name, name, evidence) for speakers who may be one: a bare surname, an initial, a likeness."""
    counts = Counter(statement.speaker for statement in statements)
    by_surname: dict[str, list[tuple[Speaker, tuple[str, ...]]]] = defaultdict(list)
    for speaker in speakers:
        words = _Form(speaker.name).words
        by_surname[canonical_word(words[-1])].append((speaker, words))
    found = [
        (full.name, short.name, _evidence(full, short, counts))
        for same in by_surname.values()
        for short, a in same
        for full, b in same
        if len(a) < len(b) and given_names_fit(a[:-1], b[:-1])
    ]
    return tuple(sorted(found))


def _evidence(full: Speaker, short: Speaker, counts: Counter[str | None]) -> str:
    offices = ", ".join(sorted(set(full.offices) & set(short.offices))) or "no shared office"
    return f"same surname; {offices}; {counts[short.name]} and {counts[full.name]} statements"


def _forms_of(statements: Iterable[Statement]) -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for statement in statements:
        if statement.named:
            form = forms.setdefault(statement.named, _Form(statement.named))
            form.documents.add(statement.document_id)
            if statement.office:
                form.offices.add(fold(statement.office))
            if statement.mention:
                form.mentions.add(" ".join(statement.mention.text.split()))
    return forms


def _groups(forms: dict[str, _Form], corrections: Corrections) -> list[list[str]]:
    """Returns the names of each speaker, sorted; by rule first, then as people corrected it."""
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(forms):
        by_key[forms[name].key].append(name)
    clusters = [names for _, names in sorted(by_key.items())]
    for joins in (_lacks_middle_names, _is_short_with_office):
        clusters = _joined_where_unique(clusters, forms, joins)
    clusters = _joined_by_hand(clusters, corrections.joined)
    return _separated_by_hand(clusters, forms, corrections.separated)


def _joined_where_unique(
    clusters: list[list[str]], forms: dict[str, _Form], fits: Callable[[_Form, _Form], bool]
) -> list[list[str]]:
    """Returns the clusters, each that fits exactly one other, fuller one joined with it."""
    by_surname: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(clusters):
        by_surname[canonical_word(forms[names[0]].words[-1])].append(number)
    joined = _Union(len(clusters))
    for same in by_surname.values():
        for number in same:
            own = [forms[name] for name in clusters[number]]
            others = [
                other
                for other in same
                if other != number and any(fits(a, forms[b]) for a in own for b in clusters[other])
            ]
            if len(others) == 1:
                joined.join(number, others[0])
    return joined.merged(clusters)


def _lacks_middle_names(short: _Form, full: _Form) -> bool:
    """Is ``full`` the same name with middle names, or the long form of a nickname?"""
    a, b = short.words, full.words
    if not 2 <= len(a) <= len(b) or min(len(a[0]), len(b[0])) == 1 or short.key[-1] != full.key[-1]:
        return False
    if a[-1] in _organisation_words() or not surnames_fit(a[-1], b[-1]):
        return False
    return given_names_fit(a[:1], b[:1]) and given_names_fit(a[:-1], b[:-1])


def _is_short_with_office(short: _Form, full: _Form) -> bool:
    """Is a bare surname, or one with an initial, the fuller name's by the same office?"""
    a, b = short.words, full.words
    if len(b) < 2 or (len(a) > 1 and len(a[0]) > 1) or len(a) > len(b):
        return False
    if not surnames_fit(a[-1], b[-1]) or not given_names_fit(a[:-1], b[:-1]):
        return False
    return any(same_role(said, known) for said in short.offices for known in full.offices)


def _joined_by_hand(clusters: list[list[str]], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    joined = _Union(len(clusters))
    place = {fold(name): number for number, names in enumerate(clusters) for name in names}
    for name, other in pairs:
        if fold(name) in place and fold(other) in place:
            joined.join(place[fold(name)], place[fold(other)])
    return joined.merged(clusters)


def _separated_by_hand(
    clusters: list[list[str]], forms: dict[str, _Form], pairs: Iterable[tuple[str, str]]
) -> list[list[str]]:
    """Returns the clusters, the second name of each pair taken out of the first one's."""
    for name, other in pairs:
        apart = []
        for names in clusters:
            folded = {fold(form): form for form in names}
            if fold(name) in folded and fold(other) in folded and len(names) > 1:
                out = folded[fold(other)]
                apart += [[form for form in names if form != out], [out]]
            else:
                apart.append(names)
        clusters = apart
    return clusters


def _speaker_of(group: Sequence[_Form], corrections: Corrections) -> Speaker:
    """Returns the speaker: the full form most articles use, the others and short mentions as aliases."""
    chosen = {fold(name): name for name, _ in corrections.joined}
    best = min(
        group,
        key=lambda f: (fold(f.name) not in chosen, len(f.words) < 2, -len(f.documents), -len(f.name), f.name),
    )
    known = {canonical_word(word) for form in group for word in form.words}
    aliases = {form.name for form in group}
    aliases |= {m for form in group for m in form.mentions if _is_bare_name(m, known)}
    aliases |= {other for name, other in corrections.joined if fold(name) in {fold(f.name) for f in group}}
    offices = sorted({office for form in group for office in form.offices})
    return Speaker(
        id=digest_id("sp", *best.key),
        name=best.name,
        aliases=tuple(sorted(aliases - {best.name})),
        offices=tuple(offices),
    )


def _is_bare_name(mention: str, known: set[str]) -> bool:
    """Is the mention nothing but words of the name ("Kh Asif"), in the letter case of a name?"""
    return mention[:1].isupper() and all(
        canonical_word(word) in known for word in fold_words(mention.split())
    )


class _Union:
    """Numbers joined into sets (union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        low, high = sorted((self._root(a), self._root(b)))
        self._parent[high] = low

    def merged(self, clusters: Sequence[Sequence[str]]) -> list[list[str]]:
        """Returns the clusters joined as the numbers are, in the order of their first members."""
        sets: dict[int, list[str]] = {}
        for number, names in enumerate(clusters):
            sets.setdefault(self._root(number), []).extend(names)
        return [sorted(names) for _, names in sorted(sets.items())]


@cache
def _organisation_words() -> frozenset[str]:
    return load_lexicon("organisations").forms("head")
