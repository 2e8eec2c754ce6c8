import pytest
from conftest import make_document, make_statement

from claimtrack.errors import InputError, NotFoundError
from claimtrack.models import Action, Store
from claimtrack.pipeline import correct, settle, undo_last
from claimtrack.store.json_store import format_store, parse_store

AT = "2025-10-01T00:00:00+00:00"
TEXT = "Ada Lomax said on Friday that the bridge was open.\nOfficials said the ferry was full."


@pytest.fixture
def store():
    document = make_document(TEXT, "a.txt", title="Row")
    named = make_statement(document, "the bridge was open", named="Ada Lomax", speaker="Ada Lomax")
    unnamed = make_statement(document, "the ferry was full", named=None, speaker="Officials", speaker_id=None)
    return settle([document], [named, unnamed], ())


def by_text(store, words):
    return next(statement for statement in store.statements if words in statement.text)


def decided(store, action, subject, **value):
    return correct(store, action, subject, value, "ann", AT)


EVERY_ACTION = [
    pytest.param(Action.REJECT, "bridge", {}, id="reject"),
    pytest.param(Action.ASSIGN, "bridge", {"speaker": "Cy Dorn"}, id="assign a named one"),
    pytest.param(Action.ASSIGN, "ferry", {"speaker": "Cy Dorn"}, id="assign an unnamed one"),
    pytest.param(Action.SET, None, {"published": "2025-03-02", "publisher": "Post", "title": "T"}, id="set"),
    pytest.param(Action.SET, None, {"archive_url": "https://archive.example/1"}, id="archive"),
    pytest.param(Action.SET, None, {"retracted": "retracted"}, id="retract"),
    pytest.param(Action.REMOVE, None, {}, id="remove"),
    pytest.param(Action.ALIAS, "Ada Lomax", {"name": "The Mayor"}, id="alias"),
]


@pytest.mark.parametrize(("action", "subject", "value"), EVERY_ACTION)
def test_every_decision_can_be_undone(store, action, subject, value, tmp_path):
    if action in (Action.REJECT, Action.ASSIGN):
        subject = by_text(store, subject).id
    subject = subject or store.documents[0].id
    changed = correct(store, action, subject, value, "ann", AT)
    changed = parse_store(format_store(changed), tmp_path)
    unlogged = changed.model_copy(update={"log": ()})
    assert unlogged != store
    back, undone = undo_last(changed, AT, "bob")
    assert (undone.action, undone.by) == (action, "ann")
    assert back.model_copy(update={"log": ()}) == store
    assert [entry.action for entry in back.log] == [action, Action.UNDO]


def test_a_rejected_statement_stands_for_nobody(store):
    changed = decided(store, Action.REJECT, by_text(store, "bridge").id)
    statement = by_text(changed, "bridge")
    assert (statement.rejected, statement.speaker, statement.speaker_id) == (True, "Ada Lomax", None)
    assert changed.speakers == ()


def test_an_assigned_statement_is_its_speakers(store):
    changed = decided(store, Action.ASSIGN, by_text(store, "ferry").id, speaker="Ada Lomax")
    ferry, bridge = by_text(changed, "ferry"), by_text(changed, "bridge")
    assert (ferry.speaker, ferry.speaker_id) == ("Ada Lomax", bridge.speaker_id)
    assert (ferry.named, ferry.described) == (None, "Officials")


def test_a_date_that_is_set_dates_the_statements(store):
    changed = decided(store, Action.SET, store.documents[0].id, published="2025-03-02")
    document = changed.documents[0]
    assert (document.published, document.published_basis) == ("2025-03-02", "set by hand")
    assert document.as_read == {"published": None, "published_basis": None}
    assert by_text(changed, "bridge").said_on == "2025-02-28"
    assert by_text(changed, "ferry").said_on == "2025-03-02"


def test_a_retraction_can_be_taken_back_by_a_decision(store):
    document = store.documents[0].id
    changed = decided(store, Action.SET, document, retracted="retracted", title="T")
    assert (changed.documents[0].retracted, changed.documents[0].title) == (True, "T")
    assert changed.documents[0].as_read == {"title": "Row"}
    assert not decided(changed, Action.SET, document, retracted="not retracted").documents[0].retracted


def test_ids_may_be_cut_short(store):
    statement = by_text(store, "bridge")
    changed = decided(store, Action.REJECT, statement.id[:7])
    assert changed.log[0].subject == statement.id
    assert changed.log[0].value == {"document": store.documents[0].id, "place": "30-49"}


@pytest.mark.parametrize(
    ("action", "subject", "value", "error", "words"),
    [
        (Action.REJECT, "st-0000", {}, NotFoundError, "nothing in the store"),
        (Action.REJECT, "doc-", {}, NotFoundError, "is no statement"),
        (Action.REMOVE, "nonsense", {}, NotFoundError, "is no id"),
        (Action.SET, "doc-", {"colour": "red"}, InputError, "cannot set colour"),
        (Action.SET, "doc-", {}, InputError, "cannot set nothing"),
        (Action.SET, "doc-", {"published": "May"}, InputError, "is no date"),
        (Action.SET, "doc-", {"archive_url": "x.example"}, InputError, "'x.example' is no web address"),
        (Action.SET, "doc-", {"retracted": "maybe"}, InputError, "not 'maybe'"),
        (Action.REVIEW, "cf-1", {"status": "stale"}, InputError, "'stale' is no decision"),
        (Action.REVIEW, "cf-1", {"status": "great"}, InputError, "'great' is no decision"),
        (Action.REVIEW, "cf-1", {"status": "unsure"}, NotFoundError, "nothing in the store"),
        (Action.ASSIGN, "st-", {"speaker": " "}, InputError, "no speaker is named"),
        (Action.MERGE, "Ada Lomax", {}, InputError, "no second name"),
    ],
)
def test_impossible_decisions(store, action, subject, value, error, words):
    with pytest.raises(error, match=words) as caught:
        correct(store, action, subject, value, None, AT)
    assert caught.value.hint


def test_nothing_to_undo():
    with pytest.raises(NotFoundError, match="no decision left"):
        undo_last(Store(), AT, None)
