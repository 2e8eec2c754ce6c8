"""RSS and Atom feeds -> their entries, and the articles that a feed carries whole.

feedparser is given a stream, never text: it would open a text that looks like a path or an address.
It takes no entities from the feed but single characters, and expat stops those that multiply.
"""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from html import escape, unescape
from itertools import islice
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import urljoin

from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.printed_dates import parse_date
from claimtrack.documents.web.addresses import is_address
from claimtrack.errors import InputError
from claimtrack.settings import Settings

LARGEST_FEED = 5_000_000
"""Bytes; feedparser takes 1 to 5 seconds and up to 30 MB for each million of them, if they are hostile."""

MOST_ENTRIES = 1_000
"""Entries that are read of one feed, the first, which are the newest; beyond that it is an archive."""

LONG_SUMMARY = 1_000
"""Characters from which a description is a whole article: where it is a teaser it is shorter."""

LONGEST_LINE = 500
"""Characters of a title, a name or an id; what is longer is cut."""

LONGEST_CREDIT = 2_000
"""Characters at the end of a text in which WordPress names the post and the site, with their addresses."""

_PROLOGUE = re.compile(
    rb"(?:\s+|<\?[^>]{0,300}\?>|<!--.{0,3000}?-->|<!DOCTYPE[^>\[]{0,300}(?:\[.{0,4000}?\]\s*)?>)*", re.DOTALL
)
_ROOT = re.compile(rb"<(?:[a-z]{1,9}:)?(?:rss|feed|RDF)\b")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.|more)\]|read more|continue reading)\W*\Z", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


class Entry(NamedTuple):
    """One entry: ``header`` as the feed has it, ``key`` its own id, ``page`` the HTML of its whole text.

    ``page`` is empty where the feed carries a summary only; ``header.url`` is ``None`` where the entry
    leads nowhere.
    """

    key: str
    header: Header
    page: str


def is_feed(raw: bytes) -> bool:
    """Does a file begin as a feed does?"""
    return bool(_ROOT.match(*_after_prologue(raw)))


def _after_prologue(raw: bytes) -> tuple[bytes, int]:
    """Returns the file's beginning, without the nulls of UTF-16, and where its first element is."""
    head = raw[:10_000]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"")
    prologue = _PROLOGUE.match(head)
    return head, prologue.end() if prologue else 0


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the articles that a feed carries whole; of the others the first says where they are.

    Raises:
        InputError: This is no feed, or feedparser is not installed.
    """
    raw = read_whole(stream, settings)
    found = read_entries(raw)
    without = [entry for entry in found if not entry.page]
    for entry in found:
        if entry.page:
            yield from _article(entry)
    if without:
        yield Unread(
            place="",
            message=f"{len(without)} of {len(found)} entries of this feed carry a summary only",
            hint="Name the file with --urls to fetch the pages that they lead to.",
        )


def _article(entry: Entry) -> Iterator[Article | Unread]:
    try:
        yield carried_article(entry).model_copy(update={"part": f"#{entry.key}"})
    except InputError as error:
        yield Unread(place=f"#{entry.key}", message=error.message, hint=error.hint)


def carried_article(entry: Entry) -> Article:
    """Returns the article that an entry carries; raises InputError where that is no text."""
    from claimtrack.documents.pages import read_page

    title = escape(entry.header.title or "")
    heading = f"<h1>{title}</h1>" if title else ""
    body = f"<article>{heading}{_without_credit(entry.page)}</article>"
    article = read_page(f"<html><head><title>{title}</title></head><body>{body}</body></html>")
    header = entry.header.or_else(article.header).model_copy(update={"junk": article.header.junk})
    return article.model_copy(update={"header": header, "raw": entry.page.encode("utf-8", "replace")})


def _without_credit(page: str) -> str:
    """Returns a page without WordPress's last line, "The post … appeared first on …"."""
    at = page.rfind("<p>The post ", -LONGEST_CREDIT)
    return page[:at] if at >= 0 and "appeared first on" in page[at:] else page


def read_entries(raw: bytes, address: str = "") -> list[Entry]:
    """Returns the entries of a feed in its order, each once; ``address`` is where it was fetched from.

    Raises:
        InputError: This is no feed, it is too large, or feedparser is not installed.
    """
    if len(raw) > LARGEST_FEED:
        message = f"larger than {LARGEST_FEED / 1_000_000:g} MB, so no feed"
        raise InputError(message, "Name the addresses of its articles instead.")
    if not is_feed(raw):
        raise InputError("this is no RSS or Atom feed", "Name the address of the feed, or of an article.")
    head, start = _after_prologue(raw)
    if b"<!ENTITY" in head[:start]:
        raise InputError(
            "this feed defines entities, as harmful files do", "Name the addresses of its articles."
        )
    found: dict[str, Entry] = {}
    for number, item in enumerate(islice(_parsed(raw).entries, MOST_ENTRIES), 1):
        entry = _entry(item, number, address)
        found.setdefault(entry.header.url or entry.key, entry)
    if not found:
        raise InputError("this feed has no entries", "It may be damaged: look at it in a browser.")
    return list(found.values())


def _parsed(raw: bytes) -> Any:
    try:
        import feedparser
    except ImportError as error:
        raise InputError("feeds need feedparser", 'Install it: pip install "claimtrack[feeds]"') from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
        except (ValueError, LookupError, AssertionError, RecursionError) as error:
            raise InputError("this feed is damaged", "Name the addresses of its articles instead.") from error


def _entry(item: dict[str, Any], number: int, address: str) -> Entry:
    url = _link(item, address)
    updated = dict.get(item, "updated")  # feedparser's own ``get`` would give the date of publication
    published = item.get("published") or updated
    header = Header(
        title=_line(item.get("title")),
        author=_line(item.get("author")),
        published=_date(published),
        published_basis="feed" if _date(published) else None,
        modified=_date(updated) if updated != published else None,
        url=url,
    )
    return Entry(key=_line(item.get("id")) or url or str(number), header=header, page=_whole_text(item))


def _link(item: Mapping[str, Any], address: str) -> str | None:
    """Returns where an entry leads: its own link, else the page that its id names."""
    for candidate in (item.get("feedburner_origlink"), item.get("link"), item.get("id")):
        if isinstance(candidate, str) and candidate.strip():
            try:
                joined = urljoin(address, candidate.strip())
            except ValueError:
                continue
            if is_address(joined):
                return joined
    return None


def _date(value: object) -> str | None:
    """Returns the day as the feed writes it, in the zone of who wrote it."""
    return parse_date(value.strip()[:80]) if isinstance(value, str) else None


def _line(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    bare = unescape(_TAG.sub(" ", value)).encode("utf-8", "replace").decode("utf-8")
    return " ".join(bare.split())[:LONGEST_LINE] or None


def _whole_text(item: Mapping[str, Any]) -> str:
    """Returns the HTML of an entry's text where the feed carries all of it, else an empty string."""
    summary = _markup(item.get("summary_detail") or {})
    contents = [_markup(content) for content in item.get("content") or ()]
    whole = max(contents, key=len, default="")
    text = _plain(whole or summary)
    if _CUT_OFF.search(text[-200:]):
        return ""
    if whole and len(text) > len(_plain(summary)):
        return whole
    return (whole or summary) if len(text) >= LONG_SUMMARY else ""


def _markup(content: Mapping[str, Any]) -> str:
    """Returns a text of the feed as HTML."""
    value = content.get("value") or ""
    return value if "html" in (content.get("type") or "") else f"<p>{escape(value)}</p>" if value else ""


def _plain(markup: str) -> str:
    return " ".join(_TAG.sub(" ", markup).split())
