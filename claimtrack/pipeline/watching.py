"""New articles as they come, and the possible conflicts that they bring: each told at least once.

Folders are looked at again and again. Messages from the system would be quicker, but take a library for each
system and do not come from network shares, synchronised folders and containers, where desks keep articles.

What a watch knows is in the store: a conflict between statements that are stored already is known. So a new
one is told first and its articles are stored after that. Whoever pulls the plug in between hears of it again
next time; never does a conflict go untold.
"""

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, Protocol

from claimtrack.conflicts.memory import Memory
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.places import Source, find_sources
from claimtrack.documents.reading import Metadata, read_sources
from claimtrack.documents.web.addresses import check_address, is_address
from claimtrack.errors import InputError, NotFoundError, StoreError
from claimtrack.models import Conflict, Document, ReviewStatus, Statement, Store
from claimtrack.pipeline.comparable import ids_elsewhere
from claimtrack.pipeline.ingestion import IngestReport, take_in
from claimtrack.pipeline.inheritance import Heirs, place_of
from claimtrack.pipeline.queries import ConflictQuery, find_conflicts
from claimtrack.settings import Settings

if TYPE_CHECKING:
    from claimtrack.documents.web.feeds import Entry

RETRY_SECONDS = 3600.0
"""Seconds after which a feed's page that could not be read is tried again: no site is to be hammered."""

MOST_TRIES = 5
"""Times that articles are taken in anew because another claimtrack wrote the store meanwhile."""

Read = Document | Unread | Remark


class _Signature(NamedTuple):
    """What tells one state of a file from another without reading it."""

    modified: int
    size: int
    number: int


class Shelf(Protocol):
    """A store, held by nobody between its two verbs."""

    def read(self) -> Store:
        """Returns what it holds."""

    def replace(self, before: Store, after: Store) -> bool:
        """Puts ``after`` in the place of ``before``; false where it no longer held that."""


class Watcher:
    """What a watch has seen of its places. ``own_files`` are device and number of files to pass over."""

    def __init__(
        self,
        places: Sequence[str],
        settings: Settings,
        own_files: frozenset[tuple[int, int]] = frozenset(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._web = [place for place in places if is_address(place)]
        self._paths = [place for place in places if not is_address(place)]
        self._settings = settings
        self._own_files = own_files
        self._clock = clock
        self._seen: dict[str, _Signature] = {}
        self._taken: dict[str, _Signature] = {}
        self._asked: dict[str, float] = {}
        self._entries: dict[str, tuple[str, float]] = {}
        self._fetched: dict[str, tuple[str, float]] = {}
        self.unsteady: tuple[str, ...] = ()
        """Files that were new or another at the last look, and may still be written."""

    def look(self) -> tuple[list[str], list[Unread]]:
        """Returns what is to be read now, and places that cannot be looked at.

        That are files which are new or have changed, and were the same at the look before; and web
        addresses that were not asked for ``feed_pause`` seconds.
        """
        before = self._seen
        self._seen, unreachable = self._files()
        waiting = {path: sign for path, sign in self._seen.items() if self._taken.get(path) != sign}
        steady = [path for path, sign in waiting.items() if before.get(path) == sign]
        self.unsteady = tuple(sorted(waiting.keys() - steady))
        now, pause = self._clock(), self._settings.feed_pause
        due = [url for url in self._web if url not in self._asked or now - self._asked[url] >= pause]
        return [*sorted(steady), *due], unreachable

    def _files(self) -> tuple[dict[str, _Signature], list[Unread]]:
        found: dict[str, _Signature] = {}
        unreachable = []
        for item in find_sources(self._paths):
            if isinstance(item, Source):
                signature = self._signature(item.path)
                if signature:
                    found[item.path] = signature
            elif isinstance(item, Unread) and not _is_folder(item.place):
                unreachable.append(item)
        return found, unreachable

    def _signature(self, path: str) -> _Signature | None:
        """Returns the state of an ordinary file; None of one that is gone, or of our own."""
        with suppress(OSError):
            state = os.stat(path)
            if stat.S_ISREG(state.st_mode) and (state.st_dev, state.st_ino) not in self._own_files:
                return _Signature(state.st_mtime_ns, state.st_size, state.st_ino)
        return None

    def read(self, due: Sequence[str], stored: Callable[[], Store]) -> Iterator[Read]:
        """Yields what is at the places; of a feed the pages that ``stored`` has are left alone.

        A file that was written to while it was read is left out, and comes at a later look.
        """
        for path in (place for place in due if not is_address(place)):
            items = list(read_sources([path], Metadata(), self._settings, BytesIO()))
            if self._signature(path) == self._seen.get(path):
                yield from items
            else:
                self._seen.pop(path, None)
        web = [place for place in due if is_address(place)]
        if web:
            self._asked.update(dict.fromkeys(web, self._clock()))
            known = {document.url: document.retrieved_at or "" for document in stored().documents}
            yield from self._read_web(web, known)

    def _read_web(self, web: Sequence[str], stored: Mapping[str | None, str]) -> Iterator[Read]:
        tried: dict[str, str] = {}
        self._fetched = {}

        def is_known(entry: "Entry") -> bool:
            url, stamp = _entry_address(entry), entry.header.modified or entry.header.published or ""
            if not url:
                return False
            seen, again = self._entries.get(url, (None, 0.0))
            known = seen == stamp and self._clock() < again
            if not known and seen is None:
                known = url in stored and stored[url][: len(stamp)] >= stamp
            if not known:
                tried[url] = stamp
            return known

        failed: set[str] = set()
        for item in read_sources(web, Metadata(), self._settings, BytesIO(), is_known=is_known):
            if isinstance(item, Unread):
                failed.add(item.place)
            yield item
        for url, stamp in tried.items():
            later = self._clock() + RETRY_SECONDS if url in failed else float("inf")
            self._fetched[url] = stamp, later

    def keep(self, due: Iterable[str]) -> None:
        """Remembers that what is at the places is stored, as it was at the last look."""
        self._taken.update({path: self._seen[path] for path in due if path in self._seen})
        self._entries.update(self._fetched)


def _is_folder(place: str) -> bool:
    """Is this a folder that can be looked into: one without articles is only waiting for them?"""
    return os.path.isdir(place) and os.access(place, os.R_OK | os.X_OK)


def _entry_address(entry: "Entry") -> str | None:
    with suppress(InputError):
        return check_address(entry.header.url) if entry.header.url else None
    return None


def take_in_and_tell(
    articles: Sequence[Document],
    shelf: Shelf,
    news: "News",
    tell: Callable[[Conflict, Mapping[str, Document]], None],
) -> IngestReport:
    """Tells the new conflicts that articles bring, then stores the articles; returns what was done.

    Where another claimtrack writes the store meanwhile, they are taken in anew, and only what has not
    been told yet is told. The store is held only while it is swapped.

    Raises:
        StoreError: It cannot be read or written, or was written by others all the time.
    """
    for _ in range(MOST_TRIES):
        before = shelf.read()
        after, report = take_in(before, articles)
        if after == before:
            return report
        documents = {document.id: document for document in after.documents}
        for conflict in news.between(before, after):
            tell(conflict, documents)
        if shelf.replace(before, after):
            return report
    raise StoreError("another claimtrack keeps writing the store", "It is tried again at the next look.")


class News:
    """The conflicts that one store has and an older one has not, each once."""

    def __init__(self, query: ConflictQuery, settings: Settings, memory: Memory | None = None) -> None:
        self._query = query
        self._settings = settings
        self.memory = memory
        self.doubt = ""
        """Why nothing was told of the speaker asked for: nobody, or several, are called so."""
        self._told: set[str] = set()

    def between(self, before: Store, after: Store) -> Iterator[Conflict]:
        """Yields the unreviewed conflicts that are new, best first; of a speaker who is unknown, none.

        Not new is what the older store has in another place, in an article's older version, or as
        one of several pairs that restate the same opposition.
        """
        known = self._told | self._known(before, after)
        for conflict in self._find(after):
            names = {conflict.id, *conflict.also, *ids_elsewhere(conflict)}
            wanted = self._query.kind is None or conflict.kind == self._query.kind
            if wanted and conflict.review.status is ReviewStatus.UNREVIEWED and known.isdisjoint(names):
                yield conflict
                self._told |= names

    def _find(self, store: Store) -> tuple[Conflict, ...]:
        query = self._query.model_copy(update={"kind": None})
        self.doubt = ""
        try:
            return find_conflicts(store, query, self._settings, self.memory).conflicts
        except NotFoundError as error:
            self.doubt = str(error)
            return ()

    def _known(self, before: Store, after: Store) -> set[str]:
        """Returns the ids that the older store's conflicts have, and those they have in the newer one."""
        heirs = Heirs(after.documents, after.statements)
        known: set[str] = set()
        for conflict in self._find(before):
            known.update((conflict.id, *conflict.also, *ids_elsewhere(conflict)))
            for first in _with_heirs(conflict.a, heirs):
                known.update(Conflict.make_id(first, second) for second in _with_heirs(conflict.b, heirs))
        return known


def _with_heirs(statement: Statement, heirs: Heirs) -> Iterator[str]:
    yield statement.id
    yield from (heir.id for heir in heirs.of(statement.id, place_of(statement)))
