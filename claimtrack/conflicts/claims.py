"""The comparable reading of one statement: clauses with polarity, modality, figures and voices.

A statement is read once; signals compare readings and never look at the text again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from claimtrack.conflicts.clauses import Stretch, cut_clauses
from claimtrack.conflicts.dates import Date, find_dates
from claimtrack.conflicts.evaluations import Evaluation, find_evaluations, stands_alone
from claimtrack.conflicts.lexical import forms
from claimtrack.conflicts.opposites import opposite_keys
from claimtrack.conflicts.polarity import Negation, find_negations, negated_words, shadowed_words
from claimtrack.conflicts.quantities import Quantity, find_quantities
from claimtrack.conflicts.repeats import Wording, read_wording
from claimtrack.conflicts.slots import Slot, find_slots
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, find_phrases, read_words, stem_book, tokenize
from claimtrack.models import ClaimText

_NO_IF = frozenset({"even", "as", "only", "what"})
"""Words before "if" that make it no condition of what stands before."""

_PERSONS_BEFORE = 4
"""Words before a verb of speech in which its subject stands: "critics have long said"."""

_BEFORE_MONTHS = frozenset(
    ("after", "before", "by", "during", "early", "from", "in", "last", "late", "of", "since", "till", "until")
)
"""Words that stand before the month of May and never before the verb."""

_LINKS = frozenset({"and", "of", "for", "the"})
"""Words within the name of an institution."""

_FEWEST_INITIALS = 3
"""Words of a name that is shortened to its initials; two letters stand for too much."""

_NOUNS = frozenset({"aim", "attempt", "demand", "desire", "hope", "plan", "wish"})
"""Verbs of wish that are nouns too."""

_FEWEST = 0.8
"""Weight of content below which a clause says nothing that could be compared."""


@dataclass(frozen=True)
class Clause:
    """One clause; ``negated``, ``shadowed`` and ``others`` are indices of words.

    ``shadowed`` words are neither denied nor affirmed, ``others`` are somebody else's words.

    ``possible``, ``conditional``, ``wished``, ``future`` and ``past`` say how it is held. ``after_name``
    is set where somebody is named in a clause before, for whom "he" may stand.
    """

    words: tuple[Word, ...]
    sentence: int
    question: bool
    negations: tuple[Negation, ...]
    quantities: tuple[Quantity, ...]
    negated: frozenset[int]
    shadowed: frozenset[int]
    others: frozenset[int]
    evaluations: tuple[Evaluation, ...]
    possible: bool
    conditional: bool
    wished: bool
    future: bool
    past: bool
    after_name: bool

    @cached_property
    def index(self) -> Mapping[str, tuple[int, ...]]:
        """Returns the places of every key."""
        places: dict[str, tuple[int, ...]] = {}
        for at, word in enumerate(self.words):
            if word.key:
                places[word.key] = (*places.get(word.key, ()), at)
        for initials, at in _initials(self.words):
            places.setdefault(initials, (at,))
        return places

    @cached_property
    def weight(self) -> float:
        """Returns how much the clause says, in ordinary words."""
        return sum(word.weight for word in self.words)

    @cached_property
    def opposites(self) -> Mapping[str, tuple[int, ...]]:
        """Returns the keys of the opposites of its words, with the places of those words."""
        places: dict[str, tuple[int, ...]] = {}
        for at, word in enumerate(self.words):
            for key in opposite_keys(word):
                places[key] = (*places.get(key, ()), at)
        return places

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """Returns its calendar expressions."""
        return find_dates(self.words)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Returns the places of its single-valued events."""
        return find_slots(self.words, self.negated)

    @cached_property
    def falsehood(self) -> tuple[int, int] | None:
        """Returns the first and last of the words that call the rest untrue."""
        matches = find_phrases(self.words, stem_book("negation", "falsehood"))
        return next(((first, last) for first, last, _ in matches if first not in self.negated), None)

    def manner(self, group: str) -> frozenset[str]:
        """Returns the stems of the forms of a group of the lexicon of modality that it holds."""
        if group not in self._manners:
            matches = find_phrases(self.words, stem_book("modality", group))
            self._manners[group] = frozenset(self.words[first].stem for first, _, _ in matches)
        return self._manners[group]

    @cached_property
    def _manners(self) -> dict[str, frozenset[str]]:
        return {}


@dataclass(frozen=True)
class Cue:
    """What the cue says of the content: denied, called for or opposed, planned, or only named.

    A negated cue ("hasn't conceded", "did not say whether") leaves the content neither said nor denied.
    """

    text: str
    denied: bool
    against: bool
    favours: bool
    intended: bool
    silent: bool


@dataclass(frozen=True)
class Claim:
    """One side of a pair, read. ``keys`` are the keys of all its words with their weight."""

    text: str
    cue: Cue
    date: str | None
    publisher: str | None
    clauses: tuple[Clause, ...]

    @cached_property
    def keys(self) -> Mapping[str, float]:
        """Returns every key with the weight of its word."""
        return {word.key: word.weight for clause in self.clauses for word in clause.words if word.key}

    @cached_property
    def mentions(self) -> frozenset[str]:
        """Returns every key and the initials of the names in several words."""
        return frozenset(key for clause in self.clauses for key in clause.index)

    @cached_property
    def wording(self) -> Wording:
        """Returns its words for the question whether another text repeats them."""
        return read_wording(self.text)

    def sentence_keys(self, sentence: int) -> frozenset[str]:
        """Returns the keys of the clauses of one sentence."""
        return self._by_sentence.get(sentence, frozenset())

    @cached_property
    def _by_sentence(self) -> Mapping[int, frozenset[str]]:
        table: dict[int, frozenset[str]] = {}
        for clause in self.clauses:
            table[clause.sentence] = table.get(clause.sentence, frozenset()) | clause.index.keys()
        return table

    @cached_property
    def signature(self) -> tuple[str, ...]:
        """Returns what tells two claims apart, for a fixed order of a pair."""
        return (self.text, self.cue.text, self.date or "", self.publisher or "")


def read_claim(side: ClaimText) -> Claim:
    """Returns the reading of one statement; an empty one has no clauses."""
    words = read_words(side.text, tokenize(side.text))
    clauses: list[Clause] = []
    if words:
        stretches = cut_clauses(side.text, words)
        conditional = _under_conditions(stretches)
        named = [any(w.is_name and not w.key.startswith("@") for w in s.words) for s in stretches]
        clauses = [
            _read_clause(s, _antecedent(s, p), any(named[:number]), number in conditional)
            for number, (s, p) in enumerate(zip(stretches, [None, *stretches], strict=False))
        ]
    told = tuple(clause for clause in _distinct(clauses) if clause.weight >= _FEWEST)
    return Claim(side.text, _read_cue(side.cue or ""), side.date, side.publisher, told)


def _under_conditions(stretches: Sequence[Stretch]) -> frozenset[int]:
    """Returns the clauses that hold only if another in their sentence does.

    It stands after "If ..., ", else before. "Even if" makes no condition: what goes with it holds anyway;
    "will not reopen until" makes one.
    """
    found = set()
    for number, stretch in enumerate(stretches):
        before = stretches[number - 1] if number else None
        opens = before is None or before.sentence != stretch.sentence or len(before.words) == 1  # And if
        if stretch.opener not in ("if", "unless") and not (stretch.opener == "until" and _denies(before)):
            continue
        if before and not opens and before.words[-1].text in _NO_IF:
            continue
        main = number + 1 if opens else number - 1
        if main < len(stretches) and stretches[main].sentence == stretch.sentence:
            found.add(main)
    return frozenset(found)


def _denies(stretch: Stretch | None) -> bool:
    return stretch is not None and any(
        word.text in ("not", "never", "no") or word.text.endswith("n't") for word in stretch.words
    )


def _initials(words: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """Yields the short forms of names in several words, with the place of the first: FDA, BoE."""
    at = 0
    while at < len(words):
        stop = at
        while stop < len(words) and (words[stop].is_name or (stop > at and words[stop].text in _LINKS)):
            stop += 1
        run = words[at:stop]
        names = [word for word in run if word.is_name]
        if len(names) >= _FEWEST_INITIALS:
            yield "".join(word.text[0] for word in names), at
            yield "".join(word.text[0] for word in run), at
        at = max(stop, at + 1)


def _distinct(clauses: Sequence[Clause]) -> list[Clause]:
    """Returns the clauses without word-for-word repetitions, which could only repeat what is found."""
    return list({tuple(w.text for w in clause.words): clause for clause in reversed(clauses)}.values())[::-1]


def _antecedent(stretch: Stretch, before: Stretch | None) -> str:
    """Returns the key of the name that "which" or "who" at the clause's start stands for."""
    if before is None or stretch.opener not in ("which", "who"):
        return ""
    at = next((i for i in range(len(before.words) - 1, -1, -1) if stands_alone(before.words, i)), None)
    return "" if at is None else before.words[at].key


def _read_clause(stretch: Stretch, antecedent: str, after_name: bool, conditional: bool) -> Clause:
    words = stretch.words
    negations = find_negations(words)
    negated = negated_words(negations)
    return Clause(
        words=words,
        sentence=stretch.sentence,
        question=stretch.question,
        negations=negations,
        quantities=find_quantities(words),
        negated=negated,
        shadowed=shadowed_words(words, negations),
        others=_other_voices(words),
        evaluations=find_evaluations(words, negated, antecedent),
        possible=has_any(words, "possible"),
        conditional=conditional or has_any(words, "condition") or stretch.opener == "since",
        wished=has_any(words, "wish"),
        future=has_any(words, "future"),
        past=has_any(words, "past") or any(w.text.endswith("ed") for w in words if w.weight >= 1),
        after_name=after_name,
    )


def has_any(words: Sequence[Word], group: str) -> bool:
    """Returns whether a form of a group of the lexicon of modality stands in the words."""
    phrases = find_phrases(words, stem_book("modality", group))
    return any(
        not _is_month(words, first) and not _means_other(words, first, last, group)
        for first, last, _ in phrases
    )


def _means_other(words: Sequence[Word], first: int, last: int, group: str) -> bool:
    """Is it no wish or plan: a thing ("my training plans"), "for want of", or "had to", which was done?"""
    before = words[first - 1].text if first else ""
    lacks = words[first].text == "want" and before == "for"
    done = words[first].text == "had" and last > first
    if group == "wish" and (lacks or done):
        return True
    return group in ("wish", "future") and _is_noun(words, first, last)


def _is_noun(words: Sequence[Word], first: int, last: int) -> bool:
    """Is it a thing and no wish for anything: "for my training plans", not "his plan to leave"?"""
    if words[first].text.removesuffix("s") not in _NOUNS:
        return False
    before = [word.text for word in words[max(0, first - 2) : first]]
    after = words[last + 1].text if last + 1 < len(words) else ""
    opens = forms("word_weights", "determiners")
    return not opens.isdisjoint(before) and after not in ("to", "that", "for") and first == last


def _is_month(words: Sequence[Word], at: int) -> bool:
    """Is this the month of May and not the verb: after "by" or "early", beside a number?"""
    if words[at].text != "may":
        return False
    beside = [word.text for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
    return any(text.isdigit() for text in beside) or (at > 0 and beside[0] in _BEFORE_MONTHS)


def _other_voices(words: Sequence[Word]) -> frozenset[int]:
    """Returns the words after "critics say", "you said": passed on by the speaker, not his own."""
    for at, word in enumerate(words):
        if at and not word.is_name and _reports(words, at) and _is_other(words, at):
            return frozenset(range(at + 1, len(words)))
    return frozenset()


def _reports(words: Sequence[Word], at: int) -> bool:
    """Is it a verb of speech, or one like "found" with "that" after it?"""
    if words[at].stem in _stems("report_verbs"):
        return True
    found = words[at].stem in _stems("finding_verbs")
    return found and any(word.text == "that" for word in words[at + 1 : at + 2])


@cache
def _stems(group: str) -> frozenset[str]:
    return frozenset(stem(form) for form in forms("modality", group))


def _is_other(words: Sequence[Word], verb: int) -> bool:
    if words[verb - 1].text in ("the", "a", "an", "his", "her"):
        return False
    if verb == 1 and words[0].weight > 0:
        return True
    if verb > 1 and words[verb - 1].text in _voices() and words[verb - 2].text in ("the", "a", "an"):
        return True
    for word in reversed(words[max(0, verb - _PERSONS_BEFORE) : verb]):
        if word.text in forms("modality", "own") or word.text.endswith("n't"):
            return False
        if word.text in forms("modality", "others") or (word.is_name and not word.key.startswith("@")):
            return True
    return False


@cache
def _voices() -> frozenset[str]:
    """Returns the nouns for what may say something: "the owner", "the union", "the report"."""
    persons = forms("roles", "male", "female", "neutral") | forms("titles", "office", "rank")
    return persons | forms("organisations", "noun", "document")


def _read_cue(text: str) -> Cue:
    words = read_words(text, tokenize(text))

    def says(lexicon: str, group: str) -> bool:
        return bool(find_phrases(words, stem_book(lexicon, group)))

    negated = any(word.text in ("not", "never", "without") or word.text.endswith("n't") for word in words)
    return Cue(
        text=text,
        denied=says("negation", "denial_cues") and not negated,
        against=says("stances", "against_cues") and not negated,
        favours=says("stances", "for_cues") and not negated,
        intended=says("modality", "wish") or says("modality", "future"),
        silent=negated or says("modality", "non_assertive_cues"),
    )
