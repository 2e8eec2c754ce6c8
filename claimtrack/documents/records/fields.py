"""A JSON object -> article: its fields by the names given, or those of ninjs."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any, get_args

from claimtrack.documents.decoding import decode
from claimtrack.documents.header import Article, Header
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.page_dates import address_date
from claimtrack.documents.plain import read_plain
from claimtrack.documents.printed_dates import check_date, parse_date
from claimtrack.documents.records.ninjs import is_withdrawn, ninjs_record
from claimtrack.documents.records.parts import LONGEST_ADDRESS, Failures, Parts, web_address
from claimtrack.errors import InputError
from claimtrack.settings import RecordField, Settings
from claimtrack.text import fold, paragraph_spans

MOST_VALUES = 2_000_000
"""Lists, objects and commas in one JSON text; a value takes up to 60 bytes of memory for 2 in the file."""

FIRST_LINES = 3
"""Lines at the top of a text among which its headline may stand already."""

_LONGEST_NUMBER = 18
"""Digits; a longer number is kept as it is written, as reading it takes a time that grows with its square."""

_SECONDS = (100_000_000, 10_000_000_000)
"""Seconds since 1970 from 1973 until 2286; a number a thousand times larger counts milliseconds."""

_BLOCK = r"(?:p|div|br|h[1-6]|[uo]l|li|blockquote|article|section|figure|table|span|a|b|i|em|strong)"
_OPENS = re.compile(rf"\s*(?:<!--.{{0,2000}}?-->\s*)?<{_BLOCK}\b[^<>]*>", re.IGNORECASE | re.DOTALL)
_CLOSES = re.compile(r"</(?:p|div|h[1-6]|[uo]l|li|blockquote)\s*>|<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)


class _Digits(str):
    """A number too long to be read."""


def _number(digits: str) -> int | _Digits:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _Digits(digits)


DECODER = json.JSONDecoder(strict=False, parse_int=_number)
"""Takes line breaks within strings, as many programs write them, and numbers of any length."""


def check_size(text: str) -> None:
    """Raises InputError for a JSON text that would fill the memory."""
    if sum(map(text.count, "[{,")) > MOST_VALUES:
        raise InputError(f"more than {MOST_VALUES:,} values, so no articles", "Leave out what is no article.")


class RecordReader:
    """Reads the records of one file: names their articles, counts what is wrong with them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._names = {field: settings.fields.get(field, field) for field in get_args(RecordField)}
        self._parts = Parts()
        self._failures = Failures()
        self._bad_date = ""
        self._bad_date_count = 0

    def read(
        self, record: object, raw: bytes, number: int, alone: bool = False
    ) -> Iterator[Article | Remark | Unread]:
        """Yields the article in a JSON value, or why there is none; ``alone`` if it is all of the file."""
        try:
            found = self._fields_of(record)
            article = self._article(found, raw)
            if "withdrawn" not in found and self._settings.fields:
                article = article.model_copy(update={"fields": dict(self._settings.fields)})
        except InputError as error:
            yield from self.fail("" if alone else f"#{number}", error)
            return
        part = self._parts.name(article.header.url, _identifier(found.get("id")), number=number)
        part = "" if alone else part
        if found["date"] and not article.header.published:
            self._bad_date = self._bad_date or f"{_line(found['date']) or 'no text'!r:.40} in {part or 'it'}"
            self._bad_date_count += 1
        if found.get("withdrawn"):
            yield Remark(place=part, message="withdrawn by its agency, so it counts as retracted")
        yield article.model_copy(update={"part": part})

    def fail(self, part: str, error: InputError) -> Iterator[Unread]:
        """Yields what is wrong with a part of the file, unless enough has been told."""
        return self._failures.tell(part, error.message, error.hint)

    def rest(self) -> Iterator[Remark | Unread]:
        """Yields what is to be said at the end of the file."""
        if self._bad_date_count:
            count = f"{self._bad_date_count:,} date{'' if self._bad_date_count == 1 else 's'}"
            yield Remark(place="", message=f"{count} not understood, the first is {self._bad_date}")
        yield from self._failures.rest()

    def _fields_of(self, record: object) -> Mapping[str, Any]:
        """Returns the fields of a record by claimtrack's names; raises InputError for no article."""
        if not isinstance(record, dict):
            raise InputError("no JSON object, so no article", "Give one object with a field text each.")
        if _is_own(record):
            raise InputError("written by claimtrack itself, so no article", "Ingest the articles instead.")
        found = {field: field_at(record, name) for field, name in self._names.items()}
        if not _text(found["text"]):
            found = ninjs_record(record) or found
        if not _text(found["text"]) and is_withdrawn(record):
            raise InputError(
                "withdrawn by its agency, and no text is left in it",
                "If you have read it before, mark that: claimtrack sources set ARTICLE --retracted",
            )
        if not _text(found["text"]):
            raise _no_text(record, self._names["text"])
        return found

    def _article(self, found: Mapping[str, Any], raw: bytes) -> Article:
        header = _header(found, found.get("dated_by") or self._names["date"])
        text = decode(_text(found["text"]).encode("utf-8", "replace")).text
        article = _with_headline(text, header.title)
        if len("".join(article.text.split())) < self._settings.smallest_article:
            raise InputError("holds no text", "Leave the record out.")
        header = header.or_else(article.header).or_else(address_date(header.url))
        if found.get("withdrawn"):
            header = header.model_copy(update={"withdrawn": True})
        return article.model_copy(update={"header": header, "raw": raw})


def field_at(record: Mapping[str, Any], name: str) -> Any:
    """Returns what stands under a name, whose dots lead into objects and lists; ``None`` for nothing.

    ``authors.name`` is the list of the names of all authors, ``authors.0.name`` that of the first.
    """
    if name in record:
        return record[name]
    value: Any = record
    for step in name.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal():
            value = value[int(step[:9])] if int(step[:9]) < len(value) else None
        elif isinstance(value, list):
            value = [item[step] for item in value if isinstance(item, dict) and step in item]
        else:
            return None
    return value


def _is_own(record: Mapping[str, Any]) -> bool:
    """Is this a store, a statement or a conflict of claimtrack's own?"""
    if str(record.get("schema", "")).startswith("claimtrack/"):
        return True
    return {"speaker", "content", "document"} <= record.keys() or {"signals", "a", "b"} <= record.keys()


def _no_text(record: Mapping[str, Any], name: str) -> InputError:
    if name in record:
        return InputError(f'its field "{name}" holds no text', "Leave the record out, or name another field.")
    longest = max(_strings(record), key=lambda field: len(record[field]), default=None)
    there = ", ".join(field[:40] for field in list(record)[:12]) or "none"
    return InputError(
        f'no field "{name}" (there are: {there})',
        f"Say which field holds the article's text: --map text={longest or 'FIELD'}",
    )


def _strings(record: Mapping[str, Any]) -> Iterator[str]:
    return (field for field, value in record.items() if isinstance(value, str) and field.isprintable())


def _text(value: object) -> str:
    """Returns a text, or paragraphs one a line; an empty text for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if not isinstance(value, str) or isinstance(value, _Digits):
        return ""
    return value if value.strip() else ""


def _line(value: object) -> str | None:
    """Returns a value in one line without entities and half characters; ``None`` for none."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    whole = unescape(value).encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in whole).split()) or None


def _names(value: object) -> str | None:
    """Returns the name or the names of people or an outlet: a text, an object with a name, or a list."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_names(item) for item in value if not isinstance(item, list)))) or None
    return _line(value.get("name")) if isinstance(value, dict) else _line(value)


def _identifier(value: object) -> str | None:
    line = _line(value)
    return line if line and len(line) <= LONGEST_ADDRESS else None


def _header(found: Mapping[str, Any], date_name: str) -> Header:
    published = iso_date(found.get("date"))
    return Header(
        title=_line(found.get("title")),
        publisher=_names(found.get("publisher")),
        author=_names(found.get("author")),
        published=published,
        published_basis=f'field "{date_name}"' if published else None,
        modified=iso_date(found.get("modified")),
        url=web_address(found.get("url")),
    )


def iso_date(value: object) -> str | None:
    """Returns the ISO date of a printed date, an ISO time, a year, or seconds or milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(value)
    line = _line(value)
    if not line or len(line) > 100:
        return None
    if line.isdecimal() and len(line) > 8:
        return _since_1970(int(line[:20]))
    try:
        return parse_date(line) or check_date(line)
    except InputError:
        return None


def _since_1970(seconds: float) -> str | None:
    first, last = _SECONDS
    if 1000 * first <= seconds < 1000 * last:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if first <= seconds < last else None


def _with_headline(text: str, title: str | None) -> Article:
    """Returns a body with its headline as first line, as a page shows it; HTML is read as a page."""
    from claimtrack.documents.pages import is_page, read_page

    if is_page(text):
        return read_page(text)
    if _OPENS.match(text) or _CLOSES.search(text):
        heading = f"<h1>{escape(title)}</h1>" if title else ""
        return read_page(f"<html><body><article>{heading}{text}</article></body></html>")
    body = unescape(text) if _ENTITY.search(text) else text
    opening = [fold(body[start:end]) for start, end in paragraph_spans(body[:5000])[:FIRST_LINES]]
    return read_plain(f"{title}\n\n{body}" if title and fold(title) not in opening else body)
