"""When a statement was made, as far as the reporting clause tells, and on what ground.

Forms covered: (1) ``on Monday``, ``Monday``, ``Monday night``, (2) ``on Sept. 3``, ``on 3 September 2016``,
(3) ``yesterday``, ``today``, ``this morning``, (4) ``a day earlier``, ``two days earlier``, (5) ``earlier
this week``, ``last month``, ``last year``, (6) ``in September``, ``in a 2016 interview``. Weekdays are the
last such day on or before publication; a date after it is not taken. What is quoted, what follows "who",
"after" or "since", and the day of an event ("the Nov. 8 election") date something else. Without a word of
time the publication date stands in, and the basis says so.
"""

import re
from datetime import date, timedelta
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Span
from claimtrack.text import quotation_spans, sentence_spans

_REACH = 400
"""Characters on either side of a statement in which its sentence is looked for."""

_BACK = 1500
"""Characters before a statement in which "a day earlier" finds the day that it counts from."""

PUBLICATION = "publication date"

_CLAUSE_END = re.compile(r",\s(?:and|but|which|who|as|while|where)\s|[;—–]")
"""Where the reporting clause ends after a content: what comes then has a time of its own."""

_OF_AN_EVENT = re.compile(r"(?:\b(?:the|an?|this|that|is|was|are|were|be|for)|['’]s)\s$", re.IGNORECASE)
"""Before a day without "on": the day belongs to a noun, or is what is said of one."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def date_said(
    text: str, at: tuple[int, int], published: str | None, cue: Span | None
) -> tuple[str | None, str | None]:
    """Returns the ISO date (or month, or year) of the saying and its basis; (None, None) without any.

    ``at`` encloses the content; only the rest of its sentence is read.
    """
    for clause, start in _reporting_clauses(text, at, cue):
        for match in _time_words().finditer(clause):
            if _dates_something_else(clause[: match.start()]) or _names_an_event(clause, match):
                continue
            found = _resolve(match, text[max(0, start - _BACK) : start], published)
            if found is not None and not (published and found[0] > published[: len(found[0])]):
                return found
    return (published, PUBLICATION) if published else (None, None)


def _reporting_clauses(text: str, at: tuple[int, int], cue: Span | None) -> list[tuple[str, int]]:
    """Returns the parts of the statement's sentence outside its content, unquoted, with their offsets."""
    anchor = (cue.start, cue.end) if cue else at
    first, last = max(0, min(at[0], anchor[0]) - _REACH), min(len(text), max(at[1], anchor[1]) + _REACH)
    inside = at[0] <= anchor[0] < at[1]
    parts = []
    for start, end in sentence_spans(text, first, last):
        if start < max(at[1], anchor[1]) and end > min(at[0], anchor[0]):
            if inside:
                parts.append((max(start, anchor[0] - 1), min(end, anchor[1] + 40)))
            after = max(start, at[1])
            cut = _CLAUSE_END.search(text, max(after, min(anchor[1], end)), end)
            parts += [(start, min(end, at[0])), (after, cut.start() if cut else end)]
    clauses = []
    for start, end in parts:
        if start < end:
            clause = text[start:end]
            for quotation in quotation_spans(clause):
                blank = " " * (quotation.end - quotation.start)
                clause = clause[: quotation.start] + blank + clause[quotation.end :]
            clauses.append((clause, start))
    return clauses


def _dates_something_else(before: str) -> bool:
    """Does a word like "who" or "after" stand between the last comma and the time word?"""
    clause = re.split(r"[,;:—–]", before)[-1]
    return bool(_other_event().search(clause))


def _names_an_event(clause: str, match: re.Match[str]) -> bool:
    """Is it the day of something else: ``the Nov. 8 election``, ``Monday's vote``, ``it is June 14``?"""
    if match[0][:3].lower() == "on " or not (match["weekday"] or match["m1"] or match["m2"]):
        return False
    possessive = clause[match.end() : match.end() + 2] in ("'s", "’s")
    return possessive or bool(_OF_AN_EVENT.search(clause[: match.start()]))


@cache
def _other_event() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_lexicon('time_words')['other_event'].forms)}\b", re.IGNORECASE)


@cache
def _time_words() -> re.Pattern[str]:
    months = load_lexicon("calendar")["month"].variants
    month = any_of(tuple(form for forms in months.values() for form in forms))
    weekday = any_of(_WEEKDAYS)
    number = r"(?P<count>an?|one|two|three|four|five|six|\d)"
    return re.compile(
        rf"\b(?P<year_first>\d{{4}})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b"
        rf"|\b(?:on\s+)?(?:(?P<m1>{month})\.?\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{month})\b)(?:,?\s+(?P<y1>(?:19|20)\d\d))?\b"
        rf"|\b(?:on\s+)?(?P<last>last\s+)?(?P<weekday>{weekday})\b"
        rf"|\b(?P<relative>yesterday|today|tonight|last\s+night|this\s+(?:morning|afternoon|evening))\b"
        rf"|\b{number}\s+(?P<unit>day|week)s?\s+(?P<earlier>earlier|ago|before)\b|\bthe\s+(?P<previous>previous\s+day)\b"
        rf"|\b(?:earlier\s+)?(?P<which>this|last)\s+(?P<period>week|month|year)\b"
        rf"|\bin\s+(?:an?\s+)?(?:early\s+|late\s+|mid-)?(?:(?P<m3>{month})(?:\s+of)?\.?,?\s*)?(?P<y2>(?:19|20)\d\d)\b"
        rf"|\bin\s+(?P<m4>{month})\b",
        re.IGNORECASE,
    )


def _resolve(match: re.Match[str], before: str, published: str | None) -> tuple[str, str] | None:
    """Returns date and basis of one time expression, None where publication is needed and unknown."""
    base = _day(published)
    words = " ".join(match[0].split())
    if match["year_first"] or match["y1"]:
        iso = _calendar(match, base)
        if iso is None or (match["year_first"] and iso == published):  # the article's own date line
            return None
        return iso, f'explicit date "{words}"'
    if match["y2"]:
        month = _month_number(match["m3"]) if match["m3"] else None
        return (f"{match['y2']}-{month}" if month else match["y2"]), f'explicit date "{words}"'
    if base is None:
        return None
    if match["m1"] or match["m2"]:
        iso = _calendar(match, base)
        return (iso, f'explicit date "{words}", year from publication date') if iso else None
    if match["earlier"] or match["previous"]:
        return _counted_back(match, words, before, base)
    return _near(match, words, base)


def _near(match: re.Match[str], words: str, base: date) -> tuple[str, str] | None:
    """Returns a weekday, a day word, a month or a period, counted from publication."""
    if match["weekday"]:
        back = (base.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
        back += 7 if match["last"] and back == 0 else 0
        return (base - timedelta(days=back)).isoformat(), f'weekday "{words}" before publication'
    if match["relative"]:
        back = 1 if words.lower() in ("yesterday", "last night") else 0
        return (base - timedelta(days=back)).isoformat(), f'"{words}" before publication'
    if match["m4"]:
        number = _month_number(match["m4"])
        year = base.year if int(number) <= base.month else base.year - 1
        return f"{year}-{number}", f'month "{words}" before publication'
    day = base
    if match["which"].lower() == "last":
        days = {"week": 7, "month": base.day, "year": 0}[match["period"].lower()]
        day = base - timedelta(days=days)
        if match["period"].lower() == "year":
            return str(base.year - 1), f'"{words}" before publication'
    short = day.isoformat()[: 4 if match["period"].lower() == "year" else 7]
    return short, f'"{words}" before publication'


def _counted_back(match: re.Match[str], words: str, before: str, base: date) -> tuple[str, str]:
    """Returns so many days before the last day that the article names, else before publication.

    "Ago" counts from publication; "earlier" and "before" from the day that was spoken of.
    """
    count = 1
    if match["count"]:
        spelled = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
        lower = match["count"].lower()
        count = spelled[lower] if lower in spelled else int(lower)
        count *= 7 if match["unit"].lower() == "week" else 1
    start, named = base, "publication"
    if (match["earlier"] or "").lower() != "ago":
        for earlier in _time_words().finditer(before):
            if earlier["weekday"] and (found := _near(earlier, earlier[0], base)):
                start, named = date.fromisoformat(found[0]), f'"{" ".join(earlier[0].split())}"'
    return (start - timedelta(days=count)).isoformat(), f'"{words}", counted from {named}'


def _calendar(match: re.Match[str], base: date | None) -> str | None:
    """Returns a day and month with its year, or with the last such year up to publication."""
    if match["year_first"]:
        return _iso(match["year_first"], match["iso_month"], match["iso_day"])
    month, day = _month_number(match["m1"] or match["m2"]), match["d1"] or match["d2"]
    if match["y1"]:
        return _iso(match["y1"], month, day)
    if base is None:
        return None
    this_year = _iso(str(base.year), month, day)
    if this_year is not None and this_year > base.isoformat():
        return _iso(str(base.year - 1), month, day)
    return this_year


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def _month_number(name: str) -> str:
    months = load_lexicon("calendar")["month"].variants
    return next(number for number, forms in months.items() if name.lower() in forms)
