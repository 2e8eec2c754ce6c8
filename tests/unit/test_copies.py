import pytest
from conftest import make_document
from patience import spends_less

from claimtrack.documents.copies import mark_copies
from claimtrack.models import Junk

SENTENCES = [
    "Farm minister Lena Orth has said that the dam will be built next year.",
    "The province denied on Monday that it had agreed to any such plan.",
    "Work on the wall was stopped three years ago by a court in Kalbar.",
    "Two villages at the lake went to court against the building of it.",
    "The money for the wall has been in the budget since last autumn.",
    "Farmers in the valley below the dam have waited for water since spring.",
]
STORY = " ".join(SENTENCES)


def origins(*documents):
    marked = {document.id: document for document in mark_copies(documents)}
    paths = {document.id: document.path for document in documents}
    return {paths[i]: paths.get(document.copy_of or "") for i, document in marked.items()}


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(STORY, id="same"),
        pytest.param(STORY.upper().replace(". ", ".\n\n"), id="case and white space"),
        pytest.param("KALBAR (NPA) - " + STORY + " More follows.", id="agency header and tail"),
        pytest.param(" ".join(SENTENCES[:4]), id="cut"),
        pytest.param(" ".join(reversed(SENTENCES)), id="reordered"),
        pytest.param("A new headline\n" + STORY.replace("three", "3"), id="one sentence edited"),
    ],
)
def test_copies_are_marked(copy):
    first = make_document(STORY, "a.txt", published="2025-01-01")
    second = make_document(copy, "b.txt", published="2025-01-02")
    assert origins(second, first) == {"a.txt": None, "b.txt": "a.txt"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            "Lena Orth opened a bakery in the old town today. It smells of bread.", id="another story"
        ),
        pytest.param(
            " ".join(SENTENCES[:2]) + " But the prime minister has now ruled it out for good. He told the"
            " house so on Friday night. The opposition called for her to go at once.",
            id="two sentences shared",
        ),
        pytest.param("He did not say more. She left. That was it.", id="short sentences"),
    ],
)
def test_other_articles_are_not(other):
    assert set(origins(make_document(STORY, "a.txt"), make_document(other, "b.txt")).values()) == {None}


def test_without_dates_the_first_by_id_is_the_origin():
    documents = [make_document(STORY, path) for path in ("a.txt", "b.txt", "c.txt")]
    first = min(documents, key=lambda document: document.id)
    assert {d.copy_of for d in mark_copies(documents) if d.id != first.id} == {first.id}


def test_a_dated_article_comes_before_an_undated_one():
    dated = make_document(STORY, "b.txt", published="2025-01-01")
    assert origins(make_document(STORY, "a.txt"), dated) == {"a.txt": "b.txt", "b.txt": None}


def test_order_of_the_documents_does_not_matter():
    documents = [make_document(" ".join(SENTENCES[: 3 + i]), f"{i}.txt") for i in range(4)]
    assert origins(*documents) == origins(*reversed(documents))


def test_versions_and_removed_articles_are_left_out():
    old = make_document(STORY, "a.txt", superseded_by="doc-2")
    removed = make_document(STORY, "b.txt", removed=True, copy_of="doc-x")
    new = make_document(STORY + " The end is near for the old wall.", "a.txt")
    assert [d.copy_of for d in mark_copies([old, removed, new])] == [None, None, None]


def test_a_copy_may_be_held_by_many_outlets():
    copies = [
        make_document(f"{STORY} {n}", f"{n:03}.txt", published=f"2025-02-{n % 28 + 1:02}") for n in range(90)
    ]
    first = make_document(STORY, "a.txt", published="2025-01-01")
    marked = mark_copies([*copies, first])
    assert {document.copy_of for document in marked[:-1]} == {first.id}


def test_what_is_no_longer_a_copy_is_unmarked():
    stale = make_document(STORY, "a.txt", copy_of="doc-gone")
    (document,) = mark_copies([stale])
    assert (document.copy_of, document.lifted) == (None, ())


def test_articles_that_repeat_themselves_take_no_longer():
    line = "The pumps of the dam at Tarn were mended by the men. "
    documents = [make_document(line * 1_000 + str(n), f"{n}.txt") for n in range(12)]
    documents += [make_document(f"{STORY} {n}. {line * 1_000}", f"s{n}.txt") for n in range(12)]
    assert spends_less(30, lambda: mark_copies(documents))


def test_junk_is_not_compared():
    form = " ".join(["Please enter your comment and your name in here."] * 5)
    texts = [f"{SENTENCES[0]}\n{form}", f"{SENTENCES[1]}\n{form}"]
    documents = [
        make_document(
            text, f"{i}.txt", junk=(Junk(start=text.index("Please"), end=len(text), reason="form"),)
        )
        for i, text in enumerate(texts)
    ]
    assert set(origins(*documents).values()) == {None}
