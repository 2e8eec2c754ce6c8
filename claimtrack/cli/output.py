"""Puts a result out in the form asked for: on the terminal, into a pipe or into a file."""

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from claimtrack.cli.options import Form
from claimtrack.cli.session import Session
from claimtrack.cli.streaming import put_out_lines

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from claimtrack.notes.tables import Record

_FORM_OF: dict[str, Form] = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}


@dataclass(frozen=True)
class Result:
    """One result in every form; a form is only made when it is asked for.

    ``table`` gets the width in columns. ``rows`` are the flat records of CSV. With ``single`` the
    JSON form is the one record itself, not an array. ``more`` are forms of this result alone, by the
    name that is also their files' ending: ``svg``.
    """

    table: Callable[[int], "RenderableType"]
    markdown: Callable[[], str]
    records: "Callable[[], Sequence[Record]]"
    rows: "Callable[[], Sequence[Record]] | None" = None
    single: bool = False
    more: Mapping[str, Callable[[], str]] = field(default_factory=dict)

    def text(self, form: str) -> str:
        """Returns the result in a form other than ``table``."""
        from claimtrack.notes.tables import csv_text, flat_row, json_text, jsonl_text

        if form in self.more:
            return self.more[form]()
        if form == "markdown":
            return self.markdown()
        if form == "csv":
            return csv_text(self.rows() if self.rows else [flat_row(record) for record in self.records()])
        records = self.records()
        if form == "jsonl":
            return jsonl_text(records)
        return json_text(records[0] if self.single else records)


def put_out(session: Session, result: Result, form: str | None, output: str | None) -> None:
    """Writes the result, a file whole or not at all; raises InputError where it cannot be written."""
    if output in (None, "-"):
        chosen = form or ("table" if sys.stdout.isatty() else "markdown")
        _write(result, chosen, sys.stdout)
        sys.stdout.flush()
        return
    text = io.StringIO()
    _write(result, form or _form_of(Path(str(output)), result), text)
    put_out_lines(session, [text.getvalue()], output)


def _form_of(path: Path, result: Result) -> str:
    """Returns the form that a file's ending asks for."""
    ending = path.suffix.lower()
    return ending[1:] if ending[1:] in result.more else _FORM_OF.get(ending, "markdown")


def _write(result: Result, form: str, stream: IO[str]) -> None:
    if form != "table":
        stream.write(result.text(form))
        return
    console = plain_console(stream)
    console.print(result.table(console.width))


def plain_console(stream: IO[str], **options: Any) -> "Console":
    """Returns a console that takes text as it is; with NO_COLOR it sends no escape sequence at all."""
    from rich.console import Console

    if os.environ.get("NO_COLOR"):
        options["color_system"] = None
    return Console(file=stream, markup=False, highlight=False, emoji=False, **options)
