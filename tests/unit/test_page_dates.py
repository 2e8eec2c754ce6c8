import pytest
from lxml import html

from claimtrack.documents.page_dates import address_date, visible_date


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<time datetime="2025-09-27">Saturday</time>', "2025-09-27"),
        ("<time>Sept 27, 2025</time>", "2025-09-27"),
        ('<span class="post-date">Posted: 27 September 2025</span>', "2025-09-27"),
        ('<p itemprop="datePublished">27 September 2025, 10:31</p>', "2025-09-27"),
        ("<article><header><time>Sept 27, 2025</time></header></article>", "2025-09-27"),
        ("<p>Updated <time>Sept 28, 2025</time>, published <time>Sept 27, 2025</time></p>", "2025-09-27"),
        ('<b>Last updated:</b> <time>Sept 28, 2025</time><p class="date">27 Sept 2025</p>', "2025-09-27"),
        ('<p class="date">Updated on 28 Sept 2025</p>', None),
        ('<p class="candidate">Elected on 27 September 2025</p>', None),
        (f'<p class="date">After 27 September 2025 {"much " * 12}has changed in the valley</p>', None),
        ("<header><time>Sept 27, 2025</time></header>", None),
        ("<nav><time>Sept 27, 2025</time></nav>", None),
        ("<aside><p class='date'>27 September 2025</p></aside>", None),
        ("<time>Saturday</time>", None),
        ("<p>On 27 September 2025 she left.</p>", None),
    ],
)
def test_date_that_readers_see(body, published):
    header = visible_date(html.document_fromstring(f"<html><body>{body}</body></html>"))
    assert header.published == published
    assert header.published_basis == ("date on the page" if published else None)


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://post.example/2025/09/27/dam", "2025-09-27"),
        ("https://post.example/news/2025-09-27-dam", "2025-09-27"),
        ("https://post.example/2025/13/27/dam", None),
        ("https://post.example/2025/09/dam", None),
        ("https://post.example/dam?d=/2025/09/27/", None),
        (None, None),
    ],
)
def test_date_in_the_address(url, published):
    assert address_date(url).published == published
