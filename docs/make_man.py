"""Writes ``docs/claimtrack.1``, the man page, from the commands themselves; ``--check`` only compares."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "claimtrack.1"

FILES = (
    ("data/claims.json", "The store: articles, statements, speakers, and the log of all decisions."),
    ("data/claims.cache", "Judged pairs, beside the store. It may be deleted at any time."),
    ("claimtrack.toml", "Settings, in the folder you work in or any above it."),
)
ENVIRONMENT = (
    ("CLAIMTRACK_STORE", "The store, where --store names none. It wins over claimtrack.toml."),
    ("CLAIMTRACK_BY", "Who decides, where --by names nobody."),
    ("NO_COLOR, FORCE_COLOR, TERM", "As other programs have them."),
)
EXIT_CODES = (
    ("0", "Done."),
    ("1", "A bug, or a prompt declined."),
    ("2", "Wrong usage."),
    ("3", "An input, store or settings error; the rest of the batch is kept."),
    ("10", "Conflicts or changes found, only with --exit-code."),
    ("130", "Ctrl-C."),
)


def page() -> str:
    """Returns the whole page in the man macros."""
    from typer.main import get_command

    from claimtrack import __version__
    from claimtrack.cli.app import app

    program = get_command(app)
    context = _context(program, "claimtrack", None)
    lines = [
        '.\\" Made from the commands by docs/make_man.py.',
        f'.TH CLAIMTRACK 1 "" "claimtrack {__version__}" "User Commands"',
        ".SH NAME",
        "claimtrack \\- statements that do not fit what their speaker said elsewhere",
        ".SH SYNOPSIS",
        ".B claimtrack",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        *_paragraphs(program.help or ""),
        *_options(program, context),
        ".SH COMMANDS",
        *(line for name in program.commands for line in _command(program.commands[name], name, context)),
        *_list("FILES", FILES),
        *_list("ENVIRONMENT", ENVIRONMENT),
        *_list("EXIT STATUS", EXIT_CODES),
        ".SH SAFEGUARDS",
        *_paragraphs("What is shown is a possible conflict, unreviewed, until a named person has decided."),
    ]
    return "\n".join(lines) + "\n"


def _context(command: Any, name: str, parent: Any) -> Any:
    return command.context_class(command, info_name=name, parent=parent, **command.context_settings)


def _command(command: Any, name: str, parent: Any) -> Iterator[str]:
    """Yields the section of a command, then those of its subcommands."""
    context = _context(command, name, parent)
    yield f".SS {escape(context.command_path.removeprefix('claimtrack '))}"
    pieces = " ".join(command.collect_usage_pieces(context))
    yield ".PP"
    yield f"\\fB{escape(context.command_path)}\\fR {escape(pieces)}"
    yield from _paragraphs(command.help or "")
    yield from _options(command, context)
    examples = [line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  ")]
    if examples:
        yield from (".PP", "Example:", ".PP", ".EX", *(escape(line) for line in examples), ".EE")
    for sub in getattr(command, "commands", {}):
        yield from _command(command.commands[sub], sub, context)


def _options(command: Any, context: Any) -> Iterator[str]:
    """Yields arguments and options; what every command understands stands at the top alone."""
    shared = {"--store PATH", "-q, --quiet", "-v, --verbose"} if context.parent else set()
    for parameter in command.get_params(context):
        if parameter.param_type_name == "argument":
            record = (str(parameter.metavar), str(getattr(parameter, "help", "") or ""))
        else:
            record = parameter.get_help_record(context) or ("", "")
        if record[0] and record[0] not in shared and "--help" not in record[0]:
            yield from _item(*record)


def _list(title: str, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f".SH {title}"
    for term, meaning in rows:
        yield from _item(term, meaning)


def _item(term: str, meaning: str) -> Iterator[str]:
    yield from (".TP", f"\\fB{escape(term)}\\fR", escape(" ".join(meaning.split())))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        words = " ".join(paragraph.split())
        if words and not words.startswith("\b"):
            yield from (".PP", escape(words))


def escape(text: str) -> str:
    """Returns the text as roff prints it: no line is taken for a request, and hyphens can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def main() -> None:
    """Writes the page, or ends with 1 where it is not up to date."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit(f"{PAGE.name} is not up to date. Run: make docs")


if __name__ == "__main__":
    main()
