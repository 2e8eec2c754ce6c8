import pytest
from conftest import make_document

from claimtrack.documents.copies import mark_copies
from claimtrack.models import Junk

LIFTED = [
    "“The pumps were never switched off during the flood of last year,” she told the house.",
    "The province lost forty houses to the water and was cut off for a week.",
    "No minister came to the valley until the army had brought bread to it.",
]
SHORT = "She left at noon and did not say more."


def article(name: str, *inside: str, published: str | None = None, **given):
    """An article with sentences of its own around those given."""
    own = [
        f"The {name} of the town has {word} of it for many years now."
        for word in ("heard", "spoken", "dreamt", "sung")
    ]
    return make_document(" ".join([*own[:2], *inside, *own[2:]]), f"{name}.txt", published=published, **given)


def passages(*documents):
    marked = {document.path: document for document in mark_copies(documents)}
    paths = {document.id: path for path, document in marked.items()}
    texts = {document.id: document.text for document in marked.values()}
    return {
        path: [
            (paths[p.origin], document.text[p.start : p.end], texts[p.origin][p.origin_start : p.origin_end])
            for p in document.lifted
        ]
        for path, document in marked.items()
        if document.lifted
    }


@pytest.mark.parametrize(
    ("there", "here"),
    [
        pytest.param(LIFTED, LIFTED, id="three sentences"),
        pytest.param(LIFTED[:2], LIFTED[:2], id="two sentences"),
        pytest.param(LIFTED, [s.upper().replace("“", '"').replace("”", '"') for s in LIFTED], id="marks"),
        pytest.param(LIFTED, [LIFTED[0], "But she was wrong about the water.", LIFTED[2]], id="edited"),
        pytest.param([LIFTED[0], SHORT, LIFTED[1]], LIFTED[:2], id="one cut"),
        pytest.param([" and ".join(s.rstrip(".") for s in LIFTED) + "."] * 1,
                     [" and ".join(s.rstrip(".") for s in LIFTED) + "."] * 1, id="one long sentence"),
    ],
)  # fmt: skip
def test_lifted_passages(there, here):
    old = article("mayor", *there, published="2025-01-01")
    new = article("baker", *here, published="2025-02-01")
    ((origin, text, original),) = passages(new, old)["baker.txt"]
    assert (origin, text, original) == ("mayor.txt", " ".join(here), " ".join(there))
    assert "mayor.txt" not in passages(new, old)


@pytest.mark.parametrize(
    ("there", "here"),
    [
        pytest.param(LIFTED[:1], LIFTED[:1], id="one short quotation"),
        pytest.param(LIFTED, [LIFTED[2], SHORT * 4, LIFTED[0]], id="in another order, apart"),
        pytest.param([SHORT] * 6, [SHORT] * 6, id="one sentence again and again"),
        pytest.param(["He did not come."] * 12, ["He did not come."] * 12, id="short sentences"),
    ],
)
def test_no_passages(there, here):
    assert passages(article("mayor", *there), article("baker", *here)) == {}


def test_a_passage_is_the_most_senior_articles():
    documents = [
        article(name, *LIFTED, published=f"2025-01-0{day}")
        for day, name in enumerate(("mayor", "baker", "smith", "miller"), 1)
    ]
    found = passages(*reversed(documents))
    assert {path: [origin for origin, _, _ in each] for path, each in found.items()} == {
        "baker.txt": ["mayor.txt"], "smith.txt": ["mayor.txt"], "miller.txt": ["mayor.txt"],
    }  # fmt: skip


def test_a_copy_has_no_passage_of_its_origin_and_is_no_origin():
    old = article("mayor", *LIFTED, published="2025-01-01")
    copy = make_document(old.text + " More follows.", "copy.txt", published="2025-01-02")
    new = article("baker", *LIFTED, published="2025-02-01")
    found = passages(new, copy, old)
    assert list(found) == ["baker.txt"]
    assert found["baker.txt"][0][0] == "mayor.txt"


def test_two_passages_of_two_articles_are_in_text_order():
    others = [
        f"The court in Kalbar has stopped work on the {word} again since the spring of last year."
        for word in ("wall", "road", "mill")
    ]
    first = article("mayor", *LIFTED, published="2025-01-02")
    second = article("judge", *others, published="2025-01-01")
    found = passages(article("baker", *LIFTED, SHORT, SHORT, *others, published="2025-02-01"), first, second)
    assert [origin for origin, _, _ in found["baker.txt"]] == ["mayor.txt", "judge.txt"]


def test_a_standing_line_is_no_passage():
    line = (
        "Editor’s note: the owner of this paper has shares in the company that built the dam, "
        "sold the pumps to the province, and now runs the ferry from Tarn to Kalbar."
    )
    documents = [article(name, line) for name in ("mayor", "baker", "smith", "miller", "judge")]
    assert passages(*documents) == {}
    assert len(passages(*documents[:2])) == 1


def test_removed_articles_and_older_versions_are_no_origin():
    new = article("baker", *LIFTED, published="2025-02-01")
    for state in ({"removed": True}, {"superseded_by": "doc-2"}):
        assert passages(article("mayor", *LIFTED, published="2025-01-01", **state), new) == {}


def test_junk_is_no_passage():
    documents = []
    for name in ("mayor", "baker"):
        document = article(name, *LIFTED)
        start = document.text.index(LIFTED[0])
        junk = Junk(start=start, end=start + len(" ".join(LIFTED)), reason="form")
        documents.append(document.model_copy(update={"junk": (junk,)}))
    assert passages(*documents) == {}


def test_words_in_a_passage_are_the_origins():
    old, new = article("mayor", *LIFTED, published="2025-01-01"), article("baker", *LIFTED)
    marked = mark_copies([old, new])[1]
    start = marked.text.index("“The pumps")
    end = marked.text.index("”") + 1
    assert marked.origin_of(start, end) == old.id
    assert marked.origin_of(0, 10) == marked.origin_of(0, len(marked.text)) == marked.id
