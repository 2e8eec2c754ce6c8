"""Whom a bare surname with an office means, and for how long."""

from datetime import date

import pytest

from claimtrack.statements.bearers import OFFICE_REACH, Holder, are_near, day_of, tell_apart


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def told(*articles: tuple[str, str | None], holders=(), shared=False) -> list[set[int]]:
    """Returns the articles (by number) of each bearer; an article is an office and a date."""
    given = {
        f"doc-{i}": (frozenset({office} if office else ()), day_of(when))
        for i, (office, when) in enumerate(articles)
    }
    labels = tell_apart(given, holders, shared)
    assert set(labels) == set(given)
    found: dict[str, set[int]] = {}
    for document, label in labels.items():
        found.setdefault(label, set()).add(int(document[4:]))
    return sorted(found.values(), key=min)


@pytest.mark.parametrize(
    ("articles", "bearers"),
    [
        pytest.param(
            [("defence minister", "2016-03-01"), ("defence minister", "2016-09-01")], 1, id="a year"
        ),
        pytest.param(
            [("defence minister", "2016-03-01"), ("defence minister", "2025-09-27")], 2, id="nine years"
        ),
        pytest.param([("minister", "2016-03-01"), ("defence minister", "2025-09-27")], 2, id="less exactly"),
        pytest.param([("senator", "2016-03-01"), ("police captain", "2016-03-02")], 2, id="two offices"),
        pytest.param([("defence minister", None), ("defence minister", None)], 1, id="no dates"),
        pytest.param([("defence minister", "2016"), ("defence minister", None)], 1, id="one date"),
        pytest.param(
            [("defence minister", "2016-03"), ("defence minister", "2025-09"), ("defence minister", None)],
            3,
            id="without a date it fits two terms, so neither",
        ),
        pytest.param(
            [("foreign minister", "2016-03"), ("defence minister", "2016-03"), ("minister", "2016-03")],
            3,
            id="a wider office fits two holders, so neither",
        ),
        pytest.param([(None, "2016-03-01"), (None, "2016-09-01")], 1, id="no office"),
        pytest.param([(None, "2016-03-01"), (None, "2025-09-27")], 2, id="no office, nine years"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_bearers_of_one_surname(articles, bearers):
    assert len(told(*articles)) == bearers


def test_a_chain_of_articles_is_one_term():
    assert told(*[("mayor", f"{year}-01-01") for year in (2016, 2017, 2018, 2019, 2020)]) == [{0, 1, 2, 3, 4}]


def test_the_limit_is_in_days():
    start = day("2016-01-01")
    assert are_near([start], [start + OFFICE_REACH])
    assert not are_near([start], [start + OFFICE_REACH + 1])
    assert not are_near([start + OFFICE_REACH + 1, start - OFFICE_REACH - 1], [start])
    assert are_near([], [start])


@pytest.mark.parametrize(
    ("holders", "bearers"),
    [
        pytest.param([("ali", "2016-01"), ("raza", "2016-02")], 2, id="two at that time"),
        pytest.param([("ali", "2016-01"), ("raza", "2005-02")], 1, id="another one long before"),
        pytest.param([("ali", "2016-01"), ("ali", "2016-02")], 1, id="one man twice"),
        pytest.param([("ali", "2016-01"), ("a", "2016-02")], 1, id="an initial of the same"),
        pytest.param([], 1, id="nobody known"),
    ],
)
def test_two_known_holders_leave_the_surname_alone(holders, bearers):
    known = [Holder((name,), frozenset({"senator"}), (day_of(when),)) for name, when in holders]
    articles = [("senator", "2016-03-01"), ("senator", "2016-04-01")]
    assert len(told(*articles, holders=known)) == bearers


def test_without_an_office_a_shared_surname_is_told_apart_by_article():
    assert told((None, "2016-03-01"), (None, "2016-03-02"), shared=True) == [{0}, {1}]


def test_labels_do_not_depend_on_the_order():
    articles = {
        "doc-a": (frozenset({"mayor"}), day("2016-01-01")),
        "doc-b": (frozenset({"mayor"}), day("2025-01-01")),
        "doc-c": (frozenset({"baker"}), None),
        "doc-d": (frozenset(), day("2016-01-01")),
    }
    expected = tell_apart(articles, (), False)
    assert tell_apart(dict(reversed(articles.items())), (), False) == expected
    assert expected["doc-a"] == "mayor"
    assert expected["doc-b"] == "mayor 2025-01-01"


@pytest.mark.parametrize(
    ("when", "first"), [("2016-03-05", "2016-03-05"), ("2016-03", "2016-03-01"), ("2016", "2016-01-01")]
)
def test_a_month_counts_from_its_first_day(when, first):
    assert day_of(when) == day(first)
