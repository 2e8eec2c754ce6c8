"""Store -> what has become of its evidence: does each quotation stand where it stood, here and in the files?

Today's files are read by the same readers that read them first, each file once, however many articles it
holds. Nothing is fetched unless a reader of pages is given.
"""

import hashlib
import io
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Unread
from claimtrack.documents.places import STDIN
from claimtrack.documents.reading import Metadata, read_sources
from claimtrack.models import Document, Span, Statement, Store, Value
from claimtrack.pipeline.wording import Found, OtherText, Wording
from claimtrack.settings import Settings

PageReader = Callable[[str], Article | Unread]
"""Returns the article that stands at a web address today, or why it cannot be read."""

_FileRead = tuple[str, tuple[tuple[str, str], ...]]
"""A file and the names that were given to the fields of the records in it."""

_WEB = ("http://", "https://")


class ArticleState(StrEnum):
    """What has become of the place an article was read from.

    ``other reading``: the file has the same bytes, but this version of claimtrack takes another text out
    of them. ``not compared``: there is no lasting place, or no need to look at it.
    """

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    OTHER_READING = "other reading"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_COMPARED = "not compared"


class QuotationCheck(Value):
    """One quotation that is not as it was, in the store (``faults``) or today (``found``).

    ``found`` is None where there was nothing to compare with.
    """

    statement: Statement
    faults: tuple[str, ...]
    found: Found | None


class ArticleCheck(Value):
    """One article: what is wrong with it in the store, and what has become of the place it was read from.

    ``counts`` say how many of its quotations stand how today; ``quotations`` are those that do not stand
    where they stood, or are faulty in the store.
    """

    document: Document
    state: ArticleState
    detail: str
    faults: tuple[str, ...]
    counts: dict[Wording, int]
    quotations: tuple[QuotationCheck, ...]
    statement_count: int

    @property
    def is_damaged(self) -> bool:
        """Is anything in the store not as it was read?"""
        return bool(self.faults) or any(check.faults for check in self.quotations)

    @property
    def has_changed(self) -> bool:
        """Is the place no longer what was read from it?"""
        return self.state in (ArticleState.CHANGED, ArticleState.MISSING, ArticleState.UNREADABLE)


def verify(
    store: Store,
    settings: Settings,
    read_page: PageReader | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[ArticleCheck, ...]:
    """Returns a check of every article, in the store's order.

    The store's own text is checked for all of them. Articles that have a newer version in the store or
    were removed are not compared with today's file. ``progress`` is called with each place looked at.
    """
    evidence = _Evidence(store, settings)
    checks: dict[str, ArticleCheck] = {}
    for (file, fields), documents in _by_file(store.documents).items():
        if progress:
            progress(file)
        found = evidence.in_file(file, documents, dict(fields))
        checks.update((check.document.id, check) for check in found)
    for document in store.documents:
        if document.id not in checks:
            address = page_address(document)
            if progress and read_page and address:
                progress(address)
            checks[document.id] = evidence.elsewhere(document, address, read_page)
    return tuple(checks[document.id] for document in store.documents)


def page_address(document: Document) -> str | None:
    """Returns the web address an article in use was fetched from; None for one read from a file."""
    path = document.path or ""
    if not _is_in_use(document) or not (path.startswith(_WEB) or not path):
        return None
    return path if path and "#" not in path else document.url


def _by_file(documents: Sequence[Document]) -> dict[_FileRead, list[Document]]:
    """Returns the articles that were read from files and are still in use, by file and names of fields."""
    found: dict[_FileRead, list[Document]] = {}
    for document in documents:
        path = document.path or STDIN
        if _is_in_use(document) and path.partition("#")[0] != STDIN and not path.startswith(_WEB):
            found.setdefault((_file_of(path), tuple(sorted(document.fields.items()))), []).append(document)
    return found


def _is_in_use(document: Document) -> bool:
    return not (document.superseded_by or document.removed)


def _file_of(path: str) -> str:
    """Returns the file that holds an article: ``crawl.warc`` for ``crawl.warc#3``."""
    file = path
    while not os.path.exists(file):
        file, mark, _ = file.rpartition("#")
        if not mark:
            return path
    return file


class _Evidence:
    """The statements of a store, to be found in what stands at their places today."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._settings = settings
        self._statements: dict[str, list[Statement]] = {}
        for statement in store.statements:
            self._statements.setdefault(statement.document_id, []).append(statement)

    def in_file(
        self, file: str, documents: Sequence[Document], fields: Mapping[str, str]
    ) -> Iterator[ArticleCheck]:
        """Yields a check of each article, all of which were read from one file.

        An article that now stands in another part of it is unchanged. ``fields`` are the names of fields
        that its records were read by.
        """
        state, detail = _what_is_at(file)
        if state is not None:
            yield from (self._check(document, state, detail) for document in documents)
            return
        wanted: dict[str, list[Document]] = {}
        for document in documents:
            wanted.setdefault(document.path or "", []).append(document)
        found: list[ArticleCheck] = []
        unread: dict[str, str] = {}
        texts: set[str] = set()
        settings = self._settings.model_copy(update={"fields": {**self._settings.fields, **fields}})
        for item in read_sources([file], Metadata(), settings, io.BytesIO()):
            if isinstance(item, Unread):
                unread[item.place] = item.message
            elif isinstance(item, Document):
                texts.add(item.sha256)
                there = wanted.pop(item.path or "", [])
                found += (self._compared(document, item.text, item.raw_sha256) for document in there)
        for document in (document for there in wanted.values() for document in there):
            told = unread.get(document.path or "") or unread.get(file)
            state = ArticleState.UNREADABLE if told else ArticleState.MISSING
            found.append(self._check(document, state, told or f"no longer in {file}"))
        for check in found:
            document = check.document
            is_elsewhere = check.state is not ArticleState.UNCHANGED and document.sha256 in texts
            is_kept = is_elsewhere and not check.faults
            yield self._compared(document, document.text, None) if is_kept else check

    def elsewhere(
        self, document: Document, address: str | None, read_page: PageReader | None
    ) -> ArticleCheck:
        """Returns the check of an article that stands in no file."""
        if document.removed or document.superseded_by:
            why = "removed" if document.removed else f"the newer version is {document.superseded_by}"
            return self._check(document, ArticleState.NOT_COMPARED, why)
        if address is None:
            return self._check(document, ArticleState.NOT_COMPARED, "read from standard input")
        if read_page is None:
            return self._check(document, ArticleState.NOT_COMPARED, "a web page; --online looks at it")
        page = read_page(address)
        if isinstance(page, Unread):
            state = ArticleState.MISSING if page.gone else ArticleState.UNREADABLE
            return self._check(document, state, page.message)
        raw_sha256 = hashlib.sha256(page.raw).hexdigest() if page.raw is not None else None
        return self._compared(document, page.text, raw_sha256)

    def _compared(self, document: Document, text: str, raw_sha256: str | None) -> ArticleCheck:
        """Returns the check of an article that reads like this today."""
        state = ArticleState.CHANGED
        if text == document.text:
            state = ArticleState.UNCHANGED
        elif raw_sha256 is not None and raw_sha256 == document.raw_sha256:
            is_altered = any(document_faults(document))
            state = ArticleState.UNCHANGED if is_altered else ArticleState.OTHER_READING
        return self._check(document, state, "", OtherText(document.text, text))

    def _check(
        self, document: Document, state: ArticleState, detail: str, today: OtherText | None = None
    ) -> ArticleCheck:
        counts: Counter[Wording] = Counter()
        checks = []
        statements = self._statements.get(document.id, [])
        for statement in statements:
            found = today.find(statement.content) if today else None
            faults = tuple(statement_faults(statement, document))
            if found:
                counts[found.wording] += 1
            if faults or (found and found.wording is not Wording.UNCHANGED):
                checks.append(QuotationCheck(statement=statement, faults=faults, found=found))
        return ArticleCheck(
            document=document,
            state=state,
            detail=detail,
            faults=tuple(document_faults(document)),
            counts=dict(counts),
            quotations=tuple(checks),
            statement_count=len(statements),
        )


def _what_is_at(file: str) -> tuple[ArticleState | None, str]:
    """Returns why a file cannot be compared, and what is there instead; None where it can."""
    try:
        mode = os.stat(file).st_mode
    except FileNotFoundError:
        return ArticleState.MISSING, "there is no such file, seen from this folder"
    except (OSError, ValueError) as error:
        return ArticleState.UNREADABLE, f"cannot be opened: {getattr(error, 'strerror', None) or error}"
    if stat.S_ISDIR(mode):
        return ArticleState.UNREADABLE, "a folder stands there now"
    if not stat.S_ISREG(mode):
        return ArticleState.NOT_COMPARED, "no ordinary file"
    return None, ""


def document_faults(document: Document) -> Iterator[str]:
    """Yields what shows that an article in the store is not as it was read."""
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if digest != document.sha256:
        yield f"its text has SHA-256 {digest}, but {document.sha256} was read"
    place = document.given.get("url") or document.as_first_read().url or document.path or STDIN
    if Document.make_id(document.sha256, place) != document.id:
        yield "its id does not fit its digest and the place it was read from"


def statement_faults(statement: Statement, document: Document) -> Iterator[str]:
    """Yields what shows that a statement in the store is not as it was extracted."""
    for name, span in _spans(statement):
        if document.text[span.start : span.end] != span.text:
            yield f"its {name} does not stand at characters {span.start}–{span.end} of the stored text"
    if Statement.make_id(document.id, statement.content) != statement.id:
        yield "its id does not fit its article and place"


def _spans(statement: Statement) -> Iterator[tuple[str, Span]]:
    yield from (("content", span) for span in statement.content)
    yield from ((n, s) for n, s in (("mention", statement.mention), ("cue", statement.cue)) if s)
