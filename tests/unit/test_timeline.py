"""One speaker through time: dates, folded utterances, conflicts between rows, the SVG."""

import json
import xml.etree.ElementTree as ET

import pytest
from conftest import find_span, make_conflict, make_document, make_statement

from claimtrack.models import ConflictKind, Kind, Place, Review, ReviewStatus
from claimtrack.notes.tables import csv_text
from claimtrack.notes.timeline import Mark, Row, Timeline, flat_rows, row_records, timeline_notes, title
from claimtrack.notes.timeline_svg import CARD, MARGIN, MOST_LANES, WIDTH, drawing

SVG = "{http://www.w3.org/2000/svg}"


def make_row(number: int, text: str, said_on: str | None = None, **given):
    document = make_document(text, path=f"articles/{number}.txt", publisher="The Gazette", **given)
    statement = make_statement(document, text)
    return Row(
        number=number, statement=statement, said_on=said_on, said_in=document.id if said_on else None
    ), document


def make_timeline(*rows, conflicts=(), **given):
    documents = {document.id: document for _, document in rows}
    marks = []
    for earlier, later, kind in conflicts:
        (a, first), (b, second) = rows[earlier - 1], rows[later - 1]
        spans = find_span(first, first.text.split()[-1]), find_span(second, second.text.split()[-1])
        conflict = make_conflict(a.statement, b.statement, *spans, kind=kind)
        marks.append(Mark(conflict=conflict, earlier=earlier, later=later))
    timeline = Timeline(speaker="Ada Lomax", rows=tuple(row for row, _ in rows), marks=tuple(marks), **given)
    return timeline, documents


OPEN, CLOSED = "the bridge was open", "the bridge was closed"


def two_rows(**given):
    return make_timeline(
        make_row(1, OPEN, "2024-03-11"),
        make_row(2, CLOSED, "2024-04-02"),
        conflicts=[(1, 2, ConflictKind.CHANGE)],
        **given,
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "Ada Lomax"),
        ({"about": "tolls"}, "Ada Lomax about “tolls”"),
        ({"since": "2024", "until": "2024-05"}, "Ada Lomax, from 2024, until 2024-05"),
        ({"about": "a\x1b[2Jb"}, "Ada Lomax about “a\ufffd[2Jb”"),
    ],
    ids=["all", "subject", "time", "hostile"],
)
def test_the_title_says_what_was_asked(asked, told):
    assert title(make_timeline(**asked)[0]) == told


def test_the_conflict_stands_between_its_rows():
    notes = timeline_notes(*two_rows())
    order = [notes.index(part) for part in (OPEN, "**A possible conflict, unreviewed: 1 and 2", CLOSED)]
    assert order == sorted(order)
    assert "possible conflict, unreviewed, with 2 below" in notes


def test_a_reviewed_conflict_says_who_decided():
    timeline, documents = two_rows()
    review = Review(status=ReviewStatus.CONFIRMED, by="R. Ito", at="2024-05-01T00:00:00+00:00")
    conflict = timeline.marks[0].conflict.model_copy(update={"review": review})
    mark = timeline.marks[0].model_copy(update={"conflict": conflict})
    notes = timeline_notes(timeline.model_copy(update={"marks": (mark,)}), documents)
    assert "**A possible conflict, confirmed by R. Ito on 2024-05-01: 1 and 2" in notes


def test_both_rows_of_a_conflict_hold_the_other_side():
    first, second = row_records(*two_rows())
    (there,), (here,) = first["conflicts"], second["conflicts"]
    assert (there["side"], there["with"], there["other"]["text"]) == ("a", 2, CLOSED)
    assert (here["side"], here["with"], here["other"]["text"]) == ("b", 1, OPEN)
    assert there["id"] == here["id"]
    assert there["review"] == {"status": "unreviewed"}
    json.dumps(first)


def test_a_csv_row_tells_the_other_side_with_its_source():
    first, second = flat_rows(*two_rows())
    assert "with 2 (said 2024-04-02)" in first["conflicts"]
    assert CLOSED in first["conflicts"]
    assert "The Gazette" in first["conflicts"]
    assert "articles/2.txt:1" in first["conflicts"]
    assert (second["number"], second["date"], second["text"]) == (2, "2024-04-02", CLOSED)


def test_a_csv_cell_is_no_formula():
    timeline, documents = make_timeline(make_row(1, "=1+1 is what they say", "2024-03-11"))
    assert "'=1+1 is what they say" in csv_text(flat_rows(timeline, documents))


def test_repeats_are_told_with_places_and_counts():
    row, document = make_row(1, OPEN, "2024-03-11")
    other = make_document(OPEN, path="b.txt", publisher="Harbour News", published="2024-03-12")
    place = Place(
        document_id=other.id, path="b.txt", publisher="Harbour News", published="2024-03-12",
        content=(find_span(other, OPEN),),
    )  # fmt: skip
    statement = row.statement.model_copy(update={"also_in": (place, place)})
    row = row.model_copy(update={"statement": statement})
    timeline, documents = make_timeline((row, document))
    assert row_records(timeline, documents)[0]["article_count"] == 2
    notes = timeline_notes(timeline, documents)
    assert "1 utterance in 2 articles; 0 possible conflicts" in notes
    assert "the same utterance in 1 more article: b.txt (Harbour News, 2024-03-12)" in notes
    assert "b.txt (Harbour News, 2024-03-12)" in " ".join(texts(drawing(timeline, documents)))


def test_rows_without_a_date_say_so():
    timeline, documents = make_timeline(make_row(1, OPEN, "2024-03-11"), make_row(2, CLOSED))
    notes = timeline_notes(timeline, documents)
    assert "1 without a date said" in notes
    assert "## 2: date said unknown" in notes
    assert timeline.first_undated == timeline.rows[1]
    assert "Date said unknown:" in texts(drawing(timeline, documents))


# --- the drawing ---------------------------------------------------------------------------------


def elements(svg: str, name: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(SVG + name))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in elements(svg, "text")]


def test_the_drawing_names_and_describes_itself():
    root = ET.fromstring(drawing(*two_rows(about="bridges")))
    names = root.attrib["aria-labelledby"].split()
    by_id = {element.attrib["id"]: element.text or "" for element in root.iter() if "id" in element.attrib}
    assert "Ada Lomax about “bridges”" in by_id[names[0]]
    assert "possible conflict, unreviewed: 1 and 2" in by_id[names[1]]


def test_the_drawing_needs_nothing_from_elsewhere_and_runs_nothing():
    svg = drawing(*two_rows())
    assert {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()} == {
        "svg", "title", "desc", "style", "rect", "line", "path", "circle", "g", "text",
    }  # fmt: skip
    assert svg.count("://") == svg.count('xmlns="http://www.w3.org/2000/svg"') == 1
    assert "url(" not in svg
    assert "@import" not in svg
    assert "prefers-color-scheme:dark" in svg


HOSTILE = (
    "</text><script>alert(1)</script><a href='javascript:x' onload=\"y\">& ]]> \x1b[2J\x00\uffff\ufffe\ud800"
)


def test_hostile_text_stays_text():
    row, document = make_row(1, "a note", "2024-03-11", title=HOSTILE)
    hostile = row.statement.model_copy(update={"speaker": HOSTILE})
    row = row.model_copy(update={"statement": hostile, "said_on_basis": HOSTILE})
    timeline, documents = make_timeline((row, document))
    svg = drawing(timeline.model_copy(update={"speaker": HOSTILE, "about": HOSTILE}), documents)
    svg.encode("utf-8")
    found = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
    assert not {"script", "a"} & found
    assert all("onload" not in element.attrib for element in ET.fromstring(svg).iter())
    assert "\x1b" not in svg
    assert "<script>alert(1)</script>" in "".join(texts(svg))


@pytest.mark.parametrize(
    "text",
    ["word " * 400, "W" * 3000, "字" * 900, "e\u0301" * 900],
    ids=["many words", "one long word", "ideographs", "combining marks"],
)
def test_no_line_runs_out_of_the_page_and_no_word_is_lost(text):
    timeline, documents = make_timeline(make_row(1, text.strip(), "2024-03-11"))
    svg = drawing(timeline, documents)
    lines = [element for element in elements(svg, "text") if element.attrib["font-size"] == "15"]
    assert len(lines) > 1
    assert "".join("".join(line.text or "" for line in lines).split()) == "".join(text.split())
    room = WIDTH - 2 * MARGIN - CARD
    assert all(len((line.text or "").replace("\u0301", "")) * 15 * 0.3 < room for line in lines)
    tops = [float(element.attrib["y"]) for element in elements(svg, "text")]
    assert tops == sorted(tops)
    assert tops[-1] < float(ET.fromstring(svg).attrib["height"])


def arc_starts(svg: str) -> dict[str, float]:
    """Returns by class how far out each arc runs."""
    return {
        element.attrib["d"]: float(element.attrib["d"].split("C")[1].split()[0])
        for element in elements(svg, "path")
    }


def test_arcs_over_the_same_rows_do_not_cover_each_other():
    rows = [make_row(n, f"{OPEN} {n}", f"2024-03-{n:02}") for n in range(1, 5)]
    kinds = ConflictKind.CONTRADICTION, ConflictKind.CHANGE, ConflictKind.REPORT
    crossing = [(1, 3, kinds[0]), (2, 4, kinds[1]), (3, 4, kinds[2])]
    svg = drawing(*make_timeline(*rows, conflicts=crossing))
    outs = list(arc_starts(svg).values())
    assert len(outs) == 3
    assert outs[0] != outs[1]
    assert {element.attrib["class"] for element in elements(svg, "path")} == {
        "link contradiction", "link change", "link report",
    }  # fmt: skip


def test_many_arcs_leave_room_for_the_words():
    rows = [make_row(n, f"{OPEN} {n}", f"2024-03-{n:02}") for n in range(1, 29)]
    every = [(a, 29 - a, ConflictKind.CHANGE) for a in range(1, 15)]
    svg = drawing(*make_timeline(*rows, conflicts=every))
    assert len(set(arc_starts(svg).values())) == MOST_LANES
    assert min(arc_starts(svg).values()) >= 0


def test_a_timeline_of_nothing_is_a_drawing_too():
    assert "0 utterances in 0 articles" in " ".join(texts(drawing(*make_timeline())))


def test_the_same_input_gives_the_same_drawing():
    assert drawing(*two_rows()) == drawing(*two_rows())


def test_only_direct_speech_stands_in_quotation_marks():
    row, document = make_row(1, OPEN, "2024-03-11")
    direct = row.statement.model_copy(update={"kind": Kind.DIRECT})
    drawn = [
        texts(drawing(*make_timeline((row.model_copy(update={"statement": statement}), document))))
        for statement in (row.statement, direct)
    ]
    assert OPEN in drawn[0]
    assert f"“{OPEN}”" in drawn[1]
