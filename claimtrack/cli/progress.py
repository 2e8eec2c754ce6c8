"""A sign of life on standard error, for work that takes longer than a second on a terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds of work before a progress bar is worth its flicker."""

LONGEST_PLACE = 40
"""Characters of an article's place that are shown, its end."""

_OF_MANY = ("web.", "records.", "crawls.")
"""Readers whose files hold more than one article, or none: nobody knows how many before reading them."""

Count = Callable[[], int | None]


@contextmanager
def working(session: Session, what: str, count: Count | None = None) -> Iterator[Callable[[str], None]]:
    """Gives a function to call with the place of each article; a bar shows how many there were.

    ``count`` says how many there will be, from which the bar tells the time that is left. It is only
    asked where the work takes long, and may not know.
    """
    if session.quiet or not sys.stderr.isatty():
        yield lambda place: None
        return
    from claimtrack.notes.phrases import one_line

    bar = _bar()
    task = bar.add_task(what, total=None, place="")

    def report_place(place: str) -> None:
        bar.update(task, advance=1, place=one_line(place)[-LONGEST_PLACE:])
        if (total := bar.tasks[task].total) and bar.tasks[task].completed > total:
            bar.tasks[task].total = None  # ``update`` takes None for no change

    def begin() -> None:
        bar.start()
        if count is not None and (total := count()):
            bar.update(task, total=total)

    timer = Timer(PATIENCE, begin)
    timer.daemon = True
    timer.start()
    try:
        yield report_place
    finally:
        timer.cancel()
        timer.join()
        if bar.live.is_started:  # else it would print an empty line on a terminal that cannot move
            bar.stop()


def _bar() -> "Progress":
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import MofNCompleteColumn as CountColumn
    from rich.progress import TimeRemainingColumn as TimeLeftColumn

    from claimtrack.cli.output import plain_console

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        CountColumn(separator=" of "),
        TimeElapsedColumn(),
        TextColumn("left", markup=False),
        TimeLeftColumn(),
        TextColumn("{task.fields[place]}", markup=False),
        console=plain_console(sys.stderr),
        transient=True,
    )


def article_count(places: Sequence[str]) -> int | None:
    """Returns how many articles are at the places; None where that shows only when they are read."""
    from claimtrack.documents.forms import OTHERS, ending_of
    from claimtrack.documents.places import STDIN, Source, find_sources

    sources = [source for source in find_sources(places) if isinstance(source, Source)]
    for source in sources:
        module = OTHERS.get(ending_of(source.place), "")
        if source.is_on_web or source.path == STDIN or module.startswith(_OF_MANY):
            return None
    return len(sources)
