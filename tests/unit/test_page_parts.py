"""Which words of a statement and its paragraph the report marks, and where it cuts."""

import pytest
from conftest import find_span, make_document, make_statement

from claimtrack.models import Kind, Span
from claimtrack.notes.page.parts import CUT, LONGEST_QUOTATION, context_paragraphs, quotation_parts


def marked(parts):
    return [part.text for part in parts if part.opposed]


def text_of(parts):
    return "".join(part.text for part in parts)


@pytest.mark.parametrize(
    ("words", "opposed", "found", "shown"),
    [
        ("the gate was open", ["open"], ["open"], "the gate was open"),
        ("the gate was open", [], [], "the gate was open"),
        ("the gate was open", ["gate was", "was open"], ["gate was open"], "the gate was open"),
        ("the gate was open", ["the", "open"], ["the", "open"], "the gate was open"),
    ],
    ids=["one", "none", "overlapping", "two"],
)
def test_opposed_words_are_marked_once(words, opposed, found, shown):
    document = make_document("Ada Lomax said the gate was open.")
    spans = [find_span(document, each) for each in opposed]
    parts = quotation_parts(make_statement(document, words), spans)
    assert marked(parts) == found
    assert text_of(parts) == shown


def test_words_of_another_place_are_not_marked():
    document = make_document("Ada Lomax said the gate was open. The gate was shut.")
    parts = quotation_parts(make_statement(document, "the gate was open"), [find_span(document, "shut")])
    assert marked(parts) == []


def test_direct_speech_without_marks_gets_them_and_offsets_still_fit():
    document = make_document("LOMAX: The gate was open.")
    statement = make_statement(document, "The gate was open.", kind=Kind.DIRECT)
    parts = quotation_parts(statement, [find_span(document, "open")])
    assert text_of(parts) == "“The gate was open.”"
    assert marked(parts) == ["open"]


def test_a_very_long_turn_is_cut_around_the_opposed_words_and_the_cuts_are_marked():
    filler = "and so on " * 600
    document = make_document(f"{filler}the gate was open {filler}")
    statement = make_statement(document, document.text.strip())
    parts = quotation_parts(statement, [find_span(document, "open")])
    assert marked(parts) == ["open"]
    assert [part.is_cut for part in parts] == [True, False, False, False, True]
    assert text_of(parts).startswith(f"{CUT} ")
    assert len(text_of(parts)) <= LONGEST_QUOTATION + 2 * len(f" {CUT}")
    shown = text_of(parts[1:-1])
    assert shown in document.text
    assert f" {shown.split()[0]} " in document.text


@pytest.mark.parametrize("longest", [20, 21, 30, 60])
def test_a_cut_never_loses_the_opposed_words(longest):
    document = make_document("Lomax said " + "x" * 50 + " open " + "y" * 50)
    statement = make_statement(document, document.text[11:])
    assert marked(quotation_parts(statement, [find_span(document, "open")], longest)) == ["open"]


def test_the_context_says_what_was_said_and_what_is_opposed():
    document = make_document(
        "A storm came.\nAda Lomax said the gate was open, as ever. It rained.\nNight fell."
    )
    statement = make_statement(document, "the gate was open")
    paragraphs = context_paragraphs(statement, document, [find_span(document, "open")])
    parts = [part for paragraph in paragraphs for part in paragraph]
    assert "".join(part.text for part in parts if part.said) == "the gate was open"
    assert marked(parts) == ["open"]
    assert "as ever" in text_of(parts)


def test_the_context_is_short_and_what_is_cut_is_marked():
    before, after = "Much went on here. " * 60, "Much more went on. " * 60
    document = make_document(f"{before}Ada Lomax said the gate was open. {after}")
    (parts,) = context_paragraphs(make_statement(document, "the gate was open"), document)
    assert parts[0].is_cut
    assert parts[-1].is_cut
    assert len(text_of(parts)) < 900
    assert "said the gate was open." in text_of(parts)


def test_a_turn_as_long_as_an_article_does_not_take_the_article_along():
    document = make_document("Lomax: " + "we will see " * 2000)
    statement = make_statement(document, document.text[7:].strip(), kind=Kind.DIRECT)
    (parts,) = context_paragraphs(statement, document)
    assert len(text_of(parts)) < LONGEST_QUOTATION + 100
    assert any(part.is_cut for part in parts)


def test_characters_that_turn_a_line_are_replaced():
    document = make_document("Lomax said the \u202egate was open.")
    statement = make_statement(document, "the \u202egate was open")
    assert "\u202e" not in text_of(quotation_parts(statement))
    (parts,) = context_paragraphs(statement, document)
    assert "\u202e" not in text_of(parts)


def test_pieces_on_both_sides_of_a_cue_are_both_marked():
    document = make_document("“The gate,” Lomax said, “was open.”")
    pieces = ("“The gate,”", "“was open.”")
    statement = make_statement(document, *pieces, kind=Kind.DIRECT)
    parts = quotation_parts(statement, [Span.cut(document.text, 1, 4), find_span(document, "open")])
    assert marked(parts) == ["The", "open"]
    assert text_of(parts) == "“The gate,” … “was open.”"
