"""Statements, conflicts and judgements as records for programs: JSON, JSON Lines and CSV.

Key names and their order are part of the contract with other programs: change by addition only.
Offsets are code points into the document's text, end exclusive.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimtrack.models import Conflict, Document, Judgement, Place, Review, Signal, Span, Speaker, Statement
from claimtrack.notes.phrases import line_number, one_line, page_number, reason, standing, visible
from claimtrack.text import context_span

Record = dict[str, Any]

_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
"""First characters that make a spreadsheet compute a cell (OWASP, "CSV injection")."""

_CUT_FORMULA = re.compile("(?<=[;\t\n])(?=[=+@＝＋－＠-])")
"""Where one begins inside a text, for a spreadsheet that cuts at semicolons: quoting does not help there."""

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Steering characters that JSON allows bare; as escapes they mean the same and harm no terminal."""


def statement_record(statement: Statement, document: Document) -> Record:
    """Returns one statement with its article and the paragraph around it."""
    start, end = context_span(document.text, statement.content[0].start, statement.content[-1].end)
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "speaker_id": statement.speaker_id,
        "mention": _words(statement.mention),
        "cue": _words(statement.cue),
        "content": [{"start": s.start, "end": s.end, "text": s.text} for s in statement.content],
        "text": statement.text,
        "kind": statement.kind.value,
        "polarity": statement.polarity.value,
        "modality": statement.modality.value,
        "reported_by": list(statement.reported_by),
        "via": list(statement.via),
        "said_on": statement.said_on,
        "said_on_basis": statement.said_on_basis,
        "document": document_record(document),
        "context": {"text": document.text[start:end], "start": start, "end": end},
        "confidence": statement.confidence,
        "status": standing(statement, document),
        "page": page_number(document, statement.content[0]),
        "also_in": [_place_record(place) for place in statement.also_in],
    }


def _place_record(place: Place) -> Record:
    return {
        "id": place.statement_id,
        "document": place.document_id,
        "path": place.path,
        "url": place.url,
        "publisher": place.publisher,
        "published": place.published,
        "start": place.content[0].start,
        "end": place.content[-1].end,
        "content": [_place(span) for span in place.content],
    }


def _words(span: Span | None) -> Record | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def document_record(document: Document) -> Record:
    """Returns where an article comes from, and what its text and bytes are known by."""
    return {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "sha256": document.sha256,
        "modified": document.modified,
        "retrieved_at": document.retrieved_at,
        "archive_url": document.archive_url,
        "raw_sha256": document.raw_sha256,
        "retracted": document.retracted,
    }


def conflict_record(conflict: Conflict, documents: Mapping[str, Document]) -> Record:
    """Returns one possible conflict, both statements in full."""
    return {
        "id": conflict.id,
        "speaker": conflict.speaker,
        "score": conflict.score,
        "kind": conflict.kind.value,
        "signals": _signals(conflict.signals),
        "a": statement_record(conflict.a, documents[conflict.a.document_id]),
        "b": statement_record(conflict.b, documents[conflict.b.document_id]),
        "also": list(conflict.also),
        "same_document": conflict.same_document,
        "days_apart": conflict.days_apart,
        "independent_sources": conflict.independent_sources,
        "review": _review(conflict.review),
    }


def _signals(signals: Sequence[Signal]) -> list[Record]:
    return [
        {"type": signal.type.value, "detail": signal.detail, "a": _place(signal.a), "b": _place(signal.b)}
        for signal in signals
    ]


def _place(span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": span.text}


def _review(review: Review) -> Record:
    """Returns a review without what is not known; ``disputed`` only stands where it is so."""
    record = review.model_dump(mode="json", exclude_none=True, exclude={"others"})
    if review.others:
        record["others"] = [_review(other) for other in review.others]
    return {**record, "disputed": True} if review.is_disputed else record


def judgement_record(pair_id: str | int | None, judgement: Judgement) -> Record:
    """Returns what the comparer says of one pair; ``pair_id`` is the caller's own."""
    return {
        "id": pair_id,
        "label": judgement.label.value,
        "kind": judgement.kind.value if judgement.kind else None,
        "score": judgement.score,
        "signals": _signals(judgement.signals),
    }


def speaker_record(speaker: Speaker, statements: Sequence[Statement]) -> Record:
    """Returns one speaker with the number of his statements and of the articles they stand in."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "aliases": list(speaker.aliases),
        "offices": list(speaker.offices),
        "statement_count": len(statements),
        "document_count": len({statement.document_id for statement in statements}),
    }


def source_record(document: Document, statement_count: int) -> Record:
    """Returns one article without its text: where it comes from and what has become of it."""
    return {
        **document_record(document),
        "author": document.author,
        "published_basis": document.published_basis,
        "language": document.language,
        "analysed": document.analysed,
        "copy_of": document.copy_of,
        "lifted": [passage.model_dump() for passage in document.lifted],
        "superseded_by": document.superseded_by,
        "removed": document.removed,
        "as_read": dict(document.as_read),
        "statement_count": statement_count,
    }


def statement_row(record: Record) -> Record:
    """Returns a statement's record as one flat row; ``start`` and ``end`` enclose all its pieces."""
    source, content = record["document"], record["content"]
    return {
        "id": record["id"],
        "speaker": record["speaker"],
        "mention": (record["mention"] or {}).get("text"),
        "cue": (record["cue"] or {}).get("text"),
        "text": record["text"],
        "kind": record["kind"],
        "polarity": record["polarity"],
        "modality": record["modality"],
        "reported_by": "; ".join(record["reported_by"]),
        "via": "; ".join(record["via"]),
        "said_on": record["said_on"],
        "said_on_basis": record["said_on_basis"],
        "title": source["title"],
        "publisher": source["publisher"],
        "published": source["published"],
        "path": source["path"],
        "url": source["url"],
        "start": content[0]["start"],
        "end": content[-1]["end"],
        "context": record["context"]["text"],
        "confidence": record["confidence"],
        "status": record["status"],
        "speaker_id": record["speaker_id"],
        "document_id": source["id"],
        "sha256": source["sha256"],
        "page": record["page"],
        "modified": source["modified"],
        "retrieved_at": source["retrieved_at"],
        "archive_url": source["archive_url"],
        "raw_sha256": source["raw_sha256"],
        "retracted": source["retracted"],
        "also_in": "; ".join(place["url"] or place["path"] or "-" for place in record["also_in"]),
        "places": " ".join(f"{piece['start']}-{piece['end']}" for piece in content),
    }


_SHARED = frozenset({"speaker", "speaker_id"})
"""Columns that are the same on both sides of a conflict."""


def conflict_row(conflict: Conflict, documents: Mapping[str, Document]) -> Record:
    """Returns a conflict as one flat row; both sides are spelled out, as ``a_…`` and ``b_…``."""
    sides: Record = {}
    for side, statement in (("a", conflict.a), ("b", conflict.b)):
        document = documents[statement.document_id]
        row = statement_row(statement_record(statement, document))
        sides |= {f"{side}_{key}": value for key, value in row.items() if key not in _SHARED}
        sides[f"{side}_line"] = line_number(document, statement.content[0])
    return {
        "id": conflict.id,
        "speaker": conflict.speaker,
        "speaker_id": conflict.a.speaker_id,
        "review": conflict.review.status.value,
        "score": conflict.score,
        "kind": conflict.kind.value,
        "reason": reason(conflict.signals),
        **sides,
        "also": "; ".join(conflict.also),
        "same_document": conflict.same_document,
        "days_apart": conflict.days_apart,
        "independent_sources": conflict.independent_sources,
        "reviewed_by": conflict.review.by,
        "reviewed_at": conflict.review.at,
        "review_note": conflict.review.note,
        "disputed": conflict.review.is_disputed,
        "contacted": conflict.review.contacted,
        "response": conflict.review.response,
        "review_was": conflict.review.was.value if conflict.review.was else None,
        "review_why": conflict.review.why,
        "other_reviews": "; ".join(_told(other) for other in conflict.review.others),
    }


def _told(review: Review) -> str:
    """Returns another reviewer's decision and note in one line."""
    decided = review.decision.value if review.decision else "no decision"
    note = f": {one_line(review.note)}" if review.note else ""
    return f"{one_line(review.by or 'nobody')} {decided}{note}"


def flat_row(record: Record) -> Record:
    """Returns a record as one flat row: lists joined, records inside as JSON."""
    return {key: _flat(value) for key, value in record.items()}


def _flat(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def json_text(value: Record | Sequence[Record]) -> str:
    """Returns indented JSON with a line feed at the end; a list of records becomes an array."""
    return escape_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def jsonl_text(records: Iterable[Record]) -> str:
    """Returns one JSON object a line; no records, no lines."""
    return "".join(escape_json(json.dumps(record, ensure_ascii=False)) + "\n" for record in records)


def escape_json(encoded: str) -> str:
    """Returns JSON with every character escaped that could steer a terminal."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", encoded)


def csv_text(rows: Sequence[Record]) -> str:
    """Returns CSV with a head line that a spreadsheet can open without computing a cell.

    A text that could be read as a formula gets an apostrophe in front; characters that steer a
    terminal are replaced. The words as they are stand in the JSON forms.
    """
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def cell(value: Any) -> Any:
    """Returns a value as CSV may hold it: a text that computes nothing and steers no terminal."""
    if not isinstance(value, str):
        return value
    return ("'" if value[:1] in _FORMULA else "") + _CUT_FORMULA.sub("'", visible(value))
