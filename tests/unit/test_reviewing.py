"""What several people decided about one conflict, what is open for one of them, and reviews in bulk."""

import json

import pytest
from conftest import make_document, make_statement

from claimtrack.errors import InputError, NotFoundError
from claimtrack.models import Action, Conflict, Review, ReviewStatus, Speaker, Store
from claimtrack.pipeline import ConflictQuery, correct, find_conflicts, find_item, undo_last
from claimtrack.pipeline.bulk_reviews import LineFault, import_reviews, read_reviews, review_records
from claimtrack.pipeline.comparable import review_of
from claimtrack.pipeline.inheritance import corrections_of
from claimtrack.pipeline.reviewing import agenda_of, as_reviewed, said_of
from claimtrack.settings import Settings
from claimtrack.store.history import fold_reviews, record

DAY = "2025-01-{:02}T00:00:00+00:00"
LATER = DAY.format(31)


def folded(*said):
    """What entries of (who, values) amount to, made one a day."""
    log = ()
    for number, (who, value) in enumerate(said, 1):
        log = record(log, Action.REVIEW, "cf-1", value, who, DAY.format(number))
    return fold_reviews((entry, ()) for entry in log)


def shown(review):
    """A review and the others' in short."""
    return [(r.by, r.status.value, r.note) for r in (review, *review.others)]


CONFIRM, DISMISS, UNSURE = ({"status": status} for status in ("confirmed", "dismissed", "unsure"))


@pytest.mark.parametrize(
    ("said", "expected", "disputed"),
    [
        pytest.param([], [(None, "unreviewed", None)], False, id="nothing"),
        pytest.param([("Ann", CONFIRM)], [("Ann", "confirmed", None)], False, id="one"),
        pytest.param(
            [("Ann", CONFIRM), ("Ann", DISMISS)], [("Ann", "dismissed", None)], False, id="a change of mind"
        ),
        pytest.param(
            [("Ann", CONFIRM), ("Nell", DISMISS)],
            [("Nell", "dismissed", None), ("Ann", "confirmed", None)],
            True,
            id="two disagree",
        ),
        pytest.param(
            [("Ann", CONFIRM), ("Nell", CONFIRM)],
            [("Nell", "confirmed", None), ("Ann", "confirmed", None)],
            False,
            id="two agree",
        ),
        pytest.param(
            [("Ann", CONFIRM), ("Nell", DISMISS), ("Vera", UNSURE), (" ANN ", UNSURE)],
            [(" ANN ", "unsure", None), ("Vera", "unsure", None), ("Nell", "dismissed", None)],
            True,
            id="three, one of them twice",
        ),
        pytest.param(
            [("Ann", CONFIRM), ("Nell", {"note": "why?"})],
            [("Ann", "confirmed", None), ("Nell", "unreviewed", "why?")],
            False,
            id="a note decides nothing",
        ),
        pytest.param(
            [("Ann", {"note": "one"}), ("Nell", {"note": "two"})],
            [("Nell", "unreviewed", "two"), ("Ann", "unreviewed", "one")],
            False,
            id="notes alone",
        ),
        pytest.param(
            [("Ann", {"note": "one"}), ("Ann", CONFIRM)],
            [("Ann", "confirmed", "one")],
            False,
            id="a note before goes along",
        ),
        pytest.param(
            [("Ann", {**CONFIRM, "note": "one"}), ("Ann", DISMISS)],
            [("Ann", "dismissed", None)],
            False,
            id="the note of another decision does not",
        ),
        pytest.param(
            [("Ann", CONFIRM), ("Ann", {"note": "two"})],
            [("Ann", "confirmed", "two")],
            False,
            id="a note after",
        ),
        pytest.param(
            [("Ann", CONFIRM), ("Nell", {"status": "unreviewed"})],
            [("Nell", "unreviewed", None), ("Ann", "confirmed", None)],
            False,
            id="opened again",
        ),
        pytest.param([(None, CONFIRM)], [(None, "confirmed", None)], False, id="of an old store"),
    ],
)
def test_everybodys_latest_decision_stays(said, expected, disputed):
    review = folded(*said)
    assert shown(review) == expected
    assert review.is_disputed is disputed


def test_the_right_of_reply_is_the_conflicts_whoever_asked():
    review = folded(
        ("Ann", {"contacted": "2025-01-01"}),
        ("Ann", CONFIRM),
        ("Nell", {**DISMISS, "contacted": "2025-01-03"}),
        ("Vera", {"response": "no"}),
    )
    assert (review.contacted, review.response) == ("2025-01-03", "no")
    assert shown(review) == [("Nell", "dismissed", None), ("Ann", "confirmed", None)]
    assert folded(("Ann", {"contacted": "2025"})) == Review(contacted="2025")


def test_of_finds_a_person_however_the_name_is_typed():
    review = folded(("Ann  Lee", CONFIRM), ("Nell", DISMISS))
    assert review.of("ann lee").status is ReviewStatus.CONFIRMED
    assert review.of("NELL").status is ReviewStatus.DISMISSED
    assert review.of("Ann") is None
    assert Review().of("") is None


def test_a_stale_decision_of_another_one_is_no_dispute():
    old = folded(("Ann", CONFIRM)).as_stale("a.txt has changed since")
    new = folded(("Nell", DISMISS)).model_copy(update={"others": (old,)})
    assert not new.is_disputed
    assert new.as_stale("x").decision is ReviewStatus.DISMISSED
    assert new.as_stale("x").as_stale("y").why == "x; y"


# --- in a store -----------------------------------------------------------------------------------

CLOSED = "Ada Lomax said that the harbour bridge was closed to traffic on 3 May."
OPEN = "Ada Lomax said that the harbour bridge was open to traffic on 3 May."
WIDE = "Ada Lomax said that the river crossing was wide on 3 May."
NARROW = "Ada Lomax said that the river crossing was narrow on 3 May."


def store_of(*texts, log=()):
    documents = [make_document(text, f"{number}.txt") for number, text in enumerate(texts)]
    statements = [
        make_statement(d, d.text.split("said that ")[1].rstrip("."), named="Ada Lomax") for d in documents
    ]
    return Store(
        documents=tuple(documents),
        statements=tuple(statements),
        speakers=(Speaker(id="sp-1", name="Ada Lomax"),),
        log=log,
    )


@pytest.fixture
def store():
    return store_of(CLOSED, OPEN)


@pytest.fixture
def conflict(store):
    (found,) = find_conflicts(store, ConflictQuery(), Settings()).conflicts
    return found


def decide(store, conflict, value, by="Ann", at=LATER):
    return correct(store, Action.REVIEW, conflict.id, said_of(conflict, value, store), by, at)


def open_for(store, by, **query):
    return [c.id for c in agenda_of(store, ConflictQuery(**query), by, Settings()).conflicts]


@pytest.mark.parametrize(
    ("said", "who", "status", "is_asked"),
    [
        pytest.param([], "Ann", None, True, id="nobody decided"),
        pytest.param([("Ann", {"note": "x"})], "Ann", None, True, id="a note only"),
        pytest.param([("Ann", UNSURE)], "Nell", None, False, id="decided by another one"),
        pytest.param([("Ann", CONFIRM)], "Ann", None, False, id="decided"),
        pytest.param([("Ann", CONFIRM)], "Nell", "confirmed", True, id="the second reader"),
        pytest.param([("Ann", CONFIRM)], "ANN", "confirmed", False, id="the first one again"),
        pytest.param([("Nell", DISMISS), ("Ann", CONFIRM)], "Nell", "confirmed", False, id="had a say"),
        pytest.param([("Nell", UNSURE), ("Ann", CONFIRM)], "Nell", "confirmed", True, id="was unsure"),
        pytest.param([("Ann", UNSURE)], "Ann", "unsure", True, id="one's own unsure ones"),
    ],
)
def test_what_is_open_for_whom(store, conflict, said, who, status, is_asked):
    for by, value in said:
        store = decide(store, conflict, value, by)
    assert open_for(store, who, status=status) == ([conflict.id] if is_asked else [])


def test_the_limit_counts_open_ones_only(store, conflict):
    assert open_for(decide(store, conflict, DISMISS), "Ann", limit=1) == []
    agenda = agenda_of(decide(store, conflict, UNSURE), ConflictQuery(), "Ann", Settings())
    assert (agenda.conflicts, agenda.unsure) == ((), 1)


def test_as_reviewed_is_what_holds_now(store, conflict):
    assert as_reviewed(conflict, decide(store, conflict, DISMISS)).review.status is ReviewStatus.DISMISSED
    assert as_reviewed(conflict, Store()) == conflict


def test_a_decision_made_with_the_clock_set_back_still_comes_last(store, conflict):
    store = decide(store, conflict, CONFIRM, at=DAY.format(9))
    store = decide(store, conflict, DISMISS, at=DAY.format(1))
    assert find_item(store, conflict.id).review.status is ReviewStatus.DISMISSED


@pytest.mark.parametrize(
    ("value", "by", "words"),
    [
        ({"status": "confirmed"}, None, "who decides"),
        ({"status": "confirmed"}, "  ", "who decides"),
        ({}, "Ann", "nothing is decided"),
        ({"note": " ", "status": None}, "Ann", "nothing is decided"),
        ({"contacted": "soon"}, "Ann", "is no date"),
    ],
)
def test_a_review_that_says_nothing_or_by_nobody(store, conflict, value, by, words):
    with pytest.raises(InputError, match=words):
        decide(store, conflict, value, by)


def test_undo_by_number_takes_back_one_of_several(store, conflict):
    store = decide(decide(store, conflict, CONFIRM, "Ann"), conflict, DISMISS, "Nell")
    store, undone = undo_last(store, LATER, "Ann", 1)
    assert undone.by == "Ann"
    assert shown(find_item(store, conflict.id).review) == [("Nell", "dismissed", None)]
    with pytest.raises(NotFoundError, match="number 1"):
        undo_last(store, LATER, "Ann", 1)


def test_what_was_said_of_a_folded_pair_stays_beside_the_shown_ones(store, conflict):
    folded_pair = "cf-000000000001"
    shown_pair = conflict.model_copy(update={"also": (folded_pair,)})
    documents = {document.id: document for document in store.documents}
    theirs = folded(("Ann", DISMISS), ("Nell", CONFIRM), ("Vera", {"contacted": "2025"}))
    own = folded(("Nell", {"note": "x"}), ("Cy", {"note": "y"}))
    cases = [
        ({folded_pair: theirs}, [("Nell", "confirmed", None), ("Ann", "dismissed", None)]),
        (
            {folded_pair: theirs, conflict.id: own},
            [("Nell", "confirmed", None), ("Cy", "unreviewed", "y"), ("Ann", "dismissed", None)],
        ),
        (
            {folded_pair: theirs, conflict.id: folded(("Ann", CONFIRM))},
            [("Ann", "confirmed", None), ("Nell", "confirmed", None)],
        ),
    ]
    for reviews, expected in cases:
        review = review_of(shown_pair, reviews, documents)
        assert shown(review) == expected
        assert review.contacted == "2025"


def test_a_remark_does_not_end_a_decision_about_words_that_are_gone(store, conflict):
    store = decide(decide(store, conflict, CONFIRM), conflict, {"contacted": "2025"}, "Nell")
    gone = store.documents[0].model_copy(update={"superseded_by": "doc-new"})
    new = make_document("Ada Lomax said that she was content.", "0.txt").model_copy(update={"id": "doc-new"})
    changed = store.model_copy(update={"documents": (gone, store.documents[1], new)})
    (lapsed,) = find_conflicts(changed, ConflictQuery(), Settings()).conflicts
    assert (lapsed.review.was, lapsed.review.contacted) == (ReviewStatus.CONFIRMED, "2025")


# --- JSON Lines -----------------------------------------------------------------------------------


def jsonl(records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def taken_in(store, raw, by=None, now=LATER):
    read = list(read_reviews(raw))
    assert not [line for line in read if isinstance(line, LineFault)]
    return import_reviews(store, read, by, now, Settings())


def test_reviews_go_round(store, conflict):
    full = decide(store, conflict, {**CONFIRM, "note": "“x”\n= 1"}, "Ann", DAY.format(1))
    full = decide(
        full, conflict, {**DISMISS, "contacted": "2025-01", "response": "né"}, "Nell", DAY.format(2)
    )
    full = decide(full, conflict, UNSURE, "Vera", DAY.format(3))
    full, _ = undo_last(full, LATER, "Vera")
    raw = jsonl(review_records(full))
    report = taken_in(store, raw)
    assert (report.taken, report.known, report.faults) == (2, 0, ())
    assert jsonl(review_records(report.store)) == raw
    assert corrections_of(report.store).reviews == corrections_of(full).reviews
    again = taken_in(report.store, b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n\n"))
    assert (again.taken, again.known, again.store) == (0, 2, report.store)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the later one first"])
def test_the_time_of_a_decision_counts_not_that_of_its_arrival(store, conflict, order):
    lines = [
        {"id": conflict.id, "status": "dismissed", "by": "Ann", "at": "2025-01-03T01:00:00+02:00"},
        {"id": conflict.id, "status": "confirmed", "by": "Nell", "at": "2025-01-03T00:00:00Z"},
    ]
    report = taken_in(store, jsonl(lines[number] for number in order))
    review = find_item(report.store, conflict.id).review
    assert [r.at for r in (review, *review.others)] == [
        "2025-01-03T00:00:00+00:00",
        "2025-01-02T23:00:00+00:00",
    ]


def test_a_change_of_mind_without_a_time_is_taken_in(store, conflict):
    for number, status in enumerate(["confirmed", "confirmed", "dismissed", "confirmed"], 1):
        line = {"id": conflict.id[:9], "status": status, "by": "Ann"}
        store = taken_in(store, jsonl([line]), now=DAY.format(number)).store
    assert [entry.value["status"] for entry in store.log] == ["confirmed", "dismissed", "confirmed"]
    assert store.log[0].subject == conflict.id


def test_a_review_of_an_older_version_stays_stale_where_it_is_taken_in(store, conflict):
    raw = jsonl(review_records(decide(store, conflict, CONFIRM)))
    old = store.documents[0].model_copy(update={"superseded_by": "doc-new"})
    new = make_document("Corrected. " + CLOSED, "0.txt").model_copy(update={"id": "doc-new"})
    theirs = store.model_copy(update={"documents": (old, store.documents[1], new)})
    review = corrections_of(taken_in(theirs, raw).store).reviews[conflict.id]
    assert (review.status, review.was) == (ReviewStatus.STALE, ReviewStatus.CONFIRMED)


def test_a_line_of_a_pair_that_is_no_longer_found_is_known_by_its_places(store, conflict):
    record = review_records(decide(store, conflict, CONFIRM))[0]
    assert Conflict.make_id(record["a"], record["b"]) == record["id"] == conflict.id
    unlike = store.model_copy(update={"statements": ()})
    assert taken_in(unlike, jsonl([record])).taken == 1
    bare = {key: record[key] for key in ("id", "status", "by")}
    (fault,) = taken_in(unlike, jsonl([bare])).faults
    assert (fault.number, "nothing in the store" in fault.message) == (1, True)
