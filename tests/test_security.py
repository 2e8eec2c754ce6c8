"""Articles, names, archives and folders made to do harm, through the command line."""

import ast
import csv
import io
import json
import os
from pathlib import Path

import pytest
from lxml import html
from made_files import make_zip
from markdown_it import MarkdownIt
from test_cli import Desk, desk  # noqa: F401
from typer.testing import CliRunner

import claimtrack
from claimtrack.cli.app import app

ROOT = Path(claimtrack.__file__).resolve().parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="file names and links as POSIX has them")

STEERING = "\x1b\x07\x9b\x08\x85\u202e\u2066\u200f"
PAYLOAD = f"<script>alert(1)</script>[x](javascript:alert(2))![y](http://evil.example/z){STEERING}]]>|`=cmd()"
ARTICLE = f"""Ferry ran from Karachi, minister says
Transport Minister Ada Lomax said on Monday that the ferry was operated from Karachi {PAYLOAD}.
Transport Minister Ada Lomax said the ferry was operated from Norway.
“The toll \x1b]0;owned\x07 will be two pounds <img src=x onerror=alert(3)>,” Lomax told reporters.
“We will not raise the toll,” Lomax said.
"""
NAME = "=evil\x1b[31m <b>|`[x](javascript:a).txt" if os.name != "nt" else "evil.txt"

READING = [
    ["contradictions"],
    ["contradictions", "-v"],
    ["statements"],
    ["speakers"],
    ["speakers", "suggest"],
    ["sources"],
    ["timeline", "--speaker", "Ada Lomax"],
    ["verify", "-v"],
    ["status"],
    ["show", "ID"],
]


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory) -> Desk:
    """A store in which everything that people and articles can fill in is hostile."""
    made = Desk(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.folder)
        patch.delenv("CLAIMTRACK_STORE", raising=False)
        made.write(NAME, ARTICLE)
        given = ["--title", f"=1+1 {PAYLOAD}", "--publisher", f"@SUM {PAYLOAD}", "--date", "2024-03-12"]
        made.run("ingest", NAME, *given, "--url", "https://a.example/?q=<script>alert(4)</script>")
        made.run("speakers", "alias", "Ada Lomax", f"@Ada {PAYLOAD}", "--by", f"Nell {PAYLOAD}")
        made.conflict = made.records("contradictions")[0]["id"]
        said = ["--note", f"+1 {PAYLOAD}", "--response", f"=2 {PAYLOAD}", "--contacted", "2024-03-13"]
        made.run("review", made.conflict, "--unsure", *said, "--by", f"=Nell {PAYLOAD}")
    return made


@pytest.fixture
def hostile(hostile_desk, monkeypatch) -> Desk:
    monkeypatch.chdir(hostile_desk.folder)
    for name in ("CLAIMTRACK_STORE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return hostile_desk


def shown(desk: Desk, command: list[str], *more: str) -> tuple[str, str]:  # noqa: F811
    words = [desk.conflict if word == "ID" else word for word in command]
    result = desk.run(*words, *more)
    return result.stdout, result.stderr


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_nothing_steers_the_terminal(hostile, command):
    for form in ("table", "markdown", "csv"):
        for text in shown(hostile, command, "--format", form):
            assert not set(STEERING) & set(text)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_json_is_json_and_steers_nothing_either(hostile, command):
    text, _ = shown(hostile, command, "--format", "json")
    json.loads(text)
    assert not set("\x1b\x07\x9b\x08\x85") & set(text)


@pytest.mark.parametrize("command", READING, ids=" ".join)
@pytest.mark.parametrize("rules", ["commonmark", "gfm-like"])
def test_nothing_runs_in_rendered_notes(hostile, command, rules):
    text, _ = shown(hostile, command, "--format", "markdown")
    page = html.fromstring("<div>" + MarkdownIt(rules, {"html": True}).render(text) + "</div>")
    check_page(page)


def check_page(page: html.HtmlElement) -> None:
    """Fails where a page has anything in it that the hostile texts wanted."""
    for element in page.iter():
        assert element.tag not in ("img", "iframe", "object", "embed"), html.tostring(element)[:200]
        assert element.tag != "form" or element.get("id") == "filters", html.tostring(element)[:200]
        if element.tag == "script":
            assert "alert(" not in (element.text or "")
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert not value.strip().lower().startswith(("javascript:", "data:text"))
            assert name not in ("src", "href", "action") or "evil.example" not in value


def test_nothing_runs_in_the_report(hostile):
    hostile.run("report", "page.html")
    raw = (hostile.folder / "page.html").read_text(encoding="utf-8")
    assert not set("\x1b\x07\x9b\x08") & set(raw)
    check_page(html.fromstring(raw))


@pytest.mark.parametrize(
    "command", [*READING, ["export", "conflicts"], ["export", "statements"]], ids=" ".join
)
def test_no_cell_is_a_formula(hostile, command):
    text, _ = shown(hostile, command, "--format", "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows or command == ["speakers", "suggest"]
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "@", "\t", "\r", "＝", "＠"))
        assert not cell.startswith(("+", "-")) or cell.lstrip("+-").replace(".", "", 1).isdigit()


@POSIX
@pytest.mark.parametrize(
    "words",
    [
        ["ingest", f"no{STEERING}.txt"],
        ["show", f"st-{STEERING}"],
        ["statements", "--speaker", f"Bob{STEERING}"],
        ["compare", "--pairs", f"no{STEERING}.jsonl"],
        ["review", "--import", f"no{STEERING}.jsonl"],
        ["sources", "set", f"doc-{STEERING}", "--title", "x"],
        ["statements", "--store", f"no{STEERING}.json"],
    ],
    ids=" ".join,
)
def test_an_error_steers_nothing(hostile, words):
    result = hostile.run(*words, code=3)
    assert not set(STEERING) & set(result.stdout + result.stderr)


# --- files elsewhere -----------------------------------------------------------------------------


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


UPWARD = ("../../out.txt", "/tmp/out.txt", "..\\..\\out.txt", "C:\\out.txt", "a/../../../out.txt")
BODY = "Bridge opens\n12 March 2024\nAda Lomax said the bridge was open and would stay open.\n"


def crawl_of(place: str) -> bytes:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{BODY * 5}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{place}\r\n"
    kind = "Content-Type: application/http; msgtype=response\r\nWARC-Date: 2024-03-12T00:00:00Z\r\n"
    return f"{head}{kind}Content-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n"


def letter_with(name: str) -> bytes:
    head = "From: a@a.example\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\n"
    kind = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
    part = f'\r\n--b\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nx\r\n'
    return f"{head}{kind}{BODY}{part}--b--\r\n".encode()


@pytest.mark.parametrize("name", UPWARD)
@pytest.mark.parametrize(
    ("ending", "make"),
    [
        ("warc", crawl_of),
        ("eml", letter_with),
        ("docx", lambda name: make_zip({name: "x", "word/document.xml": "<w/>"})),
        ("epub", lambda name: make_zip({name: "x", "META-INF/container.xml": "<a/>"})),
    ],
    ids=["warc", "eml", "docx", "epub"],
)
def test_nothing_is_written_outside_what_is_asked_for(desk, ending, make, name):  # noqa: F811
    inner = Desk(desk.folder / "deep" / "desk")
    inner.write(f"in.{ending}", make(name))
    before = everything(desk.folder)
    words = ["ingest", f"deep/desk/in.{ending}", "--keep-original", "deep/kept", "--store", "deep/c.json"]
    result = inner.run(*words, code=0 if ending in ("warc", "eml") else 3)
    made = everything(desk.folder).keys() - before.keys()
    allowed = ("deep/kept/", "deep/c.json", "deep/c.cache")
    assert all(path.replace(os.sep, "/").startswith(allowed) for path in made), made
    assert not Path("/tmp/out.txt").exists()
    assert "Traceback" not in result.stderr


@POSIX
@pytest.mark.parametrize("planted", [".claims.json.new", "claims.json.lock", "claims.cache"])
def test_a_planted_link_is_not_written_through(desk, planted):  # noqa: F811
    """Somebody who may write in a shared folder must not get another file of ours overwritten."""
    victim = desk.write("victim.txt", "precious")
    desk.write("data/x", "")
    (desk.folder / "data" / planted).symlink_to(victim)
    desk.write("a.txt", ARTICLE)
    words = ["ingest", "a.txt"]
    code = 3 if planted.endswith(".lock") else 0
    desk.run(*words, code=code)
    if code == 0:
        desk.run("contradictions")
    assert victim.read_text() == "precious"


@POSIX
def test_a_planted_link_among_the_originals_is_replaced(desk):  # noqa: F811
    desk.write("a.txt", ARTICLE)
    desk.run("ingest", "a.txt", "--keep-original", "kept")
    (kept,) = [path for path in (desk.folder / "kept").rglob("*") if path.is_file()]
    raw = kept.read_bytes()
    kept.unlink()
    kept.symlink_to(desk.folder / "outside.txt")
    desk.store.unlink()
    desk.run("ingest", "a.txt", "--keep-original", "kept")
    assert not (desk.folder / "outside.txt").exists()
    assert kept.read_bytes() == raw


SECRET = "the harbour master keeps the key under the third bollard"


@pytest.mark.parametrize("ending", ["html", "xhtml", "mhtml", "xml", "rss", "json"])
def test_no_entity_brings_a_file_in(desk, ending):  # noqa: F811
    desk.write("secret.txt", SECRET)
    place = (desk.folder / "secret.txt").as_uri()
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{place}"><!ENTITY % y SYSTEM "{place}"> %y;]>'
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><head><title>Bridge opens</title></head><body>'
        "<article><p>Ada Lomax said the bridge was open. &x; It will stay open.</p>"
        f'<xi:include href="{place}" parse="text"/><iframe src="{place}"></iframe>'
        f'<object data="{place}"></object></article></body></html>'
    )
    if ending == "mhtml":
        page = f"MIME-Version: 1.0\r\nContent-Type: text/html\r\nSubject: x\r\n\r\n{page}"
    if ending == "json":
        page = json.dumps({"title": "Bridge", "text": page})
    desk.write(f"in.{ending}", page)
    result = told_by("ingest", f"in.{ending}")
    assert SECRET not in result
    assert not desk.store.exists() or SECRET not in desk.store.read_text(encoding="utf-8")


def told_by(*words: str) -> str:
    """Returns what a command tells that may or may not take its input."""
    result = CliRunner().invoke(app, list(words), prog_name="claimtrack")
    assert result.exit_code in (0, 3), result.exception
    return result.stdout + result.stderr


# --- code that is data ---------------------------------------------------------------------------

FORBIDDEN_IMPORTS = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "marshal",
    "shelve",
    "joblib",
    "yaml",
    "torch",
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "tempfile.mktemp"}


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_data_is_run_as_code(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not FORBIDDEN_IMPORTS & {name.split(".")[0] for name in names}, node.lineno
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in FORBIDDEN_CALLS, node.lineno
            for keyword in node.keywords:
                told = f"{keyword.arg}={ast.unparse(keyword.value)}"
                assert told not in ("shell=True", "allow_pickle=True", "verify=False"), node.lineno


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.onnx")), ids=lambda path: path.name)
def test_a_model_is_one_file_of_standard_operations(path):
    """ONNX may name other files for its numbers, and libraries for its operations; ours do neither."""
    raw = path.read_bytes()
    assert b"\x0a\x08location" not in raw
    assert b"ai.onnx.contrib" not in raw
    assert b"PythonOp" not in raw
