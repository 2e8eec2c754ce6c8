"""Evidence: what was altered in the store is found out, and what became of each place is told."""

import hashlib
import io
import os
import sys
from types import SimpleNamespace

import pytest

from claimtrack.documents import forms
from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Unread
from claimtrack.documents.reading import Metadata, read_sources
from claimtrack.models import Document, Kind, Span, Statement, Store
from claimtrack.pipeline.verification import ArticleState, page_address, verify
from claimtrack.pipeline.wording import Wording
from claimtrack.settings import Settings

STORY = "Dam row grows\nFarm minister Lena Orth said the dam will be built.\nShe said it rained.\n"
PAGE = f"<html><head><title>Dam row</title></head><body><article><p>{STORY * 3}</p></article></body></html>"
URL = "https://post.example/dam"


def statement_of(document: Document, words: str) -> Statement:
    start = document.text.index(words)
    content = (Span.cut(document.text, start, start + len(words)),)
    return Statement(
        id=Statement.make_id(document.id, content),
        document_id=document.id,
        speaker="Lena Orth",
        content=content,
        kind=Kind.INDIRECT,
        confidence=0.9,
    )


def read(*paths: str, **given: str) -> list[Document]:
    found = list(read_sources(paths, Metadata(**given), Settings(), io.BytesIO(STORY.encode())))
    return [item for item in found if isinstance(item, Document)]


def stored(*documents: Document) -> Store:
    said = [statement_of(d, words) for d in documents for words in ("the dam will be built", "it rained")]
    return Store(documents=documents, statements=tuple(said))


def fetched(text: str = STORY, path: str | None = None, **given: object) -> Document:
    """An article as one from the web is stored."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    place = Document.make_id(sha256, URL)
    return Document(id=place, path=path, url=URL, sha256=sha256, text=text, **given)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(STORY)
    return tmp_path


@pytest.fixture
def store(folder):
    return stored(*read("a.txt"))


def check_one(store, **options):
    (check,) = verify(store, Settings(), **options)
    return check


def test_an_untouched_file_and_store(store):
    check = check_one(store)
    assert (check.state, check.detail, check.faults, check.quotations) == (ArticleState.UNCHANGED, "", (), ())
    assert check.counts == {Wording.UNCHANGED: 2}
    assert not check.is_damaged
    assert not check.has_changed


# --- the store ------------------------------------------------------------------------------------


def altered(store: Store, **values: object) -> Store:
    return store.model_copy(update={"documents": (store.documents[0].model_copy(update=values),)})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"text": STORY.replace("built", "wiped")}, "its text has SHA-256", id="a word"),
        pytest.param({"text": STORY + " "}, "its text has SHA-256", id="a space"),
        pytest.param({"sha256": "0" * 64}, "its text has SHA-256", id="digest"),
        pytest.param({"path": "b.txt"}, "its id does not fit", id="path"),
        pytest.param({"url": URL}, "its id does not fit", id="address"),
    ],
)
def test_an_altered_article_is_found_out(store, values, words):
    check = check_one(altered(store, **values))
    assert check.is_damaged
    assert any(fault.startswith(words) for fault in check.faults)


def test_a_forged_text_with_a_new_digest_is_found_out_by_its_id(store):
    text = STORY.replace("built", "wiped")
    check = check_one(altered(store, text=text, sha256=hashlib.sha256(text.encode()).hexdigest()))
    assert check.faults == ("its id does not fit its digest and the place it was read from",)


def test_an_altered_quotation_is_found_out(store):
    said = store.statements[0]
    span = said.content[0]
    forged = span.model_copy(update={"text": span.text.replace("built", "wiped")})
    check = check_one(
        store.model_copy(update={"statements": (said.model_copy(update={"content": (forged,)}),)})
    )
    (quotation,) = check.quotations
    assert quotation.faults == (
        f"its content does not stand at characters {span.start}–{span.end} of the stored text",
    )
    assert quotation.found.wording is not Wording.UNCHANGED
    assert check.faults == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param({"cue": Span(start=0, end=4, text="said")}, "its cue does not stand", id="cue"),
        pytest.param(
            {"mention": Span(start=0, end=3, text="She")}, "its mention does not stand", id="mention"
        ),
        pytest.param(
            {"content": (Span(start=0, end=3, text="Dam"),)}, "its id does not fit", id="another place"
        ),
        pytest.param({"cue": Span(start=9000, end=9004, text="said")}, "its cue does not stand", id="beyond"),
    ],
)
def test_every_span_of_a_statement_is_checked(store, values, words):
    said = store.statements[0].model_copy(update=values)
    check = check_one(store.model_copy(update={"statements": (said,)}))
    assert [fault[: len(words)] for each in check.quotations for fault in each.faults] == [words]


def test_a_forged_store_shows_the_true_words_of_the_file(store, folder):
    forged = STORY.replace("dam will be", "dam won’t be")
    document = store.documents[0].model_copy(update={"text": forged})
    said = statement_of(document, "the dam won’t be built")
    (folder / "a.txt").write_text(STORY)
    check = check_one(Store(documents=(document,), statements=(said,)))
    assert check.is_damaged
    assert check.state is ArticleState.UNCHANGED
    (quotation,) = check.quotations
    assert quotation.found.now[0].text == "the dam will be built"


def test_what_a_person_gave_or_set_is_no_fault(folder):
    (document,) = read("a.txt", url=URL, title="A dam", date="2025-01-01")
    corrected = document.with_values({"publisher": "The Post", "url": "https://other.example/"})
    for each in (document, corrected):
        assert check_one(stored(each)).faults == ()


def test_articles_out_of_use_are_checked_in_the_store_only(store):
    for values in ({"superseded_by": "doc-2"}, {"removed": True}):
        check = check_one(altered(store, **values))
        assert (check.state, check.is_damaged) == (ArticleState.NOT_COMPARED, False)
        assert check_one(altered(store, text="x", **values)).is_damaged


# --- today's file ---------------------------------------------------------------------------------


def test_every_fate_of_a_quotation(store, folder):
    (folder / "a.txt").write_text("New line\n" + STORY.replace("will be built", "will not be built"))
    check = check_one(store)
    assert check.state is ArticleState.CHANGED
    assert check.has_changed
    assert check.counts == {Wording.CHANGED: 1, Wording.MOVED: 1}
    changed, moved = check.quotations
    assert changed.found.now[0].text == "the dam will not be built"
    assert moved.found.now[0].start == len("New line\n" + "not ") + STORY.index("it rained")
    (folder / "a.txt").write_text("Nothing of it is left")
    assert check_one(store).counts == {Wording.GONE: 2}


def test_a_changed_file_with_all_its_quotations_is_still_listed(store, folder):
    (folder / "a.txt").write_text(STORY + "Editor’s note: the date was wrong.\n")
    check = check_one(store)
    assert (check.state, check.quotations) == (ArticleState.CHANGED, ())
    assert check.counts == {Wording.UNCHANGED: 2}


def test_other_bytes_of_the_same_text_are_no_change(store, folder):
    (folder / "a.txt").write_bytes(b"\xef\xbb\xbf" + STORY.encode())
    assert check_one(store).state is ArticleState.UNCHANGED


def test_a_page_is_compared_by_its_text(folder):
    (folder / "p.html").write_text(PAGE)
    store = stored(*read("p.html"))
    (folder / "p.html").write_text(
        PAGE.replace("<body>", "<body class='new'><nav><a href='/'>Home</a></nav>")
    )
    assert check_one(store).state is ArticleState.UNCHANGED
    (folder / "p.html").write_text(PAGE.replace("rained", "poured"))
    assert check_one(store).state is ArticleState.CHANGED


def test_the_same_bytes_read_in_another_way_are_no_change(store):
    (document,) = store.documents
    text = STORY[14:]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    older = {"id": Document.make_id(sha256, "a.txt"), "sha256": sha256, "text": text}
    check = check_one(Store(documents=(document.model_copy(update=older),)))
    assert (check.state, check.has_changed) == (ArticleState.OTHER_READING, False)


def gone(folder):
    (folder / "a.txt").unlink()


def emptied(folder):
    (folder / "a.txt").write_text("")


def a_folder(folder):
    gone(folder)
    (folder / "a.txt").mkdir()


def a_pipe(folder):
    gone(folder)
    os.mkfifo(folder / "a.txt")


@pytest.mark.parametrize(
    ("spoil", "state", "words"),
    [
        pytest.param(gone, ArticleState.MISSING, "no such file", id="missing"),
        pytest.param(emptied, ArticleState.UNREADABLE, "empty", id="empty"),
        pytest.param(a_folder, ArticleState.UNREADABLE, "folder", id="folder"),
        pytest.param(
            a_pipe,
            ArticleState.NOT_COMPARED,
            "no ordinary file",
            id="pipe",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes"),
        ),
    ],
)
def test_a_file_that_is_no_longer_there(store, folder, spoil, state, words):
    spoil(folder)
    check = check_one(store)
    assert check.state is state
    assert words in check.detail
    assert (check.counts, check.quotations, check.is_damaged) == ({}, (), False)


def test_a_name_that_no_system_takes(store):
    check = check_one(altered(store, path="a\0b.txt"))
    assert check.state is ArticleState.UNREADABLE


def test_standard_input_has_no_lasting_place():
    check = check_one(stored(*read("-")))
    assert (check.state, check.detail) == (ArticleState.NOT_COMPARED, "read from standard input")
    assert check.faults == ()


def test_a_file_with_a_hash_in_its_name(folder):
    (folder / "b#1.txt").write_text(STORY)
    assert check_one(stored(*read("b#1.txt"))).state is ArticleState.UNCHANGED


# --- many articles in one file --------------------------------------------------------------------


def read_many(stream, settings):
    """Reads articles set apart by a line of dashes."""
    for number, part in enumerate(stream.read().split(b"---\n"), 1):
        yield Article(text=part.decode(), part=f"#{number}", raw=part)


@pytest.fixture
def crawl(folder, monkeypatch):
    """Three articles in one file."""
    monkeypatch.setitem(sys.modules, "claimtrack.documents.many", SimpleNamespace(read=read_many))
    monkeypatch.setattr(forms, "OTHERS", {".many": "many"})
    monkeypatch.setattr(forms, "ENDINGS", (*forms.ENDINGS, ".many"))
    texts = [STORY.replace("Dam", name) for name in ("Ada", "Bea", "Cyd")]
    (folder / "a.many").write_text("---\n".join(texts))
    documents = read("a.many")
    assert [document.path for document in documents] == ["a.many#1", "a.many#2", "a.many#3"]
    return stored(*documents), texts


def write(folder, *texts):
    (folder / "a.many").write_text("---\n".join(texts))


def states(store):
    return [check.state.value for check in verify(store, Settings())]


def test_articles_in_one_file_are_told_apart(crawl, folder):
    store, texts = crawl
    assert states(store) == ["unchanged"] * 3
    write(folder, texts[0], texts[1].replace("built", "sold"), texts[2])
    assert states(store) == ["unchanged", "changed", "unchanged"]


def test_an_article_in_another_part_of_its_file_is_unchanged(crawl, folder):
    store, texts = crawl
    write(folder, texts[2], "Another one. " * 9, texts[0])
    assert states(store) == ["unchanged", "changed", "unchanged"]
    write(folder, texts[1])
    assert states(store) == ["changed", "unchanged", "missing"]


def test_each_file_is_read_once(crawl, folder):
    places = []
    verify(crawl[0], Settings(), progress=places.append)
    assert places == ["a.many"]


# --- pages ----------------------------------------------------------------------------------------


def test_pages_are_looked_at_only_if_a_reader_is_given():
    store = stored(fetched(path=URL))
    assert check_one(store).state is ArticleState.NOT_COMPARED
    asked = []

    def answer(found):
        return lambda address: asked.append(address) or found

    assert check_one(store, read_page=answer(Article(text=STORY))).state is ArticleState.UNCHANGED
    check = check_one(store, read_page=answer(Article(text=STORY.replace("built", "sold"))))
    assert (check.state, check.counts) == (ArticleState.CHANGED, {Wording.CHANGED: 1, Wording.MOVED: 1})
    check = check_one(store, read_page=answer(Unread(place=URL, message="there is no such page")))
    assert (check.state, check.detail) == (ArticleState.UNREADABLE, "there is no such page")
    gone = Unread(place=URL, message="there is no such page", gone=True)
    assert check_one(store, read_page=answer(gone)).state is ArticleState.MISSING
    assert asked == [URL] * 4


def test_a_page_of_the_same_bytes_is_no_change():
    raw = b"<p>the page</p>"
    store = stored(fetched(path=URL, raw_sha256=hashlib.sha256(raw).hexdigest()))
    check = check_one(store, read_page=lambda address: Article(text=STORY[14:], raw=raw))
    assert check.state is ArticleState.OTHER_READING


def test_out_of_use_pages_and_files_are_not_fetched(store):
    def never(address):
        raise AssertionError(address)

    old = stored(fetched(path=URL, superseded_by="doc-2"))
    assert check_one(old, read_page=never).state is ArticleState.NOT_COMPARED
    assert check_one(store, read_page=never).state is ArticleState.UNCHANGED


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (None, URL),
        ("https://post.example/dam?x=1", "https://post.example/dam?x=1"),
        ("https://post.example/feed.xml#1", URL),
        ("saved.html", None),
        ("-", None),
    ],
)
def test_the_address_of_a_page(path, address):
    assert page_address(fetched(path=path)) == address


def test_an_empty_store():
    assert verify(Store(), Settings()) == ()
