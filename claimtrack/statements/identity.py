"""One person across articles: names that articles give -> speakers with aliases.

Spelling alone never joins two people. Names are joined where they are the same but for known
romanisations, middle names or a nickname and their offices do not speak against it; a bare surname or an
initial only where the office agrees too and exactly one person fits. What is left is a suggestion.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claimtrack.models import Corrections, Speaker, Statement, digest_id
from claimtrack.similarity import spelling_distance
from claimtrack.statements.agreement import (
    is_pronoun_or_titled,
    is_too_common,
    lacks_middle_names,
    offices_agree,
    offices_conflict,
)
from claimtrack.statements.spellings import (
    canonical_word,
    fold_words,
    generation,
    given_names_fit,
    surnames_fit,
)
from claimtrack.statements.union import Union
from claimtrack.text import fold

_SLIP = 1
"""Letters by which two words may differ to be worth a suggestion; they are never joined for it."""


@dataclass(eq=False)
class _Form:
    """One spelling as articles give it, with what is known of whom it names.

    ``apart`` tells bearers of one bare surname from each other: an office or an article's id.
    """

    name: str
    apart: str = ""
    documents: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.words = fold_words(self.name.split())
        self.key = (*map(canonical_word, self.words), generation(self.name.split()))


def identify(
    statements: Sequence[Statement], corrections: Corrections
) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
    """Returns the statements in the same order with ``speaker`` and ``speaker_id``, and all speakers by name.

    Unnamed sources keep their own words and get no id.
    """
    form_of = _forms_of(statements, corrections)
    forms = sorted(set(form_of.values()), key=lambda f: (f.name, f.apart))
    speakers: dict[_Form, Speaker] = {}
    for group in _groups(forms, corrections):
        speaker = _speaker_of(group, corrections)
        speakers.update(dict.fromkeys(group, speaker))
    told = tuple(
        statement.model_copy(
            update={
                "speaker": speakers[form_of[statement.id]].name,
                "speaker_id": speakers[form_of[statement.id]].id,
            }
        )
        if statement.id in form_of
        else statement.model_copy(update={"speaker": _own_words(statement), "speaker_id": None})
        for statement in statements
    )
    return told, tuple(sorted(set(speakers.values()), key=lambda s: (fold(s.name), s.id)))


def _own_words(statement: Statement) -> str | None:
    """Returns the words of an unnamed source, not a name that a correction since undone had put there."""
    if statement.speaker is None or statement.mention is None:
        return statement.speaker
    words = statement.speaker.split()
    from_text = set(fold_words(words)) <= set(fold_words(statement.mention.text.split()))
    is_name = len(words) > 1 and all(word[:1].isupper() for word in words)
    return statement.speaker if from_text or not is_name else None


def _forms_of(statements: Iterable[Statement], corrections: Corrections) -> dict[str, _Form]:
    """Returns the form of each named statement by its id; what is assigned by hand has no office."""
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        assigned = corrections.assigned.get(statement.id)
        name = " ".join((assigned or statement.named or "").split())
        if name:
            update = {"office": None, "mention": None} if assigned else {}
            by_name[name].append(statement.model_copy(update=update))
    surnames = Counter(
        surname for surname, _ in {(f.key[-2], f.key[0]) for f in map(_Form, by_name) if len(f.words) > 1}
    )
    form_of: dict[str, _Form] = {}
    for name, own in by_name.items():
        shared = surnames[_Form(name).key[-2]] > 1
        for apart, some in _bearers(name, own, shared).items():
            form = _Form(name, apart)
            for statement in some:
                form.documents.add(statement.document_id)
                form.offices |= {fold(statement.office)} if statement.office else set()
                form.mentions |= {" ".join(statement.mention.text.split())} if statement.mention else set()
                form_of[statement.id] = form
    return form_of


def _bearers(name: str, statements: Sequence[Statement], shared: bool) -> Mapping[str, list[Statement]]:
    """Returns the statements by bearer of a name; only a bare surname of persons has several.

    Articles whose offices agree mean one bearer. Without an office they mean one unless several people
    of the store are known to share the surname; then every article stands alone.
    """
    person = any(s.office or (s.mention and is_pronoun_or_titled(s.mention.text)) for s in statements)
    if len(name.split()) > 1 or not person:
        return {"": list(statements)}
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_document[statement.document_id].append(statement)
    bearers: dict[str, list[Statement]] = {}
    offices: dict[str, set[str]] = {}
    for document, some in sorted(by_document.items()):
        held = {fold(s.office) for s in some if s.office}
        label = next((known for known, theirs in offices.items() if offices_agree(held, theirs)), None)
        if label is None:
            label = min(held) if held else (document if shared else "")
        if held:
            offices.setdefault(label, set()).update(held)
        bearers.setdefault(label, []).extend(some)
    return bearers


def _groups(forms: Sequence[_Form], corrections: Corrections) -> list[list[_Form]]:
    """Returns the forms of each speaker; by rule first, then as people corrected it."""
    by_key: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
    for form in forms:
        by_key[(*form.key, form.apart)].append(form)
    groups = [group for same in by_key.values() for group in _unless_offices_conflict(same)]
    for fits in (_is_fuller, _is_fuller, _is_short_with_office):
        groups = _joined_where_unique(groups, fits)
    groups = _joined_by_hand(groups, corrections.joined)
    return _separated_by_hand(groups, corrections.separated)


def _unless_offices_conflict(same: Sequence[_Form]) -> list[list[_Form]]:
    """Returns romanisations of one name together, but another spelling with another office apart."""
    groups: list[list[_Form]] = []
    for form in same:
        for group in groups:
            if not any(
                fold(form.name) != fold(o.name) and offices_conflict(form.offices, o.offices) for o in group
            ):
                group.append(form)
                break
        else:
            groups.append([form])
    return groups


def _joined_where_unique(
    groups: list[list[_Form]], fits: Callable[[_Form, _Form], bool]
) -> list[list[_Form]]:
    """Returns the groups, each that fits exactly one other, fuller one joined with it."""
    by_surname: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        by_surname[canonical_word(group[0].words[-1])].append(number)
    joined = Union(len(groups))
    for same in by_surname.values():
        for number in same:
            others = [
                other
                for other in same
                if other != number and any(fits(a, b) for a in groups[number] for b in groups[other])
            ]
            if len(others) == 1:
                joined.join(number, others[0])
    return joined.merged(groups)


def _is_fuller(short: _Form, full: _Form) -> bool:
    """Is ``full`` the same name with middle names or the long form of a nickname?"""
    if short.key[-1] != full.key[-1] or not lacks_middle_names(short.words, full.words):
        return False
    if is_too_common(short.words, full.words):
        return offices_agree(short.offices, full.offices)
    return not offices_conflict(short.offices, full.offices)


def _is_short_with_office(short: _Form, full: _Form) -> bool:
    """Is a bare surname, or one with an initial, the fuller name's by the same office?"""
    a, b = short.words, full.words
    if len(b) < 2 or (len(a) > 1 and len(a[0]) > 1) or len(a) > len(b):
        return False
    if not surnames_fit(a[-1], b[-1]) or not given_names_fit(a[:-1], b[:-1]):
        return False
    return offices_agree(short.offices, full.offices)


def _joined_by_hand(groups: list[list[_Form]], pairs: Iterable[tuple[str, str]]) -> list[list[_Form]]:
    joined = Union(len(groups))
    places: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for form in group:
            places[fold(form.name)].append(number)
    for name, other in pairs:
        together = [*places[fold(name)], *places[fold(other)]]
        if places[fold(name)] and places[fold(other)]:
            for number in together[1:]:
                joined.join(together[0], number)
    return joined.merged(groups)


def _separated_by_hand(groups: list[list[_Form]], pairs: Iterable[tuple[str, str]]) -> list[list[_Form]]:
    """Returns the groups, the second name of each pair taken out of the first one's."""
    for name, other in pairs:
        apart = []
        for group in groups:
            out = [form for form in group if fold(form.name) == fold(other)]
            rest = [form for form in group if fold(form.name) != fold(other)]
            together = out and any(fold(form.name) == fold(name) for form in rest)
            apart += [rest, out] if together else [group]
        groups = apart
    return groups


def _speaker_of(group: Sequence[_Form], corrections: Corrections) -> Speaker:
    """Returns the speaker: the full form most articles use, the others and short mentions as aliases."""
    best = min(group, key=lambda f: (len(f.words) < 2, -len(f.documents), -len(f.name), f.name, f.apart))
    known = {canonical_word(word) for form in group for word in form.words}
    names = {fold(form.name) for form in group}
    aliases = {form.name for form in group}
    aliases |= {m for form in group for m in form.mentions if _is_bare_name(m, known)}
    for pair in corrections.joined:
        aliases |= {other for other in pair if names & {fold(name) for name in pair}}
    return Speaker(
        id=digest_id("sp", fold(best.name), *([best.apart] if best.apart else [])),
        name=best.name,
        aliases=tuple(sorted(aliases - {best.name})),
        offices=tuple(sorted({office for form in group for office in form.offices})),
    )


def _is_bare_name(mention: str, known: set[str]) -> bool:
    """Is the mention nothing but words of the name ("Kh Asif"), in the letter case of a name?"""
    return mention[:1].isupper() and all(
        canonical_word(word) in known for word in fold_words(mention.split())
    )


def suggest_merges(
    speakers: Sequence[Speaker], statements: Sequence[Statement]
) -> tuple[tuple[str, str, str], ...]:
    """Returns (name, name, evidence) for speakers who may be one: a bare surname, an initial, a likeness."""
    counts = Counter(statement.speaker_id for statement in statements)
    by_word: dict[str, list[tuple[Speaker, _Form]]] = defaultdict(list)
    for speaker in speakers:
        form = _Form(speaker.name)
        for word in {canonical_word(form.words[0]), canonical_word(form.words[-1])}:
            by_word[word].append((speaker, form))
    found = {
        (
            full.name,
            short.name,
            f"{likeness}; {_shared(full, short)}; {counts[short.id]} and {counts[full.id]} statements",
        )
        for same in by_word.values()
        for short, a in same
        for full, b in same
        if (len(a.words), a.name, short.id) < (len(b.words), b.name, full.id)
        and (likeness := _likeness(a, b))
    }
    return tuple(sorted(found))


def _likeness(a: _Form, b: _Form) -> str | None:
    """Returns how two names are alike that no rule joins, the shorter first; None where they are not."""
    if surnames_fit(a.words[-1], b.words[-1]) and given_names_fit(a.words[:-1], b.words[:-1]):
        return "same surname" if len(a.words) < len(b.words) else "same name"
    if len(a.words) == len(b.words) > 1:
        slips = [spelling_distance(x, y, _SLIP) for x, y in zip(a.words, b.words, strict=True)]
        if sum(slips) == _SLIP and min(map(len, (*a.words, *b.words))) > 2:
            return "one letter apart"
    return None


def _shared(one: Speaker, other: Speaker) -> str:
    return ", ".join(sorted(set(one.offices) & set(other.offices))) or "no shared office"
