"""Pairs of texts to judge, from the command line or from a file of JSON Lines."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import InputError

if TYPE_CHECKING:
    from claimtrack.models import ClaimText, Judgement

SIDE_KEYS = ("text", "cue", "date", "publisher", "context")


@dataclass(frozen=True)
class Pair:
    """Two texts to judge; ``id`` is the caller's own, ``label`` what people see in its stead."""

    id: str | int | None
    label: str
    a: "ClaimText"
    b: "ClaimText"


@dataclass(frozen=True)
class JudgedPair(Pair):
    """A pair with what the comparer says of it."""

    judgement: "Judgement"


def typed_pair(a: str, b: str) -> Pair:
    """Returns the pair of two sentences typed as arguments."""
    from claimtrack.models import ClaimText

    return Pair(None, "A and B", ClaimText(text=a), ClaimText(text=b))


def read_pairs(name: str) -> Iterator[Pair | InputError]:
    """Yields the file's pairs in order, or what is wrong with a line; blank lines are left out."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot read {name}: {error.strerror}", "Name a file of JSON Lines, or -."
        ) from error
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                yield _parse_pair(line, number)
            except ValueError as error:
                yield InputError(f"{name}, line {number}: {error}", "Correct the line.")


def _parse_pair(line: bytes, number: int) -> Pair:
    """Returns the pair in a line; raises ValueError in words for a person."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"no UTF-8 at byte {error.start}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"no JSON ({error})") from error
    if not isinstance(record, dict):
        raise ValueError('no JSON object with "a" and "b"')
    pair_id = record.get("id", number)
    if not isinstance(pair_id, str | int):
        raise ValueError('"id" is neither a text nor a number')
    return Pair(pair_id, str(pair_id), _parse_side(record, "a"), _parse_side(record, "b"))


def _parse_side(record: dict[str, Any], name: str) -> "ClaimText":
    from claimtrack.models import ClaimText

    if name not in record:
        raise ValueError(f'there is no "{name}"')
    side = record[name]
    if isinstance(side, str):
        return ClaimText(text=side)
    if not isinstance(side, dict) or not isinstance(side.get("text"), str):
        raise ValueError(f'"{name}" is neither a text nor an object with "text"')
    known = {key: side[key] for key in SIDE_KEYS if side.get(key) is not None}
    wrong = next((key for key, value in known.items() if not isinstance(value, str)), None)
    if wrong:
        raise ValueError(f'"{wrong}" of "{name}" is no text')
    return ClaimText(**known)
