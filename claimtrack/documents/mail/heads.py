"""The lines that mail programs set above a message which is answered or passed on.

Forms covered: (1) ``---- Forwarded message ----`` and ``-----Original Message-----`` with the fields
below, (2) the fields alone, as Outlook has them, (3) ``On <date> at <time> <name> wrote:``.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claimtrack.documents.header import Header
from claimtrack.documents.mail.lines import Line
from claimtrack.documents.printed_dates import find_date
from claimtrack.lexicon import any_of, load_lexicon

LONGEST_FIELD = 500
"""Characters of a line in such a head; lists of receivers are longer, but then one line each."""

FEWEST_FIELDS = 3
"""Fields that make a head without a line above it; two may stand in an article."""

MOST_FIELDS = 20
"""Lines of such a head; long ones repeat the lists of receivers."""

ATTRIBUTION_LINES = 3
"""Lines over which ``On … wrote:`` is broken at most."""

LONGEST_ATTRIBUTION = 300
"""Characters of ``On … wrote:`` with two addresses and a date."""

_PREFIX = re.compile(r"\s*(?:(?P<forward>fwd?|wg|tr|rv)|(?P<answer>re|aw|sv|antw))(?:\[\d+\])?\s*:\s*", re.I)
_SENT = ("date", "sent")
_ADDRESS = re.compile(r"\s*[<\[(]?(?:mailto:)?[^\s<>@]+@[^\s<>@]+[>\])]?")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")


class Head(NamedTuple):
    """The fields above a message, in lines ``start`` to ``end``; ``marker`` says that it is passed on."""

    start: int
    end: int
    marker: bool
    fields: dict[str, str]

    @property
    def header(self) -> Header:
        """Returns who wrote the message, when, under what subject."""
        sent = next((self.fields[name] for name in _SENT if name in self.fields), "")
        found = find_date(sent)
        return Header(
            title=Subject.of(self.fields.get("subject")).words,
            author=_name(self.fields.get("from", "")),
            published=found.iso if found else None,
            published_basis="forwarded mail" if found else None,
        )


class Subject(NamedTuple):
    """A subject without what mail programs set before it, and what that says of the mail."""

    words: str | None
    is_forward: bool
    is_answer: bool

    @classmethod
    def of(cls, subject: str | None) -> "Subject":
        """Returns a subject field's words; ``RE: FW: x`` answers what was passed on."""
        words = subject or ""
        first: re.Match[str] | None = None
        while match := _PREFIX.match(words):
            first = first or match
            words = words[match.end() :]
        answers = bool(first and first["answer"])
        return cls(words.strip() or None, bool(first) and not answers, answers)


def find_head(lines: Sequence[Line], at: int) -> Head | None:
    """Returns the head that begins at a line, if one does."""
    words = lines[at].words
    if not words or len(words) > LONGEST_FIELD:
        return None
    passed_on = bool(_marker("forward_marker").fullmatch(words))
    has_marker = passed_on or bool(_marker("original_marker").fullmatch(words))
    first = at + 1 if has_marker else at
    while has_marker and first < len(lines) and not lines[first].words and first < at + 3:
        first += 1
    fields, end = _fields(lines, first)
    if "from" not in fields or len(fields) < (2 if has_marker else FEWEST_FIELDS):
        return None
    if not has_marker and not any(name in fields for name in _SENT):
        return None
    return Head(at, end, passed_on, fields)


def _fields(lines: Sequence[Line], first: int) -> tuple[dict[str, str], int]:
    """Returns the labelled lines from ``first`` on, of one depth, and where they end."""
    fields: dict[str, str] = {}
    at, last = first, ""
    while at < min(first + MOST_FIELDS, len(lines)) and lines[at].depth == lines[first].depth:
        words = lines[at].words
        match = _field().match(words[:LONGEST_FIELD])
        if match:
            last = match[1].casefold()
            fields.setdefault(last, match[2].strip(" *"))
        elif words and last and at == first + len(fields) and _is_rest(fields[last]):
            fields[last] += " " + words
        else:
            break
        at += 1
    return fields, at


def _is_rest(value: str) -> bool:
    """Is the field's line so long that the next one, which has no label, may be its rest?"""
    return len(value) >= 50


def is_answer_subject(head: Head) -> bool:
    """Does the message below a head answer another one?"""
    return Subject.of(head.fields.get("subject")).is_answer


def attribution_end(lines: Sequence[Line], at: int) -> int | None:
    """Returns the line after ``On <date>, <name> wrote:``, or ``None`` where none begins here.

    It holds an address, or a time of day: an article's ``On Monday he wrote:`` has neither.
    """
    words = ""
    if not any(line.words.endswith(":") for line in lines[at : at + ATTRIBUTION_LINES]):
        return None
    for end in range(at, min(at + ATTRIBUTION_LINES, len(lines))):
        if not lines[end].words or lines[end].depth != lines[at].depth:
            return None
        words = f"{words} {lines[end].words}".strip()
        if len(words) > LONGEST_ATTRIBUTION:
            return None
        if _wrote().search(words):
            return end + 1 if "@" in words or _CLOCK.search(words) else None
    return None


def _name(sender: str) -> str | None:
    """Returns a sender's name, else the address, of ``Jane Roe <jane@desk.example>``."""
    return _ADDRESS.sub("", sender[:LONGEST_FIELD]).strip(" \"'*<>[]()") or sender.strip(' <>"') or None


@cache
def _marker(group: str) -> re.Pattern[str]:
    forms = any_of(load_lexicon("mail")[group].forms)
    return re.compile(rf"[-\s_>*=]*{forms}(?:\s+[^\s-][^-]{{0,100}})?[-\s_*:=]*", re.IGNORECASE)


@cache
def _field() -> re.Pattern[str]:
    return re.compile(rf"[*_]*({any_of(load_lexicon('mail')['head_label'].forms)})\s*:[*_]*\s*(.*)", re.I)


@cache
def _wrote() -> re.Pattern[str]:
    verbs = any_of(load_lexicon("mail")["wrote"].forms)
    return re.compile(rf"\b{verbs}(?:\s+[^:]{{1,100}})?\s*:\s*\Z", re.IGNORECASE)
