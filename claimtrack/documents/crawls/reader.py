"""A crawl in WARC form -> the pages in it: answers with status 200 that are HTML or plain text."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from claimtrack.documents.crawls.payloads import page_text, read_head, unpack
from claimtrack.documents.crawls.warc import DamageError, read_answer, read_records, read_rest
from claimtrack.documents.forms import too_large
from claimtrack.documents.header import Article, Header
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.page_dates import address_date
from claimtrack.documents.plain import read_plain
from claimtrack.documents.records.parts import Failures, Parts, web_address
from claimtrack.errors import InputError
from claimtrack.settings import Settings

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_UNTOLD = ("warcinfo", "request", "metadata")

_OTHER_FILES = "images and other files"
_OTHER_ANSWERS = "answers that are not 200 OK"
_NO_TEXT = "pages without text"
_REVISITS = "pages unchanged since an earlier crawl"
_OTHER_RECORDS = "records of other kinds"


class _LeftOut:
    """Counts what is left out of a crawl."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._empty = ""

    def add(self, what: str) -> None:
        """Counts one record of a kind."""
        self._count[what] += 1

    def add_empty(self, url: str) -> None:
        """Counts a page without text."""
        self.add(_NO_TEXT)
        self._empty = self._empty or url

    def remark(self) -> Iterator[Remark]:
        """Yields all of it in one remark, if there is anything."""
        told = [f"{what} ({count:,})" for what, count in sorted(self._count.items())]
        if told:
            first = f"; the first page without text is {self._empty}" if self._empty else ""
            yield Remark(place="", message=f"left out: {', '.join(told)}{first}")


class _Page(NamedTuple):
    """A page of a crawl as the server had it; ``charset`` and ``media_type`` are what the server said."""

    url: str
    retrieved_at: str | None
    media_type: str
    charset: str
    raw: bytes


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the pages in a crawl; see ``forms``. Where it breaks off, what was read before stays."""
    parts, failures, left_out = Parts(), Failures(), _LeftOut()
    damage = ""
    number = 0
    try:
        for number, record in enumerate(read_records(stream), 1):
            try:
                article = _read_record(record, settings, left_out)
            except InputError as error:
                part = parts.name(_url(record), number=number)
                yield from failures.tell(part, error.message, error.hint)
                continue
            if article:
                part = parts.name(article.header.url, number=number)
                yield article.model_copy(update={"part": part})
    except DamageError as error:
        damage = str(error)
    if not number:
        raise InputError(f"no crawl in WARC form{damage and f' ({damage})'}", "Look what kind of file it is.")
    yield from failures.rest()
    yield from left_out.remark()
    if damage:
        yield Unread(
            place="",
            message=f"breaks off after {number:,} record{'' if number == 1 else 's'}: {damage}",
            hint="What stands before it was read. Copy or fetch the crawl again for the rest.",
        )


def _read_record(record: "ArcWarcRecord", settings: Settings, left_out: _LeftOut) -> Article | None:
    """Returns the article in a record; ``None`` where it holds none, which is counted.

    Raises:
        InputError: It holds a page that is too large, damaged or packed in a way that is not understood.
    """
    page = _page(record, settings, left_out)
    if page is None:
        return None
    try:
        text = page_text(page.raw, page.charset).text
    except InputError:
        left_out.add(_OTHER_FILES)
        return None
    article = _article(text, page.media_type)
    if article is None or len("".join(article.text.split())) < settings.smallest_article:
        left_out.add_empty(page.url)
        return None
    header = Header(url=page.url, retrieved_at=page.retrieved_at).or_else(article.header)
    return article.model_copy(update={"header": header.or_else(address_date(page.url)), "raw": page.raw})


def _article(text: str, media_type: str) -> Article | None:
    from claimtrack.documents.pages import is_page, read_page

    if media_type == "text/plain" and not is_page(text):
        return read_plain(text)
    try:
        return read_page(text)
    except InputError:
        return None


def _page(record: "ArcWarcRecord", settings: Settings, left_out: _LeftOut) -> _Page | None:
    """Returns the page in a record, unpacked; ``None`` where it is anything else, which is counted."""
    url = _url(record)
    if record.rec_type != "response" or url is None:
        if record.rec_type not in _UNTOLD:
            left_out.add(_REVISITS if record.rec_type == "revisit" else _OTHER_RECORDS)
        return None
    found = read_answer(record)
    head = read_head(found[0]) if found else None
    if found is None or head is None or head.status != "200":
        left_out.add(_OTHER_ANSWERS)
        return None
    if head.media_type not in _PAGES:
        left_out.add(_OTHER_FILES)
        return None
    if len(found[1]) + record.raw_stream.limit > settings.largest_file:
        raise too_large(settings.largest_file)
    return _Page(
        url=url,
        retrieved_at=_utc(record.rec_headers.get_header("WARC-Date") or ""),
        media_type=head.media_type,
        charset=head.charset,
        raw=unpack(found[1] + read_rest(record), head, settings.largest_file),
    )


def _url(record: "ArcWarcRecord") -> str | None:
    return web_address(record.rec_headers.get_header("WARC-Target-URI"))


def _utc(stamp: str) -> str | None:
    """Returns a record's date as an ISO time in UTC, to the second; ``None`` for none."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:
        return None
