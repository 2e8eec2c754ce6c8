"""Small builders of values, so that a test says only what it is about."""

import hashlib
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from postgres_server import Server, find_programs

from claimtrack.models import Conflict, ConflictKind, Document, Kind, Signal, SignalType, Span, Statement

settings.register_profile(
    "claimtrack", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("claimtrack")

for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TTY_COMPATIBLE"):
    os.environ.pop(name, None)  # of these rich and typer make how wide and how colourful they are
for name in [name for name in os.environ if name.startswith(("CLAIMTRACK", "PG"))]:
    del os.environ[name]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # of a shell's background job, and of all it starts
    signal.signal(signal.SIGINT, signal.default_int_handler)

SHARED = "/tmp" if os.access("/tmp", os.W_OK | os.X_OK) else None
"""Where folders go that other users are to reach, or whose names must be short; None is the usual place."""


def make_document(text: str, path: str | None = "articles/one.txt", **given: Any) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=Document.make_id(digest, path or "-"), path=path, sha256=digest, text=text, **given)


def find_span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span.cut(document.text, start, start + len(words))


def make_statement(document: Document, *pieces: str, **given: Any) -> Statement:
    content = tuple(find_span(document, piece) for piece in pieces)
    given = {"kind": Kind.INDIRECT, "confidence": 0.9, "speaker": "Ada Lomax", "speaker_id": "sp-1", **given}
    return Statement(
        id=Statement.make_id(document.id, content), document_id=document.id, content=content, **given
    )


def make_conflict(first: Statement, second: Statement, a: Span, b: Span, **given: Any) -> Conflict:
    signal = Signal(type=SignalType.ANTONYM, detail=f"{a.text} / {b.text}", a=a, b=b)
    given = {
        "score": 0.91,
        "kind": ConflictKind.CONTRADICTION,
        "same_document": first.document_id == second.document_id,
        "days_apart": None,
        "independent_sources": 1,
        **given,
    }
    return Conflict(
        id=Conflict.make_id(first.id, second.id),
        speaker=first.speaker or "",
        signals=(signal,),
        a=first,
        b=second,
        **given,
    )


BRIDGE = "Ada Lomax said the bridge was open.\n“The bridge is closed,” Lomax said on Monday."


@pytest.fixture
def bridge() -> tuple[Conflict, dict[str, Document]]:
    """A conflict within one article, an indirect statement against a direct one."""
    document = make_document(
        BRIDGE, title="Bridge opens", publisher="The Harbour Gazette", published="2024-03-12"
    )
    first = make_statement(document, "the bridge was open", cue=find_span(document, "said"))
    second = make_statement(
        document,
        "“The bridge is closed,”",
        kind=Kind.DIRECT,
        said_on="2024-03-11",
        said_on_basis="weekday before publication",
        mention=find_span(document, "Lomax"),
    )
    conflict = make_conflict(first, second, find_span(document, "open"), find_span(document, "closed"))
    return conflict, {document.id: document}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server; its folder's name is short, as a socket's must be."""
    pytest.importorskip("psycopg")
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="pg", dir=SHARED) as folder:
        home = Path(folder) / "server"
        home.mkdir()
        Path(folder).chmod(0o755)
        server = Server(programs, home)
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture
def database(postgres_server: Server) -> str:
    """The address of an empty PostgreSQL database."""
    return postgres_server.new_database()
