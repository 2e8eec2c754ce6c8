"""A possible conflict in one line of plain text: for ``notify-send``, mail, a chat."""

from collections.abc import Mapping
from textwrap import shorten

from claimtrack.models import Conflict, Document, Statement
from claimtrack.notes.phrases import attribution, date_said, file_place, one_line, outlet, verbatim, verdict

LONGEST_QUOTATION = 160
"""Characters of either side in a line; a phone shows about three hundred of a message. A cut is marked."""

_CUT = " […]"
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}


def alert(conflict: Conflict, documents: Mapping[str, Document]) -> str:
    """Returns who may conflict with himself, both quotations with outlets, dates and places, and the id."""
    sides = " / ".join(_side(side, documents[side.document_id]) for side in (conflict.a, conflict.b))
    head = f"{one_line(conflict.speaker)}: {verdict(conflict.review)} ({conflict.kind.value})"
    return f"{head}: {sides} [{conflict.id}, score {conflict.score:.2f}]"


def _side(statement: Statement, document: Document) -> str:
    """Returns one side; hearsay says so."""
    place = one_line(document.url or file_place(document, statement.content[0]))
    passed_on = statement.reported_by or statement.via
    who = f"{attribution(statement)}: " if passed_on else ""
    return f"{who}{_short(verbatim(statement))} ({outlet(document)}, {date_said(statement)}; {place})"


def _short(words: str) -> str:
    """Returns the words in one line; where they are cut, the cut is marked and an open quotation closed."""
    line = one_line(words)
    if len(line) <= LONGEST_QUOTATION:
        return line
    closing = _CLOSING.get(line[0], "")
    return shorten(line, LONGEST_QUOTATION, placeholder=_CUT) + closing
