"""Windows over a text, and tags turned into attributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.statements.tagger import TAGS, WINDOW, Window, best_paths, decode, pack_windows


def test_windows_hold_all_pieces_in_order_and_fit() -> None:
    text = "\n".join(f"Paragraph {i}. " + "Some words stand here. " * (i % 40) for i in range(60))
    windows = pack_windows(text)
    starts = [start for window in windows for start in window.starts if start >= 0]
    assert all(len(window.ids) <= WINDOW for window in windows)
    assert starts == sorted(starts)
    covered = {
        i for w in windows for a, b in zip(w.starts, w.ends, strict=True) if a >= 0 for i in range(a, b)
    }
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "He said that it was so and so. " * 60
    for window in pack_windows(text)[:-1]:
        assert text[window.ends[-2] - 1] == "."


@given(st.text(alphabet="ab .\n\"”'", max_size=3000))
def test_any_text_packs(text: str) -> None:
    for window in pack_windows(text):
        assert len(window.ids) == len(window.starts) == len(window.ends) <= WINDOW


def logits(tags: list[str]) -> np.ndarray:
    scores = np.zeros((1, len(tags), len(TAGS)), dtype=np.float32)
    for i, tag in enumerate(tags):
        scores[0, i, TAGS.index(tag)] = 5.0
    return scores


def test_an_inside_tag_never_stands_alone() -> None:
    tags = logits(["O", "I-content-speech", "O"])
    tags[0, 1, TAGS.index("B-content-speech")] = 4.0
    assert [TAGS[t] for t in best_paths(tags, [3])[0]] == ["O", "B-content-speech", "O"]


def test_contents_that_point_to_one_cue_are_one_attribution() -> None:
    text = "“A,” he said. “B.”"
    places = [(-1, -1), (0, 4), (5, 7), (8, 12), (14, 18), (-1, -1)]
    window = Window([101, 1, 2, 3, 4, 102], [a for a, _ in places], [b for _, b in places])
    tags = logits(["O", "B-content-speech", "B-source-speech", "B-cue-speech", "B-content-speech", "O"])
    links = np.zeros((1, 6, 4, 2), dtype=np.float32)
    links[0, [1, 4], 0] = [1, 0]  # both contents ask for the cue
    links[0, 3, 1] = [1, 0]
    links[0, 3, 2] = [0, 1]  # the cue asks for the source
    links[0, 2, 3] = [0, 1]
    (found,) = decode([window], tags, links)
    assert len(found) == 1
    assert [text[c.start : c.end] for c in found[0].contents] == ["“A,”", "“B.”"]
    assert found[0].cue is not None
    assert text[found[0].cue.start : found[0].cue.end] == "said"
    assert found[0].source is not None
    assert text[found[0].source.start : found[0].source.end] == "he"


@pytest.mark.parametrize("text", ["", "\n\n", " "], ids=["empty", "lines", "space"])
def test_nothing_to_tag(text: str) -> None:
    assert pack_windows(text) == []
