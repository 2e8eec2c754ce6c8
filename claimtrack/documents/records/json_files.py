"""A JSON file -> articles: one object, a list of them, or objects one after another.

Every object is decoded by itself, so that its bytes are known and a broken one costs only what follows it.
"""

import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import BinaryIO, NamedTuple

from claimtrack.documents.decoding import decode
from claimtrack.documents.forms import too_large
from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.records.fields import DECODER, RecordReader, check_size
from claimtrack.errors import InputError
from claimtrack.settings import Settings

_STORE = re.compile(rb'\s*\{\s*"schema":\s*"claimtrack/')
_SPACE = re.compile(r"\s*")
_GAP = re.compile(r"\s*(?:,\s*)?")


class _Value(NamedTuple):
    """A JSON value and the characters it stands in; ``alone`` if the file holds nothing else."""

    value: object
    start: int
    end: int
    alone: bool


def read(stream: BinaryIO, settings: Settings) -> Iterator[Article | Remark | Unread]:
    """Yields the articles in a JSON file; see ``forms``."""
    raw = stream.read(settings.largest_file + 1)
    if _STORE.match(raw):
        yield Remark(place="", message="a store of claimtrack's own, left out")
        return
    if len(raw) > settings.largest_file:
        raise too_large(settings.largest_file)
    text, remark = decode(raw)
    check_size(text)
    if remark:
        yield Remark(place="", message=remark)
    reader = RecordReader(settings)
    number = 0
    for number, found in enumerate(_values(text), 1):
        part = text[found.start : found.end].encode("utf-8")
        yield from reader.read(found.value, part, number, found.alone)
    yield from reader.rest()
    if not number:
        raise InputError("no articles in this JSON file", "Give an object with a field text or several.")


def _values(text: str) -> Iterator[_Value]:
    """Yields the values of the list that the text is, else the values in it.

    Raises:
        InputError: The text is no JSON from some place on; what stands before has been yielded.
    """
    at = _end(_SPACE, text, 0)
    listed = text.startswith("[", at)
    at = _end(_SPACE, text, at + listed)
    first = at
    while at < len(text) and not (listed and text[at] == "]"):
        start = at
        value, end = _decode_at(text, at)
        at = _end(_GAP, text, end)
        yield _Value(value, start, end, alone=not listed and start == first and at == len(text))
    if listed and at == len(text):
        raise _broken(text, at, "no end of the list")
    if listed and _end(_SPACE, text, at + 1) != len(text):
        raise _broken(text, at, "text after the list")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _decode_at(text: str, at: int) -> tuple[object, int]:
    try:
        return DECODER.raw_decode(text, at)
    except JSONDecodeError as error:
        raise _broken(text, error.pos, error.msg) from error
    except RecursionError as error:
        raise _broken(text, at, "nested too deeply") from error


def _broken(text: str, at: int, what: str) -> InputError:
    line = text.count("\n", 0, at) + 1
    return InputError(
        f"no JSON from line {line} on: {what}", "Correct it there; what stands before it was read."
    )
