"""Offices with the time in which articles gave them."""

from claimtrack.models import Document, Kind, Span, Statement
from claimtrack.notes.offices import MOST_SHOWN, main_offices, offices_seen


def said(*offices: tuple[str | None, str | None]):
    """Returns statements with an office, each in an article of its own, and the articles by id."""
    documents = {}
    statements = []
    for number, (office, published) in enumerate(offices):
        name = f"doc-{number}"
        documents[name] = Document(id=name, sha256="", text="x", published=published)
        statements.append(
            Statement(
                id=f"st-{number}", document_id=name, office=office, kind=Kind.INDIRECT, confidence=1.0,
                content=(Span(start=0, end=1, text="x"),),
            )
        )  # fmt: skip
    return statements, documents


def test_an_office_spans_its_first_and_last_article():
    seen = offices_seen(
        *said(
            ("Mayor", "2017-05-01"),
            ("mayor", "2016-01-02"),
            ("mayor", None),
            ("Senator", "2015"),
            (None, "2014"),
        )
    )
    assert [(x.office, x.first, x.last, x.document_count) for x in seen] == [
        ("Senator", "2015", "2015", 1),
        ("mayor", "2016-01-02", "2017-05-01", 3),
    ]
    assert main_offices(seen) == ("Senator (2015)", "mayor (2016-01-02 to 2017-05-01)")


def test_undated_offices_come_last_and_say_so():
    seen = offices_seen(*said(("baker", None), ("mayor", "2016-01-02")))
    assert main_offices(seen) == ("mayor (2016-01-02)", "baker (undated)")


def test_of_many_offices_the_most_frequent_are_shown():
    rare = [(f"office {n}", "2016-01-01") for n in range(MOST_SHOWN + 2)]
    seen = offices_seen(*said(*rare, ("mayor", "2017-01-01"), ("mayor", "2018-01-01")))
    shown = main_offices(seen)
    assert len(shown) == MOST_SHOWN + 1
    assert "mayor (2017-01-01 to 2018-01-01)" in shown
    assert shown[-1] == "3 more"
