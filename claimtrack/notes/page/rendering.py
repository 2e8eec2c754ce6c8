"""The page itself: template, style sheet and script joined into one file that asks the network for nothing.

Article text is hostile. Every expression of the template is escaped and freed of characters that could
turn the direction of writing, and the page's own policy forbids any script, style or request but its own.
"""

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from claimtrack import __version__
from claimtrack.errors import ClaimtrackError
from claimtrack.models import Conflict, ConflictKind, ReviewStatus, SignalType, Span, Statement
from claimtrack.notes import phrases
from claimtrack.notes.doubts import doubts
from claimtrack.notes.offices import told
from claimtrack.notes.page.content import Content
from claimtrack.notes.page.parts import LONGEST_LINE, context_paragraphs, quotation_parts
from claimtrack.notes.page.timeline import DOT_Y, draw_timeline

if TYPE_CHECKING:
    from jinja2 import Environment

GENERATOR = '<meta name="generator" content="claimtrack '
"""Stands near the top of every report: what begins otherwise was not made by claimtrack."""

_HEAD = 200
"""Bytes at the start of a report among which it says who made it."""

_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-~]+", re.ASCII)

_MEANING = {
    ConflictKind.CONTRADICTION: "both cannot hold",
    ConflictKind.CHANGE: "the position moved with time",
    ConflictKind.REPORT: "outlets give one utterance differently",
}


def render_page(content: Content) -> str:
    """Returns the report as HTML; the same content gives the same text.

    Raises:
        ClaimtrackError: jinja2 is not installed.
    """
    style, script = _file("page.css"), _file("page.js")
    shown = content.conflicts
    return (
        _environment()
        .get_template("page.html")
        .render(
            content=content,
            documents=content.documents,
            conflicts=shown,
            kinds=_count_of(ConflictKind, [conflict.kind for conflict in shown]),
            statuses=_count_of(ReviewStatus, [conflict.review.status for conflict in shown]),
            policy=_policy(style, script),
            style=style,
            script=script,
        )
    )


def is_report(raw: bytes) -> bool:
    """Returns whether a file is a report that this or another version made."""
    return GENERATOR.encode() in raw[:_HEAD]


def _count_of(kinds: Any, found: list[Any]) -> list[tuple[str, int]]:
    """Returns the values of an enum that occur, in its own order, and how often they do."""
    return [(kind.value, found.count(kind)) for kind in kinds if kind in found]


def _policy(style: str, script: str) -> str:
    """Returns the policy: nothing is fetched, and only these very texts are style and script."""
    rules = {
        "default-src": "'none'",
        "style-src": _digest(style),
        "script-src": _digest(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _file(name: str) -> str:
    return resources.files("claimtrack.notes.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> "Environment":
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise ClaimtrackError(
            "the report needs jinja2, which is not installed", 'pip install "claimtrack[report]"'
        ) from error
    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        version=__version__,
        phrases=phrases,
        doubts=doubts,
        told=told,
        draw_timeline=draw_timeline,
        quotation_parts=quotation_parts,
        context_paragraphs=context_paragraphs,
        opposed_spans=_opposed_spans,
        meaning={kind.value: text for kind, text in _MEANING.items()},
        dot_y=DOT_Y,
        longest_line=LONGEST_LINE,
    )
    environment.filters["web_address"] = _web_address
    environment.filters["plural"] = _plural
    environment.filters["sentence"] = _sentence
    return environment


def _harmless(value: object) -> object:
    """Returns a value of the template as it may be shown; text keeps no steering character."""
    if hasattr(value, "__html__"):
        return value
    return phrases.visible(value) if isinstance(value, str) else value


def _opposed_spans(statement: Statement, conflicts: list[Conflict]) -> list[Span]:
    """Returns the words of a statement that are opposed to the other side of any of the conflicts.

    An inference model reads whole sentences: it names no words.
    """
    return [
        signal.a if statement.id == conflict.a.id else signal.b
        for conflict in conflicts
        if statement.id in (conflict.a.id, conflict.b.id)
        for signal in conflict.signals
        if signal.type is not SignalType.INFERENCE
    ]


def _web_address(address: str | None) -> str:
    """Returns the address where it is one of the web, which a link may lead to; else nothing."""
    return address if address and _WEB_ADDRESS.fullmatch(address) else ""


def _sentence(text: str) -> str:
    """Returns the text with a capital letter and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”")) else ".")


def _plural(count: int, one: str, many: str = "") -> str:
    """Returns ``1 article``, ``2,000 articles``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
