"""Zip files and the XML in them, as strangers send them: every size is counted, nothing is written.

XML goes through expat as a stream, never into a tree; one that declares entities is refused, as neither
Word nor EPUB needs any.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from claimtrack.errors import InputError

MOST_FILES = 20_000
"""Files in a package; an illustrated book has hundreds, and each costs a kilobyte before it is read."""

MOST_BYTES = 50_000_000
"""Bytes that may come out of a package in all: twenty times the text of the longest novel."""

DEEPEST = 1_000
"""Elements within each other; Word nests a few dozen."""

_BLOCK = 65_536
"""Bytes unpacked at a time."""

_ENTRY = b"PK\x01\x02"
"""Begins each entry in a zip file's table of contents."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The two ways in which Word and EPUB files may be packed."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)
"""What zipfile raises of broken, cut, locked and unknown contents."""

Attributes = Mapping[str, str]


class Package:
    """A zip file opened for reading; what is read from it in all stays below ``MOST_BYTES``."""

    def __init__(self, raw: bytes, kind: str) -> None:
        """Opens the bytes; ``kind`` says in messages what the file should be."""
        if raw.count(_ENTRY) > MOST_FILES:
            raise InputError(f"holds more than {MOST_FILES:,} files, so it is no {kind}", _CHECK)
        self._kind = kind
        self._left = MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _BROKEN as error:
            raise broken(kind) from error
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str, largest: int = MOST_BYTES) -> bytes:
        """Returns a file of the package unpacked.

        Raises:
            InputError: It is not there, broken, locked, or has more bytes than ``largest``.
        """
        parts, size = [], 0
        for block in self.stream(name):
            size += len(block)
            if size > largest:
                raise _too_much(self._kind, largest)
            parts.append(block)
        return b"".join(parts)

    def stream(self, name: str) -> Iterator[bytes]:
        """Yields a file of the package unpacked, block by block; raises InputError as ``read`` does."""
        try:
            entry = self._zip.getinfo(name)
            if entry.compress_type not in _METHODS:  # the others are unpacked without a limit on each block
                raise broken(self._kind)
            if entry.flag_bits & 1:
                raise InputError(f"this {self._kind} has a password", "Save a copy without one.")
            if entry.file_size > self._left:  # what it says itself; what it holds is counted below
                raise _too_much(self._kind, MOST_BYTES)
            with self._zip.open(name) as opened:
                while block := opened.read(_BLOCK):
                    self._left -= len(block)
                    if self._left < 0:
                        raise _too_much(self._kind, MOST_BYTES)
                    yield block
        except (KeyError, *_BROKEN) as error:
            raise broken(self._kind) from error


def parse_xml(
    blocks: Iterator[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    kind: str,
) -> None:
    """Calls back for each element and text in an XML file; names are ``namespace local``.

    Raises:
        InputError: It is not well formed, declares entities or nests too deep.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise broken(kind)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def declared(*_: object) -> None:
        raise InputError(f"the XML in this {kind} declares entities, as no {kind} does", _CHECK)

    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = declared
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken(kind) from error


def local_name(name: str) -> str:
    """Returns a name without its namespace."""
    return name.rpartition(" ")[2]


def clean(text: str) -> str:
    """Returns a text on one line, without marks that are never printed."""
    return " ".join(re.sub(r"[\u00ad\u200b\ufeff]", "", text).split())


def broken(kind: str) -> InputError:
    """Returns the error of a package that cannot be read."""
    return InputError(f"this {kind} is broken or cut off", "Open it, save it again, or get it anew.")


def _too_much(kind: str, largest: int) -> InputError:
    return InputError(f"unpacks to more than {largest / 1_000_000:g} MB, so it is no {kind}", _CHECK)


_CHECK = "Check where it comes from; if it is genuine, save its text as .txt."
