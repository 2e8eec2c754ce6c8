import pytest
from conftest import make_conflict, make_document, make_statement

from claimtrack.models import Action, Conflict, ReviewStatus, Span, Store
from claimtrack.pipeline.inheritance import corrections_of, place_of, places_of
from claimtrack.store.history import record, undo

TEXT = "Ada Lomax said the bridge was open. She said the ferry was full. She said the bridge was open."
AT = "2025-01-01T00:00:00+00:00"


def statement_at(document, start, end):
    span = Span.cut(document.text, start, end)
    return make_statement(document, "Ada").model_copy(
        update={"id": f"st-{document.id}-{start}-{end}", "content": (span,)}
    )


@pytest.fixture
def old():
    return make_document(TEXT, superseded_by="doc-new")


@pytest.fixture
def new():
    return make_document("Correction. " + TEXT.replace("full", "empty")).model_copy(update={"id": "doc-new"})


def corrections(documents, statements, *entries):
    log = ()
    for action, subject, value in entries:
        log = record(log, action, subject, value, "ann", AT)
    return corrections_of(Store(documents=tuple(documents), statements=tuple(statements), log=log))


def test_a_newer_extraction_inherits_by_place(old):
    rejected = statement_at(old, 15, 34)
    for start, end, heir in ((19, 34, True), (10, 34, True), (30, 63, False), (0, 9, False)):
        now = statement_at(old, start, end)
        found = corrections([old], [now], (Action.REJECT, rejected.id, place_of(rejected))).rejected
        assert (now.id in found) is heir, (start, end)


def test_the_statement_itself_inherits_nothing(old):
    statement = statement_at(old, 15, 34)
    near = statement_at(old, 15, 33)
    entry = (Action.REJECT, statement.id, place_of(statement))
    assert corrections([old], [statement, near], entry).rejected == {statement.id}


def test_a_newer_version_inherits_by_words_the_nearest_first(old, new):
    first, third = statement_at(old, 15, 34), statement_at(old, 74, 93)
    heirs = [statement_at(new, 27, 46), statement_at(new, 87, 106)]
    assert first.text == heirs[0].text == third.text == heirs[1].text
    for statement, heir in ((first, heirs[0]), (third, heirs[1])):
        entry = (Action.ASSIGN, statement.id, {"speaker": "Cy", **place_of(statement)})
        found = corrections([old, new], [first, third, *heirs], entry).assigned
        assert found == {statement.id: "Cy", heir.id: "Cy"}


def test_changed_words_inherit_nothing(old, new):
    statement = statement_at(old, 45, 63)
    near = statement_at(new, 57, 76)
    entry = (Action.REJECT, statement.id, place_of(statement))
    assert corrections([old, new], [statement, near], entry).rejected == {statement.id}


def test_reviews_follow_both_sides(old, new):
    before = [statement_at(old, 15, 34), statement_at(old, 45, 63)]
    after = [statement_at(new, 27, 46)]
    conflict = make_conflict(*before, before[0].content[0], before[1].content[0])
    entry = (Action.REVIEW, conflict.id, {"status": "dismissed", "note": "x", **places_of(conflict)})
    reviews = corrections([old, new], [*before, *after], entry).reviews
    assert set(reviews) == {conflict.id, Conflict.make_id(after[0].id, before[1].id)}
    assert {review.status for review in reviews.values()} == {ReviewStatus.DISMISSED}


def test_a_review_of_the_newer_pair_is_not_overwritten(old, new):
    before, after = statement_at(old, 15, 34), statement_at(new, 27, 46)
    other = statement_at(old, 45, 63)
    first = make_conflict(before, other, before.content[0], other.content[0])
    second = make_conflict(after, other, after.content[0], other.content[0])
    reviews = corrections(
        [old, new],
        [before, after, other],
        (Action.REVIEW, second.id, {"status": "confirmed", **places_of(second)}),
        (Action.REVIEW, first.id, {"status": "dismissed", **places_of(first)}),
    ).reviews
    assert reviews[second.id].status is ReviewStatus.CONFIRMED


def test_articles_inherit_unless_decided_anew(old, new):
    found = corrections(
        [old, new],
        [],
        (Action.SET, "doc-new", {"title": "B"}),
        (Action.SET, old.id, {"title": "A", "publisher": "Post"}),
        (Action.REMOVE, old.id, {}),
    )
    assert found.sources["doc-new"] == {"title": "B", "publisher": "Post"}
    assert found.removed == {old.id, "doc-new"}


def test_what_is_undone_is_not_inherited(old, new):
    statement, heir = statement_at(old, 15, 34), statement_at(new, 27, 46)
    log = record((), Action.REJECT, statement.id, place_of(statement), None, AT)
    log, _ = undo(log, AT, None)
    store = Store(documents=(old, new), statements=(statement, heir), log=log)
    assert corrections_of(store).rejected == frozenset()


@pytest.mark.parametrize("place", ["", "15", "34-15", "15-9999", "a-b", "-"])
def test_a_place_that_fits_no_text_is_left_alone(old, place):
    entry = (Action.REJECT, "st-gone", {"document": old.id, "place": place})
    assert corrections([old], [statement_at(old, 15, 34)], entry).rejected == {"st-gone"}


def test_versions_in_a_ring_end(old):
    ring = [old, make_document("x").model_copy(update={"id": "doc-new", "superseded_by": old.id})]
    assert corrections(ring, [], (Action.REMOVE, old.id, {})).removed == {old.id, "doc-new"}
