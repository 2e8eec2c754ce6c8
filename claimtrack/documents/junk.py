"""Finds what is no part of the article: comment boxes, spam, counters, credits, links, advertisements.

The text is never altered; the places are set apart. Each rule names what it rests on: a form's
labels, an imperative that offers a subscription, a credit's label, an address to the site itself.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from claimtrack.documents.comments import comment_places, spam_count
from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Junk
from claimtrack.text import fold, paragraph_spans, unwrapped

LONGEST_LABEL = 200
"""Characters; a longer line is prose, whatever its first words are."""

LONGEST_CREDIT = 90
"""Characters of a credit with its label; with more the line is a caption, which is reported text."""

WHOLE_LINES = (
    ("comment_form", "comment form"),
    ("form_line", "comment form"),
    ("comment_marks", "comment form"),
    ("advertisement", "advertisement"),
    ("share", "share bar"),
)
"""Lexicon groups that a line must equal, with the reason to give."""

_MARKS = " \t*:!.…|>»›→-–—_#[](){}"
_COUNT = re.compile(r"\d[\d,]*(?:\.\d+)?\s*[km]?\+?(?:\s*(?:shares?|views?|likes?|reads?|retweets?))?")
_COMMENTS = re.compile(
    r"comments?\s*\(?\d*|(?:\d[\d,]*|no|one)\s+(?:comments?|responses?|replies|thoughts? on\b.*)"
)
_BRACKETED = re.compile(r"\(([^()\n]{2,80})\)[.\s]*\Z")
_RIGHTS = re.compile(r"\b(?:\d{4}|reserved|policy|terms)\b")
_QUOTING = "\"“”‘’'«»„"

Place = tuple[int, int]


def find_junk(text: str) -> tuple[Junk, ...]:
    """Returns the places in a text that are no article, in text order and without overlap."""
    text = unwrapped(text)
    lines = paragraph_spans(text)
    reasons = [line_reason(text[start:end]) for start, end in lines]
    found = [
        Junk(start=start, end=end, reason=reason)
        for (start, end), reason in zip(lines, reasons, strict=True)
        if reason
    ]
    marks = [index for index, reason in enumerate(reasons) if reason == "comment form"]
    comments = set(comment_places(text, lines, marks))
    found.extend(Junk(start=start, end=end, reason="comment") for start, end in comments)
    prose = [
        place for place, reason in zip(lines, reasons, strict=True) if not reason and place not in comments
    ]
    spam = prose[len(prose) - spam_count(text, prose) :]
    found.extend(Junk(start=start, end=end, reason="spam comment") for start, end in spam)
    found.extend(_bracketed_credits(text, prose))
    return without_overlap(found)


def without_overlap(junk: Iterable[Junk]) -> tuple[Junk, ...]:
    """Returns places in order, those that overlap joined under the first one's reason."""
    joined: list[Junk] = []
    for place in sorted(junk, key=lambda place: (place.start, -place.end, place.reason)):
        if joined and place.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Junk(start=last.start, end=max(last.end, place.end), reason=last.reason)
        elif place.end > place.start:
            joined.append(place)
    return tuple(joined)


def line_reason(line: str) -> str | None:
    """Returns why a whole line is no article, or ``None``; a line that opens a quotation is one."""
    if len(line) > LONGEST_LABEL or line[:1] in _QUOTING:
        return None
    folded = fold(line)
    bare = folded.strip(_MARKS)
    if _COUNT.fullmatch(folded):
        return "counter"
    if _COMMENTS.fullmatch(bare) or _opening("form_opening").match(folded):
        return "comment form"
    for group, reason in WHOLE_LINES:
        if bare in load_lexicon("junk")[group].forms:
            return reason
    return _label_reason(line, folded, bare)


def _label_reason(line: str, folded: str, bare: str) -> str | None:
    """Returns the reason for lines that begin with a label: links, subscriptions, credits, rights."""
    if bare in load_lexicon("junk")["read_more"].forms or _label("read_more").match(folded):
        return "link"
    if _follow().match(folded) or (
        _opening("newsletter").match(folded) and _word("subscription").search(folded)
    ):
        return "newsletter"
    if line.strip(_MARKS) in load_lexicon("junk")["agency_line"].forms:
        return "credit"
    if _opening("wire_credit").match(folded.lstrip("( ")) and _names_only(line):
        return "credit"
    if len(line) <= LONGEST_CREDIT and _label("credit_label").match(folded) and _names_only(line):
        return "credit"
    if _opening("rights").match(folded) and _RIGHTS.search(folded):
        return "rights"
    return None


def _names_only(line: str) -> bool:
    """Does the line name somebody and tell nothing: no word in lower case but a credit's own?"""
    small = load_lexicon("junk")["credit_word"].forms
    words = re.findall(r"[^\W\d_]+", line.split(":", 1)[-1])
    return all(word[0].isupper() or word in small for word in words)


def _bracketed_credits(text: str, lines: Iterable[Place]) -> Iterator[Junk]:
    """Yields the credits in brackets at the ends of captions: ``(File/REUTERS)``."""
    for start, end in lines:
        credit = _BRACKETED.search(text, max(start, end - LONGEST_CREDIT), end)
        if credit and _word("picture_agency").search(credit[1]) and _names_only(credit[1]):
            yield Junk(start=credit.start(), end=credit.end(), reason="credit")


@cache
def _follow() -> re.Pattern[str]:
    networks = any_of(load_lexicon("junk")["network"].forms)
    return re.compile(rf"follow\s+(?:@|.{{2,60}}\son\s+{networks}\b)")


@cache
def _opening(group: str) -> re.Pattern[str]:
    """Returns a pattern for a line's beginning: one of the group's forms as whole words."""
    return re.compile(rf"{any_of(load_lexicon('junk')[group].forms)}(?:(?<!\w)|(?!\w))")


@cache
def _label(group: str) -> re.Pattern[str]:
    """Returns a pattern for a line's beginning: one of the group's forms as a label."""
    return re.compile(rf"{any_of(load_lexicon('junk')[group].forms)}(?:\s*[:|–—-]|\s+by\b)")


@cache
def _word(group: str) -> re.Pattern[str]:
    """Returns a pattern for one of the group's forms anywhere, as whole words."""
    return re.compile(rf"(?<!\w){any_of(load_lexicon('junk')[group].forms)}(?!\w)")
