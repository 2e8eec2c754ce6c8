"""Web addresses as people and pages write them -> addresses that may be asked for.

What stands in an address says little about where it leads: ``2130706433`` and ``0177.1`` are numbers for
this machine, and a name may stand for any number. So the name is only checked for its form here, and
the number it stands for is checked by ``is_public`` when the connection is made.
"""

import ipaddress
import re
from urllib.parse import SplitResult, quote, urldefrag, urlsplit, urlunsplit

from claimtrack.errors import InputError

SCHEMES = ("http", "https")

LONGEST_ADDRESS = 8_000
"""Characters; servers refuse more, and what is longer is no address but a mistake."""

LONGEST_HOST = 253
"""Characters of a name, as the name system has it."""

DEFAULT_PORTS = {"http": 80, "https": 443}

_START = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9._])?|[0-9a-f:.]*:[0-9a-f:.]*")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
_SAFE_PATH = "%/:=&?~+!$,;'@()*[]|"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LIKENESS_LABELS = ("www.", "m.", "amp.", "mobile.")

_HOW = "Give the page's whole address, as the browser shows it: https://example.org/story"


def is_address(text: str) -> bool:
    """Does a text begin as a web address does?"""
    return bool(_START.match(text))


def check_address(text: str) -> str:
    """Returns an address in its plain form: ASCII, name in lower case, without a fragment.

    Raises:
        InputError: It is none, names a user, or is not for http or https.
    """
    if len(text) > LONGEST_ADDRESS:
        raise InputError(f"a web address of {len(text)} characters is none", _HOW)
    text = text.strip()
    if _CONTROL.search(text.replace(" ", "")):
        raise InputError("control characters stand in this web address", _HOW)
    try:
        parts = urlsplit(urldefrag(text)[0])
        port = parts.port
    except ValueError as error:
        raise InputError(f"this is no web address ({error})", _HOW) from error
    if parts.scheme not in SCHEMES:
        what = f"{parts.scheme}: is" if parts.scheme else "this is no web address; anything else is"
        raise InputError(f"{what} not fetched, only http and https are", _HOW)
    if "@" in parts.netloc:
        raise InputError(
            "this web address holds a user name or password", "Leave out what stands before the @."
        )
    host = _host(parts)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{shown}:{port}"
    path = quote(parts.path, safe=_SAFE_PATH) or "/"
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_SAFE_PATH), ""))


def _host(parts: SplitResult) -> str:
    """Returns the host in ASCII and lower case; raises InputError for one that cannot be."""
    name = parts.hostname or ""
    try:
        host = name if ":" in name else name[: LONGEST_HOST + 1].encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    is_bracketed = "[" in parts.netloc
    if len(name) > LONGEST_HOST or is_bracketed != (":" in host) or not _HOST.fullmatch(host):
        raise InputError(f"{name[:100]!r} is no name of a web server", _HOW)
    return host


def origin_of(address: str) -> str:
    """Returns scheme, host and port of a checked address: what one ``robots.txt`` is for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def are_of_one_site(first: str, second: str) -> bool:
    """Do two addresses name the same host, ``www.`` and the marks of mobile editions aside?"""
    return _site(first) == _site(second) != ""


def _site(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    for label in _LIKENESS_LABELS:
        host = host.removeprefix(label)
    return host


def is_public(number: str) -> bool:
    """Is this network address one of the open Internet: not of this machine or a private network?

    An IPv4 address that is wrapped in an IPv6 one (mapped, 6to4, Teredo, NAT64) counts as itself.
    """
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if wrapped is None and address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_link_local)
