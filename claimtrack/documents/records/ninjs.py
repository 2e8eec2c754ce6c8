"""News items in ninjs, the JSON of the IPTC (1.x, 2.x and 3.x) -> records with claimtrack's field names.

The versions write names in different letter case and keep bodies and headlines under names of their own
(``body_text``, 1.x) or in lists of objects with a role (``bodies``, since 2.0).
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

WITHDRAWN = ("canceled", "withheld")
"""Publication states in which an agency asks that an item is not used."""


class _Body(NamedTuple):
    """One form of an item's text; ``kind`` is its media type or the end of its name."""

    kind: str
    role: str
    value: str


def ninjs_record(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """Returns the item's text and what is said of it by field names; ``None`` if it is no ninjs."""
    lower = {key.lower(): value for key, value in item.items()}
    body = min(_bodies(lower), key=_rank, default=None)
    if body is None:
        return None
    first, latest = lower.get("firstcreated"), lower.get("versioncreated")
    return {
        "text": body.value,
        "title": _main(lower.get("headlines")) or lower.get("headline") or lower.get("title"),
        "date": first or latest,
        "dated_by": "firstcreated" if first else "versioncreated",
        "modified": latest if first else None,
        "url": lower.get("uri"),
        "publisher": lower.get("copyrightholder") or lower.get("infosources") or lower.get("infosource"),
        "author": lower.get("byline") or lower.get("by"),
        "id": lower.get("uri") or lower.get("guid"),
        "withdrawn": is_withdrawn(item),
    }


def is_withdrawn(item: Mapping[str, Any]) -> bool:
    """Does an agency ask that the item is not used?"""
    return any(key.lower() == "pubstatus" and value in WITHDRAWN for key, value in item.items())


def _bodies(lower: Mapping[str, Any]) -> Iterator[_Body]:
    for key, value in lower.items():
        if key.startswith("body_") and isinstance(value, str) and value.strip():
            yield _Body(key, "", value)
    listed = lower.get("bodies")
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("value"), str) and entry["value"].strip():
            kind = entry.get("contenttype") or entry.get("contentType") or ""
            yield _Body(str(kind).lower(), str(entry.get("role")).lower(), entry["value"])


def _rank(body: _Body) -> tuple[int, bool]:
    """Orders plain text, which is taken as it is, before HTML, and that before other markup."""
    if body.kind in ("body_text", "text/plain", ""):
        return 0, body.role != "main"
    return (1 if "html" in body.kind else 2), body.role != "main"


def _main(headlines: object) -> str | None:
    """Returns the main one of the headlines, else the first."""
    entries = [e for e in headlines if isinstance(e, dict)] if isinstance(headlines, list) else []
    entries.sort(key=lambda entry: entry.get("role") != "main")
    values = (entry.get("value") for entry in entries)
    return next((value for value in values if isinstance(value, str) and value.strip()), None)
