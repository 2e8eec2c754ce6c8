"""What is uncertain about a pair, told to the second reader."""

import pytest
from conftest import find_span, make_conflict, make_document, make_statement

from claimtrack.models import ConflictKind, Kind, Modality, Passage, Review, ReviewStatus
from claimtrack.notes.doubts import doubts, statement_doubts

TEXT = "Minister Ada Lomax said on Monday that it rained. She said it was dry."
KNOWN = {"kind": Kind.DIRECT, "said_on": "2024-03-11", "said_on_basis": 'explicit date "11 March 2024"'}
GONE = "the article has a newer version without these words, or was removed"
WHOLE = Passage(start=0, end=len(TEXT), origin="doc-3", origin_start=0, origin_end=len(TEXT))
SURE = {"publisher": "The Harbour Gazette", "published": "2024-03-12"}


def told(given: dict | None = None, **article) -> list[str]:
    document = make_document(TEXT, **{**SURE, **article})
    mention = find_span(document, "Ada Lomax")
    said = make_statement(document, "it rained", **{"mention": mention, **KNOWN, **(given or {})})
    return statement_doubts(said, document)


def test_a_plain_quotation_raises_none():
    assert told() == []


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ({"mention": None}, "no name stands beside the words; who speaks follows from the text before"),
        ({"confidence": 0.59}, "the attribution is not sure (confidence 0.59)"),
        ({"reported_by": ("Hasan", "Dawn")}, "hearsay: as reported by Hasan, then by Dawn"),
        ({"via": ("Reuters",)}, "second hand: by way of Reuters"),
        ({"kind": Kind.INDIRECT}, "the article's words, not the speaker's own"),
        ({"kind": Kind.MIXED}, "partly the article's words, not the speaker's own"),
        ({"modality": Modality.QUESTION}, "asked, not said"),
        ({"said_on": None, "said_on_basis": None}, "the day of the words is not known"),
        (
            {"said_on_basis": "publication date"},
            "no day is given for the words; that of publication stands in",
        ),
        (
            {"said_on_basis": 'weekday "Monday" before publication'},
            'the day of the words is worked out (weekday "Monday" before publication)',
        ),
        (
            {"said_on_basis": 'explicit date "11 March", year from publication date'},
            'the day of the words is worked out (explicit date "11 March", year from publication date)',
        ),
        ({"said_on_basis": None}, "the day of the words is worked out (basis unknown)"),
        ({"rejected": True}, "a person rejected the statement as wrongly read"),
    ],
)
def test_doubts_about_the_statement(given, doubt):
    assert told(given) == [doubt]


def test_a_pronoun_is_no_name():
    document = make_document(TEXT, **SURE)
    said = make_statement(document, "it was dry", mention=find_span(document, "She"), **KNOWN)
    assert statement_doubts(said, document) == ["the speaker is written “She” there"]


@pytest.mark.parametrize(
    ("article", "doubt"),
    [
        ({"retracted": True}, "the article is RETRACTED"),
        ({"removed": True}, GONE),
        ({"superseded_by": "doc-2"}, GONE),
        ({"modified": "2024-03-13T10:00:00Z"}, "the article was modified on 2024-03-13, after publication"),
        ({"copy_of": "doc-2"}, "copied: the words stand in the article doc-2 too"),
        (
            {"lifted": (WHOLE,)},
            "copied: the words stand in the article doc-3 too",
        ),
        ({"publisher": None}, "the outlet is not known"),
        ({"published": None}, "the day of publication is not known"),
    ],
)  # fmt: skip
def test_doubts_about_the_article(article, doubt):
    assert told(None, **article) == [doubt]


def test_the_day_of_a_later_change_counts_not_the_hour():
    assert told(None, modified="2024-03-12T23:00:00Z") == []


def test_doubts_about_a_pair():
    document = make_document(TEXT, **{**SURE, "publisher": None})
    first = make_statement(document, "it rained", mention=find_span(document, "Ada Lomax"), **KNOWN)
    second = make_statement(document, "it was dry", mention=find_span(document, "She"), **KNOWN)
    conflict = make_conflict(
        first,
        second,
        find_span(document, "rained"),
        find_span(document, "dry"),
        kind=ConflictKind.REPORT,
        review=Review(status=ReviewStatus.STALE, why="a.txt has changed"),
    )
    found = doubts(conflict, {document.id: document})
    assert found == [
        "A and B: the outlet is not known",
        "B: the speaker is written “She” there",
        "both stand in one article: one account of the words, not two",
        "the outlets differ about one utterance; the speaker may have said only one of the two",
        "the ground has changed: a.txt has changed",
    ]
    copies = conflict.model_copy(update={"same_document": False, "independent_sources": 1})
    assert "both go back to one article: copies are no second source" in doubts(
        copies, {document.id: document}
    )
    free = conflict.model_copy(update={"same_document": False, "independent_sources": 2})
    assert not any("one article" in doubt for doubt in doubts(free, {document.id: document}))
