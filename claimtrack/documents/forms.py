"""What a file is -> its reader. One table; every other form of input is a row here.

A reader takes the file as a stream and yields the articles in it, and remarks and failures whose place is
the part of the file they are about ("" for all of it). What needs the whole file reads it by ``read_whole``,
which holds the limit on its size; crawls and lists of articles are read record by record.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from io import BytesIO
from typing import BinaryIO

from claimtrack.documents.decoding import decode
from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.plain import read_markdown, read_plain
from claimtrack.errors import InputError
from claimtrack.settings import Settings

Reader = Callable[[BinaryIO, Settings], Iterator[Article | Remark | Unread]]
"""Raises InputError where the stream as a whole cannot be read."""

PAGES = (".html", ".htm", ".xhtml")
MARKDOWN = (".md", ".markdown")
PLAIN = (".txt", ".text")

OTHERS: Mapping[str, str] = {
    ".atom": "web.feeds",
    ".rss": "web.feeds",
    ".xml": "web.feeds",
    ".pdf": "pdf.reader",
    ".docx": "office.docx",
    ".docm": "office.docx",
    ".epub": "office.epub",
    ".eml": "mail.reader",
    ".mbox": "mail.mbox",
    ".mhtml": "mail.mhtml",
    ".mht": "mail.mhtml",
    ".srt": "subtitles.reader",
    ".vtt": "subtitles.reader",
    ".json": "records.json_files",
    ".jsonl": "records.json_lines",
    ".ndjson": "records.json_lines",
    ".warc": "crawls.reader",
    ".warc.gz": "crawls.reader",
}
"""Ending -> module below this folder whose ``read`` is the reader; it is imported when it is needed."""

SIGNATURES = (
    (b"%PDF-", b"", "pdf.reader"),
    (b"PK\x03\x04", b"META-INF/container.xml", "office.epub"),
    (b"PK\x03\x04", b"word/", "office.docx"),
)
"""First bytes of a file, bytes that are also in it, and the module that reads it whatever its ending."""

ENDINGS = (*PLAIN, *MARKDOWN, *PAGES, *OTHERS)

IN_FOLDERS = tuple(ending for ending in ENDINGS if ending not in (".json", ".xml"))
"""Endings that are read out of a folder, where most JSON and XML files are no articles; a file named by
itself is read whatever its ending."""


def ending_of(place: str) -> str:
    """Returns the longest known ending of a place in lower case, else an empty string."""
    name = place.lower()
    return max((ending for ending in ENDINGS if name.endswith(ending)), key=len, default="")


def reader_of(ending: str) -> Reader:
    """Returns the reader for an ending; what has none is text or a page, which its content tells."""
    return _reader_in(OTHERS[ending]) if ending in OTHERS else _text_reader(ending)


def _reader_in(module: str) -> Reader:
    reader: Reader = import_module(f"claimtrack.documents.{module}").read
    return reader


def _text_reader(ending: str) -> Reader:
    def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
        raw = read_whole(stream, settings)
        if module := _signed(raw):
            yield from _reader_in(module)(BytesIO(raw), settings)
            return
        text, remark = decode(raw, page=ending not in PLAIN + MARKDOWN)
        if len("".join(text.split())) < settings.smallest_article:
            raise InputError("the file is empty", "Leave it out, or save the article's text in it.")
        if remark:
            yield Remark(place="", message=remark)
        if _is_page(text, ending):
            from claimtrack.documents.pages import read_page
            from claimtrack.documents.walls import check_page

            article = read_page(text)
            if warning := check_page(text, article):
                yield Remark(place="", message=warning)
        else:
            article = read_markdown(text) if ending in MARKDOWN else read_plain(text)
        yield article.model_copy(update={"raw": raw})

    return read


def _signed(raw: bytes) -> str | None:
    """Returns the module that reads such bytes, if they are no text but a form we know."""
    return next((name for start, mark, name in SIGNATURES if raw.startswith(start) and mark in raw), None)


def _is_page(text: str, ending: str) -> bool:
    from claimtrack.documents.pages import is_page

    return ending in PAGES or (ending not in PLAIN + MARKDOWN and is_page(text))


def read_whole(stream: BinaryIO, settings: Settings) -> bytes:
    """Returns all bytes of a stream; raises InputError where they are more than an article has."""
    raw = stream.read(settings.largest_file + 1)
    if len(raw) > settings.largest_file:
        raise too_large(settings.largest_file)
    return raw


def too_large(largest: int) -> InputError:
    """Returns the error of a file of more bytes than ``largest``."""
    return InputError(
        f"larger than {largest / 1_000_000:g} MB, so no news article",
        "Split it, or allow more with largest_file in claimtrack.toml.",
    )
