"""The answer of a web server as a crawl keeps it -> its media type and the text in it."""

import codecs
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.documents.decoding import Decoded, decode, encoding_named
from claimtrack.documents.forms import too_large
from claimtrack.errors import InputError

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

_GZIP = b"\x1f\x8b"
_AS_IT_IS = ("", "identity", "none", "utf-8")
"""Content encodings that pack nothing; the last is a common mistake for the charset."""


class Answer(NamedTuple):
    """What the head of an HTTP answer says: names in lower case, empty where nothing is said."""

    status: str
    media_type: str
    charset: str
    packing: str
    chunked: bool


def read_head(headers: "StatusAndHeaders") -> Answer:
    """Returns what the head of an answer says of what follows."""
    kind = headers.get_header("Content-Type") or ""
    charset = _CHARSET.search(kind)
    return Answer(
        status=headers.get_statuscode(),
        media_type=kind.split(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else "",
        packing=(headers.get_header("Content-Encoding") or "").strip().lower().removeprefix("x-"),
        chunked="chunked" in (headers.get_header("Transfer-Encoding") or "").lower(),
    )


def unpack(raw: bytes, answer: Answer, largest: int) -> bytes:
    """Returns the page in an answer's body, as the server had it before it was packed for sending.

    Many crawlers unpack what they keep and leave the old head before it: what is not packed is taken
    as it is.

    Raises:
        InputError: It is damaged, larger than ``largest`` bytes or packed in a way not understood.
    """
    if answer.chunked:
        from warcio.bufferedreaders import ChunkedDataReader

        raw = ChunkedDataReader(BytesIO(raw)).read()
    if answer.packing == "gzip":
        return _inflated(raw, 16 + zlib.MAX_WBITS, largest) if raw.startswith(_GZIP) else raw
    if answer.packing in _AS_IT_IS or raw.lstrip().startswith(b"<"):
        return raw
    if answer.packing != "deflate":
        raise InputError(
            f"packed as {answer.packing[:20]}, which is not read", "Crawl it again asking for gzip only."
        )
    try:
        return _inflated(raw, zlib.MAX_WBITS, largest)
    except _NotPackedError:  # some servers leave out the two bytes that say how it is packed
        return _inflated(raw, -zlib.MAX_WBITS, largest)


class _NotPackedError(InputError):
    """The bytes are not packed as was said."""


def _inflated(raw: bytes, window: int, largest: int) -> bytes:
    """Returns the bytes unpacked; raises InputError where they are damaged, cut off or too many."""
    try:
        unpacker = zlib.decompressobj(window)
        page = unpacker.decompress(raw, largest + 1)
    except zlib.error as error:
        raise _NotPackedError("its packed content is damaged", "Crawl it again.") from error
    if len(page) > largest:
        raise too_large(largest)
    if not unpacker.eof:
        raise InputError("its packed content is cut off", "Crawl it again.")
    return page


def page_text(raw: bytes, charset: str) -> Decoded:
    """Returns a page's text: UTF-8 where it is valid, else as the server said, else as the page says."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        name = encoding_named(charset)
        if name not in (None, "utf-8") and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return decode(raw.decode(name, "replace").encode("utf-8", "replace"))
    return decode(raw, page=True)
