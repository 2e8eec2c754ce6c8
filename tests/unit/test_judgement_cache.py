"""``claims.cache``: spares work, changes no result, and is never in the way."""

import sqlite3

import pytest

from claimtrack.store import judgement_cache
from claimtrack.store.access import FilePlace
from claimtrack.store.judgement_cache import JudgementCache


def open_cache(store):
    return JudgementCache(FilePlace(store).beside("cache"))


@pytest.fixture
def store(tmp_path):
    return tmp_path / "claims.json"


def kept(store):
    cache = open_cache(store)
    try:
        return cache.get("key")
    finally:
        cache.save()


def keep(store, value="value"):
    cache = open_cache(store)
    cache.put("key", value)
    cache.save()


def test_a_later_run_finds_what_an_earlier_one_kept(store):
    assert kept(store) is None
    assert not store.with_name("claims.cache").exists()
    keep(store)
    assert kept(store) == "value"
    keep(store, "another")
    assert kept(store) == "another"


def test_what_is_new_is_there_at_once(store):
    cache = open_cache(store)
    cache.put("key", "value")
    assert cache.get("key") == "value"
    assert not store.with_name("claims.cache").exists()


def test_it_begins_anew_when_claimtrack_has_changed(store, monkeypatch):
    keep(store)
    monkeypatch.setattr(judgement_cache, "_stamp", lambda: 1)
    assert kept(store) is None
    cache = open_cache(store)
    cache.put("other", "value")
    cache.save()
    assert kept(store) is None
    assert open_cache(store).get("other") == "value"


@pytest.mark.parametrize("name", ["gates.py", "negation.toml", "comparer.onnx", "vocabulary.txt"])
def test_it_begins_anew_when_one_file_of_claimtrack_has_changed(store, tmp_path, monkeypatch, name):
    package = tmp_path / "claimtrack"
    package.mkdir()
    monkeypatch.setattr(judgement_cache, "__file__", str(package / "store" / "judgement_cache.py"))
    (package / name).write_text("one rule")
    keep(store)
    (package / "gates.pyc").write_text("compiled anew")
    assert kept(store) == "value"
    (package / name).write_text("another rule")
    assert kept(store) is None


@pytest.mark.parametrize("content", [b"", b"my own notes", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_not_ours_is_left_alone(store, content):
    path = store.with_name("claims.cache")
    path.write_bytes(content)
    keep(store)
    assert path.read_bytes() == content
    assert kept(store) is None


def test_a_database_of_another_program_is_left_alone(store):
    path = store.with_name("claims.cache")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = path.read_bytes()
    keep(store)
    assert path.read_bytes() == before


def test_a_damaged_cache_is_no_error(store):
    keep(store)
    path = store.with_name("claims.cache")
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + b"\xff" * (len(raw) - 100))
    assert kept(store) is None
    keep(store)


def test_a_place_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("x")
    keep(tmp_path / "file" / "claims.json")


def test_a_cache_that_another_process_writes_is_no_error(store, monkeypatch):
    monkeypatch.setattr(judgement_cache, "_PATIENCE", 0.01)
    keep(store)
    other = sqlite3.connect(store.with_name("claims.cache"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    keep(store, "another")
    other.execute("ROLLBACK")
    other.close()
    assert kept(store) == "value"


def test_an_overfull_cache_begins_anew(store, monkeypatch):
    keep(store)
    monkeypatch.setattr(judgement_cache, "_MOST_ENTRIES", 0)
    cache = open_cache(store)
    cache.put("other", "value")
    cache.save()
    assert kept(store) is None
