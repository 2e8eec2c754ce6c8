"""Where the words around a quotation begin and end, so that no qualifier is cut off."""

from claimtrack.models import Document, Statement
from claimtrack.text import context_span, sentence_spans, unwrapped

SOME_CONTEXT = 300
"""Characters on either side of a quotation in notes: two or three sentences, so that no qualifier is lost."""

WHOLE_PARAGRAPH = 1200
"""Characters on either side where one item is looked at; longer paragraphs are no paragraphs."""


def passage(statement: Statement, document: Document, longest: int = SOME_CONTEXT) -> tuple[int, int]:
    """Returns the sentences around a statement: of its paragraph those within ``longest`` characters.

    The sentence before and the one after are always there, from the next paragraph where this one has
    none; only what goes on over ``WHOLE_PARAGRAPH`` characters is cut.
    """
    start, end = statement.content[0].start, statement.content[-1].end
    left, right = context_span(document.text, start, end, max(longest, WHOLE_PARAGRAPH))
    sentences = sentence_spans(unwrapped(document.text), left, right)
    starts = [first for first, _ in sentences if first <= start]
    ends = [last for _, last in sentences if last >= end]
    near = [first for first in starts if start - first <= longest]
    far = [last for last in ends if last - end <= longest]
    return (
        min(starts[-2:] + near) if len(starts) > 1 else _sentence_before(document, left),
        max(ends[:2] + far) if len(ends) > 1 else _sentence_after(document, right),
    )


def _sentence_before(document: Document, at: int) -> int:
    """Returns where the last sentence of the paragraph before ``at`` begins; ``at`` where there is none."""
    text = unwrapped(document.text)
    if text[text.rfind("\n", 0, at) + 1 : at].strip():
        return at
    end = len(text[:at].rstrip())
    start = max(text.rfind("\n", 0, end) + 1, end - WHOLE_PARAGRAPH)
    if not _is_article(document, start, end):
        return at
    return sentence_spans(text, start, end)[-1][0]


def _sentence_after(document: Document, at: int) -> int:
    """Returns where the first sentence of the paragraph after ``at`` ends; ``at`` where there is none."""
    text = unwrapped(document.text)
    line_end = text.find("\n", at)
    if line_end < 0 or text[at:line_end].strip():
        return at
    start = len(text) - len(text[at:].lstrip())
    following = text.find("\n", start)
    end = min(len(text) if following < 0 else following, start + WHOLE_PARAGRAPH)
    if not _is_article(document, start, end):
        return at
    return sentence_spans(text, start, end)[0][1]


def _is_article(document: Document, start: int, end: int) -> bool:
    """Is the line one of the article's own, and more than its headline?"""
    line = unwrapped(document.text)[start:end].strip()
    known = (document.title or "", document.published or "", f"date {document.published}")
    return (
        bool(line) and line not in known and not any(j.start < end and start < j.end for j in document.junk)
    )
