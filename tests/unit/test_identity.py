"""One person across articles."""

import random

import pytest

from claimtrack.models import Corrections, Kind, Span, Statement
from claimtrack.statements.identity import identify


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


@pytest.mark.parametrize(
    ("people", "count"),
    [
        pytest.param(
            [("Khan", "senator"), ("Khan", "police captain")], 2, id="bare surname with two offices"
        ),
        pytest.param([("Khan", "senator"), ("Khan", "former senator")], 1, id="an office that is over"),
        pytest.param(
            [("Khan", "senator"), ("Ali Khan", "senator"), ("Raza Khan", "senator")], 3, id="two would fit"
        ),
        pytest.param(
            [("Asif", "minister"), ("Khawaja Asif", "defence minister")], 1, id="the office, less exactly"
        ),
        pytest.param(
            [("Asif", "foreign minister"), ("Khawaja Asif", "defence minister")], 2, id="another ministry"
        ),
        pytest.param(
            [("Asif", "defense minister"), ("Khawaja Asif", "defence minister")], 1, id="American spelling"
        ),
        pytest.param(
            [("Khwaja Asif", "governor"), ("Khawaja Asif", "defence minister")],
            2,
            id="romanisation with another office",
        ),
        pytest.param(
            [("Khawaja Asif", "governor"), ("Khawaja Asif", "defence minister")], 1, id="one name, two times"
        ),
        pytest.param([("Muhammad Khan", None), ("Muhammad Iqbal Khan", None)], 2, id="only a common name"),
        pytest.param(
            [("Muhammad Khan", "mayor"), ("Muhammad Iqbal Khan", "mayor")], 1, id="a common name, one office"
        ),
        pytest.param(
            [("Ann Roe", "mayor"), ("Ann May Roe", "journalist")], 1, id="a profession is no rival office"
        ),
        pytest.param([("Ann Roe", "mayor"), ("Ann May Roe", "senator")], 2, id="rival offices"),
        pytest.param([("ISPR", None), ("ISPR", None)], 1, id="an institution"),
        pytest.param(
            [("J. B. Roe", None), ("James Roe", None), ("James B. Roe", None)],
            2,
            id="a chain but for initials",
        ),
    ],
)
def test_how_many_people(people: list[tuple[str, str | None]], count: int) -> None:
    statements = [statement(i, name, office) for i, (name, office) in enumerate(people)]
    named, speakers = identify(statements, Corrections())
    assert len(speakers) == len({s.speaker_id for s in named}) == count


def test_bare_surnames_without_office_stand_alone_where_the_surname_is_shared() -> None:
    bare = [statement(i, "Khan", mention="he") for i in range(2)]
    known = [statement(5, "Ali Khan"), statement(6, "Raza Khan")]
    assert len(identify(bare, Corrections())[1]) == 1
    assert len(identify([*bare, *known], Corrections())[1]) == 4


def test_an_assigned_statement_belongs_to_the_name_given_whatever_its_own_office() -> None:
    statements = [statement(0, "Ann Roe", "mayor"), statement(1, "Carl Dow", "baker")]
    named, speakers = identify(statements, Corrections(assigned={statements[1].id: "ann roe"}))
    assert [s.speaker for s in named] == ["Ann Roe", "Ann Roe"]
    assert speakers[0].offices == ("mayor",)


def test_an_undone_assignment_leaves_no_name_behind() -> None:
    stale = statement(1, None, mention="They").model_copy(update={"speaker": "Ann Roe"})
    kept = statement(2, None, mention="A senior official").model_copy(update={"speaker": "senior official"})
    named, _ = identify([stale, kept], Corrections())
    assert [s.speaker for s in named] == [None, "senior official"]
