import hashlib
import io
import os

import pytest

from claimtrack.documents.reading import Metadata, Remark, Unread, read_sources
from claimtrack.errors import InputError
from claimtrack.models import Document
from claimtrack.settings import Settings

STORY = "Dam row grows\nFarm minister Lena Orth has said that the dam will be built.\n"
PAGE = f"<html><head><title>Dam row</title></head><body><p>{STORY}</p></body></html>"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(*paths, stdin=b"", metadata=None, settings=None):
    found = read_sources(paths, metadata or Metadata(), settings or Settings(), io.BytesIO(stdin))
    return list(found)


def read_one(folder, raw, name="a.txt", **metadata):
    (folder / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    (document,) = read(name, metadata=Metadata(**metadata))
    assert isinstance(document, Document)
    return document


def test_a_text_is_the_file_character_for_character(folder):
    raw = "\ufeff  Dam row\r\n\tgrows \x1b[31m\u2028\x0b “…” 🙂\r\r\n\n"
    document = read_one(folder, raw)
    assert document.text == raw[1:]
    assert document.sha256 == hashlib.sha256(raw[1:].encode()).hexdigest()


def test_what_is_known_of_a_document(folder):
    document = read_one(folder, STORY, "./2025-09-27_dam.txt")
    assert document.path == "2025-09-27_dam.txt"
    assert document.id == Document.make_id(document.sha256, document.path)
    assert (document.title, document.publisher, document.url) == ("Dam row grows", None, None)
    assert (document.published, document.published_basis) == ("2025-09-27", "file name")
    assert (document.language, document.analysed) == ("en", True)


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("dam-20250927.txt", "2025-09-27"),
        ("2025.09.27.txt", "2025-09-27"),
        ("000_939a20250927c5.txt", None),
        ("120250927.txt", None),
        ("2025-02-30.txt", None),
        ("2025-09.txt", None),
    ],
)
def test_a_date_in_the_file_name(folder, name, published):
    assert read_one(folder, STORY, name).published == published


def test_the_folder_gives_no_date(folder):
    (folder / "2025-09-27").mkdir()
    assert read_one(folder, STORY, "2025-09-27/a.txt").published is None


def test_the_same_file_has_the_same_id_everywhere(folder):
    first = read_one(folder, STORY)
    (folder / "b").mkdir()
    os.chdir("b")
    assert read_one(folder / "b", STORY).id == first.id
    assert read_one(folder / "b", STORY, "c.txt").id != first.id
    assert read_one(folder / "b", STORY + " ").id != first.id


def test_what_a_person_says_overrides_what_is_read(folder):
    document = read_one(
        folder,
        "date 2025-01-01\n" + STORY,
        date="2025-09-27",
        publisher="The Post",
        title="A dam",
        url="https://post.example/dam",
    )
    assert (document.published, document.published_basis) == ("2025-09-27", "set by hand")
    assert (document.publisher, document.title) == ("The Post", "A dam")
    assert document.place == "https://post.example/dam"
    assert document.id == Document.make_id(document.sha256, "https://post.example/dam")
    assert document.as_first_read().published == "2025-01-01"
    assert document.as_first_read().title == "Dam row grows"
    assert document.given["published"] == "2025-09-27"


def test_a_host_stands_for_an_outlet(folder):
    assert read_one(folder, STORY, url="https://www.post.example/dam").publisher == "post.example"


def test_a_date_that_is_none_is_refused(folder):
    with pytest.raises(InputError, match="is no date"):
        read("a.txt", metadata=Metadata(date="27.9.2025"))


def test_standard_input(folder):
    (document,) = read("-", stdin=STORY.encode())
    assert (document.path, document.place, document.text) == ("-", "-", STORY)
    (page,) = read("-", stdin=PAGE.encode())
    assert page.title == "Dam row"
    assert "<p>" not in page.text


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a", "a.unknown"])
def test_pages(folder, name):
    assert "<" not in read_one(folder, PAGE, name).text


def test_html_in_a_text_file_stays_as_it_is(folder):
    assert read_one(folder, PAGE).text == PAGE


def test_markdown_is_read_as_it_is(folder):
    text = "---\ntitle: A dam\ndate: 2025-09-27\n---\n# Dam row\n\n**Bold** words.\n"
    document = read_one(folder, text, "a.md")
    assert document.text == text
    assert (document.title, document.published, document.published_basis) == (
        "A dam",
        "2025-09-27",
        "front matter",
    )
    assert document.junk[0].reason == "front matter"


def test_an_article_in_another_language_is_not_analysed(folder):
    document = read_one(
        folder, "El ministro dijo que la presa no se construirá en este año, según los diarios. " * 3
    )
    assert (document.language, document.analysed) == ("es", False)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n\t", "empty", id="white space"),
        pytest.param(b"\x7fELF\0\0", "binary", id="binary"),
        pytest.param(b"x" * 1001, "larger than 0.001 MB", id="large"),
    ],
)
def test_bad_files_are_said_and_the_batch_goes_on(folder, raw, words):
    (folder / "a.txt").write_bytes(raw)
    (folder / "b.txt").write_text(STORY)
    bad, good = read("a.txt", "b.txt", "c.txt", settings=Settings(largest_file=1000))[:2]
    assert isinstance(bad, Unread)
    assert bad.place == "a.txt"
    assert words in bad.message
    assert bad.hint
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><script>x()</script></body></html>", "<!doctype html>"]
)
def test_a_page_without_text(folder, page):
    (folder / "a.html").write_text(page)
    (found,) = read("a.html")
    assert isinstance(found, Unread)
    assert "no text" in found.message


def test_too_much_standard_input():
    (found,) = read("-", stdin=b"x" * 11, settings=Settings(largest_file=10))
    assert isinstance(found, Unread)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs /dev/zero")
def test_an_endless_file():
    (found,) = read("/dev/zero", settings=Settings(largest_file=1000))
    assert isinstance(found, Unread)
    assert "larger" in found.message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(folder):
    (folder / "a.txt").write_text(STORY)
    (folder / "a.txt").chmod(0)
    (found,) = read("a.txt")
    assert "Permission denied" in found.message


def test_a_guessed_encoding_is_remarked(folder):
    (folder / "a.txt").write_bytes(STORY.encode() + "“Yes,” she said.".encode("cp1252"))
    remark, document = read("a.txt")
    assert isinstance(remark, Remark)
    assert "Windows-1252" in remark.message
    assert document.text.endswith("“Yes,” she said.")
