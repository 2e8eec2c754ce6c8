"""``--into FILE``: results in notes that a person keeps and writes in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.session import Session
from claimtrack.errors import InputError

if TYPE_CHECKING:
    from claimtrack.models import Statement, Store, Value
    from claimtrack.notes.into import Block, Update
    from claimtrack.notes.searches import Search
    from claimtrack.pipeline.queries import ConflictQuery, ConflictReport, StatementQuery

IntoOption = Annotated[
    str | None,
    typer.Option(
        "--into",
        metavar="FILE",
        help="Keep Markdown notes there: what you write in them stays, run after run.",
    ),
]

UNKNOWN_REASON = "An article, a correction or claimtrack itself has changed since."

_OTHER_FORMS = (".csv", ".json", ".jsonl", ".ndjson", ".html", ".htm", ".toml", ".db")
"""Endings of files that Markdown would spoil."""


def check_into(into: str | None, form: str | None, output: str | None) -> None:
    """Raises a usage error where the notes are to be something else as well."""
    if into and (output or form not in (None, "markdown")):
        raise typer.BadParameter("--into writes Markdown into its own file; leave out --format and -o")


def keep_conflicts(
    session: Session, store: "Store", query: "ConflictQuery", report: "ConflictReport", into: str
) -> None:
    """Brings the possible conflicts of a search up to date in a file of notes."""
    from claimtrack.notes.searches import conflict_blocks

    documents = {document.id: document for document in store.documents}
    search = _search(session, store, "contradictions", query)
    blocks = conflict_blocks(search, report.conflicts, documents, report.counts)
    folded = {
        other: f"It is now told with {c.id}, which says the same."
        for c in report.conflicts
        for other in c.also
    }
    _keep(session, store, search, blocks, into, {**_reasons(store), **folded})


def keep_statements(
    session: Session, store: "Store", query: "StatementQuery", found: Sequence["Statement"], into: str
) -> None:
    """Brings the statements of a search up to date in a file of notes."""
    from claimtrack.notes.searches import statement_blocks

    documents = {document.id: document for document in store.documents}
    search = _search(session, store, "statements", query)
    _keep(session, store, search, statement_blocks(search, found, documents), into, {})


def _search(session: Session, store: "Store", command: str, query: "Value") -> "Search":
    """Returns the search; a speaker goes by his full name, however it was typed."""
    from claimtrack.notes.searches import Search
    from claimtrack.pipeline.names import find_speaker

    filters = query.model_dump(exclude_none=True, exclude_defaults=True)
    if filters.get("speaker"):
        filters["speaker"] = find_speaker(store, filters["speaker"])[0].name
    return Search(command=command, filters=filters, store_sha256=session.store.digest())


def _keep(
    session: Session,
    store: "Store",
    search: "Search",
    blocks: Sequence["Block"],
    into: str,
    gone: Mapping[str, str],
) -> None:
    from claimtrack.notes.files import read_bytes, replace_bytes
    from claimtrack.notes.into import update_notes

    path = _checked(session, store, into)
    raw = read_bytes(path)
    text = _decoded(raw or b"", path)
    update = update_notes(
        text, str(path), blocks[0], blocks[1:], search.properties, lambda item: gone.get(item, UNKNOWN_REASON)
    )
    written = update.text.encode("utf-8")
    if written != raw:
        replace_bytes(path, written, raw)
    for note in update.notes:
        session.say(note)
    session.say(f"{path}: {_told(update)}")


def _told(update: "Update") -> str:
    told = [f"{update.added} new", f"{update.renewed} updated", f"{update.gone} no longer found"]
    return ", ".join(told)


def _checked(session: Session, store: "Store", into: str) -> Path:
    """Returns the path of the notes; raises InputError where they would spoil another file."""
    path = Path(into)
    if into == "-":
        raise InputError("--into needs a file", "To print the notes, leave it out.")
    session.check_is_not_store(path, "Name another file, such as notes.md.")
    if path.suffix.lower() in _OTHER_FORMS:
        raise InputError(f"--into writes Markdown, which {path} is not", "Name a file such as notes.md.")
    target = path.resolve()
    articles = (Path(document.path) for document in store.documents if document.path)
    if any(article.name == target.name and article.resolve() == target for article in articles):
        raise InputError(f"{path} is an article that was read in", "Name another file, such as notes.md.")
    return path


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path}, line {line}: the file is not UTF-8", "Save it as UTF-8. Nothing was written."
        ) from error


def _reasons(store: "Store") -> Mapping[str, str]:
    """Returns why a search no longer finds what a person decided about, by the conflict's id."""
    from claimtrack.notes.inline import escape
    from claimtrack.notes.phrases import verdict
    from claimtrack.pipeline.inheritance import corrections_of

    reviews = corrections_of(store).reviews
    return {
        item: escape(f"Now a {verdict(review)}" + (f" ({review.note})" if review.note else "") + ".")
        for item, review in reviews.items()
    }
