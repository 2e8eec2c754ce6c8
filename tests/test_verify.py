"""Evidence through the command line: ``verify``, changed articles, stale conflicts, archive links."""

import csv
import io
import json
import typing
from pathlib import Path

import pytest
from test_cli import FERRY, INQUIRY, Desk

from claimtrack.cli import options

ARCHIVE = "https://web.archive.org/web/2024/https://gazette.example/ferry"


@pytest.fixture(scope="session")
def read_once(tmp_path_factory) -> bytes:
    """The store after both articles were read."""
    folder = tmp_path_factory.mktemp("read")
    desk = Desk(folder)
    paths = [str(desk.write(name, text)) for name, text in (("ferry.txt", FERRY), ("inquiry.txt", INQUIRY))]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        desk.run("ingest", *(Path(path).name for path in paths))
    return desk.store.read_bytes()


@pytest.fixture
def desk(tmp_path, monkeypatch, read_once) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    desk = Desk(tmp_path)
    desk.write("ferry.txt", FERRY)
    desk.write("inquiry.txt", INQUIRY)
    desk.write("data/claims.json", read_once)
    return desk


def fates(desk: Desk, *arguments: str, code: int = 0) -> dict[str, dict]:
    text = desk.run("verify", "--format", "jsonl", *arguments, code=code).stdout
    return {record["document"]["path"]: record for record in map(json.loads, text.splitlines())}


def conflict_of(desk: Desk, *words: str, **filters: str) -> dict:
    given = [part for name, value in filters.items() for part in (f"--{name}", value)]
    (found,) = [
        record
        for record in desk.records("contradictions", *given)
        if all(word in record["a"]["text"] + record["b"]["text"] for word in words)
    ]
    return found


# --- verify ---------------------------------------------------------------------------------------


def test_everything_is_as_it_was(desk):
    before = desk.store.read_bytes()
    result = desk.run("verify", "--exit-code")
    assert "each word for word at its place" in result.stdout
    assert "2 unchanged" in result.stdout
    assert result.stderr == ""
    assert desk.store.read_bytes() == before


def test_every_change_is_told_with_a_word_diff(desk):
    desk.write("ferry.txt", "Corrected.\n" + FERRY.replace("two pounds", "nine pounds"))
    desk.write("inquiry.txt", INQUIRY.replace("“We will not raise the toll,” Lomax said.\n", ""))
    found = fates(desk, "--exit-code", code=10)
    assert [record["status"] for record in found.values()] == ["changed", "changed"]
    (changed,) = [each for each in found["ferry.txt"]["statements"] if each["status"] == "changed"]
    assert changed["text"] == "“The toll will be two pounds,”"
    assert [each["text"] for each in changed["differences"]] == [
        "“The toll will be",
        "two",
        "nine",
        "pounds,”",
    ]
    today = (desk.folder / "ferry.txt").read_text(encoding="utf-8")
    for each in found["ferry.txt"]["statements"]:
        assert each["status"] in ("changed", "moved")
        for span in each["now"]:
            assert today[span["start"] : span["end"]] == span["text"]
    (gone,) = [each for each in found["inquiry.txt"]["statements"] if each["status"] == "gone"]
    assert (gone["text"], gone["now"], gone["differences"]) == ("“We will not raise the toll,”", [], [])
    notes = desk.run("verify").stdout
    assert "> “The toll will be ~~two~~ **nine** pounds,”" in notes
    assert "## `ferry.txt`: changed" in notes
    table = desk.run("verify", "--format", "table").stdout
    assert "“The toll will be [-two-] {+nine+} pounds,”" in table
    rows = list(csv.DictReader(io.StringIO(desk.run("verify", "--format", "csv").stdout)))
    assert {row["status"] for row in rows} == {"changed", "moved", "gone"}


def test_changes_are_no_failure_unless_asked(desk):
    desk.write("ferry.txt", FERRY + "More.\n")
    result = desk.run("verify")
    assert "1 unchanged, 1 changed" in result.stdout or "1 changed, 1 unchanged" in result.stdout
    assert "claimtrack ingest PATH" in result.stderr


def test_a_missing_file_counts_as_a_change(desk):
    (desk.folder / "ferry.txt").unlink()
    assert fates(desk, "--exit-code", code=10)["ferry.txt"]["status"] == "missing"


@pytest.mark.parametrize("code", [(), ("--exit-code",)])
def test_a_store_edited_by_hand_is_found_out(desk, code):
    raw = desk.store.read_text(encoding="utf-8")
    assert raw.count("two pounds") > 1
    desk.store.write_text(raw.replace("two pounds", "six pounds"), encoding="utf-8")
    result = desk.run("verify", *code, code=3)
    assert "ALTERED" in result.stdout
    assert "error: 1 article in data/claims.json is not as it was read" in result.stderr
    assert "[-six-] {+two+}" in desk.run("verify", "--format", "table", code=3).stdout
    desk.store.write_text(raw, encoding="utf-8")
    desk.run("verify")


def test_a_quotation_edited_by_hand_is_found_out(desk):
    raw = desk.store.read_text(encoding="utf-8")
    desk.store.write_text(
        raw.replace('"text": "“We will not raise the toll,”"', '"text": "“We will now raise the toll,”"')
    )
    (faulty,) = fates(desk, code=3)["inquiry.txt"]["statements"]
    assert faulty["faults"][0].startswith("its content does not stand at characters")


@pytest.mark.parametrize("form", typing.get_args(options.Form))
def test_every_form_and_no_escape_sequence_in_any(desk, form):
    desk.write("ferry.txt", FERRY.replace("two", "\x1b[31mnine\x1b[0m \u202e"))
    text = desk.run("verify", "--format", form).stdout
    assert text.endswith("\n")
    assert "nine" in text
    assert not set("\x1b\u202e") & set(text)
    if form == "json":
        assert len(json.loads(text)) == 2


def test_records_are_read_by_the_same_field_names(desk):
    desk.write("many.jsonl", json.dumps({"body": FERRY, "headline": "T"}) + "\n")
    desk.run("ingest", "many.jsonl", "--map", "text=body")
    assert "unchanged: many.jsonl" in desk.run("verify", "--map", "text=body", "-v").stderr


def test_places_are_named_with_v(desk):
    (desk.folder / "ferry.txt").unlink()
    told = desk.run("verify", "-v").stderr
    assert "missing: ferry.txt" in told
    assert "unchanged: inquiry.txt" in told


def test_without_a_store_it_says_what_to_do(desk):
    desk.store.unlink()
    assert "there is no store" in desk.run("verify", code=3).stderr


# --- a changed article ----------------------------------------------------------------------------


def test_ingest_tells_what_changed(desk):
    desk.write("ferry.txt", FERRY.replace("two pounds", "nine pounds"))
    told = desk.run("ingest", "ferry.txt", "--dry-run").stderr
    assert "changed: ferry.txt: statements: 1 gone, 1 new, 2 kept" in told
    told = desk.run("ingest", "ferry.txt", "inquiry.txt", "-v").stderr
    assert "changed: ferry.txt: statements: 1 gone, 1 new, 2 kept" in told
    assert "Ada Lomax: “The toll will be two pounds,”" in told
    assert "Ada Lomax: “The toll will be nine pounds,”" in told
    assert "inquiry.txt: statements" not in told
    assert "statements:" not in desk.run("ingest", "ferry.txt").stderr
    assert fates(desk, "--exit-code")["ferry.txt"]["status"] in ("unchanged", "not compared")


def test_corrections_stay_where_the_statement_is_still_there(desk):
    (said,) = [record for record in desk.records("statements") if "not raise" in record["text"]]
    (other,) = [record for record in desk.records("statements") if "pumps" in record["text"]]
    desk.run("statements", "assign", said["id"], "Tom Reed")
    desk.run("statements", "reject", other["id"])
    for line in ("Corrected.\n", "Corrected again.\n"):
        desk.write("inquiry.txt", line + INQUIRY)
        desk.run("ingest", "inquiry.txt")
    texts = {record["text"]: record for record in desk.records("statements")}
    assert texts["“We will not raise the toll,”"]["speaker"] == "Tom Reed"
    assert "the pumps had failed" not in texts


def test_a_dismissed_pair_stays_away_until_an_article_changes(desk):
    item = conflict_of(desk, "Karachi", "Norway")["id"]
    desk.run("review", item, "--dismiss", "--note", "two ferries", "--by", "Nell")
    desk.run("ingest", "ferry.txt", "inquiry.txt", "--again")
    assert not [r for r in desk.records("contradictions") if "Norway" in r["b"]["text"]]
    desk.write("inquiry.txt", INQUIRY.replace("\n", "\r\n"))
    desk.run("ingest", "inquiry.txt")
    assert not [r for r in desk.records("contradictions") if "Norway" in r["b"]["text"]]
    desk.write("inquiry.txt", "Corrected.\n" + INQUIRY)
    desk.run("ingest", "inquiry.txt")
    back = conflict_of(desk, "Karachi", "Norway", status="stale")
    review = {key: back["review"][key] for key in ("status", "was", "why", "by", "note")}
    assert review == {
        "status": "stale",
        "was": "dismissed",
        "why": "inquiry.txt has changed since",
        "by": "Nell",
        "note": "two ferries",
    }
    assert back["id"] in {record["id"] for record in desk.records("contradictions")}
    desk.run("review", back["id"], "--dismiss")
    assert back["id"] not in {record["id"] for record in desk.records("contradictions")}
    assert desk.records("contradictions", "--status", "stale") == []


def test_a_confirmed_pair_whose_words_are_gone_is_stale_not_lost(desk):
    item = conflict_of(desk, "Karachi", "Norway")["id"]
    desk.run("review", item, "--confirm", "--by", "Nell")
    desk.write("inquiry.txt", INQUIRY.replace("the ferry was operated from Norway", "he was content"))
    desk.run("ingest", "inquiry.txt")
    lost = conflict_of(desk, "Karachi", "Norway", status="stale")
    assert (lost["id"], lost["review"]["was"], lost["b"]["status"]) == (item, "confirmed", "gone")
    for form in ("markdown", "table"):
        text = " ".join(desk.run("show", item, "--format", form).stdout.split())
        assert "stale (inquiry.txt has changed since), confirmed by Nell" in text
    assert desk.records("contradictions", "--status", "stale", "--speaker", "Tom Reed") == []
    assert desk.records("contradictions", "--status", "stale", "--since", "2025") == []
    desk.run("review", item, "--dismiss")
    assert desk.records("contradictions", "--status", "stale") == []


# --- retracted articles and archived copies -------------------------------------------------------


def test_what_rests_on_a_retracted_article_is_stale(desk):
    item = conflict_of(desk, "Karachi", "Norway")["id"]
    told = desk.run("sources", "set", "ferry.txt", "--retracted", "--by", "Nell").stderr
    assert "ferry.txt: retracted; `claimtrack undo` takes it back" in told
    (source,) = [record for record in desk.records("sources") if record["path"] == "ferry.txt"]
    assert source["retracted"] is True
    stale = conflict_of(desk, "Karachi", "Norway", status="stale")
    assert stale["review"] == {"status": "stale", "why": "ferry.txt was retracted"}
    assert stale["a"]["document"]["retracted"] is True
    assert desk.records("contradictions", "--status", "unreviewed", "--across-sources") == []
    for form in ("markdown", "table"):
        text = " ".join(desk.run("contradictions", "--format", form).stdout.replace("│", " ").split())
        assert "stale (ferry.txt was retracted)" in text
        assert "RETRACTED" in text
        assert "RETRACTED" in desk.run("sources", "--format", form).stdout
    (row, *_) = csv.DictReader(io.StringIO(desk.run("contradictions", "--format", "csv").stdout))
    assert (row["review"], row["a_retracted"], row["b_retracted"]) == ("stale", "True", "False")
    assert json.loads(desk.run("status", "--format", "json").stdout)["retracted"] == 1
    desk.run("review", item, "--dismiss")
    assert item not in {record["id"] for record in desk.records("contradictions")}
    desk.run("undo")
    assert "(retracted)" in desk.run("undo").stderr
    assert desk.records("contradictions", "--status", "stale") == []


def test_a_retraction_survives_a_newer_version_and_can_be_taken_back(desk):
    desk.run("sources", "set", "ferry.txt", "--retracted")
    desk.write("ferry.txt", "Retracted.\n" + FERRY)
    desk.run("ingest", "ferry.txt")
    assert [r["retracted"] for r in desk.records("sources") if r["path"] == "ferry.txt"] == [True, True]
    desk.run("sources", "set", "ferry.txt", "--not-retracted")
    newest = [r for r in desk.records("sources") if r["path"] == "ferry.txt" and not r["superseded_by"]]
    assert [r["retracted"] for r in newest] == [False]


def test_an_archived_copy_is_kept_and_shown(desk):
    desk.run("sources", "set", "ferry.txt", "--archive", ARCHIVE)
    (source,) = [record for record in desk.records("sources") if record["path"] == "ferry.txt"]
    assert source["archive_url"] == ARCHIVE
    said = next(r for r in desk.records("statements") if r["document"]["path"] == "ferry.txt")
    assert said["document"]["archive_url"] == ARCHIVE
    for arguments in (["sources"], ["show", said["id"]], ["contradictions"]):
        assert f"<{ARCHIVE}>" in desk.run(*arguments).stdout
    for arguments in (["sources"], ["show", said["id"]]):
        table = "".join(
            line.strip() for line in desk.run(*arguments, "--format", "table").stdout.splitlines()
        )
        assert ARCHIVE in table
    desk.run("undo")
    assert {record["archive_url"] for record in desk.records("sources")} == {None}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "gazette.example", "https://", "http://a b", "ftp://x.y"]
)
def test_an_archive_address_that_is_none_is_refused(desk, address):
    before = desk.store.read_bytes()
    assert "is no web address" in desk.run("sources", "set", "ferry.txt", "--archive", address, code=3).stderr
    assert desk.store.read_bytes() == before
