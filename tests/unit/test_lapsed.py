"""Conflicts that a person decided about and whose words are gone."""

import pytest
from conftest import make_document, make_statement

from claimtrack.models import Action, ReviewStatus, Speaker, Store
from claimtrack.pipeline import ConflictQuery, correct, find_conflicts, find_item
from claimtrack.settings import Settings

CLOSED = "Ada Lomax said that the harbour bridge was closed to traffic on 3 May."
OPEN = "Ada Lomax said that the harbour bridge was open to traffic on 3 May."
NOTHING = "Ada Lomax said that she was content."
AT = "2025-10-01T00:00:00+00:00"


def version(text, number, superseded_by=None, path="a.txt"):
    document = make_document(text, path, superseded_by=superseded_by)
    return document.model_copy(update={"id": f"doc-{number}"})


def said(document):
    content = document.text.split("said that ")[1].rstrip(".")
    return make_statement(document, content, named="Ada Lomax")


def store_of(*documents, log=()):
    return Store(
        documents=documents,
        statements=tuple(said(document) for document in documents),
        speakers=(Speaker(id="sp-1", name="Ada Lomax"),),
        log=log,
    )


def shown(store, **query):
    return find_conflicts(store, ConflictQuery(**query), Settings()).conflicts


def reviewed(store, status):
    (conflict,) = shown(store)
    return correct(store, Action.REVIEW, conflict.id, {"status": status}, "ann", AT), conflict


OTHER = version(OPEN, 9, path="b.txt")


def through_versions(*decisions):
    """Three versions of an article, decided about one after the other; the last one drops the words."""
    log, conflict = (), None
    texts = [f"{'Corrected. ' * n}{CLOSED}" for n in range(len(decisions))]
    for number, decision in enumerate(decisions):
        documents = [
            version(t, n, f"doc-{n + 1}" if n < number else None) for n, t in enumerate(texts[: number + 1])
        ]
        store = store_of(*documents, OTHER, log=log)
        if decision:
            store, conflict = reviewed(store, decision)
            log = store.log
    last = len(texts)
    documents = [version(t, n, f"doc-{n + 1}") for n, t in enumerate(texts)]
    return store_of(*documents, version(NOTHING, last), OTHER, log=log), conflict


@pytest.mark.parametrize(
    ("decisions", "was"),
    [
        pytest.param(["confirmed"], ReviewStatus.CONFIRMED, id="confirmed"),
        pytest.param(["unsure"], ReviewStatus.UNSURE, id="unsure"),
        pytest.param(["confirmed", "confirmed"], ReviewStatus.CONFIRMED, id="twice, shown once"),
        pytest.param(["dismissed", "confirmed"], ReviewStatus.CONFIRMED, id="the later decision"),
        pytest.param(["confirmed", None], ReviewStatus.CONFIRMED, id="two versions ago"),
        pytest.param(["dismissed"], None, id="dismissed"),
        pytest.param(["confirmed", "dismissed"], None, id="dismissed later"),
        pytest.param(["confirmed", "unreviewed"], None, id="opened again"),
    ],
)
def test_only_what_a_note_may_rest_on_is_shown(decisions, was):
    store, conflict = through_versions(*decisions)
    found = shown(store)
    if was is None:
        assert found == ()
        return
    (lapsed,) = found
    assert (lapsed.review.status, lapsed.review.was) == (ReviewStatus.STALE, was)
    assert {lapsed.a.document_id, lapsed.b.document_id} == {f"doc-{len(decisions) - 1}", "doc-9"}
    assert find_item(store, lapsed.id).review == lapsed.review
    if decisions[-1]:
        assert lapsed.id == conflict.id


def test_it_is_shown_by_its_status_speaker_and_score_only():
    store, _ = through_versions("confirmed")
    assert len(shown(store, status="stale", speaker="Lomax")) == 1
    assert shown(store, status="confirmed") == ()
    assert shown(store, min_score=1.0) == ()
    assert shown(store, kind="report") == ()
    other = Speaker(id="sp-2", name="Cy Dorn")
    assert shown(store.model_copy(update={"speakers": (*store.speakers, other)}), speaker="Dorn") == ()


def test_a_removed_article_stays_out():
    store, _ = through_versions("confirmed")
    documents = tuple(d.model_copy(update={"removed": d.id != "doc-9"}) for d in store.documents)
    assert shown(store.model_copy(update={"documents": documents})) == ()


def test_a_rejected_statement_stays_out():
    store, _ = through_versions("confirmed")
    statements = tuple(s.model_copy(update={"rejected": True}) for s in store.statements)
    assert shown(store.model_copy(update={"statements": statements})) == ()
