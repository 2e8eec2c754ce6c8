"""Statements, conflicts, speakers and articles as Markdown that a fact-checker can paste into notes.

Article text is hostile: what it says reaches the notes as words only. No markup, no HTML, no link and
no tag of a note-taking program comes out of it.
"""

from collections.abc import Mapping, Sequence

from claimtrack.models import (
    JOINER,
    Conflict,
    Document,
    Judgement,
    Polarity,
    Review,
    ReviewStatus,
    Signal,
    Speaker,
    Statement,
)
from claimtrack.notes.doubts import doubts
from claimtrack.notes.inline import code, escape, is_web_address, link, quote, quote_marked
from claimtrack.notes.passages import SOME_CONTEXT, WHOLE_PARAGRAPH, passage
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
    origin,
    outlet,
    reason,
    remarks,
    review_notes,
    standing,
    verbatim,
    verdict,
)
from claimtrack.text import unwrapped

NO_CONFLICTS = "No possible conflicts found."
NO_STATEMENTS = "No statements found."
NO_SPEAKERS = "No speakers found."
NO_SOURCES = "No articles found."

CUT = "… "
"""Stands where a sentence or paragraph goes on beyond what is shown."""

DECIDED = (ReviewStatus.CONFIRMED, ReviewStatus.DISMISSED)
"""Where nothing is left to decide."""

CHECKLIST = (
    "A is word for word in its article, and its speaker is the one named",
    "B is word for word in its article, and its speaker is the one named",
    "the paragraphs around both were read: no qualifier, condition or question is left out",
    "both are about the same matter, time, place and unit",
    "the dates are right: when it was said, when it was published",
    "the sources are independent, or the note says that they are not",
    "both articles are archived",
    "the speaker was asked, and the answer is noted",
)
"""What the second reader ticks off; none is the beginning of another, so that a tick finds its line again."""


def _block(statement: Statement, document: Document) -> str:
    shown = verbatim(statement)
    marks = (shown[0], shown[-1]) if len(shown) > len(statement.text) else ("", "")
    words = JOINER.join(unwrapped(document.text)[span.start : span.end] for span in statement.content)
    return quote(marks[0] + words + marks[1])


def _where(statement: Statement, document: Document) -> list[str]:
    """Returns the lines under a quotation: article, outlet and dates, place, cue."""
    first = statement.content[0]
    cue = cue_words(statement)
    place = [code(file_place(document, first)), characters(statement.content)]
    return [
        f"_{escape(headline(document))}_, {escape(', '.join(_published(document)))}",
        ", ".join(place) + (f"; {escape(cue)}" if cue else ""),
        *([link(document.url)] if document.url and is_web_address(document.url) else []),
        *([f"archived copy: {link(document.archive_url)}"] if document.archive_url else []),
        escape(", ".join(origin(document))),
    ]


def _published(document: Document) -> list[str]:
    """Returns by whom and when the article was published, and how the day is known."""
    basis = document.published_basis if document.published else None
    return [
        *([f"by {document.author}"] if document.author else []),
        outlet(document),
        *([f"day of publication from: {basis}"] if basis else []),
    ]


def _attributed(statement: Statement, document: Document) -> str:
    where = "\n".join(f"- {line}" for line in _where(statement, document))
    return f"{_block(statement, document)}\n\n{where}\n"


def conflict_notes(
    conflicts: Sequence[Conflict], documents: Mapping[str, Document], longest: int = SOME_CONTEXT
) -> str:
    """Returns one section per conflict: both quotations with their articles, and why they are shown.

    Of the paragraph around each quotation whole sentences within ``longest`` characters are told.
    """
    if not conflicts:
        return f"{NO_CONFLICTS}\n"
    sections = []
    for number, conflict in enumerate(conflicts, 1):
        heading = f"Possible conflict {number}: {conflict.speaker} — {conflict.review.status.value}"
        sections.append(conflict_section(heading, conflict, documents, longest))
    return "\n".join(sections)


def conflict_section(
    heading: str, conflict: Conflict, documents: Mapping[str, Document], longest: int = SOME_CONTEXT
) -> str:
    """Returns what a second person needs to check one possible conflict, with a list to tick off."""
    lines = [
        f"## {escape(heading)}",
        "",
        f"A {escape(verdict(conflict.review))}. Read both articles before it is used.",
        "",
        *_why(conflict),
        f"- kind: {conflict.kind.value}, score {conflict.score:.2f}",
        f"- note: {escape('; '.join(remarks(conflict, documents)))}",
        f"- {conflict.id}: A {conflict.a.id}, B {conflict.b.id}",
        *_reviews(conflict.review),
    ]
    for side, statement in (("A", conflict.a), ("B", conflict.b)):
        document = documents[statement.document_id]
        denied = ", which the speaker denies" if statement.polarity is Polarity.NEGATED else ""
        facts = f"{attribution(statement)}, {date_said(statement)}, {manner(statement)}{denied}"
        lines += ["", f"**{side}**, {escape(facts)}:", "", _attributed(statement, document)]
        lines += ["In context:", "", paragraph_notes(statement, document, longest).rstrip()]
    uncertain = doubts(conflict, documents)
    if uncertain:
        lines += ["", "What is uncertain:", "", *(f"- {escape(doubt)}" for doubt in uncertain)]
    lines += ["", "For the second reader:", "", *(f"- [ ] {check}" for check in CHECKLIST)]
    if conflict.review.status not in DECIDED:
        lines += [
            "",
            f"To decide: `claimtrack review {conflict.id} --confirm`, or with `--dismiss`, `--unsure`.",
        ]
    return "\n".join(lines) + "\n"


def _why(conflict: Conflict) -> list[str]:
    """Returns a line per signal; with the words of both sides where it does not name them."""
    if not conflict.signals:
        return [f"- why: {reason(())}"]
    return [f"- why: {escape(reason([signal]))}{_sides(signal)}" for signal in conflict.signals]


def _sides(signal: Signal) -> str:
    if signal.a.text in signal.detail and signal.b.text in signal.detail:
        return ""
    return f"; A has **{escape(signal.a.text)}**, B has **{escape(signal.b.text)}**"


def _reviews(review: Review) -> list[str]:
    """Returns what people wrote of the conflict and what its speaker answered, a line each."""
    own = [f"reviewer's note: {review.note}"] if review.note else []
    return [f"- {escape(line)}" for line in (*own, *review_notes(review))]


def statement_notes(statements: Sequence[Statement], documents: Mapping[str, Document]) -> str:
    """Returns one section per statement: who, when, the words, the article."""
    if not statements:
        return f"{NO_STATEMENTS}\n"
    return "\n".join(statement_section(s, documents[s.document_id]) for s in statements)


def statement_section(statement: Statement, document: Document) -> str:
    """Returns who said it, when, the words, the article."""
    state = standing(statement, document)
    details = [date_said(statement), manner(statement), *([state] if state != "current" else [])]
    return (
        f"### {escape(attribution(statement))}\n\n{escape(', '.join(details))} ({statement.id}):\n\n"
        f"{_attributed(statement, document)}"
    )


def paragraph_notes(statement: Statement, document: Document, longest: int = WHOLE_PARAGRAPH) -> str:
    """Returns the sentences around a statement as a block quote, the statement's words in bold.

    The sentence before and the one after are there, and what more of the paragraph lies within
    ``longest`` characters; a cut is marked.
    """
    text = unwrapped(document.text)
    start, end = passage(statement, document, longest)
    parts, at = [(CUT * bool(text[:start].rpartition("\n")[2].strip()), False)], start
    for span in statement.content:
        parts += [(text[at : span.start], False), (text[span.start : span.end], True)]
        at = span.end
    parts += [(text[at:end], False), (CUT[::-1] * bool(text[end:].partition("\n")[0].strip()), False)]
    return quote_marked(parts) + "\n"


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
