"""Sources of one article: whatever the text and the spans, an answer for each."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.statements.speakers import UNRESOLVED, Source, resolve_sources

PIECES = [
    "Ann Roe", "Mr Roe", "the minister", "a lawyer", "he", "she", "who", "they", "it", "I", "Q", "A", ":",
    "said", "(R-Ky.)", "@roe", "“", "”", '"', "'s", "\n", ".", "Sen.", "and", "of", "Education", "TB", "—",
    "", "ROE", ",",
]  # fmt: skip


@st.composite
def tagged_texts(draw: st.DrawFn) -> tuple[str, list[Source]]:
    text = " ".join(draw(st.lists(st.sampled_from(PIECES), max_size=30)))
    place = st.integers(0, len(text))

    def span() -> tuple[int, int]:
        start, end = sorted((draw(place), draw(place)))
        return start, end

    sources = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = span() if draw(st.booleans()) else (None, None)
        cue = span() if draw(st.booleans()) else None
        sources.append(Source(start, end, cue, tuple(span() for _ in range(draw(st.integers(0, 2))))))
    return text, sources


@settings(max_examples=150, deadline=None)
@given(tagged_texts())
def test_every_source_gets_an_answer(tagged: tuple[str, list[Source]]) -> None:
    text, sources = tagged
    answers = resolve_sources(text, sources)
    assert len(answers) == len(sources)
    for answer in answers:
        assert answer.name is None or answer.name.strip()
        assert not (answer.named and answer.name is None)
    assert resolve_sources(text, sources) == answers


def test_no_sources_no_answers() -> None:
    assert resolve_sources("Ann Roe left.", []) == []
    assert resolve_sources("", [Source(None, None, None, ())]) == [UNRESOLVED]


def test_time_grows_with_the_text_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        text = "Mayor Ann Roe met Sen. Carl Dow. The mayor said it rained. He left.\n" * times
        begun = time.process_time()
        resolve_sources(text, [Source(0, 13, None, ((40, 50),))])
        return time.process_time() - begun

    seconds(10)
    assert any(seconds(1600) < 16 * max(seconds(200), 0.01) for _ in range(5))
