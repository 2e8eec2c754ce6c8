"""Web addresses -> articles: fetched, read by what they are, and marked with where and when.

A page counts as evidence under the address that it gives itself, if that is of the same site; else under
the one that it was served from.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from claimtrack.documents import forms
from claimtrack.documents.decoding import Decoded, decode, encoding_named
from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.pages import is_page, read_page
from claimtrack.documents.plain import read_markdown, read_plain
from claimtrack.documents.walls import check_page
from claimtrack.documents.web.addresses import are_of_one_site, check_address
from claimtrack.documents.web.feeds import Entry, carried_article, is_feed, read_entries
from claimtrack.documents.web.fetching import Fetched, Fetcher
from claimtrack.documents.web.transport import BY_HAND, NotFetched
from claimtrack.errors import InputError
from claimtrack.settings import Settings

Placed = tuple[str, Article | Remark | Unread]
"""A place and what is there or to be said of it; a feed has many places."""

_GONE = (404, 410)
"""Answers of a server that has no such page (RFC 9110, 15.5.5 and 15.5.11)."""

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_VAGUE_TYPES = (
    "",
    "text/plain",
    "application/octet-stream",
    "binary/octet-stream",
    "application/force-download",
)
_XML_TYPE = re.compile(r"(?:text|application)/(?:xml|[\w.]+\+xml)")
_NO_ARTICLE = re.compile(r"(?:image|video|audio|font)/")

_ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/warc": ".warc",
    "text/markdown": ".md",
}
"""Declared type -> the ending of such a file, which says who reads it."""

_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,3}/(https?://.+)")


def read_url(
    address: str, fetcher: Fetcher, settings: Settings, is_known: Callable[[Entry], bool] | None = None
) -> Iterator[Placed]:
    """Yields the articles at a web address, each with its place; of a feed those it leads to.

    Entries of a feed that are known already are left alone.
    """
    try:
        place = check_address(address)
    except InputError as error:
        yield address, _unread(address, error)
        return
    try:
        fetched = fetcher.fetch(place)
        if _is_feed(fetched):
            entries = read_entries(fetched.body, fetched.url)
        else:
            for item in _read(fetched, settings):
                yield _at(place, item)
            return
    except InputError as error:
        yield place, _unread(place, error)
        return
    for entry in entries:
        if is_known is None or not is_known(entry):
            yield from _read_entry(place, entry, fetched, fetcher, settings)


def _unread(place: str, error: InputError) -> Unread:
    gone = isinstance(error, NotFetched) and error.status in _GONE
    return Unread(place=place, message=error.message, hint=error.hint, gone=gone)


def _at(place: str, item: Article | Remark | Unread) -> Placed:
    if isinstance(item, Article):
        return place + item.part, item
    there = place + item.place
    return there, item.model_copy(update={"place": there})


def _is_feed(fetched: Fetched) -> bool:
    declared = fetched.media_type
    if declared in _PAGE_TYPES or not (declared in _VAGUE_TYPES or _XML_TYPE.fullmatch(declared)):
        return False
    return is_feed(fetched.body)


def _read_entry(
    feed: str, entry: Entry, fetched: Fetched, fetcher: Fetcher, settings: Settings
) -> Iterator[Placed]:
    """Yields the article that an entry leads to; where that fails, the text that the feed carries."""
    url = entry.header.url
    place = f"{feed}#{entry.key}"
    try:
        if url is None:
            raise InputError("this entry leads nowhere", "Look for the article on the site.")
        place = check_address(url)
        items = [_with_entry(item, entry) for item in _read_whole(fetcher.fetch(place), settings)]
    except InputError as error:
        yield from _carried(place, entry, fetched, error)
        return
    for item in items:
        yield _at(place, item)


def _read_whole(fetched: Fetched, settings: Settings) -> list[Article | Remark | Unread]:
    """Returns what is at the end of a feed's link; a feed there is not followed."""
    if _is_feed(fetched):
        raise InputError("this entry leads to another feed", "Name that feed's address by itself.")
    return list(_read(fetched, settings))


def _with_entry(item: Article | Remark | Unread, entry: Entry) -> Article | Remark | Unread:
    """Returns an article with what only the feed says of it."""
    if not isinstance(item, Article) or item.part:
        return item
    return item.model_copy(update={"header": item.header.or_else(entry.header)})


def _carried(place: str, entry: Entry, fetched: Fetched, error: InputError) -> Iterator[Placed]:
    """Yields the text of an entry that a feed carries itself, if it does; else why its page is not read."""
    if entry.page:
        with suppress(InputError):
            article = carried_article(entry)
            header = article.header.model_copy(update={"retrieved_at": fetched.retrieved_at})
            yield place, article.model_copy(update={"header": header})
            message = f"read as the feed has it, as the page could not be ({error.message})"
            yield place, Remark(place=place, message=message)
            return
    yield place, _unread(place, error)


def _read(fetched: Fetched, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields what a fetched file holds; raises InputError where that is nothing to read."""
    ending = _ending(fetched)
    if ending in (*forms.PAGES, *forms.PLAIN, *forms.MARKDOWN):
        yield from _read_text(fetched, ending, settings)
        return
    for item in forms.reader_of(ending)(io.BytesIO(fetched.body), settings):
        yield with_origin(item, fetched) if isinstance(item, Article) else item


def _ending(fetched: Fetched) -> str:
    """Returns the ending that a file of this kind has; raises InputError where nothing reads it."""
    declared = fetched.media_type
    named = forms.ending_of(urlsplit(fetched.url).path)
    if declared in _PAGE_TYPES:
        return ".html"
    known = ".pdf" if fetched.body.startswith(b"%PDF-") else _ENDINGS.get(declared, "")
    if known in forms.ENDINGS:
        return known
    if named in forms.OTHERS and not _NO_ARTICLE.match(declared):
        return named
    start = fetched.body[:8_000].decode("utf-8", "replace").lstrip("\ufeff")
    if declared in _VAGUE_TYPES and not known:
        return ".html" if is_page(start) else named or ".txt"
    if _XML_TYPE.fullmatch(declared) and is_page(start):
        return ".html"
    kind = declared or (known.removeprefix(".").upper())
    raise InputError(f"at this address is a file of type {kind[:80]}, which is not read", BY_HAND)


def _read_text(fetched: Fetched, ending: str, settings: Settings) -> Iterator[Article | Remark]:
    is_html = ending in forms.PAGES
    text, remark = _decoded(fetched, is_html)
    if len("".join(text.split())) < settings.smallest_article:
        raise InputError("the page is empty", BY_HAND)
    if is_html:
        article = read_page(text)
        warning = check_page(text, article, fetched.asked, fetched.url)
    else:
        article = read_markdown(text) if ending in forms.MARKDOWN else read_plain(text)
        warning = None
    for message in (remark, warning):
        if message:
            yield Remark(place="", message=message)
    yield with_origin(article.model_copy(update={"raw": fetched.body}), fetched)


def _decoded(fetched: Fetched, is_html: bool) -> Decoded:
    """Returns the text of a page, with what is to be said of its encoding.

    What is UTF-8 is no other text by chance, whatever the server says. Else the server's word counts
    where the bytes fit it, then what the page says.
    """
    body, named = fetched.body, fetched.charset
    with suppress(UnicodeDecodeError):
        body.decode("utf-8")
        return decode(body, is_html)
    with suppress(UnicodeError, InputError):
        if encoding := encoding_named(named):
            return decode(body.decode(encoding).encode("utf-8"), is_html)
    return decode(body, is_html)


def with_origin(article: Article, fetched: Fetched) -> Article:
    """Returns an article with its address and the time at which it was fetched.

    What a page says of its address counts if it names the same site. A copy in the Wayback Machine
    counts under the original's address, and is its archive link.
    """
    header = article.header
    update: dict[str, object] = {"retrieved_at": fetched.retrieved_at}
    archived = _ARCHIVED.fullmatch(fetched.url)
    if archived:
        update.update(url=archived[1], archive_url=fetched.url)
    elif not (header.url and are_of_one_site(header.url, fetched.url)):
        update["url"] = fetched.url
    return article.model_copy(update={"header": header.model_copy(update=update)})
