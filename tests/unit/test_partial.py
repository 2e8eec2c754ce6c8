"""A store read in part gives what the whole one gives: to articles coming in, to questions of one speaker."""

import random
from concurrent.futures import Future
from pathlib import Path

import pytest
from conftest import make_document

from claimtrack.models import Action, Document, Kind, Span, Statement, Store
from claimtrack.pipeline.decisions import correct, undo_last
from claimtrack.pipeline.ingestion import take_in
from claimtrack.pipeline.marks import Marks
from claimtrack.pipeline.partial import StoredPart
from claimtrack.pipeline.parts import part_of_search, part_of_speaker
from claimtrack.pipeline.queries import ConflictQuery, StatementQuery, find_conflicts, find_statements
from claimtrack.pipeline.timelines import TimelineQuery, read_timeline
from claimtrack.settings import Settings
from claimtrack.store.history import standing_entries
from claimtrack.store.interface import StoreFile
from claimtrack.store.json_store import format_store
from claimtrack.store.postgres_store import PostgresStore
from claimtrack.store.sqlite_store import SqliteStore

NAMES = [
    ("Ada Lomax", None), ("A. Lomax", "transport minister"), ("Lomax", "transport minister"),
    ("Ada Mary Lomax", "transport minister"), ("Lomax", "harbour master"), ("Tom Reed", "harbour master"),
    ("Thomas Reed", None), ("Tom Reed", "judge"), ("Khawaja Asif", "defence minister"),
    ("Kh Asif", "defence minister"), ("Khwaja Asif", None), ("Reed", "harbour master"), (None, None),
]  # fmt: skip
SAID = [
    "the ferry was operated from Karachi", "the ferry was never operated from Karachi",
    "the toll will be two pounds for every crossing this year", "the toll will be nine pounds",
    "nobody had told the harbour office about the seven broken pumps before Sunday", "the pumps had failed",
    "it sank",
]  # fmt: skip
FILLERS = [
    "The council met in the old town hall for the fourth time since the storm of last winter.",
    "Rain is expected on Tuesday.",
    "A crowd of some two hundred people waited outside until the doors were opened at nine in the morning.",
    "The bridge over the estuary was built before the war and has been repaired three times since then.",
    "Sign up here for our weekly letter about the harbour and the towns around it.",
    "Fishermen complained that the new timetable leaves them no time to unload what they have caught.",
]
PLACES = [f"in/{number}.txt" for number in range(9)]
DATES = [None, "2024-03-12", "2024-03-20", "2021-06-01"]


def article(chance: random.Random) -> tuple[Document, list[Statement]]:
    """Returns an invented article that shares sentences, names and sometimes its place with others."""
    lines, said = [], []
    for _ in range(chance.randint(1, 6)):
        if chance.random() < 0.5:
            (name, office), words = chance.choice(NAMES), chance.choice(SAID)
            said.append((name, office, words, len("\n".join([*lines, ""]))))
            lines.append(f"{words} said {name or 'an official'}.")
        else:
            lines.append(chance.choice(FILLERS))
    document = make_document("\n".join(lines), chance.choice(PLACES), published=chance.choice(DATES))
    overlooked = chance.random() < 0.3
    return document, [_statement(document, *one) for one in said if not overlooked or chance.random() < 0.5]


def _statement(document: Document, name: str | None, office: str | None, words: str, at: int) -> Statement:
    content = (Span.cut(document.text, at, at + len(words)),)
    named = name or "an official"
    start = document.text.index(named, at)
    return Statement(
        id=Statement.make_id(document.id, content),
        document_id=document.id,
        speaker=named,
        named=name,
        office=office,
        mention=Span.cut(document.text, start, start + len(named)),
        content=content,
        kind=Kind.INDIRECT,
        said_on=document.published,
        confidence=0.9,
    )


class Prepared:
    """An extraction that knows the statements of its articles."""

    def __init__(self, articles) -> None:
        self._statements = {document.id: statements for document, statements in articles}

    def submit(self, document):
        future = Future()
        future.set_result(self._statements[document.id])
        return future

    def flush(self):
        pass


def corrected(chance: random.Random, store: Store) -> Store:
    """Returns the store with some decisions of a person."""
    at = "2025-01-01T00:00:00+00:00"
    for _ in range(chance.randint(0, 4)):
        statement, document = chance.choice(store.statements).id, chance.choice(store.documents).id
        names = [name for name, _ in NAMES if name]
        action, subject, value = chance.choice(
            [
                (Action.REJECT, statement, {}),
                (Action.ASSIGN, statement, {"speaker": chance.choice(names)}),
                (Action.SET, document, {"published": "2024-03-13"}),
                (Action.REMOVE, document, {}),
                (Action.MERGE, chance.choice(names), {"name": chance.choice(names)}),
                (Action.SPLIT, chance.choice(names), {"name": chance.choice(names)}),
                (Action.MERGE, "Ada Lomax", {"name": "Reed", "name_document": document}),
                (Action.UNDO, "", {}),
            ]
        )
        if action is Action.UNDO:
            store = undo_last(store, at, "Ann")[0] if standing_entries(store.log) else store
        else:
            store = correct(store, action, subject, value, "Ann", at)
    return store


def some_articles(chance: random.Random, count: int):
    articles = {}
    while len(articles) < count:
        document, statements = article(chance)
        if statements:
            articles.setdefault(document.id, (document, statements))
    return list(articles.values())


def stored(folder: Path, store: Store) -> SqliteStore:
    return filled(SqliteStore(folder / "claims.db", Marks()), store)


def filled(source: StoreFile, store: Store) -> StoreFile:
    with source.change() as change:
        change.save(store)
        change.mark()
    return source


@pytest.mark.parametrize("seed", [*range(40), 102])
def test_articles_taken_into_a_part_settle_as_in_the_whole(tmp_path, seed):
    settles_as_in_the_whole(SqliteStore(tmp_path / "claims.db", Marks()), seed)


@pytest.mark.parametrize("seed", range(100, 110))
def test_they_do_so_on_a_server(database, seed):
    settles_as_in_the_whole(PostgresStore(database, Marks()), seed)


def settles_as_in_the_whole(source: StoreFile, seed: int) -> None:
    chance = random.Random(seed)
    articles = some_articles(chance, 14)
    extraction = Prepared(articles)
    documents = [document for document, _ in articles]
    store, _ = take_in(Store(), documents[:8], extraction=extraction)
    store = corrected(chance, store)
    filled(source, store)
    for batch in (documents[8:10], documents[10:], documents[5:9]):
        with source.change() as change:
            part = StoredPart(change.shelf)
            after, told = take_in(Store(), batch, extraction=extraction, part=part)
            change.save_part(part.before(after), after)
        store, whole = take_in(store, batch, extraction=extraction)
        assert told == whole
        assert format_store(source.read()) == format_store(store)
        with source.change() as change:
            assert change.shelf is not None
            store = corrected(chance, change.store)
            change.save(store)


def taken_in(source: SqliteStore, articles) -> None:
    with source.change() as change:
        part = StoredPart(change.shelf)
        documents = [document for document, _ in articles]
        after, _ = take_in(Store(), documents, extraction=Prepared(articles), part=part)
        change.save_part(part.before(after), after)


def told(text: str, path: str, *said: tuple[str, str], **given) -> tuple[Document, list[Statement]]:
    """Returns an article with statements: a name and the words, which stand in the text before the name."""
    document = make_document(text, path, **given)
    return document, [_statement(document, name, None, words, text.index(words)) for name, words in said]


def test_what_was_assigned_to_somebody_follows_his_name(tmp_path):
    """Of two spellings more articles make the other one the name, also of what stands under a third."""
    first = told("it sank said Kh Asif.", "1.txt", ("Kh Asif", "it sank"))
    other = told("nobody drowned said Tom Reed.", "2.txt", ("Tom Reed", "nobody drowned"))
    store, _ = take_in(Store(), [first[0], other[0]], extraction=Prepared([first, other]))
    at = "2025-01-01T00:00:00+00:00"
    store = correct(store, Action.MERGE, "Kh Asif", {"name": "Khawaja Asif"}, "Ann", at)
    store = correct(store, Action.ASSIGN, other[1][0].id, {"speaker": "Kh Asif"}, "Ann", at)
    source = stored(tmp_path, store)
    new = [
        told(f"it sank, {n} said Khawaja Asif.", f"n{n}.txt", ("Khawaja Asif", f"it sank, {n}"))
        for n in range(3)
    ]
    taken_in(source, new)
    whole, _ = take_in(store, [document for document, _ in new], extraction=Prepared(new))
    assert {s.speaker for s in whole.statements} == {"Khawaja Asif"}
    assert format_store(source.read()) == format_store(whole)


def test_a_copy_too_short_for_sentences_is_known_by_its_whole_text(tmp_path):
    old, new = (told("It sank said Reed.", f"{n}.txt", ("Reed", "It sank")) for n in (1, 2))
    store, _ = take_in(Store(), [old[0]], extraction=Prepared([old]))
    source = stored(tmp_path, store)
    taken_in(source, [new])
    assert [bool(document.copy_of) for document in source.read().documents].count(True) == 1


def test_another_copy_of_the_origin_is_a_place_too(tmp_path):
    """The words stand in the origin and in two copies; a statement was found in one copy only."""
    text = "\n".join(["the ferry was operated from Karachi said Ada Lomax.", *FILLERS])
    texts = [text, f"Agency.\n{text}", f"{text}\nEnd."]
    said = ("Ada Lomax", "the ferry was operated from Karachi")
    articles = [
        told(text, f"{n}.txt", *([said] if n == 1 else []), published=f"2024-03-1{n}")
        for n, text in enumerate(texts)
    ]
    store, _ = take_in(Store(), [document for document, _ in articles], extraction=Prepared(articles))
    query = StatementQuery(speaker="Ada Lomax")
    part = stored(tmp_path, store).read_part(part_of_speaker("Ada Lomax"))
    ((found,), _) = find_statements(store, query)
    assert len(found.also_in) == 2
    assert find_statements(part, query) == find_statements(store, query)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_asked_of_one_speaker_needs_only_his_part(tmp_path, seed):
    chance = random.Random(seed)
    articles = some_articles(chance, 40)
    store, _ = take_in(Store(), [document for document, _ in articles], extraction=Prepared(articles))
    store = corrected(chance, store)
    found = find_conflicts(store, ConflictQuery(), Settings()).conflicts
    for conflict, status in zip(found, ("confirmed", "dismissed", "unsure"), strict=False):
        store = correct(
            store, Action.REVIEW, conflict.id, {"status": status}, "Ann", "2025-02-01T00:00:00+00:00"
        )
    newer = some_articles(chance, 8)
    store, _ = take_in(store, [document for document, _ in newer], extraction=Prepared(newer))
    source = stored(tmp_path, store)
    sizes = set()
    for speaker in store.speakers:
        part = source.read_part(part_of_speaker(speaker.id))
        sizes.add(len(part.statements))
        of = {"speaker": speaker.id}
        for query in (ConflictQuery(**of, min_score=0.1), ConflictQuery(**of, status="stale", since="2022")):
            assert find_conflicts(part, query, Settings()) == find_conflicts(store, query, Settings())
        for query in (StatementQuery(**of), StatementQuery(**of, about="ferry", until="2024-03", gone=True)):
            assert find_statements(part, query) == find_statements(store, query)
        query = TimelineQuery(**of)
        assert read_timeline(part, query, Settings()) == read_timeline(store, query, Settings())
    assert min(sizes) < len(store.statements)


@pytest.mark.parametrize(
    ("search", "about"),
    [
        ("Toll will", None), ("TWO POUNDS", None), ("o", None), ("zzz", None), ('"', None), (None, "ferries"),
        (None, "the"), (None, "café ferry"), ("pumps", "harbour"), ("ferry", "karachi 'x"),
    ],
)  # fmt: skip
def test_what_is_sought_is_found_in_the_part(tmp_path, search, about):
    articles = some_articles(random.Random(3), 30)
    store, _ = take_in(Store(), [document for document, _ in articles], extraction=Prepared(articles))
    query = StatementQuery(search=search, about=about)
    part = stored(tmp_path, store).read_part(part_of_search(search, about))
    assert find_statements(part, query) == find_statements(store, query)
