import pytest
from conftest import make_document, make_statement

from claimtrack.models import Action, Kind, ReviewStatus, Speaker, Store
from claimtrack.pipeline import (
    ConflictQuery,
    StatementQuery,
    correct,
    find_conflicts,
    find_item,
    find_statements,
)
from claimtrack.pipeline.queries import stems
from claimtrack.settings import Settings

AT = "2025-10-01T00:00:00+00:00"
SPEAKERS = (Speaker(id="sp-1", name="Ada Lomax"), Speaker(id="sp-2", name="Cy Dorn"))


@pytest.fixture
def store():
    """Three articles, the last one superseded; two speakers."""
    first = make_document(
        "Lomax said the bridge was attacked.\n“No ferry sailed,” Dorn said.", "a.txt", title="Harbour row"
    )
    second = make_document("Lomax said on Friday the bridge held.", "b.txt", published="2025-03-02")
    gone = make_document("Lomax said the bridge fell.", "c.txt", superseded_by="doc-x")
    statements = (
        make_statement(first, "the bridge was attacked"),
        make_statement(first, "“No ferry sailed,”", speaker="Cy Dorn", speaker_id="sp-2", kind=Kind.DIRECT),
        make_statement(second, "the bridge held", said_on="2025-02-28"),
        make_statement(second, "on Friday", rejected=True),
        make_statement(gone, "the bridge fell"),
    )
    return Store(documents=(first, second, gone), statements=statements, speakers=SPEAKERS)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({}, ["the bridge was attacked", "“No ferry sailed,”", "the bridge held"]),
        ({"speaker": "dorn"}, ["“No ferry sailed,”"]),
        ({"kind": "direct"}, ["“No ferry sailed,”"]),
        ({"search": "BRIDGE was"}, ["the bridge was attacked"]),
        ({"about": "attack on bridges"}, []),
        ({"about": "attacks bridges"}, ["the bridge was attacked"]),
        ({"about": "harbour"}, ["the bridge was attacked", "“No ferry sailed,”"]),
        ({"about": "bridge Friday"}, ["the bridge held"]),
        ({"about": " "}, ["the bridge was attacked", "“No ferry sailed,”", "the bridge held"]),
        ({"gone": True, "search": "fell"}, ["the bridge fell"]),
        ({"rejected": True, "search": "friday"}, ["on Friday"]),
        ({"since": "2025-02-28"}, ["the bridge held"]),
        ({"since": "2025-03-01"}, []),
        ({"until": "2025-02"}, ["the bridge held"]),
        ({"until": "2024"}, []),
    ],
)
def test_filters_of_statements(store, query, texts):
    found, _ = find_statements(store, StatementQuery(**query))
    assert [statement.text for statement in found] == texts


@pytest.mark.parametrize(
    ("said_on", "since", "until", "within"),
    [
        ("2025-03-05", "2025-03", "2025-03", True),
        ("2025-03", "2025-03-05", None, True),
        ("2025-03", None, "2025-03-05", True),
        ("2025", "2025-03", "2025-03", True),
        ("2025-02", "2025-03-05", None, False),
        ("2025-04", None, "2025-03-05", False),
        ("2024", "2025-03", None, False),
    ],
)
def test_dates_known_less_exactly(store, said_on, since, until, within):
    statement = store.statements[0].model_copy(update={"said_on": said_on})
    found, _ = find_statements(
        store.model_copy(update={"statements": (statement,)}), StatementQuery(since=since, until=until)
    )
    assert bool(found) is within


def test_undated_statements_are_told_of(store):
    _, notes = find_statements(store, StatementQuery(speaker="Ada Lomaxx", since="2020"))
    assert notes == (
        "'Ada Lomaxx' taken as Ada Lomax",
        "1 statement without a date left out by --since or --until",
    )


@pytest.mark.parametrize(
    "words",
    [
        "attack attacks attacked attacking",
        "deny denies denied denying",
        "policy policies",
        "plan planned",
        "tell telling",
    ],
)
def test_inflections_share_a_stem(words):
    assert len(stems(words)) == 1


@pytest.mark.parametrize("words", ["us use", "war wary", "arm army"])
def test_other_words_do_not(words):
    assert len(stems(words)) == 2


CLOSED = "Lomax said that the Kalbar bridge was closed to lorries."
OPEN = "Lomax said that the Kalbar bridge was not closed to lorries."


def opposed(*articles):
    """Returns a store in which Ada Lomax says the content of each article: text, further fields."""
    documents, statements = [], []
    for number, (text, given) in enumerate(articles):
        document = make_document(text, f"{number}.txt", **given)
        documents.append(document)
        content = text.split("said that ")[1].rstrip(".")
        statements.append(make_statement(document, content, named="Ada Lomax", said_on=document.published))
    return Store(documents=tuple(documents), statements=tuple(statements), speakers=SPEAKERS)


def conflicts(store, **query):
    return find_conflicts(store, ConflictQuery(**query), Settings())


@pytest.fixture
def pair():
    return opposed((CLOSED, {"published": "2025-01-05"}), (OPEN, {"published": "2025-02-05", "title": "Row"}))


def test_opposed_statements_are_found(pair):
    report = conflicts(pair)
    (conflict,) = report.conflicts
    assert {conflict.a.text, conflict.b.text} == {statement.text for statement in pair.statements}
    assert report.counts.judged >= 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"speaker": "Lomax"}, 1),
        ({"speaker": "Cy Dorn"}, 0),
        ({"about": "bridges"}, 1),
        ({"about": "row"}, 1),
        ({"about": "ferry"}, 0),
        ({"since": "2025-01", "until": "2025-02"}, 1),
        ({"since": "2025-02"}, 0),
        ({"min_score": 1.0}, 0),
        ({"kind": "report"}, 0),
        ({"status": "unreviewed"}, 1),
        ({"status": "confirmed"}, 0),
        ({"across_sources": True}, 1),
    ],
)
def test_filters_of_conflicts(pair, query, count):
    assert len(conflicts(pair, **query).conflicts) == count


def test_pairs_within_one_article_can_be_left_out():
    store = opposed((f"{CLOSED}\n{OPEN}", {}))
    document = store.documents[0]
    statements = [
        make_statement(document, text.split("said that ")[1].rstrip(".")) for text in (CLOSED, OPEN)
    ]
    store = store.model_copy(update={"statements": tuple(statements)})
    assert len(conflicts(store).conflicts) == 1
    assert conflicts(store, across_sources=True).conflicts == ()


@pytest.mark.parametrize(
    "given", [{"superseded_by": "doc-x"}, {"removed": True}], ids=["superseded", "removed"]
)
def test_articles_out_of_use_are_not_compared(given):
    assert conflicts(opposed((CLOSED, {}), (OPEN, given))).conflicts == ()


@pytest.mark.parametrize(
    "given",
    [{"rejected": True}, {"speaker_id": None}, {"confidence": 0.1}],
    ids=lambda given: next(iter(given)),
)
def test_statements_out_of_use_are_not_compared(pair, given):
    statements = (pair.statements[0], pair.statements[1].model_copy(update=given))
    store = pair.model_copy(update={"statements": statements})
    settings = Settings(min_confidence=0.5)
    assert find_conflicts(store, ConflictQuery(), settings).conflicts == ()


def test_a_copy_counts_once_and_what_only_it_has_counts():
    origin = make_document(CLOSED, "0.txt")
    store = opposed((CLOSED, {}), (CLOSED, {"copy_of": origin.id}), (OPEN, {"copy_of": origin.id}))
    (conflict,) = conflicts(store).conflicts
    assert conflict.also == ()
    assert {conflict.a.document_id, conflict.b.document_id} == {origin.id, store.documents[2].id}


def test_reviews_are_attached_and_dismissed_pairs_hidden(pair):
    (conflict,) = conflicts(pair).conflicts
    for status, shown in (("confirmed", 1), ("unsure", 1), ("dismissed", 0)):
        store = correct(pair, Action.REVIEW, conflict.id, {"status": status, "note": "n"}, "ann", AT)
        report = conflicts(store)
        assert len(report.conflicts) == shown
        (found,) = conflicts(store, status=status).conflicts
        assert (found.review.status, found.review.by, found.review.note) == (ReviewStatus(status), "ann", "n")
        assert find_item(store, conflict.id).review == found.review
    assert report.notes == ("1 dismissed pair hidden; --status dismissed shows them",)


def test_the_limit_keeps_the_best_and_says_so():
    store = opposed(
        (CLOSED, {}), (OPEN, {}),
        ("Lomax said that she had signed the Orlen treaty.", {}),
        ("Lomax said that she had not signed the Orlen treaty.", {}),
    )  # fmt: skip
    everything = conflicts(store).conflicts
    assert len(everything) == 2
    report = conflicts(store, limit=1)
    assert report.conflicts == everything[:1]
    assert report.notes == ("the best 1 of 2 possible conflicts",)
