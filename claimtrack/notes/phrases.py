"""How a quotation, its article, its dates and its doubts are told in words, on paper and on screen.

Every function returns plain text for one line: without markup, and without a character that could
steer a terminal. What is shown of an article are its own words; nothing is paraphrased.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from claimtrack.models import (
    JOINER,
    Conflict,
    Document,
    Judgement,
    Kind,
    Review,
    ReviewStatus,
    Signal,
    Span,
    Statement,
)

UNREADABLE = "\ufffd"
"""Stands for a character that a reader must not be served: same length, so that offsets still fit."""

RETRACTED = "RETRACTED"
"""Stands beside an article that its outlet has withdrawn, so that nobody overlooks it."""

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 (without tab and line feed), DEL and C1: escape sequences
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    "\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"  # unseen, or no characters
)

_QUOTATION_MARKS = frozenset("\"'“”„«»‘’‚‹›「」")

_LINES = (".txt", ".text", ".md", ".markdown")
"""Forms whose text is the file itself, so that line numbers fit it."""

_EXTRACTED = (".html", ".htm", ".xhtml")
"""Forms whose text is taken out of a layout, where an older claimtrack kept no digest of the bytes."""


def visible(text: str) -> str:
    """Returns the text with every character that could steer a terminal replaced, at equal length."""
    return _STEERING.sub(lambda match: " " if match[0] == "\r" else UNREADABLE, text)


def one_line(text: str) -> str:
    """Returns the text made visible, white space single."""
    return " ".join(visible(text).split())


def verbatim(statement: Statement) -> str:
    """Returns the statement's words; only direct speech stands in quotation marks.

    Marks are added where the article has none, as in a transcript ("HASAN: …") or where a
    quotation goes on over several paragraphs. White space is replaced one to one.
    """
    text = re.sub(r"\s", " ", visible(statement.text))
    return f"“{text}”" if _lacks_marks(statement) else text


def _lacks_marks(statement: Statement) -> bool:
    return statement.kind is Kind.DIRECT and statement.text[:1] not in _QUOTATION_MARKS


def manner(statement: Statement) -> str:
    """Returns how the words reach us: direct, partly direct or in the article's own words."""
    if statement.kind is Kind.DIRECT:
        return "direct quotation"
    return "partly quoted" if statement.kind is Kind.MIXED else "indirect, the article's words"


def attribution(statement: Statement) -> str:
    """Returns who speaks, by whose report and by way of which outlet, with the article's own cue."""
    parts = [one_line(statement.speaker or _unresolved(statement))]
    if statement.reported_by:
        parts.append("as reported by " + ", then ".join(map(one_line, statement.reported_by)))
    if statement.via:
        parts.append("by way of " + ", ".join(map(one_line, statement.via)))
    return ", ".join(parts)


def _unresolved(statement: Statement) -> str:
    if statement.mention is None:
        return "speaker unknown"
    return f"speaker unresolved (“{statement.mention.text}”)"


def cue_words(statement: Statement) -> str:
    """Returns the words that attribute, as the article has them; empty where there are none."""
    return f"cue “{one_line(statement.cue.text)}”" if statement.cue else ""


def date_said(statement: Statement) -> str:
    """Returns when the words were said and how that is known; never a silent guess."""
    if statement.said_on is None:
        return "date said unknown"
    return f"said {statement.said_on} ({one_line(statement.said_on_basis or 'basis unknown')})"


def headline(document: Document) -> str:
    """Returns the article's title, or what can be said in its stead."""
    return one_line(document.title) if document.title else "no title"


def outlet(document: Document) -> str:
    """Returns the outlet and the date of publication, each with "unknown" where it is.

    Where they are known: the date of the last change, and that the article was retracted.
    """
    facts = [
        one_line(document.publisher) if document.publisher else "outlet unknown",
        f"published {document.published}" if document.published else "publication date unknown",
    ]
    if document.modified and document.modified != document.published:
        facts.append(f"modified {document.modified}")
    if document.retracted:
        facts.append(RETRACTED)
    return ", ".join(facts)


def file_place(document: Document, span: Span) -> str:
    """Returns ``path:line`` for a text file, else the place with the number of the page or paragraph."""
    place = one_line(document.path or document.place)
    place = "standard input" + place[1:] if place.partition("#")[0] == "-" else place
    page = page_number(document, span)
    if page is not None:
        return f"{place}, page {page}"
    if _has_lines(document):
        return f"{place}:{line_number(document, span)}"
    lines = document.text[: span.start].split("\n")
    return f"{place}, paragraph {sum(1 for line in lines[:-1] if line.strip()) + 1}"


def _has_lines(document: Document) -> bool:
    """Is the stored text what a person sees who opens the file?"""
    path = (document.path or "").lower()
    if not path or path.endswith(_LINES):
        return bool(path)
    if document.raw_sha256 is None:
        return not path.endswith(_EXTRACTED)
    return document.raw_sha256 == document.sha256


def page_number(document: Document, span: Span) -> int | None:
    """Returns the printed page on which the span begins, counted from 1; None where there are no pages."""
    return bisect_right(document.pages, span.start) or None


def origin(document: Document) -> list[str]:
    """Returns how the article can be known and found again, a fact each: digests, when it was retrieved."""
    facts = [f"article {document.id}", f"SHA-256 {document.sha256}"]
    if document.raw_sha256 and document.raw_sha256 != document.sha256:
        facts.append(f"of the bytes {document.raw_sha256}")
    if document.retrieved_at:
        facts.append(f"retrieved {one_line(document.retrieved_at)}")
    return facts


def line_number(document: Document, span: Span) -> int:
    """Returns the line of the document's text in which the span begins, counted from 1."""
    return document.text.count("\n", 0, span.start) + 1


def characters(spans: Sequence[Span]) -> str:
    """Returns the places of the spans as code points counted from 0, end exclusive."""
    return "characters " + ", ".join(f"{span.start}–{span.end}" for span in spans)


def standing(statement: Statement, document: Document) -> str:
    """Returns ``current``, ``rejected`` by a person, or ``gone`` with its article's older version."""
    if statement.rejected:
        return "rejected"
    return "gone" if document.superseded_by or document.removed else "current"


def verdict(review: Review) -> str:
    """Returns what people have decided so far; what a machine found stays a possible conflict."""
    others = [_decided(other) for other in review.others if other.decision]
    also = f"; {'disputed' if review.is_disputed else 'also'}: {', '.join(others)}" if others else ""
    if review.status is ReviewStatus.STALE:
        before = f"{_decided(review)} before" if review.was else "unreviewed"
        return f"possible conflict, stale ({one_line(review.why or 'reason unknown')}), {before}{also}"
    return f"possible conflict, {_decided(review) if review.decision else 'unreviewed'}{also}"


def _decided(review: Review) -> str:
    """Returns one person's decision; of an article that has changed since, what it was."""
    by = f" by {one_line(review.by)}" if review.by else ""
    at = f" on {review.at[:10]}" if review.at else ""
    return f"{review.decision}{by}{at}"


def review_notes(review: Review) -> list[str]:
    """Returns what else is written about a conflict: others' notes, and the speaker's right of reply."""
    lines = [f"note by {one_line(r.by or 'nobody')}: {one_line(r.note)}" for r in review.others if r.note]
    if review.contacted or review.response:
        asked = f"speaker contacted on {review.contacted}" if review.contacted else "speaker contacted"
        said = one_line(review.response) if review.response else "none recorded"
        lines.append(f"{asked}; response: {said}")
    return lines


def reason(signals: Sequence[Signal]) -> str:
    """Returns why the pair is shown, in one line: what is opposed, and the kind of opposition."""
    if not signals:
        return "no single words are opposed"
    return "; ".join(f"{one_line(signal.detail)} ({signal.type.value})" for signal in signals)


def judged(judgement: Judgement) -> str:
    """Returns the label, the kind where it says more, and the score."""
    same = judgement.kind is None or judgement.kind.value == judgement.label.value
    kind = "" if same else f" ({judgement.kind})"
    return f"{judgement.label.value}{kind}, score {judgement.score:.2f}"


def remarks(conflict: Conflict, documents: Mapping[str, Document]) -> list[str]:
    """Returns what a reader must know before using the pair: time, sources, copies, versions."""
    found = []
    if conflict.same_document:
        found.append("both statements stand in one article")
    if conflict.days_apart:
        found.append(f"{conflict.days_apart} {'day' if conflict.days_apart == 1 else 'days'} apart")
    if conflict.independent_sources == 1:
        found.append("one independent source")
    else:
        found.append(f"{conflict.independent_sources} independent sources")
    for name, statement in (("A", conflict.a), ("B", conflict.b)):
        if standing(statement, documents[statement.document_id]) != "current":
            found.append(f"{name} is {standing(statement, documents[statement.document_id])}")
        if statement.also_in:
            found.append(f"{name} stands in {elsewhere(statement)} too")
    if conflict.also:
        found.append(f"restated by {len(conflict.also)} more: {', '.join(conflict.also)}")
    return found


def elsewhere(statement: Statement) -> str:
    """Returns the other places of the same utterance, each article once."""
    places = dict.fromkeys(one_line(place.url or place.path or "-") for place in statement.also_in)
    return ", ".join(places)


def opposed_words(statement: Statement, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Returns where the spans of signals lie in ``verbatim(statement)``, sorted and without overlap."""
    places = []
    at = 1 if _lacks_marks(statement) else 0
    for piece in statement.content:
        for span in spans:
            left, right = max(span.start, piece.start), min(span.end, piece.end)
            if left < right:
                places.append((at + left - piece.start, at + right - piece.start))
        at += len(piece.text) + len(JOINER)
    return joined(places)


def joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the ranges sorted, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for left, right in sorted(places):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged
