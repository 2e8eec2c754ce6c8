import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import make_document, make_statement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import StoreError
from claimtrack.models import Action, Junk, LogEntry, Speaker, Store
from claimtrack.store.json_store import JsonStore, format_store, open_store, parse_store

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def small_store(text="Ada Lomax said the bridge was open.\n", path="articles/one.txt"):
    document = make_document(text, path, junk=(Junk(start=0, end=3, reason="header"),))
    return Store(
        documents=(document,),
        statements=(make_statement(document, text[4:9]),),
        speakers=(Speaker(id="sp-1", name="Ada Lomax", aliases=("Lomax",)),),
        log=(LogEntry(number=1, at="2025-01-01T00:00:00+00:00", action=Action.REMOVE, subject="doc-0"),),
    )


def write(path, store):
    with open_store(path).change() as change:
        change.save(store)


def test_a_missing_store_is_empty(tmp_path):
    store = open_store(tmp_path / "no" / "claims.json")
    assert not store.exists
    assert store.read() == Store()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_read(tmp_path):
    path = tmp_path / "data" / "claims.json"
    store = small_store("Ada “Lomax” سچ 🙂 \r\n\x1b[31m\u2028 end")
    write(path, store)
    assert open_store(path).exists
    assert open_store(path).read() == store
    assert [p.name for p in path.parent.iterdir() if p.suffix != ".lock"] == ["claims.json"]


def test_the_file_is_readable_json_of_the_schema(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store("Ada Lomax said the bridge’s open.\n"))
    raw = path.read_text(encoding="utf-8")
    assert raw.startswith('{\n  "schema": "claimtrack/1",\n  "documents": [\n')
    assert raw.endswith("\n}\n")
    assert "bridge’s" in raw
    assert json.loads(raw)["statements"][0]["content"] == [{"start": 4, "end": 9, "text": "Lomax"}]


def test_the_same_store_gives_the_same_bytes():
    assert format_store(small_store()) == format_store(small_store())
    assert format_store(Store()) == b'{\n  "schema": "claimtrack/1"\n}\n'


PINNED = b"""{
  "schema": "claimtrack/1",
  "documents": [{"id": "doc-1", "path": "a.txt", "sha256": "0", "text": "Ada said no."}],
  "statements": [
    {
      "id": "st-1",
      "document_id": "doc-1",
      "content": [{"start": 9, "end": 11, "text": "no"}],
      "kind": "indirect",
      "confidence": 0.9
    }
  ],
  "log": [{"number": 1, "at": "2025-01-01", "action": "reject", "subject": "st-1"}]
}
"""


def test_what_is_left_out_of_a_file_keeps_its_meaning(tmp_path):
    """A default that changes would change what older stores say."""
    store = parse_store(PINNED, tmp_path)
    document, statement = store.documents[0], store.statements[0]
    assert document.model_dump(exclude={"id", "path", "sha256", "text"}) == {
        **dict.fromkeys(
            ("url", "title", "publisher", "author", "published", "published_basis", "retrieved_at")
        ),
        **{"language": "en", "analysed": True, "junk": (), "extractor": "", "copy_of": None},
        **{"superseded_by": None, "removed": False, "given": {}, "as_read": {}},
        **dict.fromkeys(("modified", "archive_url", "raw_sha256")),
        **{"pages": (), "retracted": False, "lifted": ()},
    }
    assert statement.model_dump(include={"polarity", "modality", "reported_by", "via", "rejected"}) == {
        **{"polarity": "affirmed", "modality": "asserted", "reported_by": (), "via": (), "rejected": False}
    }
    assert (statement.speaker, statement.speaker_id, statement.said_on) == (None, None, None)
    assert store.log[0].value == {}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=12))
def test_any_text_survives(text, tmp_path):
    store = small_store(text)
    assert parse_store(format_store(store), tmp_path) == store


def test_saving_the_same_leaves_the_file_alone(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store())
    os.utime(path, ns=(1, 1))
    write(path, small_store())
    assert path.stat().st_mtime_ns == 1


def test_nothing_makes_no_file(tmp_path):
    write(tmp_path / "claims.json", Store())
    assert not (tmp_path / "claims.json").exists()


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store())
    before = path.read_bytes()
    broken = small_store().model_copy(update={"speakers": (Speaker(id="sp-1", name="caf\udce9"),)})
    with pytest.raises(StoreError, match="no text"):
        write(path, broken)
    assert path.read_bytes() == before


def test_a_change_sees_what_it_saved(tmp_path):
    with open_store(tmp_path / "claims.json").change() as change:
        assert change.store == Store()
        change.save(small_store())
        assert change.store == small_store()


DAMAGED = [
    pytest.param(b"", "the file is empty", id="empty"),
    pytest.param(b"\0\0\0\0", "line 1, column 1: expected value", id="zeroes"),
    pytest.param(PINNED[:200], "line 8, column 6: EOF", id="cut off"),
    pytest.param(PINNED.replace(b'"id": "st-1",', b'"id": "st-1"'), "line 7, column 7", id="comma missing"),
    pytest.param(b'{"schema": "claimtrack/1", "documents": [\xff]}', "line 1, column", id="no utf-8"),
    pytest.param(
        PINNED.replace(b'"kind"', b'"kidn"'), "line 9, unknown key 'kidn'|line 5, the key 'kind'", id="key"
    ),
    pytest.param(PINNED.replace(b'"indirect"', b'"loud"'), "line 9, 'kind': Input should be", id="value"),
    pytest.param(PINNED.replace(b'"end": 11', b'"end": 12'), "line 8, .*does not fit its text", id="span"),
    pytest.param(PINNED.replace(b'_id": "doc-1"', b'_id": "doc-2"'), "st-1 .* doc-2, which", id="orphan"),
    pytest.param(PINNED.replace(b"claimtrack/1", b"claimtrack/2"), "by a newer claimtrack", id="newer"),
    pytest.param(PINNED.replace(b"claimtrack/1", b"other/1"), "no claimtrack store", id="another schema"),
    pytest.param(b"[1, 2]", "no claimtrack store", id="a list"),
    pytest.param(b'{"documents": []}', "no claimtrack store", id="no schema"),
    pytest.param(b"[" * 100_000, "line 1, column", id="deep"),
]


@pytest.mark.parametrize(("raw", "words"), DAMAGED)
def test_damage_is_described_and_never_overwritten(tmp_path, raw, words):
    path = tmp_path / "claims.json"
    path.write_bytes(raw)
    store = open_store(path)
    with pytest.raises(StoreError, match=words) as caught:
        store.read()
    assert "claims.json" in caught.value.message
    assert "left" in caught.value.hint
    with pytest.raises(StoreError), store.change() as change:
        change.save(small_store())
    assert path.read_bytes() == raw


def test_a_folder_is_no_store(tmp_path):
    for use in (open_store(tmp_path).read, open_store(tmp_path).change().__enter__):
        with pytest.raises(StoreError, match="folder"):
            use()


@POSIX
def test_a_linked_store_stays_a_link(tmp_path):
    target = tmp_path / "shared" / "desk.json"
    target.parent.mkdir()
    link = tmp_path / "claims.json"
    link.symlink_to(target)
    write(link, small_store())
    assert link.is_symlink()
    assert open_store(target).read() == small_store()


@POSIX
def test_permissions_of_the_file_stay(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store())
    path.chmod(0o640)
    write(path, small_store("Ada Lomax said it was shut.\n"))
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_a_place_that_takes_no_file():
    store = open_store(Path("/proc/claims.json"))
    with pytest.raises(StoreError, match="cannot write the store /proc/"), store.change():
        pass


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="cannot write"), open_store(tmp_path / "data" / "c.json").change():
        pass


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_can_be_read(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store())
    (tmp_path / "claims.json.lock").unlink(missing_ok=True)
    tmp_path.chmod(0o500)
    try:
        assert open_store(path).read() == small_store()
        with pytest.raises(StoreError, match="cannot write"), open_store(path).change():
            pass
    finally:
        tmp_path.chmod(0o700)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from claimtrack.errors import StoreError
from claimtrack.store.json_store import open_store
from claimtrack.models import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(Path(sys.argv[1]))
big = store.read().model_copy(update={"speakers": store.read().speakers * 100_000})
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with store.change() as change:
        change.save(big)
except StoreError as error:
    print(error)
"""


@POSIX
def test_a_full_disk_leaves_the_old_file(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store())
    before = path.read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    assert "cannot write the store" in run.stdout
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".lock"] == ["claims.json"]


ADD_ONE = """
import sys
from pathlib import Path
from claimtrack.store.json_store import open_store
from claimtrack.models import Speaker
for i in range(int(sys.argv[3])):
    with open_store(Path(sys.argv[1])).change() as change:
        new = Speaker(id=f"sp-{sys.argv[2]}-{i}", name="x")
        change.save(change.store.model_copy(update={"speakers": (*change.store.speakers, new)}))
"""


def start_adding(path, name, count):
    return subprocess.Popen([sys.executable, "-c", ADD_ONE, str(path), name, str(count)])


def test_two_processes_wait_for_each_other(tmp_path):
    path = tmp_path / "claims.json"
    for process in [start_adding(path, name, 25) for name in "ab"]:
        assert process.wait(60) == 0
    assert len({speaker.id for speaker in open_store(path).read().speakers}) == 50


def test_a_lock_that_is_held_too_long(tmp_path):
    path = tmp_path / "claims.json"
    with (
        open_store(path).change(),
        pytest.raises(StoreError, match=r"another claimtrack has been writing .* for 0 seconds"),
        JsonStore(path, patience=0.05).change(),
    ):
        pass


def test_the_lock_is_let_go_after_an_error(tmp_path):
    store = JsonStore(tmp_path / "claims.json", patience=0.05)
    with pytest.raises(KeyError), store.change():
        raise KeyError
    with store.change():
        pass


@POSIX
def test_a_killed_writer_leaves_a_whole_store_and_no_lock(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store("Ada Lomax said it. " * 20_000))
    chance = random.Random(1)
    for _ in range(6):
        process = start_adding(path, str(chance.random()), 10_000)
        before = len(open_store(path).read().speakers)
        until = time.monotonic() + 30
        while len(open_store(path).read().speakers) == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(chance.random() / 20)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert len(open_store(path).read().speakers) > before
    with JsonStore(path, patience=5).change() as change:
        change.save(small_store())
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".lock"] == ["claims.json"]


def test_the_garbage_collector_is_on_again(tmp_path):
    with pytest.raises(StoreError):
        parse_store(b"{", tmp_path)
    assert gc.isenabled()
    gc.disable()
    try:
        parse_store(PINNED, tmp_path)
        assert not gc.isenabled()
    finally:
        gc.enable()
