"""Reasons why an opposition of words is none of claims; each takes a share off the score.

The shapes are those that field reports name as false alarms: questions, conditions, words passed on,
plans against events, narrower wording, exceptions, other persons.
"""

from collections.abc import Mapping
from itertools import groupby, pairwise

from claimtrack.conflicts.alignment import Facing, face_clauses
from claimtrack.conflicts.claims import Claim, Clause, has_any
from claimtrack.conflicts.dates import clash
from claimtrack.conflicts.lexical import forms
from claimtrack.conflicts.roles import other_kind, other_object
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.conflicts.stems import stem
from claimtrack.conflicts.utterance import on_other_days
from claimtrack.conflicts.words import Word, find_phrases, stem_book
from claimtrack.models import SignalType

FACTORS: Mapping[str, float] = {
    "question": 0.15,
    "others": 0.15,
    "condition": 0.45,
    "possible": 0.5,
    "silent": 0.3,
    "plan and event": 0.5,
    "narrower": 0.75,
    "exception": 0.5,
    "other names": 0.6,
    "the others": 0.45,
    "both in one": 0.5,
    "other object": 0.5,
    "other kind": 0.6,
    "other time": 0.5,
    "blamed for not doing": 0.3,
    "running count": 0.5,
    "since then": 0.4,
}
"""What is left of a score, 0.0-1.0, where a reason holds. A question or somebody else's words leave
nothing to show; the others alone keep a perfect match above the threshold or let it fall below,
by whether such pairs hold together more often than not."""


_UNTOUCHED: Mapping[SignalType, frozenset[str]] = {
    SignalType.VALUE: frozenset({"other names", "other object"}),
    SignalType.NUMBER: frozenset({"other object"}),
    SignalType.DATE: frozenset({"other object"}),
    SignalType.DENIAL: frozenset({"other object"}),
    SignalType.STANCE: frozenset(
        {
            "other names",
            "narrower",
            "exception",
            "plan and event",
            "condition",
            "other object",
            "other kind",
            "the others",
        }
    ),
}
"""Gates that say nothing of a signal: it chooses the names it compares, an opinion is no event."""


def reasons(evidence: Evidence, a: Claim, b: Claim) -> tuple[str, ...]:
    """Returns the names of the gates that close on this evidence, sorted."""
    facing = evidence.facing
    first, second = facing.a, facing.b
    closed = {
        "question": first.question or second.question,
        "others": _in(first.others, evidence.a) or _in(second.others, evidence.b),
        "condition": first.conditional != second.conditional,
        "possible": _is_only_possible(first, evidence.a) != _is_only_possible(second, evidence.b),
        "silent": a.cue.silent or b.cue.silent,
        "plan and event": _plan_and_event(evidence, a, b),
        "running count": _is_running_count(evidence, a, b),
        "since then": _has_happened_since(evidence, a, b),
        "narrower": _is_narrower(evidence),
        "exception": _one_has(facing, "exception"),
        "other names": _other_names(facing),
        "the others": _excludes(first) != _excludes(second),
        "blamed for not doing": _demands(a, first, b, second) or _demands(b, second, a, first),
        "other time": evidence.type != SignalType.DATE and _other_time(facing),
        "other object": other_object(facing, evidence.a[1], evidence.b[1]),
        "other kind": other_kind(facing, (evidence.a[1], evidence.b[1])),
        "both in one": _both_in_one(facing, evidence, a)
        or _both_in_one(facing.turned(), evidence.turned(), b),
    }
    untouched = _UNTOUCHED.get(evidence.type, frozenset())
    return tuple(sorted(name for name, holds in closed.items() if holds and name not in untouched))


def _in(indices: frozenset[int], words: tuple[int, int]) -> bool:
    return words[0] in indices or words[1] in indices


def _one_has(facing: Facing, group: str) -> bool:
    """Returns whether one clause holds words of the group that the other does not."""
    return facing.a.manner(group) != facing.b.manner(group)


def _is_only_possible(clause: Clause, words: tuple[int, int]) -> bool:
    """Does "may" or "could" stand before what is opposed? After it, it speaks of what followed."""
    return clause.possible and has_any(clause.words[: words[1] + 1], "possible")


def _excludes(clause: Clause) -> bool:
    """Does it speak of the others only? "Like everyone else" speaks of one like the others."""
    phrases = find_phrases(clause.words, stem_book("modality", "the_others"))
    before = (clause.words[max(0, first - 2) : first] for first, _, _ in phrases)
    return any("like" not in [word.text for word in words] for words in before)


def _is_narrower(evidence: Evidence) -> bool:
    """Does one side limit what the other says? What is affirmed of "every" or "fully" is not limited."""
    first = _limits(evidence.facing.a, evidence.a, evidence.type)
    second = _limits(evidence.facing.b, evidence.b, evidence.type)
    both = evidence.facing.a.manner("completeness") & evidence.facing.b.manner("completeness")
    return first - both != second - both


def _limits(clause: Clause, words: tuple[int, int], kind: SignalType) -> frozenset[str]:
    """Returns the words that narrow what a clause says; "some" or "nearly" before a figure limits nothing."""
    book = stem_book("modality", "restriction")
    found = [last for _, last, _ in find_phrases(clause.words, book) if not _is_before_figure(clause, last)]
    limits = frozenset(clause.words[last].stem for last in found)
    if kind == SignalType.NUMBER:
        limits -= {stem("only")}
    return limits if is_negated(clause, words) else limits - clause.manner("completeness")


def _is_before_figure(clause: Clause, at: int) -> bool:
    """Does the word only say how exact a figure is: "some 6,000", "nearly half"?"""
    is_measure = clause.words[at].text in forms("quantities", "about")
    return is_measure and any(quantity.first in (at + 1, at) for quantity in clause.quantities)


def is_negated(clause: Clause, words: tuple[int, int]) -> bool:
    """Returns whether one of a stretch of words, from the first to the last, is negated."""
    return any(at in clause.negated for at in range(words[0], words[1] + 1))


def _is_running_count(evidence: Evidence, a: Claim, b: Claim) -> bool:
    """Is a figure one as it stands so far, or on two days? It changes, and both may have been right."""
    clauses = (evidence.facing.a, evidence.facing.b)
    groups = ["running_count"]
    if on_other_days(a.date, b.date):
        groups.append("standing_count")
    return evidence.type == SignalType.NUMBER and any(c.manner(group) for c in clauses for group in groups)


def _has_happened_since(evidence: Evidence, a: Claim, b: Claim) -> bool:
    """Has not been done what on a later day has been? The world moved on, unless it is "never" said to."""
    sides = ((evidence.facing.a, evidence.a, a), (evidence.facing.b, evidence.b, b))
    earlier, later = sides if (a.date or "") < (b.date or "") else sides[::-1]
    if evidence.type != SignalType.NEGATION or not on_other_days(a.date, b.date):
        return False
    is_denied = is_negated(earlier[0], earlier[1]) and not _was_before(later[0], earlier[2].date)
    return is_denied and _is_not_yet(earlier[0]) and (later[0].past or _has_perfect(later[0]))


def _is_not_yet(clause: Clause) -> bool:
    words = [word.text for word in clause.words]
    return "never" not in words and (
        bool({"hasn't", "haven't"}.intersection(words)) or (_has_perfect(clause) and "not" in words)
    )


def _was_before(clause: Clause, date: str | None) -> bool:
    """Does it tell of a month before the one of a date: "I had a call back in June", in July?"""
    if not date or len(date) < len("2024-07"):
        return False
    year, month = int(date[:4]), int(date[5:7])
    return any(
        told.month is not None and told.month < month and told.year in (None, year) for told in clause.dates
    )


def _has_perfect(clause: Clause) -> bool:
    """Does "has" stand before a participle, not before what somebody owns ("have a", "have no") or "to"?"""
    owned = forms("word_weights", "determiners") | {"no", "any", "some", "to"}
    return any(
        verb.text in ("has", "have") and after.text not in owned for verb, after in pairwise(clause.words)
    )


def _other_time(facing: Facing) -> bool:
    return any(clash(x, y) for x in facing.a.dates for y in facing.b.dates)


def _plan_and_event(evidence: Evidence, a: Claim, b: Claim) -> bool:
    """Is one side a plan and the other an event? Not where something happened that "will not"."""
    sides = ((evidence.facing.a, evidence.a, a), (evidence.facing.b, evidence.b, b))
    if any(clause.manner("open_time") for clause, _, _ in sides):
        return False
    if evidence.type == SignalType.NEGATION and (_is_broken(*sides) or _is_broken(*sides[::-1])):
        return False
    return _planned(evidence.facing.a, a) != _planned(evidence.facing.b, b)


_Side = tuple[Clause, tuple[int, int], Claim]


def _is_broken(promise: _Side, event: _Side) -> bool:
    """Did or does later happen what was said not to: "there will be no cuts", "we had to cut"?"""
    clause, words, claim = promise
    is_promise = clause.future and not clause.wished and is_negated(clause, words)
    happened = not _planned(event[0], event[2]) and not is_negated(event[0], event[1])
    later = event[2].date
    return is_promise and happened and on_other_days(claim.date, later) and (claim.date or "") < (later or "")


def _demands(a: Claim, asked: Clause, b: Claim, blamed: Clause) -> bool:
    """Returns whether one side's cue blames somebody for not doing what the other side asks for."""
    return b.cue.against and bool(blamed.negations) and (a.cue.favours or a.cue.intended or asked.wished)


def _planned(clause: Clause, claim: Claim) -> bool:
    return clause.wished or clause.future or (claim.cue.intended and not clause.past)


def _other_names(facing: Facing) -> bool:
    """Returns whether each clause names somebody or some place that the other claim never does."""
    return names_more(facing.a, facing.b_claim) and names_more(facing.b, facing.a_claim)


def names_more(clause: Clause, claim: Claim) -> bool:
    """Returns whether a clause names somebody or some place that the other claim never does.

    A name in full is known where one of its words or its initials are. What is neither denied nor affirmed
    does not count ("never met Corvane, the Spanish firm").
    """
    places = [at for at in range(len(clause.words)) if at not in clause.shadowed]
    runs = groupby(places, key=lambda at: _is_telling_name(clause.words[at]))
    known = {at for key, places in clause.index.items() if key in claim.mentions for at in places}
    return any(known.isdisjoint(run) for run in (set(places) for is_name, places in runs if is_name))


def _is_telling_name(word: Word) -> bool:
    return word.is_name and word.weight >= 1


def _both_in_one(facing: Facing, evidence: Evidence, claim: Claim) -> bool:
    """Returns whether the first claim itself holds the word both negated and affirmed: "not X, but X".

    What it affirms must be as much of what the other side says: "did not use bullets, only used gas" does not
    answer "used bullets".
    """
    if evidence.type not in (SignalType.NEGATION, SignalType.DENIAL):
        return False
    at = evidence.a[1]
    key = facing.a.words[at].key
    is_negated = at in facing.a.negated
    return any(
        (place in clause.negated) != is_negated
        for clause in claim.clauses
        for place in clause.index.get(key, ())
        if face_clauses(claim, facing.b_claim, clause, facing.b).shared >= facing.shared
    )
