"""What people expect of a command line: completion, short ids, hints, help, a man page, no waiting."""

import importlib.util
import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from patience import wait_until
from test_cli import FERRY, INQUIRY, Desk
from typer.main import get_command

from claimtrack.cli import completion, progress
from claimtrack.cli.app import app
from claimtrack.cli.session import Session

ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="for POSIX shells")


def commands(node=None, words=()):
    """Yields every command with its words, groups before their subcommands."""
    node = node or get_command(app)
    yield words, node
    for name, part in getattr(node, "commands", {}).items():
        yield from commands(part, (*words, name))


TREE = dict(commands())
COMMANDS = [words for words in TREE if words]


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("CLAIMTRACK_STORE", "CLAIMTRACK_BY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("stored")
    for name, text in (("ferry.txt", FERRY), ("inquiry.txt", INQUIRY)):
        (folder / name).write_text(text, encoding="utf-8")
    program(folder, "ingest", "ferry.txt", "inquiry.txt")
    return (folder / "data" / "claims.json").read_bytes()


@pytest.fixture
def full(desk, stored) -> Desk:
    desk.write("data/claims.json", stored)
    return desk


def program(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACK")}
    return subprocess.run(
        [sys.executable, "-m", "claimtrack", *arguments],
        cwd=folder, env={**kept, **variables}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


# --- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_a_real_example(words):
    lines = [line.strip() for line in (TREE[words].epilog or "").splitlines() if line.startswith("  ")]
    assert lines, "no example"
    for line in lines:
        pieces = shlex.split(re.split(r"\s(?:\||>>?)\s", line)[0])
        assert pieces[0] == "claimtrack"
        assert tuple(pieces[1 : len(words) + 1]) == words, line
        known = {name for p in TREE[words].params for name in (*p.opts, *p.secondary_opts)}
        used = [piece for piece in pieces[len(words) + 1 :] if re.match(r"--?[a-z]", piece)]
        assert set(used) <= known, line


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_of_a_command_is_its_help_page(desk, words):
    page = desk.run("help", *words).stdout
    assert page == desk.run(*words, "--help").stdout
    assert page.startswith(f"Usage: claimtrack {' '.join(words)}")


def test_help_alone_is_the_first_page(desk):
    assert desk.run("help").stdout == desk.run("--help").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["help", "contradiction"], "Did you mean 'contradictions'"),
        (["help", "speakers", "mrege"], "Did you mean 'merge'"),
        (["help", "show", "st-1"], "claimtrack show has no commands of its own"),
        (["contradiction"], "Did you mean 'contradictions'"),
        (["speakers", "sugest"], "Did you mean 'suggest'"),
        (["contradictions", "--speeker", "Ada"], "--speaker"),
        (["statements", "--kind", "indirct"], "indirect"),
    ],
)
def test_a_slip_gets_a_hint(desk, words, told):
    assert told in " ".join(desk.run(*words, code=2).stderr.split())


@pytest.mark.skipif(not hasattr(resource, "RUSAGE_CHILDREN"), reason="no way to measure")
def test_help_costs_less_than_a_third_of_a_second():
    """On a machine on which the interpreter by itself takes 11 ms: both are measured, as machines differ."""

    def spent(*words: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    pairs = [(spent("-c", "pass"), spent("-m", "claimtrack", "--help")) for _ in range(5)]
    assert min(with_help for _, with_help in pairs) < 27 * max(alone for alone, _ in pairs)


def test_the_man_page_is_up_to_date_and_names_every_command():
    spec = importlib.util.spec_from_file_location("make_man", ROOT / "docs" / "make_man.py")
    make_man = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_man)
    written = (ROOT / "docs" / "claimtrack.1").read_text(encoding="utf-8")
    assert written == make_man.page(), "Run: make docs"
    for words in COMMANDS:
        assert f".SS {make_man.escape(' '.join(words))}\n" in written


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff here")
def test_the_man_page_is_clean_roff():
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-K", "utf-8", str(ROOT / "docs" / "claimtrack.1")],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "claimtrack contradictions" in re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)


def test_a_man_page_takes_no_text_for_a_request():
    spec = importlib.util.spec_from_file_location("make_man", ROOT / "docs" / "make_man.py")
    make_man = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_man)
    assert make_man.escape(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert make_man.escape("--a\\b") == "\\-\\-a\\eb"


# --- the first run -------------------------------------------------------------------------------

NEEDED = {
    ("review",): ["cf-1", "--confirm"],
    ("timeline",): ["--speaker", "Ada"],
    ("report",): ["out.html"],
    ("show",): ["st-1"],
    ("statements", "reject"): ["st-1"],
    ("statements", "assign"): ["st-1", "Ada"],
    ("speakers", "alias"): ["Ada", "Ida"],
    ("speakers", "merge"): ["Ada", "Ida"],
    ("speakers", "split"): ["Ada", "Ida"],
    ("sources", "set"): ["doc-1", "--title", "x"],
    ("sources", "remove"): ["doc-1"],
}
"""What a command cannot do without."""

WITHOUT_STORE = {
    *(("ingest",), ("extract",), ("compare",), ("schema",), ("watch",), ("help",)),
    *(("store",), ("store", "copy")),
}


@pytest.mark.parametrize("words", [w for w in COMMANDS if w not in WITHOUT_STORE], ids=" ".join)
def test_without_a_store_every_command_says_what_to_do(desk, words):
    result = desk.run(*words, *NEEDED.get(words, []), code=3)
    assert result.stdout == ""
    assert "there is no store at data/claims.json yet" in result.stderr
    assert "claimtrack ingest FOLDER" in result.stderr
    assert list(desk.folder.iterdir()) == []


# --- short ids -----------------------------------------------------------------------------------

BY_ID = [
    (["show"], "st-"),
    (["show"], "doc-"),
    (["statements", "reject"], "st-"),
    (["sources", "remove"], "doc-"),
    (["sources", "set", "--title", "x"], "doc-"),
]


def ids(desk: Desk, kind: str) -> list[str]:
    listing = {"st-": "statements", "doc-": "sources", "cf-": "contradictions"}[kind]
    return [record["id"] for record in desk.records(listing)]


@pytest.mark.parametrize(("words", "kind"), BY_ID, ids=lambda value: "".join(value))
def test_an_id_may_be_cut_short_as_long_as_it_fits_one(full, words, kind):
    before = full.store.read_bytes()
    found = ids(full, kind)
    told = full.run(*words, kind, code=3).stderr
    assert f"{len(found)} ids begin with {kind}" in told
    assert all(name in told for name in sorted(found)[:5])
    assert full.store.read_bytes() == before
    missing = f"{kind}ffffffffffff"
    assert f"nothing in the store has the id {missing}" in full.run(*words, missing, code=3).stderr
    assert full.store.read_bytes() == before
    short = next(
        found[0][:end] for end in range(len(kind) + 1, 20)
        if sum(name.startswith(found[0][:end]) for name in found) == 1
    )  # fmt: skip
    full.run(*words, short)


# --- claimtrack.toml -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('stroe = "x.json"', 'Did you mean "store"?'),
        ("min_scor = 0.4", 'Did you mean "min_score"?'),
        ("zzz = 1", "Known keys: store, min_score"),
        ("[feilds]\ntext = 'a'", 'Did you mean "fields"?'),
    ],
)
@pytest.mark.parametrize("command", ["speakers", "status", "contradictions", "ingest x.txt"])
def test_a_wrong_key_is_never_ignored(full, line, hint, command):
    full.write("claimtrack.toml", line)
    told = full.run(*command.split(), code=3).stderr
    assert "unknown key" in told
    assert hint in told
    assert sorted(p.name for p in full.folder.iterdir()) == ["claimtrack.toml", "data"]


# --- completion ----------------------------------------------------------------------------------


def completed(folder: Path, *words: str, **variables: str) -> list[str]:
    """Returns what bash is told, asked as bash asks."""
    line = {"COMP_WORDS": "\n".join(["claimtrack", *words]), "COMP_CWORD": str(len(words))}
    done = program(folder, _CLAIMTRACK_COMPLETE="complete_bash", **line, **variables)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        pytest.param(["contrad"], ["contradictions"], id="command"),
        pytest.param(["speakers", "su"], ["suggest"], id="subcommand"),
        pytest.param(["contradictions", "--spea"], ["--speaker"], id="option"),
        pytest.param(["contradictions", "--format", "js"], ["json", "jsonl"], id="a form"),
        pytest.param(["contradictions", "--speaker", "Ada"], [r"Ada\ Lomax"], id="a name"),
        pytest.param(["contradictions", "--speaker", "ada\\ l"], [r"ada\ lomax"], id="as it was typed"),
        pytest.param(["contradictions", "--speaker", '"Ada'], ["Ada Lomax"], id="in quotation marks"),
        pytest.param(["speakers", "merge", "Tom"], [r"Tom\ Reed"], id="an argument"),
        pytest.param(["show", "Tom"], [r"Tom\ Reed"], id="show a speaker"),
        pytest.param(["help", "contrad"], ["contradictions"], id="help"),
        pytest.param(["help", "speakers", "su"], ["suggest"], id="help of a subcommand"),
        pytest.param(["contradictions", "--speaker", "Zul"], [], id="nobody"),
    ],
)
def test_bash_completes(full, words, candidates):
    found = completed(full.folder, *words)
    if words[-1] == "ada\\ l":
        found = [name.casefold() for name in found]
    assert found == candidates


def test_ids_are_completed(full):
    assert completed(full.folder, "show", "st-") == sorted(ids(full, "st-"))
    assert completed(full.folder, "sources", "remove", "doc-") == sorted(ids(full, "doc-"))
    assert completed(full.folder, "review", "cf-") == []
    conflicts = ids(full, "cf-")
    assert conflicts
    for words in (["review", "cf-"], ["show", "cf-"]):
        assert completed(full.folder, *words) == sorted(conflicts)


def test_completion_looks_into_the_store_that_is_named(full):
    (full.folder / "data").rename(full.folder / "desk")
    asked = ["contradictions", "--speaker", "Ada"]
    assert completed(full.folder, *asked) == []
    assert completed(full.folder, *asked, CLAIMTRACK_STORE="desk/claims.json") == [r"Ada\ Lomax"]
    there = ["contradictions", "--store", "desk/claims.json", "--speaker", "Ada"]
    assert completed(full.folder, *there) == [r"Ada\ Lomax"]
    full.write("claimtrack.toml", 'store = "desk/claims.json"')
    assert completed(full.folder, *asked) == [r"Ada\ Lomax"]


@pytest.mark.parametrize(
    "store", [b"", b"{", b"[1]", b'{"speakers": [{}]}', b'{"speakers": 3}', b"\xff", b"[" * 100_000], ids=repr
)
@pytest.mark.parametrize("words", [["show", "A"], ["show", "st-"], ["review", "cf-"]], ids=" ".join)
def test_completion_is_silent_whatever_the_store_holds(desk, store, words):
    desk.write("data/claims.json", store)
    ctx = get_command(app).context_class(get_command(app))
    offer = {"show": completion.items, "review": completion.conflicts}[words[0]]
    assert offer(ctx, [], words[1]) == []


@pytest.mark.parametrize("name", ["$(touch x)", "`touch x`", "a;b", "a\nb", "a\x1b[31m", 'a"b', "*"])
def test_a_shell_is_not_handed_a_hostile_name(desk, name):
    people = [{"id": "sp-1", "name": name}, {"id": "sp-2", "name": "Ann O’Roe", "aliases": ["[red]x[/]"]}]
    desk.write("data/claims.json", json.dumps({"speakers": people}))
    ctx = get_command(app).context_class(get_command(app))
    offered = [c if isinstance(c, str) else c[0] for c in completion.speakers(ctx, [], "")]
    assert offered == ["Ann O’Roe"]


@POSIX
def test_completion_in_a_real_bash(full):
    (full.folder / "bin").mkdir()
    full.write("bin/claimtrack", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m claimtrack "$@"\n')
    (full.folder / "bin" / "claimtrack").chmod(0o755)
    script = full.write(
        "ask.sh",
        """
        eval "$(claimtrack --show-completion bash)"
        ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _claimtrack_completion claimtrack
                printf '<%s>\\n' "${COMPREPLY[@]}"; }
        ask claimtrack contrad
        ask claimtrack contradictions --speaker Ada
        ask claimtrack speakers merge "Ada\\ Lomax" To
        """,
    )
    environment = {**os.environ, "PATH": f"{full.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("CLAIMTRACK_STORE", None)
    done = subprocess.run(
        ["bash", "--norc", str(script)], cwd=full.folder, env=environment, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["<contradictions>", r"<Ada\ Lomax>", r"<Tom\ Reed>"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_every_shell_is_shown(desk, shell):
    shown = program(desk.folder, "--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert shown.returncode == 0, shown.stderr
    assert "_CLAIMTRACK_COMPLETE" in shown.stdout


@pytest.mark.parametrize(
    ("shell", "variables", "shown"),
    [
        ("zsh", {"_TYPER_COMPLETE_ARGS": "claimtrack contradictions --speaker Ada"}, '"Ada Lomax"'),
        (
            "fish",
            {"_TYPER_COMPLETE_ARGS": "claimtrack show To", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
            "Tom Reed",
        ),
    ],
)
def test_other_shells_are_told_the_names(full, shell, variables, shown):
    done = program(full.folder, _CLAIMTRACK_COMPLETE=f"complete_{shell}", **variables)
    assert shown in done.stdout
    assert done.stderr == ""


# --- progress ------------------------------------------------------------------------------------


class Shown:
    """A stream that says it is a terminal and keeps what it is given."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def progress_shown(monkeypatch, count, done: int, first: str) -> str:
    stream = Shown()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm-256color")
    with progress.working(Session(), "reading articles", count) as report_place:
        wait_until(lambda: first in plain(stream.text))
        for number in range(done):
            report_place(f"{number}.txt")
        wait_until(lambda: f"{done - 1}.txt" in plain(stream.text))
    return plain(stream.text)


def test_progress_says_how_many_of_how_many(monkeypatch):
    shown = progress_shown(monkeypatch, lambda: 7, 3, "0 of 7")
    assert re.search(r"3 of 7\b.*left.*2\.txt", shown, re.DOTALL)


@pytest.mark.parametrize(
    ("count", "first"),
    [
        pytest.param(None, "0 of ?", id="not asked"),
        pytest.param(lambda: None, "0 of ?", id="unknown"),
        pytest.param(lambda: 2, "0 of 2", id="too few"),
    ],
)
def test_progress_that_knows_no_end_claims_none(monkeypatch, count, first):
    assert "3 of ?" in progress_shown(monkeypatch, count, 3, first)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["a.txt", "b.md", "deep/c.html", "d.png"], 3),
        (["a.txt", "b.jsonl"], None),
        (["a.txt", "b.warc"], None),
        ([], 0),
    ],
)
def test_articles_are_counted_where_a_file_is_one(desk, names, count):
    (desk.folder / "articles").mkdir()
    for name in names:
        desk.write(f"articles/{name}", "x")
    assert progress.article_count(["articles"]) == count
    assert progress.article_count(["articles", "-"]) is None
    assert progress.article_count(["https://example.org/a"]) is None


# --- nobody is told ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["contradictions"], ["speakers", "suggest"], ["ingest", "ferry.txt"], ["--help"]],
)
def test_nothing_is_sent_anywhere(full, arguments):
    full.write("ferry.txt", FERRY)
    watched = (
        "import sys\n"
        "def watch(event, given):\n"
        "    if event.startswith(('socket.connect', 'socket.getaddrinfo', 'socket.send')):\n"
        "        sys.stderr.write(f'SENT {event} {given}')\n"
        "sys.addaudithook(watch)\n"
        f"sys.argv = ['claimtrack', *{arguments!r}]\n"
        "from claimtrack.cli.app import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watched], cwd=full.folder, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "SENT" not in done.stderr
