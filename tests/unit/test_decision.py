"""find_conflicts: offsets, order, copies, folding, robustness."""

from typing import Any

import pytest
from conftest import make_document, make_statement
from patience import spends_less

from claimtrack.conflicts.belief import Inferred
from claimtrack.conflicts.claims import read_claim
from claimtrack.conflicts.decision import find_conflicts, in_document, judge
from claimtrack.conflicts.judging import judge_claims
from claimtrack.models import JOINER, ClaimText, Conflict, Document, Label, PairCounts, Span, Statement
from claimtrack.settings import Settings

Found = tuple[tuple[Conflict, ...], PairCounts]


def find(*pairs: tuple[Document, Statement], **settings: Any) -> Found:
    documents = {document.id: document for document, _ in pairs}
    return find_conflicts([statement for _, statement in pairs], documents, Settings(**settings))


def said(
    text: str, words: str, path: str, published: str | None = None, **given: Any
) -> tuple[Document, Statement]:
    document = make_document(text, path, published=published)
    return document, make_statement(document, words, **given)


OPEN = said(
    "Lomax said the dam at Tarn was inspected.", "the dam at Tarn was inspected", "a.txt", "2024-03-01"
)
SHUT = said(
    "Lomax: the dam at Tarn was not inspected!", "the dam at Tarn was not inspected", "b.txt", "2023-01-05"
)


def test_a_conflict_has_offsets_of_both_documents_and_the_earlier_statement_first() -> None:
    conflicts, counts = find(OPEN, SHUT)
    (conflict,) = conflicts
    assert (conflict.a, conflict.b) == (SHUT[1], OPEN[1])
    for signal in conflict.signals:
        assert SHUT[0].text[signal.a.start : signal.a.end] == signal.a.text
        assert OPEN[0].text[signal.b.start : signal.b.end] == signal.b.text
    assert (conflict.same_document, conflict.days_apart, conflict.independent_sources) == (False, 421, 2)
    assert (counts.possible, counts.candidates, counts.judged, counts.flagged) == (1, 1, 1, 1)


def test_ids_and_scores_do_not_depend_on_the_order_given() -> None:
    assert find(OPEN, SHUT) == find(SHUT, OPEN)


def test_two_speakers_are_never_compared() -> None:
    other = said(SHUT[0].text, SHUT[1].text, "b.txt", speaker="Ito", speaker_id="sp-2")
    unnamed = said(SHUT[0].text, SHUT[1].text, "c.txt", speaker=None, speaker_id=None)
    assert find(OPEN, other)[0] == ()
    assert find(OPEN, unnamed)[0] == ()


def test_the_same_words_count_once_and_never_against_themselves() -> None:
    copies = [said(OPEN[0].text, OPEN[1].text, f"copy{n}.txt", "2024-03-02") for n in range(30)]
    conflicts, counts = find(OPEN, SHUT, *copies)
    assert len(conflicts) == 1
    assert conflicts[0].b == OPEN[1]
    assert counts.possible == 1


@pytest.mark.parametrize(
    "more",
    [
        "You can take $10 million in fares and have spent $9.9 million to earn it.",
        "Nobody in this town has ever made a profit on one.",
    ],
)
def test_who_says_the_same_words_with_more_around_them_agrees(more: str) -> None:
    short = "A ferry costs us $20 million to build. You hardly ever get it back."
    judgement = judge(ClaimText(text=short), ClaimText(text=f"{short} {more}"), Settings())
    assert (judgement.label, judgement.score, judgement.signals) == (Label.ENTAILMENT, 0.0, ())


@pytest.mark.parametrize(("first", "second"), [("said", "denied"), ("called for", "condemned")])
def test_the_same_words_conflict_where_a_cue_turns_them(first: str, second: str) -> None:
    short, full = "a ban on night flights", "a ban on night flights over the city"
    judgement = judge(ClaimText(text=short, cue=first), ClaimText(text=full, cue=second), Settings())
    assert judgement.label == Label.CONTRADICTION


def test_pairs_that_are_not_worth_reading_keep_their_order() -> None:
    """The model's word ranks them, however sure it is."""
    a = read_claim(ClaimText(text="The tram line will be built by spring."))
    b = read_claim(ClaimText(text="Perhaps the tram line will not be built."))
    scores = [judge_claims(a, b, Settings(), Inferred(word, word)).score for word in (0.7, 0.8, 0.9, 1.0)]
    assert scores == sorted(set(scores))
    assert scores[-1] < Settings().min_score


def test_a_copy_is_no_independent_source() -> None:
    copy = SHUT[0].model_copy(update={"copy_of": OPEN[0].id})
    (conflict,) = find(OPEN, (copy, SHUT[1]))[0]
    assert conflict.independent_sources == 1


def test_statements_that_overlap_in_one_article_are_no_pair() -> None:
    document = make_document("He said the dam was not inspected when the dam was inspected by Ito.")
    whole = make_statement(document, "the dam was not inspected when the dam was inspected by Ito")
    part = make_statement(document, "the dam was inspected by Ito")
    assert find((document, whole), (document, part))[0] == ()


def test_restatements_are_folded_into_the_best_pair() -> None:
    again = said(
        "“The Tarn dam was never inspected,” she said.", "“The Tarn dam was never inspected,”", "c.txt"
    )
    conflicts, counts = find(OPEN, SHUT, again)
    assert len(conflicts) == 1
    assert len(conflicts[0].also) == 1
    assert conflicts[0].id not in conflicts[0].also
    assert counts.flagged == 1


def test_one_opposition_in_other_company_is_folded() -> None:
    again = said(
        "Lomax: the dam at Tarn was not inspected while crews in Kolm mended roofs and fed goats.",
        "the dam at Tarn was not inspected while crews in Kolm mended roofs and fed goats",
        "c.txt",
    )
    other = said(
        "Lomax: the dam at Tarn was not inspected after storms had cut roads and flooded farms.",
        "the dam at Tarn was not inspected after storms had cut roads and flooded farms",
        "d.txt",
    )
    (conflict,) = find(OPEN, again, other)[0]
    assert len(conflict.also) == 1


@pytest.mark.parametrize("dates", [("2023-01-01", "2023-09-01"), ("2023-09-01", "2023-01-01"), (None, None)])
def test_two_oppositions_to_one_statement_stay_two(dates: tuple[str | None, str | None]) -> None:
    both = said(
        "Lomax said the dam at Tarn was inspected and the harbour gate was painted.",
        "the dam at Tarn was inspected and the harbour gate was painted",
        "b.txt",
        "2023-05-01",
    )
    dam = said(
        "Lomax: the dam at Tarn was not inspected.", "the dam at Tarn was not inspected", "c.txt", dates[0]
    )
    gate = said(
        "Lomax: the harbour gate was not painted.", "the harbour gate was not painted", "d.txt", dates[1]
    )
    conflicts, _ = find(both, dam, gate)
    assert [conflict.also for conflict in conflicts] == [(), ()]


def test_a_conflict_scores_as_its_two_texts_alone() -> None:
    (conflict,) = find(OPEN, SHUT)[0]
    sides = (ClaimText(text=statement.text, date=document.published) for document, statement in (SHUT, OPEN))
    alone = judge(*sides, Settings())
    assert (conflict.score, conflict.kind) == (alone.score, alone.kind)
    assert [signal.detail for signal in conflict.signals] == [signal.detail for signal in alone.signals]


def test_he_may_be_the_other_man_named_before() -> None:
    denied = read_claim(ClaimText(text="I did not sell the boat"))
    scores = [
        judge_claims(denied, read_claim(ClaimText(text=text)), Settings()).score
        for text in ("Tom Arden laughed, and he sold the boat", "We laughed, and he sold the boat")
    ]
    assert scores[0] < scores[1]


def test_doubtful_statements_are_left_out() -> None:
    assert find(OPEN, SHUT, min_confidence=0.95)[0] == ()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 6, "“First"), (7, 13, "piece,"), (17, 22, "“then"), (7, 33, "“then another”")],
    ids=["first", "first-end", "second", "across"],
)
def test_spans_of_the_joined_text_map_into_the_pieces(start: int, end: int, expected: str) -> None:
    document = make_document("“First piece,” Lomax said, “then another”.")
    statement = make_statement(document, "“First piece,”", "“then another”")
    assert statement.text == "“First piece,”" + JOINER + "“then another”"
    span = in_document(Span.cut(statement.text, start, min(end, len(statement.text))), statement, document)
    assert document.text[span.start : span.end] == span.text
    assert span.text == expected


def test_a_span_across_the_cue_is_its_longest_part() -> None:
    document = make_document("“The first long piece,” Lomax said, “then on”.")
    statement = make_statement(document, "“The first long piece,”", "“then on”")
    span = in_document(Span.cut(statement.text, 0, len(statement.text)), statement, document)
    assert span.text == "“The first long piece,”"


@pytest.mark.parametrize(
    ("first", "second", "detail"),
    [
        ("the dam at Tarn was inspected", "the dam at Tarn was not inspected", "inspected / not inspected"),
        (
            "Norway remains a crucial partner",
            "Norway is an unreliable partner",
            "Norway: crucial partner / unreliable",
        ),
    ],
)
def test_a_signal_tells_both_sides_and_what_they_are_about(first: str, second: str, detail: str) -> None:
    assert judge(ClaimText(text=first), ClaimText(text=second), Settings()).signals[0].detail == detail


def test_an_adjective_in_ing_names_no_other_kind_of_thing() -> None:
    denied = ClaimText(text="The bitter strike at the port was not settled in March")
    adjective, kind = (
        judge(denied, ClaimText(text=f"The {word} strike at the port was settled in March"), Settings()).score
        for word in ("ongoing", "teacher")
    )
    assert adjective > kind


class Kept:
    """A memory that knows how often it was asked to keep something."""

    def __init__(self) -> None:
        self.puts = 0
        self.texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.texts.get(key)

    def put(self, key: str, value: str) -> None:
        self.puts += 1
        self.texts[key] = value


def test_what_a_memory_knows_is_found_again_and_not_judged_anew() -> None:
    memory = Kept()
    documents = {document.id: document for document, _ in (OPEN, SHUT)}
    first = find_conflicts([OPEN[1], SHUT[1]], documents, Settings(), memory)
    puts = memory.puts
    assert puts
    assert find_conflicts([OPEN[1], SHUT[1]], documents, Settings(), memory) == first == find(OPEN, SHUT)
    assert memory.puts == puts


def test_a_conflict_in_memory_stays_one_when_its_speaker_says_more() -> None:
    memory = Kept()
    more = said("Lomax said rice was dear in Quelimane.", "rice was dear in Quelimane", "c.txt", "2024-05-01")
    documents = {document.id: document for document, _ in (OPEN, SHUT, more)}
    find_conflicts([OPEN[1], SHUT[1]], documents, Settings(), memory)
    again = find_conflicts([OPEN[1], SHUT[1], more[1]], documents, Settings(), memory)
    assert again == find(OPEN, SHUT, more)
    assert [(conflict.a, conflict.b) for conflict in again[0]] == [(SHUT[1], OPEN[1])]


TEXTS = (
    "",
    "   ",
    "…“”",
    "👍👍",
    "وزیر نے کہا کہ معاہدہ نہیں ہوا",
    "不是这样的",
    "not " * 3000,
    "a" * 50_000,
    "no, " * 2000,
    "5 " * 3000,
    "the dam was not safe. " * 400,
    "\u202ethe dam\u200b was\u0000 not safe",
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_any_text_is_judged_alike_from_both_sides(text: str) -> None:
    other = ClaimText(text="The dam was safe and it is not 5 metres high", cue="said", date="2024-03-01")
    first, second = (
        judge(ClaimText(text=text), other, Settings()),
        judge(other, ClaimText(text=text), Settings()),
    )
    assert (first.score, first.label, first.kind) == (second.score, second.label, second.kind)
    assert [(s.a, s.b) for s in first.signals] == [(s.b, s.a) for s in second.signals]
    assert judge(ClaimText(text=text), ClaimText(text=text), Settings()).score < 0.5


def test_statements_of_thousands_of_words_are_judged_in_bounded_time() -> None:
    words = [f"word{n % 700} of the harbour report was not number {n}." for n in range(600)]
    first, second = ClaimText(text=" ".join(words)), ClaimText(text=" ".join(reversed(words)))
    assert spends_less(20, lambda: judge(first, second, Settings()))
