"""Complete calendar dates as newspapers print them; a date without its year is none here.

Forms covered: (1) 2025-09-27, also with slashes or full stops and with a time after it, (2) 27
September 2025, 27th Sept., 2025, (3) September 27, 2025, Sept. 27th 2025, (4) 27/09/2025 where only
one order of day and month is possible.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from claimtrack.errors import InputError
from claimtrack.lexicon import any_of, load_lexicon


class PrintedDate(NamedTuple):
    """A date at ``text[start:end]``; ``iso`` is YYYY-MM-DD."""

    start: int
    end: int
    iso: str


def find_date(text: str, start: int = 0, end: int | None = None) -> PrintedDate | None:
    """Returns the first complete and possible date between two offsets."""
    for match in _dates().finditer(text, start, len(text) if end is None else end):
        iso = _iso(match)
        if iso:
            return PrintedDate(match.start(), match.end(), iso)
    return None


def find_dated_line(text: str, start: int, end: int) -> PrintedDate | None:
    """Returns the date of ``text[start:end]`` where that is nothing but a weekday, a date and a time."""
    match = _dated_line().fullmatch(text, start, end)
    return find_date(text, start, end) if match else None


def parse_date(text: str) -> str | None:
    """Returns YYYY-MM-DD for a text that is a date, whatever time of day follows it; else ``None``."""
    found = find_dated_line(text, 0, len(text))
    return found.iso if found else None


def _iso(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["y1"]:
        year, month, day = part["y1"], part["m1"], part["d1"]
    elif part["y2"]:
        year, month, day = part["y2"], _months()[part["m2"].casefold()], part["d2"]
    elif part["y3"]:
        year, month, day = part["y3"], _months()[part["m3"].casefold()], part["d3"]
    else:
        return _either_order(int(part["y4"]), int(part["n1"]), int(part["n2"]))
    return _possible(int(year), int(month), int(day))


def _either_order(year: int, first: int, second: int) -> str | None:
    """Returns the date where day and month can only be told in one way: 27/09, 09/27 or 05/05."""
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if first > 12 else (second, first)
    return _possible(year, month, day)


def _possible(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    variants = load_lexicon("calendar")["month"].variants
    return {name: int(number) for number, names in variants.items() for name in names}


@cache
def _dates() -> re.Pattern[str]:
    month = any_of(frozenset(_months()))
    year = r"(?:1[89]|20)\d\d"
    th = r"(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?<![\w./-])(?:(?P<y1>{year})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?=T\d|[^\w/-]|$)"
        rf"|(?P<d2>\d\d?){th}[\s-]+(?:of\s+)?(?P<m2>{month})\b\.?[\s,-]+(?P<y2>{year})(?!\w)"
        rf"|(?P<m3>{month})\b\.?\s+(?P<d3>\d\d?){th}\s*,?\s+(?P<y3>{year})(?!\w)"
        rf"|(?P<n1>\d\d?)(?P<s4>[-/.])(?P<n2>\d\d?)(?P=s4)(?P<y4>{year})(?![\w/-]))",
        re.IGNORECASE,
    )


@cache
def _dated_line() -> re.Pattern[str]:
    names = load_lexicon("calendar")["weekday"].variants.values()
    weekday = any_of(tuple(name for spellings in names for name in spellings)) + r"\b\.?"
    clock = r"\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?"
    zone = r"(?:\s*(?:Z|[+-]\d\d:?\d\d|\(?[A-Z]{2,5}\)?))?"
    return re.compile(
        rf"\s*(?:{weekday},?\s+)?(?:{_dates().pattern})"
        rf"(?:(?:T|[\s,|@·•–—-]+(?:at\s+)?)(?:{clock}){zone})?[\s.]*",
        re.IGNORECASE,
    )


def check_date(given: str) -> str:
    """Returns a date that a person typed: YYYY-MM-DD, or YYYY-MM or YYYY where no more is known.

    Raises:
        InputError: It is none of these, or no day of the calendar.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", given.strip(), re.ASCII)
    if match and _possible(int(match[1]), int(match[2] or 1), int(match[3] or 1)):
        return given.strip()
    raise InputError(f"{given!r} is no date", "Write it as 2025-09-27, or as 2025-09 or 2025.")
