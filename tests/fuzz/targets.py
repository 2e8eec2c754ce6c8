"""Every parser as a function of bytes. Whatever they get, only claimtrack's own errors may come out.

A target checks what must hold of the result, too: spans are cut out of the text, a store that is read is
written again as the same.
"""

import json
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

from claimtrack.errors import ClaimtrackError
from claimtrack.settings import Settings

Target = Callable[[bytes], None]

SUFFIXES = ".txt .md .html .rss .docx .epub .eml .mhtml .srt .vtt .json .jsonl .warc .warc.gz"
"""What is read by its ending. PDF is not among them: that is opened by a process of its own."""

HERE = Path(__file__).resolve().parent.parent


@cache
def small_settings() -> Settings:
    """Returns settings that give up what is large early, so that each run is short."""
    return Settings(largest_file=1_000_000)


def reader(ending: str) -> Target:
    """Returns the reader of an ending as a target."""

    def read(raw: bytes) -> None:
        from claimtrack.documents.forms import reader_of
        from claimtrack.documents.header import Article
        from claimtrack.documents.junk import find_junk

        with suppress(ClaimtrackError):
            for item in reader_of(ending)(BytesIO(raw), small_settings()):
                if isinstance(item, Article):
                    item.text.encode("utf-8")
                    assert all(0 <= junk.start <= junk.end <= len(item.text) for junk in item.header.junk)
                    assert all(0 <= page <= len(item.text) for page in item.pages)
                    find_junk(item.text)

    return read


def pdf_layout(raw: bytes) -> None:
    """Pieces of text anywhere on a page: they are put in order and none is lost or doubled."""
    from claimtrack.documents.pdf.layout import Piece, order_lines
    from claimtrack.documents.pdf.margins import drop_margins
    from claimtrack.documents.pdf.paragraphs import build_text

    pages = [[Piece(*_piece(chunk)) for chunk in _chunks(page, 8)] for page in raw.split(b"\xff\xff") if page]
    body = drop_margins(pages)
    printed = build_text([order_lines(page) for page in body.pages])
    assert list(printed.pages) == sorted(printed.pages)
    assert all(0 <= place <= len(printed.text) for place in printed.pages)


def _piece(chunk: bytes) -> tuple[str, float, float, float, float]:
    words, number, left, width, y, size = (*chunk[:6],)
    texts = ("Ada Lomax said", "the bridge was open", "1", "A", "hyphen-", "“No,”", "Page 2", "• one")
    text = texts[words % len(texts)] + (f" {number}" if number % 3 else "")
    return text, left * 2.0, left * 2.0 + width, y * 3.0, 6.0 + size % 24


def _chunks(raw: bytes, length: int) -> Iterator[bytes]:
    return (raw[at : at + length] for at in range(0, len(raw) - length + 1, length))


def transcript(raw: bytes) -> None:
    """Any text as a transcript: turns and statements are cut out of it."""
    from claimtrack.statements.transcripts import find_turns

    text = raw.decode("utf-8", "replace")
    for turn in find_turns(text):
        for start, end in (turn.label, turn.source, *turn.contents):
            assert 0 <= start <= end <= len(text)


def store_file(raw: bytes) -> None:
    """A store is refused, or read and written again as the same."""
    from claimtrack.store.json_store import format_store, parse_store

    with suppress(ClaimtrackError):
        store = parse_store(raw, Path("claims.json"))
        assert parse_store(format_store(store), Path("claims.json")) == store


def database(raw: bytes) -> None:
    """A SQLite store is refused or read, and left as it is."""
    from claimtrack.cli.session import Session

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        path.write_bytes(raw)
        with suppress(ClaimtrackError):
            Session(str(path)).store.read()
        assert path.read_bytes() == raw


def lexicon(raw: bytes) -> None:
    """A word list is refused as one of ours would be, or gives a pattern that can be used."""
    from pydantic import ValidationError

    from claimtrack.lexicon import Lexicon, any_of

    with suppress(tomllib.TOMLDecodeError, ValidationError):
        rules = tomllib.loads(raw.decode("utf-8", "replace"))
        for group in Lexicon.model_validate({**rules, "name": "mine"}).group:
            re.search(any_of(group.forms), "Ada Lomax said the bridge was open.")


def configuration(raw: bytes) -> None:
    """A ``claimtrack.toml`` is refused or understood."""
    from claimtrack.cli.configuration import read_configuration

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "claimtrack.toml").write_bytes(raw)
        with suppress(ClaimtrackError):
            read_configuration(Path(folder)).settings()


def reviews(raw: bytes) -> None:
    """Reviews from elsewhere: every line is one or a fault."""
    from claimtrack.pipeline.bulk_reviews import read_reviews

    for line in read_reviews(raw):
        assert line.number >= 1


def addresses(raw: bytes) -> None:
    """A list of web addresses: every line is one or a fault."""
    from claimtrack.documents.outcome import Unread
    from claimtrack.documents.web.url_lists import read_urls

    with suppress(ClaimtrackError):
        for item in read_urls(BytesIO(raw), "links.txt", small_settings()):
            assert isinstance(item, Unread) or item.startswith(("http://", "https://"))


TARGETS: Mapping[str, Target] = {
    **{ending.strip(".").replace(".", "-"): reader(ending) for ending in SUFFIXES.split()},
    "pdf-layout": pdf_layout,
    "transcript": transcript,
    "store-file": store_file,
    "database": database,
    "lexicon": lexicon,
    "configuration": configuration,
    "reviews": reviews,
    "addresses": addresses,
}


def seeds(name: str) -> list[bytes]:
    """Returns good input for a target, from which bad input is made."""
    article = "Bridge opens\n12 March 2024\n\nAda Lomax said the bridge was open. “It is,” she said.\n"
    ending = f".{name.replace('-', '.')}"
    files = [path.read_bytes() for path in sorted((HERE / "fixtures").glob(f"*{ending}"))]
    return [*files, *_made(name, article)]


def _made(name: str, article: str) -> list[bytes]:
    from made_files import make_docx, make_epub, word_paragraph

    page = f"<html><head><title>Bridge</title></head><body><article><p>{article}</p></article></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: "
    kind = f"application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    crawl = f"{head}{kind}".encode() + answer + b"\r\n\r\n"
    item = f"<item><title>Bridge</title><link>http://a.example/</link><description>{article}"
    statement = {"id": "st-1", "document_id": "doc-1", "kind": "direct", "confidence": 0.9}
    span = {"start": 0, "end": 3, "text": "Ada"}
    store = {
        "schema": "claimtrack/1",
        "documents": [{"id": "doc-1", "path": "a.txt", "sha256": "0", "text": "Ada said no."}],
        "statements": [{**statement, "content": [span]}],
        "log": [{"number": 1, "at": "2025-01-01", "action": "reject", "subject": "st-1"}],
    }
    made: dict[str, list[bytes]] = {
        "txt": [article.encode()],
        "md": [f"---\ntitle: Bridge\ndate: 2024-03-12\n---\n# Bridge\n\n> {article}".encode()],
        "html": [page.encode()],
        "rss": [
            f'<rss version="2.0"><channel>{item}</description></item></channel></rss>'.encode(),
        ],
        "docx": [make_docx(word_paragraph(article))],
        "epub": [make_epub({"one": page})],
        "json": [json.dumps({"title": "Bridge", "text": article}).encode()],
        "jsonl": [json.dumps({"title": "Bridge", "text": article}).encode() + b"\n" * 2],
        "warc": [crawl],
        "transcript": [b"ADA LOMAX: It is open.\n\nTOM REED: It is not.\n\nQ: Why?\n\nA: No.\n"],
        "store-file": [json.dumps(store, indent=1).encode()],
        "lexicon": [b'[[group]]\nname = "a"\norigin = "b"\nforms = ["said", "told"]\n'],
        "configuration": [b'store = "claims.json"\nmin_score = 0.5\n'],
        "reviews": [b'{"id": "cf-1", "status": "confirmed", "by": "Nell", "at": "2025-09-27T10:00Z"}\n'],
        "addresses": [b"http://a.example/one\nhttps://b.example/two\n# three\n"],
        "pdf-layout": [bytes(range(240)) * 2],
    }
    return made.get(name, [])
