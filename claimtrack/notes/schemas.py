"""JSON Schema (draft 2020-12) of every record that claimtrack prints or stores."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from claimtrack.models import Value
from claimtrack.notes.nodes import ConflictGraph, Node, StatementGraph
from claimtrack.notes.rows import ConflictRow, StatementRow
from claimtrack.notes.shapes import (
    ArticleRecord,
    ConflictRecord,
    PairRecord,
    ReviewLine,
    SpeakerRecord,
    StatementRecord,
    StatusRecord,
    StoreFile,
    SuggestionRecord,
    TimelineRecord,
    VerifiedRecord,
)

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

RECORDS: dict[str, type[Value]] = {
    "statement": StatementRecord,
    "conflict": ConflictRecord,
    "pair": PairRecord,
    "speaker": SpeakerRecord,
    "article": ArticleRecord,
    "verified": VerifiedRecord,
    "review": ReviewLine,
    "timeline": TimelineRecord,
    "suggestion": SuggestionRecord,
    "status": StatusRecord,
    "store": StoreFile,
    "statement-row": StatementRow,
    "conflict-row": ConflictRow,
    "statement-graph": StatementGraph,
    "conflict-graph": ConflictGraph,
}
"""Every record by the name that ``claimtrack schema`` knows it by."""


class _Schema(GenerateJsonSchema):
    """Schemas without titles that only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Returns that no field gets a title."""
        return False


class _NodeSchema(_Schema):
    """Schemas of nodes as they are written: what is not known is left out, never null."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Returns a field's schema; ``None`` as its default is no value that is written."""
        written = super().default_schema(schema)
        written.pop("default", None)
        kinds = [kind for kind in written.get("anyOf", ()) if kind != {"type": "null"}]
        return kinds[0] if len(kinds) == 1 else written

    def field_is_required(self, field: Any, total: bool) -> bool:
        """Returns whether a key is always there: a ``type`` is, though nobody need name it."""
        inner = field["schema"]
        return inner["type"] != "default" or inner.get("default") is not None


def record_schema(name: str) -> Schema:
    """Returns the schema of one record; ``name`` is a key of ``RECORDS``."""
    return {"$schema": DRAFT, **_schema(RECORDS[name])}


def _schema(record: type[Value]) -> Schema:
    """Returns what a record looks like as it is written, which for JSON-LD is under its terms' names."""
    if issubclass(record, Node):
        return record.model_json_schema(mode="serialization", schema_generator=_NodeSchema)
    return record.model_json_schema(schema_generator=_Schema)


def all_schemas() -> Schema:
    """Returns one schema that holds those of all records as ``$defs``; it fits what any of them fits.

    Each has an ``$id``, so that the references inside it stay its own.
    """
    return {
        "$schema": DRAFT,
        "title": "claimtrack",
        "anyOf": [{"$ref": f"urn:claimtrack:schema:{name}"} for name in RECORDS],
        "$defs": {
            name: {"$id": f"urn:claimtrack:schema:{name}", **_schema(RECORDS[name])} for name in RECORDS
        },
    }
