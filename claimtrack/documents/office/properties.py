"""What a PDF or Word file says of itself -> what of it can be believed.

Programs fill these in by themselves: with the name of the computer's owner, of the file, of the template,
with the day on which a page was printed.
"""

import re
from datetime import date
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.text import fold

EARLIEST = 1993
"""Year; there were no PDF files before, and clocks that were never set show 1970 or 1980."""

LONGEST_TITLE = 200
"""Characters, as of a headline."""

_OF_TEMPLATES = ("2013-12-23T23:15:00Z",)
"""When the template that python-docx writes from was made; its files keep that."""

_FILE_NAME = re.compile(r"[\\/_]|\.(?:\w{3,4})$|^\S*\d{3,}\S*$")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,&]+[^\W\d_][\w.'’-]*){1,11}")
_STAMP = re.compile(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)")


def believable_title(title: str) -> str | None:
    """Returns the title in a file's properties, unless it is a file's name or a program's word for none."""
    words = " ".join(title.split())
    if len(words.split()) < 2 or len(words) > LONGEST_TITLE or _FILE_NAME.search(words):
        return None
    return None if _no_title().match(fold(words)) else words


def believable_author(author: str) -> str | None:
    """Returns the author in a file's properties if it is a person's name: of two words, none a computer's."""
    words = " ".join(author.split())
    if not _NAME.fullmatch(words) or not any(word[0].isupper() for word in words.split()):
        return None
    return None if _no_author().search(fold(words)) else words


def stamped_day(stamp: str) -> str | None:
    """Returns the day of ``D:20250927101500+05'00'`` or ``2025-09-27T10:15:00Z`` as an ISO date."""
    match = _STAMP.match(stamp.strip())
    if not match or stamp.strip() in _OF_TEMPLATES:
        return None
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        return None
    return day.isoformat() if day.year >= EARLIEST else None


def days_apart(first: str | None, second: str | None) -> int:
    """Returns the days between two ISO dates; 0 where one is not known."""
    if first is None or second is None:
        return 0
    return abs((date.fromisoformat(second) - date.fromisoformat(first)).days)


def shares_words(title: str, text: str) -> bool:
    """Are at least half of a title's words in a text?"""
    words = set(fold(title).split())
    return 2 * len(words & set(fold(text).split())) >= len(words)


@cache
def _no_title() -> re.Pattern[str]:
    return re.compile(any_of(load_lexicon("properties")["no_title"].forms))


@cache
def _no_author() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_lexicon('properties')['no_author'].forms)}\b")
