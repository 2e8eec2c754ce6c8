import pytest

from claimtrack.documents.pages import is_page, read_page
from claimtrack.errors import InputError

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Dam row grows - The Valley Post</title>
<link rel="canonical" href="https://www.post.example/news/dam-row#top"/>
<meta property="og:site_name" content="The Valley Post"/>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
{"@type": "NewsArticle", "headline": "Dam row grows", "datePublished": "2025-09-27T23:10:00+05:00",
"dateModified": "2025-10-03", "author": [{"@type": "Person", "name": "Jane Roe"}],
"publisher": {"@type": "Organization", "name": "Valley Post Ltd"}}]}</script></head>"""

BODY = """<body class="has-comments newsletter-on single-post"><nav><a href="/">Home</a><a href="/w">World</a>
</nav><main><article class="post related-1"><h1>Dam row grows</h1><p class="byline">By Jane Roe</p>
<div class="share-bar"><p>Share this on Facebook, where all your friends are waiting for it</p></div>
<figure><img src="a.jpg"><figcaption>Lena Orth in Kalbar on Friday. (File/REUTERS)</figcaption></figure>
<p>“The money is there,” Farm Minister Lena Orth said in Kalbar on Friday, after talks with farmers.</p>
<p>She added that the province had “seen reason” and that work on the wall would start before summer.</p>
<h2>Province doubts it</h2>
<ul><li>Governor Carl Berg said the promise was worthless.</li><li>Unions said they would wait.</li></ul>
<blockquote class="twitter-tweet"><p>I do not believe a word.</p>— Carl Berg (@cberg) <a>Sept 27, 2025</a>
</blockquote>
<div class="relatedPosts"><h3>Related</h3><p>Prime minister says that she will resign over it.</p></div>
<div class="newsletter-signup"><p>Sign up for the Valley Brief, a letter for people who like it.</p></div>
<p>“It's a no,” he said.</p></article>
<section id="comments"><h3>3 comments</h3><div class="comment"><p>Bob says: “She said the dam was finished
last year, I heard her say it.”</p></div></section></main><footer>© 2025 Post</footer></body></html>"""

LINES = [
    "Dam row grows",
    "Lena Orth in Kalbar on Friday. (File/REUTERS)",
    "“The money is there,” Farm Minister Lena Orth said in Kalbar on Friday, after talks with farmers.",
    "She added that the province had “seen reason” and that work on the wall would start before summer.",
    "Province doubts it",
    "- Governor Carl Berg said the promise was worthless.",
    "- Unions said they would wait.",
    "“I do not believe a word.” – Carl Berg (@cberg) Sept 27, 2025",
    "“It's a no,” he said.",
]


def test_a_page_gives_its_article():
    article = read_page(HEAD + BODY)
    assert article.text.split("\n") == LINES
    header = article.header
    assert header.title == "Dam row grows"
    assert header.publisher == "Valley Post Ltd"
    assert header.author == "Jane Roe"
    assert (header.published, header.published_basis) == ("2025-09-27", "page metadata")
    assert header.url == "https://www.post.example/news/dam-row"


def test_reading_a_page_again_gives_the_same():
    first = read_page(HEAD + BODY)
    assert [read_page(HEAD + BODY) for _ in range(8)] == [first] * 8


def test_the_date_of_a_comment_is_not_the_articles():
    comment = '<div class="comments"><time datetime="2025-10-03">3 October</time><p>I heard it.</p></div>'
    page = f"<html><body><p>The dam will be built, she said.</p>{comment}</body></html>"
    assert read_page(page).header.published is None


def test_a_headline_only_in_the_metadata_is_put_first():
    body = BODY.replace("<h1>Dam row grows</h1>", "")
    assert read_page(HEAD + body).text.split("\n") == LINES


def test_a_short_page_is_read_whole():
    article = read_page("<html><body><h1>Mayor denies it</h1><p>Mayor Ann Lee denied it.</p></body></html>")
    assert article.text.split("\n") == ["Mayor denies it", "Mayor Ann Lee denied it."]
    assert article.header.title == "Mayor denies it"


def test_an_article_in_a_box_with_a_misleading_name_stays():
    paragraphs = "".join(f"<p>The dam {i} will be built next year, the minister said.</p>" for i in range(9))
    boxes = f'<div class="social">{paragraphs}</div><div class="promo"><p>Buy!</p></div>'
    text = read_page(f"<html><body>{boxes}</body></html>").text
    assert "dam 8 will" in text
    assert "Buy!" not in text


def test_comments_go_even_where_they_are_longer_than_the_article():
    comments = "".join(f"<p>I heard number {i} say that the dam is done, believe me.</p>" for i in range(40))
    article = "<p>The dam will be built, the minister said on Monday in Kalbar.</p>"
    page = f'<html><body>{article}<div id="disqus_thread">{comments}</div></body></html>'
    assert read_page(page).text == "The dam will be built, the minister said on Monday in Kalbar."


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("  \n<!-- saved from url --><html>", True),
        ('<?xml version="1.0"?><html>', True),
        ("<body>x", True),
        ("The tag <html> begins a page", False),
        ("<p>a paragraph", False),
        ("", False),
    ],
)
def test_what_begins_like_a_page(text, page):
    assert is_page(text) is page


SAID = "<p>The dam will be built, she said."
ODD_FACTS = '{"@type": ["NewsArticle"], "headline": "\\ud800", "datePublished": 5, "author": [null]}'


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<html><body>{'<div>' * 200}{SAID}{'</div>' * 200}", id="deep"),
        pytest.param(f"<html><body>{SAID}<p><p", id="cut off"),
        pytest.param(f'<?xml version="1.0" encoding="latin-1"?><html>{SAID}', id="xml"),
        pytest.param(f'<html><script type="application/ld+json">{ODD_FACTS}</script>{SAID}', id="odd facts"),
        pytest.param(f'<html><script type="application/ld+json">{{{{</script>{SAID}', id="no json"),
        pytest.param(f'<html><link rel="canonical" href="http://[::1">{SAID}', id="odd address"),
        pytest.param("<html><body>The dam will be built, she said.<br>It will.", id="no paragraphs"),
    ],
)
def test_odd_pages(page):
    article = read_page(page)
    assert "The dam will be built, she said." in article.text
    article.model_dump_json()


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><body><img src='a'></body></html>"])
def test_pages_without_text(page):
    with pytest.raises(InputError, match="no text"):
        read_page(page)
