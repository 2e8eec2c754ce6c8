"""Word file (.docx) -> article: a paragraph a line, insertions kept, deletions and comments dropped."""

import posixpath
from collections.abc import Iterator
from typing import BinaryIO

from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.office.docx_text import Paragraph, WordText
from claimtrack.documents.office.packages import Attributes, Package, clean, local_name, parse_xml
from claimtrack.documents.office.properties import (
    believable_author,
    believable_title,
    days_apart,
    stamped_day,
)
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.plain import read_plain
from claimtrack.errors import InputError
from claimtrack.settings import Settings

KIND = "Word file"

LONGEST_WRITING = 31
"""Days from the making of a file to its last change; one made long before began as something else."""

TITLE_PARAGRAPHS = 5
"""Paragraphs at the top among which the headline is set as one."""

_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_TITLES = ("title", "heading 1")


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the article in a Word file.

    Raises:
        InputError: It has a password, is broken, empty, unpacks to too much or is no such file.
    """
    raw = read_whole(stream, settings)
    package = Package(_checked(raw), KIND)
    main = _main_part(package)
    styles = _styles(package, posixpath.join(posixpath.dirname(main), "styles.xml"))
    paragraphs = _paragraphs(package, main, styles)
    for name in _NOTES:
        part = posixpath.join(posixpath.dirname(main), name)
        if part in package.names:
            paragraphs.extend(_paragraphs(package, part, styles))
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    if len("".join(text.split())) < settings.smallest_article:
        raise InputError(
            "this Word file holds no text", "If it holds pictures of pages, run them through OCR."
        )
    yield Article(text=text, header=_header(text, paragraphs, _properties(package)), raw=raw)


def _checked(raw: bytes) -> bytes:
    """Returns the bytes of a file that may be a package; raises InputError for an old or locked one."""
    if raw.startswith(_OLE):
        if _LOCKED in raw:
            raise InputError("this Word file has a password", "Open it and save a copy without one.")
        raise InputError("this is an old Word file (.doc)", "Open it and save it as .docx.")
    return raw


def _main_part(package: Package) -> str:
    """Returns the name of the text in the package."""
    found: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        kind = attributes.get("Type", "")
        if local_name(name) == "Relationship" and kind.endswith("/officeDocument"):
            found.append(posixpath.normpath(attributes.get("Target", "").lstrip("/")))

    if "_rels/.rels" in package.names:
        parse_xml(package.stream("_rels/.rels"), start, _nothing, _nothing, KIND)
    for name in (*found, _MAIN):
        if name in package.names and name.endswith(".xml"):
            return name
    raise InputError("this is no Word file", "Open it in the program that made it and save it as .docx.")


def _nothing(_: str) -> None:
    """Passes over what is not asked for."""


def _styles(package: Package, part: str) -> dict[str, str]:
    """Returns the names of paragraph styles by their ids: names are English in every language."""
    names: dict[str, str] = {}
    style = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal style
        values = {local_name(key): value for key, value in attributes.items()}
        if local_name(name) == "style":
            style = values.get("styleId", "")
        elif local_name(name) == "name" and style:
            names.setdefault(style, values.get("val", "").casefold())

    if part in package.names:
        parse_xml(package.stream(part), start, _nothing, _nothing, KIND)
    return names


def _paragraphs(package: Package, part: str, styles: dict[str, str]) -> list[Paragraph]:
    reader = WordText(styles)
    parse_xml(package.stream(part), reader.start, reader.end, reader.add, KIND)
    return reader.paragraphs


def _properties(package: Package) -> dict[str, str]:
    """Returns what the file says of itself by local name: title, creator, created, modified."""
    found: dict[str, str] = {}
    inside = ""

    def start(name: str, _: Attributes) -> None:
        nonlocal inside
        inside = local_name(name)

    def add(text: str) -> None:
        if inside:
            found[inside] = found.get(inside, "") + text

    def end(_: str) -> None:
        nonlocal inside
        inside = ""

    if "docProps/core.xml" in package.names:
        parse_xml(package.stream("docProps/core.xml"), start, end, add, KIND)
    return {name: clean(value) for name, value in found.items()}


def _header(text: str, paragraphs: list[Paragraph], properties: dict[str, str]) -> Header:
    """Returns what the text says of itself, and the file's properties where it says nothing."""
    shown = read_plain(text).header
    top = paragraphs[:TITLE_PARAGRAPHS]
    headline = next((p.text for style in _TITLES for p in top if p.style == style), None)
    created, modified = (stamped_day(properties.get(key, "")) for key in ("created", "modified"))
    published = created if days_apart(created, modified) <= LONGEST_WRITING else None
    named = Header(
        title=believable_title(properties.get("title", "")),
        author=believable_author(properties.get("creator", "")),
        published=published,
        published_basis="Word properties (created)" if published else None,
        modified=modified if modified != created else None,
    )
    title = headline or shown.title
    return shown.model_copy(update={"title": title}).or_else(named)
