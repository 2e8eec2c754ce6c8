"""Runs the rooms in order: the verbs that the terminal calls."""

from claimtrack.pipeline.decisions import correct, undo_last
from claimtrack.pipeline.ingestion import ExtractedArticle, IngestReport, extract, ingest
from claimtrack.pipeline.lookup import StoreStatus, find_item, status
from claimtrack.pipeline.names import find_speaker
from claimtrack.pipeline.queries import (
    ConflictQuery,
    ConflictReport,
    StatementQuery,
    find_conflicts,
    find_statements,
)
from claimtrack.pipeline.settling import settle

__all__ = [
    "ConflictQuery",
    "ConflictReport",
    "ExtractedArticle",
    "IngestReport",
    "StatementQuery",
    "StoreStatus",
    "correct",
    "extract",
    "find_conflicts",
    "find_item",
    "find_speaker",
    "find_statements",
    "ingest",
    "settle",
    "status",
    "undo_last",
]
