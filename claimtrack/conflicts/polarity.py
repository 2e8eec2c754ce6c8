"""What a clause negates: triggers, how far they reach, and the word each of them turns round.

After ConText (Harkema et al., J. Biomed. Inform. 42, 2009): a trigger's scope runs forward to a
terminator; pseudo-triggers ("not only") negate nothing. Two negations over one word cancel.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from claimtrack.conflicts.lexical import forms, values
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, find_phrases, stem_book

_ADVERBS = frozenset({"ever", "even", "quite", "actually", "anywhere"})
_VERB_REACH = 5
"""Content words that a negative verb turns round: its object, not the rest of a long sentence."""

_ARTICLES = frozenset({"a", "an", "any", "the"})

_FIGURES = ("number_words", "fractions")
"""Groups of the lexicon of quantities: words that are figures."""

_BEING = frozenset({"was", "were", "been", "is", "are"})
_HAVING = frozenset({"have", "has", "had", "having"})
_FINITE = frozenset(
    {"is", "are", "was", "were", "will", "would", "should", "could", "can", "has", "have", "had"}
)
"""Verb forms that follow a subject: "none of the letters | were read"."""


@dataclass(frozen=True, slots=True)
class Negation:
    """One trigger: its words, the words in its reach and the head that it turns round; indices of words.

    ``telling`` is set where what is denied is having said it, ``calling`` where it is having called
    somebody or something so, ``hedged`` where it is denied in part, ``light`` where a verb like "make"
    stands before the head.
    """

    first: int
    last: int
    scope: frozenset[int]
    head: int
    hedged: bool
    telling: bool
    light: bool
    calling: bool = False


def shadowed_words(words: Sequence[Word], negations: Sequence[Negation]) -> frozenset[int]:
    """Returns the words after a negation that it does not turn round: "no letters that were signed".

    They are neither denied nor affirmed, like what somebody stops, forbids or fears. A word under two
    negations is affirmed.
    """
    shadow: set[int] = set()
    for _, last, _ in find_phrases(words, stem_book("negation", "preventives")):
        shadow.update(range(last + 1, min(len(words), last + 1 + _VERB_REACH)))
    if negations:
        covered = frozenset().union(*(negation.scope for negation in negations))
        after = range(min(negation.last for negation in negations) + 1, len(words))
        shadow.update(frozenset(after) - covered)
    return frozenset(shadow)


@dataclass(frozen=True, slots=True)
class _Trigger:
    first: int
    last: int
    kind: str


def find_negations(words: Sequence[Word]) -> tuple[Negation, ...]:
    """Returns the negations of one clause, in order."""
    found = []
    for trigger in _triggers(words):
        negation = _reach(words, trigger)
        if negation:
            found.append(negation)
    return tuple(found)


def negated_words(negations: Sequence[Negation]) -> frozenset[int]:
    """Returns the words under an odd number of negations."""
    odd: frozenset[int] = frozenset()
    for negation in negations:
        odd ^= negation.scope
    return odd


def _triggers(words: Sequence[Word]) -> list[_Trigger]:
    book = stem_book("negation", "pseudo", "hedged", "verdicts", "particles", "determiners", "verbs")
    found = [_Trigger(*match) for match in find_phrases(words, book)]
    taken = {at for trigger in found for at in range(trigger.first, trigger.last + 1)}
    for at, word in enumerate(words):
        if word.text.endswith("n't") and at not in taken:
            length, kind = _contracted(words, at)
            found.append(_Trigger(at, at + length - 1, kind))
    told = (t for t in found if t.kind != "pseudo" and not _interjected(words, t))
    return sorted(told, key=lambda trigger: trigger.first)


def _interjected(words: Sequence[Word], trigger: _Trigger) -> bool:
    """Returns whether the word answers or is only quoted, and negates nothing: "No, ...", "(not)"."""
    word = words[trigger.last]
    if _is_measure(words, trigger):
        return True
    return bool(word.mark) and (word.text == "no" or word.mark != ",")


def _is_measure(words: Sequence[Word], trigger: _Trigger) -> bool:
    """Does it say how exact a figure is: "barely half", "hardly 20"?"""
    after = words[trigger.last + 1].text if trigger.last + 1 < len(words) else ""
    is_figure = after[:1].isdigit() or any(after in values("quantities", group) for group in _FIGURES)
    return words[trigger.first].text in forms("quantities", "about") and is_figure


def _contracted(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Returns how many words a contracted "not" covers, and its kind: "doesn't necessarily" is hedged."""
    following = [part for word in words[at + 1 : at + 4] for part in word.stem.split()]
    match = stem_book("negation", "pseudo", "hedged").match(["not", *following], 0)
    return match or (1, "particles")


@cache
def _stems(group: str) -> frozenset[str]:
    return frozenset(stem(form) for form in forms("negation", group) if " " not in form)


def _reach(words: Sequence[Word], trigger: _Trigger) -> Negation | None:
    """Returns what a trigger negates, ``None`` where nothing follows it.

    "I don't think the voters are sure" and "none of the voters are sure" turn "sure" round, not the
    voters: a subject in between is crossed once, up to the finite verb.
    """
    if trigger.kind == "verdicts" or _is_passive(words, trigger):
        return _backward(words, trigger)
    scope: set[int] = set()
    passed: list[int] = []
    head = -1
    telling = light = calling = False
    crossing = trigger.kind == "determiners" and not _has_verb_before(words, trigger)
    is_subject = _is_subject(words, trigger)
    minimal = _minimisers(words, trigger)
    for at in range(trigger.last + 1, len(words)):
        word = words[at]
        if is_subject and not telling and word.text in _FINITE | _BEING:
            break
        if word.text in _FINITE and head >= 0 and crossing:
            crossing, head = False, -1
            continue
        if at in minimal or (calling and word.text == "as"):
            continue
        if _stops(words, at, head) or (trigger.kind == "verbs" and len(scope) >= _VERB_REACH):
            break
        if word.weight == 0:
            light = light or (head < 0 and word.text in _HAVING and not _is_auxiliary(words, at))
            continue
        if head < 0 and trigger.kind == "particles" and _tells(words, at):
            telling = crossing = True
            calling = word.stem in _stems("calling")
            continue
        if head < 0 and not word.is_name and not _passes(word):
            head = _noun_of(words, trigger, at)
        if head >= 0 or word.is_name:
            scope.add(at)
        else:
            passed.append(at)
            crossing = crossing or word.stem in _stems("transparent")
            light = light or word.stem in _stems("light")
    found = _negation(words, trigger, scope, head, passed, telling, light)
    return replace(found, calling=True) if found and calling else found


def _is_auxiliary(words: Sequence[Word], at: int) -> bool:
    """Is it the "had" of "had been" and "had not signed", and no possession?"""
    after = words[at + 1].text if at + 1 < len(words) else ""
    return after in ("been", "not", "never", "ever", "to") or after.endswith("ed")


def _minimisers(words: Sequence[Word], trigger: _Trigger) -> frozenset[int]:
    """Returns the words that only make a denial stronger: "didn't owe him a penny", "not a single one"."""
    after = words[trigger.last + 1 :]
    phrases = find_phrases(after, stem_book("negation", "minimisers"))
    places = (range(first, last + 1) for first, last, _ in phrases)
    return frozenset(trigger.last + 1 + at for place in places for at in place)


def _is_subject(words: Sequence[Word], trigger: _Trigger) -> bool:
    """Is what is not done the subject of the clause: "Not asking them | was a mistake"?"""
    opens = trigger.first == 0 or bool(words[trigger.first - 1].mark)
    after = words[trigger.last + 1].text if trigger.last + 1 < len(words) else ""
    return opens and trigger.kind == "particles" and after.endswith("ing")


def _tells(words: Sequence[Word], at: int) -> bool:
    """Is it a verb of saying, or of calling, and no "call for" or "call off", nor the noun ("a promise")?"""
    if at and words[at - 1].text in _ARTICLES:
        return False
    if words[at].stem in _stems("telling"):
        return True
    after = words[at + 1].text if at + 1 < len(words) else ""
    other_verb = after in forms("function_words", "preposition") or after == "off"
    return words[at].stem in _stems("calling") and not other_verb


def _noun_of(words: Sequence[Word], trigger: _Trigger, at: int) -> int:
    """Returns the last word of a noun phrase that the trigger opens: "no ice sheets", "not a party"."""
    article = words[at - 1].text in _ARTICLES or trigger.kind == "determiners"
    while article and at + 1 < len(words) and not words[at].mark and words[at + 1].weight > 0:
        if words[at + 1].is_name or words[at + 1].text.endswith(("ed", "ing")):
            break
        at += 1
    return at


def _is_passive(words: Sequence[Word], trigger: _Trigger) -> bool:
    before = {word.text for word in words[max(0, trigger.first - 2) : trigger.first]}
    return trigger.kind == "verbs" and bool(before & _BEING) and words[trigger.first].text.endswith("ed")


def _backward(words: Sequence[Word], trigger: _Trigger) -> Negation | None:
    """Returns what a passive verb negates: "talks were ruled out"."""
    scope = frozenset(at for at in range(trigger.first) if words[at].weight)
    prepositions = forms("function_words", "preposition")
    end = next((at for at in range(trigger.first) if at and words[at].text in prepositions), trigger.first)
    heads = [at for at in scope if not words[at].is_name]
    if not heads:
        return None
    head = max((at for at in heads if at < end), default=max(heads))
    return Negation(trigger.first, trigger.last, scope, head, False, False, False)


def _negation(
    words: Sequence[Word],
    trigger: _Trigger,
    scope: set[int],
    head: int,
    passed: Sequence[int],
    telling: bool,
    light: bool,
) -> Negation | None:
    if _has_verb_before(words, trigger):
        verb = trigger.first - 1
        scope.add(verb)
        head = head if _passes(words[verb]) and head >= 0 else verb
    if head < 0:
        head = min(passed or scope, default=-1)
        scope.update(passed)
    if head < 0:
        return None
    hedged = trigger.kind == "hedged"
    return Negation(trigger.first, trigger.last, frozenset(scope), head, hedged, telling, light)


def _stops(words: Sequence[Word], at: int, head: int) -> bool:
    """Returns whether the scope ends before this word, given the head found so far."""
    word = words[at]
    if head >= 0 and word.text in ("a", "an", "the") and words[at - 1].mark == "," and words[at - 1].is_name:
        return True  # an apposition: "Corvane, the company that ..."
    if word.text == "that" and head >= 0 and words[head].stem in _stems("factive"):
        return True
    if head >= 0 and word.text in forms("negation", "soft_terminators"):
        return True
    return word.text in forms("negation", "terminators")


def _passes(word: Word) -> bool:
    """Returns whether a negation reaches through this word to the next: "doesn't want to leave"."""
    if word.stem in _stems("transparent") or word.stem in _stems("light"):
        return True
    return word.text in _ADVERBS or word.text[0].isdigit() or (word.text.endswith("ly") and not word.is_name)


def _has_verb_before(words: Sequence[Word], trigger: _Trigger) -> bool:
    """Returns whether a determiner negates the verb right before it: "paying no taxes", "paid nothing"."""
    if trigger.kind != "determiners" or trigger.first == 0:
        return False
    before = words[trigger.first - 1]
    return before.weight > 0 and not before.is_name
