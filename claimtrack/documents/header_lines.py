"""Lines at the top and the end of an article that say what it is: labels, bylines, dates, datelines."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from claimtrack.documents.printed_dates import find_date, find_dated_line
from claimtrack.lexicon import any_of, load_lexicon

HEAD_LINES = 12
"""Lines at the top among which labels are looked for: headline, standfirst, byline and share bar."""

TAIL_LINES = 4
"""Lines at the end among which ``Published in …`` is looked for, where some newspapers put it."""

DATELINE_LINES = 4
"""Paragraphs that may open with a dateline: bullets may stand before the first one."""

LONGEST_LINE = 160
"""Characters; a longer line that begins like a label is a sentence."""

_LONGEST_DATELINE = 100
"""Characters within which a dateline's date stands, after place and agency."""

LONGEST_PRINT_LINE = 80
"""Characters of a line that holds an outlet or a place and the date."""

_PRINT_LINE = re.compile(
    r"([A-Z][\w.'’-]*(?: (?:[A-Z&][\w.'’-]*|of|and))*)\s*[,|·•–—-]\s*(?:[A-Z][a-z]{2,8},?\s*)?"
)
_TITLED = re.compile(r"The \S+ \S")
_ADDRESS = re.compile(r"https?://\S+")
_OUTLET = re.compile(r"in\s+([A-Z][\w&.' ]*?)\s*,", re.IGNORECASE)
_PLACES = re.compile(r"(?:[A-Z][\w.'’-]*+|\([A-Z][\w ./]*+\)|[,:;/|\s])++")
_AFTER_DATE = re.compile(r"[\s,.]*+(?:\([A-Z][\w ./]*+\)\s*+)?(?:-+\s|[–—:])")

_BETWEEN = " \t,;|·•(–—-"
"""Marks between the day of publication and that of a change."""

Place = tuple[int, int]


class Fact(NamedTuple):
    """One thing that a line says of the article: a ``Header`` field (or ``updated``) and its value.

    ``text[start:end]`` says nothing else and is no part of the article; it is empty in a dateline.
    """

    field: str
    value: str
    basis: str
    start: int
    end: int


def find_facts(text: str, lines: Sequence[Place]) -> list[Fact]:
    """Returns what the lines of a text say of the article, the most telling of each field first."""
    head, tail = lines[:HEAD_LINES], lines[HEAD_LINES:][-TAIL_LINES:]
    facts = [fact for place in head for fact in line_facts(text, place)]
    taken = {(fact.start, fact.end) for fact in facts}
    prose = [place for place in head if place not in taken]
    facts.extend(_opening_date(text, prose[:1]))
    facts.extend(_datelines(text, prose[:DATELINE_LINES]))
    if not any(fact.field == "published" for fact in facts):
        facts.extend(_print_line(text, prose))
    for place in tail:
        if find_dated_line(text, *place):  # of a correction, as likely as not
            continue
        dated = line_facts(text, place)
        if any(fact.field in ("published", "updated") for fact in dated):
            facts.extend(dated)
    return facts


def line_facts(text: str, place: Place) -> list[Fact]:
    """Returns what one line says of the article; nothing where the line is prose."""
    start, end = place
    line = text[start:end]
    if len(line) > LONGEST_LINE:
        return []
    if dated := find_dated_line(text, start, end):
        return [Fact("published", dated.iso, "date line", start, end)]
    match = _labels().match(line)
    if not match:
        return []
    field, colon, value = meaning(match[1]), bool(match[2].strip()), match[3]
    if field is None or not (colon or field in ("published", "updated", "author")):
        return []
    if field == "publisher" and not (_names().fullmatch(value) or _ADDRESS.match(value)):
        return []
    return [fact._replace(start=start, end=end) for fact in labelled_facts(field, value, "date line")]


def labelled_facts(field: str, value: str, basis: str) -> list[Fact]:
    """Returns the facts in a label's value; none where the value is not of the label's kind."""
    if field in ("published", "updated"):
        return list(_dated(field, value, basis))
    address = _ADDRESS.match(value)
    if field == "url" or (field == "publisher" and address):
        return [Fact("url", address[0], basis, 0, 0)] if address else []
    if field == "author":
        return list(_byline(value))
    return [Fact(field, value, basis, 0, 0)]


def meaning(label: str) -> str | None:
    """Returns the header field that a label stands for."""
    return _meanings().get(" ".join(label.casefold().replace("_", " ").split()))


def _dated(field: str, value: str, basis: str) -> Iterator[Fact]:
    """Yields date and outlet of a label's value, beside which only names and times stand."""
    value = _then_updated().split(value, 1)[0].rstrip(_BETWEEN) if field == "published" else value
    found = find_date(value)
    if not found or not _beside_date().fullmatch(value[: found.start] + value[found.end :]):
        return
    yield Fact(field, found.iso, basis, 0, 0)
    if outlet := _OUTLET.match(value):
        yield Fact("publisher", outlet[1], basis, 0, 0)


@cache
def _then_updated() -> re.Pattern[str]:
    """Matches what ends the day of publication in ``8 May 2025 at 4:18pm, updated 2 hours ago``."""
    return re.compile(rf"\b{any_of(load_lexicon('header')['updated'].forms)}\b", re.IGNORECASE)


def _byline(value: str) -> Iterator[Fact]:
    """Yields author and date of ``Jane Roe | 27 September 2025``; nothing of a sentence."""
    found = find_date(value)
    name = value[: found.start] if found else value
    name = name.split("|")[0].strip(" ,–—-·•")
    if not _names().fullmatch(name):
        return
    yield Fact("author", name, "byline", 0, 0)
    if found:
        yield Fact("published", found.iso, "byline", 0, 0)


def _opening_date(text: str, first: Sequence[Place]) -> Iterator[Fact]:
    """Yields the date before the first sentence: ``date 2025-09-27 The minister …``."""
    for start, end in first:
        found = find_date(text, start, min(end, start + 40))
        if not found:
            return
        before = text[start : found.start].strip(" \t:[(")
        is_iso = text[found.start : found.end] == found.iso
        if (not before and is_iso) or meaning(before) == "published":
            yield Fact("published", found.iso, "first line", start, found.end)


def _datelines(text: str, lines: Sequence[Place]) -> Iterator[Fact]:
    """Yields the date between a paragraph's place and its dash: ``LAHORE, Sept 27, 2025 (APP) — …``."""
    for start, end in lines:
        found = find_date(text, start, min(end, start + _LONGEST_DATELINE))
        if not found or not _PLACES.fullmatch(text, start, found.start):
            continue
        before = text[start : found.start].strip()
        is_place = before.isupper() or before.endswith((",", ":", ")", "/", "|"))
        if is_place and _AFTER_DATE.match(text, found.end, end):
            yield Fact("published", found.iso, "dateline", start, start)


def _print_line(text: str, lines: Sequence[Place]) -> Iterator[Fact]:
    """Yields date and outlet of ``The Northern Post, 27 September 2025``, as clippings have it.

    Names alone may be those of a place, on the first line a headline; an outlet's are known, or begin with
    ``The`` and go on.
    """
    for number, (start, end) in enumerate(lines):
        found = find_date(text, start, end) if end - start <= LONGEST_PRINT_LINE else None
        names = _PRINT_LINE.fullmatch(text, start, found.start) if found else None
        if found and names and not text[found.end : end].strip(" ."):
            outlet = names[1]
            is_outlet = outlet in load_lexicon("outlets")["outlet"].forms or bool(_TITLED.match(outlet))
            if number or is_outlet:
                yield Fact("published", found.iso, "date line", start, end)
            if is_outlet:
                yield Fact("publisher", outlet, "date line", start, end)
            return


@cache
def _meanings() -> dict[str, str]:
    return {form: group.name for group in load_lexicon("header").group for form in group.forms}


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"({any_of(load_lexicon('header').forms())})(\s*[:=]\s*|\s+)(\S.*)", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    small = any_of(load_lexicon("bylines")["between_names"].forms)
    return re.compile(rf"[A-Z][\w.'’-]*(?:,?\s+(?:[A-Z][\w.'’-]*|{small}))*")


@cache
def _beside_date() -> re.Pattern[str]:
    small = any_of(load_lexicon("bylines")["beside_date"].forms)
    return re.compile(rf"(?:\W|[A-Z][\w'’]*+|\d++|{small}\b)*+")
