"""Expression of time -> the day, month or year that it stands for, and the ground for that.

What is known to the month or the year stays one. A week is given as its month; where it runs over a month's
end, as the month of its middle, and the ground says "about".
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.time_words import Expression

_ABOUT = 31
"""Days of a stretch over the end of a month or year that is still given as one month."""

_FEW = {"day": (2, 6)}
"""Days that "a few days ago" and "the other day" leave open; a week would be called one."""

_FEW_OTHERS = (2, 7)
"""Weeks, months or years that "several weeks ago" leaves open."""

_COUPLE = (2, 3)
"""Units that "a couple of weeks ago" leaves open."""

_AROUND = 3
"""Days on either side of "two weeks ago"."""

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12, "decade": 120}


class Dated(NamedTuple):
    """An ISO date, month or year, and the ground for it."""

    iso: str
    basis: str


def reckon(expression: Expression, published: str | None, named: Dated | None) -> Dated | None:
    """Returns what the expression stands for; ``None`` where that takes a date that is not known.

    ``named`` is the date that was last named before it, from which "a day earlier" counts.
    """
    try:
        return _reckoned(expression, published, named)
    except (OverflowError, ValueError):  # before the year 1, or after 9999
        return None


def _reckoned(expression: Expression, published: str | None, named: Dated | None) -> Dated | None:
    form, part = expression.form, expression.part
    explicit = f'explicit date "{expression.words}"'
    if form == "iso":
        return _dated(_iso(part["iso"][:4], part["iso"][5:7], part["iso"][8:]), explicit)
    if form == "day" and part["day_year"]:
        return _dated(_iso(part["day_year"], _month_of(part), _day_of(part)), explicit)
    if form == "month_year":
        return Dated(f"{part['month_year_year']}-{_month_of(part)}", explicit)
    if form == "year":
        return Dated(part["year_year"], explicit)
    if named is not None and (form == "back" or (form == "counted" and part["counted_way"] != "ago")):
        return _from_named(expression, named)
    base = day_of(published)
    return _from_publication(expression, base) if base else None


def day_of(iso: str | None) -> date | None:
    """Returns a full ISO date as a day; ``None`` for a month, a year or none."""
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def _from_publication(expression: Expression, base: date) -> Dated | None:
    form, part = expression.form, expression.part
    basis = f'"{expression.words}" before publication'
    if form == "day":
        iso = _last_such_day(_month_of(part), _day_of(part), base)
        return _dated(iso, f'explicit date "{expression.words}", year from publication date')
    if form == "month":
        return Dated(_last_such_month(part, base), f"month {basis}")
    if form == "weekday":
        return Dated(_weekday(part, base).isoformat(), f"weekday {basis}")
    if form == "relative":
        back = 1 if part["relative"].lower().endswith(("yesterday", "night")) else 0
        back = 0 if part["relative"].lower().endswith("tonight") else back
        return Dated((base - timedelta(days=back)).isoformat(), basis)
    if form == "counted":
        return _ago(part, expression.words, base)
    return _period(part, basis, base) if form == "period" else None


def _last_such_day(month: str, day: str, base: date) -> str | None:
    """Returns a day of the month with the last such year up to publication."""
    iso = _iso(str(base.year), month, day)
    return iso if iso and iso <= base.isoformat() else _iso(str(base.year - 1), month, day)


def _last_such_month(part: re.Match[str], base: date) -> str:
    """Returns a month of this or last year where that is said, else the last such up to publication."""
    number = _month_of(part)
    if part["month_which"]:
        return f"{base.year - (part['month_which'].lower() == 'last')}-{number}"
    is_over = int(number) < base.month or (int(number) == base.month and not _is_last(part["month_last"]))
    return f"{base.year if is_over else base.year - 1}-{number}"


def _weekday(part: re.Match[str], base: date) -> date:
    """Returns the last such day on or before ``base``; "last Monday" on a Monday is a week ago."""
    number = int(_number("weekday", part["weekday_name"]))
    if _is_last(part["weekday_week"]):
        return base - timedelta(days=base.isoweekday() - number + 7)
    day = base - timedelta(days=(base.isoweekday() - number) % 7)
    return day - timedelta(days=7) if day == base and _is_last(part["weekday_last"]) else day


def _ago(part: re.Match[str], words: str, base: date) -> Dated | None:
    """Returns so many days, weeks, months or years before publication; ``None`` for what is later."""
    way = (part["counted_way"] or part["eve_way"] or "previous").lower()
    if way not in ("ago", "earlier", "before", "previous"):
        return None
    basis = f'"{words}", counted from publication'
    unit = (part["counted_unit"] or "day").lower()
    if part["counted_few"]:
        is_couple = "couple" in part["counted_few"].lower()
        few, many = _COUPLE if is_couple else _FEW.get(unit, _FEW_OTHERS)
        return _stretch(_moved(base, unit, -many), _moved(base, unit, -few), basis)
    return _counted(base, unit, -_count(part), basis)


def _from_named(expression: Expression, named: Dated) -> Dated | None:
    """Returns a date counted from the one last named; ``None`` where that one is not exact enough."""
    part, basis = expression.part, f'"{expression.words}", counted from {named.basis}'
    if expression.form == "back":
        return Dated(named.iso, basis)
    way = (part["counted_way"] or part["eve_way"] or "previous").lower()
    count = _count(part) * (1 if way in ("later", "afterward", "afterwards", "next", "following") else -1)
    base = day_of(named.iso)
    if part["counted_few"]:
        return None
    if base is None:
        is_year = (part["counted_unit"] or "").lower() == "year"
        return Dated(f"{int(named.iso[:4]) + count:04}", basis) if is_year else None
    return _counted(base, (part["counted_unit"] or "day").lower(), count, basis)


def _counted(base: date, unit: str, count: int, basis: str) -> Dated:
    """Returns what lies ``count`` units after ``base``, as exact as the unit is."""
    moved = _moved(base, unit, count)
    if unit in ("week", "fortnight"):
        return _stretch(moved - timedelta(days=_AROUND), moved + timedelta(days=_AROUND), basis)
    return Dated(moved.isoformat()[: {"day": 10, "month": 7}.get(unit, 4)], basis)


def _period(part: re.Match[str], basis: str, base: date) -> Dated:
    """Returns a week, weekend, month or year by its place before publication."""
    unit = "day" if part["other_day"] else (part["period_unit"] or "weekend").lower()
    is_last = _is_last(part["period_which"])
    monday = base - timedelta(days=base.weekday())
    if unit == "day":
        return _stretch(_moved(base, "day", -_FEW["day"][1]), _moved(base, "day", -_FEW["day"][0]), basis)
    if unit == "week" and part["period_past"]:
        return _stretch(base - timedelta(days=7), base, basis)
    if unit == "week":
        week = (monday - timedelta(days=7), monday - timedelta(days=1)) if is_last else (monday, base)
        return _stretch(*week, basis, finest=7)
    if unit == "weekend":
        saturday = monday + timedelta(days=5 if base.weekday() >= 5 and not is_last else -2)
        return _stretch(saturday, min(base, saturday + timedelta(days=1)), basis)
    return Dated(_moved(base, unit, -is_last).isoformat()[: 7 if unit == "month" else 4], basis)


def _moved(base: date, unit: str, count: int) -> date:
    """Returns ``base`` so many units later, the first of the month for months and years."""
    if unit in _DAYS:
        return base + timedelta(days=_DAYS[unit] * count)
    months = base.year * 12 + base.month - 1 + count * _MONTHS[unit]
    return base.replace(year=months // 12, month=months % 12 + 1, day=1)


def _stretch(first: date, last: date, basis: str, finest: int = 10) -> Dated:
    """Returns the finest of day, month and year that holds all days, else the month or year of the middle."""
    is_short = (last - first).days <= _ABOUT
    for length in (10, 7, 4):
        is_whole = first.isoformat()[:length] == last.isoformat()[:length]
        if is_whole and length <= finest and (length > 4 or not is_short):
            return Dated(first.isoformat()[:length], basis)
    middle = first + (last - first) / 2
    return Dated(middle.isoformat()[: 7 if is_short else 4], f"{basis}, about")


def _count(part: re.Match[str]) -> int:
    """Returns the number before the unit; 1 where there is none."""
    word = (part["counted_number"] or "one").lower()
    if word.isdigit():
        return int(word)
    values = load_lexicon("quantities")["number_words"].values
    return int(sum(values.get(each, 1) for each in re.split(r"[\s-]+", word)))


def _is_last(word: str | None) -> bool:
    return (word or "").lower().startswith("last")


def _month_of(part: re.Match[str]) -> str:
    groups = ("day_m1", "day_m2", "month_year_m", "month_m")
    return _number("month", next(part[group] for group in groups if part[group]))


def _day_of(part: re.Match[str]) -> str:
    return part["day_d1"] or part["day_d2"] or ""


def _number(group: str, name: str) -> str:
    variants = load_lexicon("calendar")[group].variants
    return next(number for number, names in variants.items() if name.lower() in names)


def _dated(iso: str | None, basis: str) -> Dated | None:
    return Dated(iso, basis) if iso else None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
