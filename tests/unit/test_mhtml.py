import io
from pathlib import Path

import pytest

from claimtrack.documents.mail.mhtml import read
from claimtrack.errors import InputError
from claimtrack.settings import Settings

SAVED = (Path(__file__).parent.parent / "fixtures" / "saved.mhtml").read_text(encoding="utf-8")
PAGE = "<html><head>{}</head><body><h1>Toll row</h1><p>The minister said it rained there.</p></body></html>"
PLACE = "https://post.example/2025/09/22/toll"


def read_one(raw, **settings):
    (article,) = read(io.BytesIO(raw if isinstance(raw, bytes) else raw.encode()), Settings(**settings))
    return article


def saved(head="", fields="", top="", page=None, kind="text/html"):
    """A page saved with a picture before it and a frame after it."""
    parts = [
        "Content-Type: image/png\nContent-Location: https://post.example/a.png\n\nx\n",
        f"Content-Type: {kind}\n{fields}\n{page or PAGE.format(head)}\n",
        "Content-Type: text/html\nContent-ID: <frame>\n\n<html><body><p>A boat for sale.</p></body></html>\n",
    ]
    inner = "".join(f"--b\n{part}" for part in parts)
    return f"From: <Saved by X>\n{top}Content-Type: multipart/related; boundary=b\n\n{inner}--b--\n"


def test_a_page_saved_by_a_browser():
    article = read_one(SAVED)
    assert article.text.startswith(
        "Minister rules out toll\nTransport Minister Ada Lomax has ruled out a toll"
    )
    assert "boat" not in article.text
    assert article.header.url == f"{PLACE}?utm_source=mail"
    assert article.header.retrieved_at == "2025-09-23T04:30:15Z"
    assert (article.header.published, article.header.published_basis) == ("2025-09-22", "address")
    assert article.raw == SAVED.encode()


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        pytest.param(saved(fields=f"Content-Location: {PLACE}#top\n"), PLACE, id="where it was saved"),
        pytest.param(saved(fields=f"Content-Location:\n {PLACE[:30]}\n {PLACE[30:]}\n"), PLACE, id="folded"),
        pytest.param(saved(top=f"Snapshot-Content-Location: {PLACE}\n"), PLACE, id="said above"),
        pytest.param(saved(top=f"Content-Location: {PLACE}\n"), PLACE, id="of the whole file"),
        pytest.param(saved(fields="Content-Location: file:///home/a.html\n"), None, id="a file"),
        pytest.param(saved(fields="Content-Location: http://\n"), None, id="no host"),
        pytest.param(
            saved(f'<link rel=canonical href="{PLACE}">', f"Content-Location: {PLACE}?utm=1\n"),
            PLACE,
            id="the page's own",
        ),
        pytest.param(
            saved('<link rel=canonical href="https://other.example/a">', f"Content-Location: {PLACE}\n"),
            PLACE,
            id="an original elsewhere",
        ),
        pytest.param(saved(f'<link rel=canonical href="{PLACE}">'), PLACE, id="only the page's own"),
    ],
)
def test_the_address(raw, url):
    assert read_one(raw).header.url == url


@pytest.mark.parametrize(
    ("date", "retrieved"),
    [
        ("Date: Tue, 23 Sep 2025 09:30:15 -0000\n", "2025-09-23T09:30:15Z"),
        ("Date: 23 Sep 2025 09:30 +0500\n", "2025-09-23T04:30:00Z"),
        ("Date: lately\n", None),
        ("Date: Fri, 31 Dec 9999 23:59:59 -1200\n", None),
        ("", None),
    ],
)
def test_when_it_was_saved(date, retrieved):
    header = read_one(saved(top=date)).header
    assert header.retrieved_at == retrieved
    assert header.published is None


def test_the_main_page_is_the_one_named():
    frame = saved().replace("boundary=b", 'boundary=b; start="<frame>"')
    assert read_one(frame).text.strip() == "A boat for sale."
    named = saved(top=f"Snapshot-Content-Location: {PLACE}\n").replace(
        "<frame>\n", f"<f>\nContent-Location: {PLACE}\n"
    )
    assert read_one(named).text.strip() == "A boat for sale."
    single = f"From: x\nContent-Type: application/xhtml+xml\nContent-Location: {PLACE}\n\n{PAGE.format('')}"
    assert "it rained" in read_one(single).text


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
@pytest.mark.parametrize("declared", ["field", "page"])
def test_the_character_set(charset, declared):
    kind = f"text/html; charset={charset}" if declared == "field" else "text/html"
    head = f"<meta charset={charset}>" if declared == "page" else ""
    page = PAGE.format(head).replace("it rained", "“it rained”")
    assert "said “it rained”" in read_one(saved(page=page, kind=kind).encode(charset)).text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "no web page", id="empty"),
        pytest.param(b"just words", "no web page", id="a text"),
        pytest.param(saved(kind="image/png").replace("text/html", "text/css"), "no web page", id="no page"),
        pytest.param(saved(page="<html></html>"), "no text", id="an empty page"),
        pytest.param("From: x\n" + "Content-Type: message/rfc822\n\n" * 3_000, "nested", id="nested"),
    ],
)
def test_what_cannot_be_read(raw, words):
    with pytest.raises(InputError, match=words):
        read_one(raw)
