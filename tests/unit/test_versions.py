"""Versions of an article: their order, and what became of their statements."""

import pytest
from conftest import make_document, make_statement

from claimtrack.models import Store
from claimtrack.pipeline.versions import Versions, compare_versions, matched

OLD = "Ada said it rained. Ada said it was cold. Bob said it rained."
NEW = "Corrected. Ada said it rained. Ada said it was warm."


def test_statements_are_kept_gone_or_new():
    old, new = make_document(OLD, superseded_by="doc-new"), make_document(NEW)
    before = [make_statement(old, "it rained"), make_statement(old, "it was cold")]
    after = [make_statement(new, "it rained"), make_statement(new, "it was warm")]
    store = Store(documents=(old, new), statements=(*before, *after))
    change = compare_versions(store, old.id, new.id)
    assert change.place == "articles/one.txt"
    assert (change.gone, change.new, change.kept) == ((before[1],), (after[1],), (after[0],))


def test_the_same_words_count_as_often_as_they_stand_there():
    old, new = make_document("no no no"), make_document("no")
    words = make_statement(old, "no")
    again = words.model_copy(
        update={"id": "st-2", "content": (words.content[0].model_copy(update={"start": 3, "end": 5}),)}
    )
    one = make_statement(new, "no")
    store = Store(documents=(old, new), statements=(words, again, one))
    change = compare_versions(store, old.id, new.id)
    assert (change.gone, change.new, change.kept) == ((again,), (), (one,))
    back = compare_versions(store, new.id, old.id)
    assert (back.gone, back.new, back.kept) == ((), (again,), (words,))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], {}),
        ([5], [], {}),
        ([5, 90], [70, 155], {0: 0, 1: 1}),
        ([5, 90], [80], {1: 0}),
        ([80], [5, 90], {0: 1}),
        ([10, 20, 30], [12, 29], {0: 0, 2: 1}),
    ],
)
def test_places_of_the_same_words_are_matched_once(old, new, expected):
    assert matched(old, new) == expected


def test_versions_in_order_and_in_a_ring():
    chain = [
        make_document("x", "a.txt").model_copy(update={"id": f"doc-{n}", "superseded_by": f"doc-{n + 1}"})
        for n in range(3)
    ]
    versions = Versions([*chain, make_document("x").model_copy(update={"id": "doc-3"})])
    assert list(versions.after("doc-1")) == ["doc-2", "doc-3"]
    assert [versions.newest(name) for name in ("doc-0", "doc-3", "doc-9")] == ["doc-3", "doc-3", "doc-9"]
    ring = Versions([chain[0], chain[1].model_copy(update={"superseded_by": "doc-0"})])
    assert list(ring.after("doc-0")) == ["doc-1"]
    assert not Versions([]).has_changed_since("doc-9")
