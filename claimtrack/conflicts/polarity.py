"""What a clause negates: triggers, how far they reach, and the word each of them turns round.

After ConText (Harkema et al., J. Biomed. Inform. 42, 2009): a trigger's scope runs forward to a
terminator; pseudo-triggers ("not only") negate nothing. Two negations over one word cancel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claimtrack.conflicts.lexical import forms
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.words import Word, find_phrases, stem_book

_ADVERB = ("ly",)
_FINITE = frozenset({"is", "are", "was", "were", "will", "would"})
"""Verb forms that end a subject clause: "paying no taxes | was smart"."""


@dataclass(frozen=True, slots=True)
class Negation:
    """One trigger: its words, the words in its reach and the head that it turns round; indices of words.

    ``telling`` is set where what is denied is having said it, ``hedged`` where it is denied in part.
    """

    first: int
    last: int
    scope: frozenset[int]
    head: int
    hedged: bool
    telling: bool


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
    book = stem_book("negation", "pseudo", "hedged", "particles", "determiners", "verbs")
    found = [_Trigger(*match) for match in find_phrases(words, book)]
    taken = {at for trigger in found for at in range(trigger.first, trigger.last + 1)}
    for at, word in enumerate(words):
        if word.text.endswith("n't") and at not in taken:
            length, kind = _contracted(words, at)
            found.append(_Trigger(at, at + length - 1, kind))
    return sorted((t for t in found if t.kind != "pseudo"), key=lambda trigger: trigger.first)


def _contracted(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Returns how many words a contracted "not" covers, and its kind: "doesn't necessarily" is hedged."""
    following = [part for word in words[at + 1 : at + 4] for part in word.stem.split()]
    match = stem_book("negation", "pseudo", "hedged").match(["not", *following], 0)
    return match or (1, "particles")


@cache
def _stems(group: str) -> frozenset[str]:
    return frozenset(stem(form) for form in forms("negation", group) if " " not in form)


def _reach(words: Sequence[Word], trigger: _Trigger) -> Negation | None:
    scope: set[int] = set()
    passed: list[int] = []
    head = -1
    telling = False
    crossed = trigger.kind != "determiners"
    for at in range(trigger.last + 1, len(words)):
        word = words[at]
        if word.text in _FINITE and head >= 0 and not crossed and trigger.first == 0:
            crossed, head = True, -1
            continue
        if _stops(words, at, head):
            break
        if word.weight == 0:
            continue
        if head < 0 and word.stem in _stems("telling"):
            telling = True
            continue
        if head < 0 and not word.is_name and not _passes(word):
            head = at
        if head >= 0 or word.is_name:
            scope.add(at)
        else:
            passed.append(at)
    head = _verb_before(words, trigger, scope, head)
    if head < 0:
        head = min(passed or scope, default=-1)
        scope.update(passed)
    if head < 0:
        return None
    return Negation(trigger.first, trigger.last, frozenset(scope), head, trigger.kind == "hedged", telling)


def _stops(words: Sequence[Word], at: int, head: int) -> bool:
    """Returns whether the scope ends before this word, given the head found so far."""
    word = words[at]
    if word.text == "that" and head >= 0 and words[head].stem in _stems("factive"):
        return True
    if head >= 0 and word.text in forms("negation", "soft_terminators"):
        return True
    return word.text in forms("negation", "terminators")


def _passes(word: Word) -> bool:
    """Returns whether a negation reaches through this word to the next: "doesn't want to leave"."""
    return word.stem in _stems("transparent") or (word.text.endswith(_ADVERB) and not word.is_name)


def _verb_before(words: Sequence[Word], trigger: _Trigger, scope: set[int], head: int) -> int:
    """Returns the verb that a determiner negates, added to the scope: "paying no taxes", "paid nothing"."""
    if trigger.kind != "determiners" or trigger.first == 0:
        return head
    before = trigger.first - 1
    if words[before].weight == 0 or words[before].is_name:
        return head
    scope.add(before)
    return head if _passes(words[before]) and head >= 0 else before
