"""Articles in, statements out; and into the store, where what is known stays as it is."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from datetime import datetime
from typing import BinaryIO

from claimtrack import __version__
from claimtrack.documents.reading import Keep, Metadata, Remark, Unread, read_sources
from claimtrack.documents.web.addresses import is_address
from claimtrack.models import Corrections, Document, Statement, Store, Value
from claimtrack.pipeline.extraction import Extraction, extracting
from claimtrack.pipeline.marks import STDIN, lasting_key
from claimtrack.pipeline.partial import StoredPart
from claimtrack.pipeline.settling import settle
from claimtrack.settings import Settings
from claimtrack.statements.identity import identify
from claimtrack.store.history import Log


class ExtractedArticle(Value):
    """One article and the statements in it; speakers are told apart within the article."""

    document: Document
    statements: tuple[Statement, ...]


class IngestReport(Value):
    """What one ingest did, by place.

    ``changed`` are articles with another text than before at the same place (``superseded`` has the
    ids, old and new), or with other metadata. ``statement_count`` is that of all articles read.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    not_english: tuple[str, ...] = ()
    failed: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()
    statement_count: int = 0
    superseded: tuple[tuple[str, str], ...] = ()


def extract(
    paths: Sequence[str], metadata: Metadata, settings: Settings, stdin: BinaryIO, jobs: int | None = None
) -> Iterator[ExtractedArticle | Unread]:
    """Yields the articles at the paths with their statements, by place; nothing is stored."""
    waiting: deque[Unread | tuple[Document, Future[list[Statement]]]] = deque()
    with extracting(jobs) as extraction:
        for item in read_sources(paths, metadata, settings, stdin):
            if isinstance(item, Unread):
                waiting.append(item)
            elif isinstance(item, Document):
                document = _stamped(item)
                waiting.append((document, extraction.submit(document)))
            while waiting and (isinstance(waiting[0], Unread) or waiting[0][1].done()):
                yield _extracted(waiting.popleft())
        while waiting:
            yield _extracted(waiting.popleft())


def _extracted(item: "Unread | tuple[Document, Future[list[Statement]]]") -> ExtractedArticle | Unread:
    """Returns an article with its statements, once they are ready; speakers told apart within it."""
    if isinstance(item, Unread):
        return item
    document, coming = item
    statements, _ = identify(coming.result(), Corrections())
    return ExtractedArticle(document=document, statements=statements)


def ingest(
    store: Store,
    paths: Sequence[str],
    metadata: Metadata,
    settings: Settings,
    stdin: BinaryIO,
    again: bool = False,
    progress: Callable[[str], None] | None = None,
    keep: Keep | None = None,
    jobs: int | None = None,
    extraction: Extraction | None = None,
    part: StoredPart | None = None,
) -> tuple[Store, IngestReport]:
    """Returns the store with the articles at the paths in it, and what was done.

    The same text at the same place is known and changes nothing. Another text at the same place is
    its newer version: the older one stays, superseded, with its statements. ``again`` extracts anew
    what another version of claimtrack has read, in the whole store. ``progress`` is called with the
    place of every article read, ``keep`` with the bytes of each. ``jobs`` articles are extracted at once,
    or as many as ``extraction`` takes, which is left open. ``part`` takes from a large store what is needed;
    then ``store`` is empty, what is returned is to be put in the place of ``part.before``, and ``again`` is
    not set.
    """
    read = read_articles(paths, metadata, settings, stdin, keep, progress)
    return take_in(store, read, again, None, jobs, extraction, part)


def read_articles(
    paths: Sequence[str],
    metadata: Metadata,
    settings: Settings,
    stdin: BinaryIO,
    keep: Keep | None = None,
    progress: Callable[[str], None] | None = None,
) -> Iterable[Document | Unread | Remark]:
    """Returns what is at the paths: files as they are asked for, with pages all at once.

    Pages may take hours to fetch. Whoever holds the store reads them before, so that nobody waits for it.
    """
    read = _told(read_sources(paths, metadata, settings, stdin, keep), progress)
    return list(read) if any(map(is_address, paths)) else read


def _told(
    items: Iterable[Document | Unread | Remark], progress: Callable[[str], None] | None
) -> Iterator[Document | Unread | Remark]:
    for item in items:
        if progress and isinstance(item, Document):
            progress(item.place)
        yield item


def take_in(
    store: Store,
    items: Iterable[Document | Unread | Remark],
    again: bool = False,
    progress: Callable[[str], None] | None = None,
    jobs: int | None = None,
    extraction: Extraction | None = None,
    part: StoredPart | None = None,
) -> tuple[Store, IngestReport]:
    """Returns the store with articles that were read before in it, as ``ingest`` does, and what was done."""
    failed: list[Unread] = []
    remarks: list[Remark] = []
    with nullcontext(extraction) if extraction else extracting(jobs) as opened:
        intake = _Intake(store, again, opened, part)
        for item in items:
            if isinstance(item, Unread):
                failed.append(item)
            elif isinstance(item, Remark):
                remarks.append(item)
            else:
                if progress:
                    progress(item.place)
                intake.take(item)
        if again:
            intake.extract_outdated()
        intake.wait()
    settled = intake.settled(store.log)
    return settled, intake.report(settled, failed, remarks)


def _stamped(document: Document) -> Document:
    return document.model_copy(update={"extractor": __version__})


class _Intake:
    """The documents and statements of a store while articles are taken in."""

    def __init__(
        self, store: Store, again: bool, extraction: Extraction, part: StoredPart | None = None
    ) -> None:
        self._part = part
        self._keys: set[str] = set()
        self.documents = {document.id: document for document in store.documents}
        self.statements: dict[str, list[Statement]] = {}
        for statement in store.statements:
            self.statements.setdefault(statement.document_id, []).append(statement)
        self._coming: dict[str, Future[list[Statement]]] = {}
        self._extraction = extraction
        self._again = again
        self._current = {lasting_key(document): document.id for document in _newest(store.documents)}
        self._read: list[str] = []
        self._fate: dict[str, list[str]] = {"added": [], "known": [], "changed": []}
        self._superseded: list[tuple[str, str]] = []

    def take(self, read: Document) -> None:
        """Adds one article, unless it is known."""
        self._read.append(read.id)
        self._look_up(read)
        known = self.documents.get(read.id)
        newer = self._newer_than(read)
        if newer is not None:
            self._take_older(read, newer)
            return
        before = self._version_before(read)
        if known is None:
            self._put(read)
        else:
            self._keep(known, read)
        if before is not None:
            self._supersede(before, read.id)
        changed = before is not None or (known is not None and _is_new(known, self.documents[read.id]))
        self._fate["changed" if changed else "added" if known is None else "known"].append(read.place)
        if read.path != STDIN:
            self._current[lasting_key(read)] = read.id

    def settled(self, log: Log) -> Store:
        """Returns what everything amounts to, once the statements are there."""
        if self._part is not None:
            return self._part.settle(self.documents.values(), self.all_statements())
        return settle(self.documents.values(), self.all_statements(), log)

    def _look_up(self, read: Document) -> None:
        """Takes what stands at an article's place from a store that is read in part."""
        if self._part is None:
            return
        key = lasting_key(read)
        documents, statements = self._part.at(key, read.id)
        new = {document.id: document for document in documents if document.id not in self.documents}
        self.documents.update(new)
        for statement in statements:
            if statement.document_id in new:
                self.statements.setdefault(statement.document_id, []).append(statement)
        if key not in self._keys:
            self._keys.add(key)
            for current in _newest(documents):
                if lasting_key(current) == key:
                    self._current[key] = current.id

    def _take_older(self, read: Document, newer: Document) -> None:
        """Adds a version of a fetched page that is older than the one in the store."""
        known = self.documents.get(read.id)
        if known is None:
            self._put(read)
        else:
            self._keep(known, read)
        following = (known.superseded_by if known else None) or newer.id
        self.documents[read.id] = self.documents[read.id].model_copy(update={"superseded_by": following})
        self._fate["added" if known is None else "known"].append(read.place)

    def extract_outdated(self) -> None:
        """Extracts anew what another version of claimtrack has read and is still in use."""
        for document in tuple(self.documents.values()):
            if document.extractor != __version__ and not document.superseded_by:
                self._put(document)

    def wait(self) -> None:
        """Waits for the statements of the documents that were put in."""
        self._extraction.flush()
        for document_id, coming in self._coming.items():
            self.statements[document_id] = coming.result()
        self._coming.clear()

    def all_statements(self) -> Iterator[Statement]:
        """Yields the statements of all documents."""
        for statements in self.statements.values():
            yield from statements

    def report(self, store: Store, failed: Sequence[Unread], remarks: Sequence[Remark]) -> IngestReport:
        """Returns what was done, as it looks in the settled store."""
        read = set(self._read)
        documents = [document for document in store.documents if document.id in read]
        new = {*self._fate["added"], *self._fate["changed"]}
        return IngestReport(
            **{fate: tuple(sorted(places)) for fate, places in self._fate.items()},
            copies=tuple(d.place for d in documents if d.copy_of),
            not_english=tuple(d.place for d in documents if not d.analysed and d.place in new),
            failed=tuple(failed),
            remarks=tuple(remarks),
            statement_count=sum(len(self.statements.get(document.id, ())) for document in documents),
            superseded=tuple(self._superseded),
        )

    def _put(self, document: Document) -> None:
        """Adds or replaces a document; its statements come when they are waited for."""
        stamped = _stamped(document)
        self.documents[document.id] = stamped
        self._coming[document.id] = self._extraction.submit(stamped)

    def _keep(self, known: Document, read: Document) -> None:
        """Keeps a known document; takes over what is given now, and reads it anew if asked to."""
        given = {**known.given, **read.given}
        if self._again and known.extractor != __version__:
            self._put(read.model_copy(update={"given": given, "retrieved_at": known.retrieved_at}))
        elif given != known.given or (read.withdrawn, read.fields) != (known.withdrawn, known.fields):
            update = {"given": given, "withdrawn": read.withdrawn, "fields": read.fields}
            self.documents[known.id] = known.model_copy(update=update)

    def _newer_than(self, read: Document) -> Document | None:
        """Returns the version of a fetched page that the store holds and that was fetched later."""
        document = self.documents.get(self._current.get(lasting_key(read), ""))
        if document is None or document.id == read.id or not (document.retrieved_at and read.retrieved_at):
            return None
        return document if _moment(document.retrieved_at) > _moment(read.retrieved_at) else None

    def _version_before(self, read: Document) -> Document | None:
        """Returns the article that stood at the same path until now; none for standard input.

        Two addresses are two articles, whatever file they were saved in.
        """
        document = self.documents.get(self._current.get(lasting_key(read), ""))
        if read.path == STDIN or document is None or document.id == read.id:
            return None
        return None if document.url and read.url and document.url != read.url else document

    def _supersede(self, old: Document, new_id: str) -> None:
        """Marks the older version; a text that came back is the newest again."""
        self.documents[old.id] = old.model_copy(update={"superseded_by": new_id})
        newest = self.documents[new_id]
        self.documents[new_id] = newest.model_copy(update={"superseded_by": None})
        self._superseded.append((old.id, new_id))


def _is_new(known: Document, kept: Document) -> bool:
    """Is something told of a known article that was not before?"""
    return (kept.given, kept.withdrawn) != (known.given, known.withdrawn)


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _newest(documents: Sequence[Document]) -> Iterator[Document]:
    """Yields the documents that no newer version has replaced and that have a lasting place."""
    return (d for d in documents if not d.superseded_by and d.path and d.path != STDIN)
