"""``export`` and ``schema`` from outside: files that other programs read, schemas that all output fits."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from linked_data import expand
from test_cli import FERRY, INQUIRY, Desk

from claimtrack.notes import flat, nodes, schemas
from claimtrack.store.json_store import SCHEMA

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")

HOSTILE = """=HYPERLINK("https://evil.example")\x1b[2J
date 2024-05-01
Transport Minister Ada Lomax said: “=cmd|' /C calc'!A0;=1+1 is what they typed.” She then left the harbour.
“The ferry,” Lomax said on Monday, “is not operated from Karachi.” She went home after that.
"""


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> bytes:
    """The store after both articles were read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("stored"))
        patch.delenv("CLAIMTRACK_STORE", raising=False)
        desk = Desk(Path.cwd())
        desk.write("ferry.txt", FERRY)
        desk.write("inquiry.txt", INQUIRY)
        desk.run("ingest", "ferry.txt", "inquiry.txt")
        return desk.store.read_bytes()


@pytest.fixture
def full(desk, stored) -> Desk:
    desk.write("data/claims.json", stored)
    desk.write("ferry.txt", FERRY)
    desk.write("inquiry.txt", INQUIRY)
    return desk


def rows(desk: Desk, *words: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(desk.run("export", *words, "--format", "csv").stdout)))


def graph(desk: Desk, *words: str) -> list[dict]:
    return json.loads(desk.run("export", *words, "--format", "jsonld").stdout)["@graph"]


@pytest.fixture
def hostile(full) -> Desk:
    full.write("=evil.txt", HOSTILE)
    full.run("ingest", "=evil.txt", "--publisher", "@SUM(1)")
    return full


# --- rows -----------------------------------------------------------------------------------------


def test_csv_and_json_lines_have_the_same_rows(full):
    for what in ("conflicts", "statements"):
        lines = full.records("export", what)
        table = rows(full, what)
        assert len(lines) == len(table) > 0
        for line, row in zip(lines, table, strict=True):
            assert list(line) == list(row)
            assert not any(isinstance(value, list | dict) for value in line.values())
            assert [row[key] for key in ("id", "kind")] == [line[key] for key in ("id", "kind")]
            assert row["speaker"] == (line["speaker"] or "")


def test_rows_are_those_of_the_listing(full):
    assert [row["id"] for row in rows(full, "statements")] == [r["id"] for r in full.records("statements")]
    assert [row["id"] for row in rows(full)] == [r["id"] for r in full.records("contradictions")]
    for row, record in zip(rows(full), full.records("contradictions"), strict=True):
        for side in "ab":
            assert row[f"{side}_text"] == record[side]["text"]
            assert row[f"{side}_context"] == record[side]["context"]["text"]
            assert row[f"{side}_published"] == record[side]["document"]["published"]
            assert row[f"{side}_path"] == record[side]["document"]["path"]
        assert row["review"] == "unreviewed"


def test_every_piece_can_be_cut_from_the_file(hostile):
    found = hostile.records("export", "statements")
    for row in found:
        text = (hostile.folder / row["path"]).read_bytes().decode("utf-8")
        places = [place.split("-") for place in row["places"].split()]
        assert " … ".join(text[int(start) : int(end)] for start, end in places) == row["text"]
        assert (str(row["start"]), str(row["end"])) == (places[0][0], places[-1][1])
    assert any(" " in row["places"] for row in found)


@pytest.mark.parametrize("what", ["conflicts", "statements"])
def test_csv_is_rfc_4180(hostile, what):
    raw = hostile.run("export", what, "--format", "csv").stdout_bytes
    assert not raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8")
    assert text.endswith("\r\n")
    records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(record) for record in records}) == 1
    assert all(end == "\r\n" for end in re.findall(r"\r?\n", re.sub(r'"[^"]*"', "", text)))


def test_no_cell_computes_in_any_spreadsheet(hostile):
    """Neither read by commas nor, as some spreadsheets do, by semicolons."""
    for what in ("conflicts", "statements"):
        text = hostile.run("export", what, "--format", "csv").stdout
        assert not set("\x1b\x9b\u202e") & set(text)
        for separator in ",;":
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                for cell in record:
                    assert cell[:1] not in set("=+-@\t\r") or re.fullmatch(r"-?\d+(\.\d+)?", cell), cell
    row = next(row for row in rows(hostile, "statements") if "calc" in row["text"])
    assert row["publisher"] == "'@SUM(1)"
    assert row["path"] == "'=evil.txt"


def test_an_empty_table_still_has_its_head(full):
    nobody = ("--since", "2099")
    for what, columns in (("conflicts", flat.CONFLICT_COLUMNS), ("statements", flat.STATEMENT_COLUMNS)):
        head = full.run("export", what, *nobody, "--format", "csv").stdout
        assert next(csv.reader(io.StringIO(head))) == list(columns)
        assert head.count("\n") == 1
        assert full.run("export", what, *nobody, "--format", "jsonl").stdout == ""
        assert graph(full, what, *nobody) == []
    assert full.run("export", *nobody).stdout == "No possible conflicts found.\n"
    assert full.run("export", "statements", *nobody).stdout == "No statements found.\n"


@pytest.mark.parametrize(("what", "listing"), [("conflicts", "contradictions"), ("statements", "statements")])
def test_markdown_is_the_notes(full, what, listing):
    notes = full.run(listing, "--format", "markdown").stdout
    assert full.run("export", what, "--format", "markdown").stdout == notes
    assert full.run("export", what).stdout == notes


# --- filters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("--speaker", "Ada Lomax"),
        ("--speaker", "Reed"),
        ("--about", "toll"),
        ("--search", "pumps"),
        ("--kind", "direct"),
        ("--since", "2024-03-15"),
        ("--until", "2024-03-15"),
    ],
    ids=" ".join,
)
def test_statements_take_their_filters(full, words):
    every = full.records("statements")
    expected = [record["id"] for record in full.records("statements", *words)]
    assert [row["id"] for row in full.records("export", "statements", *words)] == expected
    assert 0 < len(expected) < len(every)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--speaker", "Lomax"),
        ("--about", "toll"),
        ("--kind", "change"),
        ("--kind", "contradiction"),
        ("--min-score", "0"),
        ("--min-score", "1"),
        ("--limit", "1"),
        ("--status", "dismissed"),
        ("--across-sources",),
        ("--until", "2024-03-15"),
    ],
    ids=lambda words: " ".join(words) or "none",
)
def test_conflicts_take_their_filters(full, words):
    found = [record["id"] for record in full.records("contradictions", *words)]
    assert [row["id"] for row in full.records("export", "conflicts", *words)] == found
    assert [n["id"] for n in graph(full, *words) if n["type"] == "Annotation"] == [
        f"urn:claimtrack:{each}" for each in found
    ]


def test_the_settings_say_what_is_shown_by_default(full):
    full.write("claimtrack.toml", "min_score = 1.0\n")
    assert full.records("export") == full.records("contradictions") == []
    full.write("claimtrack.toml", "min_score = 0.0\n")
    everything = [record["id"] for record in full.records("contradictions")]
    assert [row["id"] for row in full.records("export")] == everything
    assert everything


def test_rejected_and_gone_statements_are_asked_for(full):
    first = full.records("statements")[0]["id"]
    full.run("statements", "reject", first)
    assert first not in {row["id"] for row in full.records("export", "statements")}
    (row,) = [row for row in full.records("export", "statements", "--rejected") if row["id"] == first]
    assert row["status"] == "rejected"
    full.write("ferry.txt", "Ferry\ndate 2024-03-12\nTransport Minister Ada Lomax said the ferry had sunk.\n")
    full.run("ingest", "ferry.txt")
    assert "gone" in {row["status"] for row in full.records("export", "statements", "--gone")}
    assert {row["status"] for row in full.records("export", "statements")} == {"current"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("--search", "x"), "--search is no filter of conflicts", id="search"),
        pytest.param(("--gone",), "--gone is no filter of conflicts", id="gone"),
        pytest.param(
            ("statements", "--min-score", "0"), "--min-score is no filter of statements", id="score"
        ),
        pytest.param(("statements", "--limit", "3"), "--limit is no filter of statements", id="limit"),
        pytest.param(
            ("statements", "--status", "unsure"), "--status is no filter of statements", id="status"
        ),
        pytest.param(("--kind", "direct"), "Known: contradiction, change, report", id="kind of statements"),
        pytest.param(
            ("statements", "--kind", "change"), "Known: direct, indirect, mixed", id="kind of conflicts"
        ),
        pytest.param(("claims",), "conflicts", id="what"),
        pytest.param(("--format", "xlsx"), "csv", id="form"),
    ],
)
def test_a_filter_that_does_not_fit_is_wrong_usage(full, words, told):
    result = full.run("export", *words, code=2)
    assert result.stdout == ""
    assert told in " ".join(result.stderr.split())


def test_an_unknown_speaker_writes_nothing(full):
    before = full.write("out.csv", "mine")
    assert "Ada Lomax" in full.run("export", "--speaker", "Ada Lomx Quux", "-o", "out.csv", code=3).stderr
    assert before.read_text() == "mine"


def test_without_a_store_it_says_what_to_do(desk):
    assert "claimtrack ingest" in desk.run("export", "-o", "out.csv", code=3).stderr
    assert not (desk.folder / "out.csv").exists()


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("out.csv", "csv"),
        ("out.CSV", "csv"),
        ("out.jsonl", "jsonl"),
        ("out.ndjson", "jsonl"),
        ("out.jsonld", "jsonld"),
        ("out.json", "jsonld"),
        ("out.md", "markdown"),
        ("out", "markdown"),
    ],
)
def test_the_ending_chooses_the_form(full, name, form):
    result = full.run("export", "-o", name)
    assert result.stdout == ""
    assert f"written to {name}" in result.stderr
    assert (full.folder / name).read_bytes() == full.run("export", "--format", form).stdout_bytes
    full.run("export", "-o", name, "--format", "jsonl")
    assert (full.folder / name).read_bytes() == full.run("export", "--format", "jsonl").stdout_bytes


def test_a_file_is_replaced_whole_and_keeps_its_permissions(full):
    path = full.write("out.csv", "old")
    path.chmod(0o640)
    full.run("export", "-o", "out.csv")
    assert path.read_bytes().startswith(b"id,speaker,")
    assert path.stat().st_mode & 0o777 == 0o640
    assert not list(full.folder.glob(".claimtrack-*"))


def test_the_store_is_not_overwritten(full):
    before = full.store.read_bytes()
    assert "the store itself" in full.run("export", "-o", str(full.store), code=3).stderr
    assert "cannot write" in full.run("export", "-o", "none/out.csv", code=3).stderr
    for what in ("conflicts", "statements"):
        full.run("export", what, "--format", "jsonld")
    assert full.store.read_bytes() == before


def test_the_same_store_gives_the_same_bytes(full):
    for form in ("csv", "jsonl", "jsonld"):
        first, second = (full.run("export", "--format", form).stdout_bytes for _ in range(2))
        assert first == second


@pytest.mark.skipif(os.name == "nt", reason="a POSIX pipe")
def test_a_closed_pipe_is_no_error(full):
    line = f"'{sys.executable}' -m claimtrack export statements --format jsonl; echo $? >&2"
    done = subprocess.run(
        f"({line}) | head -c 1", shell=True, cwd=full.folder, capture_output=True, text=True
    )
    assert done.stdout == "{"
    assert done.stderr.strip() == "0"


# --- JSON-LD --------------------------------------------------------------------------------------


def test_decisions_of_two_people_are_two_annotations(full):
    (lead, *_) = graph(full)
    found = full.records("contradictions")[0]["id"]
    full.run("review", found, "--confirm", "--by", "Nell", "--note", "Asked twice.")
    nodes_now = graph(full)
    assert [node["type"] for node in nodes_now[:3]] == ["Annotation", "Annotation", "ClaimReview"]
    full.run("review", found, "--unsure", "--by", "Tom")
    after, *others = [
        node for node in graph(full) if found in (node["id"][-15:], node.get("target", "")[-15:])
    ]
    assert {**after, "ct:humanStatus": "unreviewed"} == lead
    assert {node["creator"]["name"]: node["ct:humanStatus"] for node in others} == {
        "Nell": "confirmed",
        "Tom": "unsure",
    }
    assert not [node for node in graph(full) if node["type"] == "ClaimReview"]


def test_json_ld_of_the_command_can_be_expanded(hostile):
    for what in ("conflicts", "statements"):
        document = json.loads(hostile.run("export", what, "--format", "jsonld").stdout)
        assert len(expand(document)) == len(document["@graph"]) > 0


# --- the documentation ----------------------------------------------------------------------------


def documented(section: str) -> list[str]:
    """Returns the names in the first column of a section's tables, in order."""
    (text,) = re.findall(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_column_is_documented_in_its_order():
    assert documented("Columns of `export statements`") == list(flat.STATEMENT_COLUMNS)
    told = documented("Columns of `export conflicts`")
    sides = [name for name in flat.CONFLICT_COLUMNS if name[:2] in ("a_", "b_")]
    at = told.index("a_…")
    assert told[at : at + 2] == ["a_…", "b_…"]
    told[at : at + 2] = sides
    assert told == list(flat.CONFLICT_COLUMNS)
    own = [name for name in flat.STATEMENT_COLUMNS if name not in ("speaker", "speaker_id")]
    assert sides == [f"{side}_{name}" for side in "ab" for name in (*own, "line")]


def test_the_columns_are_those_that_are_made(full):
    assert list(full.records("export")[0]) == list(flat.CONFLICT_COLUMNS)
    assert list(full.records("export", "statements")[0]) == list(flat.STATEMENT_COLUMNS)


def test_every_term_of_our_own_is_documented():
    classes = [
        value for value in vars(nodes).values() if isinstance(value, type) and issubclass(value, nodes.Node)
    ]
    made = {nodes._term(name) for each in classes for name in each.model_fields if name.startswith("ct_")}
    assert made
    assert {name for name in documented("JSON-LD") if name.startswith("ct:")} == made


def test_every_record_is_documented():
    assert set(documented("JSON Schema")) == set(schemas.RECORDS)


# --- schemas --------------------------------------------------------------------------------------


def check(desk: Desk, record: str, values: list) -> None:
    """Holds values against the schema that the command prints; a key more or less would not fit."""
    schema = json.loads(desk.run("schema", record).stdout)
    validator = jsonschema.Draft202012Validator(schema)
    assert values, record
    for value in values:
        validator.validate(value)
        if record != "status":
            assert not validator.is_valid({**value, "verdict": 1})
        for key in value:
            if key in schema.get("required", ()):
                assert not validator.is_valid({name: v for name, v in value.items() if name != key})


def test_every_schema_is_one(desk):
    every = json.loads(desk.run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(every)
    assert set(every["$defs"]) == set(schemas.RECORDS)
    for name in schemas.RECORDS:
        one = json.loads(desk.run("schema", name).stdout)
        assert one["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(one)


def test_the_schema_of_all_takes_each(full):
    validator = jsonschema.Draft202012Validator(json.loads(full.run("schema").stdout))
    for words in (("contradictions",), ("statements",), ("sources",), ("export",)):
        for record in full.records(*words):
            validator.validate(record)
    assert not validator.is_valid({"id": "cf-1", "verdict": "x"})


def test_all_output_fits_its_schema(hostile):
    desk = hostile
    desk.run("review", desk.records("contradictions")[0]["id"], "--confirm", "--by", "Nell")
    desk.run("review", desk.records("contradictions")[0]["id"], "--dismiss", "--by", "Tom", "--note", "No.")
    desk.run(
        "review",
        desk.records("contradictions")[-1]["id"],
        "--unsure",
        "--by",
        "Tom",
        "--contacted",
        "2025-01-01",
    )
    desk.run("sources", "set", desk.records("sources")[0]["id"], "--title", "New")
    every = ("contradictions", "--min-score", "0")
    check(desk, "statement", desk.records("statements"))
    check(desk, "statement", desk.records("extract", "ferry.txt", "=evil.txt"))
    check(desk, "conflict", [*desk.records(*every), *desk.records("contradictions", "--status", "dismissed")])
    check(desk, "pair", desk.records("compare", "The toll is two pounds.", "The toll is nine pounds."))
    desk.write("pairs.jsonl", '{"id": 7, "a": "It is open.", "b": {"text": "It is shut.", "date": "2024"}}\n')
    check(desk, "pair", desk.records("compare", "--pairs", "pairs.jsonl"))
    check(desk, "speaker", desk.records("speakers"))
    check(desk, "article", desk.records("sources"))
    desk.write("ferry.txt", "Ferry\nTransport Minister Ada Lomax said the ferry was run from Karachi.\n")
    check(desk, "verified", desk.records("verify"))
    check(desk, "timeline", desk.records("timeline", "--speaker", "Lomax"))
    check(desk, "review", [json.loads(x) for x in desk.run("review", "--export").stdout.splitlines()])
    check(desk, "status", desk.records("status"))
    check(desk, "statement-row", desk.records("export", "statements"))
    check(
        desk,
        "conflict-row",
        [*desk.records("export", "--min-score", "0"), *desk.records("export", "--status", "dismissed")],
    )
    check(desk, "store", [json.loads(desk.store.read_text(encoding="utf-8"))])
    for what in ("conflict", "statement"):
        document = json.loads(desk.run("export", f"{what}s", "--format", "jsonld").stdout)
        check(desk, f"{what}-graph", [document])


def test_suggestions_fit_their_schema(desk):
    for name, told in (("Leonard E. Reed", "had failed"), ("L. Reed", "were running again")):
        desk.write(f"{name}.txt", f"Pumps\ndate 2024-03-21\nHarbour master {name} said the pumps {told}.\n")
    desk.run("ingest", ".")
    check(desk, "suggestion", desk.records("speakers", "suggest"))
    check(desk, "status", desk.records("status"))


def test_a_newer_store_does_not_fit(full):
    schema = json.loads(full.run("schema", "store").stdout)
    store = json.loads(full.store.read_text(encoding="utf-8"))
    assert store["schema"] == SCHEMA
    assert not jsonschema.Draft202012Validator(schema).is_valid({**store, "schema": "claimtrack/2"})


def test_an_unknown_record_gets_the_known_ones(desk):
    result = desk.run("schema", "claim", code=2)
    assert "statement-row" in result.stderr
    desk.run("schema", "pair", "-o", "pair.json")
    assert json.loads((desk.folder / "pair.json").read_text())["title"] == "PairRecord"


# --- databases ------------------------------------------------------------------------------------


def test_the_documented_lines_make_a_database(full):
    pytest.importorskip("sqlite_utils")
    lines = [
        line for line in re.findall(r"^claimtrack export .*$", PAGE, re.MULTILINE) if "sqlite-utils" in line
    ]
    assert len(lines) == 2
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for line in lines:
        subprocess.run(line, shell=True, cwd=full.folder, env=environment, check=True, capture_output=True)
    base = sqlite3.connect(full.folder / "found.db")
    assert base.execute("select count(*) from statements").fetchone()[0] == len(full.records("statements"))
    sides = base.execute(
        "select a.text, b.text from conflicts c join statements a on a.id = c.a_id "
        "join statements b on b.id = c.b_id order by c.score desc, c.id"
    ).fetchall()
    assert sides == [(c["a"]["text"], c["b"]["text"]) for c in full.records("contradictions")]
    assert base.execute(
        "select typeof(score), typeof(a_start), typeof(a_retracted) from conflicts"
    ).fetchone() == (
        "real",
        "integer",
        "integer",
    )
