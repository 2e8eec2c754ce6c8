"""Two stored speakers -> what speaks for and against their being one person.

Nothing here merges anybody. A pair that no rule joins is laid before a person with the evidence on both
sides; what weighs how much is in the constants below, in points.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claimtrack.models import Document, Speaker, Statement, Value
from claimtrack.pipeline.likeness import Likeness, is_named_in
from claimtrack.statements.agreement import offices_agree, offices_conflict
from claimtrack.statements.bearers import are_near, day_of
from claimtrack.statements.spellings import fold_words
from claimtrack.statements.wordlists import fold_word, forms, is_given_name
from claimtrack.text import fold

SAME_TIME = 183
"""Days between two articles that are of one time: about as long as one news matter lasts."""

NAMED_IN_FULL = 3.0
"""Points where an article that quotes the shorter name also writes the fuller one."""

OTHER_NAMED = -4.0
"""Points where it writes somebody else's fuller name; half of them where it writes this one too."""

ONE_OFFICE = 2.0
"""Points for one office at one time."""

SAME_MONTHS = 0.5
"""Points for being quoted at one time."""

FEW_NAMESAKES = 2.0
"""Points where nearly all that is said under the surname at that time is this speaker's; half of them
where that is hardly anything."""

SOME_NAMESAKES = -1.0
"""Points where it is most of it."""

MANY_NAMESAKES = -3.0
"""Points where others of the surname are quoted as much at that time."""

QUOTED_TOGETHER = -3.0
"""Points where one article quotes both, as two; half of them where it writes no other such name."""

OTHER_OFFICE = -3.0
"""Points for two offices at one time of which nobody holds both."""

OTHER_GENDER = -6.0
"""Points where one is "he" and the other is "she"."""

OTHER_GIVEN_NAME = -1.5
"""Points where the one letter makes another given name of it."""

FAR_APART = -2.0
"""Points where years lie between the articles."""

OFTEN = 3
"""Articles from which somebody is quoted often enough for his surname alone to mean him."""

NEARLY_ALL = 0.9
"""Share of a surname's quoting articles from which the others hardly count."""

HALF = 0.5
"""Share of them below which somebody else is as likely."""


class Evidence(Value):
    """What speaks for and against two speakers being one; ``points`` order the pairs, no more."""

    points: float
    supports: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(eq=False)
class Quoted:
    """A speaker with what the store knows of him: statements, articles, days, offices by day, gender."""

    speaker: Speaker
    words: tuple[str, ...] = ()
    statement_count: int = 0
    documents: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    offices: dict[str, set[int]] = field(default_factory=dict)
    genders: Counter[str] = field(default_factory=Counter)

    @property
    def gender(self) -> str | None:
        """Returns "m" or "f" where pronouns, titles or else a given name all lean to one side."""
        men, women = self.genders["m"], self.genders["f"]
        if men or women:
            return None if men == women else ("m" if men > women else "f")
        given = self.words[0] if len(self.words) > 1 else ""
        men, women = (given in forms("given_names", which) for which in ("male", "female"))
        return None if men == women else ("m" if men else "f")


def quoted_speakers(
    speakers: Iterable[Speaker], statements: Iterable[Statement], documents: Mapping[str, Document]
) -> dict[str, Quoted]:
    """Returns all speakers by id with what is known of them."""
    found = {s.id: Quoted(s, fold_words(s.name.split())) for s in speakers}
    for statement in statements:
        quoted = found.get(statement.speaker_id or "")
        if quoted is not None:
            _add(quoted, statement, day_of(documents[statement.document_id].published or statement.said_on))
    return found


def _add(quoted: Quoted, statement: Statement, day: int | None) -> None:
    days = set() if day is None else {day}
    quoted.statement_count += 1
    quoted.documents.add(statement.document_id)
    quoted.days |= days
    if statement.office:
        quoted.offices.setdefault(fold(statement.office), set()).update(days)
    words = [fold_word(word) for word in (statement.mention.text if statement.mention else "").split()]
    for gender, pronouns, courtesy in (("m", "male", "courtesy_male"), ("f", "female", "courtesy_female")):
        told = words[-1:] and words[-1] in forms("pronouns", pronouns)
        if told or any(word in forms("titles", courtesy) for word in words[:-1]):
            quoted.genders[gender] += 1


class Witness:
    """Weighs pairs of speakers by what the articles of a store say."""

    def __init__(self, quoted: Mapping[str, Quoted], documents: Mapping[str, Document]) -> None:
        self._quoted = quoted
        self._documents = documents
        self._texts: dict[str, str] = {}

    def weigh(self, full: Quoted, short: Quoted, likeness: Likeness, namesakes: Sequence[Quoted]) -> Evidence:
        """Returns the evidence; ``namesakes`` are all whose names the shorter one would fit."""
        written = list(self._in_the_texts(full, short, likeness, namesakes))
        is_written = any(points == NAMED_IN_FULL for points, _ in written)
        told = [
            *written,
            *_offices(full, short),
            *_time(full, short),
            *(_prominence(full, short, namesakes, is_written) if likeness.is_bare else ()),
            *_genders(full, short, likeness),
            *_given_names(full, short, likeness),
        ]
        return Evidence(
            points=round(likeness.points + sum(points for points, _ in told), 2),
            supports=(likeness.told, *(words for points, words in told if words and points >= 0)),
            against=tuple(words for points, words in told if words and points < 0),
        )

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = fold(self._documents[document].text)
        return self._texts[document]

    def _in_the_texts(
        self, full: Quoted, short: Quoted, likeness: Likeness, namesakes: Sequence[Quoted]
    ) -> Iterable[tuple[float, str]]:
        """Yields what articles that quote the shorter name write: the fuller one, another; whether as two."""
        if likeness.is_same_letters:
            return
        own = [
            d
            for d in sorted(short.documents)
            if likeness.is_shorter and is_named_in(full.speaker, self._text(d))
        ]
        others = [
            who
            for who in namesakes
            if likeness.is_shorter
            and who not in (full, short)
            and any(is_named_in(who.speaker, self._text(d)) for d in short.documents)
        ]
        if own:
            told = (
                f"{len(own)} of {_counted(len(short.documents), 'article')} that quote {short.speaker.name}"
            )
            yield NAMED_IN_FULL, f"{told} also write {full.speaker.name}"
        for who in others[:1]:
            words = f"an article that quotes {short.speaker.name} writes {who.speaker.name}"
            yield (OTHER_NAMED / 2 if own else OTHER_NAMED), words
        both = full.documents & short.documents
        if both:
            points = QUOTED_TOGETHER if others or not own else QUOTED_TOGETHER / 2
            yield points, f"quoted as two in {_counted(len(both), 'article')}"


def _offices(full: Quoted, short: Quoted) -> Iterable[tuple[float, str]]:
    """Yields whether both hold one office at one time, or two that nobody holds together."""
    shared = [
        (a, b)
        for a, days in sorted(full.offices.items())
        for b, others in sorted(short.offices.items())
        if are_near(days, others, SAME_TIME) and offices_agree([a], [b])
    ]
    if shared:
        one, other = min(shared, key=lambda pair: (pair[0] != pair[1], pair))
        yield ONE_OFFICE, f"both {one}" if one == other else f"{one} and {other}"
    elif offices_conflict(full.offices, short.offices) and are_near(full.days, short.days, SAME_TIME):
        yield OTHER_OFFICE, f"at one time {_listed(full.offices)} and {_listed(short.offices)}"


def _time(full: Quoted, short: Quoted) -> Iterable[tuple[float, str]]:
    if not are_near(full.days, short.days):
        yield FAR_APART, "years lie between the articles that quote them"
    elif full.days and short.days and are_near(full.days, short.days, SAME_TIME):
        yield SAME_MONTHS, "quoted in the same months"


def _prominence(
    full: Quoted, short: Quoted, namesakes: Sequence[Quoted], is_written: bool
) -> Iterable[tuple[float, str]]:
    """Yields how much of what is said under a surname at that time is this speaker's.

    Others count for little where the article itself writes the fuller name.
    """
    at_that_time = {
        who.speaker.id: len(who.documents)
        for who in namesakes
        if who is not short and len(who.words) > 1 and are_near(who.days, short.days, SAME_TIME)
    }
    own, total = at_that_time.get(full.speaker.id, 0), sum(at_that_time.values())
    name = short.speaker.name
    if own and own == total:
        yield FEW_NAMESAKES / (1 if own >= OFTEN else 2), f"no other {name} is quoted then"
    elif own >= NEARLY_ALL * total and own:
        told = f"of {total} articles that then quote somebody called {name}, {own} quote {full.speaker.name}"
        yield FEW_NAMESAKES, told
    else:
        told = f"others of the name are quoted then in {_counted(total - own, 'article')}"
        yield (SOME_NAMESAKES if is_written or own > HALF * total else MANY_NAMESAKES), told if total else ""


def _genders(full: Quoted, short: Quoted, likeness: Likeness) -> Iterable[tuple[float, str]]:
    if likeness.is_longer_title or not full.gender or not short.gender or full.gender == short.gender:
        return
    man, woman = (full, short) if full.gender == "m" else (short, full)
    yield OTHER_GENDER, f"{man.speaker.name} is a man, {woman.speaker.name} a woman"


def _given_names(full: Quoted, short: Quoted, likeness: Likeness) -> Iterable[tuple[float, str]]:
    """Yields whether the letter that differs makes two known given names."""
    a, b = full.words[0], short.words[0]
    if likeness.is_slip and a != b and is_given_name(a) and is_given_name(b):
        yield OTHER_GIVEN_NAME, f"two given names, {a.title()} and {b.title()}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _listed(offices: Iterable[str]) -> str:
    return ", ".join(sorted(offices)[:2])
