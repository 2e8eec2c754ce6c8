"""Two dates for one event: "the bridge closed in May", "the bridge closed in June"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.dates import Date, clash
from claimtrack.conflicts.quantities import apart
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.conflicts.utterance import days_apart
from claimtrack.models import SignalType

_WEEK = 7
"""Days."""

_NEAR = 4
"""Content words before a date among which the event stands that both sides must share."""


def find_date_clashes(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns pairs of dates that one event cannot both have; clauses with several dates are left alone."""
    found = []
    for facing in facings:
        first, second = facing.a.dates, facing.b.dates
        if len(first) != 1 or len(second) != 1 or not clash(first[0], second[0]):
            continue
        if not _share_event(facing, first[0], second[0]) or _measures_apart(facing):
            continue
        if _is_of_other_weeks(first[0], second[0], a, b):
            continue
        rest = min(_rest(facing.a, first[0]), _rest(facing.b, second[0]))
        cover = min(1.0, facing.shared / rest) if rest > 0 else 0.0
        found.append(
            Evidence(
                SignalType.DATE, facing, (first[0].first, first[0].last), (second[0].first, second[0].last),
                cover, facing.shared, 1.0,
            )
        )  # fmt: skip
    return found


def _share_event(facing: Facing, first: Date, second: Date) -> bool:
    return any(
        _is_near(facing.a, i, first) and _is_near(facing.b, j, second) and not facing.a.words[i].is_name
        for i, j in facing.pairs
    )


def _is_near(clause: Clause, at: int, date: Date) -> bool:
    return at < date.first and sum(word.weight > 0 for word in clause.words[at : date.first]) <= _NEAR


def _measures_apart(facing: Facing) -> bool:
    """Do both give a figure, too, and another one? Then they tell of two times: 9 % in March, 7 % in June."""
    return any(
        first.unit == second.unit and apart(first, second)
        for first in facing.a.quantities
        for second in facing.b.quantities
    )


def _is_of_other_weeks(first: Date, second: Date, a: Claim, b: Claim) -> bool:
    """Do both give only days of the week, each of its own week?"""
    bare = all(date.weekday is not None and date.day is None for date in (first, second))
    days = days_apart(a.date, b.date)
    return bare and days is not None and days >= _WEEK


def _rest(clause: Clause, date: Date) -> float:
    return clause.weight - sum(word.weight for word in clause.words[date.first : date.last + 1])
