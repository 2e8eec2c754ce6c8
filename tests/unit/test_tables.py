"""Records for programs: the keys of the contract, in its order, and cells that compute nothing."""

import csv
import io
import json

import pytest
from conftest import make_document, make_statement

from claimtrack.models import ConflictKind, Judgement, Label, Review, ReviewStatus
from claimtrack.notes import tables

SPEAKER_KEYS = ["id", "speaker", "speaker_id", "mention", "cue"]
CONTENT_KEYS = ["content", "text", "kind", "polarity", "modality"]
ORIGIN_KEYS = [
    "reported_by",
    "via",
    "said_on",
    "said_on_basis",
    "document",
    "context",
    "confidence",
    "status",
    "page",
    "also_in",
]
DOCUMENT_KEYS = ["id", "path", "url", "title", "publisher", "published", "sha256"]
EVIDENCE_KEYS = ["modified", "retrieved_at", "archive_url", "raw_sha256", "retracted"]
STATEMENT_KEYS = [*SPEAKER_KEYS, *CONTENT_KEYS, *ORIGIN_KEYS]
PAIR_KEYS = ["id", "speaker", "score", "kind", "signals", "a", "b", "also"]
CONFLICT_KEYS = [*PAIR_KEYS, "same_document", "days_apart", "independent_sources", "review"]


def test_statement_has_the_contracts_keys_in_order(bridge):
    conflict, documents = bridge
    record = tables.statement_record(conflict.b, documents[conflict.b.document_id])
    assert list(record) == STATEMENT_KEYS
    assert list(record["document"]) == [*DOCUMENT_KEYS, *EVIDENCE_KEYS]
    assert record["page"] is None
    assert record["mention"] == {"text": "Lomax", "start": 4, "end": 9}
    assert record["content"] == [{"start": 36, "end": 59, "text": "“The bridge is closed,”"}]
    assert record["cue"] is None
    assert record["status"] == "current"


def test_context_is_the_paragraph_and_cut_from_the_text(bridge):
    conflict, documents = bridge
    document = documents[conflict.b.document_id]
    context = tables.statement_record(conflict.b, document)["context"]
    assert context["text"] == "“The bridge is closed,” Lomax said on Monday."
    assert document.text[context["start"] : context["end"]] == context["text"]


def test_interrupted_content_is_joined():
    document = make_document("“We will go,” she said, “and soon.”")
    record = tables.statement_record(make_statement(document, "“We will go,”", "“and soon.”"), document)
    assert record["text"] == "“We will go,” … “and soon.”"
    assert [piece["start"] for piece in record["content"]] == [0, 24]


@pytest.mark.parametrize(
    ("statement", "document", "expected"),
    [
        pytest.param({"rejected": True}, {}, "rejected", id="rejected"),
        pytest.param({}, {"superseded_by": "doc-2"}, "gone", id="article has a newer version"),
        pytest.param({}, {"removed": True}, "gone", id="article removed"),
        pytest.param({}, {}, "current", id="current"),
    ],
)
def test_status(statement, document, expected):
    article = make_document("She said it rained.", **document)
    record = tables.statement_record(make_statement(article, "it rained", **statement), article)
    assert record["status"] == expected


def test_conflict_has_the_contracts_keys_in_order(bridge):
    conflict, documents = bridge
    record = tables.conflict_record(conflict, documents)
    assert list(record) == CONFLICT_KEYS
    assert list(record["a"]) == list(record["b"]) == STATEMENT_KEYS
    assert record["signals"] == [
        {
            "type": "antonym",
            "detail": "open / closed",
            "a": {"start": 30, "end": 34, "text": "open"},
            "b": {"start": 51, "end": 57, "text": "closed"},
        }
    ]
    assert record["review"] == {"status": "unreviewed"}


def test_a_review_names_who_decided(bridge):
    conflict, documents = bridge
    review = Review(
        status=ReviewStatus.DISMISSED, by="Nell", at="2025-01-02T03:04:05+00:00", note="two bridges"
    )
    record = tables.conflict_record(conflict.model_copy(update={"review": review}), documents)
    assert record["review"] == {
        "status": "dismissed",
        "by": "Nell",
        "at": "2025-01-02T03:04:05+00:00",
        "note": "two bridges",
    }


def test_judgement():
    judged = Judgement(label=Label.CONTRADICTION, kind=ConflictKind.CHANGE, score=0.5)
    assert tables.judgement_record("p1", judged) == {
        "id": "p1",
        "label": "contradiction",
        "kind": "change",
        "score": 0.5,
        "signals": [],
    }
    assert tables.judgement_record(None, Judgement(label=Label.NEUTRAL, kind=None, score=0))["kind"] is None


def test_json_lines_are_one_object_a_line_and_keep_the_words(bridge):
    conflict, documents = bridge
    records = [tables.statement_record(s, documents[s.document_id]) for s in (conflict.a, conflict.b)]
    lines = tables.jsonl_text(records).splitlines()
    assert [json.loads(line) for line in lines] == records
    assert "“The bridge" in lines[1]
    assert tables.jsonl_text([]) == ""


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\u2028", "\x7f", "\x00", "\ud800"])
def test_json_carries_steering_characters_as_escapes_only(character):
    text = tables.jsonl_text([{"text": f"a{character}b"}])
    assert character not in text
    assert json.loads(text) == {"text": f"a{character}b"}


def test_json_of_one_record_is_no_array():
    assert json.loads(tables.json_text({"id": "x"})) == {"id": "x"}
    assert json.loads(tables.json_text([{"id": "x"}])) == [{"id": "x"}]


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_computes(first):
    (row,) = read_csv(tables.csv_text([{"text": f"{first}SUM(A1:A9)", "score": -0.5}]))
    assert row["text"].startswith("'")
    assert row["score"] == "-0.5"


def test_csv_sends_no_escape_sequence():
    text = tables.csv_text([{"text": "a\x1b[2Jb\x9bc\u202ed"}])
    assert not set("\x1b\x9b\u202e") & set(text)


def test_a_conflicts_row_spells_out_both_sides(bridge):
    conflict, documents = bridge
    (row,) = read_csv(tables.csv_text([tables.conflict_row(conflict, documents)]))
    for side, words in (("a", "the bridge was open"), ("b", "“The bridge is closed,”")):
        assert row[f"{side}_text"] == words
        assert words in row[f"{side}_context"]
        assert row[f"{side}_path"] == "articles/one.txt"
        assert row[f"{side}_published"] == "2024-03-12"
    assert row["b_said_on"] == "2024-03-11"
    assert row["b_line"] == "2"
    assert row["reason"] == "open / closed (antonym)"
    assert row["review"] == "unreviewed"


def test_the_evidence_of_an_article_is_told():
    known = {
        "modified": "2024-03-14",
        "retrieved_at": "2024-03-15T06:00:00+00:00",
        "archive_url": "https://archive.example/1",
        "raw_sha256": "0f",
        "retracted": True,
    }
    document = make_document("One page.\nShe said it rained.", pages=(0, 10), **known)
    record = tables.statement_record(make_statement(document, "it rained"), document)
    assert {key: record["document"][key] for key in EVIDENCE_KEYS} == known
    assert record["page"] == 2
    row = tables.statement_row(record)
    assert {key: row[key] for key in EVIDENCE_KEYS} == known
    assert row["page"] == 2
    source = tables.source_record(document, 1)
    assert {key: source[key] for key in EVIDENCE_KEYS} == known


def test_a_stale_review_says_what_it_was(bridge):
    conflict, documents = bridge
    review = Review(status=ReviewStatus.UNSURE, by="Nell").as_stale("one.txt was retracted")
    record = tables.conflict_record(conflict.model_copy(update={"review": review}), documents)
    assert record["review"] == {
        "status": "stale",
        "by": "Nell",
        "was": "unsure",
        "why": "one.txt was retracted",
    }


def test_a_source_is_told_without_its_text():
    document = make_document("She said it rained.", publisher="Dawn")
    record = tables.source_record(document, 1)
    assert record["publisher"] == "Dawn"
    assert record["statement_count"] == 1
    assert "text" not in record


def test_flat_row_joins_lists():
    assert tables.flat_row({"aliases": ["A", "B"], "as_read": {"title": None}, "n": 1}) == {
        "aliases": "A; B",
        "as_read": '{"title": null}',
        "n": 1,
    }
