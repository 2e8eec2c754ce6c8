import io

import pytest
from patience import spends_less

from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Unread
from claimtrack.documents.web.feeds import LARGEST_FEED, MOST_ENTRIES, is_feed, read, read_entries
from claimtrack.errors import InputError
from claimtrack.settings import Settings

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>The Post</title><link>https://post.example/</link>"
)
FOOT = "</channel></rss>"
SAID = "Farm minister Lena Orth said on Friday that the dam will be built by June."
LONG = f"<p>{SAID}</p>" + "<p>The river ran high for the third week, and the mill stood still.</p>" * 20


def rss(*items):
    return (HEAD + "".join(f"<item>{item}</item>" for item in items) + FOOT).encode()


def atom(*entries):
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>{body}</feed>'.encode()


def only(raw, address=""):
    (entry,) = read_entries(raw, address)
    return entry


def cdata(text):
    return f"<![CDATA[{text}]]>"


def test_what_an_rss_entry_says():
    entry = only(
        rss(
            "<title>Dam &amp;amp; row &lt;b&gt;grows&lt;/b&gt;</title><link> https://post.example/dam </link>"
            "<pubDate>Sat, 27 Sep 2025 01:30:00 +0500</pubDate><dc:creator>Tom Reed</dc:creator>"
            "<guid isPermaLink='false'>dam-1</guid><description>The dam.</description>"
        )
    )
    assert entry.key == "dam-1"
    assert entry.header.url == "https://post.example/dam"
    assert entry.header.title == "Dam & row grows"
    assert entry.header.author == "Tom Reed"
    assert (entry.header.published, entry.header.published_basis) == ("2025-09-27", "feed")
    assert entry.page == ""


def test_what_an_atom_entry_says():
    entry = only(
        atom(
            "<title type='html'>Dam &lt;i&gt;row&lt;/i&gt;</title><id>tag:post.example,2025:1</id>"
            "<link rel='self' href='/self'/><link rel='alternate' href='/dam'/>"
            "<published>2025-09-27T23:30:00-08:00</published><updated>2025-09-29T10:00:00Z</updated>"
            "<author><name>Tom Reed</name></author>"
            f"<content type='html'>{LONG.replace('<', '&lt;')}</content>"
        ),
        "https://post.example/feed.atom",
    )
    assert entry.header.url == "https://post.example/dam"
    assert (entry.header.published, entry.header.modified) == ("2025-09-27", "2025-09-29")
    assert entry.header.title == "Dam row"
    assert SAID in entry.page


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sat, 27 Sep 2025 10:00:00 PKT", "2025-09-27"),
        ("Sat, 27 Sep 2025 23:59:00 -0800", "2025-09-27"),
        ("27 Sep 2025", "2025-09-27"),
        ("2025-09-27T00:30:00+05:00", "2025-09-27"),
        ("2025-09-27", "2025-09-27"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_is_the_one_that_is_written(date, expected):
    header = only(rss(f"<title>A</title><link>https://a.example/1</link><pubDate>{date}</pubDate>")).header
    assert (header.published, header.published_basis) == (expected, "feed" if expected else None)


@pytest.mark.parametrize(
    ("item", "is_whole"),
    [
        pytest.param(f"<content:encoded>{cdata(LONG)}</content:encoded>", True, id="content"),
        pytest.param(
            f"<description>The dam.</description><content:encoded>{cdata(SAID)}</content:encoded>",
            True,
            id="short content, shorter summary",
        ),
        pytest.param(f"<description>{cdata(LONG)}</description>", True, id="long description"),
        pytest.param(f"<description>{cdata(f'<p>{SAID}</p>')}</description>", False, id="short description"),
        pytest.param(f"<description>{cdata(LONG + '<p>Then […]</p>')}</description>", False, id="cut off"),
        pytest.param(f"<description>{cdata(LONG + 'Read more »')}</description>", False, id="read more"),
        pytest.param("<description/>", False, id="empty"),
    ],
)
def test_whether_a_feed_carries_the_article(item, is_whole):
    assert bool(only(rss("<link>https://a.example/1</link>" + item)).page) is is_whole


def test_a_feed_as_a_file():
    raw = rss(
        f"<title>Dam row</title><guid>one</guid><pubDate>Sat, 27 Sep 2025 10:00:00 GMT</pubDate>"
        f"<content:encoded>{cdata(LONG + '<p>The post <a>Dam row</a> appeared first on <a>P</a>.</p>')}"
        "</content:encoded>",
        "<title>Other</title><link>https://post.example/other</link><description>Short.</description>",
    )
    article, unread = read(io.BytesIO(raw), Settings())
    assert isinstance(article, Article)
    assert article.part == "#one"
    assert article.text.startswith("Dam row\n")
    assert SAID in article.text
    assert "appeared first" not in article.text
    assert article.header.published == "2025-09-27"
    assert article.raw is not None
    assert SAID.encode() in article.raw
    assert isinstance(unread, Unread)
    assert "1 of 2 entries" in unread.message
    assert "--urls" in unread.hint


def test_the_text_is_not_run_through_scripts_and_styles():
    page = LONG + "<script>steal()</script><style>p{}</style>"
    raw = rss(f"<title>A</title><content:encoded>{cdata(page)}</content:encoded>")
    (article,) = read(io.BytesIO(raw), Settings())
    assert "steal" not in article.text
    assert "p{}" not in article.text


def test_each_link_once():
    item = "<title>A</title><link>https://a.example/1</link>"
    assert len(read_entries(rss(item, item, item.replace("/1", "/2")))) == 2


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(rss("<title>A &nbsp; B</title><link>https://a.example/1</link>")[:-20], id="cut off"),
        pytest.param(rss("<title>A <br> B</title><link>https://a.example/1</link>"), id="not well formed"),
        pytest.param(b"\xef\xbb\xbf\n" + rss("<link>https://a.example/1</link>")[38:], id="mark"),
        pytest.param(
            b'<?xml version="1.0"?>\n<!-- by hand -->\n<!DOCTYPE rss PUBLIC "-//RSS 0.91//EN" "r.dtd">'
            + rss("<link>https://a.example/1</link>")[38:],
            id="comment and doctype",
        ),
        pytest.param(
            rss("<link>https://a.example/1</link>").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
            id="UTF-16",
        ),
        pytest.param(
            rss("<title>caf\xe9</title><link>https://a.example/1</link>").decode()
            .replace("UTF-8", "iso-8859-1").encode("latin-1"),
            id="Latin-1",
        ),
        pytest.param(
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            b"<item><title>A</title><link>https://a.example/1</link></item></rdf:RDF>",
            id="RSS 1.0",
        ),
    ],
)  # fmt: skip
def test_feeds_as_they_come(raw):
    assert only(raw).header.url == "https://a.example/1"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "no RSS", id="empty"),
        pytest.param(b"/etc/passwd", "no RSS", id="a path"),
        pytest.param(b"https://a.example/feed", "no RSS", id="an address"),
        pytest.param(b"<html><body><rss></body></html>", "no RSS", id="a page"),
        pytest.param(b"<?xml version='1.0'?><urlset/>", "no RSS", id="a sitemap"),
        pytest.param(rss(), "no entries", id="no entries"),
        pytest.param(b"<rss>" + b"\xff\0" * 500, "no entries", id="binary"),
        pytest.param(rss("x" * LARGEST_FEED), "larger than 5 MB", id="large"),
        pytest.param(
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
            + b"]><rss><channel><item><title>&m;</title></item></channel></rss>",
            "defines entities",
            id="entities that multiply",
        ),
        pytest.param(
            b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title>'
            b"</item></channel></rss>",
            "defines entities",
            id="an entity out of a file",
        ),
    ],
)
def test_what_is_no_feed(raw, words):
    with pytest.raises(InputError, match=words) as caught:
        read_entries(raw)
    assert caught.value.hint


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<item><description>" + "<a>" * 30_000, id="deep"),
        pytest.param(
            "<item><description>" + "&lt;div&gt;" * 30_000 + "</description></item>", id="deep, escaped"
        ),
        pytest.param("<item><description>" + "<" * 100_000, id="opened"),
        pytest.param("<item><description>" + "&" * 100_000, id="ampersands"),
        pytest.param("<item><description>" + "<![CDATA[" * 20_000, id="sections"),
        pytest.param(
            f"<item><content:encoded>{cdata('<p>The post ' * 20_000)}</content:encoded></item>", id="the post"
        ),
        pytest.param("<item/>" * 20_000, id="entries"),
    ],
)
def test_hostile_feeds_end_soon(inside):
    counts: list[int] = []

    def work():
        counts.append(len(list(read(io.BytesIO((HEAD + inside + FOOT).encode()), Settings()))))

    assert spends_less(10, work)
    assert max(counts) <= MOST_ENTRIES


def test_only_the_newest_entries_are_read():
    raw = rss(*(f"<link>https://a.example/{number}</link>" for number in range(MOST_ENTRIES + 5)))
    assert len(read_entries(raw)) == MOST_ENTRIES


@pytest.mark.parametrize("raw", [b"<!--" * 2_500, b"<? " * 3_000, b" " * 9_999 + b"<", b"<!DOCTYPE [" * 900])
def test_telling_a_feed_takes_no_time(raw):
    assert not is_feed(raw)
    assert spends_less(0.5, lambda: is_feed(raw))


def test_without_feedparser_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "feedparser", None)
    with pytest.raises(InputError) as caught:
        read_entries(rss("<link>https://a.example/1</link>"))
    assert 'pip install "claimtrack[feeds]"' in caught.value.hint
