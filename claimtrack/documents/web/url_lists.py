"""A file with web addresses, one a line -> the addresses, each once."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import BinaryIO

from claimtrack.documents.decoding import decode
from claimtrack.documents.forms import read_whole
from claimtrack.documents.outcome import Unread
from claimtrack.documents.web.addresses import check_address, is_address
from claimtrack.documents.web.feeds import is_feed, read_entries
from claimtrack.errors import InputError
from claimtrack.settings import Settings

STDIN = "-"

MOST_ADDRESSES = 10_000
"""Addresses of one list; at one page a second that is three hours."""


def open_list(path: str, stdin: BinaryIO, settings: Settings) -> Iterator[str | Unread]:
    """Yields what ``read_urls`` finds in the file at a path; ``-`` is standard input.

    Raises:
        InputError: As ``read_urls``, or the file cannot be opened.
    """
    try:
        with nullcontext(stdin) if path == STDIN else open(path, "rb") as stream:
            yield from read_urls(stream, path, settings)
    except OSError as error:
        raise InputError(
            f"the list {path} cannot be read: {error.strerror or error}", "Check its name and permissions."
        ) from error


def read_urls(stream: BinaryIO, place: str, settings: Settings) -> Iterator[str | Unread]:
    """Yields the addresses in a list, in its order, and the lines that hold none.

    Empty lines and what stands after ``#`` at a line's beginning or after a space are left out. A feed
    is a list, too: of what its entries lead to.

    Raises:
        InputError: The file is no text, is too large or holds no address.
    """
    raw = read_whole(stream, settings)
    found = _in_feed(raw) if is_feed(raw) else _in_lines(decode(raw).text, place)
    seen: set[str] = set()
    is_empty = True
    for item in found:
        is_empty = False
        if isinstance(item, Unread):
            yield item
        elif item not in seen:
            if len(seen) == MOST_ADDRESSES:
                raise InputError(f"more than {MOST_ADDRESSES:,} addresses in one list", "Split it.")
            seen.add(item)
            yield item
    if is_empty:
        raise InputError("there is no web address in this list", "Write one a line.")


def _in_feed(raw: bytes) -> Iterator[str]:
    return (entry.header.url for entry in read_entries(raw) if entry.header.url)


def _in_lines(text: str, place: str) -> Iterator[str | Unread]:
    for number, line in enumerate(text.splitlines(), 1):
        written = line.split(" #")[0].split("\t#")[0].strip()
        if not written or written.startswith("#"):
            continue
        written = written.removeprefix("<").removesuffix(">")
        try:
            if not is_address(written):
                raise InputError(f"{written[:100]!r} is no web address", "Write it with https:// before it.")
            yield check_address(written)
        except InputError as error:
            yield Unread(place=f"{place}:{number}", message=error.message, hint=error.hint)
