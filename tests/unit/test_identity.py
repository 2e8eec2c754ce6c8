"""One person across articles."""

import random

import pytest

from claimtrack.models import Corrections, Kind, Span, Statement
from claimtrack.statements.identity import identify, suggest_merges


def statement(
    number: int, name: str | None, office: str | None = None, mention: str | None = None
) -> Statement:
    span = Span(start=number, end=number + 1, text="x")
    said_by = Span(start=0, end=len(mention), text=mention) if mention else None
    return Statement(
        id=f"st-{number:012}", document_id=f"doc-{number:012}", speaker=name, named=name, office=office,
        mention=said_by, content=(span,), kind=Kind.INDIRECT, confidence=0.9,
    )  # fmt: skip


def groups(*people: tuple[str, str | None], corrections: Corrections | None = None) -> set[frozenset[str]]:
    statements = [statement(i, name, office) for i, (name, office) in enumerate(people)]
    named, _ = identify(statements, corrections or Corrections())
    by_id: dict[str | None, set[str]] = {}
    for before, after in zip(statements, named, strict=True):
        by_id.setdefault(after.speaker_id, set()).add(before.named or "-")
    return {frozenset(names) for names in by_id.values()}


@pytest.mark.parametrize(
    "people",
    [
        pytest.param([("Khawaja Asif", None), ("Khwaja Asif", None)], id="romanisations"),
        pytest.param([("Khawaja Asif", None), ("Khawaja Muhammad Asif", None)], id="middle name"),
        pytest.param([("Kh Asif", None), ("Khawaja Muhammad Asif", None)], id="short form"),
        pytest.param([("Bob Dole", None), ("Robert Dole", None)], id="nickname"),
        pytest.param(
            [("Asif", "defence minister"), ("Khawaja Asif", "defence minister")], id="surname with office"
        ),
    ],
)
def test_one_person(people: list[tuple[str, str | None]]) -> None:
    assert len(groups(*people)) == 1


@pytest.mark.parametrize(
    "people",
    [
        pytest.param([("Imran Khan", None), ("Imran Kahn", None)], id="Khan and Kahn"),
        pytest.param([("Tim Kaine", None), ("Tim Kane", None)], id="Kaine and Kane"),
        pytest.param([("Bill Clinton", None), ("Hillary Clinton", None)], id="one surname"),
        pytest.param([("Clinton", None), ("Hillary Clinton", None)], id="bare surname"),
        pytest.param([("Asif", "senator"), ("Khawaja Asif", "defence minister")], id="another office"),
        pytest.param([("J. Roe", None), ("Jane Roe", None)], id="an initial"),
        pytest.param([("John Roe Jr.", None), ("John Roe Sr.", None)], id="father and son"),
        pytest.param([("High Court", None), ("Lahore High Court", None)], id="institutions"),
    ],
)
def test_two_people(people: list[tuple[str, str | None]]) -> None:
    assert len(groups(*people)) == 2


def test_a_short_name_that_fits_two_joins_neither() -> None:
    people = [("Ali Khan", None), ("Ali Raza Khan", None), ("Ali Asghar Khan", None)]
    assert len(groups(*people)) == 3


def test_the_name_is_the_full_form_most_articles_use() -> None:
    names = ["Khawaja Asif", "Khawaja Asif", "Khawaja Muhammad Asif", "Kh Asif"]
    named, speakers = identify([statement(i, n, mention="Asif") for i, n in enumerate(names)], Corrections())
    assert {s.speaker for s in named} == {"Khawaja Asif"}
    assert [s.aliases for s in speakers] == [("Asif", "Kh Asif", "Khawaja Muhammad Asif")]


def test_unnamed_sources_get_no_id() -> None:
    unnamed = statement(1, None).model_copy(update={"speaker": "officials"})
    named, speakers = identify([unnamed], Corrections())
    assert (named[0].speaker, named[0].speaker_id, speakers) == ("officials", None, ())


def test_corrections_join_and_separate() -> None:
    people = (("Clinton", None), ("Hillary Clinton", None))
    assert len(groups(*people, corrections=Corrections(joined=(("Hillary Clinton", "clinton"),)))) == 1
    people = (("Khawaja Asif", None), ("Khawaja Muhammad Asif", None))
    apart = Corrections(separated=(("Khawaja Asif", "Khawaja Muhammad Asif"),))
    assert len(groups(*people, corrections=apart)) == 2


def test_the_order_of_statements_changes_nothing() -> None:
    names = ["Kh Asif", "Khawaja Asif", "Imran Khan", "Khawaja Muhammad Asif", "Asif", "Imran Ahmed Khan"]
    statements = [statement(i, name, "minister" if "Asif" in name else None) for i, name in enumerate(names)]
    expected = identify(statements, Corrections())[1]
    for seed in range(5):
        shuffled = statements.copy()
        random.Random(seed).shuffle(shuffled)
        assert identify(shuffled, Corrections())[1] == expected


def test_suggestions_name_the_evidence() -> None:
    named, speakers = identify(
        [statement(0, "Clinton"), statement(1, "Hillary Clinton"), statement(2, "Roe")], Corrections()
    )
    assert suggest_merges(speakers, named) == (
        ("Hillary Clinton", "Clinton", "same surname; no shared office; 1 and 1 statements"),
    )
