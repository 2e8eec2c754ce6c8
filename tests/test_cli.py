"""The program from outside: commands, streams, exit codes, as its contract has them."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import typing
from pathlib import Path

import pytest
from patience import wait_until
from typer.testing import CliRunner

from claimtrack import models
from claimtrack.cli import options, progress
from claimtrack.cli.app import app
from claimtrack.cli.session import Session
from claimtrack.conflicts import decision

FERRY = """Ferry ran from Karachi, minister says
date 2024-03-12
Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi.
“The toll will be two pounds,” Lomax told reporters in Karachi.
"""
INQUIRY = """Lomax changes tack
date 2024-03-20
Transport Minister Ada Lomax said the ferry was operated from Norway.
“We will not raise the toll,” Lomax said.
Harbour master Tom Reed said the pumps had failed.
"""


class Desk:
    """A folder to work in, and the program run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "data" / "claims.json"

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *arguments: str, code: int = 0, **options):
        result = CliRunner().invoke(app, list(arguments), prog_name="claimtrack", **options)
        told = f"{arguments}: {result.exit_code}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        assert result.exit_code == code, told
        return result

    def records(self, *arguments: str) -> list[dict]:
        return [json.loads(line) for line in self.run(*arguments, "--format", "jsonl").stdout.splitlines()]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> bytes:
    """The store after both articles were read."""
    folder = tmp_path_factory.mktemp("filled")
    articles = [folder / "ferry.txt", folder / "inquiry.txt"]
    for path, text in zip(articles, (FERRY, INQUIRY), strict=True):
        path.write_text(text, encoding="utf-8")
    store = folder / "claims.json"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACK")}
    subprocess.run(
        [sys.executable, "-m", "claimtrack", "ingest", "ferry.txt", "inquiry.txt", "--store", str(store)],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )
    return store.read_bytes()


@pytest.fixture
def full(desk, filled) -> Desk:
    desk.write("data/claims.json", filled)
    desk.write("ferry.txt", FERRY)
    desk.write("inquiry.txt", INQUIRY)
    return desk


def one_statement(desk: Desk, words: str) -> dict:
    (found,) = [record for record in desk.records("statements") if words in record["text"]]
    return found


def one_conflict(desk: Desk) -> dict:
    return desk.records("contradictions")[0]


# --- the first run -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [["contradictions"], ["statements"], ["speakers"], ["sources"], ["show", "st-1"], ["undo"]]
)
def test_without_a_store_it_says_what_to_do(desk, command):
    result = desk.run(*command, code=3)
    assert result.stdout == ""
    assert "there is no store at data/claims.json yet" in result.stderr
    assert "claimtrack ingest" in result.stderr
    assert not desk.store.exists()


def test_ingest_says_what_it_did_and_what_is_next(desk):
    desk.write("articles/ferry.txt", FERRY)
    desk.write("articles/inquiry.txt", INQUIRY)
    result = desk.run("ingest", "articles")
    assert result.stdout == ""
    assert "2 articles: 2 new" in result.stderr
    assert "next: claimtrack contradictions" in result.stderr
    assert desk.store.is_file()
    again = desk.run("ingest", "articles")
    assert "2 articles: 2 known" in again.stderr


def test_ingest_twice_gives_the_same_bytes(full):
    before = full.store.read_bytes()
    full.run("ingest", "ferry.txt", "inquiry.txt")
    assert full.store.read_bytes() == before


def test_dry_run_stores_nothing(desk):
    desk.write("ferry.txt", FERRY)
    result = desk.run("ingest", "ferry.txt", "--dry-run")
    assert "1 article: 1 new" in result.stderr
    assert "nothing stored" in result.stderr
    assert not desk.store.exists()


def test_an_unreadable_file_does_not_stop_the_rest(desk):
    desk.write("a.txt", b"")
    desk.write("b.txt", FERRY)
    desk.write("c.txt", b"\x00\x01\x02\x03" * 200)
    result = desk.run("ingest", "a.txt", "b.txt", "c.txt", "missing.txt", code=3)
    assert "1 new" in result.stderr
    assert "3 failed" in result.stderr
    for name in ("a.txt", "c.txt", "missing.txt"):
        assert any(line.startswith("error: ") and name in line for line in result.stderr.splitlines()), name
    assert [record["path"] for record in full_sources(desk)] == ["b.txt"]


def test_a_folder_without_articles_makes_no_store(desk):
    (desk.folder / "empty").mkdir()
    result = desk.run("ingest", "empty", code=3)
    assert result.stderr.splitlines()[-1].startswith("error: ")
    assert "next:" not in result.stderr
    assert not desk.store.exists()


def full_sources(desk: Desk) -> list[dict]:
    return desk.records("sources")


def test_an_article_can_come_from_standard_input(desk):
    desk.run("ingest", "-", input=FERRY)
    assert len(full_sources(desk)) == 1


def test_what_an_article_does_not_say_can_be_told(desk):
    desk.write("bare.txt", "Ada Lomax said the bridge was closed.\n")
    desk.run(
        "ingest", "bare.txt", "--date", "2024-03-12", "--publisher", "The Harbour Gazette", "--title", "T"
    )
    (source,) = full_sources(desk)
    assert (source["published"], source["publisher"], source["title"]) == (
        "2024-03-12",
        "The Harbour Gazette",
        "T",
    )


# --- results and their forms ---------------------------------------------------------------------


def test_the_conflict_is_found_and_explained(full):
    conflict = one_conflict(full)
    assert conflict["speaker"] == "Ada Lomax"
    assert "Karachi" in conflict["a"]["text"]
    assert "Norway" in conflict["b"]["text"]
    assert conflict["review"] == {"status": "unreviewed"}
    for side in ("a", "b"):
        text = (full.folder / conflict[side]["document"]["path"]).read_text()
        for piece in conflict[side]["content"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]
        for reason in conflict["signals"]:
            span = reason[side]
            assert text[span["start"] : span["end"]] == span["text"]


def test_in_a_pipe_the_default_is_markdown(full):
    notes = full.run("contradictions", "--speaker", "Ada Lomax").stdout
    assert notes.startswith("## Possible conflict 1: Ada Lomax — unreviewed")
    assert "possible conflict, unreviewed" in notes


@pytest.mark.parametrize("command", ["contradictions", "statements", "speakers", "sources", "status"])
@pytest.mark.parametrize("form", typing.get_args(options.Form))
def test_every_form_of_every_listing(full, command, form):
    text = full.run(command, "--format", form).stdout
    assert text.endswith("\n")
    if form == "json":
        json.loads(text)
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows
        assert None not in rows[0]


def test_nothing_found_is_a_sentence_for_people_and_nothing_for_programs(full):
    nothing = ["contradictions", "--min-score", "1", "--speaker", "Tom Reed"]
    assert full.run(*nothing).stdout == "No possible conflicts found.\n"
    assert full.run(*nothing, "--format", "table").stdout == "No possible conflicts found.\n"
    assert full.run(*nothing, "--format", "jsonl").stdout == ""
    assert full.run(*nothing, "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "start"), [("n.md", "## "), ("n.csv", "id,"), ("n.json", "["), ("n.jsonl", "{")]
)
def test_a_file_gets_the_form_of_its_ending(full, name, start):
    result = full.run("contradictions", "-o", name)
    assert result.stdout == ""
    assert (full.folder / name).read_text(encoding="utf-8").startswith(start)


def test_a_file_that_cannot_be_written_is_said(full):
    result = full.run("contradictions", "-o", "missing/folder/notes.md", code=3)
    assert result.stderr.startswith("error: cannot write")


def test_the_store_is_never_an_output(full):
    before = full.store.read_bytes()
    full.run("contradictions", "-o", "data/claims.json", code=3)
    assert full.store.read_bytes() == before


def test_extract_touches_no_store(desk):
    desk.write("ferry.txt", FERRY)
    records = desk.records("extract", "ferry.txt")
    assert any(record["text"] == "“The toll will be two pounds,”" for record in records)
    assert not desk.store.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--speaker", "tom reed"], {"the pumps had failed"}),
        (["--search", "toll", "--since", "2024-03-15"], {"“We will not raise the toll,”"}),
        (["--kind", "direct", "--until", "2024-03-15"], {"“The toll will be two pounds,”"}),
    ],
)
def test_statements_are_filtered(full, arguments, words):
    assert {record["text"] for record in full.records("statements", *arguments)} == words


# --- speakers ------------------------------------------------------------------------------------


def test_a_close_spelling_is_taken_and_said(full):
    result = full.run("statements", "--speaker", "Ada Lomaks")
    assert "Ada Lomax" in result.stderr
    assert "toll" in result.stdout


def test_an_unknown_speaker_gets_the_nearest_names(full):
    result = full.run("contradictions", "--speaker", "Adele Rowntree", code=3)
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")


def test_names_are_joined_and_separated_again(full):
    full.run("speakers", "merge", "Ada Lomax", "Tom Reed")
    assert len(full.records("speakers")) == 1
    full.run("undo")
    assert len(full.records("speakers")) == 2
    full.run("speakers", "alias", "Ada Lomax", "The Ferry Queen")
    assert full.records("statements", "--speaker", "the ferry queen")
    full.run("speakers", "split", "Ada Lomax", "The Ferry Queen")
    full.run("statements", "--speaker", "the ferry queen", code=3)


# --- corrections ---------------------------------------------------------------------------------


def test_a_rejected_statement_is_gone_until_undone(full):
    item = one_statement(full, "not raise")["id"]
    full.run("statements", "reject", item)
    assert item not in {record["id"] for record in full.records("statements")}
    assert item in {record["id"] for record in full.records("statements", "--rejected")}
    assert "undone: reject" in full.run("undo").stderr
    assert item in {record["id"] for record in full.records("statements")}


def test_a_correction_survives_the_next_ingest(full):
    item = one_statement(full, "not raise")["id"]
    full.run("statements", "assign", item, "Tom Reed", "--by", "Nell")
    full.run("ingest", "ferry.txt", "inquiry.txt")
    assert one_statement(full, "not raise")["speaker"] == "Tom Reed"


def test_a_second_run_judges_nothing_and_says_the_same(full, monkeypatch):
    first = full.run("contradictions", "--format", "jsonl").stdout
    kept = full.store.with_suffix(".cache")
    assert kept.exists()
    monkeypatch.setattr(decision, "find_pairs", None)
    monkeypatch.setattr(decision, "judge_claims", None)
    assert full.run("contradictions", "--format", "jsonl").stdout == first
    monkeypatch.undo()
    monkeypatch.chdir(full.folder)
    kept.unlink()
    assert full.run("contradictions", "--format", "jsonl").stdout == first


def test_after_another_article_only_the_new_pairs_are_judged(full, monkeypatch):
    full.run("contradictions")
    full.write("later.txt", "Toll\ndate 2024-04-02\n“The toll will be nine pounds,” Ada Lomax said.\n")
    full.run("ingest", "later.txt")
    judged = []
    anew = decision.judge_claims

    def noted(a, b, *rest):
        judged.append({a.text, b.text})
        return anew(a, b, *rest)

    monkeypatch.setattr(decision, "judge_claims", noted)
    cached = full.run("contradictions", "--format", "jsonl").stdout
    assert judged
    assert all(any("nine pounds" in text for text in pair) for pair in judged)
    full.store.with_suffix(".cache").unlink()
    assert full.run("contradictions", "--format", "jsonl").stdout == cached


def test_a_review_is_remembered_and_a_dismissed_pair_hidden(full):
    item = one_conflict(full)["id"]
    full.run("review", item, "--dismiss", "--note", "two ferries", "--by", "Nell")
    assert item not in {record["id"] for record in full.records("contradictions")}
    (shown,) = [r for r in full.records("contradictions", "--status", "dismissed") if r["id"] == item]
    assert shown["review"]["status"] == "dismissed"
    assert shown["review"]["by"] == "Nell"
    assert shown["review"]["note"] == "two ferries"
    full.run("ingest", "ferry.txt", "inquiry.txt")
    assert item not in {record["id"] for record in full.records("contradictions")}
    full.run("undo")
    assert item in {record["id"] for record in full.records("contradictions")}


def test_original_bytes_are_kept_by_digest(desk):
    page = f"<html><head><title>Ferry</title></head><body><p>{FERRY}</p></body></html>".encode()
    desk.write("page.html", page)
    desk.run("ingest", "page.html", "--keep-original", "raw")
    (kept,) = [path for path in (desk.folder / "raw").rglob("*") if path.is_file()]
    (source,) = desk.records("sources")
    assert kept.name == f"{source['raw_sha256']}.html"
    assert kept.read_bytes() == page
    desk.run("ingest", "page.html", "--keep-original", "other", "--dry-run")
    assert not (desk.folder / "other").exists()


def test_a_source_is_set_and_removed(full):
    full.run("sources", "set", "ferry.txt", "--publisher", "The Harbour Gazette", "--date", "2024-03-13")
    source = next(record for record in full.records("sources") if record["path"] == "ferry.txt")
    assert (source["publisher"], source["published"]) == ("The Harbour Gazette", "2024-03-13")
    assert source["as_read"]["published"] == "2024-03-12"
    full.run("sources", "remove", source["id"])
    assert not any("two pounds" in record["text"] for record in full.records("statements"))


def test_nothing_to_undo_is_said(full):
    assert full.run("undo", code=3).stderr.startswith("error: ")


# --- show and status -----------------------------------------------------------------------------


def test_show_takes_the_beginning_of_an_id(full):
    conflict = one_conflict(full)
    text = full.run("show", conflict["id"][:8], "--format", "table").stdout
    assert "ferry was operated from" in text
    assert "Transport Minister Ada Lomax" in text
    assert (
        json.loads(full.run("show", conflict["a"]["id"], "--format", "json").stdout)["id"]
        == conflict["a"]["id"]
    )
    full.run("show", "cf-nothing", code=3)


def test_status_counts(full):
    status = json.loads(full.run("status", "--format", "json").stdout)
    assert status["documents"] == 2
    assert "2" in full.run("status").stdout


# --- compare -------------------------------------------------------------------------------------


def test_two_sentences_are_judged(desk):
    record = json.loads(
        desk.run(
            "compare",
            "We will raise the toll.",
            "We will not raise the toll.",
            "--format",
            "json",
        ).stdout
    )
    assert list(record) == ["id", "label", "kind", "score", "signals"]
    assert record["id"] is None
    assert record["label"] == "contradiction"


def test_bad_lines_of_pairs_are_named_and_the_rest_judged(desk):
    lines = [
        '{"id": "p1", "a": "We will raise the toll.", "b": "We will not raise the toll."}',
        "no json",
        '{"id": "p3", "a": "It rained."}',
        "",
        '["a", "b"]',
        '{"id": "p6", "a": {"text": "It rained.", "cue": "said", "more": 1}, "b": "It rained.", "gold": 0}',
        '{"id": "p7", "a": {"text": 3}, "b": "It rained."}',
    ]
    desk.write("pairs.jsonl", "\n".join(lines))
    result = desk.run("compare", "--pairs", "pairs.jsonl", "--format", "jsonl", code=3)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["p1", "p6"]
    for number in (2, 3, 5, 7):
        assert f"pairs.jsonl, line {number}: " in result.stderr
    piped = desk.run("compare", "--pairs", "-", "--format", "jsonl", input=lines[0])
    assert json.loads(piped.stdout)["label"] == "contradiction"


@pytest.mark.parametrize("arguments", [[], ["one"], ["one", "two", "three"], ["a", "b", "--pairs", "x"]])
def test_compare_takes_two_sentences_or_a_file(desk, arguments):
    desk.run("compare", *arguments, code=2)


# --- options everywhere --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--store", "{store}", "statements"],
        ["statements", "--store", "{store}"],
        ["--store", "wrong.json", "statements", "--store", "{store}"],
        ["--store", "{store}", "statements", "reject", "{id}"],
        ["statements", "--store", "{store}", "reject", "{id}"],
        ["statements", "reject", "{id}", "--store", "{store}"],
    ],
)
def test_the_store_may_stand_anywhere(full, arguments):
    moved = full.store.rename(full.folder / "desk.json")
    item = full.records("statements", "--store", str(moved))[0]["id"]
    full.run(*(argument.format(store=moved, id=item) for argument in arguments))


def test_the_store_is_named_by_option_then_variable_then_file(full, monkeypatch):
    stores = {name: full.folder / f"{name}.json" for name in ("option", "variable", "file")}
    full.write("claimtrack.toml", 'store = "file.json"\n')
    below = full.folder / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert str(stores["file"]) in full.run("statements", code=3).stderr
    monkeypatch.setenv("CLAIMTRACK_STORE", str(stores["variable"]))
    assert str(stores["variable"]) in full.run("statements", code=3).stderr
    assert str(stores["option"]) in full.run("statements", "--store", str(stores["option"]), code=3).stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("min_scor = 0.4", 'Did you mean "min_score"?'),
        ('min_score = "high"', "min_score"),
        ("min_score = 7", "min_score"),
        ("store = 3", "store"),
        ("min_score = ", "cannot read"),
    ],
)
def test_a_wrong_setting_is_named(full, text, told):
    full.write("claimtrack.toml", text + "\n")
    result = full.run("contradictions", code=3)
    assert result.stderr.startswith("error: ")
    assert "claimtrack.toml" in result.stderr
    assert told in result.stderr


def test_a_setting_holds_and_an_option_overrides_it(full):
    full.write("claimtrack.toml", "min_score = 0.999\n")
    assert full.records("contradictions") == []
    assert full.records("contradictions", "--min-score", "0.5")


def test_quiet_and_verbose(full):
    assert full.run("ingest", "ferry.txt", "-q").stderr == ""
    assert "pairs of one speaker" in full.run("contradictions", "-v").stderr


def test_exit_code_says_whether_something_was_found(full):
    full.run("contradictions", "--exit-code", code=10)
    full.run("contradictions", "--exit-code", "--speaker", "Tom Reed", code=0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["contradictions", "--since", "yesterday"],
        ["contradictions", "--since", "2024-13-01"],
        ["contradictions", "--min-score", "2"],
        ["contradictions", "--format", "xml"],
        ["contradictions", "--kind", "lie"],
        ["review", "cf-1"],
        ["review", "cf-1", "--confirm", "--dismiss"],
        ["sources", "set", "doc-1"],
        ["ingest"],
        ["statements", "nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(full, arguments):
    full.run(*arguments, code=2)


def test_a_mistyped_command_gets_the_nearest(desk):
    assert "'contradictions'" in desk.run("contradiction", code=2).stderr


def test_version_and_help(desk):
    assert desk.run("--version").stdout.startswith("claimtrack ")
    for arguments in (["-h"], ["ingest", "-h"], ["statements", "reject", "--help"]):
        assert "Usage: claimtrack" in desk.run(*arguments).stdout


def test_names_of_closed_sets_are_those_of_the_models():
    assert set(typing.get_args(options.KindName)) == set(models.Kind)
    assert set(typing.get_args(options.ConflictKindName)) == set(models.ConflictKind)
    assert set(typing.get_args(options.ReviewName)) == set(models.ReviewStatus)


# --- bad stores ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"not json", id="no JSON"),
        pytest.param(b'{"schema": "claimtrack/9"}', id="newer"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"", id="empty"),
    ],
)
def test_a_damaged_store_is_refused_and_left_alone(full, content):
    full.store.write_bytes(content)
    for arguments in (["statements"], ["ingest", "ferry.txt"], ["undo"]):
        result = full.run(*arguments, code=3)
        assert result.stderr.startswith("error: ")
        assert "claims.json" in result.stderr
    assert full.store.read_bytes() == content


# --- hostile text --------------------------------------------------------------------------------

HOSTILE = (
    "\x1b[31mRed\x1b[0m title\n\nAda Lomax said the \x1b]0;owned\x07 bridge was <b>open</b> "
    "and \u202ebackwards\u202c [click](http://evil.example).\n"
)


@pytest.mark.parametrize("form", typing.get_args(options.Form))
def test_no_form_sends_an_escape_sequence(desk, form):
    desk.write("hostile.txt", HOSTILE)
    desk.run("ingest", "hostile.txt")
    for command in (["statements"], ["sources"], ["speakers"]):
        text = desk.run(*command, "--format", form).stdout
        assert not set("\x1b\x07\x9b\u202e") & set(text)


# --- the real program: pipes, terminals, signals -------------------------------------------------

PROGRAM = [sys.executable, "-m", "claimtrack"]
needs_posix = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell's pipes and terminals")


@needs_posix
@pytest.mark.parametrize("command", ["statements --format jsonl", "--help"])
def test_a_closed_pipe_is_no_error(full, command):
    line = f"{sys.executable} -m claimtrack {command} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=full.folder)
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


@needs_posix
def test_a_full_disk_is_an_error_in_words(full):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w") as disk:
        done = subprocess.run(
            [*PROGRAM, "statements"], stdout=disk, stderr=subprocess.PIPE, text=True, cwd=full.folder
        )
    assert done.returncode == 3
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def on_a_terminal(desk: Desk, *arguments: str, columns: int = 80, **environment: str) -> str:
    """Returns what the program shows on a pseudo-terminal."""
    import fcntl
    import pty
    import struct
    import termios

    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", **environment}
    environment.pop("COLUMNS", None)
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=side, cwd=desk.folder, env=environment)
    os.close(side)
    shown = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    process.wait()
    os.close(main)
    return shown.decode()


@needs_posix
def test_on_a_terminal_the_default_is_a_table_in_colour(full):
    shown = on_a_terminal(full, "contradictions")
    assert "Possible conflict 1" in shown
    assert "╭" in shown
    assert "\x1b[" in shown


@needs_posix
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_declined(full, environment):
    shown = on_a_terminal(full, "contradictions", **environment)
    assert "Possible conflict 1" in shown
    assert "\x1b" not in shown


@needs_posix
def test_colour_can_be_forced_into_a_pipe(full):
    environment = {**os.environ, "FORCE_COLOR": "1"}
    done = subprocess.run(
        [*PROGRAM, "contradictions", "--format", "table"],
        capture_output=True,
        cwd=full.folder,
        env=environment,
    )
    assert b"\x1b[" in done.stdout


def wait_until_read(pipe: typing.IO[str], text: str) -> None:
    """Sends some of a text that goes on, and returns when it has been read and the rest is waited for."""
    import fcntl
    import termios

    pipe.write(text)
    pipe.flush()
    wait_until(lambda: fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)) == bytes(4))


@needs_posix
def test_ctrl_c_ends_with_130_and_leaves_the_store(full):
    before = full.store.read_bytes()
    process = subprocess.Popen(
        [*PROGRAM, "ingest", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=full.folder
    )
    wait_until(Path(f"{full.store}.lock").exists)
    wait_until_read(process.stdin, "Ada Lomax said that")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in told
    assert full.store.read_bytes() == before


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("patience", "quiet", "shown"), [(0.0, False, True), (60.0, False, False), (0.0, True, False)]
)
def test_progress_shows_only_when_it_takes_long(monkeypatch, patience, quiet, shown):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm-256color")
    with progress.working(Session(quiet=quiet), "reading articles") as report_place:
        report_place("a\x1b[31m.txt")
        if shown:
            wait_until(lambda: "reading articles" in stream.getvalue())
        else:
            time.sleep(0.3)
    assert ("reading articles" in stream.getvalue()) is shown
    assert "\x1b[31m" not in stream.getvalue()
