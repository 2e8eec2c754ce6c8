"""Statements, conflicts, speakers and articles as Markdown that a fact-checker can paste into notes.

Article text is hostile: what it says reaches the notes as words only. No markup, no HTML, no link and
no tag of a note-taking program comes out of it.
"""

import re
from collections.abc import Mapping, Sequence

from claimtrack.models import Conflict, Document, Judgement, Speaker, Statement
from claimtrack.notes.phrases import (
    RETRACTED,
    attribution,
    characters,
    cue_words,
    date_said,
    file_place,
    headline,
    judged,
    manner,
    one_line,
    origin,
    outlet,
    reason,
    remarks,
    standing,
    verbatim,
    verdict,
    visible,
)
from claimtrack.text import context_span

_INLINE = re.compile(r"[\\`*_\[\]|~#$^=]|:(?=//)|(?<=www)\.|%(?=%)|(?<=%)%|(?<=\w)@(?=\w)|&(?=#?\w+;)|[<>]")
_LINE_START = re.compile(r"^(?:([-+])(?=\s|$|[-+])|(\d{1,9})([.)])(?=\s|$))")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}
_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-~]+", re.ASCII)

SOME_CONTEXT = 300
"""Characters on either side of a quotation in notes: two or three sentences, so that no qualifier is lost."""

WHOLE_PARAGRAPH = 1200
"""Characters on either side where one item is looked at; longer paragraphs are no paragraphs."""

NO_CONFLICTS = "No possible conflicts found."
NO_STATEMENTS = "No statements found."
NO_SPEAKERS = "No speakers found."
NO_SOURCES = "No articles found."


def escape(text: str) -> str:
    """Returns the text as one line of words: nothing in it acts as Markdown, HTML or a link."""
    safe = _INLINE.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), one_line(text))
    return _LINE_START.sub(lambda match: (match[2] or "") + "\\" + (match[3] or match[1]), safe)


def code(text: str) -> str:
    """Returns the text as a code span, its fence longer than any run of backticks inside."""
    line = one_line(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def quote(text: str) -> str:
    """Returns the text as a block quote; paragraphs stay paragraphs."""
    lines = [line for line in visible(text).split("\n") if line.strip()]
    return "\n>\n".join(f"> {escape(line)}" for line in lines)


def _block(statement: Statement) -> str:
    shown = verbatim(statement)
    marks = (shown[0], shown[-1]) if len(shown) > len(statement.text) else ("", "")
    return quote(marks[0] + statement.text + marks[1])


def _where(statement: Statement, document: Document) -> list[str]:
    """Returns the lines under a quotation: article, outlet and dates, place, cue."""
    first = statement.content[0]
    cue = cue_words(statement)
    place = [code(file_place(document, first)), characters(statement.content)]
    return [
        f"*{escape(headline(document))}*, {escape(outlet(document))}",
        ", ".join(place) + (f"; {escape(cue)}" if cue else ""),
        *([link(document.url)] if document.url and _WEB_ADDRESS.fullmatch(document.url) else []),
        *([f"archived copy: {link(document.archive_url)}"] if document.archive_url else []),
        escape(", ".join(origin(document))),
    ]


def link(address: str) -> str:
    """Returns a web address as a link, and what is none as words."""
    return f"<{address}>" if _WEB_ADDRESS.fullmatch(address) else escape(address)


def _attributed(statement: Statement, document: Document) -> str:
    where = "\n".join(f"- {line}" for line in _where(statement, document))
    return f"{_block(statement)}\n\n{where}\n"


def conflict_notes(
    conflicts: Sequence[Conflict], documents: Mapping[str, Document], longest: int = SOME_CONTEXT
) -> str:
    """Returns one section per conflict: both quotations with their articles, and why they are shown.

    The words around each quotation are cut at ``longest`` characters on either side.
    """
    if not conflicts:
        return f"{NO_CONFLICTS}\n"
    sections = [_conflict_section(n, conflict, documents, longest) for n, conflict in enumerate(conflicts, 1)]
    return "\n".join(sections)


def _conflict_section(
    number: int, conflict: Conflict, documents: Mapping[str, Document], longest: int
) -> str:
    status = conflict.review.status.value
    lines = [
        f"## Possible conflict {number}: {escape(conflict.speaker)} — {status}",
        "",
        f"A {escape(verdict(conflict.review))}. Read both articles before it is used.",
        "",
        f"- why: {escape(reason(conflict.signals))}",
        f"- kind: {conflict.kind.value}, score {conflict.score:.2f}",
        f"- note: {'; '.join(remarks(conflict, documents))}",
        f"- {conflict.id}: A {conflict.a.id}, B {conflict.b.id}",
        *([f"- reviewer's note: {escape(conflict.review.note)}"] if conflict.review.note else []),
    ]
    for side, statement in (("A", conflict.a), ("B", conflict.b)):
        document = documents[statement.document_id]
        facts = f"{attribution(statement)}, {date_said(statement)}, {manner(statement)}"
        lines += ["", f"**{side}**, {escape(facts)}:", "", _attributed(statement, document)]
        lines += ["In its paragraph:", "", paragraph_notes(statement, document, longest).rstrip()]
    return "\n".join(lines) + "\n"


def statement_notes(statements: Sequence[Statement], documents: Mapping[str, Document]) -> str:
    """Returns one section per statement: who, when, the words, the article."""
    if not statements:
        return f"{NO_STATEMENTS}\n"
    return "\n".join(_statement_section(s, documents[s.document_id]) for s in statements)


def _statement_section(statement: Statement, document: Document) -> str:
    state = standing(statement, document)
    details = [date_said(statement), manner(statement), *([state] if state != "current" else [])]
    return (
        f"### {escape(attribution(statement))}\n\n{escape(', '.join(details))} ({statement.id}):\n\n"
        f"{_attributed(statement, document)}"
    )


def paragraph_notes(statement: Statement, document: Document, longest: int = WHOLE_PARAGRAPH) -> str:
    """Returns the paragraph around a statement as a block quote, the statement's words in bold.

    It is cut at ``longest`` characters on either side, and a cut is marked.
    """
    first, last = statement.content[0], statement.content[-1]
    start, end = context_span(document.text, first.start, last.end, longest)
    before, after = document.text[start : first.start], document.text[last.end : end]
    if document.text[:start].rpartition("\n")[2].strip():
        before = "… " + before.partition(" ")[2]
    if document.text[end:].partition("\n")[0].strip():
        after = after.rpartition(" ")[0] + " …"
    parts = [_escape_lines(before)]
    for span, following in zip(statement.content, (*statement.content[1:], None), strict=True):
        gap = document.text[span.end : following.start] if following else after
        parts += [_bold(span.text), _escape_lines(gap)]
    lines = [line.strip() for line in "".join(parts).split("\n") if line.strip()]
    return "\n>\n".join(f"> {line}" for line in lines) + "\n"


def _escape_lines(text: str) -> str:
    """Escapes each line by itself and keeps the white space at its ends, which joins it to bold words."""
    escaped = []
    for line in visible(text).split("\n"):
        before = line[: len(line) - len(line.lstrip())] if line.strip() else " "
        after = line[len(line.rstrip()) :] if line.strip() else ""
        escaped.append(before + escape(line) + after)
    return "\n".join(escaped)


def _bold(text: str) -> str:
    return "\n".join(f"**{escape(line)}**" if line.strip() else "" for line in visible(text).split("\n"))


def judgement_notes(label: str, a: str, b: str, judgement: Judgement) -> str:
    """Returns one judged pair: both texts, the label and the reason."""
    why = escape(reason(judgement.signals))
    return f"### {escape(label)}: {judged(judgement)}\n\n{quote(a)}\n\n{quote(b)}\n\n- why: {why}\n"


def speaker_notes(speakers: Sequence[tuple[Speaker, int, int]]) -> str:
    """Returns a table of speakers with the number of their statements and articles."""
    if not speakers:
        return f"{NO_SPEAKERS}\n"
    rows = [
        [
            escape(s.name),
            escape("; ".join(s.aliases)),
            escape("; ".join(s.offices)),
            str(said),
            str(articles),
            s.id,
        ]
        for s, said, articles in speakers
    ]
    return _grid(["speaker", "also written", "offices", "statements", "articles", "id"], rows)


def source_notes(sources: Sequence[tuple[Document, int]]) -> str:
    """Returns a table of articles with the number of statements in each."""
    if not sources:
        return f"{NO_SOURCES}\n"
    rows = [
        [
            code(document.place).replace("|", r"\|"),
            escape(document.title or ""),
            escape(document.publisher or ""),
            document.published or "",
            str(said),
            escape("; ".join(filter(None, [RETRACTED * document.retracted, condition(document)]))),
            document.id,
            link(document.archive_url).replace("|", "%7C") if document.archive_url else "",
        ]
        for document, said in sources
    ]
    head = ["place", "title", "outlet", "published", "statements", "state", "id", "archived copy"]
    return _grid(head, rows)


def condition(document: Document) -> str:
    """Returns what sets the article apart: removed, superseded, a copy, not English."""
    facts = {
        "removed": document.removed,
        f"superseded by {document.superseded_by}": document.superseded_by,
        f"copy of {document.copy_of}": document.copy_of,
        f"not analysed ({document.language})": not document.analysed,
    }
    return "; ".join(fact for fact, holds in facts.items() if holds)


def bullet_list(lines: Sequence[str]) -> str:
    """Returns the lines as a list."""
    return "".join(f"- {escape(line)}\n" for line in lines)


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
