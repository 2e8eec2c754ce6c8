"""Bytes of a file -> text, with a remark where the encoding had to be guessed."""

import codecs
import re
from typing import NamedTuple

from claimtrack.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 stands before UTF-16, whose mark its own begins with."""

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Control characters that no text has; escape is left out, as terminal output may be pasted in."""

MOST_CONTROL = 0.02
"""Share of control characters above which a file is binary; text has none, machine code one in five."""

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)

_PAGE_ENCODING = re.compile(r"ascii|cp\d|iso|koi8|mac|gb|big5|euc|shift|tis|utf-(?:8|16|32)")
"""Beginnings of the names of encodings that text is in; Python has others, for other things than text."""

_HEAD = 4096
"""Bytes at the start of a page in which its encoding must be declared; HTML asks for the first 1,024."""

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, EPUB or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
)


_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
"""Stands uncompressed at the beginning of the files that LibreOffice writes."""


class Decoded(NamedTuple):
    """A file's text without its byte order mark; ``remark`` says how the encoding was guessed."""

    text: str
    remark: str | None = None


def decode(raw: bytes, page: bool = False) -> Decoded:
    """Returns the text of a file's bytes, character for character.

    A byte order mark decides, else UTF-8, whose rules other text does not meet by chance, else
    (for a ``page``) what HTML declares, else Windows-1252, the other encoding of English text.

    Raises:
        InputError: The bytes are no text, or not in the encoding that their mark says.
    """
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            if _OPEN_DOCUMENT in raw[:100]:
                raise InputError(
                    "this is an OpenDocument file (.odt)", "Save it as .docx or plain text first."
                )
            raise InputError(f"this is {what}, not text", "Save it as plain text or HTML first.")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_checked(_decode_as(raw[len(mark) :], encoding)))
    try:
        return Decoded(_checked(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        declared = _declared(raw) if page else None
        decoded = Decoded(raw.decode(declared, "replace")) if declared else _guess(raw, error)
        return Decoded(_checked(decoded.text), decoded.remark)


def _decode_as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"its first bytes say {encoding.upper()}, but byte {error.start} does not fit that",
            "The file may be cut off. Save it again as UTF-8.",
        ) from error


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw, 0, _HEAD)
    if not match:
        return None
    name = encoding_named(match[1].decode("ascii", "replace"))
    return None if name is None or name.startswith("utf-") else name


def encoding_named(name: str) -> str | None:
    """Returns Python's name for an encoding that pages are in, as browsers take it; else ``None``."""
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if not _PAGE_ENCODING.match(encoding):
        return None
    return "cp1252" if encoding in ("iso8859-1", "ascii") else encoding


def _guess(raw: bytes, error: UnicodeDecodeError) -> Decoded:
    """Returns damaged UTF-8 with its broken bytes replaced, everything else as Windows-1252.

    UTF-8 that was cut or joined badly still holds more whole characters of several bytes than
    broken ones; in Windows-1252 such sequences are chance.
    """
    repaired = raw.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    whole = sum(1 for character in repaired if character > "\x7f") - broken
    if whole > broken:
        return Decoded(repaired, f"damaged UTF-8: {broken} places replaced, the first at byte {error.start}")
    return Decoded(raw.decode("cp1252", "replace"), f"not UTF-8 (byte {error.start}): read as Windows-1252")


def _checked(text: str) -> str:
    """Returns the text; raises InputError where it cannot be one."""
    if "\0" in text or len(_CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise InputError(
            "this is a binary file, not text", "If it is text, save it as UTF-8; if not, leave it out."
        )
    return text
