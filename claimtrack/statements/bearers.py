"""Who bears a bare surname in which articles: an office tells, but only for its time.

"Defence minister Khan" of 2016 and of 2025 need not be one man, so an office joins only articles whose
dates lie near each other, and none where two people of that surname are known to have held it then.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claimtrack.statements.agreement import offices_agree
from claimtrack.statements.spellings import given_names_fit

OFFICE_REACH = 730
"""Days between two articles within which one office means one holder of a surname: half a usual term."""


@dataclass(frozen=True)
class Appearance:
    """A name in articles: the offices beside it, and the days (ordinals) on which they were published."""

    offices: frozenset[str]
    days: tuple[int, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Holder:
    """A person known in full: given names, offices, and when articles gave them."""

    given: tuple[str, ...]
    offices: frozenset[str]
    days: tuple[int, ...]


def day_of(when: str | None) -> int | None:
    """Returns the number of a day; of a month or year its first one, None where there is no date."""
    return date.fromisoformat((when + "-01-01")[:10]).toordinal() if when else None


def are_near(some: Iterable[int], others: Iterable[int], reach: int = OFFICE_REACH) -> bool:
    """Do two sets of days come within ``reach`` of each other? What has no date is near everything."""
    first, second = sorted(some), sorted(others)
    if not first or not second:
        return True
    places = ((day, bisect_left(second, day)) for day in first)
    return any(abs(day - other) <= reach for day, at in places for other in second[max(0, at - 1) : at + 1])


def tell_apart(
    articles: Mapping[str, tuple[frozenset[str], int | None]], holders: Sequence[Holder], shared: bool
) -> dict[str, str]:
    """Returns a label of its bearer for every article of one bare surname.

    ``articles`` gives the offices beside the name and the day of publication. Articles without an office
    mean one bearer at a time, unless the surname is ``shared``; then each of them stands alone.
    """
    label_of: dict[str, str] = {}
    told = [a for a in _stretches(articles) if a.offices]
    for cluster in _clusters(told, holders):
        first = min(office for appearance in cluster for office in appearance.offices)
        _label(cluster, first, label_of)
    for appearance in _stretches({d: a for d, a in articles.items() if not a[0]}):
        _label([appearance], None if shared else "", label_of)
    for document in articles:
        label_of.setdefault(document, document)
    return label_of


def _label(cluster: Sequence[Appearance], label: str | None, label_of: dict[str, str]) -> None:
    """Gives the articles of one bearer a label; one that is taken gets the first day added."""
    if label is None:
        return
    if label in label_of.values():
        days = [day for appearance in cluster for day in appearance.days]
        documents = sorted(d for appearance in cluster for d in appearance.documents)
        label = f"{label} {date.fromordinal(min(days)) if days else documents[0]}".strip()
    label_of.update({d: label for appearance in cluster for d in appearance.documents})


def _stretches(articles: Mapping[str, tuple[frozenset[str], int | None]]) -> list[Appearance]:
    """Returns the articles of one set of offices together, apart where a long time lies between."""
    dated: dict[frozenset[str], list[tuple[int, str]]] = defaultdict(list)
    undated: dict[frozenset[str], list[str]] = defaultdict(list)
    for document, (offices, day) in articles.items():
        if day is None:
            undated[offices].append(document)
        else:
            dated[offices].append((day, document))
    found: list[Appearance] = []
    for offices, some in dated.items():
        run: list[tuple[int, str]] = []
        for day, document in sorted(some):
            if run and day - run[-1][0] > OFFICE_REACH:
                found.append(_appearance(offices, run))
                run = []
            run.append((day, document))
        found.append(_appearance(offices, run))
    found += [Appearance(offices, (), tuple(sorted(some))) for offices, some in undated.items()]
    return sorted(found, key=_order)


def _appearance(offices: frozenset[str], run: Sequence[tuple[int, str]]) -> Appearance:
    return Appearance(offices, tuple(day for day, _ in run), tuple(document for _, document in run))


def _order(appearance: Appearance) -> tuple[bool, int, tuple[int, ...], list[str]]:
    """Sorts what is dated first, then the more telling offices, then the earlier."""
    longest = max((len(office.split()) for office in appearance.offices), default=0)
    return not appearance.days, -longest, appearance.days[:1], sorted(appearance.offices)


def _clusters(appearances: Sequence[Appearance], holders: Sequence[Holder]) -> list[list[Appearance]]:
    """Returns the appearances of each bearer; one that fits two bearers, or two holders, is nobody's."""
    clusters: list[list[Appearance]] = []
    for appearance in appearances:
        if _holder_count(appearance, holders) > 1:
            continue
        fits = [c for c in clusters if all(_is_same_office(appearance, other) for other in c)]
        if len(fits) == 1:
            fits[0].append(appearance)
        elif not fits:
            clusters.append([appearance])
    return clusters


def _is_same_office(one: Appearance, other: Appearance) -> bool:
    return offices_agree(one.offices, other.offices) and are_near(one.days, other.days)


def _holder_count(appearance: Appearance, holders: Sequence[Holder]) -> int:
    """Returns how many different people of the surname are known to have held the office at that time."""
    then = [
        holder.given
        for holder in holders
        if offices_agree(appearance.offices, holder.offices) and are_near(appearance.days, holder.days)
    ]
    different: list[tuple[str, ...]] = []
    for given in then:
        if not any(given_names_fit(given, known) for known in different):
            different.append(given)
    return len(different)
