import pytest
from lxml import html

from claimtrack.documents.page_header import host_of, name_words, read_page_header

META = "page metadata"


def header_of(head="", body="<p>text</p>"):
    return read_page_header(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def linked(content):
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    ("head", "body", "published", "basis"),
    [
        (linked('{"@type": "NewsArticle", "datePublished": "2025-09-27"}'), "", "2025-09-27", META),
        (linked('[{"@type": ["X", "BlogPosting"], "dateCreated": "27 Sep 2025"}]'), "", "2025-09-27",
         META),
        ('<meta property="article:published_time" content="2025-09-27T01:00Z">', "", "2025-09-27", META),
        ('<meta name="DC.date.issued" content="2025-09-27">', "", "2025-09-27", META),
        ('<meta property="article:modified_time" content="2025-09-27">', "", None, None),
        (linked('{"@type": "WebPage", "datePublished": "2025-09-27"}'), "", None, None),
        (linked('{"@type": "NewsArticle", "dateModified": "2025-09-27"}'), "", None, None),
    ],
)  # fmt: skip
def test_date_of_publication(head, body, published, basis):
    header = header_of(head, body)
    assert (header.published, header.published_basis) == (published, basis)


@pytest.mark.parametrize(
    ("head", "modified"),
    [
        ('<meta property="article:modified_time" content="2025-09-29T10:00Z">', "2025-09-29"),
        ('<meta property="article:modified_time" content="2025-09-27T10:00Z">', None),
        ('<meta property="og:updated_time" content="2025-09-20">', None),
        ("", None),
    ],
    ids=["later", "the same day", "before", "none"],
)
def test_date_of_the_last_change(head, modified):
    published = '<meta property="article:published_time" content="2025-09-27T01:00Z">'
    assert header_of(published + head).modified == modified


def test_date_of_the_last_change_in_linked_data():
    dates = '"datePublished": "2025-09-27", "dateModified": "2025-10-01T09:00:00+01:00"'
    assert header_of(linked(f'{{"@type": "NewsArticle", {dates}}}')).modified == "2025-10-01"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://post.example/dam?id=1#x">', "https://post.example/dam?id=1"),
        ('<meta property="og:url" content=" https://post.example/dam ">', "https://post.example/dam"),
        (linked('{"@type": "NewsArticle", "mainEntityOfPage": {"@id": "https://a.example/d"}}'), "https://a.example/d"),
        (linked('{"@type": "NewsArticle", "url": "https://post.example/d"}'), "https://post.example/d"),
        ('<link rel="canonical" href="https://post.example/">', None),
        ('<link rel="canonical" href="/dam">', None),
        ('<link rel="canonical" href="javascript:x">', None),
    ],
)  # fmt: skip
def test_address(head, url):
    assert header_of(head).url == url


def test_names_without_entities_and_lists_of_authors():
    header = header_of(
        linked(
            '{"@type": "NewsArticle", "headline": "Dam &amp; row\\n grows", '
            '"author": [{"name": "Jane Roe"}, "John Doe"], "publisher": {"name": "Post"}}'
        )
    )
    assert (header.title, header.author, header.publisher) == (
        "Dam & row grows",
        "Jane Roe, John Doe",
        "Post",
    )


@pytest.mark.parametrize(
    ("shown", "named", "title"),
    [
        ("Dam row grows", "Dam row grows: what we know", "Dam row grows"),
        ("The Valley Post", "Dam row grows", "Dam row grows"),
    ],
)
def test_the_headline_that_readers_see(shown, named, title):
    named = f'<meta property="og:title" content="{named}">'
    assert header_of(named, f"<h1>{shown}</h1>").title == title


def test_one_heading_is_a_title_two_are_none():
    assert header_of(body="<h1>Dam\n row</h1>").title == "Dam row"
    assert header_of(body="<h1>The Post</h1><h1>Dam row</h1>").title is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("relatedPosts-box", {"related", "posts", "box"}),
        ("AD", {"ad"}),
        ("HTMLBody", {"html", "body"}),
        ("", set()),
    ],
)
def test_words_of_a_class(name, words):
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.post.example/a", "post.example"),
        ("http://Post.example:80", "post.example"),
        ("http://[", None),
    ],
)
def test_host(url, host):
    assert host_of(url) == host
