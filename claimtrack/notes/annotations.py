"""Possible conflicts as W3C Web Annotations: what the machine found, and what people decided about it.

The machine's annotation never changes by a decision: every reviewer's is an annotation of its own that
targets it. Only that nobody has decided yet is no longer said of it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from claimtrack import __version__
from claimtrack.models import Conflict, Document, Review, ReviewStatus, Statement, digest_id
from claimtrack.notes.nodes import (
    ANNOTATION_CONTEXT,
    SCHEMA_ORG_CONTEXT,
    Assessment,
    Context,
    Lead,
    Node,
    Reviewer,
    Software,
    TextualBody,
)
from claimtrack.notes.phrases import reason
from claimtrack.notes.quotations import PartyTypes, claim_review, quotation
from claimtrack.notes.selectors import targets_of, timestamp, urn
from claimtrack.notes.tables import escape_json

Documents = Mapping[str, Document]


def conflict_graph(conflicts: Iterable[Conflict], documents: Documents, types: PartyTypes) -> Iterator[str]:
    """Yields a JSON-LD document of conflicts piece by piece: leads, decisions, and what they quote."""
    return _graph(ANNOTATION_CONTEXT, _conflict_nodes(conflicts, documents, types))


def statement_graph(
    statements: Iterable[Statement], documents: Documents, types: PartyTypes
) -> Iterator[str]:
    """Yields a JSON-LD document of statements piece by piece."""
    nodes = (quotation(statement, documents[statement.document_id], types) for statement in statements)
    return _graph(SCHEMA_ORG_CONTEXT, nodes)


def _graph(context: Context, nodes: Iterable[Node]) -> Iterator[str]:
    """Yields the document with a node a line, so that it need not be held whole."""
    yield f'{{"@context": {_encode(context)},\n"@graph": ['
    for number, node in enumerate(nodes):
        yield (",\n" if number else "\n") + _encode(node.record())
    yield "\n]}\n"


def _encode(value: object) -> str:
    return escape_json(json.dumps(value, ensure_ascii=False))


def _conflict_nodes(conflicts: Iterable[Conflict], documents: Documents, types: PartyTypes) -> Iterator[Node]:
    told: set[str] = set()
    for conflict in conflicts:
        yield lead(conflict, documents)
        yield from assessments(conflict)
        review = claim_review(conflict, documents, types)
        if review is not None:
            yield review
        for side in (conflict.a, conflict.b):
            if side.id not in told:
                told.add(side.id)
                yield quotation(side, documents[side.document_id], types, within_annotations=True)


def lead(conflict: Conflict, documents: Documents) -> Lead:
    """Returns what the machine found: both statements in place, and why they are set side by side."""
    why, review = reason(conflict.signals), conflict.review
    a, b = (documents[side.document_id] for side in (conflict.a, conflict.b))
    is_open = review.decision is None and not any(other.decision for other in review.others)
    return Lead(
        id=urn(conflict.id),
        generator=Software(name=f"claimtrack {__version__}"),
        body=TextualBody(
            purpose="describing", language="en", value=f"Possible conflict ({conflict.kind.value}): {why}"
        ),
        ct_kind=conflict.kind,
        ct_score=conflict.score,
        ct_reason=why,
        ct_human_status=ReviewStatus.UNREVIEWED if is_open else None,
        ct_stale=review.why,
        ct_same_document=conflict.same_document,
        ct_days_apart=conflict.days_apart,
        ct_origins=conflict.independent_sources,
        target=(*targets_of(conflict.a, a, "a"), *targets_of(conflict.b, b, "b")),
    )


def assessments(conflict: Conflict) -> Iterator[Assessment]:
    """Yields what every named reviewer decided, noted or asked the speaker, the latest first."""
    for review in (conflict.review, *conflict.review.others):
        name = (review.by or "").strip()
        if name and (review.decision or review.note or review.contacted or review.response):
            yield _assessment(conflict, review, name)


def _assessment(conflict: Conflict, review: Review, name: str) -> Assessment:
    decision = review.decision
    body = [TextualBody(purpose="commenting", value=review.note)] if review.note else []
    if decision:
        body.insert(0, TextualBody(purpose="assessing", language="en", value=decision.value))
    return Assessment(
        id=urn(digest_id("as", conflict.id, name, review.at or "")),
        motivation="assessing" if decision else "commenting",
        creator=Reviewer(name=name),
        created=timestamp(review.at),
        body=tuple(body) or None,
        ct_human_status=decision,
        ct_contacted=review.contacted,
        ct_response=review.response,
        target=urn(conflict.id),
    )
