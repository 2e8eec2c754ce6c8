"""PDF -> article: paragraphs in reading order, with the offsets at which its pages begin."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from claimtrack.documents.forms import read_whole
from claimtrack.documents.header import Article, Header
from claimtrack.documents.office.properties import (
    believable_author,
    believable_title,
    shares_words,
    stamped_day,
)
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.pdf.layout import Piece, order_lines
from claimtrack.documents.pdf.margins import Body, drop_margins
from claimtrack.documents.pdf.paragraphs import Printed, build_text
from claimtrack.documents.plain import read_plain
from claimtrack.documents.printed_dates import find_date
from claimtrack.errors import InputError
from claimtrack.settings import Settings

LONGEST_READING = 300
"""Seconds; 1,000 full pages take 17 on a laptop, and the machine may be busy with other things."""

UNKNOWN_LETTERS = 0.3
"""Share of letters without a meaning above which a page cannot be read."""

OPENING = 3_000
"""Characters at the top in which a title must be found to be the article's."""

_PROGRAM = Path(__file__).with_name("pieces.py")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0xF0B7: "•",
    0xA0: " ",
}
"""Letters that fonts hold in one sign, and the bullet of Word's symbol font."""

_BROWSERS = re.compile(r"Skia|Chrom|Mozilla|Firefox|Safari|cairo|Quartz|Print", re.IGNORECASE)
"""Programs that make a PDF on the day on which somebody prints it."""


class _Opened(NamedTuple):
    """What is in a PDF: its properties, its pages' pieces, and the pages (from 1) that give no text."""

    info: dict[str, str]
    pages: list[list[Piece]]
    pictures: list[int]
    unknown: list[int]


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the article in a PDF, and a remark on pages that hold none of it.

    Raises:
        InputError: It has a password, is broken, a scan, too much, or the library for it is missing.
    """
    raw = read_whole(stream, settings)
    if find_spec("pypdfium2") is None:
        raise InputError("reading PDF needs a library that is not installed", 'pip install "claimtrack[pdf]"')
    opened = _open(raw)
    body = drop_margins(opened.pages)
    printed = build_text([order_lines(page) for page in body.pages])
    if len("".join(printed.text.split())) < settings.smallest_article:
        raise _no_text(opened)
    for numbers, what in (
        (opened.pictures, "hold only pictures"),
        (opened.unknown, "are in unknown letters"),
    ):
        if numbers:
            yield Remark(place="", message=f"pages that {what}: {_listed(numbers)}; their text is missing")
    header = _header(printed, opened.info, body)
    yield Article(text=printed.text, header=header, pages=printed.pages, raw=raw)


def _no_text(opened: _Opened) -> InputError:
    if opened.unknown:
        return InputError(
            "the fonts in this PDF do not say which letters they show", "Print it to pictures and run OCR."
        )
    return InputError(
        "this PDF holds no text; it is a scan" if opened.pictures else "this PDF is empty",
        "Run it through OCR first, for example: ocrmypdf scan.pdf read.pdf",
    )


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    return shown if len(numbers) <= 10 else f"{shown} and {len(numbers) - 10} more"


def _open(raw: bytes) -> _Opened:
    head, *pages = _records(raw)
    for record in (head, *pages):
        _check(record)
    bad = [number for number, page in enumerate(pages, 1) if page["unknown"] > UNKNOWN_LETTERS]
    return _Opened(
        info=head["info"],
        pages=[[] if number in bad else _pieces(page["pieces"]) for number, page in enumerate(pages, 1)],
        pictures=[n for n, page in enumerate(pages, 1) if page["pictures"] and not page["pieces"]],
        unknown=bad,
    )


def _records(raw: bytes) -> list[dict[str, Any]]:
    """Returns what the program that opens PDFs says of the file; it is ended where it takes too long."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM)],
            input=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_READING,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"this PDF takes more than {LONGEST_READING} seconds to open",
            "Print it to a new PDF, or split it.",
        ) from error
    if done.returncode:
        raise InputError(
            "this PDF is broken, or asks for too much memory or time", "Print it to a new PDF, or split it."
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _check(record: dict[str, Any]) -> None:
    """Raises InputError where a record says why the PDF is not read."""
    match record.get("error"):
        case None:
            return
        case "password":
            raise InputError("this PDF has a password", "Open it and print it to a new PDF without one.")
        case "large":
            raise InputError(
                "this PDF has more pages or text than an article or report", "Split it into smaller files."
            )
        case _:
            raise InputError("this PDF is broken or cut off", "Get it anew, or print it to a new PDF.")


def _pieces(found: list[list[Any]]) -> list[Piece]:
    pieces = [Piece(_clean(text), *places) for text, *places in found]
    return [piece for piece in pieces if piece.text]


def _clean(text: str) -> str:
    """Returns a text without signs that are never printed, ligatures as letters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(_UNPRINTED.sub("", whole.translate(_LIGATURES)).split())


def _header(printed: Printed, info: dict[str, str], body: Body) -> Header:
    """Returns what the text says of itself, else the heads of its pages, else the PDF's properties."""
    named = believable_title(info.get("Title", ""))
    if named and not shares_words(named, printed.text[:OPENING]):
        named = None
    shown = read_plain(printed.text).header
    by_program = any(_BROWSERS.search(info.get(key, "")) for key in ("Creator", "Producer"))
    created, modified = (stamped_day(info.get(key, "")) for key in ("CreationDate", "ModDate"))
    properties = Header(
        title=named,
        author=believable_author(info.get("Author", "")),
        published=None if by_program else created,
        published_basis="PDF properties (created)" if created and not by_program else None,
        modified=None if by_program or modified == created else modified,
    )
    title = printed.title or named or shown.title
    dated = next(filter(None, map(find_date, body.heads)), None)
    heads = Header(published=dated.iso, published_basis="running head") if dated else Header()
    shown = shown.model_copy(update={"title": title, "url": shown.url or body.url})
    return shown.or_else(heads).or_else(properties)
