"""Who does what to whom around a verb, as far as the order of words and "by" tell it."""

from dataclasses import dataclass
from itertools import pairwise

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Clause
from claimtrack.conflicts.lexical import forms, values
from claimtrack.conflicts.words import find_phrases, stem_book

_PASSIVE = frozenset({"was", "were", "is", "are", "been", "being", "be", "got"})

_OBJECT_REACH = 3
"""Words after a verb within which its object begins."""

_OWNERS = frozenset({"his", "her", "my", "our", "their", "your"})

_SUBJECT_REACH = 3
"""Words before a verb in which a pronoun is its subject."""

_PERSONS = {"i": "speaker", "we": "speaker", "you": "hearer", "he": "third", "she": "third", "they": "third"}

_EXCHANGED = 0.15
_MAYBE_EXCHANGED = 0.4
_DIFFERENT = 0.3
_UNKNOWN = 0.7
"""What is left of a signal, 0.0-1.0, where the parties differ: little, as names may be of one person
("the president", "Mr Roe") or stand in the sentence before."""


@dataclass(frozen=True)
class Roles:
    """Keys of the names before and after a verb, and whether the verb is passive."""

    names_before: frozenset[str]
    names_after: frozenset[str]
    passive: bool


def read_roles(clause: Clause, verb: int) -> Roles:
    """Returns the names that stand before and after the word ``verb`` of a clause."""
    before = [word for word in clause.words[:verb] if word.weight >= 1]
    after = [word for word in clause.words[verb + 1 :] if word.weight >= 1]
    near = [word.text for word in clause.words[max(0, verb - 3) : verb]]
    passive = bool(_PASSIVE.intersection(near)) and clause.words[verb].text.endswith(("ed", "en", "n", "t"))
    return Roles(
        frozenset(word.key for word in before if word.is_name),
        frozenset(word.key for word in after if word.is_name),
        passive,
    )


def opens_with_pronoun(clause: Clause) -> bool:
    """Returns whether the clause's subject is a pronoun, which may stand for anybody."""
    return any(word.text in forms("word_weights", "pronouns") for word in clause.words[:3])


def role_agreement(a: Clause, at: int, b: Clause, to: int) -> float:
    """Returns how far the same parties fill the same roles around two matched verbs, 0.0-1.0.

    1.0 where they agree or one side leaves them open, low where names are exchanged ("Rahim backs
    Lena", "Lena backs Rahim", "she backs Rahim", "Rahim backs her") or differ.
    """
    persons = _person(a, at), _person(b, to)
    if set(persons) == {"speaker", "hearer"}:
        return _DIFFERENT
    if "speaker" in persons and (_is_of_relative(a, at) or _is_of_relative(b, to)):
        return _DIFFERENT
    first, second = read_roles(a, at), read_roles(b, to)
    if (persons[0] == "third" and second.names_before) or (persons[1] == "third" and first.names_before):
        return _UNKNOWN
    named = persons[0] == "third" and a.after_name, persons[1] == "third" and b.after_name
    if named[0] != named[1] and {"speaker", "third"}.issuperset(persons):
        return _UNKNOWN
    if is_noun(a, at) or is_noun(b, to):
        return _agree(first.names_before | first.names_after, second.names_before | second.names_after)
    if first.passive != second.passive:
        passive = (a, at) if first.passive else (b, to)
        if _same_places(first, second) and _names_agent(*passive):
            return _EXCHANGED
        return _agree(first.names_before | first.names_after, second.names_before | second.names_after)
    if _are_exchanged(a, at, b, to):
        return _EXCHANGED
    forth = first.names_before & second.names_after
    back = first.names_after & second.names_before
    kept = first.names_before & second.names_before or first.names_after & second.names_after
    if forth and back and not kept:
        return _EXCHANGED
    if not kept and ((forth and opens_with_pronoun(b)) or (back and opens_with_pronoun(a))):
        return _MAYBE_EXCHANGED
    if forth or back:
        return 1.0
    return min(_agree(first.names_before, second.names_before), _agree(first.names_after, second.names_after))


def _are_exchanged(a: Clause, at: int, b: Clause, to: int) -> bool:
    """Have two things changed places: "the union backs the mayor", "the mayor backs the union"?"""
    sides = (
        (a.words[:at], a.words[at + 1 : at + 1 + _OBJECT_REACH]),
        (b.words[:to], b.words[to + 1 : to + 1 + _OBJECT_REACH]),
    )
    (before, after), (others_before, others_after) = (
        tuple(frozenset(word.key for word in part if word.weight >= 1) for part in side) for side in sides
    )
    forth, back = before & others_after, after & others_before
    return bool(forth and back) and not (before & others_before or after & others_after)


def _same_places(first: Roles, second: Roles) -> bool:
    """Do the same names stand before and after both verbs, and none on the other side of the other?"""
    forth, back = first.names_before & second.names_after, first.names_after & second.names_before
    before, after = first.names_before & second.names_before, first.names_after & second.names_after
    return bool(before and after) and not (forth or back)


def _names_agent(clause: Clause, verb: int) -> bool:
    """Does "by" follow the passive verb?"""
    return any(word.text == "by" for word in clause.words[verb + 1 :])


def _person(clause: Clause, at: int) -> str:
    """Returns whose deed the word is by the nearest personal pronoun before it, ``""`` if none is near."""
    for word in reversed(clause.words[max(0, at - _SUBJECT_REACH) : at]):
        person = _PERSONS.get(word.text.split("'")[0])
        if person:
            return person
    return ""


def _is_of_relative(clause: Clause, verb: int) -> bool:
    """Is it the deed of "my wife", "his deputy"?"""
    before = clause.words[max(0, verb - _SUBJECT_REACH) : verb]
    return any(
        owner.text in _OWNERS and person.text in forms("roles", "male", "female", "neutral")
        for owner, person in pairwise(before)
    )


def is_noun(clause: Clause, at: int) -> bool:
    """Returns whether an article stands before the word, or one adjective ahead of it."""
    if at > 0 and clause.words[at - 1].text in forms("word_weights", "determiners"):
        return True
    verbal = clause.words[at].text.endswith(("s", "ed", "ing"))
    return at > 1 and not verbal and clause.words[at - 2].text in forms("word_weights", "determiners")


def other_object(facing: Facing, at: int, to: int) -> bool:
    """Returns whether the words that follow two matched verbs closely are others on both sides."""
    if facing.partner(at) != to:
        return False
    matched = {i for i, _ in facing.pairs}, {j for _, j in facing.pairs}
    first, second = _object(facing.a, at), _object(facing.b, to)
    return bool(first and second) and first.isdisjoint(matched[0]) and second.isdisjoint(matched[1])


def _object(clause: Clause, verb: int) -> frozenset[int]:
    """Returns the content words of what a verb is done to, past articles: all of "70,000 tonnes of rice"."""
    words = clause.words
    first = verb + 1
    while first < len(words) and words[first].weight < 1:
        if first >= verb + _OBJECT_REACH or (
            not words[first].weight and words[first].text not in forms("word_weights", "determiners")
        ):
            return frozenset()
        first += 1
    last = first
    while last < len(words) and (words[last].weight or words[last].text == "of") and not words[last].mark:
        last += 1
    return frozenset(at for at in range(first, min(last + 1, len(words))) if words[at].weight >= 1)


def other_kind(facing: Facing, shown: tuple[int, int]) -> bool:
    """Returns whether a noun that both share has another word right before it on each side.

    "The harbour project", "the airport project". Words of praise and blame are no kinds of things, nor
    are the opposed words, whose places are ``shown``.
    """
    matched = {i for i, _ in facing.pairs}, {j for _, j in facing.pairs}
    for i, j in facing.pairs:
        first, second = _modifier(facing.a, i), _modifier(facing.b, j)
        if first is None or second is None or first == shown[0] or second == shown[1]:
            continue
        if first in matched[0] or second in matched[1]:
            continue
        keys = facing.a.words[first].key, facing.b.words[second].key
        if keys[0] not in facing.b_claim.keys and keys[1] not in facing.a_claim.keys:
            return True
    return False


def _modifier(clause: Clause, noun: int) -> int | None:
    """Returns the content word right before a noun, if it is no name, verb form or opinion."""
    if noun == 0 or clause.words[noun].is_name or clause.words[noun].text.endswith("ly"):
        return None
    word = clause.words[noun - 1]
    if word.weight < 1 or word.is_name or word.mark or word.text.endswith(("ed", "ing", "ly", "s")):
        return None
    if word.text in values("quantities", "number_words"):
        return None
    return None if find_phrases([word], stem_book("stances", "praise", "blame")) else noun - 1


def _agree(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second or first & second:
        return 1.0
    return _DIFFERENT
