"""The command ``report``: what it writes, what it refuses to overwrite, and that it reads only."""

import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_articles import ARTICLES
from test_cli import Desk


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> bytes:
    """The store after the articles were read."""
    folder = tmp_path_factory.mktemp("read")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        Desk(folder).run("ingest", *ARTICLES)
    finally:
        os.chdir(before)
    return (folder / "data" / "claims.json").read_bytes()


@pytest.fixture
def desk(tmp_path, monkeypatch, read) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    made = Desk(tmp_path)
    made.write("data/claims.json", read)
    return made


@pytest.fixture
def report(desk):
    """Writes a report with the options given, and returns the page."""

    def write(*options: str) -> str:
        desk.run("report", "out.html", *options)
        return (desk.folder / "out.html").read_text(encoding="utf-8")

    return write


class Outline(HTMLParser):
    """Tags with their attributes, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("style", "script"):
            self.text += data

    def count(self, tag: str) -> int:
        return sum(1 for name, _ in self.tags if name == tag)


def conflict_ids(page: str) -> list[str]:
    return re.findall(r'<article class="conflict[^>]* id="(cf-\w+)"', page)


def test_it_writes_both_sides_of_every_conflict(desk, report):
    page = report()
    text = " ".join(Outline(page).text.split())
    ids = [line.split('"')[3] for line in desk.run("contradictions", "--format", "jsonl").stdout.splitlines()]
    assert sorted(conflict_ids(page)) == sorted(ids)
    assert len(ids) == 3
    for told in (
        "the ferry was operated from Norway",
        "“We will not raise the toll,”",
        "north gate was closed",
    ):
        assert told in text
    for told in ("published 2024-03-12", "said 2024-03-20 (publication date)", "inquiry.txt:3", "SHA-256"):
        assert told in text
    assert "possible conflict, unreviewed".capitalize() in text


def test_it_says_what_the_store_holds_and_which_store_it_was(desk, report):
    from hashlib import sha256

    text = " ".join(Outline(report()).text.split())
    assert sha256(desk.store.read_bytes()).hexdigest() in text
    assert "in 11 statements from 4 articles" in text
    assert "newest article 2024-04-20" in text


def test_people_stand_in_the_order_of_the_alphabet(report):
    page = report()
    assert re.findall(r'<th scope="row">.*?<bdi>(.*?)</bdi>', page) == ["Ada Lomax", "Eve Stone", "Tom Reed"]


def test_the_same_store_gives_the_same_bytes_and_stays_as_it_was(desk, report):
    before = desk.store.read_bytes()
    first = report()
    assert report() == first
    assert desk.store.read_bytes() == before


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (["--speaker", "stone"], {"Eve Stone"}),
        (["--kind", "change"], {"Ada Lomax"}),
        (["--status", "confirmed"], set()),
        (["--about", "gate"], {"Eve Stone"}),
        (["--since", "2024-04"], {"Eve Stone"}),
        (["--min-score", "0.99"], set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_it_takes_the_filters_of_contradictions(desk, report, filters, left):
    page = report(*filters)
    listed = desk.run("contradictions", *filters, "--format", "jsonl").stdout.splitlines()
    assert len(conflict_ids(page)) == len(listed)
    people = re.findall(r'data-speaker="(sp-\w+)" data-subject', page)
    names = dict(re.findall(r'<h2 id="(sp-\w+)-name"><bdi>(.*?)</bdi>', page))
    assert {names[key] for key in people} == left
    assert f"<code>{filters[0]} {'stone' if 'stone' in filters else filters[1]}</code>" in page


def test_nothing_found_says_that_it_is_no_finding(report):
    page = report("--min-score", "1.0")
    assert "No possible conflicts found" in page
    assert not conflict_ids(page)


def test_an_unknown_speaker_writes_nothing(desk):
    result = desk.run("report", "out.html", "--speaker", "Nobody", code=3)
    assert "no speaker is called" in result.stderr
    assert not (desk.folder / "out.html").exists()


def test_without_a_store_it_says_what_to_do(desk):
    desk.store.unlink()
    assert "claimtrack ingest" in desk.run("report", "out.html", code=3).stderr


def test_a_damaged_store_writes_nothing(desk):
    desk.store.write_text("{")
    desk.run("report", "out.html", code=3)
    assert not (desk.folder / "out.html").exists()


# --- what a person decided -----------------------------------------------------------------------


def test_a_review_stands_beside_its_conflict(desk, report):
    (found,) = re.findall(
        r'id="(cf-\w+)" data-speaker="[^"]*" data-subject="[^"]*" data-kind="change"', report()
    )
    desk.run("review", found, "--confirm", "--by", "Kim <b>", "--note", "both <i>heard</i>")
    page = report()
    assert re.search(rf'id="{found}"[^>]*data-status="confirmed"', page)
    assert "confirmed by Kim &lt;b&gt;" in page
    assert "both &lt;i&gt;heard&lt;/i&gt;" in page
    assert "of them confirmed" in page


def test_a_dismissed_pair_is_left_out_and_counted(desk, report):
    found = conflict_ids(report())[0]
    desk.run("review", found, "--dismiss", "--by", "Kim")
    page = report()
    assert found not in conflict_ids(page)
    assert "1 dismissed pair hidden" in page


# --- where it is written -------------------------------------------------------------------------


def test_an_earlier_report_is_replaced_and_leaves_nothing_behind(desk, report):
    report("--kind", "change")
    assert len(conflict_ids(report())) == 3
    assert sorted(path.name for path in desk.folder.iterdir()) == ["data", "out.html"]


def test_another_file_is_replaced_only_when_told_to(desk):
    mine = desk.folder / "out.html"
    mine.write_text("<p>my own page")
    result = desk.run("report", "out.html", code=3)
    assert "no report of claimtrack" in result.stderr
    assert "--force" in result.stderr
    assert mine.read_text() == "<p>my own page"
    desk.run("report", "out.html", "--force")
    assert mine.read_text().startswith("<!doctype html>")


def test_the_store_is_never_replaced(desk):
    before = desk.store.read_bytes()
    for path in ("data/claims.json", "./data/../data/claims.json"):
        assert "the store itself" in desk.run("report", path, "--force", code=3).stderr
    assert desk.store.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "told"),
    [("data", "is a folder"), ("missing/out.html", "there is no folder")],
    ids=["folder", "none"],
)
def test_a_place_that_takes_no_file_is_named(desk, path, told):
    assert told in desk.run("report", path, "--force", code=3).stderr


def test_a_missing_jinja2_names_what_to_install(desk, monkeypatch):
    from claimtrack.notes.page import rendering

    rendering._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = desk.run("report", "out.html", code=3)
    assert 'pip install "claimtrack[report]"' in result.stderr
    assert not (desk.folder / "out.html").exists()


# --- hostile text --------------------------------------------------------------------------------


def test_hostile_text_makes_no_tag_and_turns_no_line(report):
    page = report()
    outline = Outline(page)
    assert outline.count("script") == 1
    assert outline.count("img") == 0
    assert outline.count("title") == 1
    assert not any(name.startswith("on") for _, attributes in outline.tags for name in attributes)
    assert "<script>window.hacked=1</script> opens gate" in outline.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)


def test_an_address_that_is_none_of_the_web_is_no_link(desk, report):
    (document,) = [
        line.split('"')[3]
        for line in desk.run("sources", "--format", "jsonl").stdout.splitlines()
        if "levy.txt" in line
    ]
    desk.run("sources", "set", document, "--url", "javascript:alert(1)")
    outline = Outline(report())
    links = [attributes["href"] or "" for tag, attributes in outline.tags if tag == "a"]
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_the_page_names_no_other_file(report):
    outline = Outline(report())
    assert not {"link", "iframe", "object", "embed", "base", "image", "use"} & {
        tag for tag, _ in outline.tags
    }
    assert not any({"src", "srcset", "action", "style"} & attributes.keys() for _, attributes in outline.tags)
    (policy,) = [
        attributes["content"] or ""
        for tag, attributes in outline.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
