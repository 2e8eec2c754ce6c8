import pytest

from claimtrack.documents.plain import read_markdown, read_plain

BODY = "\n\nFarm minister Lena Orth has said that the dam will be built next year.\n"


def junk_of(article):
    return [article.text[junk.start : junk.end] for junk in article.header.junk]


@pytest.mark.parametrize(
    ("top", "published", "basis"),
    [
        (" date 2025-09-27 Farm minister Lena Orth was in town.", "2025-09-27", "first line"),
        ("2025-09-27 Farm minister Lena Orth was in town.", "2025-09-27", "first line"),
        ("Date: 27 September 2025", "2025-09-27", "date line"),
        ("Published: September 27, 2025 10:31 am", "2025-09-27", "date line"),
        ("Posted on Sept 27, 2025 by Jane Roe", "2025-09-27", "date line"),
        ("Saturday, 27 September 2025", "2025-09-27", "date line"),
        ("Dam row grows\nPublished 27 September 2025", "2025-09-27", "date line"),
        ("Last updated: 28 September 2025", "2025-09-28", "date line"),
        ("Updated: 2025-09-28\nPublished: 2025-09-27", "2025-09-27", "date line"),
        ("By Jane Roe | September 27, 2025", "2025-09-27", "byline"),
        ("KALBAR, Sept 27, 2025 (NPA) — The dam will be built.", "2025-09-27", "dateline"),
        ("NEW KALBAR: 27 September 2025 - The dam will be built.", "2025-09-27", "dateline"),
        ("Dam row\n\nKalbar (NPA), 27 September 2025: The dam is off.", "2025-09-27", "dateline"),
    ],
)
def test_publication_date(top, published, basis):
    header = read_plain(top + BODY).header
    assert (header.published, header.published_basis) == (published, basis)


@pytest.mark.parametrize(
    "top",
    [
        pytest.param("On 27 September 2025 the dam broke.", id="a date in a sentence"),
        pytest.param("27 September 2025 was a dark day for the valley.", id="a sentence beginning with one"),
        pytest.param("KALBAR, Sept 27 (NPA) — The dam will be built.", id="dateline without a year"),
        pytest.param("On Saturday the minister spoke.", id="a weekday"),
        pytest.param("Published: 03/04/2025", id="day or month first"),
        pytest.param(
            "Published reports of 3 May 2021 differ from what he told the house, said the clerk.",
            id="a sentence beginning like a label",
        ),
        pytest.param(
            "The minister, who took office on 3 May 2021 - a Monday - denied it.", id="a dash after a date"
        ),
    ],
)
def test_a_date_is_never_guessed(top):
    assert read_plain(top + BODY).header.published is None


def test_published_in_at_the_end_names_outlet_and_date():
    header = read_plain(
        "Dam row grows" + BODY * 14 + "\nPublished in The Valley Post, September 27th, 2025"
    ).header
    assert (header.publisher, header.published) == ("The Valley Post", "2025-09-27")


def test_a_date_at_the_end_may_be_that_of_a_correction():
    text = "Dam row grows" + BODY * 14 + "\nCorrection: it was a lake.\n\nFriday, December 4, 2015\n"
    assert read_plain(text).header.published is None


def test_labels_are_read_and_set_apart():
    text = (
        "Title: Dam row grows\nBy Jane Roe\nSource: The Valley Post\nURL: https://example.org/dam?a=1\n"
        "Date: 2025-09-27" + BODY
    )
    article = read_plain(text)
    header = article.header
    assert article.text == text
    assert header.title == "Dam row grows"
    assert header.author == "Jane Roe"
    assert header.publisher == "The Valley Post"
    assert header.url == "https://example.org/dam?a=1"
    assert header.published == "2025-09-27"
    assert junk_of(article) == text.splitlines()[:5]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the talks had failed.",
        "By then, Lena Orth had left",
        "Source of the fire still unknown",
        "Address: 10 High Street, Kalbar",
        "Source: people who were there",
        "Date night for the minister",
        "Title deeds were burnt",
    ],
)
def test_prose_is_no_label(line):
    article = read_plain(line + BODY)
    assert article.header.junk == ()
    assert article.header.author is None
    assert article.header.publisher is None


def test_only_the_date_of_an_opening_line_is_set_apart():
    article = read_plain(" date 2025-09-27 Farm minister Lena Orth was in town." + BODY)
    assert junk_of(article) == ["date 2025-09-27"]
    assert article.header.title is None


def test_a_headline_may_follow_the_date_on_its_line():
    assert read_plain("2025-09-27 Dam row grows" + BODY).header.title == "Dam row grows"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("read", [read_plain, read_markdown])
def test_front_matter(read, line_end):
    matter = line_end.join(
        ["---", 'title: "Dam row grows"', "date: 2025-09-27T10:00:00Z", "publisher: valley post",
         "url: https://example.org/dam", "tags: [a, b]", "---", ""]
    )  # fmt: skip
    text = matter + "# Another heading" + BODY
    article = read(text)
    header = article.header
    assert article.text == text
    assert (header.title, header.publisher, header.url) == (
        "Dam row grows",
        "valley post",
        "https://example.org/dam",
    )
    assert (header.published, header.published_basis) == ("2025-09-27", "front matter")
    assert junk_of(article)[0] == matter


def test_a_rule_at_the_top_is_no_front_matter():
    article = read_markdown("---\nMinister rules out dam\n---" + BODY)
    assert article.header.junk == ()


def test_marks_of_markdown_are_set_apart():
    text = "# Dam row\n\n> “It is off,” she said.\n\n![dam](dam.jpg)\n\n#hashtag and 3 > 2\n"
    article = read_markdown(text)
    assert article.header.title == "Dam row"
    assert junk_of(article) == ["# ", "> ", "![dam](dam.jpg)"]


def test_an_advertisement_is_no_title():
    assert read_plain(
        "Sponsored content\nShare this article\nMinister rules out dam" + BODY
    ).header.title == ("Minister rules out dam")
