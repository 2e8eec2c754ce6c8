"""One person across articles: names that articles give -> speakers with aliases.

Spelling alone never joins two people. Names are joined where they are the same but for known
romanisations, middle names or a nickname and their offices do not speak against it; a bare surname or an
initial only where the office agrees too, at about the same time, and exactly one person fits. What is
left is a suggestion.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claimtrack.models import Bearer, Corrections, Speaker, Statement, digest_id
from claimtrack.statements.agreement import (
    is_pronoun_or_titled,
    is_too_common,
    lacks_middle_names,
    offices_agree,
    offices_conflict,
)
from claimtrack.statements.bearers import Holder, are_near, day_of, tell_apart
from claimtrack.statements.spellings import (
    canonical_word,
    fold_words,
    generation,
    given_names_fit,
    is_bare_name,
    surnames_fit,
)
from claimtrack.statements.union import Union
from claimtrack.text import fold

Dates = Mapping[str, str | None]
"""When each article was published, by its id; what is not there counts by the day of its words."""


@dataclass(eq=False)
class _Form:
    """One spelling as articles give it, with what is known of whom it names.

    ``apart`` tells bearers of one bare surname from each other: an office or an article's id. ``days``
    are those on which its articles were published.
    """

    name: str
    apart: str = ""
    documents: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.folded = fold(self.name)
        self.words = fold_words(self.name.split())
        self.key = (*map(canonical_word, self.words), generation(self.name.split()))


def identify(
    statements: Sequence[Statement], corrections: Corrections, published: Dates | None = None
) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
    """Returns the statements in the same order with ``speaker`` and ``speaker_id``, and all speakers by name.

    Unnamed sources keep their own words and get no id.
    """
    form_of = _forms_of(statements, corrections, published or {})
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


def _forms_of(
    statements: Iterable[Statement], corrections: Corrections, published: Dates
) -> dict[str, _Form]:
    """Returns the form of each named statement by its id; what is assigned by hand has no office."""
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        assigned = corrections.assigned.get(statement.id)
        name = " ".join((assigned or statement.named or "").split())
        if name:
            update = {"office": None, "mention": None} if assigned else {}
            by_name[name].append(statement.model_copy(update=update))
    form_of: dict[str, _Form] = {}
    namesakes: dict[str, list[_Form]] = defaultdict(list)
    for name, own in by_name.items():
        if not _is_bare_surname(name, own):
            form = _form(name, "", own, published)
            form_of.update({statement.id: form for statement in own})
            if len(form.words) > 1:
                namesakes[form.key[-2]].append(form)
    for name, own in by_name.items():
        if _is_bare_surname(name, own):
            form_of.update(_bearers(name, own, namesakes[_Form(name).key[-2]], published))
    return form_of


def _is_bare_surname(name: str, statements: Iterable[Statement]) -> bool:
    """Is the name one word, and a person meant by it?"""
    return len(name.split()) == 1 and any(
        s.office or (s.mention and is_pronoun_or_titled(s.mention.text)) for s in statements
    )


def _form(name: str, apart: str, statements: Iterable[Statement], published: Dates) -> _Form:
    form = _Form(name, apart)
    for statement in statements:
        form.documents.add(statement.document_id)
        form.offices |= {fold(statement.office)} if statement.office else set()
        form.mentions |= {" ".join(statement.mention.text.split())} if statement.mention else set()
        day = _day(statement, published)
        form.days |= set() if day is None else {day}
    return form


def _day(statement: Statement, published: Dates) -> int | None:
    return day_of(published.get(statement.document_id) or statement.said_on)


def _bearers(
    name: str, statements: Sequence[Statement], namesakes: Sequence[_Form], published: Dates
) -> dict[str, _Form]:
    """Returns the form of every statement under a bare surname, which has one for each of its bearers."""
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_document[statement.document_id].append(statement)
    articles = {
        document: (frozenset(fold(s.office) for s in some if s.office), _day(some[0], published))
        for document, some in by_document.items()
    }
    holders = [
        Holder(form.words[:-1], frozenset(form.offices), tuple(sorted(form.days))) for form in namesakes
    ]
    shared = len({form.key[0] for form in namesakes}) > 1
    by_label: dict[str, list[Statement]] = defaultdict(list)
    for document, label in tell_apart(articles, holders, shared).items():
        by_label[label] += by_document[document]
    forms = {label: _form(name, label, some, published) for label, some in by_label.items()}
    return {statement.id: forms[label] for label, some in by_label.items() for statement in some}


def _groups(forms: Sequence[_Form], corrections: Corrections) -> list[list[_Form]]:
    """Returns the forms of each speaker; by rule first, then as people corrected it."""
    by_key: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
    for form in forms:
        by_key[(*form.key, form.apart)].append(form)
    groups = [group for same in by_key.values() for group in _unless_offices_conflict(same)]
    for fits in (_is_fuller, _is_fuller, _is_short_with_office):
        groups = _joined_where_unique(groups, fits)
    for first, second in corrections.joined:
        groups = _joined_by_hand(groups, Bearer(name=first), Bearer(name=second))
    for first, second in corrections.separated:
        groups = _separated_by_hand(groups, Bearer(name=first), Bearer(name=second))
    for decided in corrections.identified:
        change = _joined_by_hand if decided.one else _separated_by_hand
        groups = change(groups, decided.first, decided.second)
    return groups


def _unless_offices_conflict(same: Sequence[_Form]) -> list[list[_Form]]:
    """Returns romanisations of one name together, but another spelling with another office apart.

    Of a bare surname only what is of about the same time is one.
    """
    groups: list[list[_Form]] = []
    for form in same:
        for group in groups:
            if not any(
                form.folded != o.folded and offices_conflict(form.offices, o.offices) for o in group
            ) and (not form.apart or all(are_near(form.days, other.days) for other in group)):
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
        return _same_office(short, full)
    return not offices_conflict(short.offices, full.offices)


def _is_short_with_office(short: _Form, full: _Form) -> bool:
    """Is a bare surname, or one with an initial, the fuller name's by the same office?"""
    a, b = short.words, full.words
    if len(b) < 2 or (len(a) > 1 and len(a[0]) > 1) or len(a) > len(b):
        return False
    if not surnames_fit(a[-1], b[-1]) or not given_names_fit(a[:-1], b[:-1]):
        return False
    return _same_office(short, full)


def _same_office(some: _Form, other: _Form) -> bool:
    """Do articles of about the same time give both the same office?"""
    return offices_agree(some.offices, other.offices) and are_near(some.days, other.days)


def _called(bearer: Bearer) -> Callable[[_Form], bool]:
    """Returns whether a form is the bearer's name, in one of his articles if these are given."""
    name, articles = fold(bearer.name), frozenset(bearer.documents)
    return lambda form: form.folded == name and not (articles and articles.isdisjoint(form.documents))


def _joined_by_hand(groups: list[list[_Form]], bearer: Bearer, other: Bearer) -> list[list[_Form]]:
    found = [
        [number for number, group in enumerate(groups) if any(map(is_called, group))]
        for is_called in (_called(bearer), _called(other))
    ]
    joined = Union(len(groups))
    if all(found):
        for number in (*found[0][1:], *found[1]):
            joined.join(found[0][0], number)
    return joined.merged(groups)


def _separated_by_hand(groups: list[list[_Form]], bearer: Bearer, other: Bearer) -> list[list[_Form]]:
    """Returns the groups, the forms of ``other`` taken out of the group of ``bearer``."""
    is_bearer, is_other = _called(bearer), _called(other)
    apart = []
    for group in groups:
        out = [form for form in group if is_other(form)]
        rest = [form for form in group if not is_other(form)]
        apart += [rest, out] if out and any(map(is_bearer, rest)) else [group]
    return apart


def _speaker_of(group: Sequence[_Form], corrections: Corrections) -> Speaker:
    """Returns the speaker: the full form most articles use, the others and short mentions as aliases.

    Of two that are used as much it is the longer one, but not one with more before the other's whole name.
    """
    best = min(
        group,
        key=lambda f: (
            len(f.words) < 2,
            -len(f.documents),
            any(1 < len(o.words) < len(f.words) and f.words[-len(o.words) :] == o.words for o in group),
            -len(f.name),
            f.name,
            f.apart,
        ),
    )
    known = {canonical_word(word) for form in group for word in form.words}
    names = {form.folded for form in group}
    aliases = {form.name for form in group}
    aliases |= {m for form in group for m in form.mentions if is_bare_name(m, known)}
    for pair in corrections.joined:
        aliases |= {other for other in pair if names & {fold(name) for name in pair}}
    return Speaker(
        id=digest_id("sp", best.folded, *([best.apart] if best.apart else [])),
        name=best.name,
        aliases=tuple(sorted(aliases - {best.name})),
        offices=tuple(sorted({office for form in group for office in form.offices})),
    )
