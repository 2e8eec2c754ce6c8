"""Contents fitted to quotation marks, pieces joined and separated."""

import pytest

from claimtrack.models import Kind
from claimtrack.statements.drafts import Draft, Place, whole_words
from claimtrack.statements.linking import drop_strays, go_on_over_paragraphs, join_floating
from claimtrack.statements.quotations import fit_to_quotations, kind_of
from claimtrack.text import quotation_spans


def place(text: str, words: str) -> Place:
    start = text.index(words)
    return start, start + len(words)


def draft(text: str, *contents: str, cue: str | None = None, source: str | None = None) -> Draft:
    return Draft(
        tuple(place(text, c) for c in contents),
        place(text, cue) if cue else None,
        place(text, source) if source else None,
        0.9,
    )


def words(text: str, drafts: list[Draft]) -> list[list[str]]:
    return [[text[a:b] for a, b in d.contents] for d in drafts]


@pytest.mark.parametrize(
    ("text", "tagged", "fitted"),
    [
        pytest.param(
            "“We know it all now,” he said.", ["know it all"], [["“We know it all now,”"]], id="completed"
        ),
        pytest.param(
            "He said that it was so.", ["that it was so."], [["that it was so"]], id="final stop is out"
        ),
        pytest.param(
            "He said it was in the U.S.", ["it was in the U.S."], [["it was in the U.S."]], id="abbreviation"
        ),
        pytest.param("He liked his hat, too.", ["his"], [], id="one word says nothing"),
        pytest.param("“No,” he said.", ["No"], [["“No,”"]], id="one quoted word does"),
    ],
)
def test_fit(text: str, tagged: list[str], fitted: list[list[str]]) -> None:
    assert words(text, fit_to_quotations(text, [draft(text, *tagged)], quotation_spans(text))) == fitted


def test_a_quotation_belongs_to_one_statement() -> None:
    text = "“Nobody said that we would go there at all,” she said."
    drafts = [
        draft(text, "Nobody said that we would go", cue="she said"),
        draft(text, "go there", cue="said that"),
    ]
    assert words(text, fit_to_quotations(text, drafts, quotation_spans(text))) == [
        ["“Nobody said that we would go there at all,”"]
    ]


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“No way,” he said.", "“No way,”", Kind.DIRECT),
        ("He said it was “no way” to go.", "it was “no way” to go", Kind.MIXED),
        ("He said it was so.", "it was so", Kind.INDIRECT),
    ],
    ids=["direct", "mixed", "indirect"],
)
def test_kind(text: str, content: str, kind: Kind) -> None:
    assert kind_of(text, [place(text, content)], quotation_spans(text)) is kind


def test_a_stray_word_and_another_sentence_are_no_part() -> None:
    text = "On Tuesday he spoke of rain. He said the dam would hold."
    tagged = [draft(text, "Tuesday", "spoke of rain", "the dam would hold", cue="said")]
    assert words(text, drop_strays(text, tagged, quotation_spans(text))) == [["the dam would hold"]]


def test_one_word_before_an_interrupting_cue_is_part() -> None:
    text = "Pakistan, he asserted, would respond in kind."
    tagged = [draft(text, "Pakistan", "would respond in kind", cue="asserted", source="he")]
    assert words(text, drop_strays(text, tagged, quotation_spans(text))) == [
        ["Pakistan", "would respond in kind"]
    ]


def test_a_quotation_left_open_goes_on() -> None:
    text = "“We looked twice.\n\n“We found nothing.”"
    drafts = [draft(text, "“We looked twice.", cue=None)]
    assert words(text, go_on_over_paragraphs(text, drafts, quotation_spans(text))) == [
        ["“We looked twice.", "“We found nothing.”"]
    ]


def test_a_floating_quotation_joins_the_one_before() -> None:
    text = "“We looked,” Roe said. “It was gone.”\nA third “thing” happened."
    drafts = [draft(text, "“We looked,”", cue="said", source="Roe"), draft(text, "“It was gone.”")]
    assert words(text, join_floating(text, drafts, quotation_spans(text))) == [
        ["“We looked,”", "“It was gone.”"]
    ]


def test_words_without_cue_and_marks_are_nobodys() -> None:
    text = "The dam would hold for ever."
    assert join_floating(text, [draft(text, "The dam would hold")], []) == []


def test_whole_words() -> None:
    text = "As Asif said"
    assert whole_words(text, (5, 7)) == (3, 7)
