"""``timeline``: what one speaker said on one subject through time, in all forms."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from claimtrack.cli.options import (
    AboutOption,
    OutputOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
    command,
)
from claimtrack.cli.output import Result, put_out
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.text import Text

    from claimtrack.models import Document
    from claimtrack.notes.timeline import Mark, Row, Timeline

Documents = Mapping[str, "Document"]

TimelineForm = Literal["table", "markdown", "json", "jsonl", "csv", "svg"]
TimelineFormOption = Annotated[
    TimelineForm | None,
    typer.Option("--format", metavar="FORM", help="table, markdown, json, jsonl, csv or svg. "
                 "By default table on a terminal, markdown in a pipe or file."),
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "timeline",
        'claimtrack timeline --speaker "Khawaja Asif" --about Afghanistan',
        'claimtrack timeline --speaker "Khawaja Asif" -o asif.svg',
    )(timeline)


def timeline(
    session: Session,
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    form: TimelineFormOption = None,
    output: OutputOption = None,
) -> None:
    """Show what one speaker said on one subject through time.

    The same words in several articles are one row. What may not fit stands between the rows.
    """
    from claimtrack.pipeline.parts import part_of_speaker
    from claimtrack.pipeline.timelines import TimelineQuery, read_timeline

    if speaker is None:
        raise typer.BadParameter("name one speaker", param_hint="--speaker")
    store = session.read_store(part_of_speaker(speaker))
    query = TimelineQuery(speaker=speaker, about=about, since=since, until=until)
    with working(session, "comparing statements"), session.judgements() as judgements:
        report = read_timeline(store, query, session.settings, judgements)
    for note in report.notes:
        session.say(note)
    documents = {document.id: document for document in store.documents}
    put_out(session, timeline_result(report.timeline, documents), form, output)


def timeline_result(timeline: "Timeline", documents: Documents) -> Result:
    """Returns a timeline in all forms."""
    from claimtrack.notes import timeline as notes
    from claimtrack.notes.timeline_svg import drawing

    return Result(
        table=lambda width: _table(timeline, documents),
        markdown=partial(notes.timeline_notes, timeline, documents),
        records=partial(notes.row_records, timeline, documents),
        rows=partial(notes.flat_rows, timeline, documents),
        more={"svg": partial(drawing, timeline, documents)},
    )


def _table(timeline: "Timeline", documents: Documents) -> "RenderableType":
    """Returns the numbered rows one below the other, the conflicts between them."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from claimtrack.cli.render import FAINT, NAME
    from claimtrack.notes.markdown import NO_STATEMENTS
    from claimtrack.notes.timeline import UNDATED, summary, title

    if not timeline.rows:
        return Text(NO_STATEMENTS)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for row in timeline.rows:
        if row == timeline.first_undated:
            grid.add_row(None, Text(f"{UNDATED}:\n", "bold"))
        for mark in timeline.before(row):
            grid.add_row(Text("!", "bold yellow"), _mark(mark, documents))
        grid.add_row(Text(str(row.number), "bold"), _entry(timeline, row, documents))
    return Group(Text(title(timeline), NAME), Text(summary(timeline), FAINT), Text(), grid)


def _entry(timeline: "Timeline", row: "Row", documents: Documents) -> "Group":
    from rich.console import Group

    from claimtrack.cli.render import statement_list
    from claimtrack.notes.timeline import dated

    listed = statement_list([dated(row, documents)], documents)
    return Group(listed, *_asides(timeline, row))


def _asides(timeline: "Timeline", row: "Row") -> "Iterator[RenderableType]":
    """Yields where else the words stand, why the row is here, and an empty line."""
    from rich.padding import Padding
    from rich.text import Text

    from claimtrack.cli.render import FAINT
    from claimtrack.notes.timeline import aside, below, folded

    for told in (folded(row), aside(timeline, row), *below(timeline, row)):
        if told:
            yield Padding(Text(told, FAINT, overflow="fold"), (0, 0, 0, 3), expand=False)
    yield Text()


def _mark(mark: "Mark", documents: Documents) -> "Text":
    from rich.text import Text

    from claimtrack.cli.render import FAINT, ID
    from claimtrack.notes.timeline import mark_line, mark_reasons

    lines = "\n".join(mark_reasons(mark, documents))
    return Text.assemble(
        (mark_line(mark), "bold yellow"),
        (f"\n{lines}\n", FAINT),
        "claimtrack show ",
        (mark.conflict.id, ID),
        "\n",
    )
