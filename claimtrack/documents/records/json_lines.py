"""JSON Lines -> articles, a line at a time; a broken line is told with its number and the rest goes on."""

import codecs
from collections.abc import Iterator
from json import JSONDecodeError
from typing import BinaryIO

from claimtrack.documents.decoding import decode
from claimtrack.documents.forms import too_large
from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.records.fields import DECODER, RecordReader, check_size
from claimtrack.errors import InputError
from claimtrack.settings import Settings

_BLOCK = 65_536
"""Bytes of a line too large that are skipped at once."""

MOST_SKIPPED = 1_000_000_000
"""Bytes of one line that are skipped before the file is taken to have no lines."""

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the articles in a file of JSON Lines; see ``forms``."""
    reader = RecordReader(settings)
    guessed = found = False
    number = 0
    while line := stream.readline(settings.largest_file + 1):
        number += 1
        if number == 1:
            _check_start(line)
        if not line.strip():
            continue
        found = True
        if len(line) > settings.largest_file:
            yield from reader.fail(f"#{number}", too_large(settings.largest_file))
            if not _skip_line(stream):
                raise InputError(f"line {number} does not end", "Give one JSON object a line.")
            continue
        try:
            text, remark = decode(line)
            value = _parse(text)
        except InputError as error:
            yield from reader.fail(f"#{number}", error)
            continue
        if remark and not guessed:
            guessed = True
            yield Remark(place=f"#{number}", message=remark)
        yield from reader.read(value, line, number)
    yield from reader.rest()
    if not found:
        raise InputError("the file is empty", "Give one JSON object a line, each with a field text.")


def _check_start(line: bytes) -> None:
    """Raises InputError where the first line shows that the whole file is of another form."""
    if line.startswith(_WIDE):
        raise InputError("UTF-16, where JSON Lines are UTF-8", "Save it as UTF-8.")
    start = decode(line[:_BLOCK]).text.strip()
    if start in ("{", "[") or (start.startswith("[") and len(start) > 1):
        raise InputError("one JSON text over several lines, not one a line", "Rename it to end in .json.")


def _skip_line(stream: BinaryIO) -> bool:
    """Reads on to the end of a line; is false where none comes."""
    for _ in range(MOST_SKIPPED // _BLOCK):
        block = stream.readline(_BLOCK)
        if not block or block.endswith(b"\n"):
            return True
    return False


def _parse(text: str) -> object:
    check_size(text)
    try:
        value, end = DECODER.raw_decode(text.strip())
    except JSONDecodeError as error:
        what = f"no JSON: {error.msg} (character {error.pos + 1})"
        raise InputError(what, "Correct the line or leave it out.") from error
    except RecursionError as error:
        raise InputError("nested too deeply", "Leave it out.") from error
    if end != len(text.strip()):
        raise InputError(f"more than one JSON value (at character {end + 1})", "Give each its own line.")
    return value
