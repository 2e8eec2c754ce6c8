"""The part of a large store that articles coming in have to do with, and its settling.

What depends on what is told in ``marks``. The result is as if the whole store had been settled.
"""

from collections.abc import Collection, Iterable

from claimtrack.models import Action, Corrections, Document, Statement, Store
from claimtrack.pipeline.inheritance import follow
from claimtrack.pipeline.marks import key_mark, sentence_marks, surname_mark, surname_of
from claimtrack.pipeline.newer import documents_of, with_newer
from claimtrack.pipeline.settling import settle_among
from claimtrack.store.history import fold_log, standing_entries
from claimtrack.store.interface import Shelf

Versions = tuple[tuple[Document, ...], tuple[Statement, ...]]


class StoredPart:
    """What has been taken from a store so far, as it is there."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._log = shelf.log()
        self._documents: dict[str, Document] = {}
        self._statements: dict[str, Statement] = {}
        self._looked_at: set[str] = set()

    def at(self, key: str, document_id: str) -> Versions:
        """Returns the stored versions of an article, by its lasting key and its id, with their statements."""
        ids = self._shelf.marked({key_mark(key)}) | {document_id}
        self._take(ids)
        documents = [self._documents[name] for name in ids if name in self._documents]
        return (
            tuple(sorted(documents, key=lambda document: (document.place, document.id))),
            tuple(statement for statement in self._statements.values() if statement.document_id in ids),
        )

    def settle(self, documents: Iterable[Document], statements: Iterable[Statement]) -> Store:
        """Returns what becomes of the part when these have come in or were changed.

        ``documents`` hold all that ``at`` gave, and ``statements`` are those in them.
        """
        now, said = {d.id: d for d in documents}, {s.id: s for s in statements}
        changed = {name for name, document in now.items() if self._documents.get(name) != document}
        followed = self._followed(changed, now)
        decided = {d for entry in standing_entries(self._log) if entry.action is not Action.REVIEW
                   for d in documents_of(entry)}  # fmt: skip
        self._take(followed | self._followed(decided, now))
        here = {s.id: s for s in self._statements.values() if s.document_id not in now} | said
        known = self._documents | now
        corrections = follow(fold_log(self._log), self._log, tuple(known.values()), tuple(here.values()))
        concerned = self._of_one_name(followed, here, corrections, now)
        self._take_documents({statement.document_id for statement in concerned})
        repeating = self._repeating(followed, now)  # what was decided of a version follows to newer ones
        known = self._documents | now
        settled = settle_among(
            [document for name, document in known.items() if name not in repeating],
            [known[name] for name in repeating],
            concerned,
            corrections,
            self._log,
        )
        rest = (document for name, document in now.items() if name not in repeating)
        return settled.model_copy(update={"documents": (*settled.documents, *rest)})

    def before(self, after: Store) -> Store:
        """Returns what stands in the store where ``after`` is to stand."""
        documents, statements = ({item.id for item in items} for items in (after.documents, after.statements))
        old = [s for name, s in self._statements.items() if name in statements]
        speakers = {statement.speaker_id for statement in old if statement.speaker_id}
        return Store(
            documents=tuple(d for name, d in self._documents.items() if name in documents),
            statements=tuple(old),
            speakers=self._shelf.speakers(speakers),
            log=self._log,
        )

    def _followed(self, documents: Collection[str], now: dict[str, Document]) -> set[str]:
        """Returns documents with their newer versions, those that they had and those that they have."""
        had = self._shelf.superseded()
        have = {name: newer for name, newer in had.items() if name not in now}
        have |= {name: d.superseded_by for name, d in now.items() if d.superseded_by}
        return with_newer(documents, had) | with_newer(documents, have)

    def _of_one_name(
        self,
        documents: Collection[str],
        here: dict[str, Statement],
        corrections: Corrections,
        now: dict[str, Document],
    ) -> list[Statement]:
        """Returns the statements of some documents and all others under the surnames in them."""

        def surname(statement: Statement) -> str | None:
            return surname_of(corrections.assigned.get(statement.id) or statement.named)

        own = [s for s in here.values() if s.document_id in documents]
        surnames = _linked({name for s in own if (name := surname(s))}, corrections)
        found = self._shelf.marked({surname_mark(name) for name in surnames})
        self._take_statements(found)
        others = (s for name, s in self._statements.items() if name in found and s.document_id not in now)
        named = {s.id: s for s in (*here.values(), *others) if surname(s) in surnames}
        return list(({s.id: s for s in own} | named).values())

    def _repeating(self, documents: Collection[str], now: dict[str, Document]) -> set[str]:
        """Returns these documents, those with a sentence in common with one of them, and so on."""
        found: set[str] = set()
        new = set(documents)
        while new:
            found |= new
            known = self._documents | now
            marks = {mark for name in new for mark in sentence_marks(known[name])}
            new = set(self._shelf.marked(marks)) - found
            self._take_documents(new)
        return found

    def _take(self, documents: Collection[str]) -> None:
        """Takes documents with all statements in them."""
        new = set(documents) - self._looked_at
        self._looked_at |= new
        self._take_documents(new)
        for statement in self._shelf.statements(documents=new):
            self._statements.setdefault(statement.id, statement)

    def _take_documents(self, documents: Collection[str]) -> None:
        for document in self._shelf.documents(set(documents) - self._documents.keys()):
            self._documents[document.id] = document

    def _take_statements(self, statements: Collection[str]) -> None:
        for statement in self._shelf.statements(ids=set(statements) - self._statements.keys()):
            self._statements[statement.id] = statement


def _linked(surnames: set[str], corrections: Corrections) -> set[str]:
    """Returns surnames with all others that a person has said something of together with them."""
    told = [*corrections.joined, *corrections.separated]
    told += [(decided.first.name, decided.second.name) for decided in corrections.identified]
    pairs = [{surname for name in pair if (surname := surname_of(name))} for pair in told]
    found = set(surnames)
    while more := {name for pair in pairs if pair & found for name in pair} - found:
        found |= more
    return found
