import gzip
import shutil
import socket
import ssl
import struct
import subprocess
import time
import zlib
from datetime import UTC, datetime

import pytest
from patience import PATIENCE
from web_server import Page, Site

from claimtrack import __version__
from claimtrack.documents.web import addresses, fetching, transport
from claimtrack.documents.web.fetching import Fetcher, Limits, NotFetched, fetch
from claimtrack.errors import InputError

STORY = b"<html><body><p>The dam will be built, Orth said.</p></body></html>"
QUICK = Limits(allow_private=True, pause=0, seconds=PATIENCE, connect_seconds=PATIENCE, largest=200_000)
NOW = datetime(2025, 9, 27, 10, 0, tzinfo=UTC)


@pytest.fixture
def site():
    served = Site()
    yield served
    served.close()


def get(address, limits=QUICK):
    return Fetcher(limits, lambda: NOW).fetch(address)


def refusal(address, limits=QUICK):
    with pytest.raises(InputError) as caught:
        get(address, limits)
    assert caught.value.hint, caught.value.message
    return caught.value


# --- what comes back --------------------------------------------------------------------------------


def test_a_page_as_it_is_served(site):
    site.put("/dam", STORY, "Text/HTML; Charset=ISO-8859-1")
    fetched = get(site.root + "/dam#top")
    assert fetched.body == STORY
    assert (fetched.asked, fetched.url) == (site.root + "/dam", site.root + "/dam")
    assert (fetched.media_type, fetched.charset, fetched.status) == ("text/html", "iso-8859-1", 200)
    assert fetched.retrieved_at == "2025-09-27T10:00:00+00:00"


def test_it_says_who_it_is_and_asks_for_english(site):
    site.put("/dam", STORY)
    get(site.root + "/dam", QUICK.model_copy(update={"contact": "https://desk.example/bot\r\nX-Evil: 1"}))
    for headers in site.headers:
        assert headers["User-Agent"] == f"claimtrack/{__version__} (+https://desk.example/botX-Evil:1)"
        assert headers["Host"] == f"127.0.0.1:{site.port}"
        assert headers["Accept-Language"].startswith("en")
        assert "X-Evil" not in headers
        assert "Cookie" not in headers
    get(site.root + "/dam")
    assert site.headers[-1]["User-Agent"] == f"claimtrack/{__version__}"


def test_the_plain_function(site):
    assert fetch(site.put("/dam", STORY), QUICK).body == STORY


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        pytest.param("gzip", gzip.compress(STORY), id="gzip"),
        pytest.param("GZip", gzip.compress(STORY), id="letter case"),
        pytest.param("x-gzip", gzip.compress(STORY[:9]) + gzip.compress(STORY[9:]), id="two members"),
        pytest.param("deflate", zlib.compress(STORY), id="deflate"),
        pytest.param("deflate", zlib.compress(STORY, wbits=-15), id="deflate without its header"),
        pytest.param("identity", STORY, id="identity"),
    ],
)
def test_a_packed_page_is_unpacked(site, packing, body):
    assert get(site.put("/p", body, headers=(("Content-Encoding", packing),))).body == STORY


def test_neither_length_nor_type(site):
    fetched = get(site.put("/p", STORY, "", sized=False))
    assert (fetched.body, fetched.media_type, fetched.charset) == (STORY, "", "")


def test_pieces_of_unknown_number(site):
    def send(handler):
        for piece in (STORY[:10], STORY[10:]):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\nTrailer: x\r\n\r\n")

    site.pages["/p"] = Page(headers=(("Transfer-Encoding", "chunked"),), send=send)
    assert get(site.root + "/p").body == STORY


# --- slow, broken and endless answers ---------------------------------------------------------------


def silent(handler):
    time.sleep(PATIENCE)


def drip(handler):
    for _ in range(2_000):
        handler.wfile.write(b"a")
        time.sleep(0.05)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(handler)


def endless_interim(handler):
    while True:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n" * 100)


def endless_chunk_size(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        handler.wfile.write(b"0" * 60_000)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(silent, id="silent"),
        pytest.param(Page(send=silent), id="silent after the headers"),
        pytest.param(Page(send=drip), id="drop by drop"),
        pytest.param(drip_headers, id="headers drop by drop"),
    ],
)
def test_what_takes_too_long_is_given_up(site, answer):
    site.pages["/p"] = answer
    fetcher = Fetcher(QUICK)
    fetcher.fetch(site.put("/before", STORY))  # so that robots.txt is read without haste
    fetcher.limits = QUICK.model_copy(update={"seconds": 1.0})
    started = time.monotonic()
    with pytest.raises(NotFetched, match=r"in time|does not answer"):
        fetcher.fetch(site.root + "/p")
    assert time.monotonic() - started < 60  # the site goes on for longer


def break_off(handler):
    handler.wfile.write(STORY[:20])


def break_off_piece(handler):
    handler.wfile.write(b"ff\r\n" + STORY[:20])


def reset(handler):
    handler.wfile.write(STORY[:20])
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def raw(answer):
    return lambda handler: handler.wfile.write(answer)


BROKEN_GZIP = gzip.compress(STORY)[:-9]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(Page(headers=(("Content-Length", "999"),), send=break_off), "breaks off", id="mid-body"),
        pytest.param(
            Page(headers=(("Transfer-Encoding", "chunked"),), send=break_off_piece),
            "breaks off",
            id="mid-piece",
        ),
        pytest.param(Page(headers=(("Content-Length", "999"),), send=reset), "connection", id="reset"),
        pytest.param(Page(BROKEN_GZIP, headers=(("Content-Encoding", "gzip"),)), "breaks off", id="cut gzip"),
        pytest.param(Page(STORY, headers=(("Content-Encoding", "gzip"),)), "damaged", id="no gzip"),
        pytest.param(Page(STORY, headers=(("Content-Encoding", "br"),)), "packed", id="another packing"),
        pytest.param(
            Page(gzip.compress(b"") * 200, headers=(("Content-Encoding", "gzip"),)),
            "pieces",
            id="gzip crumbs",
        ),
        pytest.param(raw(b""), "breaks off", id="nothing"),
        pytest.param(raw(b"SSH-2.0-OpenSSH\r\n"), "breaks off", id="another protocol"),
        pytest.param(
            raw(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n"), "breaks off", id="500 headers"
        ),
        pytest.param(
            raw(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 99_999 + b"\r\n\r\n"), "breaks off", id="huge header"
        ),
        pytest.param(
            raw(b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n" + b"a" * 300_000),
            "larger",
            id="length below 0",
        ),
        pytest.param(raw(b"HTTP/1.1 99999 OK\r\n\r\n"), "breaks off", id="no such status"),
    ],
)
def test_a_broken_answer_is_no_page(site, answer, words):
    site.pages["/p"] = answer
    error = refusal(site.root + "/p")
    assert words in error.message
    assert isinstance(error, NotFetched)


def endless(handler):
    while True:
        handler.wfile.write(b"a" * 60_000)


BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Page(send=endless), id="endless"),
        pytest.param(Page(headers=(("Content-Length", "200000000"),), send=endless), id="200 MB declared"),
        pytest.param(Page(BOMB, headers=(("Content-Encoding", "gzip"),)), id="gzip bomb"),
        pytest.param(
            Page(zlib.compress(b"\0" * 9_000_000), headers=(("Content-Encoding", "deflate"),)), id="bomb"
        ),
        pytest.param(endless_interim, id="endless interim answers"),
        pytest.param(endless_chunk_size, id="endless size of a piece"),
    ],
)
def test_what_is_too_large_is_given_up(site, answer):
    site.pages["/p"] = answer
    error = refusal(site.root + "/p")  # an endless one that is not cut off takes all of PATIENCE
    assert "larger" in error.message or "damaged" in error.message


def test_a_page_of_just_the_largest_size(site):
    address = site.put("/p", b"a" * QUICK.largest, "text/plain")
    assert len(get(address).body) == QUICK.largest
    site.put("/p", b"a" * (QUICK.largest + 1), "text/plain")
    assert "larger than 0.2 MB" in refusal(address).message


def test_a_bomb_takes_little_memory(site):
    import tracemalloc

    address = site.put("/p", BOMB, headers=(("Content-Encoding", "gzip"),))
    tracemalloc.start()
    refusal(address)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


# --- redirects --------------------------------------------------------------------------------------


def test_redirects_are_followed_to_the_end(site):
    site.put("/dam/story", STORY)
    site.redirect("/a", "/b?x=1", 301)
    site.redirect("/b", "dam/st%6Fry#part", 308)
    site.put("/dam/st%6Fry", STORY)
    fetched = get(site.root + "/a")
    assert (fetched.asked, fetched.url) == (site.root + "/a", site.root + "/dam/st%6Fry")
    assert fetched.body == STORY


def test_a_redirect_in_another_alphabet(site):
    site.put("/caf%C3%A9", STORY)
    site.pages["/a"] = raw("HTTP/1.1 302 Found\r\nLocation: /café\r\nContent-Length: 0\r\n\r\n".encode())
    assert get(site.root + "/a").url == site.root + "/caf%C3%A9"


@pytest.mark.parametrize(
    ("to", "words"),
    [
        pytest.param("/a", "circle", id="loop of one"),
        pytest.param("/b", "circle", id="loop of two"),
        pytest.param("file:///etc/passwd", "file: is not fetched", id="file"),
        pytest.param("ftp://example.org/x", "ftp: is not fetched", id="ftp"),
        pytest.param("javascript:alert(1)", "javascript: is not fetched", id="javascript"),
        pytest.param("http://user:secret@example.org/", "user name", id="user"),
        pytest.param("http://[::1/", "leads to", id="no address"),
        pytest.param("", "does not say where", id="nowhere"),
    ],
)
def test_a_redirect_that_leads_nowhere(site, to, words):
    site.redirect("/b", "/a")
    site.redirect("/a", to)
    assert words in refusal(site.root + "/a").message


def test_too_many_redirects(site):
    for number in range(20):
        site.redirect(f"/{number}", f"/{number + 1}")
    site.put("/20", STORY)
    assert "more than 10 times" in refusal(site.root + "/0").message
    assert get(site.root + "/10").body == STORY


def test_a_chain_of_slow_redirects_has_one_deadline(site):
    def slow(handler):
        time.sleep(0.3)
        number = int(handler.path[1:])
        handler.wfile.write(
            b"HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n" % (number + 1)
        )

    site.pages.update({f"/{number}": slow for number in range(20)})
    told = refusal(site.root + "/0", QUICK.model_copy(update={"seconds": 0.8})).message
    assert "in time" in told or "does not answer" in told  # within a page, or between two
    assert len([path for path in site.asked if path != "/robots.txt"]) <= 3


# --- private networks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "[::1]",
        "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "10.0.0.1",
        "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fc00::1]", "[fec0::1]",
        "224.0.0.1", "[ff02::1]", "255.255.255.255", "240.0.0.1", "192.0.2.1", "１２７.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_private_numbers_are_refused_in_every_spelling(site, host):
    site.put("/p", STORY)
    error = refusal(f"http://{host}:{site.port}/p", QUICK.model_copy(update={"allow_private": False}))
    assert "private network" in error.message or "no web server" in error.message
    assert not site.asked


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:5db8:d822::f5ff:fffe", False),
        ("fe80::1%eth0", False),
        ("::7f00:1", False),
        ("::", False),
        ("198.18.0.1", False),
    ],
)
def test_which_numbers_are_public(number, expected):
    assert addresses.is_public(number) is expected


@pytest.fixture
def only_this_number_is_public(monkeypatch):
    monkeypatch.setattr(addresses, "is_public", lambda number: number == "127.0.0.1")
    return QUICK.model_copy(update={"allow_private": False})


@pytest.mark.parametrize("host", ["127.0.0.2", "[::1]", "169.254.169.254"])
def test_a_redirect_into_a_private_network(site, only_this_number_is_public, host):
    site.redirect("/a", f"http://{host}:{site.port}/p")
    site.put("/p", STORY)
    assert get(site.root + "/p", only_this_number_is_public).body == STORY
    assert "private network" in refusal(site.root + "/a", only_this_number_is_public).message


def test_the_number_that_was_checked_is_the_one_connected_to(site, monkeypatch, only_this_number_is_public):
    """A name that means something else when it is asked again (DNS rebinding)."""
    meanings = iter(["127.0.0.1", "127.0.0.1", *["10.0.0.1"] * 9])
    asked = []

    def look_up(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(meanings), site.port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    site.put("/p", STORY)
    assert get("http://rebind.example/p", only_this_number_is_public).body == STORY
    assert asked == ["rebind.example"] * 2  # for robots.txt and for the page, once each
    assert "private network" in refusal("http://rebind.example/p", only_this_number_is_public).message


def test_of_several_numbers_only_the_public_ones_are_tried(site, monkeypatch, only_this_number_is_public):
    numbers = ["10.0.0.1", "127.0.0.1"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, site.port)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    site.put("/p", STORY)
    assert get("http://both.example/p", only_this_number_is_public).body == STORY


# --- addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" HTTP://Post.Example:80 ", "http://post.example/"),
        ("https://post.example:443/a b?q=ü#x", "https://post.example/a%20b?q=%C3%BC"),
        ("https://münchen.example/%7Ea", "https://xn--mnchen-3ya.example/%7Ea"),
        ("http://[2606:2800::1]:8080/a", "http://[2606:2800::1]:8080/a"),
        ("http://a_b.example/x?u=http://c.example/", "http://a_b.example/x?u=http://c.example/"),
    ],
)
def test_an_address_in_its_plain_form(written, plain):
    assert addresses.check_address(written) == plain
    assert addresses.check_address(plain) == plain


@pytest.mark.parametrize(
    "written",
    [
        "", "post.example/a", "//post.example/a", "file:///etc/passwd", "gopher://post.example/", "http://",
        "http:///a", "http://user@post.example/", "http://post.example@127.0.0.1/", "http://a:b@c.example/",
        "http://post.example\\@127.0.0.1/", "http://post.example:0x50/", "http://post.example:99999/",
        "http://a\nb.example/", "http://post.example/a\r\nX: y", "http://post.example/\0", "http://[::1%25lo]/",
        "http://[v1.fe]/", "http://%31%32%37.0.0.1/", "http://a b.example/",
        "http://" + "a" * 64 + ".example/", "http://" + "a." * 200 + "example/",
        "http://a.example/" + "b" * 9000,
        "http://..example/", "http://-/",
        "data:text/html,<p>x", "http://a.example:-1/", "http://\ud800.example/", "http://a.example/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_address(written):
    with pytest.raises(InputError) as caught:
        addresses.check_address(written)
    assert caught.value.hint


# --- refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "no such page"), (410, "taken down"), (401, "login"), (402, "payment"),
     (403, "keeps programs out"), (429, "too much"), (451, "legal"), (500, "500"),
     (503, "overloaded"), (204, "204"), (304, "304")],
)  # fmt: skip
def test_a_refusal_is_said(site, status, words):
    error = refusal(site.put("/p", STORY, status=status))
    assert words in error.message
    assert error.status == status


def test_how_long_to_wait_is_said(site):
    address = site.put("/p", b"", status=429, headers=(("Retry-After", "120"),))
    assert "after 120 seconds" in refusal(address).hint
    site.put("/p", b"", status=429, headers=(("Retry-After", "Wed, 21 Oct"),))
    assert "try again later" in refusal(address).hint


def test_a_check_for_persons_is_said(site):
    address = site.put("/p", b"", status=403, headers=(("cf-mitigated", "challenge"),))
    assert "a person" in refusal(address).message


def test_no_server_and_no_name(monkeypatch):
    with socket.socket() as deaf:  # its port is taken, and refuses, as long as it does not listen
        deaf.bind(("127.0.0.1", 0))
        assert "connection" in refusal(f"http://127.0.0.1:{deaf.getsockname()[1]}/").message

    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no web server called" in refusal("http://no-such-host.invalid/").message


# --- https ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost that nobody vouches for, with its key."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs openssl")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    out = ["-keyout", str(path) + ".key", "-out", str(path)]
    subprocess.run([openssl, *asked.split(), *names, *out], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_suffix(".pem.key").read_bytes())
    return path


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    served = Site(context)
    served.put("/p", STORY)
    yield served
    served.close()


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    transport._context.cache_clear()
    yield
    transport._context.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_a_secure_page(secure):
    fetched = get(f"https://localhost:{secure.port}/p")
    assert (fetched.body, fetched.url) == (STORY, f"https://localhost:{secure.port}/p")


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name(secure):
    assert "cannot prove who it is" in refusal(f"https://127.0.0.1:{secure.port}/p").message


def test_a_certificate_that_nobody_vouches_for(secure):
    assert "cannot prove who it is" in refusal(f"https://localhost:{secure.port}/p").message
    assert not secure.asked


def test_a_server_that_speaks_no_tls(site):
    assert "connection" in refusal(f"https://127.0.0.1:{site.port}/p").message


def test_a_server_that_never_shakes_hands():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        limits = QUICK.model_copy(update={"seconds": 0.4})
        assert "does not answer" in refusal(f"https://127.0.0.1:{port}/", limits).message


# --- robots.txt and manners -------------------------------------------------------------------------


def test_robots_are_asked_once_for_a_host(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    site.put("/a", STORY)
    site.put("/private/b", STORY)
    fetcher = Fetcher(QUICK)
    fetcher.fetch(site.root + "/a")
    fetcher.fetch(site.root + "/a?again")
    with pytest.raises(NotFetched, match="asks programs not to"):
        fetcher.fetch(site.root + "/private/b")
    assert site.asked == ["/robots.txt", "/a", "/a?again"]


def test_a_redirect_to_what_robots_forbid(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    site.redirect("/a", "/private/b")
    site.put("/private/b", STORY)
    assert "asks programs not to" in refusal(site.root + "/a").message
    assert "/private/b" not in site.asked


@pytest.mark.parametrize(
    ("page", "is_allowed"),
    [
        pytest.param(Page(status=404), True, id="none"),
        pytest.param(Page(status=403), True, id="refused"),
        pytest.param(Page(status=500), False, id="broken server"),
        pytest.param(Page(status=503), False, id="overloaded"),
        pytest.param(silent, False, id="no answer"),
        pytest.param(Page(b"<html><body>Disallow: /"), True, id="a page in its place"),
        pytest.param(Page(b"\xff\xfe\0\xd8"), True, id="no text"),
        pytest.param(Page(b"User-agent: *\nDisallow: /\n" + b"#" * 900_000), False, id="large"),
        pytest.param(Page(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"), True, id="beyond the limit"),
        pytest.param(
            Page(gzip.compress(b"User-agent: *\nDisallow: /"), headers=(("Content-Encoding", "gzip"),)),
            False,
            id="packed",
        ),
        pytest.param(Page(status=301, headers=(("Location", "/rules"),)), False, id="moved"),
    ],
)
def test_what_robots_there_may_be(site, page, is_allowed):
    site.pages["/robots.txt"] = page
    site.put("/rules", "User-agent: claimtrack\nDisallow: /", "text/plain")
    address = site.put("/a", STORY)
    limits = QUICK.model_copy(update={"seconds": 1.0}) if page is silent else QUICK
    if is_allowed:
        assert get(address, limits).body == STORY
    else:
        refusal(address, limits)
        assert "/a" not in site.asked


class Clock:
    """A clock that only goes on where somebody sleeps."""

    def __init__(self):
        self.now = time.monotonic()
        self.slept = []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    stopped = Clock()
    monkeypatch.setattr(fetching, "time", stopped)
    return stopped


def test_a_host_is_left_in_peace_between_pages(site, clock):
    site.put("/a", STORY)
    fetcher = Fetcher(QUICK.model_copy(update={"pause": 0.4}))
    fetcher.fetch(site.root + "/a")
    assert clock.slept == []
    fetcher.fetch(site.root + "/a")
    assert clock.slept == [0.4]


def test_the_pause_that_a_site_asks_for(site, clock):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.5", "text/plain")
    site.put("/a", STORY)
    fetcher = Fetcher(QUICK)
    fetcher.fetch(site.root + "/a")
    fetcher.fetch(site.root + "/a")
    assert clock.slept == [0.5]
