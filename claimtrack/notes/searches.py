"""A search as the head of the notes that it fills: what was asked of which store, and what came of it."""

import shlex
from collections.abc import Iterable, Mapping, Sequence

from claimtrack import __version__
from claimtrack.models import Conflict, Document, PairCounts, Statement, Value, digest_id
from claimtrack.notes.inline import code, escape
from claimtrack.notes.into import Block
from claimtrack.notes.markdown import conflict_section, statement_section
from claimtrack.notes.phrases import one_line

HOW_TO = (
    "Leads found by a machine, not findings: read both articles before anything is used. Write below a "
    "block; the next run writes anew what stands between its comment lines, and keeps ticks and your words."
)


class Search(Value):
    """A command with its filters (empty ones left out), and the store's digest at the time."""

    command: str
    filters: dict[str, str | float | bool]
    store_sha256: str

    @property
    def line(self) -> str:
        """Returns the command line that asks the same again."""
        words = ["claimtrack", self.command]
        for name, value in self.filters.items():
            words.append("--" + name.replace("_", "-"))
            words += [] if value is True else [str(value)]
        return one_line(shlex.join(words))

    @property
    def id(self) -> str:
        """Returns the search's id: the same for the same filters, whatever the store holds."""
        return digest_id("q", self.line)

    @property
    def subject(self) -> str:
        """Returns the filters in words."""
        told = [name.replace("_", " ") + ("" if v is True else f" {v}") for name, v in self.filters.items()]
        return ", ".join(told) or "all"

    @property
    def properties(self) -> dict[str, str]:
        """Returns what the front matter of the notes says of the run."""
        return {"claimtrack_version": __version__, "claimtrack_store": f"sha256:{self.store_sha256}"}


def conflict_blocks(
    search: Search, conflicts: Sequence[Conflict], documents: Mapping[str, Document], counts: PairCounts
) -> list[Block]:
    """Returns the block of the search, and one per conflict."""
    statuses = [conflict.review.status.value for conflict in conflicts]
    told = ", ".join(f"{statuses.count(status)} {status}" for status in dict.fromkeys(sorted(statuses)))
    facts = [
        f"found: {_count(len(conflicts), 'possible conflict')}" + (f" ({told})" if told else ""),
        f"compared: {_count(counts.possible, 'pair')} of one speaker, {counts.candidates} of them about one "
        f"matter, {counts.dropped} left out as too many",
    ]
    listed = [
        f"{c.id}: {c.speaker}, {c.kind.value}, score {c.score:.2f}, {c.review.status.value}"
        for c in conflicts
    ]
    sections = [
        (c.id, conflict_section(f"Possible conflict {c.id}: {c.speaker}", c, documents)) for c in conflicts
    ]
    return _blocks(search, "Possible conflicts", facts, listed, sections)


def statement_blocks(
    search: Search, statements: Sequence[Statement], documents: Mapping[str, Document]
) -> list[Block]:
    """Returns the block of the search, and one per statement."""
    articles = len({statement.document_id for statement in statements})
    facts = [f"found: {_count(len(statements), 'statement')} in {_count(articles, 'article')}"]
    sections = [(s.id, statement_section(s, documents[s.document_id])) for s in statements]
    return _blocks(search, "Statements", facts, [], sections)


def _blocks(
    search: Search,
    what: str,
    facts: Sequence[str],
    listed: Sequence[str],
    sections: Iterable[tuple[str, str]],
) -> list[Block]:
    lines = [
        f"# {what}: {escape(search.subject)}",
        "",
        HOW_TO,
        "",
        f"- search: {code(search.line)}",
        *(f"- {escape(fact)}" for fact in facts),
        f"- as of: the store with SHA-256 {search.store_sha256}, claimtrack {__version__}",
        "",
        *(f"{number}. {escape(entry)}" for number, entry in enumerate(listed, 1)),
    ]
    blocks = [Block(id=search.id, text="\n".join(lines).strip())]
    return blocks + [Block(id=name, text=text.strip("\n")) for name, text in sections]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
