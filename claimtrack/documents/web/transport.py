"""One request over http or https -> status, headers and body, within limits of time and size.

The name is looked up once, and the connection goes to the very number that was checked: a name that
changes its meaning in between leads nowhere. Neither proxies nor cookies are used.
"""

import io
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from claimtrack.documents.web import addresses
from claimtrack.errors import InputError

BY_HAND = "Open it in a browser, save the page and ingest the .html file."
"""What always helps where a page is kept from programs."""

OVERHEAD = 1_000_000
"""Bytes that may come besides the body: headers, marks of pieces, interim answers."""

MOST_MEMBERS = 100
"""Packed pieces in one gzip body; there is one, or a few where a server joins files."""

_CHUNK = 65_536
_ANY_PACKING = 47
"""zlib's window bits for gzip and zlib data, told apart by their first bytes."""


class NotFetched(InputError):
    """A page that could not be fetched; ``status`` is the server's where it gave an answer."""

    def __init__(self, message: str, hint: str = BY_HAND, status: int | None = None) -> None:
        super().__init__(message, hint)
        self.status = status


class Bounds(NamedTuple):
    """What one request may take: ``deadline`` is a time of the monotonic clock, ``largest`` in bytes.

    With ``cut`` what is larger is cut off there and is no error.
    """

    deadline: float
    connect_seconds: float
    largest: int
    allow_private: bool
    cut: bool = False

    def left(self) -> float:
        """Returns the seconds that are left; raises TimeoutError where none are."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class Answer(NamedTuple):
    """What a server answered; the body is unpacked, and empty where the status is not 200."""

    status: int
    headers: HTTPMessage
    body: bytes


def request(address: str, agent: str, bounds: Bounds) -> Answer:
    """Returns the answer to a request for a checked address; it may be a redirect or a refusal.

    Raises:
        NotFetched: There is no complete answer within the bounds.
    """
    host = urlsplit(address).hostname or ""
    try:
        with closing(_connect(address, bounds)) as connection:
            stream = _TimedSocket(connection, bounds)
            stream.sendall(_question(address, agent))
            with closing(HTTPResponse(cast(socket.socket, stream), method="GET")) as response:
                response.begin()
                body = _body(response, bounds) if response.status == 200 else b""
                return Answer(response.status, response.headers, body)
    except TimeoutError:
        raise NotFetched(
            f"{host} has not sent the whole page in time", "Try again later. " + BY_HAND
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise NotFetched(f"{host} cannot prove who it is ({error.verify_message})") from error
    except socket.gaierror as error:
        hint = "Check the address's spelling and your connection."
        raise NotFetched(f"there is no web server called {host}, or no network", hint) from error
    except (HTTPException, zlib.error) as error:
        raise NotFetched(f"{host} sent an answer that is damaged or breaks off") from error
    except OSError as error:
        hint = "Check the address and your connection, or try again later."
        raise NotFetched(f"the connection to {host} failed ({error.strerror or error})", hint) from error


def _question(address: str, agent: str) -> bytes:
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = (
        f"GET {target} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"User-Agent: {agent}",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language: en,*;q=0.5",
        "Accept-Encoding: gzip",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


def _connect(address: str, bounds: Bounds) -> socket.socket:
    """Returns a connection to the first number of the host that may be used and answers."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or addresses.DEFAULT_PORTS[parts.scheme]
    failure: OSError | None = None
    for family, number in _numbers(host, port, bounds.allow_private):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(min(bounds.connect_seconds, bounds.left()))
            connection.connect(number)
            if parts.scheme == "https":
                connection.settimeout(bounds.left())
                return _context().wrap_socket(connection, server_hostname=host)
            return connection
        except OSError as error:
            connection.close()
            failure = error
        except BaseException:
            connection.close()
            raise
    if isinstance(failure, TimeoutError):
        raise NotFetched(f"{host} does not answer", "Check the address, or try again later.")
    raise failure or OSError("it has no address")


def _numbers(host: str, port: int, allow_private: bool) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yields the family and number of each address of a host that may be used."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    usable = False
    for family, _, _, _, number in found:
        if family not in (socket.AF_INET, socket.AF_INET6):
            continue
        if allow_private or addresses.is_public(str(number[0])):
            usable = True
            yield family, cast(tuple[str, int], number)
    if not usable:
        raise NotFetched(
            f"{host} is this machine or one of a private network, which a page may not be read from",
            "If it is your own archive, allow it with --allow-private.",
        )


@cache
def _context() -> ssl.SSLContext:
    """Returns what trusts the system's certificates, and certifi's where that is installed."""
    context = ssl.create_default_context()
    with suppress(ImportError):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


class _TimedSocket:
    """What ``http.client`` asks of a socket; all waiting together ends at the deadline."""

    def __init__(self, connection: socket.socket, bounds: Bounds) -> None:
        self._connection = connection
        self._bounds = bounds

    def sendall(self, content: bytes) -> None:
        self._connection.settimeout(self._bounds.left())
        self._connection.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedStream(self._connection, self._bounds), _CHUNK)


class _TimedStream(io.RawIOBase):
    """The bytes of a connection, until the deadline or far more than the body may have."""

    def __init__(self, connection: socket.socket, bounds: Bounds) -> None:
        self._connection = connection
        self._bounds = bounds
        self._most = 2 * bounds.largest + OVERHEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._connection.settimeout(self._bounds.left())
        count = self._connection.recv_into(buffer)
        self._most -= count
        if self._most < 0:
            raise _too_large(self._bounds.largest)
        return count


def _body(response: HTTPResponse, bounds: Bounds) -> bytes:
    """Returns the whole body, unpacked; raises NotFetched where it is too large or breaks off."""
    if not bounds.cut and (response.length or 0) > bounds.largest:
        raise _too_large(bounds.largest)
    pieces: list[bytes] = []
    size = 0
    for piece in _unpacked(response, bounds.largest + 1):
        size += len(piece)
        pieces.append(piece)
        if size > bounds.largest:
            if bounds.cut:
                return b"".join(pieces)[: bounds.largest]
            raise _too_large(bounds.largest)
    return b"".join(pieces)


def _unpacked(response: HTTPResponse, most: int) -> Iterator[bytes]:
    """Yields the body piece by piece, at most ``most`` bytes at once; no more is taken than asked for."""
    packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing == "identity":
        yield from _sent(response)
    elif packing in ("gzip", "x-gzip", "deflate"):
        yield from _unzipped(_sent(response), most, packing)
    else:
        raise NotFetched(f"the page is packed in a way that was not asked for ({packing[:40]!r})")


def _sent(response: HTTPResponse) -> Iterator[bytes]:
    while piece := response.read(_CHUNK):
        yield piece
    if response.length:
        raise NotFetched(f"the page breaks off: {response.length} bytes of it did not come", "Try again.")


def _unzipped(pieces: Iterator[bytes], most: int, packing: str) -> Iterator[bytes]:
    unpacker = None
    members = 0
    for piece in pieces:
        rest = piece
        while rest:
            if unpacker is None or unpacker.eof:
                members += 1
                if members > MOST_MEMBERS:
                    raise NotFetched("the page is packed in far too many pieces")
                unpacker = zlib.decompressobj(_window_bits(rest, packing))
            yield unpacker.decompress(rest, most)
            rest = unpacker.unused_data
    if unpacker is not None and not unpacker.eof:
        raise NotFetched("the page breaks off: its packing does not come to an end", "Try again.")


def _window_bits(start: bytes, packing: str) -> int:
    """Returns how deflate data begins: some servers leave its two bytes of header out."""
    if packing == "deflate" and (len(start) < 2 or start[0] & 0x0F != 8 or (start[0] << 8 | start[1]) % 31):
        return -zlib.MAX_WBITS
    return _ANY_PACKING


def _too_large(largest: int) -> NotFetched:
    return NotFetched(
        f"larger than {largest / 1_000_000:g} MB, so no news article",
        "Allow more with largest_file in claimtrack.toml if it is one.",
    )
