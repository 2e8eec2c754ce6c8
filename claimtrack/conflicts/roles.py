"""Who does what to whom around a verb, as far as the order of words and "by" tell it."""

from dataclasses import dataclass

from claimtrack.conflicts.claims import Clause
from claimtrack.conflicts.lexical import forms

_PASSIVE = frozenset({"was", "were", "is", "are", "been", "being", "be", "got"})

_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "your"})

_SUBJECT_REACH = 3
"""Words before a verb in which a pronoun is its subject."""

_EXCHANGED = 0.15
_MAYBE_EXCHANGED = 0.4
_DIFFERENT = 0.3
"""What is left of a signal, 0.0-1.0, where the parties differ: little, as names may be of one person
("the president", "Mr Roe") or stand in the sentence before."""


@dataclass(frozen=True)
class Roles:
    """Keys of names and nouns before and after a verb; exchanged where the verb is passive."""

    before: frozenset[str]
    after: frozenset[str]
    names_before: frozenset[str]
    names_after: frozenset[str]
    passive: bool


def read_roles(clause: Clause, verb: int) -> Roles:
    """Returns what stands before and after the word ``verb`` of a clause; numbers and general words left out."""
    before = [word for word in clause.words[:verb] if word.weight >= 1]
    after = [word for word in clause.words[verb + 1 :] if word.weight >= 1]
    near = [word.text for word in clause.words[max(0, verb - 3) : verb]]
    passive = bool(_PASSIVE.intersection(near)) and clause.words[verb].text.endswith(("ed", "en", "n", "t"))
    return Roles(
        frozenset(word.key for word in before),
        frozenset(word.key for word in after),
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
    if {_person(a, at), _person(b, to)} == {"speaker", "hearer"}:
        return _DIFFERENT
    first, second = read_roles(a, at), read_roles(b, to)
    if is_noun(a, at) or is_noun(b, to):
        return _agree(first.names_before | first.names_after, second.names_before | second.names_after)
    if first.passive != second.passive:
        return _agree(first.names_before | first.names_after, second.names_before | second.names_after)
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


def _person(clause: Clause, at: int) -> str:
    """Returns whose deed the word is by the nearest "I", "we" or "you" before it, ``""`` where none stands near."""
    for word in reversed(clause.words[max(0, at - _SUBJECT_REACH) : at]):
        base = word.text.split("'")[0]
        if base in ("i", "we", "you"):
            return "hearer" if base == "you" else "speaker"
    return ""


def is_noun(clause: Clause, at: int) -> bool:
    """Returns whether an article or possessive stands right before the word, or one word ahead of it."""
    return any(word.text in _DETERMINERS for word in clause.words[max(0, at - 2) : at])


def _agree(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second or first & second:
        return 1.0
    return _DIFFERENT
