import pytest
from conftest import make_document, make_statement

from claimtrack import __version__
from claimtrack.errors import NotFoundError
from claimtrack.models import Action, Store
from claimtrack.pipeline import find_item, status
from claimtrack.store.history import record


@pytest.fixture
def store():
    current = make_document(
        "Ada said one thing and another.", "a.txt", extractor=__version__, published="2025"
    )
    old = make_document("Ada said it.", "b.txt", superseded_by=current.id)
    removed = make_document("Ada said this.", "c.txt", removed=True)
    foreign = make_document("Sí.", "d.txt", analysed=False, extractor=__version__, copy_of=current.id)
    statements = (
        make_statement(current, "one thing"),
        make_statement(current, "another", speaker_id=None),
        make_statement(current, "Ada", rejected=True),
        make_statement(old, "it"),
        make_statement(removed, "this"),
    )
    log = record((), Action.REVIEW, "cf-1", {"status": "confirmed"}, None, "2025-01-01")
    log = record(log, Action.REVIEW, "cf-2", {"status": "dismissed"}, None, "2025-01-01")
    return Store(documents=(current, old, removed, foreign), statements=statements, log=log)


def test_items_by_id_and_by_its_beginning(store):
    for item in (*store.documents, *store.statements):
        assert find_item(store, item.id) == item
        assert find_item(store, f" {item.id[:8].upper()} ") == item


@pytest.mark.parametrize(
    ("typed", "words", "hint"),
    [
        ("st-", "5 ids begin with st-", "Type more of one: st-"),
        ("doc", "4 ids begin with doc", "Type more of one: doc-"),
        ("st-zz", "nothing in the store has the id st-zz", "claimtrack statements"),
        ("cf-zz", "nothing in the store has the id cf-zz", "claimtrack contradictions"),
        ("", "is no id", "st-, cf- or doc-"),
        ("Ada", "is no id", "st-, cf- or doc-"),
    ],
)
def test_ids_that_fit_none_or_several(store, typed, words, hint):
    with pytest.raises(NotFoundError, match=words) as caught:
        find_item(store, typed)
    assert hint in caught.value.hint


def test_status_counts_what_needs_a_look(store):
    counts = status(store).model_dump()
    assert {name: count for name, count in counts.items() if count} == {
        "documents": 2,
        "superseded": 1,
        "removed": 1,
        "copies": 1,
        "not_english": 1,
        "undated": 1,
        "statements": 2,
        "rejected": 1,
        "gone": 1,
        "unnamed": 1,
        "speakers": 1,
        "decisions": 2,
        "confirmed": 1,
        "dismissed": 1,
    }


def test_status_of_an_empty_store():
    assert set(status(Store()).model_dump().values()) == {0}


def test_articles_of_another_version_are_outdated(store):
    outdated = [document.model_copy(update={"extractor": "0.0.1"}) for document in store.documents]
    assert status(store.model_copy(update={"documents": tuple(outdated)})).outdated == 2
