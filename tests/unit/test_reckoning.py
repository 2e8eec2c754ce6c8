"""What expressions of time stand for."""

import pytest

from claimtrack.statements.reckoning import Dated, reckon
from claimtrack.statements.time_words import find_expressions

PUBLISHED = "2016-10-05"  # a Wednesday


@pytest.mark.parametrize(
    ("words", "iso", "about"),
    [
        ("2016-09-03", "2016-09-03", False),
        ("on March 12th", "2016-03-12", False),
        ("on the 12th of March, 2014", "2014-03-12", False),
        ("on Monday, Dec. 7", "2015-12-07", False),
        ("in March 2015", "2015-03", False),
        ("in mid-March of 2015", "2015-03", False),
        ("in November", "2015-11", False),
        ("last October", "2015-10", False),
        ("this March", "2016-03", False),
        ("in 2013", "2013", False),
        ("in the summer of 2013", "2013", False),
        ("on Wednesday", "2016-10-05", False),
        ("last Wednesday", "2016-09-28", False),
        ("Monday of last week", "2016-09-26", False),
        ("Tuesday night", "2016-10-04", False),
        ("last night", "2016-10-04", False),
        ("tonight", "2016-10-05", False),
        ("a day earlier", "2016-10-04", False),
        ("twenty-two years ago", "1994", False),
        ("18 months ago", "2015-04", False),
        ("two weeks ago", "2016-09", False),
        ("a week ago", "2016-09", True),
        ("a few days ago", "2016-10", True),
        ("a couple of years ago", "2014", True),
        ("several months ago", "2016", False),
        ("last week", "2016-09", True),
        ("this week", "2016-10", False),
        ("over the weekend", "2016-10", False),
        ("earlier this year", "2016", False),
        ("last year", "2015", False),
    ],
)
def test_before_publication(words: str, iso: str, about: bool) -> None:
    (expression,) = find_expressions(words)
    found = reckon(expression, PUBLISHED, None)
    assert found is not None
    assert (found.iso, found.basis.endswith(", about")) == (iso, about)


@pytest.mark.parametrize(
    ("words", "named", "iso"),
    [
        ("two days earlier", "2016-09-01", "2016-08-30"),
        ("the next day", "2016-09-30", "2016-10-01"),
        ("three months later", "2016-01-31", "2016-04"),
        ("a year earlier", "2013", "2012"),
        ("at the time", "2013", "2013"),
        ("two days earlier", "2013", None),
        ("several days later", "2016-09-01", None),
    ],
)
def test_counted_from_a_named_date(words: str, named: str, iso: str | None) -> None:
    (expression,) = find_expressions(words)
    found = reckon(expression, PUBLISHED, Dated(named, "named"))
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    "words",
    [
        "they may 20 times",
        "on 45 March",
        "the day before the vote",
        "at the time of the vote",
        "USA TODAY",
        "the Sunday Times",
        "in the 1990s",
        "2013-14",
        "Mondays",
    ],
)
def test_no_date(words: str) -> None:
    found = [reckon(each, PUBLISHED, None) for each in find_expressions(words) if not each.is_bare]
    assert found in ([], [None])
