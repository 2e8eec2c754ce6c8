"""Which utterances a timeline has, under which date, and in which order."""

import pytest
from conftest import make_document, make_statement

from claimtrack.errors import NotFoundError
from claimtrack.models import Speaker, Store
from claimtrack.pipeline.timelines import TimelineQuery, read_timeline
from claimtrack.settings import Settings

LONG = "that the old ferry over the sound would be run from the harbour at Karachi until the winter comes"
PRINTED = "publication date"
LATEST = f'{PRINTED}, at the latest: "recently"'


def made_store(*said) -> Store:
    """Returns a store of one article per ``(path, published, words, said_on, basis)``."""
    documents, statements = [], []
    for path, published, words, said_on, basis in said:
        document = make_document(f"Ada Lomax said {words}.", path=path, published=published)
        documents.append(document)
        statements.append(make_statement(document, words, said_on=said_on, said_on_basis=basis))
    speakers = (Speaker(id="sp-1", name="Ada Lomax", aliases=("Lomax",)), Speaker(id="sp-2", name="Tom Reed"))
    return Store(documents=tuple(documents), statements=tuple(statements), speakers=speakers)


def read(store: Store, **asked):
    return read_timeline(store, TimelineQuery(speaker="Ada Lomax", **asked), Settings())


def test_rows_stand_by_date_said_not_by_date_printed():
    store = made_store(
        ("a.txt", "2024-03-20", "the first thing of all", "2024-03-01", "weekday"),
        ("b.txt", "2024-03-10", "the second thing of all", "2024-03-10", PRINTED),
        ("c.txt", "2024-01-01", "a thing without a day", None, None),
        ("d.txt", None, "a thing without any date", None, None),
        ("e.txt", "2024-05-01", "a thing of that year", "2024", "this year"),
    )
    told = [(row.number, row.said_on, row.statement.text) for row in read(store).timeline.rows]
    assert told == [
        (1, "2024", "a thing of that year"),
        (2, "2024-03-01", "the first thing of all"),
        (3, "2024-03-10", "the second thing of all"),
        (4, None, "a thing without a day"),
        (5, None, "a thing without any date"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "date", "told_in"),
    [
        (("2024-03-12", PRINTED), ("2024-03-11", "weekday"), "2024-03-11", "b.txt"),
        (("2024-03-12", PRINTED), ("2024-03-13", PRINTED), "2024-03-12", "a.txt"),
        (("2024-03-12", "dateline"), ("2024-03-11", "weekday"), "2024-03-12", "a.txt"),
        (("2024-03-12", LATEST), ("2024-03-13", "dateline"), "2024-03-13", "b.txt"),
        ((None, None), ("2024-03-13", PRINTED), "2024-03-13", "b.txt"),
        ((None, None), (None, None), None, None),
    ],
    ids=["told before printed", "first printed", "its own", "at the latest", "the only one", "none"],
)  # fmt: skip
def test_the_best_date_of_all_articles_counts(first, second, date, told_in):
    store = made_store(("a.txt", "2024-03-12", LONG, *first), ("b.txt", "2024-03-13", LONG, *second))
    (row,) = read(store).timeline.rows
    by_id = {document.id: document.path for document in store.documents}
    assert (row.said_on, by_id.get(row.said_in or "")) == (date, told_in)
    assert [place.path for place in row.elsewhere] == ["b.txt"]


def test_an_utterance_is_asked_for_where_any_of_its_articles_has_the_subject():
    store = made_store(("a.txt", "2024-03-12", LONG, None, None), ("b.txt", "2024-03-13", LONG, None, None))
    other = make_document(f"The pumps. Ada Lomax said {LONG}.", path="b.txt", published="2024-03-13")
    store = store.model_copy(
        update={
            "documents": (store.documents[0], other),
            "statements": (store.statements[0], make_statement(other, LONG)),
        }
    )
    (row,) = read(store, about="pumps").timeline.rows
    assert row.statement.document_id == store.documents[0].id
    assert not row.is_other_side


@pytest.mark.parametrize(
    ("asked", "left", "notes"),
    [
        ({}, 3, ()),
        ({"since": "2024-03"}, 1, ("1 utterance without a date left out by --since or --until",)),
        ({"until": "2024-02"}, 1, ("1 utterance without a date left out by --since or --until",)),
    ],
    ids=["all", "since", "until"],
)
def test_what_has_no_date_is_left_out_of_a_time_and_counted(asked, left, notes):
    store = made_store(
        ("a.txt", None, "the first thing of all", "2024-02-01", "weekday"),
        ("b.txt", "2024-03-10", "the second thing of all", None, None),
        ("c.txt", None, "a thing without any date", None, None),
    )
    report = read(store, **asked)
    assert (len(report.timeline.rows), report.notes) == (left, notes)


def test_rejected_words_and_those_of_removed_articles_are_no_rows():
    store = made_store(
        ("a.txt", None, "the first thing of all", None, None),
        ("b.txt", None, "the second thing of all", None, None),
        ("c.txt", None, "the third thing of all", None, None),
    )
    first, second, third = store.statements
    documents = (*store.documents[:2], store.documents[2].model_copy(update={"removed": True}))
    statements = (first.model_copy(update={"rejected": True}), second, third)
    left = store.model_copy(update={"documents": documents, "statements": statements})
    assert [row.statement.id for row in read(left).timeline.rows] == [second.id]


def test_a_name_that_fits_nobody_is_an_error_and_a_close_one_is_told():
    store = made_store(("a.txt", None, "the first thing of all", None, None))
    with pytest.raises(NotFoundError):
        read_timeline(store, TimelineQuery(speaker="Zzz"), Settings())
    report = read_timeline(store, TimelineQuery(speaker="Ada Lomex"), Settings())
    assert report.timeline.speaker == "Ada Lomax"
    assert report.notes == ("'Ada Lomex' taken as Ada Lomax",)
