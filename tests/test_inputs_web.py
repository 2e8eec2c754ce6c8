"""Web addresses, lists of them and feeds through the command line, against a real server on loopback."""

import gzip
import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner
from web_server import Page, Site

from claimtrack.cli.app import app
from claimtrack.documents.web import transport

SAID = "The dam will be built by June"
SPEAKER = "Lena Orth"


def page(title: str = "Dam row grows", quotation: str = SAID, head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"<p>“{quotation},” Farm Minister {SPEAKER} told reporters in Karachi on Friday.</p>"
        "<p>The river ran high for the third week, and the old mill on the other bank stood still.</p>"
        "</article></body></html>"
    )


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, code: int = 0, **options):
        result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack", **options)
        told = f"{arguments}: {result.exit_code}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        assert result.exit_code == code, told
        return result

    def ingest(self, *arguments: str, code: int = 0, **options):
        return self.run("ingest", "--allow-private", *arguments, code=code, **options)

    def statements(self) -> list[dict]:
        out = self.run("statements", "--format", "jsonl").stdout
        return [json.loads(line) for line in out.splitlines()]

    def quoted(self) -> list[tuple[str, str]]:
        return [(record["speaker"], record["text"].strip("“”,.")) for record in self.statements()]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_STORE", raising=False)
    (tmp_path / "claimtrack.toml").write_text("fetch_pause = 0\nfetch_seconds = 300\nlargest_file = 300000\n")
    return Desk(tmp_path)


@pytest.fixture
def site():
    served = Site()
    yield served
    served.close()


def test_a_page_is_ingested_word_for_word(desk, site):
    address = site.put("/2025/09/27/dam", page())
    desk.ingest(address)
    assert desk.quoted() == [(SPEAKER, SAID)]
    (record,) = desk.statements()
    assert record["document"]["url"] == address
    store = json.loads((desk.folder / "data/claims.json").read_text())
    assert store["documents"][0]["retrieved_at"].startswith("20")
    assert store["documents"][0]["raw_sha256"]


def test_again_changes_nothing_and_a_changed_page_is_a_new_version(desk, site):
    address = site.put("/dam", page())
    desk.ingest(address)
    before = (desk.folder / "data/claims.json").read_bytes()
    assert "1 known" in desk.ingest(address).stderr
    assert (desk.folder / "data/claims.json").read_bytes() == before
    site.put("/dam", page(quotation="The dam will never be built"))
    assert "1 changed" in desk.ingest(address).stderr


def test_extract_stores_nothing(desk, site):
    out = desk.run("extract", "--allow-private", site.put("/dam", page()), "--format", "jsonl").stdout
    assert json.loads(out)["speaker"] == SPEAKER
    assert not (desk.folder / "data").exists()


def test_without_leave_no_private_network_is_read(desk, site):
    result = desk.run("ingest", site.put("/dam", page()), code=3)
    assert "private network" in result.stderr
    assert "--allow-private" in result.stderr
    assert not site.asked


def begun(handler):
    """Sends the beginning of an answer, and the rest too late."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    time.sleep(600)


BAD = {
    "/none": Page(status=404),
    "/broken": Page(status=500),
    "/slow": begun,
    "/cut": Page(headers=(("Content-Length", "9999"),), send=lambda handler: handler.wfile.write(b"<html>")),
    "/bomb": Page(gzip.compress(b"\0" * 9_000_000), headers=(("Content-Encoding", "gzip"),)),
    "/endless": Page(send=lambda handler: [handler.wfile.write(b"a" * 60_000) for _ in range(10_000)]),
    "/loop": Page(status=302, headers=(("Location", "/loop"),)),
    "/file": Page(status=302, headers=(("Location", "file:///etc/passwd"),)),
    "/forbidden": Page(page().encode()),
    "/wall": Page(b"<html><body><h1>Dam</h1><p>Subscribe to continue reading.</p></body></html>"),
    "/empty": Page(b""),
    "/shell": Page(b"<html><body><div id='root'></div><script>x()</script></body></html>"),
    "/image": Page(b"\x89PNG", "image/png"),
}


@pytest.fixture
def hurried(site, monkeypatch):
    """Lets the time for the slow page be over as soon as it is asked for."""
    left = transport.Bounds.left
    over: list[float] = []

    def left_now(bounds: transport.Bounds) -> float:
        if site.asked[-1:] == ["/slow"] and not over:
            over.append(bounds.deadline)
        return left(bounds._replace(deadline=0.0) if bounds.deadline in over else bounds)

    monkeypatch.setattr(transport.Bounds, "left", left_now)


@pytest.mark.usefixtures("hurried")
def test_bad_answers_are_said_and_the_batch_goes_on(desk, site):
    site.pages.update(BAD)
    site.put("/robots.txt", "User-agent: *\nDisallow: /forbidden", "text/plain")
    good = site.put("/zz-good", page().encode("cp1252"), "text/html; charset=utf-8")
    result = desk.ingest(*(site.root + path for path in BAD), "http://no-such-host.invalid/", good, code=3)
    assert desk.quoted() == [(SPEAKER, SAID)]
    errors = [line for line in result.stderr.splitlines() if line.startswith("error:")]
    assert len(errors) == len(BAD) + 1
    for path in BAD:
        assert any(site.root + path in line for line in errors), path
    assert any("/slow" in line and "in time" in line for line in errors)


def test_a_feed(desk, site):
    site.put("/1", page("Dam row"))
    site.put("/2", page("Mill row", "The mill will be sold"))
    items = "".join(f"<item><title>{n}</title><link>{site.root}/{n}</link></item>" for n in (1, 2))
    feed = f"<rss version='2.0'><channel><title>The Post</title>{items}</channel></rss>"
    desk.ingest(site.put("/feed", feed, "application/rss+xml"))
    assert sorted(desk.quoted()) == [(SPEAKER, SAID), (SPEAKER, "The mill will be sold")]


def test_a_feed_in_a_file_and_its_links(desk, site):
    site.put("/1", page())
    feed = (
        f"<rss version='2.0'><channel><item><title>A</title><link>{site.root}/1</link></item></channel></rss>"
    )
    (desk.folder / "wire.rss").write_text(feed)
    result = desk.ingest("wire.rss", code=3)
    assert "--urls" in result.stderr
    assert not site.asked
    desk.ingest("--urls", "wire.rss")
    assert desk.quoted() == [(SPEAKER, SAID)]


def test_a_feed_in_a_file_that_carries_its_articles(desk):
    body = page().partition("<article>")[2].partition("</article>")[0]
    (desk.folder / "wire.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>dam-1</id>'
        "<title>Dam row</title>"
        "<updated>2025-09-27T10:00:00Z</updated><link href='https://post.example/dam'/>"
        f"<content type='html'><![CDATA[{body}]]></content></entry></feed>"
    )
    desk.run("ingest", "wire.atom")
    (record,) = desk.statements()
    assert (record["speaker"], record["text"].strip("“”,.")) == (SPEAKER, SAID)
    assert record["document"]["url"] == "https://post.example/dam"
    assert record["document"]["published"] == "2025-09-27"
    assert record["document"]["path"] == "wire.atom#dam-1"


def test_a_list_of_addresses(desk, site):
    one, two = site.put("/1", page()), site.put("/2", page("Mill row", "The mill will be sold"))
    (desk.folder / "links.txt").write_text(f"# today\n{one}\n\n{two}\n{one}\nnot an address\n")
    result = desk.ingest("--urls", "links.txt", code=3)
    assert "links.txt:6" in result.stderr
    assert len(desk.statements()) == 2
    assert site.asked.count("/1") == 1


def test_a_list_on_standard_input(desk, site):
    desk.ingest("--urls", "-", input=site.put("/1", page()))
    assert desk.quoted() == [(SPEAKER, SAID)]


def test_nothing_named_is_wrong_usage(desk):
    assert "--urls" in desk.run("ingest", code=2).stderr


def test_a_list_that_is_not_there(desk):
    assert "none.txt" in desk.ingest("--urls", "none.txt", code=3).stderr
