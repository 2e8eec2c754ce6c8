"""The documentation tells what the program does: its examples run, and no command is left out."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from claimtrack.cli.app import app
from claimtrack.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
]


@pytest.mark.skipif(os.name == "nt", reason="the README's lines are for a POSIX shell")
def test_the_readmes_examples_run(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACK")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    assert EXAMPLES[0] == "claimtrack ingest seeds/"
    for line in EXAMPLES:
        done = subprocess.run(line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    notes = (tmp_path / "notes.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    lines = [line for line in shown.splitlines() if line.startswith((">", "#"))]
    assert len(lines) == 3
    for line in lines:
        assert f"{line}\n" in notes, line


def test_the_readme_names_every_command():
    for name in get_command(app).commands:
        assert re.search(rf"`{name}\b|, `{name}`", README), name


def test_the_page_of_commands_is_up_to_date():
    spec = importlib.util.spec_from_file_location("make_cli", ROOT / "docs" / "make_cli.py")
    make_cli = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_cli)
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == make_cli.page(), "Run: make docs"


@pytest.mark.parametrize("page", ["README.md", "docs/how-it-works.md", "docs/data-format.md", "docs/cli.md"])
def test_links_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_option_is_explained():
    for words in ([], ["statements"], ["speakers"], ["sources"]):
        node = get_command(app)
        for word in words:
            node = node.commands[word]
        for command in (node, *node.commands.values()):
            assert command.help, command.name
            for parameter in command.params:
                assert getattr(parameter, "help", None), f"{command.name}: {parameter.name}"


def test_every_setting_is_documented_with_its_default():
    page = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    told = tomllib.loads(example)
    assert told.pop("store")
    assert told == Settings().model_dump()
