"""``watch``: what is new is ingested as it comes, and new possible conflicts are told, a line each."""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.articles import PrivateOption, settings_with
from claimtrack.cli.conflicts import KindOption, MinScoreOption
from claimtrack.cli.options import SpeakerOption, command
from claimtrack.cli.session import Session, complain
from claimtrack.cli.telling import Teller, WatchForm, command_words
from claimtrack.errors import ClaimtrackError, InputError

if TYPE_CHECKING:
    from claimtrack.documents.outcome import Unread
    from claimtrack.models import Document, Store
    from claimtrack.pipeline.queries import ConflictQuery
    from claimtrack.settings import Settings
    from claimtrack.store.interface import StoreFile

STEADY_SECONDS = 2.0
"""Seconds between two looks that must find a file the same: longer than a copying program pauses."""

STORE_SECONDS = 60.0
"""Seconds of reading after which what was read is told and stored: a feed may lead to a thousand pages."""

Places = Annotated[
    list[str],
    typer.Argument(metavar="PLACE...", help="Folders, files, feeds or web addresses.", show_default=False),
]
EveryOption = Annotated[
    float,
    typer.Option("--every", metavar="SECONDS", min=0.1, help="How often to look; web addresses are asked "
                 "every five minutes at most (feed_pause in claimtrack.toml)."),
]  # fmt: skip
OnceOption = Annotated[bool, typer.Option("--once", help="Look once and end: for cron and systemd timers.")]
ExecOption = Annotated[
    str | None,
    typer.Option("--exec", metavar="COMMAND", help="Run it for each new conflict, which it gets as JSON on "
                 "standard input. No shell is used."),
]  # fmt: skip
WatchFormOption = Annotated[
    WatchForm, typer.Option("--format", metavar="FORM", help="line or jsonl.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "watch",
        "claimtrack watch inbox/ https://example.org/feed.xml --every 60",
        "claimtrack watch inbox/ --speaker \"Khawaja Asif\" --exec 'mail -s conflict desk@example.org'",
        'claimtrack watch inbox/ | while read -r line; do notify-send claimtrack "$line"; done',
    )(watch)


def watch(
    session: Session,
    places: Places,
    every: EveryOption = 30.0,
    once: OnceOption = False,
    execute: ExecOption = None,
    speaker: SpeakerOption = None,
    min_score: MinScoreOption = None,
    kind: KindOption = None,
    allow_private: PrivateOption = False,
    form: WatchFormOption = "line",
) -> None:
    """Ingest what is new as it comes; print new possible conflicts only, one a line.

    What the store holds before is known and not told. Each new conflict is told at least once: after a
    crash it may come again. Files that are still being written are waited for. End it with Ctrl-C.
    """
    from claimtrack.pipeline.queries import ConflictQuery

    _check(places)
    settings = settings_with(session, None, allow_private)
    least = settings.min_score if min_score is None else min_score
    query = ConflictQuery(speaker=speaker, min_score=least, kind=kind)
    watcher = _Watch(session, places, settings, query, Teller(form, command_words(execute)))
    try:
        watcher.run(every, once)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("no longer watching; what was not stored yet is told next time") from None
    if once and watcher.has_failed:
        raise typer.Exit(InputError.exit_code)


def _check(places: Sequence[str]) -> None:
    """Raises an error for a place that there is nothing to watch at, which is a slip of the keyboard."""
    from claimtrack.documents.web.addresses import check_address, is_address

    for place in places:
        if place == "-":
            raise typer.BadParameter("standard input cannot be watched; ingest reads it")
        if is_address(place):
            check_address(place)
        elif not os.path.exists(place):
            raise InputError(f"there is no such file or folder: {place}", "Check the spelling.")


class _Shelf:
    """The store; nobody waits for a watch that fetches or sleeps, as it is only held while it is swapped."""

    def __init__(self, source: "StoreFile") -> None:
        self._source = source

    def read(self) -> "Store":
        """Returns what it holds; an empty store where there is none yet."""
        return self._source.read()

    def replace(self, before: "Store", after: "Store") -> bool:
        """Saves ``after`` unless the store is no longer as it was."""
        with self._source.change() as change:
            if change.store != before:
                return False
            change.save(after)
        return True


class _Watch:
    """The rounds of one watch, and what it has complained of."""

    def __init__(
        self,
        session: Session,
        places: Sequence[str],
        settings: "Settings",
        query: "ConflictQuery",
        teller: Teller,
    ) -> None:
        from claimtrack.pipeline.watching import News, Watcher

        self._session = session
        self._teller = teller
        self._shelf = _Shelf(session.store)
        self._news = News(self._with_name(query), settings)
        self._watcher = Watcher(places, settings, _own_files(session))
        self._complaints: set[str] = set()
        self.has_failed = False

    def _with_name(self, query: "ConflictQuery") -> "ConflictQuery":
        """Returns the query with the speaker's full name; before there is any speaker, as it was typed."""
        from claimtrack.pipeline.names import find_speaker

        store = self._shelf.read()
        if query.speaker is None or not store.speakers:
            return query
        speaker, note = find_speaker(store, query.speaker)
        if note:
            self._session.say(note)
        return query.model_copy(update={"speaker": speaker.name})

    def run(self, every: float, once: bool) -> None:
        """Looks until it is interrupted, or ``once``: then a second time for files that were new."""
        self._session.detail(f"watching; the store: {self._session.store.name}")
        looks = 0
        while True:
            self._look()
            looks += 1
            if once and (looks > 1 or not self._watcher.unsteady):
                break
            time.sleep(min(every, STEADY_SECONDS) if self._watcher.unsteady else every)
        for path in self._watcher.unsteady:
            self._session.say(f"note: still being written, left for the next time: {path}")

    def _look(self) -> None:
        """Does one round; its errors are told and end nothing."""
        try:
            due, unreachable = self._watcher.look()
            self._complain_of(unreachable)
            if due:
                self._take_in(due)
        except ClaimtrackError as error:
            self._complain(f"error: {error}")
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            self._complain(f"error: {error.filename or ''}: {error.strerror or error}")

    def _take_in(self, due: Sequence[str]) -> None:
        """Reads what is due and stores it; of much, what was read in a minute at a time."""
        from claimtrack.documents.outcome import Remark, Unread

        articles: list[Document] = []
        since = time.monotonic()
        for item in self._watcher.read(due, self._shelf.read):
            if isinstance(item, Unread):
                self._complain_of([item])
            elif isinstance(item, Remark):
                self._session.detail(f"note: {item.message}: {item.place}")
            else:
                articles.append(item)
            if articles and time.monotonic() - since > STORE_SECONDS:
                self._store(articles)
                articles, since = [], time.monotonic()
        self._store(articles)
        self._watcher.keep(due)

    def _store(self, articles: "Sequence[Document]") -> None:
        """Tells the new conflicts and stores the articles; says what was new."""
        from claimtrack.cli.articles import summary
        from claimtrack.pipeline.watching import take_in_and_tell

        with self._session.judgements() as judgements:
            self._news.memory = judgements
            report = take_in_and_tell(articles, self._shelf, self._news, self._teller.tell)
        for place in report.not_english:
            self._session.say(f"warning: not in English, stored but not analysed: {place}")
        if report.added or report.changed:
            self._session.say(summary(report, False).partition("; next:")[0])
            if self._news.doubt:
                self._session.say(f"note: nothing is told yet: {self._news.doubt}")

    def _complain_of(self, failures: "Sequence[Unread]") -> None:
        for unread in failures:
            hint = f". {unread.hint}" if unread.hint else ""
            self._complain(f"error: {unread.message}: {unread.place}{hint}")

    def _complain(self, message: str) -> None:
        """Says what went wrong, the same thing only once."""
        self.has_failed = True
        if message not in self._complaints:
            self._complaints.add(message)
            complain(message)


def _own_files(session: Session) -> frozenset[tuple[int, int]]:
    """Returns the store and what standard output and error go to, which are no articles."""
    found = set()
    for place in (session.store.name, sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            state = os.stat(place if isinstance(place, str) else place.fileno())
            found.add((state.st_dev, state.st_ino))
    return frozenset(found)
