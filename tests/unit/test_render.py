"""The terminal: every fact of a conflict at 60, 80 and 120 columns, and no steering by article text."""

import io
import re

import pytest
from conftest import find_span, make_conflict, make_document, make_statement
from rich.console import Console

from claimtrack.cli import render
from claimtrack.cli.output import plain_console
from claimtrack.cli.pairs import JudgedPair
from claimtrack.models import ClaimText, Judgement, Kind, Label, Speaker


def shown(renderable, width: int = 80, **options) -> str:
    stream = io.StringIO()
    plain_console(stream, width=width, **options).print(renderable)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_conflict_fits_and_is_complete(bridge, width):
    conflict, documents = bridge
    text = shown(render.conflict_list([conflict], documents, width), width)
    assert all(len(line) <= width for line in text.splitlines())
    flat = re.sub(r"[\s│]+", " ", text)
    for fact in (
        "possible conflict, unreviewed",
        "contradiction",
        "score 0.91",
        "Ada Lomax",
        "the bridge was open",
        "“The bridge is closed,”",
        "open / closed (antonym)",
        "indirect",
        "direct quotation",
        "Bridge opens",
        "The Harbour Gazette, published 2024-03-12",
        "said 2024-03-11",
        "date said unknown",
        "articles/one.txt:1",
        "articles/one.txt:2",
        "both statements stand in one article",
        conflict.a.id,
        conflict.b.id,
        f"claimtrack show {conflict.id}",
    ):
        assert fact in flat or width >= render.SIDE_BY_SIDE, fact


def test_side_by_side_only_where_there_is_room(bridge):
    conflict, documents = bridge
    wide = shown(render.conflict_list([conflict], documents, 120), 120)
    assert any("A  Ada" in line and "B  Ada" in line for line in wide.splitlines())
    narrow = shown(render.conflict_list([conflict], documents, 80), 80)
    assert not any("A  Ada" in line and "B  Ada" in line for line in narrow.splitlines())


def test_the_opposed_words_are_marked(bridge):
    conflict, documents = bridge
    text = shown(
        render.conflict_list([conflict], documents, 80), force_terminal=True, color_system="standard"
    )
    marked = re.findall(r"\x1b\[1;4;33m(.*?)\x1b\[0m", text)
    assert marked == ["open", "closed"]


def test_the_opposed_words_are_marked_across_pieces_and_added_marks():
    document = make_document("LOMAX: It is open [pause] to all. It is closed to all.")
    first = make_statement(document, "It is open", "to all.", kind=Kind.DIRECT)
    second = make_statement(document, "It is closed to all.", kind=Kind.DIRECT)
    conflict = make_conflict(first, second, find_span(document, "to all"), find_span(document, "closed"))
    text = shown(
        render.conflict_list([conflict], {document.id: document}, 80),
        force_terminal=True,
        color_system="standard",
    )
    assert re.findall(r"\x1b\[1;4;33m(.*?)\x1b\[0m", text) == ["to all", "closed"]
    assert "“It is" in text


def test_hostile_text_is_harmless():
    text = "She said \x1b[31mred\x1b]0;title\x07 \x9b2J \u202eback [bold]it[/bold] :smile:."
    document = make_document(text, title="\x1b[2Jtitle", publisher="\x9bP", path="a\x1b[1m.txt")
    said = make_statement(document, text[9:-1], speaker="Ada\x1b[5m")
    documents = {document.id: document}
    for view in (
        render.statement_list([said], documents),
        render.statement_passage(said, document, ()),
        render.source_list([(document, 1)]),
        render.speaker_table([(Speaker(id="sp-1", name="Ada\x1b[5m"), 1, 1)]),
    ):
        plain = shown(view)
        assert not set("\x1b\x9b\x07\u202e") & set(plain)
    listed = shown(render.statement_list([said], documents))
    assert "[bold]it[/bold]" in listed
    assert ":smile:" in listed


def test_the_paragraph_is_shown_with_the_statement_in_it(bridge):
    conflict, documents = bridge
    text = shown(render.conflict_passages(conflict, documents))
    assert "Ada Lomax said the bridge was open." in text
    assert f"claimtrack review {conflict.id}" in text


def test_judged_pairs():
    judged = Judgement(label=Label.NEUTRAL, kind=None, score=0.12)
    pair = JudgedPair(None, "A and B", ClaimText(text="It is."), ClaimText(text="It was."), judged)
    text = shown(render.judgement_list([pair], 80))
    assert "A and B: neutral, score 0.12" in text
    assert "It is." in text


@pytest.mark.parametrize(
    "view",
    [
        render.conflict_list([], {}, 80),
        render.statement_list([], {}),
        render.speaker_table([]),
        render.source_list([]),
        render.judgement_list([], 80),
    ],
)
def test_nothing_is_said_in_a_sentence(view):
    assert shown(view).rstrip().endswith((".", "found."))


def test_no_color_sends_no_escape_sequence(monkeypatch, bridge):
    monkeypatch.setenv("NO_COLOR", "1")
    conflict, documents = bridge
    assert "\x1b" not in shown(render.conflict_list([conflict], documents, 80), force_terminal=True)


def test_a_dumb_terminal_gets_plain_text(monkeypatch, bridge):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("NO_COLOR", raising=False)
    conflict, documents = bridge
    assert "\x1b" not in shown(render.conflict_list([conflict], documents, 80), force_terminal=True)


def test_a_plain_console_takes_no_markup():
    console = plain_console(io.StringIO(), width=40)
    assert isinstance(console, Console)
    console.print("[red]x[/red]")
    assert console.file.getvalue() == "[red]x[/red]\n"
