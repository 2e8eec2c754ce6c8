"""Files, folders, streams, web addresses -> documents; what cannot be read is said and the rest goes on."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from claimtrack.documents.forms import ending_of, reader_of
from claimtrack.documents.header import Article, Header
from claimtrack.documents.junk import find_junk, without_overlap
from claimtrack.documents.language import ENGLISH, find_language
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.page_header import host_of
from claimtrack.documents.places import STDIN, Source, find_sources
from claimtrack.documents.printed_dates import check_date
from claimtrack.errors import InputError
from claimtrack.models import Document, Value
from claimtrack.settings import Settings

if TYPE_CHECKING:
    from claimtrack.documents.web.feeds import Entry
    from claimtrack.documents.web.fetching import Fetcher

__all__ = ["BY_HAND", "Metadata", "Remark", "Unread", "read_sources"]

BY_HAND = "set by hand"
"""The basis of a date that a person gave."""

_FILE_DATE = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])")


Keep = Callable[[str, bytes, str], None]
"""Is given the bytes of every article read: their SHA-256, the bytes, and the ending of such a file."""


IsKnown = Callable[["Entry"], bool]
"""Says of an entry of a feed whether it has been read before, so that its page is left alone."""


class Metadata(Value):
    """What a person says of the articles given; each overrides what is read."""

    date: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None


def read_sources(
    paths: Sequence[str],
    metadata: Metadata,
    settings: Settings,
    stdin: BinaryIO,
    keep: Keep | None = None,
    is_known: IsKnown | None = None,
) -> Iterator[Document | Unread | Remark]:
    """Yields the articles at the paths by place, and what is to be said of places.

    Raises:
        InputError: The date in ``metadata`` is none; or what ``keep`` raises.
    """
    given = given_values(metadata)
    for place, item in _items(paths, settings, stdin, is_known):
        if not isinstance(item, Article):
            yield item
            continue
        document = _document(place, item, given)
        if keep and item.raw is not None and document.raw_sha256:
            keep(document.raw_sha256, item.raw, ending_of(place))
        yield document


def _items(
    paths: Sequence[str], settings: Settings, stdin: BinaryIO, is_known: IsKnown | None
) -> Iterator[tuple[str, Article | Unread | Remark]]:
    """Yields what is at the paths, each with its place."""
    from_web = _web_reader(settings, is_known)
    for source in find_sources(paths):
        if not isinstance(source, Source):
            yield source.place, source
        elif source.is_on_web:
            yield from from_web(source.path)
        else:
            yield from _read(source, settings, stdin)


def _web_reader(
    settings: Settings, is_known: IsKnown | None
) -> Callable[[str], Iterator[tuple[str, Article | Remark | Unread]]]:
    """Returns what reads web addresses; what it learns of a host holds for all of them."""

    @cache
    def fetcher() -> "Fetcher":
        from claimtrack.documents.web.fetching import Fetcher, Limits

        return Fetcher(Limits.of(settings))

    def read(address: str) -> Iterator[tuple[str, Article | Remark | Unread]]:
        from claimtrack.documents.web.reader import read_url

        return read_url(address, fetcher(), settings, is_known)

    return read


def given_values(metadata: Metadata) -> dict[str, str]:
    """Returns the values of document fields that a person gives; raises InputError for no date."""
    values = {
        "title": metadata.title,
        "publisher": metadata.publisher,
        "url": metadata.url,
        "published": check_date(metadata.date) if metadata.date else None,
        "published_basis": BY_HAND if metadata.date else None,
    }
    return {field: value for field, value in values.items() if value}


def _read(
    source: Source, settings: Settings, stdin: BinaryIO
) -> Iterator[tuple[str, Article | Unread | Remark]]:
    """Yields what is in one file; where that breaks off, what was read until then stays."""
    read = reader_of(ending_of(source.place))
    try:
        with _opened(source.path, stdin) as stream:
            for item in read(stream, settings):
                if isinstance(item, Article):
                    yield source.place + item.part, item
                else:
                    there = source.place + item.place
                    yield there, item.model_copy(update={"place": there})
    except InputError as error:
        yield source.place, Unread(place=source.place, message=error.message, hint=error.hint)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        yield source.place, Unread(place=source.place, message=message, hint="Check its permissions.")


def _opened(path: str, stdin: BinaryIO) -> AbstractContextManager[BinaryIO]:
    return nullcontext(stdin) if path == STDIN else open(path, "rb")


def _document(place: str, article: Article, given: Mapping[str, str]) -> Document:
    header = article.header if article.part else article.header.or_else(_file_name(place))
    url = given.get("url") or header.url
    text = article.text
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    language = find_language(text)
    document = Document(
        id=Document.make_id(sha256, url or place),
        path=place,
        url=header.url,
        title=header.title,
        publisher=header.publisher or (host_of(url) if url else None),
        author=header.author,
        published=header.published,
        published_basis=header.published_basis,
        modified=header.modified,
        archive_url=header.archive_url,
        retrieved_at=header.retrieved_at,
        language=language,
        analysed=language == ENGLISH,
        sha256=sha256,
        raw_sha256=hashlib.sha256(article.raw).hexdigest() if article.raw is not None else None,
        text=text,
        withdrawn=header.withdrawn,
        fields=dict(article.fields),
        pages=article.pages,
        junk=without_overlap([*article.header.junk, *find_junk(text)]),
        given=dict(given),
    )
    return document.with_values(given) if given else document


def _file_name(place: str) -> Header:
    """Returns the date in a file's name: 2025-09-27, 2025_09_27 or 20250927."""
    match = _FILE_DATE.search(place.rsplit("/", 1)[-1])
    if not match:
        return Header()
    try:
        published = check_date("-".join(match.group(1, 3, 4)))
    except InputError:
        return Header()
    return Header(published=published, published_basis="file name")
