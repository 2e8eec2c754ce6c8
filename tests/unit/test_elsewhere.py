import pytest
from conftest import make_document, make_statement

from claimtrack.documents.copies import mark_copies
from claimtrack.models import Kind, Statement, Store
from claimtrack.pipeline.comparable import comparable_statements
from claimtrack.pipeline.elsewhere import with_places
from claimtrack.settings import Settings

WORDS = "“The pumps were never switched off during the flood,”"
STORY = " ".join(
    [
        f"{WORDS} Ada Lomax told the house in Kalbar on Monday.",
        "The province lost forty houses to the water and was cut off for a week.",
        "Two villages at the lake went to court against the building of it.",
        "The money for the wall has been in the budget since last autumn.",
    ]
)
PRINTED = STORY.replace("“", '"').replace("”", '"')


def store_of(texts: dict[str, str], *statements: tuple[str, str, dict], **states: dict) -> Store:
    """A store of articles by path, and statements in them by path and words."""
    documents = {
        path: make_document(text, path, published=f"2025-01-0{day}", **states.get(path, {}))
        for day, (path, text) in enumerate(texts.items(), 1)
    }
    marked = {document.path: document for document in mark_copies(tuple(documents.values()))}
    said: tuple[Statement, ...] = tuple(
        make_statement(marked[path], words, **{"kind": Kind.DIRECT, **given})
        for path, words, given in statements
    )
    return Store(documents=tuple(marked.values()), statements=said)


def elsewhere(store: Store) -> list[tuple[str, bool]]:
    """The other places of the first statement, and whether a statement stands there."""
    texts = {document.id: document.text for document in store.documents}
    found = with_places(store.statements, store)[0].also_in
    for place in found:
        assert all(texts[place.document_id][span.start : span.end] == span.text for span in place.content)
    return [(place.path or "", place.statement_id is not None) for place in found]


def test_words_of_a_copy_without_a_statement_are_a_place():
    store = store_of({"a": STORY, "b": PRINTED}, ("a", WORDS, {}))
    assert elsewhere(store) == [("b", False)]


@pytest.mark.parametrize(
    ("given", "places"),
    [
        pytest.param({}, [("b", True)], id="the speaker"),
        pytest.param({"speaker": "Lomax", "speaker_id": "sp-2"}, [("b", True)], id="a shorter name"),
        pytest.param({"speaker": "he", "speaker_id": None}, [("b", True)], id="a speaker unknown"),
        pytest.param({"speaker": "Tom Reed", "speaker_id": "sp-2"}, [], id="another speaker"),
    ],
)
def test_a_statement_in_a_copy(given, places):
    words = WORDS.replace("“", '"').replace("”", '"')
    assert elsewhere(store_of({"a": STORY, "b": PRINTED}, ("a", WORDS, {}), ("b", words, given))) == places


def test_equal_words_in_unrelated_articles_are_no_place_without_a_statement():
    other = f"{WORDS} somebody wrote on a wall in Tarn, and nobody knows who did it, or what it was to say."
    assert elsewhere(store_of({"a": STORY, "b": other}, ("a", WORDS, {}))) == []


def test_places_come_in_order_of_publication():
    store = store_of({"a": STORY, "b": PRINTED, "c": STORY + " More."}, ("b", PRINTED[: len(WORDS)], {}))
    assert elsewhere(store) == [("a", False), ("c", False)]


@pytest.mark.parametrize(
    "state", [{"removed": True}, {"superseded_by": "doc-x"}], ids=["removed", "superseded"]
)
def test_articles_out_of_use_are_no_place(state):
    words = PRINTED[: len(WORDS)]
    assert elsewhere(store_of({"a": STORY, "b": PRINTED}, ("a", WORDS, {}), ("b", words, {}), b=state)) == []


def test_a_rejected_statement_is_no_place():
    store = store_of(
        {"a": f"{WORDS} Lomax said.", "b": f"Again: {WORDS}"}, ("a", WORDS, {}), ("b", WORDS, {})
    )
    assert elsewhere(store) == [("b", True)]
    rejected = store.statements[1].model_copy(update={"rejected": True})
    assert elsewhere(store.model_copy(update={"statements": (store.statements[0], rejected)})) == []


def test_each_utterance_is_compared_once():
    texts = {path: f"{WORDS} Lomax said in {path}." for path in "abc"}
    (compared,) = comparable_statements(store_of(texts, *((path, WORDS, {}) for path in "cab")), Settings())
    assert compared.document_id == make_document(texts["a"], "a").id
    assert [place.path for place in compared.also_in] == ["b", "c"]
