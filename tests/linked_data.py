"""The published vocabularies as far as the export uses them, and a JSON-LD processor that fetches nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyld import jsonld

from claimtrack.notes import nodes

FIXTURES = Path(__file__).parent / "fixtures" / "linked_data"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "http://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
CT = nodes.OWN_TERMS["ct"]


def fixture(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


WEB_ANNOTATION = fixture("web_annotation.json")
SCHEMA_ORG = fixture("schema_org.json")
ANNO_CONTEXT = fixture("anno_context.json")


def schema_org_context() -> dict[str, Any]:
    """Returns the context of schema.org, made as the published one is."""
    context: dict[str, Any] = {"@vocab": SCHEMA, "type": "@type", "id": "@id"}
    context |= {name: {"@id": SCHEMA + name} for name in SCHEMA_ORG["classes"]}
    for name, known in SCHEMA_ORG["properties"].items():
        context[name] = {"@id": SCHEMA + name}
        if "URL" in known["range"] and "Text" not in known["range"]:
            context[name]["@type"] = "@id"
        elif "Date" in known["range"]:
            context[name]["@type"] = "Date"
    return {"@context": context}


_CONTEXTS = {nodes.ANNO: ANNO_CONTEXT, nodes.SCHEMA_ORG: schema_org_context()}


def _load(url: str, options: Any) -> dict[str, Any]:
    """Returns a context; raises KeyError for any other address, so that no test reaches for the network."""
    document = _CONTEXTS[url]
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
    }


OPTIONS = {"documentLoader": _load, "base": ""}


def expand(document: Any) -> list[dict[str, Any]]:
    return jsonld.expand(document, OPTIONS)


def compact(document: Any, context: Any) -> dict[str, Any]:
    return jsonld.compact(document, list(context), OPTIONS)


def leaves(value: Any) -> Iterator[Any]:
    """Yields every text and number of a document but those of its contexts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "@context":
                yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def expanded_leaves(value: Any) -> Iterator[Any]:
    """Yields every text, number and name of an expanded document; datatypes are none of them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (key == "@type" and "@value" in value):
                yield from expanded_leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from expanded_leaves(inner)
    else:
        yield value


def named(value: Any, key: str) -> Iterator[str]:
    """Yields every text under a key of an expanded document, such as ``@id``."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            yield from named(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner, key)


def typed_nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yields every node of an expanded document, the outermost first."""
    if isinstance(value, list):
        for inner in value:
            yield from typed_nodes(inner)
    elif isinstance(value, dict) and "@value" not in value:
        yield value
        for key, inner in value.items():
            if key not in ("@id", "@type"):
                yield from typed_nodes(inner)


def is_a(name: str, ancestor: str) -> bool:
    """Is a schema.org type the other one, or below it?"""
    return name == ancestor or any(is_a(parent, ancestor) for parent in SCHEMA_ORG["classes"][name])
