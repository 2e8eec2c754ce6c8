"""How far the inference model is believed about an opposition that the signals found.

It confirms short pairs, carries weak ones where it is sure, doubts others, and flags nothing by itself.
"""

from collections.abc import Mapping
from typing import NamedTuple

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.gates import is_negated, names_more, reasons
from claimtrack.conflicts.lexical import forms
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.conflicts.signals.stance import FOR_OR_AGAINST
from claimtrack.models import SignalType

_REACH = 3
"""Words after a preposition among which what it governs begins."""

BY_WORDS = (SignalType.NEGATION, SignalType.DENIAL, SignalType.ANTONYM)
"""Signals of what is denied or opposed; the others know more of figures, places and praise than the model."""

_SURE_ON_BOTH = 0.9
"""Probability that the model must give both to the whole texts and to the opposed sentences alone to carry a
pair that the signals found but thought little of: what it takes for opposed in either only by its
surroundings is mostly wrong."""

_UNDIMINISHED = 0.6
"""Strength of a signal below which it has itself a reason against the pair: exchanged parties, a hedge."""

_LEAST_COMMON = 0.3
"""Share of the words of both texts together that must then be common, with no known reason against the pair.
Over 924 campaign articles this carries one pair, which is right; in 50 articles by another hand ten, all
right; of the pairs of 624 groups new to the model 46, 29 of them right."""

_SURE = 0.8
"""Probability from which the model's word stands in for shared words: two short sentences ("I support the
dam", "I oppose the dam") share too few to be sure by words alone that one matter is meant."""

_WHOLE_COVER = 0.8
"""Share of the opposed matter that both sides have, from which the model is believed on it."""

_SHORT = 14
"""Words of a statement; in a longer one a clause that shares a word is a small part of what was said."""

_ALIKE = 0.5
"""Share of all words of both clauses that they have in common, from which the same holds."""

_DOUBTED: Mapping[SignalType, float] = {
    SignalType.VALUE: 1.0,
    SignalType.DENIAL: 0.75,
    SignalType.NEGATION: 0.65,
    SignalType.ANTONYM: 0.65,
    SignalType.NUMBER: 0.65,
    SignalType.DATE: 0.65,
    SignalType.STANCE: 1.0,
}
"""What the model's doubt leaves of a signal: most flags that it doubts are wrong, but it knows nothing of
slots that hold one value, and little of praise and blame (a stance for or against one thing is doubted
like a negation). Set by reading the flags over 924 campaign articles, most of which it learnt from."""

_SAME = 0.6
"""Share of common words from which two contents are one: then only the cues differ ("called for",
"condemned"), and the model is not shown the cues."""

_MEASURED = 0.7
"""Share of common words from which two figures are of one thing, whatever the model says of numbers."""

INFERRED = 0.7
"""Probability from which the inference model is named among the signals."""

_UNDECIDED = 0.5
"""Probability up to which it sees no contradiction; between the two its doubt fades."""


class Inferred(NamedTuple):
    """The inference model's probabilities, 0.0-1.0, that two texts contradict each other.

    ``whole`` of all that was said, ``opposed`` of the sentences alone in which the best signal was found.
    """

    whole: float
    opposed: float

    @property
    def word(self) -> float:
        """The higher one: a sentence that both share, or about something else, hides the opposed ones."""
        return max(self)


def is_carried(evidence: Evidence, a: Claim, b: Claim, inferred: Inferred | None) -> bool:
    """Is the model sure on either reading, are the texts alike, and does no known reason speak against it?"""
    if inferred is None or min(inferred) < _SURE_ON_BOTH or evidence.type not in BY_WORDS:
        return False
    if evidence.strength < _UNDIMINISHED or reasons(evidence, a, b):
        return False
    if _denies_a_part(evidence) or _is_elsewhere(evidence.facing):
        return False
    common = len(a.keys.keys() & b.keys.keys())
    return 2 * common >= _LEAST_COMMON * (len(a.keys) + len(b.keys))


def _denies_a_part(evidence: Evidence) -> bool:
    """Is denied only of somebody or some place what the other side says in general: "not sold to Kenya"?"""
    facing = evidence.facing
    sides = (facing.a, evidence.a, facing.b_claim), (facing.b, evidence.b, facing.a_claim)
    return any(is_negated(clause, words) and names_more(clause, other) for clause, words, other in sides)


def _is_elsewhere(facing: Facing) -> bool:
    """Do the clauses differ after one preposition: "poison in the honey", "no poison in the tea"?"""
    first, second = _complements(facing.a), _complements(facing.b)
    return any(
        first[word] not in facing.b_claim.keys and second[word] not in facing.a_claim.keys
        for word in first.keys() & second.keys()
    )


def _complements(clause: Clause) -> Mapping[str, str]:
    """Returns the key of the first content word after each preposition, if it is an ordinary word."""
    found: dict[str, str] = {}
    for at, word in enumerate(clause.words):
        if word.text not in forms("function_words", "preposition"):
            continue
        after = next((later for later in clause.words[at + 1 : at + 1 + _REACH] if later.weight), None)
        if after and after.weight >= 1 and not after.is_name:
            found.setdefault(word.text, after.key)
    return found


def is_confirmed(evidence: Evidence, inferred: float | None) -> bool:
    """Is the model sure, of two short statements with most words in common, or do no others differ?"""
    if _is_minimal(evidence):
        return True
    if inferred is None or inferred < _SURE:
        return False
    is_short = all(
        len(claim.text.split()) <= _SHORT for claim in (evidence.facing.a_claim, evidence.facing.b_claim)
    )
    is_alike = evidence.cover >= _WHOLE_COVER and evidence.facing.likeness >= _ALIKE
    return is_short and is_alike and not _by_synonym(evidence)


def _is_minimal(evidence: Evidence) -> bool:
    """Do two statements of one clause differ in nothing but the opposed words: ``is safe``, ``is unsafe``?"""
    facing = evidence.facing
    if evidence.type not in (SignalType.ANTONYM, SignalType.NEGATION):
        return False
    if len(facing.a_claim.clauses) > 1 or len(facing.b_claim.clauses) > 1:
        return False
    rest = (
        [word.stem for word in (*clause.words[: at[0]], *clause.words[at[1] + 1 :])]
        for clause, at in ((facing.a, evidence.a), (facing.b, evidence.b))
    )
    return next(rest) == next(rest) and not _by_synonym(evidence)


def _by_synonym(evidence: Evidence) -> bool:
    """Is another word negated than the one affirmed: "don't fall", "dropping"? That alone is no matter."""
    shown = (
        evidence.facing.a.words[evidence.a[0] : evidence.a[1] + 1],
        evidence.facing.b.words[evidence.b[0] : evidence.b[1] + 1],
    )
    stems = [{word.stem for word in words} for words in shown]
    return evidence.type == SignalType.NEGATION and stems[0].isdisjoint(stems[1])


def left_by_doubt(evidence: Evidence, inferred: float | None) -> float:
    """Returns what is left of a signal's score where the model sees no contradiction, or hardly one."""
    if inferred is None or inferred >= INFERRED or _is_minimal(evidence):
        return 1.0
    if evidence.type == SignalType.NUMBER and _is_one_measure(evidence):
        return 1.0
    by_cue = evidence.label == FOR_OR_AGAINST or evidence.type == SignalType.DENIAL
    if by_cue and evidence.facing.likeness >= _SAME:
        return 1.0
    left = _DOUBTED[SignalType.NEGATION if evidence.label == FOR_OR_AGAINST else evidence.type]
    return left + (1 - left) * max(0.0, inferred - _UNDECIDED) / (INFERRED - _UNDECIDED)


def _is_one_measure(evidence: Evidence) -> bool:
    """Is all but the figure nearly the same: "two died in the stampede", "five died in the stampede"?"""
    return evidence.cover >= _WHOLE_COVER and evidence.facing.likeness >= _MEASURED
