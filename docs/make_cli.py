"""Writes ``docs/cli.md`` from the help pages, at a fixed width; ``--check`` only compares."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parent / "cli.md"
WIDTH = 90
HEAD = """# Commands

Made from `--help` by `make docs`. Every command also understands `--store`, `-q` and `-v`.
"""


def command_paths() -> Iterator[list[str]]:
    """Yields the words of every command, groups before their subcommands, in the order of ``--help``."""
    from typer.main import get_command

    from claimtrack.cli.app import app

    def walk(node: object, words: list[str]) -> Iterator[list[str]]:
        yield words
        for name, part in getattr(node, "commands", {}).items():
            yield from walk(part, [*words, name])

    yield from walk(get_command(app), [])


def help_page(words: list[str]) -> str:
    """Returns what ``claimtrack WORDS --help`` prints."""
    from typer.testing import CliRunner

    from claimtrack.cli.app import app

    result = CliRunner().invoke(app, [*words, "--help"], prog_name="claimtrack", terminal_width=WIDTH)
    return result.stdout.rstrip()


def page() -> str:
    """Returns the whole page."""
    parts = [HEAD]
    for words in command_paths():
        title = " ".join(["claimtrack", *words])
        parts.append(f"## {title}\n\n```text\n{help_page(words)}\n```\n")
    return "\n".join(parts)


def main() -> None:
    """Writes the page, or ends with 1 where it is not up to date."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit(f"{PAGE.name} is not up to date. Run: make docs")


if __name__ == "__main__":
    os.environ.pop("COLUMNS", None)
    main()
