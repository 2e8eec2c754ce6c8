"""Shards: where they end, what their files hold, and which files are not trusted."""

import json

import pytest
from conftest import make_document

from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.models import Document
from claimtrack.pipeline import shards
from claimtrack.pipeline.extraction import statements_in
from claimtrack.pipeline.shards import (
    MOST_ARTICLES,
    Shard,
    ShardFolder,
    ends_shard,
    extract_shard,
    package_digest,
    parse_shard,
)

BRIDGE = "Mayor Ana Sol said on Monday that the bridge was safe.\n\n“It will hold,” Sol said.\n"
SILENT = "The bridge was built in 1931.\n"
FERRY = "Harbour master Tom Reed said the ferry had failed twice.\n"


@pytest.fixture(scope="module")
def shard() -> Shard:
    return Shard(
        tuple(make_document(text, f"{n}.txt") for n, text in enumerate((BRIDGE, SILENT, FERRY, BRIDGE)))
    )


@pytest.fixture(scope="module")
def content(shard) -> bytes:
    return extract_shard(shard.raw, package_digest())


def test_a_shard_gives_what_each_article_gives_by_itself(shard, content):
    found = parse_shard(content, shard)
    assert found == {document.id: statements_in(document) for document in shard.documents}
    assert [len(found[document.id]) for document in shard.documents] == [2, 0, 1, 2]
    assert extract_shard(shard.raw, package_digest()) == content


def test_lines_but_the_last_are_the_statements_as_the_store_has_them(shard, content):
    *lines, last = [json.loads(line) for line in content.splitlines()]
    assert [line["document_id"] for line in lines] == [shard.documents[n].id for n in (0, 0, 2, 3, 3)]
    assert all(line["content"] for line in lines)
    assert last["statements"] == len(lines)
    assert last["shard"] == shard.digest


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: b"", id="empty"),
        pytest.param(lambda raw: b"\n", id="a line end"),
        pytest.param(lambda raw: raw[: len(raw) // 2], id="cut within a line"),
        pytest.param(lambda raw: b"\n".join(raw.splitlines()[:-1]) + b"\n", id="closing line gone"),
        pytest.param(lambda raw: b"\n".join(raw.splitlines()[1:]) + b"\n", id="first statement gone"),
        pytest.param(lambda raw: raw.replace(b"bridge", b"barque"), id="words changed"),
        pytest.param(lambda raw: raw.replace(b'"shard":"', b'"shard":"0'), id="of another shard"),
        pytest.param(lambda raw: b"\xff\x00" * 500, id="no text"),
        pytest.param(lambda raw: raw + raw, id="twice"),
    ],
)
def test_a_file_that_is_not_whole_is_done_again(shard, content, damage, tmp_path):
    folder = ShardFolder(tmp_path)
    assert parse_shard(damage(content), shard) is None
    (tmp_path / f"{shard.digest}.jsonl").write_bytes(damage(content))
    assert folder.read(shard) is None
    folder.write(shard, content)
    assert folder.read(shard) == parse_shard(content, shard)
    assert [path.name for path in tmp_path.iterdir()] == [f"{shard.digest}.jsonl"]


def test_the_digest_is_that_of_the_articles_and_of_what_reads_them(shard, monkeypatch):
    other = make_document(BRIDGE + "It rained.\n", "0.txt")
    fetched = [d.model_copy(update={"retrieved_at": "2025-01-01T10:00:00Z"}) for d in shard.documents]
    assert Shard((other, *shard.documents[1:])).digest != shard.digest
    assert Shard(shard.documents[::-1]).digest != shard.digest
    assert Shard(tuple(fetched)).digest == shard.digest
    before = shard.digest
    monkeypatch.setattr(shards, "package_digest", lambda: "another")
    assert Shard(shard.documents).digest != before


def test_a_worker_with_another_claimtrack_refuses(shard):
    with pytest.raises(ClaimtrackError, match="another claimtrack"):
        extract_shard(shard.raw, "0" * 64)


def numbered(count: int) -> list[Document]:
    return [make_document(f"Article {n}.", f"{n:05}.txt") for n in range(count)]


def cut(documents: list[Document]) -> list[tuple[str, ...]]:
    found, waiting = [], []
    for document in documents:
        waiting.append(document)
        if ends_shard(waiting, 0):
            found.append(tuple(d.id for d in waiting))
            waiting = []
    return [*found, tuple(d.id for d in waiting)]


def test_articles_that_came_in_between_change_few_shards():
    before = numbered(3000)
    after = [make_document("New.", "new.txt"), *before[:1500], make_document("New.", "2.txt"), *before[1500:]]
    old, new = cut(before), cut(after)
    assert max(len(ids) for ids in old) <= MOST_ARTICLES
    assert 10 < len(old) < 40
    assert len(set(new) - set(old)) <= len(old) // 3


def test_long_articles_make_short_shards():
    assert ends_shard(numbered(1), shards.MOST_CHARACTERS)
    assert not ends_shard(numbered(1), shards.MOST_CHARACTERS - 1)


def test_only_files_named_are_removed(shard, content, tmp_path):
    folder = ShardFolder(tmp_path / "shards")
    folder.write(shard, content)
    mine = tmp_path / "shards" / "mine.txt"
    mine.write_text("kept", encoding="utf-8")
    folder.remove([shard.digest])
    assert list(mine.parent.iterdir()) == [mine]
    mine.unlink()
    folder.remove([shard.digest])
    assert not mine.parent.exists()


def test_a_folder_that_cannot_be_written_is_said(shard, content, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    folder = ShardFolder(tmp_path / "file")
    for use in (folder.read, lambda given: folder.write(given, content)):
        with pytest.raises(InputError, match="cannot keep shards in"):
            use(shard)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
