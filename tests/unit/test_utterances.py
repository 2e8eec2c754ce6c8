import random

import pytest
from conftest import find_span, make_document, make_statement
from patience import spends_less

from claimtrack.models import Kind, Modality, Polarity, Statement
from claimtrack.pipeline.utterances import find_utterances

LONG = "The pumps below the dam were never switched off during the flood of last year"
SHORT = "The pumps were never switched off"


def said(text: str, path: str, published: str | None = None, **given):
    """A statement of a whole text with its article."""
    copy_of = given.pop("copy_of", None)
    cue = given.pop("cue", None)
    document = make_document(f"{text} {cue or 'said'} Lomax.", path, published=published, copy_of=copy_of)
    given["cue"] = find_span(document, cue) if cue else None
    return document, make_statement(document, text, kind=Kind.DIRECT, **given)


def groups(*items) -> list[list[str]]:
    """The articles of each utterance, the one to compare first."""
    documents = {document.id: document for document, _ in items}
    paths = {document.id: document.path for document in documents.values()}
    found = []
    for utterance in find_utterances([statement for _, statement in items], documents):
        rest = [paths[s.document_id] for s in utterance.statements if s.id != utterance.chosen.id]
        found.append([paths[utterance.chosen.document_id], *rest])
    return sorted(found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((LONG, "2025-01-01", {}), (LONG, "2025-09-01", {}), id="long, months apart"),
        pytest.param((LONG, "2025-01-01", {}), (LONG.upper() + "!", "2025-01-02", {}), id="marks and case"),
        pytest.param((SHORT, "2025-01-01", {}), (SHORT, "2025-01-05", {}), id="short, days apart"),
        pytest.param((SHORT, None, {}), (SHORT, "2025-01-05", {}), id="short, one undated"),
        pytest.param((LONG, "2025-01-01", {"cue": "said"}), (LONG, None, {"cue": "told"}), id="other cue"),
        pytest.param(
            (LONG, "2025-01-01", {"said_on": "2025-01-01", "said_on_basis": "publication date"}),
            (LONG, "2025-03-01", {"said_on": "2025-02-25", "said_on_basis": "weekday before publication"}),
            id="one date of saying",
        ),
    ],
)  # fmt: skip
def test_one_utterance(first, second):
    items = [
        said(text, path, date, **given)
        for path, (text, date, given) in zip("ab", (first, second), strict=True)
    ]
    assert len(groups(*items)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((LONG, None, {}), (LONG, None, {"speaker": "Reed", "speaker_id": "sp-2"}), id="two"),
        pytest.param((SHORT, "2025-01-01", {}), (SHORT, "2025-03-05", {}), id="short, months apart"),
        pytest.param(("That was not so", None, {}), ("That was not so", None, {}), id="very short"),
        pytest.param((LONG, None, {}), (LONG.replace("never ", ""), None, {}), id="negation"),
        pytest.param((LONG, None, {}), (LONG, None, {"polarity": Polarity.NEGATED}), id="polarity"),
        pytest.param((LONG, None, {}), (LONG, None, {"modality": Modality.CONDITIONAL}), id="modality"),
        pytest.param((LONG, None, {}), (LONG, None, {"reported_by": ("Tom Reed",)}), id="passed on"),
        pytest.param((LONG, None, {"cue": "said"}), (LONG, None, {"cue": "denied"}), id="denied"),
        pytest.param((LONG, None, {"cue": "condemned"}), (LONG, None, {"cue": "welcomed"}), id="stance"),
        pytest.param(
            (LONG, "2025-01-01", {"said_on": "2024-12-30", "said_on_basis": "weekday before publication"}),
            (LONG, "2025-03-01", {"said_on": "2025-02-25", "said_on_basis": "weekday before publication"}),
            id="two dates of saying",
        ),
    ],
)  # fmt: skip
def test_two_utterances(first, second):
    items = [
        said(text, path, date, **given)
        for path, (text, date, given) in zip("ab", (first, second), strict=True)
    ]
    assert groups(*items) == [["a"], ["b"]]


def test_unnamed_sources_are_left_out():
    assert groups(*(said(LONG, path, speaker_id=None) for path in "ab")) == []


def test_the_earliest_of_equal_wordings_is_compared():
    items = [said(LONG, "c", "2025-01-03"), said(LONG, "a"), said(LONG, "b", "2025-01-02")]
    assert groups(*items) == [["b", "c", "a"]]


def test_an_original_comes_before_an_older_copy():
    """A date set by hand may make a copy older than its origin."""
    original = said(LONG, "b", "2025-01-03")
    copy = said(LONG, "a", "2025-01-01", copy_of=original[0].id)
    assert groups(copy, original) == [["b", "a"]]


def test_the_fullest_wording_is_compared_so_that_nothing_is_lost():
    full = said(f"{LONG}. The villages were warned in time by the army.", "c", "2025-01-03")
    cuts = [
        said(LONG, "a", "2025-01-01"),
        said("The villages were warned in time by the army.", "b", "2025-01-02"),
    ]
    assert groups(*cuts, full) == [["c", "a", "b"]]


@pytest.mark.parametrize("words", ["That was not so", SHORT])
def test_a_copy_repeats_short_words_too(words):
    original = said(words, "a", "2025-01-01")
    assert len(groups(original, said(words, "b", "2025-09-01", copy_of=original[0].id))) == 1


@pytest.mark.parametrize(("words", "count"), [(LONG, 1), (SHORT, 2)])
def test_in_one_article_only_a_long_one_is_repeated(words, count):
    document = make_document(f"{words}, she said. Then she said: {words}!")
    starts = document.text.index(words), document.text.rindex(words)
    statements: list[Statement] = []
    for start in starts:
        content = (find_span(document, words).model_copy(update={"start": start, "end": start + len(words)}),)
        name = Statement.make_id(document.id, content)
        statements.append(make_statement(document, words).model_copy(update={"id": name, "content": content}))
    assert len(find_utterances(statements, {document.id: document})) == count


def test_order_does_not_matter():
    items = [
        said(f"{LONG} in {word}", f"{n}.txt", "2025-01-01") for n, word in enumerate(("Tarn", "Bore") * 5)
    ]
    items += [said(LONG, f"cut{n}.txt", f"2025-01-0{n + 1}") for n in range(4)]
    shuffled = random.Random(1).sample(items, len(items))
    assert groups(*items) == groups(*shuffled)


def test_a_catchphrase_of_thousands_takes_a_moment():
    items = [
        said(f"We will make it great again, friends of town {n % 900} and {n}", f"{n}.txt")
        for n in range(3000)
    ]
    documents = {document.id: document for document, _ in items}
    statements = [statement for _, statement in items]
    assert spends_less(20, lambda: find_utterances(statements, documents))
