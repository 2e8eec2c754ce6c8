"""``watch``: real processes on folders and a loopback server; what is new is told, and told once."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from patience import PATIENCE, wait_until, wait_until_asleep
from typer.testing import CliRunner
from web_server import Site

from claimtrack.cli import telling, watch
from claimtrack.cli.app import app

FERRY = """Ferry ran from Karachi, minister says
date 2024-03-12
Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi.
"""
INQUIRY = """Lomax changes tack
date 2024-03-20
Transport Minister Ada Lomax said the ferry was operated from Norway.
"""
PUMPS = """Pumps fail
date 2024-03-21
Harbour master Tom Reed said the pumps had failed.
“The pumps did not fail,” Reed said later.
"""


class Watching:
    """A running watch; its lines are read as they come."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACK")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "claimtrack", "watch", *arguments],
            cwd=folder,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.out: queue.Queue[str] = queue.Queue()
        self.err: queue.Queue[str] = queue.Queue()
        for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            threading.Thread(target=self._pump, args=(stream, lines), daemon=True).start()

    @staticmethod
    def _pump(stream, lines) -> None:
        for line in stream:
            lines.put(line.rstrip("\n"))

    def line(self) -> str:
        return self.out.get(timeout=PATIENCE)

    def until_said(self, words: str) -> str:
        while True:
            line = self.err.get(timeout=PATIENCE)
            if words in line:
                return line

    def end(self, number: int = signal.SIGINT) -> int:
        wait_until_asleep(self.process.pid)
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def rest(self) -> list[str]:
        return [self.out.get() for _ in range(self.out.qsize())]


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "s.json"
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.running: list[Watching] = []

    def watch(self, *arguments: str) -> Watching:
        given = ("--every", "0.3", "--store", "s.json", *arguments)
        self.running.append(Watching(self.folder, *given))
        return self.running[-1]

    def once(self, *arguments: str, code: int = 0):
        result = CliRunner().invoke(
            app, ["watch", *arguments, "--once", "--store", "s.json"], prog_name="claimtrack"
        )
        told = f"{result.exit_code}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        assert result.exit_code == code, told
        return result

    def run(self, *arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, "--store", "s.json"], prog_name="claimtrack")
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def documents(self) -> list[dict]:
        return json.loads(self.store.read_text(encoding="utf-8"))["documents"] if self.store.exists() else []

    def script(self, text: str) -> str:
        (self.folder / "told.py").write_text(text, encoding="utf-8")
        return f"{sys.executable} told.py"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLAIMTRACK_STORE", raising=False)
    monkeypatch.setattr(watch, "STEADY_SECONDS", 0.05)
    (tmp_path / "claimtrack.toml").write_text("fetch_pause = 0\nfeed_pause = 0.2\nfetch_seconds = 300\n")
    made = Desk(tmp_path)
    yield made
    for running in made.running:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait(PATIENCE)


@pytest.fixture
def site():
    served = Site()
    yield served
    served.close()


# --- a real process ------------------------------------------------------------------------------


def test_a_file_that_is_dropped_is_told_of_once(desk):
    running = desk.watch("inbox")
    (desk.inbox / "a.txt").write_text(FERRY, encoding="utf-8")
    running.until_said("1 article: 1 new")
    (desk.inbox / "b.txt").write_text(INQUIRY, encoding="utf-8")
    line = running.line()
    for part in (
        "Ada Lomax: possible conflict, unreviewed (contradiction): ",
        "Karachi", "Norway", "inbox/b.txt:3", "said 2024-03-20 (publication date)", "outlet unknown", "[cf-",
    ):  # fmt: skip
        assert part in line
    running.until_said("1 article: 1 new")
    assert running.end() == 130
    assert "no longer watching" in running.until_said("no longer")
    assert running.rest() == []
    assert len(desk.documents()) == 2
    again = desk.once("inbox")
    assert again.stdout == ""
    (known,) = {
        json.loads(line)["id"] for line in desk.run("contradictions", "--format", "jsonl").splitlines()
    }
    assert known in line


GROWING = """
import signal, sys, time
from claimtrack.cli import watch
from claimtrack.cli.app import main
class Clock:
    monotonic = time.monotonic
    pieces, quiet = sys.argv.pop(1).split("|"), 3
    def sleep(self, seconds):
        with open("inbox/a.txt", "a", encoding="utf-8") as stream:
            stream.write(self.pieces.pop(0) if self.pieces else "")
        self.quiet -= not self.pieces
        if not self.quiet:
            signal.raise_signal(signal.SIGINT)
watch.time = Clock()
main()
"""
"""A watch with a file that grows between its looks, whatever the clock says, and is whole at last."""


def test_a_file_that_grows_is_waited_for(desk):
    whole = FERRY + "".join(f"Line {number} of the report is about the weather.\n" for number in range(9))
    pieces = "|".join(whole[at : at + 60] for at in range(0, len(whole), 60))
    ended = subprocess.run(
        [sys.executable, "-c", GROWING, pieces, "watch", "inbox", "--store", "s.json"],
        capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE,
    )  # fmt: skip
    assert ended.returncode == 130, ended.stderr
    assert ended.stderr.count("1 article: ") == ended.stderr.count("1 article: 1 new") == 1
    (document,) = desk.documents()
    assert document["text"] == whole


def test_what_was_told_but_not_stored_is_told_again(desk):
    """The power goes after a conflict is told and before its articles are stored."""
    (desk.inbox / "a.txt").write_text(FERRY, encoding="utf-8")
    (desk.inbox / "b.txt").write_text(INQUIRY, encoding="utf-8")
    command = desk.script("import sys, time\nopen('begun', 'w').close()\ntime.sleep(3600)")
    running = desk.watch("inbox", "--exec", command)
    first = running.line()
    wait_until((desk.folder / "begun").exists)
    running.end(signal.SIGKILL)
    assert desk.documents() == []
    assert desk.once("inbox").stdout == first + "\n"
    assert desk.once("inbox").stdout == ""


def test_nobody_waits_for_a_watch_that_tells(desk, monkeypatch):
    """What another claimtrack stores meanwhile is kept, and nothing is told twice."""
    monkeypatch.setattr(telling, "EXEC_SECONDS", PATIENCE)
    (desk.inbox / "a.txt").write_text(FERRY, encoding="utf-8")
    (desk.inbox / "b.txt").write_text(INQUIRY, encoding="utf-8")
    (desk.folder / "c.txt").write_text(PUMPS, encoding="utf-8")
    command = desk.script(
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'claimtrack', 'ingest', 'c.txt', '--store', 's.json'], "
        "check=True)\n"
    )
    result = desk.once("inbox", "--exec", command)
    assert "--exec failed" not in result.stderr
    assert len(result.stdout.splitlines()) == 1
    assert "Lomax" in result.stdout
    assert sorted(Path(document["path"]).name for document in desk.documents()) == ["a.txt", "b.txt", "c.txt"]


def test_its_own_output_is_no_article(desk):
    put(desk, a=FERRY, b=INQUIRY)
    output = desk.inbox / "alerts.jsonl"
    with output.open("w", encoding="utf-8") as stream:
        subprocess.run(
            [sys.executable, "-m", "claimtrack", "watch", "inbox", "--store", "s.json", "--format", "jsonl",
             "--once", "--every", "0.2"],
            stdout=stream, check=True, timeout=PATIENCE,
        )  # fmt: skip
    assert json.loads(output.read_text(encoding="utf-8"))["speaker"] == "Ada Lomax"
    assert len(desk.documents()) == 2


def test_a_reader_that_goes_away_is_no_error_and_loses_nothing(desk):
    put(desk, a=FERRY, b=INQUIRY, c=PUMPS)
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "claimtrack", "watch", "inbox", "--store", "s.json", "--once"]
    try:
        subprocess.run(command, stdout=writer, check=True, timeout=PATIENCE)
    finally:
        os.close(writer)
    assert desk.documents() == []
    assert len(desk.once("inbox").stdout.splitlines()) == 2


# --- what is new ---------------------------------------------------------------------------------


def put(desk: Desk, **articles: str) -> None:
    for name, text in articles.items():
        (desk.inbox / f"{name}.txt").write_text(text, encoding="utf-8")


def test_what_the_store_holds_before_is_not_told(desk):
    put(desk, a=FERRY, b=INQUIRY)
    desk.run("ingest", "inbox")
    assert desk.once("inbox").stdout == ""
    put(desk, c=PUMPS)
    told = desk.once("inbox").stdout
    assert "Lomax" not in told
    assert "Tom Reed" in told


def test_a_new_version_of_an_article_brings_nothing_new(desk):
    put(desk, a=FERRY, b=INQUIRY)
    desk.run("ingest", "inbox")
    put(desk, b=INQUIRY + "The sky over the harbour was grey.\n")
    result = desk.once("inbox")
    assert "1 changed" in result.stderr
    assert result.stdout == ""


def test_a_copy_elsewhere_brings_nothing_new(desk):
    put(desk, a=FERRY, b=INQUIRY)
    desk.run("ingest", "inbox")
    put(desk, c=INQUIRY)
    result = desk.once("inbox")
    assert "1 new" in result.stderr
    assert result.stdout == ""


def test_a_dismissed_pair_stays_quiet(desk):
    put(desk, a=FERRY, b=INQUIRY)
    desk.run("ingest", "inbox")
    conflict = json.loads(desk.run("contradictions", "--format", "jsonl").splitlines()[0])["id"]
    desk.run("review", conflict, "--dismiss", "--by", "R. Ito")
    put(desk, b=INQUIRY + "The sky over the harbour was grey.\n", c=PUMPS)
    told = desk.once("inbox").stdout
    assert "Lomax" not in told
    assert "Tom Reed" in told


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ((), {"Ada Lomax", "Tom Reed"}),
        (("--speaker", "Tom Reed"), {"Tom Reed"}),
        (("--min-score", "1"), set()),
        (("--kind", "report"), set()),
    ],
    ids=["none", "speaker", "score", "kind"],
)
def test_filters(desk, filters, names):
    put(desk, a=FERRY, b=INQUIRY, c=PUMPS)
    told = [
        json.loads(line) for line in desk.once("inbox", "--format", "jsonl", *filters).stdout.splitlines()
    ]
    assert {record["speaker"] for record in told} == names
    assert all(record["review"] == {"status": "unreviewed"} for record in told)
    assert len(desk.documents()) == 3


# --- commands ------------------------------------------------------------------------------------


def test_a_command_gets_the_record_on_standard_input_and_nowhere_else(desk):
    put(desk, a=FERRY, b=INQUIRY)
    command = desk.script(
        "import json, os, sys\n"
        "json.dump([sys.argv[1:], dict(os.environ), sys.stdin.read()], open('got.json', 'w'))\n"
        "print('not a result')\n"
    )
    result = desk.once("inbox", "--exec", f"{command} --to 'the desk; rm -rf' $HOME")
    arguments, environment, record = json.loads((desk.folder / "got.json").read_text())
    assert arguments == ["--to", "the desk; rm -rf", "$HOME"]
    assert "Norway" not in json.dumps([arguments, environment])
    conflict = json.loads(record)
    assert record.count("\n") == 1
    assert conflict["id"] in result.stdout
    assert {"Karachi", "Norway"} <= {
        word.strip(".") for side in "ab" for word in conflict[side]["text"].split()
    }
    assert "not a result" not in result.stdout


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("raise SystemExit(7)", "it ended with 7"),
        ("import time; time.sleep(3600)", "it took longer than 1 seconds"),
        ("import os; os.close(0)", None),
    ],
    ids=["fails", "hangs", "does not read"],
)
def test_a_command_that_fails_is_reported_and_the_rest_goes_on(desk, monkeypatch, script, reason):
    monkeypatch.setattr(telling, "EXEC_SECONDS", 1.0 if "sleep" in script else PATIENCE)
    put(desk, a=FERRY, b=INQUIRY, c=PUMPS)
    result = desk.once("inbox", "--exec", desk.script(script))
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.count("--exec failed for cf-") == (2 if reason else 0)
    assert (reason or "") in result.stderr
    assert len(desk.documents()) == 3


@pytest.mark.parametrize(
    "command",
    ["no-such-program-anywhere", "unbalanced 'quote", "", "   "],
    ids=["missing", "quote", "empty", "blank"],
)
def test_a_command_that_cannot_be_run_is_refused_at_once(desk, command):
    assert "--exec" in desk.once("inbox", "--exec", command, code=2).stderr
    assert not desk.store.exists()


# --- feeds ---------------------------------------------------------------------------------------


def page(title: str, sentence: str) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{sentence}</p>"
        "<p>The river ran high for the third week, and the old mill on the other bank stood still.</p>"
        "</article></body></html>"
    )


def feed(*links: str) -> str:
    items = "".join(f"<item><title>T</title><link>{link}</link><guid>{link}</guid></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def test_a_feed_is_asked_again_and_its_pages_are_not(desk, site):
    first = site.put(
        "/2024/03/12/a", page("Ferry", "Minister Ada Lomax said the ferry was operated from Karachi.")
    )
    second = site.put(
        "/2024/03/20/b", page("Tack", "Minister Ada Lomax said the ferry was operated from Norway.")
    )
    address = site.put("/feed.xml", feed(first), "application/rss+xml")
    running = desk.watch(address, "--allow-private")
    running.until_said("1 article: 1 new")
    site.put("/feed.xml", feed(second, first), "application/rss+xml")
    assert second in running.line()
    running.until_said("1 article: 1 new")
    asked = site.asked.count("/feed.xml")
    wait_until(lambda: site.asked.count("/feed.xml") >= asked + 3)
    assert running.end() == 130
    assert site.asked.count("/2024/03/12/a") == site.asked.count("/2024/03/20/b") == 1
    before = len(site.asked)
    desk.once(address, "--allow-private")
    assert set(site.asked[before:]) == {"/robots.txt", "/feed.xml"}


def test_a_site_in_trouble_does_not_end_the_watch(desk, site):
    address = site.put("/feed.xml", "busy", status=500)
    running = desk.watch(address, "inbox", "--allow-private")
    assert "500" in running.until_said("error: ")
    (desk.inbox / "a.txt").write_text(FERRY, encoding="utf-8")
    running.until_said("1 article: 1 new")
    told = site.asked.count("/feed.xml")
    wait_until(lambda: site.asked.count("/feed.xml") >= told + 2)
    assert running.end() == 130
    assert [line for line in list(running.err.queue) if line.startswith("error: ")] == []


def test_pages_that_fail_are_not_asked_for_every_time(desk, site):
    address = site.put("/feed.xml", feed(site.root + "/gone"), "application/rss+xml")
    running = desk.watch(address, "--allow-private")
    running.until_said("error: ")
    wait_until(lambda: site.asked.count("/feed.xml") >= 4)
    assert running.end() == 130
    assert site.asked.count("/gone") == 1


def test_robots_are_obeyed(desk, site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", "text/plain")
    address = site.put("/feed.xml", feed(site.root + "/a"), "application/rss+xml")
    assert "robots.txt" in desk.once(address, "--allow-private", code=3).stderr
    assert set(site.asked) == {"/robots.txt"}


def test_the_pause_between_two_looks_at_a_feed_holds(desk, site):
    (desk.folder / "claimtrack.toml").write_text("fetch_pause = 0\nfeed_pause = 3600\n")
    address = site.put("/feed.xml", feed(), "application/rss+xml")
    running = desk.watch(address, "inbox", "--allow-private")
    (desk.inbox / "a.txt").write_text(FERRY, encoding="utf-8")
    running.until_said("1 article: 1 new")
    time.sleep(1)
    assert running.end() == 130
    assert site.asked.count("/feed.xml") == 1


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere",), 3, "there is no such file or folder: nowhere"),
        (("-",), 2, "standard input cannot be watched"),
        ((), 2, "Missing argument"),
        (("inbox", "--every", "0"), 2, "--every"),
        (("http://user:pw@example.org/",), 3, "user name or password"),
    ],
    ids=["missing", "standard input", "nothing", "no pause", "bad address"],
)
def test_slips_are_told_at_once(desk, arguments, code, words):
    assert words in desk.once(*arguments, code=code).stderr
    assert not desk.store.exists()


def test_an_unknown_speaker_is_told_at_once(desk):
    put(desk, a=FERRY)
    desk.run("ingest", "inbox")
    assert "Nearest names: Ada Lomax" in desk.once("inbox", "--speaker", "Zzz", code=3).stderr


def test_an_unreadable_file_does_not_hide_the_others(desk):
    put(desk, a=FERRY, b=INQUIRY)
    (desk.inbox / "x.txt").write_bytes(b"\x00\x01\x02\x03" * 200)
    result = desk.once("inbox", code=3)
    assert "error: " in result.stderr
    assert "x.txt" in result.stderr
    assert "Norway" in result.stdout


def test_a_damaged_store_is_refused_and_left_alone(desk):
    desk.store.write_text("{", encoding="utf-8")
    put(desk, a=FERRY)
    desk.once("inbox", code=3)
    assert desk.store.read_text(encoding="utf-8") == "{"


def test_an_empty_folder_is_only_waiting(desk):
    result = desk.once("inbox")
    assert (result.stdout, result.stderr) == ("", "")
    assert not desk.store.exists()


def test_hostile_words_and_names_reach_the_line_harmless(desk):
    name = "b\x1b]0;x\x07\n.txt"
    try:
        (desk.inbox / name).write_text(
            INQUIRY.replace("Norway.", "Norway \x1b[2J\u202eyaw."), encoding="utf-8"
        )
    except OSError:
        pytest.skip("no such file name here")
    put(desk, a=FERRY)
    told = desk.once("inbox").stdout
    assert len(told.splitlines()) == 1
    assert "Norway" in told
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
