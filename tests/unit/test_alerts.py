"""A possible conflict in one line: both sides with source and date, cuts marked, nothing that steers."""

import pytest
from conftest import find_span, make_conflict, make_document, make_statement

from claimtrack.models import Kind, Review, ReviewStatus
from claimtrack.notes.alerts import LONGEST_QUOTATION, alert


def test_both_sides_stand_with_outlet_date_and_place(bridge):
    conflict, documents = bridge
    line = alert(conflict, documents)
    for part in (
        "Ada Lomax: possible conflict, unreviewed (contradiction): ",
        "the bridge was open (The Harbour Gazette, published 2024-03-12, date said unknown; ",
        "articles/one.txt:1) / ",
        "“The bridge is closed,” (The Harbour Gazette, published 2024-03-12, said 2024-03-11",
        f"[{conflict.id}, score 0.91]",
    ):
        assert part in line
    assert "\n" not in line


def test_a_decision_is_told_with_its_maker(bridge):
    conflict, documents = bridge
    review = Review(status=ReviewStatus.UNSURE, by="R. Ito", at="2024-05-01T00:00:00+00:00")
    told = alert(conflict.model_copy(update={"review": review}), documents)
    assert "possible conflict, unsure by R. Ito on 2024-05-01" in told


@pytest.mark.parametrize(
    ("kind", "marks", "end"),
    [(Kind.DIRECT, "“{}”", " […]”"), (Kind.DIRECT, '"{}"', ' […]"'), (Kind.INDIRECT, "{}", " […]")],
    ids=["curly", "straight", "indirect"],
)
def test_a_cut_is_marked_and_closes_the_quotation(kind, marks, end):
    words = marks.format("the bridge stays closed " * 30 + "for good")
    document = make_document(f"Lomax said {words} and “the bridge is open” in town.")
    first = make_statement(document, words, kind=kind)
    second = make_statement(document, "“the bridge is open”", kind=Kind.DIRECT)
    conflict = make_conflict(first, second, find_span(document, "closed"), find_span(document, "open"))
    side = alert(conflict, {document.id: document}).split("(contradiction): ")[1].split(" (outlet")[0]
    assert side.endswith(end)
    assert side[0] == words[0]
    assert len(side) <= LONGEST_QUOTATION + 1
    assert words.startswith(side.removesuffix(end))


def test_hearsay_says_so(bridge):
    conflict, documents = bridge
    told = conflict.a.model_copy(update={"reported_by": ("Tom Reed",), "via": ("Reuters",)})
    line = alert(conflict.model_copy(update={"a": told}), documents)
    assert "Ada Lomax, as reported by Tom Reed, by way of Reuters: the bridge was open (" in line


def test_nothing_steers_a_terminal_or_breaks_the_line(bridge):
    conflict, documents = bridge
    hostile = "x\n\x1b[2J\u202ey"
    documents = {
        name: document.model_copy(update={"publisher": hostile, "path": hostile + ".txt"})
        for name, document in documents.items()
    }
    line = alert(conflict.model_copy(update={"speaker": hostile}), documents)
    assert not set("\n\x1b\u202e") & set(line)
