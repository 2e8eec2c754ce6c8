"""The documentation tells what the program does: its examples run, and nothing is left out of it."""

import ast
import importlib.util
import inspect
import io
import json
import os
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from test_conflict_cases import judged
from typer.main import get_command

from claimtrack.cli.app import app
from claimtrack.conflicts.signals import registry
from claimtrack.lexicon import Group
from claimtrack.models import Document, Label, SignalType
from claimtrack.settings import RecordField, Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md"))
)
RUN = frozenset({"console", "sh"})
CHECKED = {"toml": tomllib.loads, "python": ast.parse, "json": json.loads}
SHOWN = frozenset({"text", "markdown"})
POSIX = pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell and terminal")


def program(name: str) -> ModuleType:
    """Returns a program of ``docs/``."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(module)
    return module


examples = program("make_examples")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose(page: str) -> str:
    """Returns a page without its blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.M | re.S)


def blocks(page: str) -> list:
    return [block for _, block in examples.blocks(text_of(page))]


def tried(name: str) -> str:
    """Returns the block of ``docs/extending.md`` that is tried under this name."""
    (found,) = [b.body for b in blocks("docs/extending.md") if (b.told, b.value) == ("try", name)]
    return found


def module_of(name: str) -> ModuleType:
    module = ModuleType(name)
    exec(compile(tried(name), f"extending.md: {name}", "exec"), module.__dict__)
    return module


@POSIX
@pytest.mark.parametrize("page", examples.PAGES)
def test_the_examples_of_a_page_show_what_it_says(page):
    _, different = examples.check(page)
    assert not different, f"Run: make docs\n{different}"


@POSIX
def test_the_picture_of_the_terminal_shows_what_the_program_shows(tmp_path):
    images = program("make_images")
    found = images.words(images.terminal_image(examples.Desk(tmp_path)))
    different = examples.differences(images.words(images.TERMINAL.read_text(encoding="utf-8")), found)
    assert not different, f"Run: make docs\n{different}"


@POSIX
@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("```console\n$ echo one\ntwo\n```\n", "-two"),
        ("```console\n$ echo one\n```\n", "+one"),
        (
            "<!-- file: a.txt -->\n```text\none\ntwo\n```\n<!-- part: a.txt | o | t -->\n```text\none\n```\n",
            "+two",
        ),
        ("```console\n$ echo 0.91\n0.84\n```\n", "-0.84"),
    ],
    ids=["another line", "a line left out", "a part of a file", "another figure"],
)
def test_a_stale_example_is_found(tmp_path, page, wrong):
    different = examples.differences(page, examples.worked(page, examples.Desk(tmp_path)))
    assert wrong in different.splitlines()


@POSIX
def test_a_figure_may_differ_a_little_between_processors(tmp_path):
    page = "```console\n$ echo score 0.91\nscore 0.89\n```\n"
    assert examples.differences(page, examples.worked(page, examples.Desk(tmp_path))) == ""


@POSIX
@pytest.mark.parametrize("kind", ["sh", "console"])
def test_an_example_that_fails_is_found(tmp_path, kind):
    line = "false" if kind == "sh" else "$ claimtrack ingest nowhere/"
    with pytest.raises(examples.ExampleError):
        examples.worked(f"```{kind}\n{line}\n```\n", examples.Desk(tmp_path))


@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_run_or_checked_or_says_why_not(page):
    fences = re.findall(r"^\s*```", text_of(page), re.M)
    assert len(fences) == 2 * len(blocks(page)), "a block without a name, or indented"
    for block in blocks(page):
        if block.kind in RUN:
            assert page in examples.PAGES or block.told == "not run", block.body
        elif block.kind in CHECKED:
            CHECKED[block.kind](block.body)
        else:
            assert block.kind in SHOWN, f"{page}: a block of {block.kind}"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target, place in re.findall(r"\]\(([^)#:\s]*)(?:#([^)]*))?\)", prose(page)):
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), target
        if place:
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.M)
            assert place in {slug(heading) for heading in headings}, f"{target}#{place}"


def slug(heading: str) -> str:
    """Returns the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_is_in_the_index():
    index = text_of("docs/README.md")
    for page in DOCS.glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index, page.name


def test_images_are_small_and_shown():
    shown = "".join(text_of(page) for page in PAGES)
    for image in (DOCS / "images").iterdir():
        assert f"images/{image.name})" in shown, image.name
        assert image.stat().st_size < 250_000, image.name
    assert not re.search(
        r"(?:href|src|url\()\s*=?[\"']?https?:", (DOCS / "images/contradictions.svg").read_text()
    )


def test_the_readme_names_every_command():
    for name in get_command(app).commands:
        assert re.search(rf"`{name}\b", text_of("README.md")), name


@pytest.mark.parametrize("name", ["make_cli", "make_man"])
def test_pages_made_from_the_commands_are_up_to_date(name):
    made = program(name)
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "Run: make docs"


def test_every_option_is_explained():
    def walk(node, words):
        yield node, words
        for name, part in getattr(node, "commands", {}).items():
            yield from walk(part, [*words, name])

    page = text_of("docs/cli.md")
    for node, words in walk(get_command(app), ["claimtrack"]):
        assert node.help, words
        assert f"## {' '.join(words)}\n" in page
        for parameter in node.params:
            assert getattr(parameter, "help", None), f"{words}: {parameter.name}"


def test_no_page_names_an_option_that_is_not_there():
    known = set(re.findall(r"--[a-z][a-z-]+", text_of("docs/cli.md")))
    foreign = {"--nl", "--pk", "--truncate"}  # of sqlite-utils
    for page in PAGES:
        told = "\n".join(
            re.findall(r"`[^`\n]+`", prose(page)) + [b.body for b in blocks(page) if b.kind in RUN]
        )
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", told)) <= known | foreign, page


def test_every_setting_is_documented_with_its_default():
    (example,) = [b.body for b in blocks("docs/data-format.md") if b.kind == "toml"]
    told = tomllib.loads(example)
    assert told.pop("store")
    assert told == Settings().model_dump()
    (names,) = re.findall(r"^\[fields\] +# what .* call (.*)$", example, re.M)
    assert names.split(", ") == list(get_args(RecordField))


def test_every_key_of_a_record_is_documented():
    from claimtrack.notes.schemas import RECORDS, record_schema

    told = {
        word
        for code in re.findall(r"`([^`\n]+)`", prose("docs/data-format.md"))
        for word in re.findall(r"\w+", code)
    }
    for record in RECORDS:
        if not record.endswith(("-row", "-graph", "store")):  # their columns are in exports.md
            assert set(keys_in(record_schema(record))) <= told, record


def keys_in(schema):
    """Yields the names of all properties, however deep."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from keys_in(part)


def test_every_variable_is_documented():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "claimtrack").rglob("*.py"))
    told = "".join(text_of(page) for page in PAGES)
    for name in set(re.findall(r'"(CLAIMTRACK_[A-Z]+)"', source)):
        assert name in told, name


def test_every_kind_of_signal_is_explained():
    for kind in SignalType:
        assert f"`{kind}`" in text_of("docs/how-it-works.md"), kind
        assert f"`{kind}`" in text_of("docs/data-format.md"), kind


def test_the_check_of_a_quotation_holds(monkeypatch):
    monkeypatch.chdir(ROOT)
    (code,) = [b.body for b in blocks("docs/data-format.md") if b.kind == "python"]
    text = (ROOT / "seeds" / "001_08918e2dd1f24954.txt").read_bytes().decode()
    start = text.index("“That didn’t happen.”")
    exec(code, {"piece": {"start": start, "end": start + 21, "text": "“That didn’t happen.”"}})


def test_the_recipe_for_a_lexicon_entry_works(monkeypatch):
    pairs = tomllib.loads(tried("antonym"))["pair"]
    assert [judged(pair)[0].label is Label.CONTRADICTION for pair in pairs] == [False, False]
    assert {"kind", "silent"} <= {key for pair in pairs for key in pair}
    (group,) = [Group.model_validate(g) for g in tomllib.loads(tried("lexicon"))["group"]]
    assert all(any(form in example for form in group.forms) for example in group.examples)


def test_the_recipe_for_a_rule_names_what_is_there():
    from claimtrack.conflicts import gates

    assert "evidence" in inspect.signature(gates.reasons).parameters
    assert {"evidence.type", "_one_has"} <= set(
        re.findall(r"evidence\.type|_one_has", inspect.getsource(gates))
    )
    planned, spent = tomllib.loads(tried("gate"))["pair"]
    assert planned["silent"]
    assert judged(spent)[0].kind == spent["kind"]


def test_the_recipe_for_a_signal_works(monkeypatch):
    from claimtrack.conflicts import judging

    signals = {**registry.SIGNALS, "ordinal": module_of("signal").find_ordinals}
    monkeypatch.setattr(judging, "SIGNALS", signals)
    third, other = tomllib.loads(tried("ordinal"))["pair"]
    assert judged(third)[0].kind == third["kind"]
    assert judged(other)[0].label is not Label.CONTRADICTION


def test_the_recipe_for_an_input_form_works():
    raw = b"#+TITLE: Dam on budget\n#+DATE: 2025-09-02\n* The dam\nLomax said the dam was open.\n"
    (article,) = module_of("input").read(io.BytesIO(raw), Settings())
    assert (article.header.title, article.header.published) == ("Dam on budget", "2025-09-02")
    assert article.text == raw.decode()
    assert [article.text[j.start : j.end] for j in article.header.junk][-1] == "* "


def test_the_recipe_for_an_output_form_works():
    document = Document(id="doc-1", path="a.txt", sha256="0" * 64, text="x", title="10 % & more}")
    made = module_of("output").bibtex([document])
    assert made.startswith("@misc{doc-1,\n")
    assert r"title = {10 \% \& more\}}," in made
