"""The records of a WARC file, packed or not, one after another in constant memory.

warcio reads their heads. What lies between is read here: warcio takes damage for the end of the file,
tells of it on standard error, and unpacks blocks at once however large they become.
"""

import gzip
import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from claimtrack.errors import InputError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeaders

LARGEST_HEAD = 100_000
"""Bytes of the head of a record, or of the answer in it; few have 5,000."""

_LONGEST_LENGTH = 15
"""Digits of a record's length; no disk holds a longer one."""

_BLOCK = 1_000_000
"""Bytes of a record left out that are read at once."""

_GZIP = b"\x1f\x8b"
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class DamageError(Exception):
    """The file cannot be read on from here; the message says why."""


class _Source(io.RawIOBase):
    """A stream that stays open when what reads from it is closed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Is true."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer and returns how far."""
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except EOFError as error:
        raise DamageError("its packing does not come to an end") from error
    except (zlib.error, gzip.BadGzipFile) as error:
        raise DamageError("its packing is damaged") from error


class _Lines:
    """The unpacked bytes of a file; lines are read no further than the head of a record may go."""

    def __init__(self, stream: BinaryIO) -> None:
        packed = io.BufferedReader(_Source(stream))
        is_packed = packed.peek(2)[:2] == _GZIP
        self._file: BinaryIO = gzip.GzipFile(fileobj=packed) if is_packed else packed  # type: ignore[assignment]
        self._head_left = LARGEST_HEAD

    def begin_record(self) -> bytes:
        """Returns the next line that is not empty, the first of a head; an empty one at the end."""
        self._head_left = LARGEST_HEAD
        return next((line for line in iter(self.readline, b"") if line.strip()), b"")

    def read(self, size: int) -> bytes:
        """Returns as many bytes, fewer only at the end; raises DamageError."""
        with _telling_damage():
            return self._file.read(size)

    def readline(self) -> bytes:
        """Returns a line; raises DamageError, also where the head has become too large."""
        with _telling_damage():
            line = self._file.readline(self._head_left + 1)
        self._head_left -= len(line)
        if self._head_left < 0:
            raise DamageError("the head of a record does not end")
        return line


def read_records(stream: BinaryIO) -> "Iterator[ArcWarcRecord]":
    """Yields the records; what is not read of one is passed over before the next.

    Raises:
        DamageError: The file is cut off or damaged; what is intact before has been yielded.
        InputError: warcio is not installed.
    """
    loader = _loader()
    from warcio.exceptions import ArchiveLoadFailed

    lines = _Lines(stream)
    while start := lines.begin_record():
        try:
            record = loader.parse_record_stream(lines, start, "warc", no_record_parse=True)
        except ArchiveLoadFailed as error:
            raise DamageError("no record begins where one should") from error
        length = record.rec_headers.get_header("Content-Length") or ""
        if not (length.isascii() and length.isdecimal()) or len(length) > _LONGEST_LENGTH:
            raise DamageError("a record does not say how long it is")
        yield record
        while record.raw_stream.read(_BLOCK):
            pass
        if record.raw_stream.limit:
            raise DamageError("its last record is cut off")


def read_answer(record: "ArcWarcRecord") -> "tuple[StatusAndHeaders, bytes] | None":
    """Returns the head of the answer in a record and the first bytes after it; ``None`` for no answer."""
    start: bytes = record.raw_stream.read(LARGEST_HEAD)
    end = _HEAD_END.search(start)
    if end is None or not start.startswith(b"HTTP/"):
        return None
    return _loader().http_parser.parse(io.BytesIO(start[: end.end()])), start[end.end() :]


def read_rest(record: "ArcWarcRecord") -> bytes:
    """Returns what is left of a record; raises DamageError where it is cut off."""
    rest: bytes = record.raw_stream.read(record.raw_stream.limit)
    if record.raw_stream.limit:
        raise DamageError("its last record is cut off")
    return rest


@cache
def _loader() -> "ArcWarcRecordLoader":
    try:
        from warcio.recordloader import ArcWarcRecordLoader
    except ImportError as error:
        raise InputError(
            "crawls need the package warcio", 'Install it: pip install "claimtrack[warc]"'
        ) from error
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    return ArcWarcRecordLoader(verify_http=False, arc2warc=False)
