"""What the shell completes: speakers' names and the ids of what the store holds.

A key press must not wait, and never show an error: the store is read as plain JSON without being
checked, and whatever goes wrong means no completion.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ClaimtrackError

if TYPE_CHECKING:
    from claimtrack.models import Conflict
    from claimtrack.store.judgement_cache import JudgementCache

MOST = 200
"""Candidates offered at once; a shell asks before it lists more, and nobody reads them."""

LISTED = "conflicts listed last"
"""Key under which the cache keeps the ids of the conflicts that were shown last."""

BASH = "complete_bash"
"""What the variable of completion says where bash asks."""

_TROUBLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ClaimtrackError)
"""What a missing, damaged or odd store may raise: a key press is no place for an error."""

_ASKING = "_CLAIMTRACK_COMPLETE"
_PLAIN = re.compile(r"[\w .,'’&()/-]+")
"""Names a shell may be handed: hostile ones, with quotes or a dollar sign, are typed by hand."""

_TO_ESCAPE = re.compile(r"([^\w.,/:@%+=-])")
_MARKUP = str.maketrans("[]", "()")

Candidates = list[str | tuple[str, str]]
Stored = Mapping[str, Iterable[Mapping[str, Any]]]

_TABLES = ("documents", "statements", "speakers", "log")
"""What a store's file has, under these names."""


def speakers(ctx: Any, args: list[str], incomplete: str) -> Candidates:
    """Returns the names of speakers, in any known form, that begin like this, or ids after ``sp-``."""

    def find() -> Iterator[tuple[str, str]]:
        for speaker in _stored(ctx)["speakers"]:
            names = (speaker["name"], *speaker.get("aliases", ()))
            yield speaker["id"], speaker["name"]
            yield from ((name, speaker["name"] if name != names[0] else "") for name in names)

    def wanted() -> Iterator[tuple[str, str]]:
        ids = incomplete.startswith("sp-")
        return ((name, told) for name, told in find() if name.startswith("sp-") == ids)

    return _offered(wanted, incomplete)


def statements(ctx: Any, args: list[str], incomplete: str) -> Candidates:
    """Returns the ids of statements, with who speaks."""
    return _offered(
        lambda: ((s["id"], s.get("speaker") or "speaker unknown") for s in _stored(ctx)["statements"]),
        incomplete,
    )


def sources(ctx: Any, args: list[str], incomplete: str) -> Candidates:
    """Returns the ids of articles, with their headlines."""
    return _offered(
        lambda: ((d["id"], d.get("title") or d.get("path") or "") for d in _stored(ctx)["documents"]),
        incomplete,
    )


def conflicts(ctx: Any, args: list[str], incomplete: str) -> Candidates:
    """Returns the ids of the conflicts that were listed last, with whose they are, and of reviewed ones."""
    return _offered(lambda: _conflict_ids(ctx), incomplete)


def items(ctx: Any, args: list[str], incomplete: str) -> Candidates:
    """Returns the ids that begin like this; where no kind of id has been typed, names of speakers."""
    of_kind = {"st-": statements, "cf-": conflicts, "doc-": sources}
    kind = incomplete[: incomplete.find("-") + 1]
    return of_kind.get(kind, speakers)(ctx, args, incomplete)


def remember(judgements: "JudgementCache", shown: "Iterable[Conflict]") -> None:
    """Keeps the ids of conflicts that are shown, so that a shell can complete them without comparing."""
    told = json.dumps([[conflict.id, conflict.speaker] for conflict in shown])
    if judgements.get(LISTED) != told:
        judgements.put(LISTED, told)


def _offered(find: Callable[[], Iterable[tuple[str, str]]], incomplete: str) -> Candidates:
    """Returns what begins as typed, case aside, each once; nothing where anything goes wrong.

    What was typed stays as it was typed: shells drop candidates that begin otherwise.
    """
    found: dict[str, str] = {}
    with suppress(*_TROUBLE):
        for value, told in find():
            if value.casefold().startswith(incomplete.casefold()) and _PLAIN.fullmatch(value):
                found.setdefault(incomplete + value[len(incomplete) :], _clean(told))
                if len(found) == MOST:
                    break
    return [(value, told) if told else value for value, told in sorted(found.items())]


def _clean(told: str) -> str:
    """Returns an explanation in one line, without what typer would take for markup."""
    from claimtrack.notes.phrases import one_line

    return one_line(told).translate(_MARKUP)[:60]


def _store_name(ctx: Any) -> str:
    """Returns the store that the line being typed would work on."""
    from claimtrack.cli.configuration import read_configuration, store_name

    named = None
    while ctx is not None and named is None:
        named = (ctx.params or {}).get("store")
        ctx = ctx.parent
    return store_name(named, read_configuration(Path.cwd()))


def _stored(ctx: Any) -> Stored:
    """Returns what the store's file says, unchecked."""
    from claimtrack.store.access import is_address, is_database

    name = _store_name(ctx)
    if is_address(name):
        from claimtrack.store import postgres_store

        return {key: postgres_store.plain_values(name, key) for key in _TABLES}
    if is_database(Path(name)):
        from claimtrack.store import sqlite_file

        return {key: sqlite_file.plain_values(Path(name), key) for key in _TABLES}
    found = json.loads(Path(name).read_bytes())
    return {key: found.get(key, []) for key in _TABLES}


def _conflict_ids(ctx: Any) -> Iterator[tuple[str, str]]:
    """Yields the ids in the cache, then those that somebody has reviewed."""
    import sqlite3

    from claimtrack.store.access import place_of

    cache = place_of(_store_name(ctx)).beside("cache").absolute()
    with suppress(sqlite3.Error, ValueError, TypeError):
        connection = sqlite3.connect(f"{cache.as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            row = connection.execute("SELECT value FROM judgements WHERE key = ?", (LISTED,)).fetchone()
        finally:
            connection.close()
        yield from ((str(name), str(speaker)) for name, speaker in json.loads(row[0] if row else "[]"))
    for entry in _stored(ctx)["log"]:
        if entry["action"] == "review":
            yield entry["subject"], f"{(entry.get('value') or {}).get('status') or 'reviewed'}"


def bash_asks() -> bool:
    """Does bash want to know how a line goes on?"""
    return os.environ.get(_ASKING) == BASH


def quoted_for_bash(candidates: str) -> str:
    """Returns the candidates, one a line, as they stand on a command line of bash.

    Bash puts them there as they are, so a space has to be escaped, unless the word began with a quotation
    mark, which bash closes itself.
    """
    words = os.environ.get("COMP_WORDS", "").split("\n")
    with suppress(ValueError, IndexError):
        if words[int(os.environ.get("COMP_CWORD", ""))][:1] in ('"', "'"):
            return candidates
    return "\n".join(_TO_ESCAPE.sub(r"\\\1", line) for line in candidates.split("\n"))
