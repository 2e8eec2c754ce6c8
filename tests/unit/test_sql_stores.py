import sqlite3
import time
from contextlib import closing

import psycopg
import pytest
from conftest import make_document, make_statement

from claimtrack.errors import StoreError
from claimtrack.models import Action, LogEntry, Passage, Speaker, Store
from claimtrack.pipeline.marks import Marks, key_mark, sentence_marks, surname_mark
from claimtrack.store import sqlite_words
from claimtrack.store.access import LOCK_PATIENCE
from claimtrack.store.json_store import JsonStore
from claimtrack.store.opening import copy_store, open_store
from claimtrack.store.postgres_store import PostgresStore
from claimtrack.store.sqlite_store import SqliteStore

LONG = "The council met in the old town hall for the fourth time since the storm of last winter."


def entry(number):
    at = "2025-01-01T00:00:00+00:00"
    return LogEntry(number=number, at=at, action=Action.REJECT, subject=f"st-{number}")


def desk():
    one = make_document(f"Ada Lomax said the ferry sank.\n{LONG}", "b.txt", title="Sailings")
    lifted = (Passage(start=0, end=5, origin=one.id, origin_start=31, origin_end=36),)
    two = make_document(f"{LONG}\nTom Reed said the café shut.", "a.txt", lifted=lifted)
    return Store(
        documents=(two, one),
        statements=(
            make_statement(two, "the café shut", named="Tom Reed", speaker="Tom Reed", speaker_id="sp-2"),
            make_statement(one, "the ferry sank", named="Ada Lomax"),
        ),
        speakers=(Speaker(id="sp-1", name="Ada Lomax"), Speaker(id="sp-2", name="Tom Reed")),
        log=(entry(1), entry(2)),
    )


@pytest.fixture
def file(tmp_path):
    """A filled SQLite store."""
    return filled(SqliteStore(tmp_path / "claims.db", Marks()))


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request, tmp_path):
    """A store in SQL that holds nothing yet."""
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "claims.db", Marks())
    return PostgresStore(request.getfixturevalue("database"), Marks())


@pytest.fixture
def source(empty):
    return filled(empty)


def filled(store):
    save(store, desk())
    return store


def same(source, marking):
    """The same store, as another process has it."""
    return open_store(source.path if isinstance(source, SqliteStore) else source.address, marking)


def save(source, store):
    with source.change() as change:
        change.save(store)
        change.mark()


def run(source, statement, *values):
    if isinstance(source, PostgresStore):
        with psycopg.connect(source.address, options="-c search_path=claimtrack") as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(source.path)) as connection, connection:
        connection.execute("PRAGMA recursive_triggers = ON")
        return connection.execute(statement, values).fetchall()


def read(source, question):
    """What an open store answers."""
    found = []
    source.read_part(lambda shelf: found.append(question(shelf)) or Store())
    return found[0]


# --- what is asked of an open store --------------------------------------------------------------


def test_a_part_is_what_was_asked_for(source):
    two, one = desk().documents
    of_two, of_one = desk().statements
    assert read(source, lambda shelf: shelf.documents([one.id, two.id, "doc-0"])) == (two, one)
    assert read(source, lambda shelf: shelf.statements(speakers=["sp-1"])) == (of_one,)
    every = {"speakers": ["sp-1"], "documents": [one.id, two.id], "ids": [of_two.id]}
    assert read(source, lambda shelf: shelf.statements(**every)) == (of_two, of_one)
    assert read(source, lambda shelf: shelf.speakers(["sp-2", "sp-9"])) == desk().speakers[1:]
    assert read(source, lambda shelf: shelf.related([one.id])) == {two.id}
    assert read(source, lambda shelf: shelf.related([two.id])) == {one.id}
    assert read(source, lambda shelf: shelf.superseded()) == {}


def test_all_statements_of_one_document_come_in_order(empty):
    document = make_document("Ada Lomax said the ferry sank, the pumps failed and the toll rose.", "b.txt")
    said = tuple(make_statement(document, words) for words in ("the ferry sank", "the pumps", "the toll"))
    save(empty, Store(documents=(document,), statements=said))
    assert read(empty, lambda shelf: shelf.statements(speakers=["sp-1"])) == said
    assert read(empty, lambda shelf: shelf.statements(documents=[document.id])) == said


def test_more_ids_than_one_query_takes(source):
    many = [f"doc-{number}" for number in range(2000)] + [d.id for d in desk().documents]
    assert read(source, lambda shelf: shelf.documents(many)) == desk().documents
    assert len(read(source, lambda shelf: shelf.statements(documents=many))) == 2


def test_marks_follow_what_is_stored(source):
    two, one = desk().documents
    shared = next(mark for mark in sentence_marks(one) if mark in set(sentence_marks(two)))
    assert read(source, lambda shelf: shelf.marked([shared])) == {one.id, two.id}
    assert read(source, lambda shelf: shelf.marked([key_mark("a.txt")])) == {two.id}
    assert read(source, lambda shelf: shelf.marked([surname_mark("lomax")])) == {desk().statements[1].id}
    renamed = desk().statements[1].model_copy(update={"named": "Ada Orth", "speaker": "Ada Orth"})
    save(source, desk().model_copy(update={"documents": (one,), "statements": (renamed,)}))
    assert read(source, lambda shelf: shelf.marked([shared, surname_mark("lomax")])) == {one.id}
    assert read(source, lambda shelf: shelf.marked([surname_mark("orth")])) == {renamed.id}


def test_marks_of_another_claimtrack_are_not_trusted(source):
    older = Marks()
    older.version = "0"
    again = same(source, older)
    with again.change() as change:
        assert change.shelf is None
        change.save(desk().model_copy(update={"statements": ()}))
        assert change.shelf is None
        change.mark()
        assert change.shelf is not None
    assert (
        read(again, lambda shelf: shelf.marked([surname_mark("lomax"), surname_mark("reed")])) == frozenset()
    )


def test_a_copy_was_not_settled_here(file, empty):
    copy = empty if isinstance(empty, PostgresStore) else SqliteStore(file.path.with_name("copy.db"), Marks())
    copy_store(file, copy)
    with copy.change() as change:
        assert change.shelf is None
        assert change.store == desk()


# --- words ---------------------------------------------------------------------------------------


def without_index(monkeypatch):
    """SQLite without a full-text index, as some systems build it."""
    monkeypatch.setattr(sqlite_words, "_can_index", lambda connection: False)
    monkeypatch.setattr(sqlite_words, "_can_ask", lambda connection: False)


@pytest.mark.parametrize("history", ["index", "only to read", "no index", "lost", "lost and found"])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ferry", 1),
        ("the", 2),
        ("rry sa", 1),
        ("cafe", 1),
        ("y", 1),
        ("", 2),
        ('"', 0),
        ("ferry cafe", 0),
        ("%", 0),
    ],
)
def test_words_are_found_with_and_without_an_index(tmp_path, monkeypatch, history, words, found):
    source = SqliteStore(tmp_path / "claims.db", Marks())
    bare = desk().model_copy(update={"statements": desk().statements[:1]})
    if history == "no index":
        without_index(monkeypatch)
    save(source, bare)
    if history.startswith("lost"):
        without_index(monkeypatch)
    save(source, desk())
    if history == "lost and found":
        monkeypatch.undo()
        save(source, bare)
        save(source, desk())
    elif history == "lost":
        monkeypatch.undo()
    elif history == "only to read":
        without_index(monkeypatch)
    assert len(read(source, lambda shelf: shelf.said(words))) == found
    has_index = bool(run(source, "SELECT 1 FROM notes WHERE name = 'words' AND value != ''"))
    assert has_index is (history in ("index", "lost and found", "only to read"))
    written = read(source, lambda shelf: shelf.written(["ferri"]))
    assert written == {
        d.id for d in desk().documents if d.title or history not in ("index", "lost and found")
    }
    assert len(read(source, lambda shelf: shelf.written(["o'brien", "café"]))) == 2


def test_words_follow_a_changed_title(source):
    one = desk().documents[1].model_copy(update={"title": "Tunnels"})
    save(source, desk().model_copy(update={"documents": (desk().documents[0], one)}))
    assert read(source, lambda shelf: shelf.written(["tunnel"])) == {one.id}
    assert read(source, lambda shelf: shelf.written(["sail"])) == frozenset()


# --- the log only grows ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET value = '{}'",
        "DELETE FROM log WHERE number = 2",
        "INSERT INTO log VALUES (1, '{}')",
        "INSERT OR REPLACE INTO log VALUES (1, '{}')",
        "TRUNCATE log",
    ],
)
def test_the_database_refuses_to_change_its_log(source, statement):
    with pytest.raises((sqlite3.Error, psycopg.Error), match=r"the log only grows|UNIQUE|unique|syntax"):
        run(source, statement)
    assert source.read().log == desk().log


@pytest.mark.parametrize("log", [(), (entry(1),), (entry(2), entry(1)), (entry(3), entry(2))])
def test_a_shorter_or_other_log_is_refused(source, log):
    with pytest.raises(StoreError, match="only grows"):
        save(source, desk().model_copy(update={"log": log}))
    assert source.read() == desk()
    with source.change() as change:
        change.replace(desk().model_copy(update={"log": log}))
    assert source.read().log == tuple(sorted(log, key=lambda one: one.number))


# --- what cannot be stored ------------------------------------------------------------------------


def test_one_id_twice_is_refused(empty):
    with pytest.raises(StoreError, match=r"sp-1 twice\. Nothing was changed"):
        save(empty, Store(speakers=(Speaker(id="sp-1", name="a"), Speaker(id="sp-1", name="b"))))
    assert not empty.exists


def test_a_statement_of_no_document_is_refused(source):
    with pytest.raises(StoreError, match=r"(?i)cannot write the store .*foreign key"):
        save(source, desk().model_copy(update={"documents": desk().documents[:1]}))
    assert source.read() == desk()


def test_what_was_saved_stays_whatever_comes_after(source):
    def fail_later():
        with source.change() as change:
            change.save(desk().model_copy(update={"speakers": ()}))
            raise KeyError

    with pytest.raises(KeyError):
        fail_later()
    assert source.read().speakers == ()
    assert source.read().documents == desk().documents


# --- damage ---------------------------------------------------------------------------------------


def header(raw, at, value):
    return raw[:at] + value + raw[at + len(value) :]


DAMAGED = [
    pytest.param(lambda raw: b"", "the file is empty", id="empty"),
    pytest.param(lambda raw: b"\0" * 5000, "no SQLite file", id="zeroes"),
    pytest.param(lambda raw: b'{"schema": "claimtrack/1"}', "no SQLite file.*ends in .json", id="json"),
    pytest.param(lambda raw: raw[:60], "no SQLite file", id="header cut off"),
    pytest.param(lambda raw: raw[: len(raw) // 2], "cut off", id="cut off"),
    pytest.param(lambda raw: header(raw, 60, b"\0\0\0\x02"), "newer claimtrack .tables 2", id="newer"),
    pytest.param(lambda raw: header(raw, 68, b"\0\0\0\0"), "no claimtrack store", id="another program's"),
    pytest.param(lambda raw: header(raw, 100, b"\xff" * 3000), "damaged|malformed", id="first page"),
    pytest.param(
        lambda raw: raw.replace(b'"kind":"indirect"', b'"kind":"indirekt"'), "kind: Input", id="value"
    ),
    pytest.param(
        lambda raw: raw.replace(b'"action":"reject"', b'"action":"rejekt"'), "table log .*action", id="log"
    ),
    pytest.param(
        lambda raw: raw.replace(b'"path":"a.txt"', b'"path":"a.txt;'), "documents", id="json within"
    ),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGED)
def test_damage_is_described_and_never_overwritten(file, damage, words):
    source = file
    raw = damage(source.path.read_bytes())
    source.path.write_bytes(raw)
    with pytest.raises(StoreError, match=words) as caught:
        source.read()
    assert "claims.db" in str(caught.value)
    assert "left" in caught.value.hint
    with pytest.raises(StoreError), source.change() as change:
        change.save(change.store.model_copy(update={"speakers": ()}))
    assert source.path.read_bytes() == raw
    copied = JsonStore(source.path.with_name("copy.json"))
    with pytest.raises(StoreError):
        copy_store(source, copied)
    assert not copied.exists
    with pytest.raises(StoreError):
        copy_store(filled(copied), source, force=True)
    assert source.path.read_bytes() == raw


# --- one kind into the other ----------------------------------------------------------------------


def test_there_and_back_again_gives_the_same_bytes(tmp_path, empty):
    first = filled(JsonStore(tmp_path / "first.json"))
    between, last = empty, JsonStore(tmp_path / "last.json")
    assert copy_store(first, between) == desk()
    assert copy_store(between, last) == desk()
    assert last.path.read_bytes() == first.path.read_bytes()


@pytest.mark.parametrize("kind", ["sql", "json"])
def test_only_force_replaces_what_is_there(tmp_path, empty, kind):
    source = filled(JsonStore(tmp_path / "first.json"))
    target = empty if kind == "sql" else JsonStore(tmp_path / "other.json")
    other = Store(speakers=(Speaker(id="sp-9", name="Zoe"),), log=(entry(7),))
    with target.change() as change:
        change.save(other)
    with pytest.raises(StoreError, match="--force"):
        copy_store(source, target)
    assert target.read() == other
    copy_store(source, target, force=True)
    assert target.read() == desk()
    copy_store(source, target)
    with target.change() as change:
        change.save(desk().model_copy(update={"log": (*desk().log, entry(3))}))
    assert target.read().log[2] == entry(3)
    if kind == "sql":
        with pytest.raises((sqlite3.Error, psycopg.Error), match="only grows"):
            run(target, "DELETE FROM log")


def test_a_store_is_not_copied_onto_itself(tmp_path, source):
    with pytest.raises(StoreError, match="one store"):
        copy_store(source, same(source, Marks()), force=True)
    with pytest.raises(StoreError, match="there is no store"):
        copy_store(JsonStore(tmp_path / "none.json"), source)


def test_a_file_is_not_copied_onto_itself(file):
    with pytest.raises(StoreError, match="one store"):
        copy_store(file, SqliteStore(file.path.parent / "." / "claims.db", Marks()), force=True)


def test_a_writer_waits_for_another_program_no_longer_than_told(file):
    with closing(sqlite3.connect(file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def waited() -> float:
            started = time.monotonic()
            with (
                pytest.raises(StoreError, match="has been writing"),
                SqliteStore(file.path, Marks(), patience=0.05).change(),
            ):
                pass
            return time.monotonic() - started

        assert any(waited() < 4 for _ in range(5))  # SQLite's own patience is 5 seconds


def test_a_file_that_another_program_holds_alone_is_not_read_past_it(file):
    with closing(sqlite3.connect(file.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM speakers")
        with pytest.raises(StoreError, match="has been writing"):
            SqliteStore(file.path, Marks(), patience=0.05).read()


def test_readers_see_the_store_as_it_was_when_they_began(source):
    def choose(shelf):
        assert len(shelf.documents([d.id for d in desk().documents])) == 2
        started = time.monotonic()
        save(same(source, Marks()), desk().model_copy(update={"statements": ()}))
        assert time.monotonic() - started < LOCK_PATIENCE / 2  # the writer does not wait for this reader
        return Store(statements=shelf.statements(speakers=["sp-1", "sp-2"]))

    assert source.read_part(choose).statements == desk().statements
    assert source.read().statements == ()
