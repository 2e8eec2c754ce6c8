"""One side negates what the other affirms: "is not qualified", "of course she is qualified"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing, coverage
from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.polarity import Negation
from claimtrack.conflicts.roles import is_noun, opens_with_pronoun, role_agreement
from claimtrack.conflicts.signals.evidence import Evidence, Words
from claimtrack.models import SignalType

_HEDGED = 0.5
"""Left of the strength where the negation is partial ("not necessarily"): both may hold."""

_OTHER_SUBJECT = 0.7
"""Left where the negating side names its subject and the other names neither it nor uses a pronoun."""

_GENERAL = 0.6
"""Left where the negated word is general ("not the people") or the object of a verb like "have"."""

_CALLED_SO = 2
"""Words that both sides share where one denies having called somebody something: whom, and what."""

_OTHER_CLASS = 0.7
"""Left where the word is a verb or adjective on one side and a noun on the other."""


def find_negation(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns the words that one side negates and the other affirms, in either direction."""
    found: list[Evidence] = []
    for facing in facings:
        found.extend(_negated_in_first(facing))
        found.extend(evidence.turned() for evidence in _negated_in_first(facing.turned()))
    return found


def _negated_in_first(facing: Facing) -> list[Evidence]:
    found = []
    for negation in facing.a.negations:
        head = _anchor(facing, negation)
        partner = None if head is None else facing.partner(head)
        if head is None or partner is None or head not in facing.a.negated:
            continue
        if partner in facing.b.negated or partner in facing.b.shadowed:
            continue
        if negation.calling and len({i for i, _ in facing.pairs} & negation.scope) < _CALLED_SO:
            continue
        strength = _HEDGED if negation.hedged and not _is_whole_denied(facing, negation) else 1.0
        if facing.a.words[head].weight < 1 or (negation.light and not negation.telling):
            strength *= _GENERAL
        if is_noun(facing.a, head) != is_noun(facing.b, partner):
            strength *= _OTHER_CLASS
        if not negation.telling:
            strength *= role_agreement(facing.a, head, facing.b, partner)
        kind = SignalType.DENIAL if negation.telling else SignalType.NEGATION
        cover = coverage(facing, negation.scope) * _subject_share(facing, negation)
        first = shown(negation)
        found.append(
            Evidence(kind, facing, first, (partner, partner), cover, _weight(facing, negation), strength)
        )
    return found


def _is_whole_denied(facing: Facing, negation: Negation) -> bool:
    """Does the other side say the very word that makes the denial a partial one: "fully", "not fully"?"""
    adverbs = {facing.a.words[at].text for at in range(negation.first, negation.last + 1)} - {"not"}
    return not adverbs.isdisjoint(word.text for word in facing.b.words)


def _anchor(facing: Facing, negation: Negation) -> int | None:
    """Returns the negated word that the other side must affirm: the head, which is no name.

    Who denies having said something denies the whole of it, so there any word of it will do.
    """
    if facing.a.words[negation.head].is_name and len(negation.scope) > 1:
        return None
    if facing.partner(negation.head) is not None or not negation.telling:
        return negation.head
    return next((i for i, _ in facing.pairs if i in negation.scope and not facing.a.words[i].is_name), None)


def _subject_share(facing: Facing, negation: Negation) -> float:
    """Returns what is left of the cover where the other side never names the negated verb's subject."""
    subject = [at for at in range(negation.first) if facing.a.words[at].is_name]
    if not subject or opens_with_pronoun(facing.b) or coverage(facing, subject) > 0:
        return 1.0
    return _OTHER_SUBJECT


def shown(negation: Negation) -> Words:
    """Returns the words from the trigger to the head."""
    return min(negation.first, negation.head), max(negation.last, negation.head)


def _weight(facing: Facing, negation: Negation) -> float:
    matched = {i for i, _ in facing.pairs}
    return sum(facing.a.words[i].weight for i in matched)
