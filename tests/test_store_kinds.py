"""Every command works the same on all kinds of store; ``store copy`` makes one of the other."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_cli import FERRY, INQUIRY, Desk
from typer.testing import CliRunner

from claimtrack.cli import completion
from claimtrack.cli.app import app
from claimtrack.notes.inline import escape

HOSTILE = """Ferry \x1b[31mred\x1b[0m <b>bold</b>
date 2024-04-01
Transport Minister =Ada \x1b]0;x\x07Lomax said the ferry was operated from Norway.
"""
PIER = """Pier shut
date 2024-05-02
“The ferry was never operated from Norway,” Transport Minister Ada Lomax said.
Harbour master Tom Reed said the pumps had failed.
"""

ASKED = [
    ("contradictions", "--format", "jsonl"),
    ("contradictions", "--speaker", "lomax", "--about", "ferries", "--format", "jsonl"),
    ("contradictions", "--speaker", "Ada Lomx"),
    ("contradictions", "--speaker", "Nobody"),
    ("statements", "--format", "jsonl"),
    ("statements", "--speaker", "Tom Reed", "--format", "jsonl"),
    ("statements", "--search", "POUNDS", "--format", "jsonl"),
    ("statements", "--about", "ferries", "--format", "jsonl"),
    ("statements", "--about", "toll", "--since", "2024-03-15", "--gone"),
    ("statements", "--about", "!!"),
    ("statements", "--search", ""),
    ("timeline", "--speaker", "Lomax", "--format", "jsonl"),
    ("speakers", "--format", "jsonl"),
    ("sources", "--format", "jsonl"),
    ("show", "Tom Reed"),
    ("show", "doc-"),
    ("export", "statements", "--format", "csv", "--speaker", "Lomax"),
    ("export", "conflicts", "--format", "jsonld", "--speaker", "Lomax"),
    ("verify", "--format", "jsonl"),
    ("status",),
]
"""What is asked of two stores; the answers, the errors and the exit codes must be the same."""


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    desk = Desk(tmp_path)
    for name, text in (("ferry", FERRY), ("inquiry", INQUIRY), ("hostile", HOSTILE), ("late/pier", PIER)):
        desk.write(f"{name}.txt", text)
    return desk


@pytest.fixture(params=["sqlite", "postgres"])
def other(request, tmp_path_factory, monkeypatch) -> str:
    """A store in SQL that holds nothing yet."""
    if request.param == "sqlite":
        return "claims.db"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    return request.getfixturevalue("database")


def both(other: str, *arguments: str, code: int | None = 0) -> list[str]:
    """Runs a command on both stores, one after the other; they must say the same, the store's name aside."""
    told = []
    for store in ("claims.json", other):
        result = CliRunner().invoke(app, [*arguments, "--store", store], prog_name="claimtrack")
        assert code is None or result.exit_code == code, (arguments, result.stderr)
        said = f"{result.exit_code}\n{result.stdout}\n{result.stderr}"
        told.append(said.replace(escape(store), "STORE").replace(store, "STORE"))
    assert told[0] == told[1]
    return told


def copied(desk: Desk, other: str) -> bytes:
    """The store in SQL as JSON."""
    desk.run("store", "copy", other, "copy.json", "--force")
    return Path("copy.json").read_bytes()


def test_all_commands_do_the_same_on_both(desk, other, monkeypatch):
    monkeypatch.setattr("claimtrack.cli.corrections.now", lambda: "2025-01-01T00:00:00+00:00")
    monkeypatch.setattr("claimtrack.cli.review.now", lambda: "2025-01-01T00:00:00+00:00")
    both(other, "ingest", "ferry.txt", "inquiry.txt")
    both(other, "ingest", "hostile.txt", "late", "ferry.txt")
    assert copied(desk, other) == Path("claims.json").read_bytes()
    found = desk.records("contradictions", "--store", other, "--min-score", "0.1")[0]
    statement = desk.records("statements", "--store", "claims.json", "--search", "pumps")[0]["id"]
    both(other, "review", found["id"], "--confirm", "--note", "both stand", "--by", "Ann")
    both(other, "statements", "reject", statement, "--by", "Ann")
    both(other, "speakers", "alias", "Tom Reed", "Thomas Reed", "--by", "Ann")
    both(other, "sources", "set", "doc-", "--publisher", "The Post", "--by", "Ann", code=3)
    both(other, "undo", "--by", "Ann")
    desk.write("inquiry.txt", INQUIRY.replace("the pumps had failed", "two pumps had failed"))
    both(other, "ingest", "inquiry.txt")
    assert copied(desk, other) == Path("claims.json").read_bytes()
    for asked in ASKED:
        both(other, *asked, code=None)
    assert copied(desk, other) == Path("claims.json").read_bytes()


def test_asking_leaves_no_trace(desk):
    desk.run("ingest", "ferry.txt", "inquiry.txt", "--store", "claims.db")
    raw = Path("claims.db").read_bytes()
    names = sorted(os.listdir())
    for asked in ASKED:
        CliRunner().invoke(app, [*asked, "--store", "claims.db"], prog_name="claimtrack")
    assert Path("claims.db").read_bytes() == raw
    assert sorted(set(os.listdir()) - {"claims.cache"}) == names


def test_the_ending_chooses_the_kind(desk, monkeypatch):
    desk.run("ingest", "ferry.txt", "--store", "a.SQLITE3")
    assert Path("a.SQLITE3").read_bytes().startswith(b"SQLite format 3")
    monkeypatch.setenv("CLAIMTRACK_STORE", "b.db")
    desk.run("ingest", "ferry.txt")
    assert desk.records("statements") == desk.records("statements", "--store", "a.SQLITE3")
    monkeypatch.delenv("CLAIMTRACK_STORE")
    desk.write("claimtrack.toml", 'store = "b.db"\n')
    assert desk.records("statements") == desk.records("statements", "--store", "a.SQLITE3")


def test_copying_there_and_back_loses_nothing(desk, other):
    desk.run("ingest", ".", "--store", "one.json", code=0)
    result = desk.run("store", "copy", "one.json", other)
    assert f"copied to {other}: 4 articles, " in result.stderr
    assert f" 0 entries in the log; use it with --store {other}" in result.stderr
    desk.run("store", "copy", other, "three.json")
    assert Path("three.json").read_bytes() == Path("one.json").read_bytes()
    again = desk.run("store", "copy", other, "three.json")
    assert "copied to three.json" in again.stderr


def test_what_is_there_is_only_replaced_by_force(desk):
    desk.run("ingest", "ferry.txt", "--store", "one.json")
    desk.run("ingest", "inquiry.txt", "--store", "two.db")
    before = Path("two.db").read_bytes()
    result = desk.run("store", "copy", "one.json", "two.db", code=3)
    assert "the store two.db is not empty: 1 article" in result.stderr
    assert "--force" in result.stderr
    assert Path("two.db").read_bytes() == before
    desk.run("store", "copy", "one.json", "two.db", "--force")
    assert desk.records("statements", "--store", "two.db") == desk.records(
        "statements", "--store", "one.json"
    )
    desk.run("ingest", "inquiry.txt", "--store", "two.db")
    assert len(desk.records("sources", "--store", "two.db")) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("none.json", "two.db"), "there is no store at none.json"),
        (("one.json", "one.json"), "are one store"),
        (("one.json", "ferry.txt/x.db"), "cannot write the store"),
        (("one.json", "no.db"), "no SQLite file"),
        (("no.db", "two.json"), "no SQLite file"),
        (("other.db", "two.json"), "no claimtrack store"),
    ],
)
def test_what_cannot_be_copied_is_told(desk, arguments, words):
    desk.run("ingest", "ferry.txt", "--store", "one.json")
    desk.write("no.db", "{}")
    with closing(sqlite3.connect("other.db")) as connection:
        connection.execute("CREATE TABLE mine (x)")
    before = {path: path.read_bytes() for path in Path().glob("*.*")}
    result = desk.run("store", "copy", *arguments, "--force", code=3)
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in before} == before


def test_hostile_names_of_stores_reach_no_terminal(desk):
    desk.run("ingest", "ferry.txt", "--store", "one.json")
    result = desk.run("store", "copy", "one.json", "a\x1b[31mb.db")
    assert "\x1b" not in result.stderr
    assert Path("a\x1b[31mb.db").exists()


class Typed:
    """A command line being typed that names a store."""

    parent = None

    def __init__(self, store: str) -> None:
        self.params = {"store": store}


def test_names_and_ids_are_completed(desk, other, monkeypatch):
    monkeypatch.setattr("claimtrack.store.postgres_store._NO_PATIENCE", 300)
    desk.run("ingest", "ferry.txt", "inquiry.txt", "--store", other)
    assert completion.speakers(Typed(other), [], "tom r") == ["tom reed"]
    ids = completion.statements(Typed(other), [], "st-")
    assert len(ids) == len(desk.records("statements", "--store", other))
    conflict = desk.records("contradictions", "--store", other, "--min-score", "0.1")[0]["id"]
    assert [name for name, _ in completion.conflicts(Typed(other), [], "cf-")] == [conflict]


def test_a_damaged_store_completes_nothing(desk):
    Path("claims.db").write_bytes(b"SQLite format 3\0" + b"x" * 200)
    assert completion.speakers(Typed("claims.db"), [], "ada") == []
    assert completion.speakers(Typed("postgresql://nobody@127.0.0.1:1/none"), [], "ada") == []


def test_a_search_through_an_index_gives_json_lines(desk):
    desk.run("ingest", "ferry.txt", "inquiry.txt", "--store", "claims.db")
    found = desk.run("statements", "--search", "toll", "--store", "claims.db", "--format", "json").stdout
    assert [record["text"] for record in json.loads(found)] == [
        "“The toll will be two pounds,”",
        "“We will not raise the toll,”",
    ]
