import gzip

import pytest
from patience import PATIENCE
from web_server import Page, Site

from claimtrack.documents.header import Article, Header
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.web.fetching import Fetched, Fetcher, Limits
from claimtrack.documents.web.reader import read_url, with_origin
from claimtrack.settings import Settings

SAID = "Farm minister Lena Orth said on Friday that the dam will be built by June."
BODY = f"<p>{SAID}</p>" + "<p>The river ran high for the third week, and the old mill stood still.</p>" * 5
LIMITS = Limits(allow_private=True, pause=0, seconds=PATIENCE, connect_seconds=PATIENCE)


@pytest.fixture
def site():
    served = Site()
    yield served
    served.close()


def page(title="Dam row", head="", body=BODY):
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"


def read(address, limits=LIMITS):
    return list(read_url(address, Fetcher(limits), Settings()))


def read_one(address):
    ((place, article),) = read(address)
    assert isinstance(article, Article), article
    return place, article


def refusal(address):
    ((place, unread),) = read(address)
    assert isinstance(unread, Unread), unread
    assert unread.place == place
    assert unread.hint
    return unread.message


def test_a_page(site):
    body = page()
    place, article = read_one(site.put("/dam", body) + "#part")
    assert place == site.root + "/dam"
    assert SAID in article.text
    assert article.header.url == site.root + "/dam"
    assert article.header.retrieved_at.endswith("+00:00")
    assert article.raw == body.encode()


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("{root}/2025/dam", "{root}/2025/dam"),
        ("http://www.127.0.0.1/2025/dam", "http://www.127.0.0.1/2025/dam"),
        ("https://other.example/dam", "{root}/dam"),
        ("{root}/", "{root}/dam"),
        ("/2025/dam", "{root}/dam"),
    ],
)
def test_the_address_that_a_page_gives_itself(site, canonical, expected):
    link = f'<link rel="canonical" href="{canonical.format(root=site.root)}">'
    _, article = read_one(site.put("/dam", page(head=link)))
    assert article.header.url == expected.format(root=site.root)


def test_after_a_redirect_the_address_is_where_it_was_served(site):
    site.put("/2025/dam", page())
    place, article = read_one(site.redirect("/short", "/2025/dam"))
    assert (place, article.header.url) == (site.root + "/short", site.root + "/2025/dam")


ACCENTS = page(body=f"<p>“{SAID}” – café</p>" + BODY)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(ACCENTS.encode(), "text/html", id="undeclared UTF-8"),
        pytest.param(ACCENTS.encode(), "text/html; charset=iso-8859-1", id="UTF-8, declared Latin-1"),
        pytest.param(ACCENTS.encode("cp1252"), "text/html; charset=utf-8", id="Windows-1252, declared UTF-8"),
        pytest.param(
            ACCENTS.encode("cp1252"), "text/html; charset=iso-8859-1", id="Windows-1252, as Latin-1"
        ),
        pytest.param(
            ACCENTS.encode("mac-roman"), "text/html; charset=macintosh", id="declared by the server"
        ),
        pytest.param(ACCENTS.encode("utf-16"), "text/html", id="UTF-16"),
        pytest.param(ACCENTS.encode("utf-16-le"), "text/html; charset=UTF-16LE", id="UTF-16 without a mark"),
        pytest.param(ACCENTS.encode("cp1252"), "text/html; charset=zlib", id="no charset: zlib"),
        pytest.param(ACCENTS.encode("cp1252"), "text/html; charset=punycode", id="no charset: punycode"),
        pytest.param(ACCENTS.encode("cp1252"), "text/html; charset=\"x'", id="no charset: nonsense"),
        pytest.param(ACCENTS.encode("cp1252"), "text/html; charset=utf-16", id="bytes that do not fit"),
        pytest.param(ACCENTS.encode(), "", id="no type"),
        pytest.param(ACCENTS.encode(), "text/plain", id="declared plain"),
        pytest.param(ACCENTS.encode(), "application/octet-stream", id="declared binary"),
        pytest.param(ACCENTS.encode(), "application/xhtml+xml", id="XHTML"),
        pytest.param(b"<?xml version='1.0'?>" + ACCENTS.encode(), "application/xml", id="XHTML as XML"),
    ],
)
def test_whatever_the_server_says_of_it(site, body, kind):
    found = [item for _, item in read(site.put("/dam", body, kind)) if isinstance(item, Article)]
    assert f"“{SAID}” – café" in found[0].text
    assert found[0].raw == body


@pytest.mark.parametrize("name", ["zlib", "unicode_escape", "utf-16", "idna", "nonsense"])
def test_a_page_that_names_no_charset(site, name):
    body = page(head=f"<meta charset={name}>", body=f"<p>“{SAID}” \\ud800</p>" + BODY).encode("cp1252")
    found = [item for _, item in read(site.put("/dam", body, "text/html")) if isinstance(item, Article)]
    assert f"“{SAID}” \\ud800" in found[0].text


def test_plain_text_is_kept_character_for_character(site):
    text = f"Dam row\n\n{SAID}\n<b>not a page</b>\n"
    _, article = read_one(site.put("/dam.txt", text, "text/plain; charset=utf-8"))
    assert article.text == text
    assert article.header.title == "Dam row"


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        pytest.param(b"", "text/html", "empty", id="empty"),
        pytest.param(b" \n", "text/plain", "empty", id="white space"),
        pytest.param(
            b"<html><body><script>x()</script></body></html>", "text/html", "no text", id="script only"
        ),
        pytest.param(b"\x89PNG\r\n", "image/png", "image/png", id="image"),
        pytest.param(b"\0\1\2\3" * 99, "application/octet-stream", "binary", id="binary"),
        pytest.param(b"\0\1\2\3" * 99, "text/html", "binary", id="binary, declared a page"),
        pytest.param(b"<urlset/>", "application/xml", "not read", id="other XML"),
        pytest.param(b"x", "application/x-shockwave-flash", "not read", id="other type"),
        pytest.param(b"<rss></rss>", "application/rss+xml", "no entries", id="empty feed"),
    ],
)
def test_what_is_no_article(site, body, kind, words):
    assert words in refusal(site.put("/a", body, kind))


def test_a_wall(site):
    wall = page(body="<p>Subscribe to continue reading.</p>")
    assert "login" in refusal(site.put("/a", wall))
    site.put("/login", page(body=f"<p>{SAID}</p>"))
    assert "login or payment page" in refusal(site.redirect("/story", "/login?to=/story"))
    site.put("/", page(body=BODY * 9))
    assert "front page" in refusal(site.redirect("/gone", "/"))


def test_what_cannot_be_fetched_is_said(site):
    assert "404" in refusal(site.root + "/none")
    assert "no web server" in refusal("http://no-such-host.invalid/a")
    assert "user name" in refusal("http://a@b.example/")
    ((_, unread),) = read(site.put("/dam", page()), LIMITS.model_copy(update={"allow_private": False}))
    assert "--allow-private" in unread.hint


def test_a_page_in_a_web_archive():
    address = "https://web.archive.org/web/20250927101500/https://post.example/dam"
    fetched = Fetched(
        asked=address, url=address, media_type="text/html", charset="", body=b"", retrieved_at="now"
    )
    header = with_origin(Article(text=SAID, header=Header(url=address)), fetched).header
    assert (header.url, header.archive_url) == ("https://post.example/dam", address)


# --- feeds ------------------------------------------------------------------------------------------


def rss(*items):
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Post</title>{body}</channel></rss>"
    )


CARRIED = f"<content:encoded><![CDATA[{BODY}]]></content:encoded>"


@pytest.mark.parametrize(
    "kind",
    [
        "application/rss+xml",
        "text/xml; charset=utf-8",
        "application/xml",
        "text/plain",
        "",
        "application/foo+xml",
    ],
)
def test_the_articles_of_a_feed_are_fetched(site, kind):
    site.put("/1", page("Dam row"))
    site.put("/2", page("Mill row"))
    feed = site.put(
        "/feed",
        rss(
            f"<title>One</title><link>{site.root}/1</link><pubDate>Sat, 27 Sep 2025 10:00:00 GMT</pubDate>",
            "<title>Two</title><link>/2#x</link>",
            f"<title>Three</title><link>{site.root}/3</link>",
        ),
        kind,
    )
    one, two, three = read(feed)
    assert [place for place, _ in (one, two, three)] == [f"{site.root}/{n}" for n in (1, 2, 3)]
    assert one[1].header.title == "Dam row"
    assert (one[1].header.published, one[1].header.published_basis) == ("2025-09-27", "feed")
    assert one[1].header.url == site.root + "/1"
    assert SAID in two[1].text
    assert isinstance(three[1], Unread)
    assert "404" in three[1].message
    assert three[1].gone


def test_what_the_page_says_comes_before_what_the_feed_says(site):
    meta = '<meta property="article:published_time" content="2025-09-26T10:00:00Z">'
    site.put("/1", page(head=meta))
    item = f"<title>One</title><link>{site.root}/1</link><pubDate>Sat, 27 Sep 2025 10:00:00 GMT</pubDate>"
    ((_, article),) = read(site.put("/feed", rss(item), "application/rss+xml"))
    assert (article.header.published, article.header.published_basis) == ("2025-09-26", "page metadata")


def test_where_the_page_cannot_be_read_the_text_in_the_feed_is(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /1", "text/plain")
    item = f"<title>One</title><link>{site.root}/1</link>{CARRIED}"
    article, remark = read(site.put("/feed", rss(item), "application/rss+xml"))
    assert article[0] == remark[0] == site.root + "/1"
    assert SAID in article[1].text
    assert article[1].header.url == site.root + "/1"
    assert article[1].header.retrieved_at
    assert isinstance(remark[1], Remark)
    assert "robots.txt" in remark[1].message


def test_a_feed_that_leads_to_feeds_is_not_followed(site):
    feed = rss(f"<title>One</title><link>{site.root}/feed</link>")
    assert "another feed" in refusal(site.put("/feed", feed, "application/rss+xml"))


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/", "http://a@127.0.0.1/", "//[::1", ""],
)
def test_hostile_links_in_a_feed(site, link):
    ((_, unread),) = read(site.put("/feed", rss(f"<title>One</title><link>{link}</link>"), "text/xml"))
    assert isinstance(unread, Unread)
    assert set(site.asked) == {"/robots.txt", "/feed"}


def test_a_packed_feed(site):
    site.put("/1", page())
    packed = gzip.compress(rss(f"<link>{site.root}/1</link>").encode())
    site.pages["/feed"] = Page(packed, "application/rss+xml", headers=(("Content-Encoding", "gzip"),))
    ((_, article),) = read(site.root + "/feed")
    assert SAID in article.text


def test_a_page_that_holds_the_words_of_a_feed_is_a_page(site):
    _, article = read_one(site.put("/dam", page(body=BODY + "<p>&lt;rss&gt;</p>")))
    assert SAID in article.text
