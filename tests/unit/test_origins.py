import pytest
from conftest import make_document, make_statement

from claimtrack.conflicts.origins import first_article, is_reworded
from claimtrack.models import Passage, Place

SAID = "the toll at Tarn will be three hundred pounds"
OLD = make_document(f"Lomax said {SAID} a year.", "a.txt", published="2025-01-01")


def copy_with(words: str, **given):
    """A copy that gives the quotation in these words, and its statement."""
    given = {"copy_of": OLD.id, **given}
    document = make_document(f"Lomax said {words} a year.", "b.txt", published="2025-01-02", **given)
    return make_statement(document, words), document


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        pytest.param(SAID.replace("three", "four"), {}, True, id="another figure"),
        pytest.param(SAID, {}, False, id="the same"),
        pytest.param(SAID.replace("three", "four"), {"copy_of": None}, False, id="no copy"),
        pytest.param("the ferry would not run in winter", {}, False, id="other words"),
    ],
)
def test_rewordings(words, given, expected):
    first, second = make_statement(OLD, SAID), copy_with(words, **given)
    assert is_reworded(first, OLD, *second) is is_reworded(*second, first, OLD) is expected


def test_what_one_article_says_both_ways_is_no_rewording():
    """Then the speaker said both, and the copy only leaves one out."""
    other = SAID.replace("three", "four")
    both = make_document(f"Lomax said {SAID}. She said {other}.", "a.txt")
    copy = make_document(f"Lomax said {other}.", "b.txt", copy_of=both.id)
    assert not is_reworded(make_statement(both, SAID), both, make_statement(copy, other), copy)


def test_the_first_article_of_an_utterance():
    lifted = Passage(start=0, end=len(OLD.text), origin="doc-0", origin_start=5, origin_end=60)
    late = make_document(OLD.text, "c.txt", published="2025-03-01")
    statement = make_statement(late, SAID)
    place = Place(document_id=OLD.id, content=make_statement(OLD, SAID).content)
    documents = {document.id: document for document in (OLD, late)}
    assert first_article(statement, documents) == late.id
    also = statement.model_copy(update={"also_in": (place,)})
    assert first_article(also, documents) == OLD.id
    documents[OLD.id] = OLD.model_copy(update={"lifted": (lifted,)})
    assert first_article(also, documents) == "doc-0"
