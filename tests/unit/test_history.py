import pytest

from claimtrack.errors import NotFoundError
from claimtrack.models import Action, ReviewStatus
from claimtrack.store.history import fold_log, record, standing_entries, undo


def log_of(*entries):
    log = ()
    for action, subject, value in entries:
        log = record(log, action, subject, value, "ann", "2025-01-01T00:00:00+00:00")
    return log


def undone(log, number=None):
    return undo(log, "2025-01-02T00:00:00+00:00", "bob", number)


def test_entries_are_numbered_and_keep_who_and_when():
    log = log_of((Action.REJECT, "st-1", {}), (Action.REMOVE, "doc-1", {}))
    assert [(e.number, e.by, e.at, e.action) for e in log] == [
        (1, "ann", "2025-01-01T00:00:00+00:00", Action.REJECT),
        (2, "ann", "2025-01-01T00:00:00+00:00", Action.REMOVE),
    ]


def test_decisions_add_up():
    corrections = fold_log(
        log_of(
            (Action.REJECT, "st-1", {"document": "doc-1", "place": "0-4"}),
            (Action.ASSIGN, "st-2", {"speaker": "Ada Lomax"}),
            (Action.ASSIGN, "st-2", {"speaker": "Lena Orth"}),
            (Action.SET, "doc-1", {"published": "2025-01-01"}),
            (Action.SET, "doc-1", {"publisher": "Post"}),
            (Action.REMOVE, "doc-2", {}),
            (Action.REVIEW, "cf-1", {"status": "confirmed", "note": None}),
            (Action.REVIEW, "cf-1", {"status": "dismissed", "note": "two dams"}),
        )
    )
    assert corrections.rejected == {"st-1"}
    assert corrections.assigned == {"st-2": "Lena Orth"}
    assert corrections.sources == {"doc-1": {"published": "2025-01-01", "publisher": "Post"}}
    assert corrections.removed == {"doc-2"}
    review = corrections.reviews["cf-1"]
    assert (review.status, review.note, review.by) == (ReviewStatus.DISMISSED, "two dams", "ann")


@pytest.mark.parametrize(
    ("actions", "joined", "separated"),
    [
        pytest.param([(Action.MERGE, "B", "A")], [("A", "B")], [], id="merge"),
        pytest.param([(Action.ALIAS, "A", "B")], [("A", "B")], [], id="alias"),
        pytest.param(
            [(Action.MERGE, "A", "B"), (Action.SPLIT, "b", "a")], [], [("a", "b")], id="split later"
        ),
        pytest.param(
            [(Action.SPLIT, "A", "B"), (Action.MERGE, "A", "B")], [("A", "B")], [], id="merge later"
        ),
        pytest.param(
            [(Action.MERGE, "A", "C"), (Action.MERGE, "A", "B")], [("A", "B"), ("A", "C")], [], id="sorted"
        ),
    ],
)
def test_the_later_decision_about_two_names_holds(actions, joined, separated):
    corrections = fold_log(log_of(*((action, name, {"name": other}) for action, name, other in actions)))
    assert list(corrections.joined) == joined
    assert list(corrections.separated) == separated


def test_undo_takes_back_one_decision_after_the_other():
    log = log_of((Action.REJECT, "st-1", {}), (Action.REJECT, "st-2", {}))
    log, entry = undone(log)
    assert entry.subject == "st-2"
    assert fold_log(log).rejected == {"st-1"}
    log, entry = undone(log)
    assert entry.subject == "st-1"
    assert fold_log(log).rejected == frozenset()
    assert len(log) == 4
    with pytest.raises(NotFoundError, match="no decision left"):
        undone(log)


def test_a_decision_after_an_undo_stands():
    log, _ = undone(log_of((Action.REJECT, "st-1", {})))
    log = record(log, Action.REJECT, "st-1", {}, None, "2025-01-03T00:00:00+00:00")
    assert [entry.number for entry in standing_entries(log)] == [3]


def test_undo_by_number():
    log = log_of((Action.REJECT, "st-1", {}), (Action.REJECT, "st-2", {}))
    log, entry = undone(log, 1)
    assert entry.subject == "st-1"
    assert fold_log(log).rejected == {"st-2"}
    for number in (1, 3, 9):
        with pytest.raises(NotFoundError, match=f"number {number}"):
            undone(log, number)


def test_undo_of_a_set_brings_back_the_value_set_before():
    log = log_of((Action.SET, "doc-1", {"title": "A"}), (Action.SET, "doc-1", {"title": "B"}))
    log, _ = undone(log)
    assert fold_log(log).sources == {"doc-1": {"title": "A"}}
