"""Finds what is no part of the article: comment boxes, spam, counters, credits, links, advertisements.

The text is never altered; the places are set apart. Each rule names what it rests on: a form's
labels, an imperative that offers a subscription, a credit's label, an address to the site itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from claimtrack.documents.comments import spam_start, thread_end
from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Junk
from claimtrack.text import fold, paragraph_spans

LONGEST_LABEL = 200
"""Characters; a longer line is prose, whatever its first words are."""

LONGEST_CREDIT = 90
"""Characters of a credit with its label; with more the line is a caption, which is reported text."""

_ENDS = " \t*:!.…|>»›→-–—_#[](){}"
_COUNT = re.compile(r"[\d.,]+\s*[kKmM]?\+?(?:\s*(?:shares?|views?|likes?|comments?|reads?|retweets?))?")
_COMMENT_COUNT = re.compile(r"(?:comments?\s*\(?\d*\)?|\d[\d,]*\s+(?:comments?|responses?|replies|thoughts? on\b.*)|\(\d+\)\s*comments?)")
_BRACKETED = re.compile(r"\(([^()\n]{2,80})\)[.\s]*$")
_QUOTED = "\"“”‘’'«»„"

Place = tuple[int, int]


def find_junk(text: str) -> tuple[Junk, ...]:
    """Returns the places in a text that are no article, in text order and without overlap."""
    lines = paragraph_spans(text)
    found = [junk for place in lines for junk in _line_junk(text, place)]
    found.extend(_comment_junk(text, lines, found))
    return without_overlap(found)


def without_overlap(junk: Iterable[Junk]) -> tuple[Junk, ...]:
    """Returns places in order, those that overlap joined under the first one's reason."""
    joined: list[Junk] = []
    for place in sorted(junk, key=lambda place: (place.start, -place.end)):
        if joined and place.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Junk(start=last.start, end=max(last.end, place.end), reason=last.reason)
        elif place.end > place.start:
            joined.append(place)
    return tuple(joined)


def line_reason(line: str) -> str | None:
    """Returns why a whole line is no article, or ``None``."""
    if len(line) > LONGEST_LABEL or line[:1] in _QUOTED:
        return None
    folded = fold(line)
    bare = folded.strip(_ENDS)
    if _COUNT.fullmatch(bare):
        return "counter"
    if _COMMENT_COUNT.fullmatch(bare):
        return "comments"
    for group, reason in (
        ("comment_form", "comment form"),
        ("form_line", "comment form"),
        ("comment_marks", "comments"),
        ("advertisement", "advertisement"),
        ("share", "share bar"),
    ):
        if bare in _forms(group):
            return reason
    if _begins(("form_opening",)).match(folded):
        return "comment form"
    return _label_reason(line, folded, bare)


def _label_reason(line: str, folded: str, bare: str) -> str | None:
    """Returns the reason for lines that begin with a label: links, subscriptions, credits, rights."""
    if bare in _forms("read_more") or _labelled("read_more").match(folded):
        return "link"
    if _begins(("newsletter",)).match(folded) and _has("subscription").search(folded):
        return "newsletter"
    if _begins(("wire_credit",)).match(folded.lstrip("( ")) and _is_credit(line):
        return "credit"
    if len(line) <= LONGEST_CREDIT and _labelled("credit_label").match(folded) and _is_credit(line):
        return "credit"
    if _begins(("rights",)).match(folded) and re.search(r"\d{4}|reserved|privacy|terms", folded):
        return "rights"
    return None


def _is_credit(line: str) -> bool:
    """Does the line name somebody and tell nothing: no word in lower case but small ones?"""
    words = re.findall(r"[^\W\d_]+", line.split(":", 1)[-1])
    small = ("by", "from", "and", "of", "the", "via", "for", "in", "courtesy", "agencies", "file", "images", "editing", "reporting", "writing", "additional", "with", "inputs", "input", "compiled")
    return all(word[0].isupper() or word in small for word in words)


def _line_junk(text: str, place: Place) -> Iterator[Junk]:
    start, end = place
    line = text[start:end]
    reason = line_reason(line)
    if reason:
        yield Junk(start=start, end=end, reason=reason)
    elif (credit := _BRACKETED.search(line)) and _picture_agency().search(credit[1]):
        yield Junk(start=start + credit.start(), end=start + credit.end(), reason="credit")


def _comment_junk(text: str, lines: Sequence[Place], found: Sequence[Junk]) -> Iterator[Junk]:
    """Yields readers' comments: those after a comment form, and spam after the last paragraph."""
    whole = {(junk.start, junk.end): junk.reason for junk in found}
    for index, place in enumerate(lines):
        if whole.get(place) in ("comment form", "comments"):
            for following in lines[index + 1 : thread_end(text, lines, index + 1)]:
                yield Junk(start=following[0], end=following[1], reason="comment")
            break
    prose = [place for place in lines if place not in whole]
    for start, end in prose[spam_start(text, prose) :]:
        yield Junk(start=start, end=end, reason="spam comment")
