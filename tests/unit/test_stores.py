"""What both kinds of store do alike: the JSON file and the SQLite file."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from conftest import SHARED, make_document, make_statement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import PATIENCE, wait_until

from claimtrack.errors import StoreError
from claimtrack.models import Action, Junk, LogEntry, Speaker, Store
from claimtrack.pipeline.marks import Marks
from claimtrack.store import opening
from claimtrack.store.access import place_of

NAMES = ["claims.json", "claims.db", "claims.SQLite"]

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def small_store(text="Ada Lomax said the bridge was open.\n", path="articles/one.txt"):
    document = make_document(text, path, junk=(Junk(start=0, end=3, reason="header"),))
    return Store(
        documents=(document,),
        statements=(make_statement(document, text[4:9]),),
        speakers=(Speaker(id="sp-1", name="Ada Lomax", aliases=("Lomax",)),),
        log=(LogEntry(number=1, at="2025-01-01T00:00:00+00:00", action=Action.REMOVE, subject="doc-0"),),
    )


def open_store(path, patience=None):
    store = opening.open_store(path, Marks())
    if patience is not None:
        store.patience = patience
    return store


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def left_in(folder):
    """The names of what lies there, locks aside."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def write(path, store):
    with open_store(path).change() as change:
        change.save(store)


def test_a_missing_store_is_empty(tmp_path, name):
    store = open_store(tmp_path / "no" / name)
    assert not store.exists
    assert store.read() == Store()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_read(tmp_path, name):
    path = tmp_path / "data" / name
    store = small_store("Ada “Lomax” سچ 🙂 \r\n\x1b[31m\u2028 end")
    write(path, store)
    assert open_store(path).exists
    assert open_store(path).read() == store
    assert left_in(path.parent) == [name]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=12))
def test_any_text_survives(text, tmp_path, name):
    path = tmp_path / name
    path.unlink(missing_ok=True)
    write(path, small_store(text))
    assert open_store(path).read() == small_store(text)


def test_saving_the_same_leaves_the_file_alone(tmp_path, name):
    path = tmp_path / name
    write(path, small_store())
    os.utime(path, ns=(1, 1))
    write(path, small_store())
    assert path.stat().st_mtime_ns == 1


def test_nothing_makes_no_file(tmp_path, name):
    write(tmp_path / name, Store())
    assert not (tmp_path / name).exists()


def test_what_is_no_text_is_refused(tmp_path, name):
    path = tmp_path / name
    write(path, small_store())
    before = path.read_bytes()
    broken = small_store().model_copy(update={"speakers": (Speaker(id="sp-1", name="caf\udce9"),)})
    with pytest.raises(StoreError, match="no text"):
        write(path, broken)
    assert path.read_bytes() == before


def test_a_change_sees_what_it_saved(tmp_path, name):
    with open_store(tmp_path / name).change() as change:
        assert change.store == Store()
        change.save(small_store())
        assert change.store == small_store()


def test_a_folder_is_no_store(tmp_path, name):
    (tmp_path / name).mkdir()
    store = open_store(tmp_path / name)
    for use in (store.read, store.change().__enter__):
        with pytest.raises(StoreError, match="is a folder"):
            use()


@POSIX
def test_a_folder_in_the_way_of_the_new_file_is_told(tmp_path, name):
    (tmp_path / f".{name}.new").mkdir()
    with pytest.raises(StoreError, match="cannot write"):
        write(tmp_path / name, small_store())
    assert left_in(tmp_path) == [f".{name}.new"]


def test_a_name_tells_what_lies_beside_the_store(tmp_path, name):
    assert place_of(str(tmp_path / name)).beside("cache") == tmp_path / "claims.cache"


def test_a_broken_address_is_told_with_what_is_wrong():
    with pytest.raises(StoreError, match=r"no address: .*IPv6"):
        place_of("postgresql://ann@[::1/claims")


def test_a_linked_store_stays_a_link(tmp_path, name):
    target = tmp_path / "shared" / f"desk{Path(name).suffix}"
    target.parent.mkdir()
    link = tmp_path / name
    link.symlink_to(target)
    write(link, small_store())
    assert link.is_symlink()
    assert open_store(target).read() == small_store()


@POSIX
def test_permissions_of_the_file_stay(tmp_path, name):
    path = tmp_path / name
    write(path, small_store())
    path.chmod(0o640)
    write(path, small_store("Ada Lomax said it was shut.\n"))
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_a_place_that_takes_no_file(name):
    store = open_store(Path("/proc", name))
    with pytest.raises(StoreError, match="cannot write the store /proc/"), store.change():
        pass


def test_a_folder_that_cannot_be_made(tmp_path, name):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="cannot write"), open_store(tmp_path / "data" / name).change():
        pass


@pytest.fixture
def nobody(tmp_path):
    """A folder for a user who is not allowed everything, and the way to become that user and back."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="claimtrack-", dir=SHARED)) if root else tmp_path
    folder.chmod(0o755)
    yield folder, (lambda: os.seteuid(65534)) if root else (lambda: None)
    if root:
        os.seteuid(0)
    folder.chmod(0o700)
    if root:
        shutil.rmtree(folder)


@POSIX
@pytest.mark.parametrize("locked", [True, False], ids=["lock there", "no lock"])
def test_a_read_only_folder_can_be_read(nobody, name, locked):
    folder, become_nobody = nobody
    path = folder / name
    write(path, small_store())
    if not locked:
        Path(f"{path}.lock").unlink(missing_ok=True)
    before = left_in(folder)
    folder.chmod(0o555)
    become_nobody()
    store = open_store(path)
    assert store.read() == small_store()
    with pytest.raises(StoreError, match="cannot write"), store.change():
        pass
    assert left_in(folder) == before


@POSIX
def test_a_file_that_may_not_be_written(nobody, name):
    folder, become_nobody = nobody
    path = folder / name
    write(path, small_store())
    Path(f"{path}.lock").touch()
    Path(f"{path}.lock").chmod(0o666)
    raw = path.read_bytes()
    path.chmod(0o444)
    folder.chmod(0o555)
    become_nobody()
    assert open_store(path).read() == small_store()
    with pytest.raises(StoreError, match="cannot write"), open_store(path).change() as change:
        change.save(Store())
    assert path.read_bytes() == raw


@POSIX
def test_a_file_that_may_not_be_read(nobody, name):
    folder, become_nobody = nobody
    path = folder / name
    write(path, small_store())
    path.chmod(0o600)
    become_nobody()
    if os.geteuid() != path.stat().st_uid:
        with pytest.raises(StoreError, match=r"cannot read the store .*Permission denied"):
            open_store(path).read()


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from claimtrack.errors import StoreError
from claimtrack.pipeline.marks import Marks
from claimtrack.store.opening import open_store
from claimtrack.models import Speaker
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(Path(sys.argv[1]), Marks())
many = tuple(Speaker(id=f"sp-{number}", name="Ada Lomax") for number in range(20_000))
big = store.read().model_copy(update={"speakers": many})
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with store.change() as change:
        change.save(big)
except StoreError as error:
    print(error)
"""


@POSIX
def test_a_full_disk_leaves_the_old_file(tmp_path, name):
    path = tmp_path / name
    write(path, small_store())
    before = path.read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    assert "cannot write the store" in run.stdout
    assert "Errno" not in run.stdout
    assert path.read_bytes() == before
    assert left_in(tmp_path) == [name]


ADD_ONE = """
import sys
import tempfile
from pathlib import Path
from claimtrack.pipeline.marks import Marks
from claimtrack.store.opening import open_store
from claimtrack.models import Speaker
for i in range(int(sys.argv[3])):
    with open_store(Path(sys.argv[1]), Marks()).change() as change:
        new = Speaker(id=f"sp-{sys.argv[2]}-{i}", name="x")
        change.save(change.store.model_copy(update={"speakers": (*change.store.speakers, new)}))
"""


def start_adding(path, who, count):
    return subprocess.Popen([sys.executable, "-c", ADD_ONE, str(path), who, str(count)])


def test_two_processes_wait_for_each_other(tmp_path, name):
    path = tmp_path / name
    for process in [start_adding(path, who, 25) for who in "ab"]:
        assert process.wait(PATIENCE) == 0
    assert len({speaker.id for speaker in open_store(path).read().speakers}) == 50


def test_a_lock_that_is_held_too_long(tmp_path, name):
    path = tmp_path / name
    with (
        open_store(path).change(),
        pytest.raises(StoreError, match=r"another claimtrack has been writing .* for 0 seconds"),
        open_store(path, patience=0.05).change(),
    ):
        pass


def test_the_lock_is_let_go_after_an_error(tmp_path, name):
    store = open_store(tmp_path / name, patience=0.05)
    with pytest.raises(KeyError), store.change():
        raise KeyError
    with store.change():
        pass


@POSIX
def test_a_killed_writer_leaves_a_whole_store_and_no_lock(tmp_path, name):
    path = tmp_path / name
    write(path, small_store("Ada Lomax said it. " * 20_000))
    chance = random.Random(1)
    for _ in range(6):
        process = start_adding(path, str(chance.random()), 10_000)
        before = len(open_store(path).read().speakers)
        wait_until(lambda count=before: len(open_store(path).read().speakers) > count)
        time.sleep(chance.random() / 20)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        assert len(open_store(path).read().speakers) > before
    with open_store(path, patience=PATIENCE).change() as change:
        change.save(small_store())
    assert left_in(tmp_path) == [name]
