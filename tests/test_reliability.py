"""A short form of what ``make soak`` does for long: kills, crowds and mishaps with the real program."""

import pytest
from soak.crowd import crowd, dead_holder
from soak.desk import ACTIONS, KINDS, Desk, faults
from soak.kills import kill_often
from soak.mishaps import Unavailable, clock_back, full_disk, read_only_in_the_middle
from soak.noise import BEGINNINGS, listen
from soak.power import Disk, log_cuts, power_cuts
from soak.run import SHORT

from claimtrack.store.access import LOCK_PATIENCE

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="signals and disks as POSIX has them")
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_a_killed_change_is_whole_or_not_there(tmp_path, kind):
    tally = kill_often(tmp_path, kind, SHORT.kills, 7, dict.fromkeys(ACTIONS, 1.5))
    assert tally.kills == SHORT.kills
    assert tally.wrong == []


@each_kind
def test_a_crowd_loses_nothing(tmp_path, kind):
    came = crowd(tmp_path, kind, SHORT.processes, SHORT.changes)
    assert came.wrong == []
    assert came.lasted.total() == SHORT.processes * SHORT.changes


@each_kind
def test_the_lock_of_a_dead_process_holds_nobody_up(tmp_path, kind):
    assert dead_holder(tmp_path, kind) < LOCK_PATIENCE


def tried(check, *given) -> list[str]:
    try:
        return check(*given)
    except Unavailable as reason:
        pytest.skip(str(reason))


@each_kind
def test_a_full_disk_changes_nothing(tmp_path, kind):
    assert tried(full_disk, tmp_path, kind, ("ingest",)) == []


@each_kind
def test_a_store_that_becomes_read_only(tmp_path, kind):
    assert tried(read_only_in_the_middle, tmp_path, kind) == []


def test_a_clock_that_jumps_back(tmp_path):
    assert tried(clock_back, tmp_path, "claims.json") == []


def test_a_power_cut_leaves_the_old_store_or_the_new(tmp_path):
    assert tried(power_cuts, tmp_path, ("alias",)) == []


def test_a_database_is_flushed_before_it_is_acknowledged(tmp_path):
    assert tried(log_cuts, tmp_path) == []


@pytest.mark.parametrize("kind", ["pdf", "warc.gz", "docx"])
def test_noise_is_refused_in_words(tmp_path, kind):
    """These leave the process or unpack; the others are in test_fuzz.py."""
    assert kind in BEGINNINGS
    heard = listen(tmp_path, 7, SHORT.noise, lambda name: name == f"{kind}, random_bytes")
    assert [line for one in heard for line in one.wrong] == []
    assert len(heard) == 1


# --- the checks themselves must be able to fail -----------------------------------------------------

SAFE = [
    '1 openat(AT_FDCWD, "FOLDER/.claims.json.new", O_WRONLY|O_CREAT) = 5',
    '1 write(5, "{}", 2) = 2',
    "1 fsync(5) = 0",
    "1 close(5) = 0",
    '1 rename("FOLDER/.claims.json.new", "FOLDER/claims.json") = 0',
    '1 openat(AT_FDCWD, "FOLDER", O_RDONLY) = 5',
    "1 fsync(5) = 0",
    '1 write(2, "done", 4) = 4',
]


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        pytest.param((), "", id="safe"),
        pytest.param((2,), "garbage", id="the file was not flushed"),
        pytest.param((5, 6), "acknowledged while", id="the folder was not flushed"),
        pytest.param((4, 5, 6), "acknowledged while", id="never put in place"),
    ],
)
def test_the_reckoning_of_power_cuts(tmp_path, left_out, words):
    disk = Disk("claims.json", "done")
    for number, line in enumerate(SAFE):
        if number not in left_out:
            disk.take(line.replace("FOLDER", str(tmp_path)))
    assert bool(disk.wrong) is bool(words)
    assert words in " ".join(disk.wrong)


def test_a_half_change_would_be_seen(tmp_path):
    desk = Desk(tmp_path / "desk", "claims.json").open()
    step = desk.step("ingest")
    desk.run("ingest", *step.paths[:2])
    store = desk.read()
    assert step.is_half_in(store)
    assert faults(store) == []
    desk.run(*desk.step("alias").arguments)
    forgotten = desk.read().model_copy(update={"log": ()})
    assert faults(forgotten) == ["it is not what its articles and decisions give"]
