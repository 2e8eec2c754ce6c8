"""``show`` and ``status``: one item in its context, and the state of the whole store."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.completion import items
from claimtrack.cli.options import FormOption, OutputOption, command
from claimtrack.cli.output import Result, put_out
from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from claimtrack.models import Speaker, Statement, Store
    from claimtrack.pipeline.lookup import StoreStatus
    from claimtrack.pipeline.suggestions import Suggestion

MOST_SUGGESTIONS = 3
"""Pairs of names shown to people; `speakers suggest` and JSON have them all."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(app, "show", "claimtrack show st-9f2c61d0a4b7", 'claimtrack show "Khawaja Asif"')(show)
    command(app, "status", "claimtrack status")(status)


def show(
    session: Session,
    item: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Of a statement, conflict or article, its first digits will do; or a speaker's name.",
            autocompletion=items,
        ),
    ],
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Show one item with the paragraph around it, or a speaker with offices and dates."""
    from claimtrack.cli.listings import conflict_view, source_result, speaker_view, statement_view
    from claimtrack.models import Conflict, Statement
    from claimtrack.pipeline.lookup import find_item
    from claimtrack.pipeline.parts import part_of_speaker

    store = session.read_store(None if _is_id(item) else part_of_speaker(item))
    documents = {document.id: document for document in store.documents}
    if not _is_id(item):
        put_out(session, speaker_view(*_speaker(session, store, item), documents), form, output)
        return
    with session.judgements() as judgements:
        found = find_item(store, item, session.settings, judgements)
    if isinstance(found, Conflict):
        result = conflict_view(found, documents)
    elif isinstance(found, Statement):
        result = statement_view(found, documents[found.document_id])
    else:
        count = sum(statement.document_id == found.id for statement in store.statements)
        result = source_result([(found, count)])
    put_out(session, result, form, output)


def _is_id(item: str) -> bool:
    """Is it an id of something that was written, or the beginning of one, and no name?"""
    return re.fullmatch(r"\s*(?:st|cf|doc)-\w*\s*", item, re.IGNORECASE) is not None


def _speaker(session: Session, store: "Store", name: str) -> "tuple[Speaker, list[Statement]]":
    """Returns a speaker and what he or she said; raises NotFoundError for nobody."""
    from claimtrack.pipeline.names import find_speaker

    speaker, note = find_speaker(store, name)
    if note:
        session.say(note)
    return speaker, [s for s in store.statements if s.speaker_id == speaker.id and not s.rejected]


def status(session: Session, form: FormOption = None, output: OutputOption = None) -> None:
    """Say what the store holds and what needs a look."""
    from claimtrack.pipeline.lookup import status
    from claimtrack.pipeline.suggestions import suggest_merges

    store = session.read_store()
    put_out(session, _status_result(session, status(store), suggest_merges(store)), form, output)


def _status_result(session: Session, counts: "StoreStatus", suggestions: "Sequence[Suggestion]") -> Result:
    from rich.text import Text

    from claimtrack.notes.markdown import bullet_list
    from claimtrack.notes.phrases import visible

    record = {
        "store": session.store.name,
        **counts.model_dump(),
        "may_be_one": [
            {"names": [s.speaker.name, s.other.name], "evidence": "; ".join(s.evidence.supports)}
            for s in suggestions
        ],
    }
    lines = [*_held(record), *_needing_a_look(record)]
    return Result(
        table=lambda width: Text("\n".join(visible(line) for line in lines)),
        markdown=lambda: bullet_list(lines),
        records=lambda: [record],
        single=True,
    )


def _held(record: dict[str, Any]) -> list[str]:
    """Returns what is there, a line per kind of thing; counts of nothing are left out."""
    told = {
        "articles": {"documents": "", "copies": "copies of others", "not_english": "not in English",
                     "superseded": "older versions", "removed": "removed",
                     "retracted": "retracted"},
        "statements": {"statements": "", "unnamed": "without a known speaker", "gone": "gone",
                       "rejected": "rejected"},
        "speakers": {"speakers": ""},
        "decisions": {"decisions": "", "confirmed": "conflicts confirmed", "dismissed": "dismissed",
                      "unsure": "unsure"},
    }  # fmt: skip
    lines = [f"store: {record['store']}"]
    for what, parts in told.items():
        counts = [
            f"{record[key]} {label}".strip() for key, label in parts.items() if record[key] or not label
        ]
        lines.append(f"{what}: {', '.join(counts)}")
    return lines


def _needing_a_look(record: dict[str, Any]) -> list[str]:
    lines = []
    if record["undated"]:
        lines.append(
            f'{record["undated"]} without a publication date, so that "on Saturday" stays unknown: '
            "claimtrack sources set ID --date DATE"
        )
    if record["outdated"]:
        lines.append(
            f"{record['outdated']} of the articles read by another version: claimtrack ingest PATH --again"
        )
    for suggestion in record["may_be_one"][:MOST_SUGGESTIONS]:
        first, second = suggestion["names"]
        lines.append(f"one person? {first}, {second} ({suggestion['evidence']}): claimtrack speakers suggest")
    more = len(record["may_be_one"]) - MOST_SUGGESTIONS
    if more > 0:
        lines.append(f"{more} more {'pair' if more == 1 else 'pairs'} of names: claimtrack speakers suggest")
    return lines
