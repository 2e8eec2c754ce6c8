"""Where a statement stands, as the W3C Web Annotation Data Model tells it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from claimtrack.models import Document, Span, Statement
from claimtrack.notes.nodes import Context, Target, TextPositionSelector, TextQuoteSelector, TimeState

AROUND = 64
"""Characters before and after a quotation: twice the 32 of Hypothesis, some ten words, to read as well."""

LONGEST_WORD = 40
"""Characters by which a cut is moved to the next white space, so that it cuts no word."""

FARTHEST = 1024
"""Characters up to which these are doubled until the place is the only one; longer repeats are copies."""

_RUN_BEFORE = re.compile(r"\S*\Z")
_RUN_AFTER = re.compile(r"\S*")
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_ALLOWED = "!#$%&'()*+,/:;=?@[]~"
"""Characters that an address may have bare, next to letters, digits and ``_.-`` (RFC 3986)."""


def urn(identifier: str) -> str:
    """Returns the name under which a statement, conflict, article or speaker is known in JSON-LD."""
    return f"urn:claimtrack:{identifier}"


def web_address(text: str | None) -> str | None:
    """Returns a web address that is safe to use as a link, else None; what it may not hold is encoded."""
    if text is None or not _WEB_ADDRESS.match(text):
        return None
    return quote(text, safe=_ALLOWED, errors="replace")


def source_of(document: Document) -> str:
    """Returns the article's address, or its name where it has none."""
    return web_address(document.url) or urn(document.id)


def timestamp(text: str | None) -> str | None:
    """Returns a stored time in UTC as ``xsd:dateTime``; None where it is no time with its zone."""
    try:
        at = datetime.fromisoformat(text or "")
        in_utc = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError):
        return None
    return f"{in_utc.isoformat()}Z" if at.tzinfo else None


def targets_of(
    statement: Statement,
    document: Document,
    side: Literal["a", "b"] | None = None,
    context: Context | None = None,
) -> tuple[Target, ...]:
    """Returns one target per piece of the statement.

    Several selectors of one target are different ways to the same words; a statement that its cue
    interrupts needs several targets, or the cue would be among the speaker's words.
    """
    numbers: Iterator[int | None] = iter(range(1, len(statement.content) + 1))
    if len(statement.content) == 1:
        numbers = iter((None,))
    return tuple(
        Target(
            context=context,
            source=source_of(document),
            scope=urn(statement.id),
            ct_side=side,
            ct_piece=number,
            ct_text_sha256=document.sha256,
            selector=(quote_selector(document.text, span), _position(span)),
            state=_state_of(document),
        )
        for span, number in zip(statement.content, numbers, strict=True)
    )


def quote_selector(text: str, span: Span) -> TextQuoteSelector:
    """Returns the words with so much around them that they are found in one place only."""
    around = AROUND
    while True:
        start, end = _word_start(text, span.start - around), _word_end(text, span.end + around)
        whole = text[start:end]
        first = text.find(whole)
        if around >= FARTHEST or text.find(whole, first + 1) < 0:
            break
        around *= 2
    return TextQuoteSelector(exact=span.text, prefix=text[start : span.start], suffix=text[span.end : end])


def _position(span: Span) -> TextPositionSelector:
    return TextPositionSelector(start=span.start, end=span.end)


def _word_start(text: str, at: int) -> int:
    """Returns where the word begins that an offset would cut; the offset itself in a longer run."""
    run = len(_RUN_BEFORE.search(text[max(0, at - LONGEST_WORD) : max(0, at)])[0])  # type: ignore[index]
    return max(0, at) - (run if run < LONGEST_WORD else 0)


def _word_end(text: str, at: int) -> int:
    """Returns where the word ends that an offset would cut; the offset itself in a longer run."""
    run = len(_RUN_AFTER.match(text[at : at + LONGEST_WORD])[0])  # type: ignore[index]
    return min(len(text), at) + (run if run < LONGEST_WORD else 0)


def _state_of(document: Document) -> TimeState | None:
    """Returns when the article was fetched and where a copy is, as far as either is known."""
    fetched, copy = timestamp(document.retrieved_at), web_address(document.archive_url)
    return TimeState(source_date=fetched, cached=copy) if fetched or copy else None
