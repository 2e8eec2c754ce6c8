"""Speakers that may be one person: which pairs are laid before a person, with what evidence."""

import pytest

from claimtrack.models import Action, Document, Kind, Span, Statement, Store
from claimtrack.pipeline.decisions import correct, undo_last
from claimtrack.pipeline.settling import settle
from claimtrack.pipeline.suggestions import suggest_merges

AT = "2025-01-01T00:00:00+00:00"


class Desk:
    """Builds a store: one article a call, in which somebody says something."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.statements: list[Statement] = []

    def article(self, *said: tuple[str, ...], text: str = "x", published: str | None = "2016-03-01") -> str:
        """Adds an article; each of ``said`` is a name, and perhaps an office and the words of the mention."""
        number = len(self.documents)
        place = f"{number}.txt"
        document = Document(
            id=Document.make_id(f"{number}", place), path=place, sha256=f"{number}", text=text,
            published=published, language="en",
        )  # fmt: skip
        self.documents.append(document)
        for at, (name, *more) in enumerate(said):
            office, mention = (*more, None, None)[:2]
            span = Span(start=at, end=at + 1, text="x")
            self.statements.append(
                Statement(
                    id=Statement.make_id(document.id, (span,)), document_id=document.id, speaker=name,
                    named=name, office=office or None,
                    mention=Span(start=0, end=len(mention), text=mention) if mention else None,
                    content=(span,), kind=Kind.INDIRECT, confidence=0.9,
                )
            )  # fmt: skip
        return document.id

    def store(self) -> Store:
        return settle(self.documents, self.statements, ())


@pytest.fixture
def desk() -> Desk:
    return Desk()


def pairs(store: Store) -> list[tuple[str, str]]:
    return [(s.speaker.name, s.other.name) for s in suggest_merges(store)]


ALIKE = [
    pytest.param("Fox News Sean Reed", "Sean Reed", id="words before"),
    pytest.param("Sun Times", "Sun-Times", id="a hyphen"),
    pytest.param("Leonard E. Burman", "L. Burman", id="an initial"),
    pytest.param("Reince Pribus", "Rence Pribus", id="a letter in the given name"),
]


@pytest.mark.parametrize(("full", "short"), ALIKE)
def test_names_that_are_alike_are_suggested(desk, full, short):
    desk.article((full,))
    desk.article((short,))
    assert pairs(desk.store()) == [(full, short)]


UNLIKE = [
    pytest.param("Bill Clinton", "Hillary Clinton", id="one surname"),
    pytest.param("Imran Khan", "Irfan Khan", id="given names"),
    pytest.param("Ann Lewis", "Anna Lewis", id="a letter makes another given name"),
    pytest.param("Michael McCaul", "Michael McFaul", id="a letter in the surname"),
    pytest.param("John Roe Sr.", "J. Roe Jr.", id="father and son"),
    pytest.param("Mark Jones", "Jeffrey M. Jones", id="a middle initial"),
    pytest.param("Lahore High Court", "High Court", id="courts"),
    pytest.param("New Polls", "New Poll", id="something counted"),
    pytest.param("Tom John", "John", id="a given name alone"),
    pytest.param("Steve Israel", "Israel", id="a place"),
    pytest.param("Democratic National Convention", "DNC", id="letters that no article explains"),
]


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_names_that_are_not_are_no_suggestion(desk, one, other):
    desk.article((one,))
    desk.article((other,))
    assert pairs(desk.store()) == []


def test_a_bare_surname_is_somebodys_if_the_article_writes_the_whole_name(desk):
    desk.article(("Ann Lomax",))
    desk.article(("Lomax", "", "she"), text="Ann Lomax came. Lomax said so.")
    (found,) = suggest_merges(desk.store())
    assert (found.speaker.name, found.other.name) == ("Ann Lomax", "Lomax")
    assert "1 of 1 article that quote Lomax also write Ann Lomax" in found.evidence.supports


def test_somebody_elses_whole_name_speaks_against_it(desk):
    for _ in range(4):
        desk.article(("Ann Lomax",))
    desk.article(("Carl Lomax",))
    desk.article(("Lomax", "", "he"), text="Carl Lomax came. Lomax said so.")
    assert pairs(desk.store()) == [("Carl Lomax", "Lomax")]


def test_who_is_quoted_often_is_likely_and_of_two_equals_neither(desk):
    for _ in range(3):
        desk.article(("Ann Lomax",))
    desk.article(("Lomax", "", "Ms Lomax"))
    assert pairs(desk.store()) == [("Ann Lomax", "Lomax")]
    for _ in range(3):
        desk.article(("Carl Lomax",))
    assert pairs(desk.store()) == []


def test_a_man_is_no_woman(desk):
    for _ in range(3):
        desk.article(("Ann Lomax", "", "she"))
    desk.article(("Lomax", "", "Mr Lomax"), text="Ann Lomax came.")
    assert pairs(desk.store()) == []


def test_two_offices_at_one_time_speak_against_it(desk):
    desk.article(("Leonard E. Burman", "mayor"))
    desk.article(("L. Burman", "governor"))
    assert pairs(desk.store()) == []


def test_quoted_as_two_in_one_article_speaks_against_it(desk):
    desk.article(("Leonard E. Burman",), ("L. Burman",))
    assert pairs(desk.store()) == []


def test_the_best_evidence_comes_first(desk):
    desk.article(("Leonard E. Burman",))
    desk.article(("L. Burman",))
    desk.article(("Fox News Sean Reed", "news anchor"))
    desk.article(("Sean Reed", "news anchor"))
    found = suggest_merges(desk.store())
    assert [s.other.name for s in found] == ["Sean Reed", "L. Burman"]
    assert found[0].evidence.points > found[1].evidence.points
    assert "both news anchor" in found[0].evidence.supports


def test_nothing_is_merged_and_nothing_read_is_changed(desk):
    desk.article(("Fox News Sean Reed",))
    desk.article(("Sean Reed",))
    store = desk.store()
    before = store.model_dump_json()
    suggest_merges(store)
    assert store.model_dump_json() == before
    assert len(store.speakers) == 2


def decide(store: Store, action: Action, first: str, second_id: str) -> Store:
    from claimtrack.pipeline.suggestions import merge_value

    one = next(s for s in store.speakers if s.name == first)
    other = next(s for s in store.speakers if s.id == second_id)
    return correct(store, action, one.name, merge_value(store, one, other), "Nell", AT)


def test_what_is_kept_apart_is_never_suggested_again_until_undone(desk):
    desk.article(("Fox News Sean Reed",))
    desk.article(("Sean Reed",))
    store = desk.store()
    (found,) = suggest_merges(store)
    apart = decide(store, Action.SPLIT, found.speaker.name, found.other.id)
    assert suggest_merges(apart) == ()
    assert suggest_merges(settle(apart.documents, apart.statements, apart.log)) == ()
    undone, _ = undo_last(apart, AT, "Nell")
    assert pairs(undone) == pairs(store)


def namesakes(desk: Desk) -> Store:
    """Two men called Khan in articles without a given name, and one whose name is known."""
    desk.article(("Khan", "senator", "he"))
    desk.article(("Khan", "police captain", "he"))
    desk.article(("Imran Khan", "baker"))
    return desk.store()


def test_merging_one_of_two_namesakes_leaves_the_other_alone(desk):
    store = namesakes(desk)
    captain = next(s for s in store.speakers if s.offices == ("police captain",))
    merged = decide(store, Action.MERGE, "Imran Khan", captain.id)
    assert {s.speaker for s in merged.statements} == {"Imran Khan", "Khan"}
    assert [s.speaker for s in merged.statements if s.office == "police captain"] == ["Imran Khan"]
    assert [s.speaker for s in merged.statements if s.office == "senator"] == ["Khan"]
    undone, _ = undo_last(merged, AT, "Nell")
    assert undone.speakers == store.speakers


def test_a_merge_of_one_of_two_namesakes_outlives_later_articles(desk):
    store = namesakes(desk)
    captain = next(s for s in store.speakers if s.offices == ("police captain",))
    log = decide(store, Action.MERGE, "Imran Khan", captain.id).log
    desk.article(("Khan", "a judge", "he"), published="2016-02-01")
    desk.article(("Ali Khan", "mayor"))
    later = settle(desk.documents, desk.statements, log)
    assert [s.speaker for s in later.statements if s.office == "police captain"] == ["Imran Khan"]
    assert [s.speaker for s in later.statements if s.office in ("senator", "a judge")] == ["Khan", "Khan"]


def test_keeping_one_of_two_namesakes_apart_leaves_the_other_open(desk):
    for _ in range(3):
        desk.article(("Ann Lomax",))
    desk.article(("Lomax", "senator", "she"))
    desk.article(("Lomax", "police captain", "she"))
    store = desk.store()
    first, second = suggest_merges(store)
    apart = decide(store, Action.SPLIT, "Ann Lomax", first.other.id)
    assert [s.other.id for s in suggest_merges(apart)] == [second.other.id]


def test_only_one_speakers_pairs_on_demand(desk):
    for name in ("Fox News Sean Reed", "Sean Reed", "Leonard E. Burman", "L. Burman"):
        desk.article((name,))
    store = desk.store()
    burman = next(s for s in store.speakers if s.name == "L. Burman")
    assert [s.speaker.name for s in suggest_merges(store, burman)] == ["Leonard E. Burman"]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        pytest.param("2016-03-01", "2016-06-01", True, id="the same year"),
        pytest.param("2016-03-01", "2025-09-27", False, id="nine years"),
        pytest.param(None, "2025-09-27", True, id="no date"),
    ],
)
def test_an_office_joins_a_surname_with_a_name_only_for_its_time(desk, first, second, one):
    desk.article(("Khawaja Asif", "defence minister"), published=first)
    desk.article(("Asif", "defence minister", "the defence minister"), published=second)
    assert (len({s.speaker_id for s in desk.store().statements}) == 1) is one


def test_an_office_without_a_name_joins_nobody(desk):
    desk.article(("Khawaja Asif", "defence minister"))
    desk.article(("defence minister", "defence minister"))
    desk.statements[-1] = desk.statements[-1].model_copy(update={"named": None})
    assert [s.speaker_id is None for s in desk.store().statements] == [False, True]


def test_two_holders_at_one_time_leave_a_surname_to_nobody(desk):
    desk.article(("Ali Khan", "senator"))
    desk.article(("Raza Khan", "senator"))
    desk.article(("Khan", "senator", "he"))
    desk.article(("Khan", "senator", "he"))
    assert len(desk.store().speakers) == 4
