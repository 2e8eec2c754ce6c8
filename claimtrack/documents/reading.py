"""Files, folders and standard input -> documents; what cannot be read is said and the rest goes on."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from claimtrack.documents.decoding import decode
from claimtrack.documents.header import Article, Header
from claimtrack.documents.junk import find_junk, without_overlap
from claimtrack.documents.language import ENGLISH, find_language
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.page_header import host_of
from claimtrack.documents.pages import is_page, read_page
from claimtrack.documents.places import STDIN, Source, find_sources
from claimtrack.documents.plain import read_markdown, read_plain
from claimtrack.documents.printed_dates import check_date
from claimtrack.errors import InputError
from claimtrack.models import Document, Value
from claimtrack.settings import Settings

__all__ = ["BY_HAND", "Metadata", "Remark", "Unread", "read_sources"]

BY_HAND = "set by hand"
"""The basis of a date that a person gave."""

_PAGES = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt", ".text")
_FILE_DATE = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])")


class Metadata(Value):
    """What a person says of the articles given; each overrides what is read."""

    date: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None


def read_sources(
    paths: Sequence[str], metadata: Metadata, settings: Settings, stdin: BinaryIO
) -> Iterator[Document | Unread | Remark]:
    """Yields the articles at the paths by place, and what is to be said of places.

    Raises:
        InputError: The date in ``metadata`` is none.
    """
    given = given_values(metadata)
    for source in find_sources(paths):
        if not isinstance(source, Source):
            yield source
            continue
        try:
            raw = _read_bytes(source.path, settings.largest_file, stdin)
            yield from _read(source.place, raw, given, settings)
        except InputError as error:
            yield Unread(place=source.place, message=error.message, hint=error.hint)


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


def _read_bytes(path: str, largest: int, stdin: BinaryIO) -> bytes:
    try:
        if path == STDIN:
            raw = stdin.read(largest + 1)
        else:
            status = os.stat(path)
            if stat.S_ISREG(status.st_mode) and status.st_size > largest:
                raise _too_large(largest)
            with open(path, "rb") as file:
                raw = file.read(largest + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", "Check its permissions.") from error
    if len(raw) > largest:
        raise _too_large(largest)
    return raw


def _too_large(largest: int) -> InputError:
    return InputError(
        f"larger than {largest / 1_000_000:g} MB, so no news article",
        "Split it, or allow more with largest_file in claimtrack.toml.",
    )


def _read(
    place: str, raw: bytes, given: Mapping[str, str], settings: Settings
) -> Iterator[Document | Remark]:
    """Yields the document in a file's bytes, after a remark if its encoding was guessed."""
    ending = os.path.splitext(place)[1].lower()
    text, remark = decode(raw, page=ending not in _PLAIN + _MARKDOWN)
    if len("".join(text.split())) < settings.smallest_article:
        raise InputError("the file is empty", "Leave it out, or save the article's text in it.")
    article = _article(text, ending)
    if remark:
        yield Remark(place=place, message=remark)
    yield _document(place, article, given)


def _article(text: str, ending: str) -> Article:
    if ending in _PAGES or (ending not in _PLAIN + _MARKDOWN and is_page(text)):
        return read_page(text)
    return read_markdown(text) if ending in _MARKDOWN else read_plain(text)


def _document(place: str, article: Article, given: Mapping[str, str]) -> Document:
    header = article.header.or_else(_file_name(place))
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
        language=language,
        analysed=language == ENGLISH,
        sha256=sha256,
        text=text,
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
