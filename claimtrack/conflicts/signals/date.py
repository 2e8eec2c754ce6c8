"""Two dates for one event: "the bridge closed in May", "the bridge closed in June"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.dates import Date, clash
from claimtrack.conflicts.signals.evidence import Evidence
from claimtrack.models import SignalType

_NEAR = 5
"""Words before a date among which the event stands that both sides must share."""


def find_date_clashes(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns pairs of dates that one event cannot both have; clauses with several dates are left alone."""
    found = []
    for facing in facings:
        first, second = facing.a.dates, facing.b.dates
        if len(first) != 1 or len(second) != 1 or not clash(first[0], second[0]):
            continue
        if not _share_event(facing, first[0], second[0]):
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
        0 < first.first - i <= _NEAR and 0 < second.first - j <= _NEAR and not facing.a.words[i].is_name
        for i, j in facing.pairs
    )


def _rest(clause: Clause, date: Date) -> float:
    return clause.weight - sum(word.weight for word in clause.words[date.first : date.last + 1])
