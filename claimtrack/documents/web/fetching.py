"""Web addresses -> bytes: redirects followed, ``robots.txt`` obeyed, hosts left in peace between pages.

Everything is fetched one after the other. A page comes whole or not at all: what breaks off, takes too
long or is too large is said, and how to go on.
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, urljoin, urlsplit

from claimtrack import __version__
from claimtrack.documents.web.addresses import check_address, origin_of
from claimtrack.documents.web.robots import LARGEST, Rules, read_rules
from claimtrack.documents.web.transport import BY_HAND, Answer, Bounds, NotFetched, request
from claimtrack.errors import InputError
from claimtrack.models import Value
from claimtrack.settings import Settings

AGENT = "claimtrack"
"""The name that a ``robots.txt`` may use for this program."""

LONGEST_PAUSE = 30.0
"""Seconds that a ``robots.txt`` may ask to leave between two pages; with more no batch would end."""

_REDIRECTS = (301, 302, 303, 307, 308)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)

_REFUSALS = {
    401: ("it asks for a login", BY_HAND),
    402: ("it asks for payment", BY_HAND),
    403: ("it keeps programs out, or asks for a login", BY_HAND),
    404: ("there is no such page", "Check the address; if the page is gone, look for it in web.archive.org."),
    410: ("the page was taken down", "Look for it in web.archive.org."),
    429: ("it was asked for too much", "Wait and try again"),
    451: ("it may not be shown here for legal reasons", "Look for it in web.archive.org."),
    503: ("it is overloaded, or keeps programs out", "Wait and try again"),
}
"""What a status means for the reader, and what to do."""


class Limits(Value):
    """What fetching may take."""

    seconds: float = 60.0
    """For one page with all its redirects; a page that takes longer is served drop by drop."""

    connect_seconds: float = 10.0
    """For a connection to each number of a host; across the world it takes half a second."""

    largest: int = 25_000_000
    """Bytes of a page, unpacked."""

    redirects: int = 10
    """For one page; browsers follow 20; a shortened link to a mobile edition takes 4."""

    pause: float = 1.0
    """Seconds between two pages of one host, where its ``robots.txt`` does not ask for more."""

    allow_private: bool = False
    """Whether this machine and private networks may be read from."""

    contact: str = ""
    """Address of who runs this, for the owners of the sites; it is sent with each request."""

    @classmethod
    def of(cls, settings: Settings, allow_private: bool = False) -> "Limits":
        """Returns the limits that the settings give."""
        return cls(
            seconds=settings.fetch_seconds,
            largest=settings.largest_file,
            pause=settings.fetch_pause,
            allow_private=allow_private or settings.allow_private,
            contact=settings.contact,
        )

    @property
    def agent(self) -> str:
        """Returns what the program calls itself."""
        contact = "".join(character for character in self.contact if " " < character < "\x7f")
        return f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else "")


class Fetched(Value):
    """A page as it was served: ``url`` after all redirects, ``media_type`` and ``charset`` as declared.

    ``media_type`` and ``charset`` are in lower case and empty where the server names none;
    ``retrieved_at`` is an ISO time in UTC.
    """

    asked: str
    url: str
    status: int = 200
    media_type: str
    charset: str
    body: bytes
    retrieved_at: str


def fetch(url: str, limits: Limits | None = None) -> Fetched:
    """Returns one page; raises NotFetched or InputError with what is wrong."""
    return Fetcher(limits or Limits()).fetch(url)


def utc_now() -> datetime:
    """Returns the time at which something is fetched."""
    return datetime.now(UTC)


class Fetcher:
    """Fetches pages one after the other; keeps what hosts ask for, and when they were last asked."""

    def __init__(self, limits: Limits, now: Callable[[], datetime] = utc_now) -> None:
        self.limits = limits
        self._now = now
        self._rules: dict[str, Rules | NotFetched] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """Returns a page.

        Raises:
            InputError: This is no web address.
            NotFetched: The page cannot or may not be fetched, or not all of it.
        """
        asked = check_address(url)
        final = asked
        self._wait_for(asked)
        try:
            final, answer = self._follow(asked, self._bounds())
        finally:
            for address in (asked, final):
                self._last[origin_of(address)] = time.monotonic()
        if answer.status != HTTPStatus.OK:
            raise _refusal(answer, final)
        declared = answer.headers.get("Content-Type") or ""
        charset = _CHARSET.search(declared)
        return Fetched(
            asked=asked,
            url=final,
            status=answer.status,
            media_type=declared.split(";")[0].strip().lower(),
            charset=charset[1].lower() if charset else "",
            body=answer.body,
            retrieved_at=self._now().isoformat(timespec="seconds"),
        )

    def _bounds(self) -> Bounds:
        limits = self.limits
        deadline = time.monotonic() + limits.seconds
        return Bounds(deadline, limits.connect_seconds, limits.largest, limits.allow_private)

    def _follow(self, address: str, bounds: Bounds, checked: bool = True) -> tuple[str, Answer]:
        """Returns the last address of a chain of redirects, and its answer."""
        seen = [address]
        while True:
            if checked:
                self._check_rules(address)
            answer = request(address, self.limits.agent, bounds)
            if answer.status not in _REDIRECTS:
                return address, answer
            address = _next_address(address, answer)
            if address in seen:
                raise NotFetched(
                    f"the page leads in a circle, back to {address}", "It may ask for cookies. " + BY_HAND
                )
            seen.append(address)
            if len(seen) > self.limits.redirects + 1:
                raise NotFetched(f"the page leads on more than {self.limits.redirects} times")

    def _check_rules(self, address: str) -> None:
        """Raises NotFetched where the site's ``robots.txt`` does not want the address fetched."""
        rules = self._rules_of(origin_of(address))
        if isinstance(rules, NotFetched):
            raise NotFetched(rules.message, rules.hint, rules.status)
        if not rules.allow(address):
            raise NotFetched(f"{origin_of(address)}/robots.txt asks programs not to fetch this page")

    def _rules_of(self, origin: str) -> Rules | NotFetched:
        """Returns what a site asks of programs; a failure where that cannot be told.

        A site without a ``robots.txt`` (any status of 400 to 499) asks for nothing; one that fails
        to give it (500 and more, or no answer) is not to be fetched from, as RFC 9309 has it.
        """
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(f"{origin}/robots.txt")
        return self._rules[origin]

    def _read_rules(self, address: str) -> Rules | NotFetched:
        try:
            _, answer = self._follow(
                address, self._bounds()._replace(largest=LARGEST, cut=True), checked=False
            )
        except NotFetched as error:
            return error
        except InputError:
            return Rules()  # it leads to what is no web page
        if answer.status >= 500:
            message = f"{address} cannot be read (status {answer.status}), so nothing is fetched there"
            return NotFetched(message, "Try again later. " + BY_HAND, answer.status)
        return read_rules(answer.body.decode("utf-8", "replace"), AGENT)

    def _wait_for(self, address: str) -> None:
        """Waits until the host may be asked for its next page."""
        origin = origin_of(address)
        if origin not in self._last:
            return
        rules = self._rules.get(origin)
        asked = rules.pause if isinstance(rules, Rules) else 0.0
        pause = max(self.limits.pause, min(asked, LONGEST_PAUSE))
        time.sleep(max(0.0, self._last[origin] + pause - time.monotonic()))


def _next_address(address: str, answer: Answer) -> str:
    """Returns where a redirect leads; raises NotFetched where that is no web page."""
    location = answer.headers.get("Location")
    if not location:
        raise NotFetched(f"the page leads on, but does not say where (status {answer.status})")
    raw = location.encode("latin-1", "replace")  # http.client reads headers so; servers send UTF-8
    try:
        joined = urljoin(address, quote(raw, safe="%/:=&?~#+!$,;'@()*[]|\\ "))
        return check_address(joined)
    except (ValueError, InputError) as error:
        why = error.message if isinstance(error, InputError) else str(error)
        raise NotFetched(f"the page leads to {location[:100]!r}: {why}") from error


def _refusal(answer: Answer, address: str) -> NotFetched:
    """Returns what a status other than 200 means."""
    status = answer.status
    host = urlsplit(address).hostname
    if answer.headers.get("cf-mitigated"):
        return NotFetched(f"{host} wants to see a person first (status {status})", BY_HAND, status)
    what, hint = _REFUSALS.get(status, ("", "Try again later. " + BY_HAND))
    if status in (429, 503):
        seconds = answer.headers.get("Retry-After", "")
        wait = f" after {seconds} seconds" if seconds.isdecimal() and len(seconds) < 8 else " later"
        hint = f"{hint}{wait}. {BY_HAND}"
    told = f": {what}" if what else ""
    return NotFetched(f"{host} refused the page with status {status}{told}", hint, status)
