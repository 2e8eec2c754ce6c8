"""EPUB -> one article a chapter, in reading order, through the reader of pages."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote

from claimtrack.documents.decoding import decode
from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.office.packages import Attributes, Package, clean, local_name, parse_xml
from claimtrack.documents.office.properties import stamped_day
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.pages import read_page
from claimtrack.documents.printed_dates import check_date
from claimtrack.errors import InputError
from claimtrack.settings import Settings

KIND = "EPUB file"

MOST_CHAPTERS = 2_000
"""Chapters; an almanac or a year of a magazine has fewer."""

FEWEST_WORDS = 20
"""Words; a chapter with fewer is a cover, a title page or a dedication."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/html+xml", "text/x-oeb1-document")


@dataclass
class _Book:
    """What the package document says: properties by local name, files by id, and the order of reading."""

    properties: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, tuple[str, bool]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the chapters of a book or an issue, each an article named by its file.

    Raises:
        InputError: It is copy-protected, broken, empty, unpacks to too much or is no EPUB.
    """
    package = Package(read_whole(stream, settings), KIND)
    place = _book_place(package)
    book = _book(package, place)
    names = _chapters(book, posixpath.dirname(place), package.names)
    _check_protection(package, names)
    header = _header(book)
    found = False
    for name in names:
        part = "" if len(names) == 1 else f"#{name}"
        raw = package.read(name, settings.largest_file)
        try:
            article = read_page(decode(raw, page=True).text)
        except InputError as error:
            if not _is_picture(raw):
                yield Unread(place=part, message=error.message, hint=error.hint)
            continue
        if len(article.text.split()) < FEWEST_WORDS:
            continue
        found = True
        yield Article(text=article.text, header=_chapter_header(header, article), part=part, raw=raw)
    if not found:
        raise InputError(
            "this EPUB file holds no text", "If it holds pictures of pages, run them through OCR."
        )


def _is_picture(raw: bytes) -> bool:
    """Is this a page for a picture, such as the cover?"""
    return b"<img" in raw or b"<svg" in raw


def _chapter_header(book: Header, chapter: Article) -> Header:
    """Returns what is known of a chapter; one with a byline, as in a magazine, has its own date, too."""
    own = chapter.header if chapter.header.author else Header()
    titled = own.model_copy(update={"title": _title(book.title, chapter.header.title)})
    return titled.or_else(book).or_else(chapter.header)


def _title(book: str | None, chapter: str | None) -> str | None:
    """Returns the chapter's headline after the book's title."""
    if not book or not chapter or book == chapter:
        return chapter or book
    return f"{book}: {chapter}"


def _book_place(package: Package) -> str:
    """Returns the name of the package document; raises InputError where there is none."""
    found: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if local_name(name) == "rootfile":
            found.append(attributes.get("full-path", ""))

    if _CONTAINER in package.names:
        parse_xml(package.stream(_CONTAINER), start, _pass, _pass, KIND)
    for name in found:
        if name in package.names:
            return name
    raise InputError("this is no EPUB file", "Check where it comes from, or save its text as .txt.")


def _pass(_: str) -> None:
    """Passes over what is not asked for."""


def _book(package: Package, place: str) -> _Book:
    book = _Book()
    inside = ""
    parts: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        match local_name(name):
            case "item":
                is_page = attributes.get("media-type", "") in _PAGES
                is_page = is_page and "nav" not in attributes.get("properties", "").split()
                book.files[attributes.get("id", "")] = (attributes.get("href", ""), is_page)
            case "itemref" if attributes.get("linear") != "no":
                book.order.append(attributes.get("idref", ""))
            case "meta":
                inside = attributes.get("property", "")
            case local:
                inside = local
        parts.clear()

    def end(_: str) -> None:
        nonlocal inside
        value = clean("".join(parts))
        if inside and value:
            book.properties.setdefault(inside, []).append(value)
        inside = ""

    parse_xml(package.stream(place), start, end, parts.append, KIND)
    return book


def _chapters(book: _Book, folder: str, names: frozenset[str]) -> list[str]:
    """Returns the names of the files to read in the package, in order, each once."""
    found: dict[str, None] = {}
    for item in book.order:
        href, is_page = book.files.get(item, ("", False))
        name = posixpath.normpath(posixpath.join(folder, unquote(href.split("#")[0])))
        if is_page and name in names:
            found[name] = None
    if len(found) > MOST_CHAPTERS:
        raise InputError(f"has more than {MOST_CHAPTERS:,} chapters", "Split it, or save its text as .txt.")
    return list(found)


def _check_protection(package: Package, names: list[str]) -> None:
    """Raises InputError where a chapter is encrypted; fonts may be, in books that anyone can read."""
    locked: set[str] = set()

    def start(name: str, attributes: Attributes) -> None:
        if local_name(name) == "CipherReference":
            locked.add(unquote(attributes.get("URI", "")))

    if _ENCRYPTION in package.names:
        parse_xml(package.stream(_ENCRYPTION), start, _pass, _pass, KIND)
    if locked.intersection(names):
        raise InputError("this EPUB file is copy-protected", "Get a copy without protection.")


def _header(book: _Book) -> Header:
    """Returns what the book says of itself."""
    first = {name: values[0] for name, values in book.properties.items()}
    published = _date(first.get("date", ""))
    addresses = [*book.properties.get("source", ()), *book.properties.get("identifier", ())]
    return Header(
        title=first.get("title"),
        author=", ".join(book.properties.get("creator", ())) or None,
        publisher=first.get("publisher"),
        published=published,
        published_basis="EPUB properties" if published else None,
        modified=stamped_day(first.get("dcterms:modified", "")),
        url=next((item for item in addresses if item.startswith(("http://", "https://"))), None),
    )


def _date(value: str) -> str | None:
    """Returns the date of publication, as exact as given; a year before printing is a program's zero."""
    match = re.match(r"1[5-9]\d\d|20\d\d", value) and re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value)
    try:
        return check_date(match[0]) if match else None
    except InputError:
        return None
