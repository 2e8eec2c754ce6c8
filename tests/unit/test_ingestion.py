import io
import os

import pytest

from claimtrack import __version__
from claimtrack.documents.reading import Metadata, Unread
from claimtrack.models import Action, Store
from claimtrack.pipeline import correct, extract, find_statements, ingest, settle
from claimtrack.pipeline.queries import StatementQuery
from claimtrack.settings import Settings
from claimtrack.store.json_store import format_store

AT = "2025-10-01T00:00:00+00:00"
DAM = (
    "Dam row grows\n"
    "“The dam will be built next year,” Farm Minister Lena Orth told reporters in Kalbar on Monday.\n"
    "Orth said that the province had agreed to the plan.\n"
    "Governor Carl Berg denied that the province had agreed to anything at all.\n"
)
CHANGED = DAM.replace("Orth said that the province had agreed to the plan.\n", "")
BRIDGE = "Mayor Ann Lee said that the bridge would stay open.\nShe spoke on Friday.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "dam.txt").write_text(DAM)
    (tmp_path / "in" / "bridge.txt").write_text(BRIDGE)
    return tmp_path / "in"


def read(store, *paths, again=False, stdin=b"", progress=None, **metadata):
    given = Metadata(**metadata)
    return ingest(store, paths, given, Settings(), io.BytesIO(stdin), again=again, progress=progress)


def said_in(store, path):
    ids = {document.id for document in store.documents if document.path == path}
    return {statement.text for statement in store.statements if statement.document_id in ids}


def test_articles_and_their_statements_are_stored(folder):
    places = []
    store, report = read(Store(), "in", progress=places.append)
    assert report.added == ("in/bridge.txt", "in/dam.txt") == tuple(places)
    assert report.statement_count == len(store.statements) > 3
    assert [document.path for document in store.documents] == ["in/bridge.txt", "in/dam.txt"]
    assert {document.extractor for document in store.documents} == {__version__}
    assert {speaker.name for speaker in store.speakers} == {"Ann Lee", "Carl Berg", "Lena Orth"}
    texts = {document.id: document.text for document in store.documents}
    for statement in store.statements:
        for span in statement.content:
            assert texts[statement.document_id][span.start : span.end] == span.text


def test_reading_again_changes_nothing(folder):
    store, _ = read(Store(), "in")
    second, report = read(store, "in", "./in/dam.txt")
    assert format_store(second) == format_store(store)
    assert report.known == ("in/bridge.txt", "in/dam.txt")
    assert (report.added, report.changed, report.superseded) == ((), (), ())
    assert report.statement_count == len(store.statements)


def test_the_order_of_reading_changes_nothing(folder):
    together, _ = read(Store(), "in")
    one, _ = read(Store(), "in/dam.txt")
    both, _ = read(one, "in/bridge.txt")
    assert format_store(both) == format_store(together)


def test_settling_a_settled_store_changes_nothing(folder):
    store, _ = read(Store(), "in")
    again = settle(reversed(store.documents), reversed(store.statements), store.log)
    assert format_store(again) == format_store(store)


def test_a_changed_article_replaces_its_older_version(folder):
    store, _ = read(Store(), "in")
    old = next(document for document in store.documents if document.path == "in/dam.txt")
    (folder / "dam.txt").write_text(CHANGED)
    store, report = read(store, "in")
    assert report.changed == ("in/dam.txt",)
    assert report.known == ("in/bridge.txt",)
    ((old_id, new_id),) = report.superseded
    by_id = {document.id: document for document in store.documents}
    assert old_id == old.id
    assert by_id[old_id].superseded_by == new_id
    assert (by_id[new_id].superseded_by, by_id[new_id].copy_of) == (None, None)
    assert any("had agreed to the plan" in text for text in said_in(store, "in/dam.txt"))
    current, _ = find_statements(store, StatementQuery(speaker="Lena Orth"))
    everything, _ = find_statements(store, StatementQuery(speaker="Lena Orth", gone=True))
    assert not any("had agreed to the plan" in statement.text for statement in current)
    assert any("had agreed to the plan" in statement.text for statement in everything)


def test_a_text_that_comes_back_is_the_newest_again(folder):
    store, _ = read(Store(), "in/dam.txt")
    (folder / "dam.txt").write_text(CHANGED)
    store, _ = read(store, "in/dam.txt")
    (folder / "dam.txt").write_text(DAM)
    store, report = read(store, "in/dam.txt")
    assert report.changed == ("in/dam.txt",)
    current = [document for document in store.documents if not document.superseded_by]
    assert [document.text for document in current] == [DAM]
    assert len(store.documents) == 2


def test_standard_input_is_no_lasting_place():
    store, _ = read(Store(), "-", stdin=DAM.encode())
    store, report = read(store, "-", stdin=CHANGED.encode())
    assert report.added == ("-",)
    assert [document.superseded_by for document in store.documents] == [None, None]


def test_two_addresses_are_two_articles(folder):
    store, _ = read(Store(), "in/dam.txt", url="https://a.example/1")
    (folder / "dam.txt").write_text(CHANGED)
    store, report = read(store, "in/dam.txt", url="https://a.example/2")
    assert report.added == ("https://a.example/2",)
    assert report.superseded == ()


def test_the_same_text_elsewhere_is_a_copy(folder):
    (folder / "other.txt").write_text(DAM)
    store, report = read(Store(), "in")
    assert len(report.copies) == 1
    assert len([document for document in store.documents if document.copy_of]) == 1


def test_metadata_given_later_is_taken_over_and_kept(folder):
    store, _ = read(Store(), "in/dam.txt")
    assert {statement.said_on for statement in store.statements} == {None}
    store, report = read(store, "in/dam.txt", date="2025-09-30", publisher="The Post")
    assert report.changed == ("in/dam.txt",)
    document = store.documents[0]
    assert (document.published, document.published_basis) == ("2025-09-30", "set by hand")
    assert document.publisher == "The Post"
    assert {statement.said_on for statement in store.statements} == {"2025-09-29", "2025-09-30"}
    again, report = read(store, "in/dam.txt")
    assert report.known == ("in/dam.txt",)
    assert again == store


def test_bad_files_leave_the_rest(folder):
    (folder / "empty.txt").write_text("")
    (folder / "note.doc").write_text("x")
    store, report = read(Store(), "in", "nowhere.txt")
    assert [unread.place for unread in report.failed] == ["in/empty.txt", "nowhere.txt"]
    assert [remark.place for remark in report.remarks] == ["in"]
    assert len(store.documents) == 2


def test_other_languages_are_stored_without_statements(folder):
    (folder / "es.txt").write_text(
        "“No”, dijo el ministro de la presa en la ciudad, según los diarios de hoy. " * 3
    )
    store, report = read(Store(), "in/es.txt")
    assert report.not_english == ("in/es.txt",)
    assert (len(store.documents), store.statements) == (1, ())


def test_what_an_older_version_read_is_extracted_again_if_asked(folder):
    store, _ = read(Store(), "in", date="2025-09-30")
    fresh = format_store(store)
    document = store.documents[1]
    store = correct(store, Action.SET, document.id, {"publisher": "The Post"}, None, AT)
    settled = format_store(store)
    old = store.model_copy(
        update={
            "documents": tuple(d.model_copy(update={"extractor": "0.0.1"}) for d in store.documents),
            "statements": (),
        }
    )
    unchanged, _ = read(old, "in")
    assert unchanged.statements == ()
    renewed, _ = read(old, "in", again=True)
    assert format_store(renewed) == settled != fresh
    os.remove(folder / "dam.txt")
    renewed, _ = read(old, "in/bridge.txt", again=True)
    assert format_store(renewed) == settled


def test_decisions_outlive_a_newer_version(folder):
    store, _ = read(Store(), "in/dam.txt")
    (document,) = store.documents
    wrong = next(s for s in store.statements if s.text.startswith("“The dam"))
    other = next(s for s in store.statements if "to anything" in s.text)
    store = correct(store, Action.REJECT, wrong.id, {}, "ann", AT)
    store = correct(store, Action.ASSIGN, other.id, {"speaker": "Dora Falk"}, "ann", AT)
    store = correct(
        store, Action.SET, document.id, {"publisher": "The Post", "published": "2025-09"}, "ann", AT
    )
    (folder / "dam.txt").write_text(CHANGED)
    store, report = read(store, "in/dam.txt")
    new_id = report.superseded[0][1]
    newer = next(document for document in store.documents if document.id == new_id)
    assert (newer.publisher, newer.published, newer.published_basis) == ("The Post", "2025-09", "set by hand")
    said = {s.text: s for s in store.statements if s.document_id == new_id}
    assert said[wrong.text].rejected
    assert said[other.text].speaker == "Dora Falk"


def test_a_removed_article_stays_removed(folder):
    store, _ = read(Store(), "in")
    document = next(document for document in store.documents if document.path == "in/dam.txt")
    store = correct(store, Action.REMOVE, document.id, {}, "ann", AT)
    again, report = read(store, "in")
    assert again == store
    assert "in/dam.txt" in report.known
    assert {speaker.name for speaker in store.speakers} == {"Ann Lee"}
    (folder / "dam.txt").write_text(CHANGED)
    store, _ = read(store, "in")
    assert all(document.removed for document in store.documents if document.path == "in/dam.txt")


def test_extracting_stores_nothing_and_names_speakers(folder):
    (folder / "empty.txt").write_text("")
    found = list(extract(["in"], Metadata(), Settings(), io.BytesIO()))
    assert [item.place for item in found if isinstance(item, Unread)] == ["in/empty.txt"]
    articles = [item for item in found if not isinstance(item, Unread)]
    assert [article.document.path for article in articles] == ["in/bridge.txt", "in/dam.txt"]
    assert {statement.speaker for statement in articles[0].statements} == {"Ann Lee"}
    assert all(statement.speaker_id for statement in articles[0].statements)
