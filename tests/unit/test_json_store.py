import gc
import json

import pytest
from conftest import make_document, make_statement

from claimtrack.errors import StoreError
from claimtrack.models import Speaker, Store
from claimtrack.store.json_store import JsonStore, format_store, parse_store


def small_store(text="Ada Lomax said the bridge was open.\n"):
    document = make_document(text)
    speaker = Speaker(id="sp-1", name="Ada Lomax")
    statements = (make_statement(document, text[4:9]),)
    return Store(documents=(document,), statements=statements, speakers=(speaker,))


def write(path, store):
    with JsonStore(path).change() as change:
        change.save(store)


def test_the_file_is_readable_json_of_the_schema(tmp_path):
    path = tmp_path / "claims.json"
    write(path, small_store("Ada Lomax said the bridge’s open.\n"))
    raw = path.read_text(encoding="utf-8")
    assert raw.startswith('{\n  "schema": "claimtrack/1",\n  "documents": [\n')
    assert raw.endswith("\n}\n")
    assert "bridge’s" in raw
    assert json.loads(raw)["statements"][0]["content"] == [{"start": 4, "end": 9, "text": "Lomax"}]


def test_the_same_store_gives_the_same_bytes():
    assert format_store(small_store()) == format_store(small_store())
    assert format_store(Store()) == b'{\n  "schema": "claimtrack/1"\n}\n'


PINNED = b"""{
  "schema": "claimtrack/1",
  "documents": [{"id": "doc-1", "path": "a.txt", "sha256": "0", "text": "Ada said no."}],
  "statements": [
    {
      "id": "st-1",
      "document_id": "doc-1",
      "content": [{"start": 9, "end": 11, "text": "no"}],
      "kind": "indirect",
      "confidence": 0.9
    }
  ],
  "log": [{"number": 1, "at": "2025-01-01", "action": "reject", "subject": "st-1"}]
}
"""


def test_what_is_left_out_of_a_file_keeps_its_meaning(tmp_path):
    """A default that changes would change what older stores say."""
    store = parse_store(PINNED, tmp_path)
    document, statement = store.documents[0], store.statements[0]
    assert document.model_dump(exclude={"id", "path", "sha256", "text"}) == {
        **dict.fromkeys(
            ("url", "title", "publisher", "author", "published", "published_basis", "retrieved_at")
        ),
        **{"language": "en", "analysed": True, "junk": (), "extractor": "", "copy_of": None},
        **{"superseded_by": None, "removed": False, "given": {}, "as_read": {}},
        **dict.fromkeys(("modified", "archive_url", "raw_sha256")),
        **{"pages": (), "retracted": False, "withdrawn": False, "fields": {}, "lifted": ()},
    }
    assert statement.model_dump(include={"polarity", "modality", "reported_by", "via", "rejected"}) == {
        **{"polarity": "affirmed", "modality": "asserted", "reported_by": (), "via": (), "rejected": False}
    }
    assert (statement.speaker, statement.speaker_id, statement.said_on) == (None, None, None)
    assert store.log[0].value == {}


DAMAGED = [
    pytest.param(b"", "the file is empty", id="empty"),
    pytest.param(b"\0\0\0\0", "line 1, column 1: expected value", id="zeroes"),
    pytest.param(PINNED[:200], "line 8, column 6: EOF", id="cut off"),
    pytest.param(PINNED.replace(b'"id": "st-1",', b'"id": "st-1"'), "line 7, column 7", id="comma missing"),
    pytest.param(b'{"schema": "claimtrack/1", "documents": [\xff]}', "line 1, column", id="no utf-8"),
    pytest.param(
        PINNED.replace(b'"kind"', b'"kidn"'), "line 9, unknown key 'kidn'|line 5, the key 'kind'", id="key"
    ),
    pytest.param(PINNED.replace(b'"indirect"', b'"loud"'), "line 9, 'kind': Input should be", id="value"),
    pytest.param(PINNED.replace(b'"end": 11', b'"end": 12'), "line 8, .*does not fit its text", id="span"),
    pytest.param(PINNED.replace(b'_id": "doc-1"', b'_id": "doc-2"'), "st-1 .* doc-2, which", id="orphan"),
    pytest.param(PINNED.replace(b"claimtrack/1", b"claimtrack/2"), "by a newer claimtrack", id="newer"),
    pytest.param(PINNED.replace(b"claimtrack/1", b"other/1"), "no claimtrack store", id="another schema"),
    pytest.param(b"[1, 2]", "no claimtrack store", id="a list"),
    pytest.param(b'{"documents": []}', "no claimtrack store", id="no schema"),
    pytest.param(b"[" * 100_000, "line 1, column", id="deep"),
]


@pytest.mark.parametrize(("raw", "words"), DAMAGED)
def test_damage_is_described_and_never_overwritten(tmp_path, raw, words):
    path = tmp_path / "claims.json"
    path.write_bytes(raw)
    store = JsonStore(path)
    with pytest.raises(StoreError, match=words) as caught:
        store.read()
    assert "claims.json" in caught.value.message
    assert "left" in caught.value.hint
    with pytest.raises(StoreError), store.change() as change:
        change.save(small_store())
    assert path.read_bytes() == raw


def test_the_garbage_collector_is_on_again(tmp_path):
    with pytest.raises(StoreError):
        parse_store(b"{", tmp_path)
    assert gc.isenabled()
    gc.disable()
    try:
        parse_store(PINNED, tmp_path)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_same_content_leaves_the_file_alone_and_nothing_makes_none(tmp_path):
    store = JsonStore(tmp_path / "claims.json")
    with store.change() as change:
        change.save(Store())
    assert not store.exists
    content = Store(speakers=(Speaker(id="sp-1", name="Ada Lomax"),))
    with store.change() as change:
        change.save(content)
    before = store.path.stat()
    with store.change() as change:
        change.save(content)
        assert change.store == content
    assert (store.path.stat().st_ino, store.path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    with store.change() as change:
        change.save(Store())
    assert store.exists
    assert store.read() == Store()
