import pytest

from claimtrack.conflicts.dates import Date, clash, find_dates
from claimtrack.conflicts.words import read_words, tokenize


def only(text: str) -> Date:
    (date,) = find_dates(read_words(text, tokenize(text)))
    return date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("it closed in March 2021", (2021, 3, None, None)),
        ("it closed on 5 Sept 2021", (2021, 9, 5, None)),
        ("it closed on July 4th", (None, 7, 4, None)),
        ("it closed in 1999", (1999, None, None, None)),
        ("it closed on Monday", (None, None, None, 0)),
        ("it closed on Thur", (None, None, None, 3)),
        ("it closed on Sunday", (None, None, None, 6)),
        ("it closed on 31 Dec", (None, 12, 31, None)),
    ],
)
def test_read(text: str, parts: tuple[int | None, ...]) -> None:
    date = only(text)
    assert (date.year, date.month, date.day, date.weekday) == parts


@pytest.mark.parametrize("text", ["they may leave", "they march on", "it cost 1999 dollars more or 20"])
def test_other_words_are_no_dates(text: str) -> None:
    assert all(date.month is None for date in find_dates(read_words(text, tokenize(text))))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("in March 2021", "in July 2021", True),
        ("in 2021", "in July 2021", False),
        ("in 2020", "in July 2021", True),
        ("in July", "in July 2021", False),
        ("on Monday", "on Tuesday", True),
        ("on Monday", "in July", False),
    ],
)
def test_clash(first: str, second: str, expected: bool) -> None:
    left, right = only(f"it closed {first}"), only(f"it closed {second}")
    assert clash(left, right) is clash(right, left) is expected
