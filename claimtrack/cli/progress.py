"""A sign of life on standard error, for work that takes longer than a second on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from claimtrack.cli.session import Session

PATIENCE = 1.0
"""Seconds of work before a progress bar is worth its flicker."""


@contextmanager
def working(session: Session, what: str) -> Iterator[Callable[[str], None]]:
    """Gives a function to call with the place of each article; a bar shows how many there were."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda place: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from claimtrack.cli.output import plain_console
    from claimtrack.notes.phrases import one_line

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.completed:.0f}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[place]}", markup=False),
    )
    bar = Progress(*columns, console=plain_console(sys.stderr), transient=True)
    task = bar.add_task(what, total=None, place="")

    def report_place(place: str) -> None:
        bar.update(task, advance=1, place=one_line(place)[-40:])

    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield report_place
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
