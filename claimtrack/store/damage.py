"""What is wrong with a store file, where, and how to go on; the file itself is never touched."""

import json
import re
from pathlib import Path

from pydantic import ValidationError

from claimtrack.errors import StoreError

_HOW = "The file was left as it is. Correct the place, or restore the previous file."

_WORDS = {
    "extra_forbidden": "unknown key {key!r}",
    "missing": "the key {key!r} is missing",
}


def describe_damage(path: Path, raw: bytes, error: ValidationError, schema: str) -> StoreError:
    """Returns the error to raise for a store file that does not fit ``schema``."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        if not raw.strip():
            return StoreError(f"cannot read the store {path}: the file is empty", _HOW)
        return StoreError(f"cannot read the store {path}: {_json_fault(first['msg'])}", _HOW)
    text = raw.decode("utf-8", "replace")
    found = _schema_of(text)
    if found != schema:
        return _other_schema(path, found, schema)
    key = str(first["loc"][-1]) if first["loc"] else ""
    what = _WORDS.get(first["type"], "{key!r}: " + first["msg"]).format(key=key)
    return StoreError(f"cannot read the store {path}: line {line_of(text, first['loc'])}, {what}", _HOW)


def _json_fault(message: str) -> str:
    """Returns the parser's message with the line first: ``line 3, column 7: expected …``."""
    match = re.search(r"^(?:Invalid JSON: )?(.*) at line (\d+) column (\d+)$", message)
    return f"line {match[2]}, column {match[3]}: {match[1]}" if match else message


def _schema_of(text: str) -> str | None:
    content = json.loads(text)
    schema = content.get("schema") if isinstance(content, dict) else None
    return schema if isinstance(schema, str) else None


def _other_schema(path: Path, found: str | None, schema: str) -> StoreError:
    name, _, _ = schema.partition("/")
    if found is not None and found.startswith(f"{name}/"):
        return StoreError(
            f"the store {path} was written by a newer claimtrack (schema {found}, known here: {schema})",
            "Update claimtrack, or name another store with --store. The file was left as it is.",
        )
    return StoreError(
        f"the file {path} is JSON, but no claimtrack store",
        "Name another store with --store. The file was left as it is.",
    )


def line_of(text: str, path: tuple[int | str, ...]) -> int:
    """Returns the line (from 1) of the value that keys and indices lead to, or of the last one there."""
    decoder = json.JSONDecoder()
    at = _skip_space(text, 0)
    for step in path:
        inner = _enter(decoder, text, at, step)
        if inner is None:
            break
        at = inner
    return text.count("\n", 0, at) + 1


def _enter(decoder: json.JSONDecoder, text: str, at: int, step: int | str) -> int | None:
    """Returns where the item or key ``step`` of the container at ``at`` starts its value."""
    if text[at] != ("[" if isinstance(step, int) else "{"):
        return None
    at = _skip_space(text, at + 1)
    index = 0
    while text[at] not in "]}":
        name: int | str = index
        if isinstance(step, str):
            name, at = decoder.raw_decode(text, at)
            at = _skip_space(text, _skip_space(text, at) + 1)
        if name == step:
            return at
        _, at = decoder.raw_decode(text, at)
        at = _skip_space(text, at)
        if text[at] == ",":
            at = _skip_space(text, at + 1)
        index += 1
    return None


def _skip_space(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
