import pytest
from conftest import make_conflict, make_document, make_statement

from claimtrack.models import Action, Conflict, ReviewStatus, Span, Store
from claimtrack.pipeline.inheritance import corrections_of, place_of, places_of, versions_read
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
    assert {review.was for review in reviews.values()} == {ReviewStatus.DISMISSED}
    assert {review.note for review in reviews.values()} == {"x"}


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
    assert reviews[second.id].was is ReviewStatus.CONFIRMED


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


# --- three and more versions ----------------------------------------------------------------------


@pytest.fixture
def versions():
    """Three versions of an article, each a line longer; the second one was decided about last."""
    texts = [f"{'Correction. ' * number}{TEXT}" for number in range(3)]
    ids = ["doc-a", "doc-c", "doc-b"]
    return [
        make_document(text).model_copy(update={"id": ids[n], "superseded_by": (*ids[1:], None)[n]})
        for n, text in enumerate(texts)
    ]


def in_each(versions, number):
    """The same words in every version: the first statement of the text, or the second one."""
    start, end = ((15, 34), (45, 63))[number]
    shift = len("Correction. ")
    return [statement_at(d, start + shift * n, end + shift * n) for n, d in enumerate(versions)]


@pytest.mark.parametrize("reverse", [False, True], ids=["oldest first", "newest first"])
def test_the_nearest_version_says_what_an_article_is_called(versions, reverse):
    entries = [(Action.SET, versions[n].id, {"title": title}) for n, title in ((0, "A"), (1, "B"))]
    documents = versions[::-1] if reverse else versions
    found = corrections(documents, [], *entries).sources
    assert found["doc-b"] == {"title": "B"}
    assert corrections(documents, [], *entries[::-1]).sources["doc-b"] == {"title": "B"}


def test_the_nearest_version_says_who_spoke(versions):
    said = in_each(versions, 0)
    entries = [
        (Action.ASSIGN, said[n].id, {"speaker": who, **place_of(said[n])}) for n, who in ((0, "A"), (1, "B"))
    ]
    for order in (entries, entries[::-1]):
        found = corrections(versions, said, *order).assigned
        assert found == {said[0].id: "A", said[1].id: "B", said[2].id: "B"}


def test_of_two_decisions_about_one_statement_the_later_one_is_inherited(versions):
    said = in_each(versions, 0)
    entries = [(Action.ASSIGN, said[0].id, {"speaker": who, **place_of(said[0])}) for who in ("A", "B")]
    assert set(corrections(versions, said, *entries).assigned.values()) == {"B"}


def test_a_statement_that_comes_back_two_versions_later_inherits(versions):
    said = in_each(versions, 0)
    found = corrections(versions, [said[0], said[2]], (Action.REJECT, said[0].id, place_of(said[0])))
    assert found.rejected == {said[0].id, said[2].id}


def test_the_same_words_twice_keep_their_order(old):
    new = make_document("A long line that came before all of it, and another one. " + TEXT)
    new = new.model_copy(update={"id": "doc-new"})
    shift = len(new.text) - len(TEXT)
    before = [statement_at(old, 15, 34), statement_at(old, 74, 93)]
    after = [statement_at(new, start + shift, end + shift) for start, end in ((15, 34), (74, 93))]
    for statement, heir in zip(before, after, strict=True):
        found = corrections([old, new], [*before, *after], (Action.REJECT, statement.id, place_of(statement)))
        assert found.rejected == {statement.id, heir.id}


# --- stale reviews --------------------------------------------------------------------------------


def reviewed(versions, number, status, documents):
    """A review of the pair as it stood in one version, made when these documents were known."""
    first, second = (in_each(versions, each)[number] for each in (0, 1))
    conflict = make_conflict(first, second, first.content[0], second.content[0])
    value = {"status": status, **places_of(conflict)}
    return conflict, (Action.REVIEW, conflict.id, {**value, **versions_read(value, documents)})


def test_a_review_is_stale_once_an_article_changed(versions):
    said = [*in_each(versions, 0), *in_each(versions, 1)]
    _, entry = reviewed(versions, 0, "confirmed", [versions[0].model_copy(update={"superseded_by": None})])
    newest, _ = reviewed(versions, 2, "confirmed", versions)
    review = corrections(versions, said, entry).reviews[newest.id]
    assert (review.status, review.was, review.by) == (ReviewStatus.STALE, ReviewStatus.CONFIRMED, "ann")
    assert review.why == "articles/one.txt has changed since"


def test_a_review_of_the_newest_version_ends_that(versions):
    said = [*in_each(versions, 0), *in_each(versions, 1)]
    _, old_entry = reviewed(versions, 0, "confirmed", versions[:1])
    newest, entry = reviewed(versions, 2, "dismissed", versions)
    reviews = corrections(versions, said, old_entry, entry).reviews
    assert reviews[newest.id].status is ReviewStatus.DISMISSED


def test_a_review_of_gone_words_made_in_knowledge_of_the_newest_version_stands(versions):
    said = [in_each(versions, 0)[0], in_each(versions, 1)[0]]
    gone, entry = reviewed(versions, 0, "confirmed", versions)
    assert corrections(versions, said, entry).reviews[gone.id].status is ReviewStatus.CONFIRMED


@pytest.mark.parametrize(
    ("values", "is_stale"),
    [
        pytest.param({"text": TEXT.replace(" ", "\r\n")}, False, id="white space"),
        pytest.param({"text": TEXT.replace("full", "empty")}, True, id="a word"),
        pytest.param({"text": "Other reading. " + TEXT, "raw_sha256": "1"}, False, id="the same bytes"),
        pytest.param({"text": "Other reading. " + TEXT, "raw_sha256": "2"}, True, id="other bytes"),
    ],
)
def test_what_makes_a_review_stale(old, values, is_stale):
    old = old.model_copy(update={"raw_sha256": "1"})
    new = make_document(values["text"]).model_copy(update={"id": "doc-new", **values})
    pair = [statement_at(old, 15, 34), statement_at(old, 45, 63)]
    conflict = make_conflict(*pair, pair[0].content[0], pair[1].content[0])
    entry = (Action.REVIEW, conflict.id, {"status": "confirmed", **places_of(conflict)})
    review = corrections([old, new], pair, entry).reviews[conflict.id]
    assert (review.status is ReviewStatus.STALE) is is_stale


def test_a_text_that_came_back_is_no_change(versions):
    first = versions[0].model_copy(update={"superseded_by": None})
    second = versions[1].model_copy(update={"superseded_by": first.id})
    conflict, entry = reviewed(versions, 0, "confirmed", [first])
    said = [in_each(versions, 0)[0], in_each(versions, 1)[0]]
    assert corrections([first, second], said, entry).reviews[conflict.id].status is ReviewStatus.CONFIRMED


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
