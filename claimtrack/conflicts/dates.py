"""Calendar expressions of a clause: years, months, days of the month and of the week."""

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.conflicts.lexical import variants
from claimtrack.conflicts.words import Word


@dataclass(frozen=True)
class Date:
    """A calendar expression; parts that are not said are null. Indices of words, both included."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def find_dates(words: Sequence[Word]) -> tuple[Date, ...]:
    """Returns the calendar expressions of a clause in order."""
    found = []
    at = 0
    while at < len(words):
        date = _read(words, at)
        if date:
            found.append(date)
            at = date.last
        at += 1
    return tuple(found)


def clash(first: Date, second: Date) -> bool:
    """Returns whether no day fits both: a part that both say differs, and nothing coarser is left open."""
    for part in ("year", "month", "day"):
        left, right = getattr(first, part), getattr(second, part)
        if left is not None and right is not None and left != right:
            return True
        if (left is None) != (right is None) and part != "year":
            return False
    return first.weekday is not None and second.weekday is not None and first.weekday != second.weekday


def _read(words: Sequence[Word], at: int) -> Date | None:
    word = words[at]
    if not word.is_name and not word.text[0].isdigit():
        return None
    if word.is_name and word.text.isalpha():
        weekday = variants("calendar", "weekday").get(word.text)
        month = variants("calendar", "month").get(word.text)
        if weekday is not None:
            return Date(at, at, weekday=int(weekday) - 1)
        if month is not None:
            return _read_month(words, at, int(month))
    year = _year(word)
    return Date(at, at, year=year) if year is not None else None


def _read_month(words: Sequence[Word], at: int, month: int) -> Date:
    first = last = at
    day = year = None
    if at and (day := _day(words[at - 1])) is not None:
        first = at - 1
    elif at + 1 < len(words) and (day := _day(words[at + 1])) is not None:
        last = at + 1
    if last + 1 < len(words) and (year := _year(words[last + 1])) is not None:
        last += 1
    return Date(first, last, year, month, day)


def _day(word: Word) -> int | None:
    digits = word.text.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    return int(digits) if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= 31 else None


def _year(word: Word) -> int | None:
    text = word.text
    return (
        int(text)
        if len(text) == 4 and text.isascii() and text.isdigit() and 1800 <= int(text) <= 2100
        else None
    )
