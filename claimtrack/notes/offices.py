"""The offices that articles give a speaker, each with the time in which it was seen.

"Defence minister" says who is meant only together with a date.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from claimtrack.models import Document, Statement, Value
from claimtrack.text import fold

MOST_SHOWN = 4
"""Offices of one speaker in a list of speakers; of those who are often in the news articles make dozens."""


class OfficeSeen(Value):
    """An office as articles write it, when the first and the last of them were published, and their number.

    ``first`` and ``last`` are null where none of them has a date.
    """

    office: str
    first: str | None
    last: str | None
    document_count: int


def offices_seen(
    statements: Iterable[Statement], documents: Mapping[str, Document]
) -> tuple[OfficeSeen, ...]:
    """Returns the offices beside one speaker's statements, the earliest first, undated ones last."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.office:
            written[fold(statement.office)][statement.office] += 1
            articles[fold(statement.office)].add(statement.document_id)
    found = []
    for office, spellings in written.items():
        dates = sorted(date for d in articles[office] if (date := documents[d].published))
        spelled = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        found.append(OfficeSeen(office=spelled, first=first, last=last, document_count=len(articles[office])))
    return tuple(sorted(found, key=lambda seen: (seen.first or "~", fold(seen.office))))


def told(seen: OfficeSeen) -> str:
    """Returns an office with its time in a few words: ``defence minister (2016-05-01 to 2017-02-11)``."""
    return f"{seen.office} ({span(seen.first, seen.last)})"


def main_offices(seen: Sequence[OfficeSeen]) -> tuple[str, ...]:
    """Returns the offices that most articles give, each with its time, and how many others there are."""
    most = sorted(seen, key=lambda x: -x.document_count)[:MOST_SHOWN]
    more = len(seen) - len(most)
    shown = tuple(told(x) for x in seen if x in most)
    return (*shown, f"{more} more") if more else shown


def span(first: str | None, last: str | None) -> str:
    """Returns a time in words."""
    if first is None or last is None:
        return "undated"
    return first if first == last else f"{first} to {last}"
