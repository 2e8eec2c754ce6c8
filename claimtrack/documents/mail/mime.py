"""MIME messages (mails and saved pages) -> their parts, headers and texts.

The standard library parses them, held to limits that no mail reaches: its own parser takes time
with the depth of nesting for every line, and most headers are never needed in their parsed form.
"""

import codecs
from collections.abc import Callable, Iterator
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import cast

from claimtrack.documents.decoding import decode
from claimtrack.errors import InputError

MOST_PARTS = 5_000
"""Parts of one message; a saved page has one for each picture, a few hundred."""

MOST_NESTED = 15
"""Parts within parts; a mail forwarded four times as an attachment has eleven. Parsing takes time with it."""

MOST_LINES = 600_000
"""Lines of one message; the largest file allowed, as mail programs wrap it, has 350,000."""

LONGEST_HEADER = 2_000
"""Characters kept of a header field; what is read here (a name, a subject, a type) has fewer."""

_READ = ("date", "from", "subject")
"""Fields that are parsed as the standards have them; of the others only the words are needed."""

_SLOW = ("idna", "punycode")
"""Character sets of host names, which no text has: decoding takes time with the square of the length."""


class _Policy(EmailPolicy):
    """The default policy on cut fields; a field that it stumbles over stays as it is written."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Returns name and value of a field; bytes that are no ASCII are read as UTF-8."""
        name, value = super().header_source_parse(sourcelines)
        raw = value[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
        return name, raw.decode("utf-8", "replace")

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Returns a field's value, parsed where it is one of those that are read."""
        plain = " ".join(value.split())
        if name.lower() not in _READ:
            return plain
        try:
            parsed: str = super().header_fetch_parse(name, value)
        except (ValueError, LookupError, AttributeError, TypeError, MessageError, RecursionError):
            return plain
        return parsed


class Part(EmailMessage):
    """A message or a part of one, which knows how deep it lies."""

    depth = 0

    def attach(self, payload: "Part") -> None:  # type: ignore[override]
        """Adds a part; raises InputError where it lies deeper than any mail's."""
        payload.depth = self.depth + 1
        if payload.depth > MOST_NESTED:
            raise _bomb(f"has parts nested deeper than {MOST_NESTED}")
        super().attach(payload)


def parse_message(raw: bytes) -> Part:
    """Returns the message in the bytes.

    Raises:
        InputError: It is built to exhaust who reads it.
    """
    if max(raw.count(b"\n"), raw.count(b"\r")) > MOST_LINES:
        raise _bomb(f"has more than {MOST_LINES:,} lines")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return cast(Part, BytesParser(_counted(), policy=_Policy()).parsebytes(raw))
    except RecursionError as error:
        raise _bomb("is nested too deep") from error


def _counted() -> Callable[..., Part]:
    count = 0

    def make(policy: EmailPolicy | None = None) -> Part:
        nonlocal count
        count += 1
        if count > MOST_PARTS:
            raise _bomb(f"has more than {MOST_PARTS:,} parts")
        return Part(policy)

    return make


def _bomb(what: str) -> InputError:
    return InputError(f"this message {what}", "It is damaged, or made to do harm: leave it out.")


def parts_of(part: Part) -> list[Part]:
    """Returns the parts directly in a part; none in a text or a file."""
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Part)] if isinstance(payload, list) else []


def all_parts(part: Part) -> Iterator[Part]:
    """Yields a part and all that lie in it, in order."""
    waiting = [part]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(reversed(parts_of(inner)))


def field(part: Part, name: str) -> str | None:
    """Returns a header field's words on one line, or ``None``."""
    value = part.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def file_name(part: Part) -> str:
    """Returns what an attached file is called, its type where it has no name."""
    name = " ".join((part.get_filename() or "").split())
    if name.startswith("=?"):
        name = str(_Policy().header_fetch_parse("subject", name))
    return name or part.get_content_type()


def sent_at(part: Part) -> datetime | None:
    """Returns the time in a message's ``Date`` field, in the sender's zone where it is given."""
    try:
        return parsedate_to_datetime(str(part.get("date") or ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def text_of(part: Part) -> str:
    """Returns a text part's text in the character set that it names, else in what it seems to be.

    Raises:
        InputError: It is no text.
    """
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = _charset(part)
    if charset and not raw.startswith(codecs.BOM_UTF8):
        try:
            return decode(raw.decode(charset).encode("utf-8", "replace")).text
        except (UnicodeError, LookupError):
            pass
    return decode(raw, page=part.get_content_type() == "text/html").text


def _charset(part: Part) -> str | None:
    """Returns the Python name of the character set of a part; none where it names no usable one."""
    try:
        name = codecs.lookup(part.get_content_charset() or "").name
    except (LookupError, ValueError):
        return None
    return None if name in _SLOW else "cp1252" if name == "iso8859-1" else name
