"""Whether two claims report one utterance: then a difference is the reports', not the speaker's."""

from datetime import date

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim

_DAYS = 3
"""Days within which two outlets report one utterance; later reports are of another occasion."""

_LIKENESS = 0.6
"""Share, 0.0-1.0, of both clauses together that two reports of one utterance have in common."""

_WEIGHT = 4.0
"""Weight of the words in common, about four: fewer are shared by chance."""


def days_apart(first: str | None, second: str | None) -> int | None:
    """Returns the days between two full dates; ``None`` where one is missing or not to the day."""
    try:
        return abs((date.fromisoformat(first or "") - date.fromisoformat(second or "")).days)
    except ValueError:
        return None


def on_other_days(first: str | None, second: str | None) -> bool:
    """Returns whether two dates, also months or years, cannot be one day; no where one is missing."""
    length = min(len(first or ""), len(second or ""))
    return length > 0 and (first or "")[:length] != (second or "")[:length]


def one_utterance(a: Claim, b: Claim, facing: Facing) -> bool:
    """Returns whether two outlets give nearly the same words within days of each other."""
    days = days_apart(a.date, b.date)
    if days is None or days > _DAYS or not a.publisher or not b.publisher or a.publisher == b.publisher:
        return False
    return facing.likeness >= _LIKENESS and facing.shared >= _WEIGHT
