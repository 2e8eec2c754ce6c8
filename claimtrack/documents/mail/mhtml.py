"""Saved page in one file (.mhtml, .mht) -> article: its main HTML, with where and when it was saved."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import urldefrag

from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.mail.mime import Part, all_parts, field, parse_message, sent_at, text_of
from claimtrack.documents.page_dates import address_date
from claimtrack.documents.page_header import host_of
from claimtrack.documents.pages import read_page
from claimtrack.errors import InputError
from claimtrack.settings import Settings

_PAGES = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article]:
    """Yields the article of a saved page; its address is the page's own, else the one it was saved from.

    Raises:
        InputError: The file holds no HTML page.
    """
    raw = read_whole(stream, settings)
    message = parse_message(raw)
    page = _main_page(message)
    if page is None:
        raise InputError(
            "there is no web page in this file",
            "Save the page from the browser again, as a single file or as HTML.",
        )
    article = read_page(text_of(page))
    url = _address(article.header, _saved_from(message, page))
    known = {"url": url, "retrieved_at": _iso(sent_at(message))}
    header = article.header.model_copy(update=known).or_else(address_date(url))
    yield article.model_copy(update={"header": header, "raw": raw})


def _main_page(message: Part) -> Part | None:
    """Returns the part that ``start`` or the saved address names, else the first page in the file."""
    pages = [part for part in all_parts(message) if part.get_content_type() in _PAGES]
    root = str(message.get_param("start") or "").strip("<> ")
    saved_from = field(message, "Snapshot-Content-Location")
    for part in pages:
        if root and (field(part, "Content-ID") or "").strip("<> ") == root:
            return part
    for part in pages:
        if saved_from and field(part, "Content-Location") == saved_from:
            return part
    return pages[0] if pages else None


def _saved_from(message: Part, page: Part) -> str | None:
    """Returns the web address that the browser saved; none for a file or one of its own."""
    places = (
        field(page, "Content-Location"),
        field(message, "Snapshot-Content-Location"),
        field(message, "Content-Location"),
    )
    for place in places:
        address = urldefrag("".join((place or "").split()))[0]
        if address.startswith(("http://", "https://")) and host_of(address):
            return address
    return None


def _address(header: Header, saved_from: str | None) -> str | None:
    """Returns the address that the page calls its own if it is on the same site, else where it was saved.

    The page's own is without what an advertisement or a newsletter added; one on another site is that of
    an original of which this page is the copy.
    """
    if saved_from is None or (header.url and host_of(header.url) == host_of(saved_from)):
        return header.url
    return saved_from


def _iso(time: datetime | None) -> str | None:
    """Returns a time in UTC; one without a zone is taken to be in it."""
    if time is None:
        return None
    try:
        aware = time.astimezone(UTC) if time.tzinfo else time
    except OverflowError:
        return None
    return aware.isoformat(timespec="seconds").replace("+00:00", "") + "Z"
