"""Records and crawls through the command line: what is quoted is found word for word, with its speaker."""

import gzip
import json

import pytest
from test_cli import Desk, desk  # noqa: F401  (a fixture)

SAID = "Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi."
QUOTED = "“The toll will be two pounds,” Lomax told reporters in Karachi."
OTHER = "Harbour master Tom Reed said the pumps had failed. “Nobody looked after them,” Reed said."
URL = "https://harbour.example/ferry"
RECORD = {"text": f"{SAID}\n{QUOTED}", "title": "Ferry ran from Karachi", "date": "2024-03-12", "url": URL}
NINJS = {
    "uri": "urn:newsml:agency.example:17",
    "type": "text",
    "versioncreated": "2024-03-12T10:00:00Z",
    "headline": "Ferry ran from Karachi",
    "body_html": f"<p>{SAID}</p><p>{QUOTED}</p>",
}


def page(number: int, text: str) -> bytes:
    body = f"<h1>Story {number}</h1><p>{SAID}</p><p>{text}</p>"
    return f"<html><head><title>Story {number}</title></head><body>{body}</body></html>".encode()


def record(body: bytes, url: str = URL, kind: str = "text/html", date: str = "2024-03-12T10:00:00Z") -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Length: {len(block)}"
    )
    return f"WARC/1.0\r\n{head}\r\n\r\n".encode() + block + b"\r\n\r\n"


def crawl(*pages: str, date: str = "2024-03-12T10:00:00Z") -> bytes:
    made = (record(page(n, text), f"{URL}/{n}", date=date) for n, text in enumerate(pages))
    return b"".join(map(gzip.compress, made))


KINDS = [
    pytest.param("a.jsonl", json.dumps(RECORD).encode(), "a.jsonl#" + URL, id="jsonl"),
    pytest.param("a.ndjson", json.dumps({**RECORD, "url": None}).encode(), "a.ndjson#1", id="ndjson"),
    pytest.param("a.json", json.dumps(RECORD, indent=1).encode(), "a.json", id="json"),
    pytest.param("b.json", json.dumps([RECORD]).encode(), "b.json#" + URL, id="a list"),
    pytest.param("n.json", json.dumps(NINJS).encode(), "n.json", id="ninjs"),
    pytest.param("c.warc", record(page(1, QUOTED)), "c.warc#" + URL, id="warc"),
    pytest.param("c.warc.gz", gzip.compress(record(page(1, QUOTED))), "c.warc.gz#" + URL, id="warc.gz"),
]


@pytest.mark.parametrize(("name", "content", "path"), KINDS)
def test_the_quotation_is_found_word_for_word(desk, name, content, path):  # noqa: F811
    if ".warc" in name:
        pytest.importorskip("warcio")
    desk.write(name, content)
    desk.run("ingest", name)
    found = {record["text"]: record for record in desk.records("statements")}
    quoted = found["“The toll will be two pounds,”"]
    assert quoted["speaker"] == "Ada Lomax"
    assert quoted["kind"] == "direct"
    assert quoted["document"]["path"] == path
    assert "that the ferry was operated from Karachi" in found
    before = desk.store.read_bytes()
    assert "1 known" in desk.run("ingest", name).stderr
    assert desk.store.read_bytes() == before


def test_what_is_known_of_a_record(desk):  # noqa: F811
    desk.write("a.jsonl", json.dumps({**RECORD, "publisher": "The Harbour Gazette", "author": "Jane Roe"}))
    desk.run("ingest", "a.jsonl")
    (source,) = desk.records("sources")
    assert source["published"] == "2024-03-12"
    assert source["published_basis"] == 'field "date"'
    assert (source["url"], source["title"]) == (URL, "Ferry ran from Karachi")
    assert (source["publisher"], source["author"]) == ("The Harbour Gazette", "Jane Roe")


def test_other_names_of_fields(desk):  # noqa: F811
    desk.write(
        "a.jsonl", json.dumps({"body": RECORD["text"], "meta": {"at": "2024-03-12"}, "by": "Jane Roe"})
    )
    told = desk.run("ingest", "a.jsonl", code=3).stderr
    assert "--map text=body" in told
    desk.run("ingest", "a.jsonl", "--map", "text=body,date=meta.at", "--map", "author=by")
    (source,) = desk.records("sources")
    assert (source["published"], source["author"]) == ("2024-03-12", "Jane Roe")
    extracted = desk.records("extract", "a.jsonl", "--map", "text=body")
    assert "Ada Lomax" in {statement["speaker"] for statement in extracted}


@pytest.mark.parametrize("given", ["body", "text=", "=body", "words=body", ""])
def test_a_mapping_that_is_none_is_wrong_usage(desk, given):  # noqa: F811
    desk.write("a.jsonl", json.dumps(RECORD))
    assert "--map" in desk.run("ingest", "a.jsonl", "--map", given, code=2).stderr


def test_names_of_fields_can_stand_in_the_settings(desk):  # noqa: F811
    desk.write("claimtrack.toml", '[fields]\ntext = "body"\n')
    desk.write("a.jsonl", json.dumps({"body": RECORD["text"], "at": "2024-03-12"}))
    desk.run("ingest", "a.jsonl", "--map", "date=at")
    (source,) = desk.records("sources")
    assert source["published"] == "2024-03-12"
    desk.write("claimtrack.toml", '[fields]\nwords = "body"\n')
    assert "fields.words" in desk.run("ingest", "a.jsonl", code=3).stderr


def test_a_broken_line_does_not_stop_the_rest(desk):  # noqa: F811
    desk.write("a.jsonl", json.dumps(RECORD) + "\n{broken\n" + json.dumps({"text": OTHER}) + "\n")
    told = desk.run("ingest", "a.jsonl", code=3).stderr
    assert "2 new, 1 failed" in told
    assert "a.jsonl#2" in told
    assert {"Ada Lomax", "Tom Reed"} <= {record["speaker"] for record in desk.records("statements")}


def test_the_date_of_a_list_is_not_that_of_its_articles(desk):  # noqa: F811
    desk.write("2025-09-27.jsonl", json.dumps({"text": RECORD["text"]}))
    desk.run("ingest", "2025-09-27.jsonl")
    (source,) = desk.records("sources")
    assert source["published"] is None


def test_a_store_in_a_folder_of_articles_is_left_alone(desk):  # noqa: F811
    desk.write("a.jsonl", json.dumps(RECORD))
    desk.run("ingest", ".")
    assert "1 known" in desk.run("ingest", ".").stderr


def test_a_crawl_with_one_page_changed(desk):  # noqa: F811
    pytest.importorskip("warcio")
    pages = [f"“The toll will be {n} pounds,” Lomax told reporters." for n in range(2, 8)]
    desk.write("c.warc.gz", crawl(*pages))
    assert "6 articles: 6 new" in desk.run("ingest", "c.warc.gz").stderr
    pages[3] += " “We will not raise it,” Lomax said."
    desk.write("c.warc.gz", crawl(*pages, date="2024-04-01T10:00:00Z"))
    assert "6 articles: 1 changed, 5 known" in desk.run("ingest", "c.warc.gz").stderr
    old, new = (
        s for s in desk.records("sources") if s["url"] == f"{URL}/3" and s["path"] == f"c.warc.gz#{URL}/3"
    )
    assert {old["superseded_by"], new["superseded_by"]} & {old["id"], new["id"]}
    before = desk.store.read_bytes()
    assert "6 articles: 6 known" in desk.run("ingest", "c.warc.gz").stderr
    assert desk.store.read_bytes() == before


def test_the_same_page_in_a_later_crawl_is_its_newer_version(desk):  # noqa: F811
    pytest.importorskip("warcio")
    later = "“We will not raise the toll,” Lomax told reporters."
    desk.write("march.warc.gz", crawl(QUOTED))
    desk.write("april.warc.gz", crawl(later, date="2024-04-01T10:00:00Z"))
    desk.run("ingest", "march.warc.gz")
    assert "1 changed" in desk.run("ingest", "april.warc.gz").stderr
    april, march = desk.records("sources")
    assert march["superseded_by"] == april["id"]
    assert april["superseded_by"] is None
    before = desk.store.read_bytes()
    assert "2 articles: 2 known" in desk.run("ingest", "march.warc.gz", "april.warc.gz").stderr
    assert desk.store.read_bytes() == before


def test_an_earlier_crawl_read_later_replaces_nothing(desk):  # noqa: F811
    pytest.importorskip("warcio")
    desk.write("a.warc.gz", crawl(QUOTED, date="2024-04-01T10:00:00Z"))
    desk.write("b.warc.gz", crawl("“It is free,” Lomax told reporters."))
    desk.run("ingest", "a.warc.gz")
    assert "1 new" in desk.run("ingest", "b.warc.gz").stderr
    newer, older = desk.records("sources")
    assert older["superseded_by"] == newer["id"]
    assert newer["superseded_by"] is None
    before = desk.store.read_bytes()
    assert "2 articles: 2 known" in desk.run("ingest", "b.warc.gz", "a.warc.gz").stderr
    assert desk.store.read_bytes() == before


def test_a_page_kept_twice_in_one_crawl(desk):  # noqa: F811
    pytest.importorskip("warcio")
    first = record(page(1, QUOTED))
    second = record(page(1, "“It is free,” Lomax told reporters."), date="2024-03-13T10:00:00Z")
    desk.write("a.warc", first + second)
    desk.run("ingest", "a.warc")
    before = desk.store.read_bytes()
    assert "2 articles: 2 known" in desk.run("ingest", "a.warc").stderr
    assert desk.store.read_bytes() == before


def test_a_line_put_in_before_others_with_addresses_changes_nothing_else(desk):  # noqa: F811
    second = {"text": OTHER, "url": "https://harbour.example/pumps"}
    desk.write("a.jsonl", json.dumps(RECORD))
    desk.run("ingest", "a.jsonl")
    desk.write("a.jsonl", json.dumps(second) + "\n" + json.dumps(RECORD))
    assert "2 articles: 1 new, 1 known" in desk.run("ingest", "a.jsonl").stderr


def test_a_crawl_that_is_cut_off(desk):  # noqa: F811
    pytest.importorskip("warcio")
    desk.write("c.warc.gz", crawl(QUOTED, QUOTED.replace("two", "three"))[:-40])
    told = desk.run("ingest", "c.warc.gz", code=3).stderr
    assert "1 new, 1 failed" in told
    assert "breaks off after" in told
    assert "c.warc.gz" in told
    assert "“The toll will be two pounds,”" in {record["text"] for record in desk.records("statements")}


def test_what_a_crawl_holds_besides_is_told_in_one_line(desk):  # noqa: F811
    pytest.importorskip("warcio")
    desk.write("c.warc", record(page(1, QUOTED)) + record(b"\xff\xd8", kind="image/jpeg") * 3)
    told = desk.run("ingest", "c.warc").stderr
    assert "left out: images and other files (3)" in told
