"""Expressions of time in a clause.

Forms covered: (1) ``2016-09-03``, (2) ``on Sept. 3``, ``Monday, 3rd of May 2016``, (3) ``in March 2015``, (4)
``early in May last year``, ``last March``, (5) ``in 2013``, (6) ``on Monday``, ``Monday of last week``,
(7) ``yesterday``, ``this morning``, (8) ``two days earlier``, ``several weeks ago``, ``the day before``,
(9) ``earlier this month``, ``over the weekend``, ``the other day``, (10) ``at the time``, ``later that day``.
A year, and a month with or without one, are also found without "in", as they stand before a noun.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from claimtrack.lexicon import any_of, load_lexicon

_DAY = (
    r"(?P<day>(?:on\s+(?:the\s+)?)?(?:{weekday},?\s+(?:the\s+)?)?"
    r"(?:(?P<day_m1>{month})\b\.?\s+(?:the\s+)?(?P<day_d1>\d\d?){th}(?![\d:%])"
    r"|(?P<day_d2>\d\d?){th}\s+(?:of\s+)?(?P<day_m2>{month})\b\.?)(?:,?\s+(?P<day_year>{year})\b)?)"
)
_SEASON = r"(?:the\s+)?(?:spring|summer|autumn|fall|winter)\s+"
_IN = (
    rf"(?:back\s+)?in\s+(?:(?:early|late|mid)[\s-]+|the\s+\w+\s+of\s+|{_SEASON})?"
    r"|(?:at|around|near)\s+the\s+\w+\s+of\s+|during\s+"
)
_MONTH_YEAR = (
    rf"(?P<month_year>(?P<in_month_year>{_IN})?(?P<month_year_m>{{month}})\b\.?(?:,|\s+of)?\s+"
    r"(?P<month_year_year>{year})\b)"
)
_MONTH = (
    rf"(?P<month>(?P<in_month>{_IN}|(?P<month_last>last|this)\s+(?:past\s+)?)?"
    r"(?P<month_m>{month})\b(?!\s*\d)"
    r"(?:\s+(?:of\s+)?(?P<month_which>last|this)\s+year\b)?)"
)
_YEAR = rf"(?P<year>(?P<in_year>{_IN})?(?P<year_year>{{year}})\b(?![-–/]\d))"
_WEEKDAY = (
    r"(?P<weekday>(?:on\s+)?(?P<weekday_last>(?:last|this)\s+(?:past\s+)?)?(?P<weekday_name>{weekday})\b"
    r"(?:\s+(?:of\s+)?(?P<weekday_week>last|this)\s+week\b)?)"
)
_RELATIVE = (
    r"(?P<relative>(?:earlier\s+)?\b(?:yesterday|today|tonight|last\s+night"
    r"|this\s+(?:morning|afternoon|evening)))\b"
)
_COUNTED = (
    r"(?P<counted>(?:(?P<counted_number>an?|one|\d{{1,3}}|{number}(?:[\s-]{number})?)"
    r"|(?P<counted_few>a\s+few|several|some|a\s+couple\s+of))"
    r"\s+(?P<counted_unit>day|week|fortnight|month|year|decade)s?\s+"
    r"(?P<counted_way>ago|earlier|later|afterwards?|before(?=\s*[,.;]|\s*$))\b"
    r"|(?P<counted_eve>the\s+(?:(?P<eve_way>previous|next|following)\s+(?:day|morning|evening|night)\b"
    r"|day\s+before(?=\s*[,.;]|\s*$))))"
)
_PERIOD = (
    r"(?P<period>(?:(?:earlier|early|late|later)\s+)?(?P<period_which>this|last)\s+(?P<period_past>past\s+)?"
    r"(?P<period_unit>weekend|week|month|year)\b|(?:over|at|during)\s+the\s+(?:past\s+)?weekend\b"
    r"|(?P<other_day>the\s+other\s+day)\b)"
)
_PART = r"(?:day|night|evening|morning|afternoon)"
_BACK = (
    r"(?P<back>at\s+(?:the|that)\s+time\b(?!\s+(?:of|that|when))|back\s+then\b|then(?=\s*[,.;]|\s*$)"
    rf"|(?:(?:later|earlier)\s+)?(?:(?:that|the)\s+same\s+(?:{_PART}|week|month|year)|that\s+{_PART})\b"
    r"|(?:later|earlier)\s+(?:that\s+(?:week|month|year)|in\s+the\s+day)\b)"
)
_ISO = r"(?P<iso>\d{{4}}-\d\d-\d\d)\b"
_FORMS = (_ISO, _DAY, _MONTH_YEAR, _MONTH, _YEAR, _WEEKDAY, _RELATIVE, _COUNTED, _PERIOD, _BACK)
"""One pattern a form; the name of its outermost group is the form's."""


class Expression(NamedTuple):
    """An expression of time at ``start`` to ``end`` of its clause; ``form`` is how it is read."""

    start: int
    end: int
    form: str
    words: str
    part: re.Match[str]

    @property
    def is_bare(self) -> bool:
        """Is it a year or month without "in" or "last": ``2013``, ``June``, ``March 2015``?"""
        return self.form in ("month_year", "month", "year") and not self.part[f"in_{self.form}"]

    @property
    def has_preposition(self) -> bool:
        """Does it begin with its own preposition, so that no word before it can govern it?"""
        return self.words.lower().startswith(
            ("on ", "in ", "at ", "over ", "during ", "back ", "around ", "near ")
        )


def find_expressions(clause: str) -> Iterator[Expression]:
    """Yields the expressions of time of a clause from left to right; the names of outlets hold none."""
    names = [match.span() for match in _names().finditer(clause)]
    for match in _forms().finditer(clause):
        inside = any(start < match.end() and match.start() < end for start, end in names)
        if not inside and _has_capital(match):
            words = " ".join(match[0].split())
            yield Expression(match.start(), match.end(), match.lastgroup or "", words, match)


def _has_capital(match: re.Match[str]) -> bool:
    """Is the month or weekday, if any, written with a capital? "They may 20 times" names none."""
    groups = ("day_m1", "day_m2", "month_year_m", "month_m", "weekday_name")
    return all(match[group] is None or match[group][0].isupper() for group in groups)


@cache
def _forms() -> re.Pattern[str]:
    calendar = load_lexicon("calendar")
    blanks = {
        "month": any_of(tuple(name for names in calendar["month"].variants.values() for name in names)),
        "weekday": any_of(tuple(names[0] for names in calendar["weekday"].variants.values())),
        "number": any_of(tuple(load_lexicon("quantities")["number_words"].values)),
        "year": r"(?:19|20)\d\d",
        "th": r"(?:st|nd|rd|th)?",
    }
    return re.compile("|".join(rf"\b{form.format(**blanks)}" for form in _FORMS), re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_lexicon('time_words')['name'].forms)}\b")
