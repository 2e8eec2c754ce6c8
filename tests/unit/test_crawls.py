"""Crawls in WARC form, made here record by record: whole, packed, damaged and hostile."""

import builtins
import gzip
import io
import sys
import zlib

import pytest

from claimtrack.documents.crawls import reader as crawls
from claimtrack.documents.crawls import warc
from claimtrack.documents.crawls.payloads import Answer, page_text, unpack
from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.errors import InputError
from claimtrack.settings import Settings

pytest.importorskip("warcio")

SAID = "Harbour master Tom Reed said the pumps had failed."
QUOTED = "“The toll will be two pounds,” Lomax told reporters."
URL = "https://harbour.example/2024/03/12/pumps"


def page(title="Pumps fail", *, head="", body=f"<p>{SAID}</p><p>{QUOTED}</p>") -> bytes:
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{article}</body></html>".encode()


def answer(body: bytes, kind="text/html; charset=utf-8", status="200 OK", **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(
    block: bytes, url: str | None = URL, kind="response", date="2024-03-12T10:00:00Z", **headers: str
) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "WARC-Date": date,
        **({"WARC-Target-URI": url} if url is not None else {}),
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


INFO = record(b"software: test\r\n", url=None, kind="warcinfo")
REQUEST = record(b"GET / HTTP/1.1\r\n\r\n", kind="request")


def read(*records: bytes, **settings):
    return list(crawls.read(io.BytesIO(b"".join(records)), Settings(**settings)))


def one(found) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one_record) for one_record in records)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(INFO + REQUEST + record(answer(page())), id="plain"),
        pytest.param(packed(INFO, REQUEST, record(answer(page()))), id="a member for each record"),
        pytest.param(gzip.compress(INFO + REQUEST + record(answer(page()))), id="one member"),
        pytest.param(b"\r\n" + record(answer(page())) + b"\r\n\r\n\r\n", id="empty lines around"),
        pytest.param(packed(record(answer(page()))) + bytes(512), id="zeros at the end"),
        pytest.param(record(answer(page())).replace(b"WARC/1.0", b"WARC/1.1"), id="WARC 1.1"),
    ],
)
def test_a_page_in_a_crawl(raw):
    article = one(read(raw))
    assert article.text == f"Pumps fail\n{SAID}\n{QUOTED}"
    assert article.part == f"#{URL}"
    assert article.raw == page()
    assert article.header.url == URL
    assert article.header.retrieved_at == "2024-03-12T10:00:00Z"
    assert (article.header.published, article.header.published_basis) == ("2024-03-12", "address")


def test_the_address_is_the_one_that_was_asked_for():
    other = '<link rel="canonical" href="https://other.example/x"><meta name="pubdate" content="2023-01-02">'
    header = one(read(record(answer(page(head=other)), url=f"<{URL}>"))).header
    assert header.url == URL
    assert header.published == "2023-01-02"


def test_a_plain_text():
    article = one(read(record(answer(f"{SAID}\n{QUOTED}".encode(), "text/plain"))))
    assert article.text == f"{SAID}\n{QUOTED}"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024-03-12T10:00:00.123456Z", "2024-03-12T10:00:00Z"),
        ("2024-03-12T10:00:00+05:00", "2024-03-12T05:00:00Z"),
        ("2024-03-12T10:00:00", "2024-03-12T10:00:00Z"),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_when_it_was_fetched(date, moment):
    assert one(read(record(answer(page()), date=date))).header.retrieved_at == moment


def test_what_is_no_page_is_counted_in_one_remark():
    found = read(
        INFO,
        REQUEST,
        record(answer(b"\xff\xd8\xff", "image/jpeg")),
        record(answer(b"body{}", "text/css")),
        record(answer(b"%PDF-1.4 \x00\x01", "text/html")),
        record(answer(page(), status="404 Not Found")),
        record(answer(b"", status="301 Moved", Location="/")),
        record(b"no answer at all"),
        record(b""),
        record(b"", kind="revisit"),
        record(b"text", kind="conversion"),
        record(page(), kind="resource"),
        record(answer(page()), url="ftp://harbour.example/x"),
        record(answer(page()), url=None),
        record(answer(b"<html><body></body></html>"), url="https://harbour.example/empty"),
        record(answer(page())),
    )
    *others, article, remark = found
    assert not others
    assert isinstance(article, Article)
    assert remark == Remark(
        place="",
        message="left out: answers that are not 200 OK (4), images and other files (3), "
        "pages unchanged since an earlier crawl (1), pages without text (1), records of other kinds (4); "
        "the first page without text is https://harbour.example/empty",
    )


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(gzip.compress(page()), {"Content_Encoding": "gzip"}, id="gzip"),
        pytest.param(gzip.compress(page()), {"Content_Encoding": "x-gzip"}, id="x-gzip"),
        pytest.param(zlib.compress(page()), {"Content_Encoding": "deflate"}, id="deflate"),
        pytest.param(zlib.compress(page())[2:-4], {"Content_Encoding": "deflate"}, id="raw deflate"),
        pytest.param(page(), {"Content_Encoding": "gzip"}, id="unpacked by the crawler"),
        pytest.param(page(), {"Content_Encoding": "br"}, id="unpacked by the crawler, too"),
        pytest.param(page(), {"Content_Encoding": "UTF-8"}, id="a charset"),
        pytest.param(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(page()), page()), {"Transfer_Encoding": "chunked"}, id="chunked"
        ),
        pytest.param(page(), {"Transfer_Encoding": "chunked"}, id="joined by the crawler"),
        pytest.param(
            b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
            % (
                gzip.compress(page(), mtime=0)[:5],
                len(gzip.compress(page(), mtime=0)) - 5,
                gzip.compress(page(), mtime=0)[5:],
            ),
            {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
            id="chunked and packed",
        ),
    ],
)
def test_how_a_page_was_sent(body, headers):
    article = one(read(record(answer(body, **headers))))
    assert article.text == f"Pumps fail\n{SAID}\n{QUOTED}"
    assert article.raw == page()


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("Café “yes”".encode(), "utf-8", "Café “yes”"),
        ("Café “yes”".encode(), "iso-8859-1", "Café “yes”"),
        ("Café “yes”".encode("cp1252"), "iso-8859-1", "Café “yes”"),
        ("Café “yes”".encode("cp1252"), "utf-8", "Café “yes”"),
        ("Čas".encode("iso-8859-2"), "iso-8859-2", "Čas"),
        ("Время".encode("koi8-r"), "koi8-r", "Время"),
        (b'<meta charset="koi8-r">' + "Время".encode("koi8-r"), "", '<meta charset="koi8-r">Время'),
        ("Café".encode("utf-16"), "iso-8859-2", "Café"),
        ("Café".encode("cp1252"), "nonsense", "Café"),
        ("Café".encode("cp1252"), "zip", "Café"),
        ("Café".encode("cp1252"), "rot13", "Café"),
        ("Café".encode("cp1252"), "punycode", "Café"),
        ("Café".encode("cp1252"), "unicode_escape", "Café"),
        ("Café".encode("cp1252"), "undefined", "Café"),
    ],
)
def test_charsets(raw, charset, text):
    assert page_text(raw, charset).text == text


BOMB = gzip.compress(bytes(30_000_000))


@pytest.mark.parametrize(
    ("block", "words"),
    [
        pytest.param(answer(b"x" * 100_001), "larger than 0.1 MB", id="large"),
        pytest.param(answer(BOMB, Content_Encoding="gzip"), "larger than 0.1 MB", id="a bomb"),
        pytest.param(
            answer(zlib.compress(bytes(30_000_000)), Content_Encoding="deflate"),
            "larger than 0.1 MB",
            id="another bomb",
        ),
        pytest.param(
            answer(
                b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOMB), BOMB),
                Content_Encoding="gzip",
                Transfer_Encoding="chunked",
            ),
            "larger than 0.1 MB",
            id="a bomb in chunks",
        ),
        pytest.param(answer(gzip.compress(page())[:-20], Content_Encoding="gzip"), "cut off", id="cut off"),
        pytest.param(
            answer(b"\x1f\x8b\x08\x00" + bytes(90), Content_Encoding="gzip"), "damaged", id="damaged"
        ),
        pytest.param(answer(b"\x8b\x02\x80brotli", Content_Encoding="br"), "packed as br", id="brotli"),
    ],
)
def test_pages_that_cannot_be_read_are_told_and_the_rest_goes_on(block, words):
    bad, good = read(
        record(block, url="https://harbour.example/bad"), record(answer(page())), largest_file=100_000
    )
    assert isinstance(bad, Unread)
    assert bad.place == "#https://harbour.example/bad"
    assert words in bad.message
    assert bad.hint
    assert isinstance(good, Article)


def test_a_bomb_is_not_unpacked_whole(monkeypatch):
    sizes = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self, *given):
            self.inner = real(*given)

        def decompress(self, raw, most):
            sizes.append(len(out := self.inner.decompress(raw, most)))
            return out

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    with pytest.raises(InputError, match="larger"):
        unpack(BOMB, Answer("200", "text/html", "", "gzip", False), 1000)
    assert max(sizes) <= 1001


GOOD = record(answer(page()))
SECOND = record(answer(page("Second")), url="https://harbour.example/2")


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        pytest.param(SECOND[:-100], "cut off", id="cut off in a page"),
        pytest.param(record(answer(bytes(5000), "image/png"))[:-300], "cut off", id="cut off in an image"),
        pytest.param(SECOND[:120], "how long", id="cut off in a head"),
        pytest.param(b"WARC/1.0\r\n", "how long", id="cut off after a line"),
        pytest.param(b"rubbish\r\n" + SECOND, "no record begins", id="rubbish"),
        pytest.param(b"WARC/9.9\r\nContent-Length: 3\r\n\r\nabc", "no record begins", id="another version"),
        pytest.param(record(answer(page()), Content_Length="5"), "no record begins", id="too short a length"),
        pytest.param(record(answer(page()), Content_Length="-5"), "how long", id="a negative length"),
        pytest.param(record(answer(page()), Content_Length="9" * 5000), "how long", id="an endless length"),
        pytest.param(record(answer(page()), Content_Length="²"), "how long", id="a length that is none"),
        pytest.param(b"WARC/1.0\r\nX: " + b"x" * 3_000_000, "does not end", id="an endless line"),
        pytest.param(b"WARC/1.0\r\n" + b"X: x\r\n" * 500_000, "does not end", id="endless lines"),
        pytest.param(b"\r\n" * 3_000_000 + SECOND, "does not end", id="endless white space"),
    ],
)
@pytest.mark.parametrize("pack", [b"".join, lambda parts: packed(*parts)], ids=["plain", "packed"])
def test_where_a_crawl_is_damaged_what_was_read_stays(pack, rest, words, capfd):
    article, *_, broken = read(pack([GOOD, rest]))
    assert article.part == f"#{URL}"
    assert isinstance(broken, Unread)
    assert broken.place == ""
    assert "breaks off after" in broken.message
    assert words in broken.message
    assert broken.hint
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (packed(GOOD, SECOND)[:-60], "does not come to an end"),
        (packed(GOOD) + packed(SECOND)[:200] + b"\xff" * 300, "packing is damaged"),
        (packed(GOOD) + b"rubbish", "packing is damaged"),
        (packed(GOOD) + packed(SECOND)[:-8] + bytes(8), "packing is damaged"),
    ],
    ids=["cut off", "damaged", "rubbish", "wrong checksum"],
)
def test_damage_in_the_packing(raw, words, capfd):
    *articles, broken = read(raw)
    assert articles[0].part == f"#{URL}"
    assert isinstance(broken, Unread)
    assert words in broken.message
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("cut", range(0, len(packed(GOOD, SECOND)), 37))
def test_cut_off_anywhere(cut):
    try:
        found = read(packed(GOOD, SECOND)[:cut])
    except InputError:
        return
    assert isinstance(found[-1], Unread) or len(found) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"<html></html>",
        b"\x00" * 5000,
        b"\x1f\x8b",
        gzip.compress(b"text"),
        gzip.compress(bytes(5_000_000)),
        b"x" * 5_000_000,
    ],
    ids=[
        "empty",
        "ends of lines",
        "markup",
        "zeros",
        "gzip's start",
        "packed text",
        "packed zeros",
        "letters",
    ],
)
def test_files_that_are_no_crawl(raw):
    with pytest.raises(InputError, match="no crawl in WARC form") as error:
        read(raw)
    assert error.value.hint


@pytest.mark.parametrize(
    "block",
    [
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 200\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page() + b"\r\n\r\n",
        b"HTTP/2 200\r\ncontent-type: text/html\r\n\r\n" + page(),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX\xff\xfe: \xe9\xff\r\n folded\r\nnothing\r\n\r\n"
        + page(),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"X: " + b"x" * 300_000 + b"\r\n\r\n" + page(),
        b"HTTP/1.1 200 OK\r\nContent-Type: ;;;\r\n\r\n",
        b"\x00\x01\x02",
        answer(page(), Transfer_Encoding="chunked").replace(b"<html>", b"zz\r\n<html>"),
        answer(b"ffffffff\r\nabc", Transfer_Encoding="chunked"),
        answer(b"-5\r\nabc", Transfer_Encoding="chunked"),
    ],
)
def test_odd_answers_do_no_harm(block, capfd):
    *_, last = read(record(block), SECOND)
    articles = [item for item in read(record(block), SECOND) if isinstance(item, Article)]
    assert articles[-1].part == "#https://harbour.example/2"
    assert not isinstance(last, Unread)
    assert capfd.readouterr() == ("", "")


def test_the_same_address_twice_gives_two_parts():
    found = read(GOOD, record(answer(page("Later"))))
    assert [article.part for article in found] == [f"#{URL}", f"#{URL} (2)"]


def test_without_warcio_it_says_how_to_install_it(monkeypatch):
    real = builtins.__import__

    def without(name, *given):
        if name.startswith("warcio"):
            raise ImportError(name)
        return real(name, *given)

    warc._loader.cache_clear()
    for name in [name for name in sys.modules if name.startswith("warcio")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match="warcio") as error:
        read(GOOD)
    assert 'pip install "claimtrack[warc]"' in error.value.hint


class Counted(io.RawIOBase):
    """A crawl that is made while it is read; it tells how much was read at once."""

    largest = 0

    def __init__(self, records):
        self.records = iter(records)
        self.rest = b""

    def read(self, size=-1):
        self.largest = max(self.largest, size)
        while len(self.rest) < size and (record := next(self.records, None)):
            self.rest += record
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_crawl_is_read_record_by_record(pack):
    image = record(answer(bytes(range(256)) * 4000, "image/png"))
    made = []

    def records():
        for each in [image, GOOD] * 30:
            made.append(each)
            yield pack(each)

    stream = Counted(records())
    found = crawls.read(stream, Settings())
    next(found)
    assert len(made) < 10
    assert sum(isinstance(item, Article) for item in found) == 29
    assert stream.largest < 3_000_000


def test_a_stream_stays_open():
    stream = io.BytesIO(packed(GOOD))
    list(crawls.read(stream, Settings()))
    assert not stream.closed
