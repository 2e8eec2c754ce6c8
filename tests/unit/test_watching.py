"""What a watch reads and when, what is new in a store, and what others may do to it meanwhile."""

import os

import pytest
from conftest import make_document, make_statement

from claimtrack.errors import StoreError
from claimtrack.models import Document, Speaker, Store
from claimtrack.pipeline import watching
from claimtrack.pipeline.queries import ConflictQuery
from claimtrack.pipeline.watching import MOST_TRIES, News, Watcher, take_in_and_tell
from claimtrack.settings import Settings


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def texts(watcher: Watcher, due: list[str]) -> list[str]:
    return [item.text for item in watcher.read(due, Store) if isinstance(item, Document)]


def test_a_file_is_due_once_it_is_the_same_at_two_looks(inbox):
    watcher = Watcher(["inbox"], Settings())
    assert watcher.look() == ([], [])
    (inbox / "a.txt").write_text("half")
    assert watcher.look() == ([], [])
    assert watcher.unsteady == ("inbox/a.txt",)
    (inbox / "a.txt").write_text("half and half")
    assert watcher.look() == ([], [])
    due, _ = watcher.look()
    assert due == ["inbox/a.txt"]
    assert watcher.unsteady == ()
    assert texts(watcher, due) == ["half and half"]


def test_what_was_not_kept_is_due_again_and_what_was_kept_is_not(inbox):
    (inbox / "a.txt").write_text("one")
    watcher = Watcher(["inbox"], Settings())
    watcher.look()
    for _ in range(2):
        due, _ = watcher.look()
        assert due == ["inbox/a.txt"]
    watcher.keep(due)
    assert watcher.look() == ([], [])
    (inbox / "a.txt").write_text("another one")
    assert watcher.look() == ([], [])
    assert watcher.look()[0] == ["inbox/a.txt"]


def test_a_file_that_changes_while_it_is_read_is_left_for_later(inbox, monkeypatch):
    (inbox / "a.txt").write_text("one")
    watcher = Watcher(["inbox"], Settings())
    watcher.look()
    due, _ = watcher.look()
    read = watching.read_sources

    def read_while_written(*given, **named):
        yield from read(*given, **named)
        (inbox / "a.txt").write_text("one and two")

    monkeypatch.setattr(watching, "read_sources", read_while_written)
    assert texts(watcher, due) == []
    watcher.keep(due)
    monkeypatch.setattr(watching, "read_sources", read)
    assert watcher.look() == ([], [])
    due, _ = watcher.look()
    assert texts(watcher, due) == ["one and two"]


def test_a_file_that_goes_and_comes_back_is_no_error(inbox):
    (inbox / "a.txt").write_text("one")
    watcher = Watcher(["inbox"], Settings())
    watcher.look()
    due, _ = watcher.look()
    (inbox / "a.txt").unlink()
    assert list(watcher.read(due, Store)) == []
    assert watcher.look() == ([], [])


def test_own_files_and_special_files_are_passed_over(inbox):
    (inbox / "a.txt").write_text("one")
    if hasattr(os, "mkfifo"):
        os.mkfifo(inbox / "pipe.txt")
    state = (inbox / "a.txt").stat()
    watcher = Watcher(
        ["inbox", *([str(inbox / "pipe.txt")] if hasattr(os, "mkfifo") else [])],
        Settings(),
        frozenset({(state.st_dev, state.st_ino)}),
    )
    watcher.look()
    assert watcher.look() == ([], [])


def test_a_folder_that_vanishes_is_told(inbox):
    watcher = Watcher(["inbox"], Settings())
    inbox.rmdir()
    due, unreachable = watcher.look()
    assert due == []
    assert [item.place for item in unreachable] == ["inbox"]


def test_an_address_is_due_after_its_pause():
    clock = Clock()
    address = "http://[::1]:9/feed.xml"  # private: refused before anything is sent
    watcher = Watcher([address], Settings(feed_pause=60), clock=clock)
    assert watcher.look()[0] == [address]
    list(watcher.read([address], Store))
    clock.now += 59
    assert watcher.look()[0] == []
    clock.now += 1
    assert watcher.look()[0] == [address]


# --- what is new ---------------------------------------------------------------------------------

KARACHI = "the ferry was operated from Karachi"
NORWAY = "the ferry was operated from Norway"


def made_store(*said: tuple[str, str]) -> Store:
    documents = [make_document(f"Ada Lomax said {words}.", path=path) for path, words in said]
    statements = [
        make_statement(document, words) for document, (_, words) in zip(documents, said, strict=True)
    ]
    return Store(
        documents=tuple(documents),
        statements=tuple(statements),
        speakers=(Speaker(id="sp-1", name="Ada Lomax"),),
    )


def news(**filters) -> News:
    return News(ConflictQuery(**filters), Settings())


ONE = made_store(("a.txt", KARACHI))
TWO = made_store(("a.txt", KARACHI), ("b.txt", NORWAY))


@pytest.mark.parametrize(
    ("before", "after", "filters", "count"),
    [
        (ONE, TWO, {}, 1),
        (Store(), TWO, {}, 1),
        (TWO, TWO, {}, 0),
        (ONE, TWO, {"speaker": "Ada Lomax"}, 1),
        (ONE, TWO, {"speaker": "Tom Reed"}, 0),
        (ONE, TWO, {"min_score": 1.0}, 0),
        (ONE, TWO, {"kind": "report"}, 0),
    ],
    ids=["new", "all", "known", "speaker", "another speaker", "score", "kind"],
)
def test_only_what_the_older_store_has_not(before, after, filters, count):
    assert len(list(news(**filters).between(before, after))) == count


def test_what_was_told_is_not_told_again_unless_telling_failed():
    one = news()
    assert len(list(one.between(ONE, TWO))) == 1
    assert list(one.between(ONE, TWO)) == []
    two = news()
    next(two.between(ONE, TWO))  # whoever is told breaks off
    assert len(list(two.between(ONE, TWO))) == 1


def test_the_same_words_in_a_newer_version_are_not_new():
    old = TWO.documents[1]
    newer = make_document(old.text + " It rained.", path="b.txt")
    after = Store(
        documents=(TWO.documents[0], old.model_copy(update={"superseded_by": newer.id}), newer),
        statements=(*TWO.statements, make_statement(newer, NORWAY)),
        speakers=TWO.speakers,
    )
    assert list(news().between(TWO, after)) == []
    assert len(list(news().between(ONE, after))) == 1


# --- others at the store -------------------------------------------------------------------------


class Shelf:
    """A store that others change ``busy`` times just before it is replaced."""

    def __init__(self, busy: int) -> None:
        self.busy = busy
        self.store = Store()

    def read(self) -> Store:
        return self.store

    def replace(self, before: Store, after: Store) -> bool:
        if self.busy:
            self.busy -= 1
            document = make_document(f"Note {self.busy}: the weather is fine.", path=f"{self.busy}.txt")
            self.store = self.store.model_copy(update={"documents": (*self.store.documents, document)})
        if self.store != before:
            return False
        self.store = after
        return True


ARTICLES = [
    make_document(f"Minister Ada Lomax said {words} on Monday.\n", path=path, analysed=True)
    for path, words in (("a.txt", KARACHI), ("b.txt", NORWAY))
]


def test_what_others_store_meanwhile_is_kept_and_nothing_told_twice():
    shelf, told = Shelf(busy=2), []
    take_in_and_tell(ARTICLES, shelf, news(), lambda conflict, documents: told.append(conflict.id))
    assert len(told) == 1
    assert {document.path for document in shelf.store.documents} == {"a.txt", "b.txt", "0.txt", "1.txt"}


def test_it_is_told_before_it_is_stored():
    shelf, stored = Shelf(busy=0), []
    take_in_and_tell(ARTICLES, shelf, news(), lambda conflict, documents: stored.append(shelf.store))
    assert stored == [Store()]
    assert len(shelf.store.documents) == 2


def test_a_store_that_is_written_all_the_time_is_an_error_for_this_round():
    with pytest.raises(StoreError, match="keeps writing"):
        take_in_and_tell(ARTICLES, Shelf(busy=MOST_TRIES), news(), lambda conflict, documents: None)


def test_known_articles_are_told_and_stored_by_nobody():
    shelf = Shelf(busy=0)
    take_in_and_tell(ARTICLES, shelf, news(), lambda conflict, documents: None)
    shelf.busy = 1  # would show in the store
    told: list[str] = []
    take_in_and_tell(ARTICLES, shelf, news(), lambda conflict, documents: told.append(conflict.id))
    assert told == []
    assert shelf.busy == 1
