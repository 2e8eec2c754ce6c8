import io

import pytest
from made_files import make_epub, make_zip

from claimtrack.documents.header import Article
from claimtrack.documents.office import epub, packages
from claimtrack.documents.outcome import Unread
from claimtrack.errors import InputError
from claimtrack.settings import Settings

SAID = "“The money is there,” Farm Minister Lena Orth said in Kalbar on Friday, after talks with farmers."
MORE = "She added that the province had “seen reason” and that work on the wall would start before summer."
BOOK = "<dc:title>The Dam Years</dc:title><dc:creator>Jane Roe</dc:creator><dc:creator>Al Poe</dc:creator>"


def chapter(heading, *paragraphs):
    inner = "".join(f"<p>{text}</p>" for text in paragraphs or (SAID, MORE))
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{heading}</title></head><body><h1>{heading}</h1>{inner}</body></html>"
    )


ONE = {"one": chapter("The promise")}


def read(raw):
    return list(epub.read(io.BytesIO(raw), Settings()))


def read_one(*given, **others):
    (article,) = read(make_epub(*given, **others))
    assert isinstance(article, Article)
    return article


def refused(raw, **settings):
    with pytest.raises(InputError) as error:
        list(epub.read(io.BytesIO(raw), Settings(**settings)))
    assert error.value.hint
    return error.value.message


def test_chapters_are_articles_in_the_order_of_reading():
    chapters = {"b": chapter("The promise"), "a": chapter("The wall"), "c": chapter("The letter")}
    found = read(make_epub(chapters, BOOK, order=["c", "b", "a", "b"]))
    assert [article.part for article in found] == ["#OPS/c.xhtml", "#OPS/b.xhtml", "#OPS/a.xhtml"]
    assert [article.header.title for article in found] == [
        "The Dam Years: The letter",
        "The Dam Years: The promise",
        "The Dam Years: The wall",
    ]
    assert found[0].text.split("\n") == ["The letter", SAID, MORE]
    assert found[0].raw == chapters["c"].encode()


def test_a_book_of_one_chapter_is_named_by_the_file_alone():
    assert read_one(ONE).part == ""


def test_chapters_out_of_line_and_the_contents_are_left_out():
    raw = make_epub({**ONE, "two": chapter("Answers"), "nav": chapter("Contents")})
    book = packages.Package(raw, "EPUB file").read("OPS/book.opf").decode()
    book = book.replace('<itemref idref="two"/>', '<itemref idref="two" linear="no"/>')
    book = book.replace('id="nav"', 'id="nav" properties="nav"')
    parts = packages.Package(raw, "EPUB file")
    (article,) = read(make_zip({**{name: parts.read(name) for name in parts.names}, "OPS/book.opf": book}))
    assert article.text.startswith("The promise")


def test_a_cover_is_no_article():
    cover = "<html><body><img src='cover.jpg'/></body></html>"
    found = read(make_epub({"cover": cover, **ONE}))
    assert [item.part for item in found] == ["#OPS/one.xhtml"]


def test_a_chapter_that_cannot_be_read_is_told_and_the_others_are_read():
    found = read(make_epub({"bad": b"\0\1\2\3" * 100, **ONE}))
    assert isinstance(found[0], Unread)
    assert found[0].place == "#OPS/bad.xhtml"
    assert found[1].text.startswith("The promise")


@pytest.mark.parametrize(
    ("metadata", "field", "value"),
    [
        pytest.param(BOOK, "author", "Jane Roe, Al Poe", id="authors"),
        pytest.param(
            "<dc:publisher>Valley Press</dc:publisher>", "publisher", "Valley Press", id="publisher"
        ),
        pytest.param("<dc:date>2025-09-27T00:00:00+05:00</dc:date>", "published", "2025-09-27", id="day"),
        pytest.param("<dc:date>2025-09</dc:date>", "published", "2025-09", id="month"),
        pytest.param("<dc:date>1987</dc:date>", "published", "1987", id="year"),
        pytest.param("<dc:date>0101-01-01T00:00:00Z</dc:date>", "published", None, id="a program's zero"),
        pytest.param("<dc:date>2025-13-01</dc:date>", "published", None, id="no month"),
        pytest.param("<dc:date>last week</dc:date>", "published", None, id="words"),
        pytest.param(
            '<meta property="dcterms:modified">2025-10-03T01:02:03Z</meta>',
            "modified",
            "2025-10-03",
            id="modified",
        ),
        pytest.param(
            "<dc:identifier>urn:uuid:1</dc:identifier><dc:source>https://post.example/dam</dc:source>",
            "url",
            "https://post.example/dam",
            id="address",
        ),
    ],
)
def test_what_the_book_says_of_itself(metadata, field, value):
    assert getattr(read_one(ONE, metadata).header, field) == value


def test_names_with_spaces_and_folders_are_found():
    raw = make_epub(ONE)
    parts = packages.Package(raw, "EPUB file")
    files = {name: parts.read(name) for name in parts.names}
    files["text/ch 1.xhtml"] = files.pop("OPS/one.xhtml")
    files["OPS/book.opf"] = files["OPS/book.opf"].replace(b"one.xhtml", b"../text/ch%201.xhtml#top")
    (article,) = read(make_zip(files))
    assert article.text.startswith("The promise")


def encrypted(name):
    return f'<encryption><d><CipherReference URI="{name}"/></d></encryption>'


def test_protected_fonts_do_no_harm():
    assert read_one(ONE, **{"META-INF__encryption.xml": encrypted("OPS/font.otf")}).text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "broken", id="empty"),
        pytest.param(make_epub(ONE)[:200], "broken", id="cut off"),
        pytest.param(make_zip({"a.txt": "words"}), "no EPUB file", id="another zip"),
        pytest.param(make_epub({}), "no text", id="no chapters"),
        pytest.param(make_epub({"one": chapter("Only a title", "")}), "no text", id="no words"),
        pytest.param(
            make_epub(ONE, **{"META-INF__encryption.xml": encrypted("OPS/one.xhtml")}),
            "protected",
            id="locked",
        ),
        pytest.param(
            make_epub(ONE, **{"META-INF__container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares entities",
            id="entities",
        ),
        pytest.param(
            make_epub(ONE, **{"META-INF__container.xml": '<c><rootfile full-path="../../etc/passwd"/></c>'}),
            "no EPUB file",
            id="a name that leads elsewhere",
        ),
    ],
)
def test_what_cannot_be_read_is_said(raw, words):
    assert words in refused(raw)


def test_a_zip_bomb_is_given_up(monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES", 1_000_000)
    assert "unpacks to more than 1 MB" in refused(make_epub({"one": chapter("Ha", "ha " * 700_000)}))


def test_a_chapter_larger_than_a_page_may_be_is_refused():
    assert "unpacks to more than 0.003 MB" in refused(
        make_epub({"one": chapter("Ha", "ha " * 2_000)}), largest_file=3_000
    )


def test_a_book_of_endless_chapters_is_refused(monkeypatch):
    monkeypatch.setattr(epub, "MOST_CHAPTERS", 1)
    assert "more than 1 chapters" in refused(make_epub({**ONE, "two": chapter("Two")}))


def test_an_article_in_a_magazine_has_its_own_author():
    byline = '<p class="byline">By Ann Lee</p>'
    page = chapter("The promise").replace("</h1>", f"</h1>{byline}")
    dates = "<dc:date>2024-03-01</dc:date>"
    issue, memoir = (read_one({"one": content}, BOOK + dates) for content in (page, chapter("The promise")))
    assert issue.header.author == "Ann Lee"
    assert issue.header.published == "2024-03-01"
    assert memoir.header.author == "Jane Roe, Al Poe"
