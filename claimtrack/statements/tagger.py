"""Text -> spans tagged source, cue and content, with links: the model's part of attribution.

The model is a small encoder over word pieces with 13 tags (begin/inside of source, cue and content,
once for speech and once for other attributions such as thoughts and intents, plus outside) and two
pointers: from a content to its cue and from a cue to its source. See ``weights/MODEL_CARD.md``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import TYPE_CHECKING

from claimtrack.inference import CLS, SEP, Encoded, load_model, load_word_pieces

if TYPE_CHECKING:
    import numpy as np

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{p}-{r}-{k}" for k in ("speech", "other") for r in ROLES for p in "BI"))
"""Tag order of the model's output."""

WINDOW = 224
"""Word pieces in a window, special tokens included; the model was trained with this length."""

_BATCH = 16
"""Windows decoded at once: few enough to bound memory, enough to share the cost of each step."""

_BESIDE = 2
"""Characters between neighbours: a space, a comma, a dash."""

_BARRED = -1e9
"""Log-probability of a forbidden tag transition."""


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive paragraphs as model input; position i covers ``text[starts[i]:ends[i]]``.

    Special tokens have ``starts[i] == ends[i] == -1``.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """One tagged stretch of text: half-open code point offsets, probability of its tags (0.0-1.0)."""

    role: str
    speech: bool
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content pieces with the cue and source the model links them to; pieces in text order."""

    contents: tuple[TaggedSpan, ...]
    cue: TaggedSpan | None
    source: TaggedSpan | None


def pack_windows(text: str, starts_new: "Iterator[bool] | None" = None) -> list[Window]:
    """Packs the paragraphs (lines) of ``text`` into windows of at most ``WINDOW`` pieces.

    A paragraph is kept whole where it fits; a longer one is cut after a sentence end.
    ``starts_new`` may force a new window before a paragraph (training draws it at random).
    """
    pieces = load_word_pieces()
    windows: list[Window] = []
    current = Window([CLS], [-1], [-1])
    at = 0
    for line in text.split("\n"):
        encoded = pieces.encode(text, at, at + len(line))
        at += len(line) + 1
        for part in _cut(text, encoded, WINDOW - 2):
            forced = starts_new is not None and next(starts_new)
            if len(current.ids) > 1 and (forced or len(current.ids) + len(part.ids) + 1 > WINDOW):
                windows.append(current)
                current = Window([CLS], [-1], [-1])
            current.ids.extend([*part.ids, SEP])
            current.starts.extend([*part.starts, -1])
            current.ends.extend([*part.ends, -1])
    if len(current.ids) > 1:
        windows.append(current)
    return windows


def _cut(text: str, encoded: Encoded, longest: int) -> Iterator[Encoded]:
    """Yields one paragraph in parts of at most ``longest`` pieces, cut after sentence ends."""
    at, count = 0, len(encoded.ids)
    while at < count:
        stop = min(at + longest, count)
        if stop < count:
            for candidate in range(stop, at + longest // 2, -1):
                before, after = encoded.ends[candidate - 1], encoded.starts[candidate]
                if before < after and text[at_end(text, before)] in ".?!":
                    stop = candidate
                    break
        yield Encoded(encoded.ids[at:stop], encoded.starts[at:stop], encoded.ends[at:stop])
        at = stop


def at_end(text: str, end: int) -> int:
    """Returns the position of the last character before ``end`` that is no closing mark."""
    position = end - 1
    while position > 0 and text[position] in "\"'”’»)]":
        position -= 1
    return position


def tag_attributions(text: str) -> list[Attribution]:
    """Returns the attributions of a text in order of their windows, speech and other alike."""
    windows = pack_windows(text)
    found: list[Attribution] = []
    for first in range(0, len(windows), _BATCH):
        batch = windows[first : first + _BATCH]
        tags, links = _run(batch)
        for attributions in decode(batch, tags, links):
            found.extend(attributions)
    return found


def _run(batch: Sequence[Window]) -> tuple["np.ndarray", "np.ndarray"]:
    """Returns the model's outputs for each window, padded to the longest.

    Each runs alone: on a CPU that is faster than together, and quantised figures depend on the company.
    One thread a run: cores are better used by reading several documents at once (twice as fast on two).
    """
    import numpy as np

    model = load_model("tagger", threads=1)
    outputs = [model.run([window.ids]) for window in batch]
    longest = max(len(window.ids) for window in batch)

    def padded(arrays: list["np.ndarray"]) -> "np.ndarray":
        room = [(0, 0)] * (arrays[0].ndim - 1)
        return np.stack([np.pad(a, [(0, longest - len(a)), *room]) for a in arrays])

    return padded([tags[0] for tags, _ in outputs]), padded([links[0] for _, links in outputs])


def decode(windows: Sequence[Window], tags: "np.ndarray", links: "np.ndarray") -> list[list[Attribution]]:
    """Turns the model's output for one batch into attributions, a list per window.

    ``tags`` holds logits (window, piece, tag), ``links`` four vectors a piece (window, piece, 4, d):
    content asks, cue answers, cue asks, source answers.
    """
    import numpy as np

    logs = tags - np.logaddexp.reduce(tags, axis=-1, keepdims=True)
    lengths = [len(window.ids) for window in windows]
    paths = best_paths(logs, lengths)
    return [
        _join(_spans(window, path, log), links[row])
        for row, (window, path, log) in enumerate(zip(windows, paths, logs, strict=True))
    ]


@cache
def _transitions() -> "np.ndarray":
    """Returns the matrix (from, to): 0 where allowed, barred where I does not follow its B or I."""
    import numpy as np

    matrix = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for j, after in enumerate(TAGS):
        if after.startswith("I-"):
            for i, before in enumerate(TAGS):
                if before[2:] != after[2:]:
                    matrix[i, j] = _BARRED
    return matrix


def best_paths(logs: "np.ndarray", lengths: Sequence[int]) -> list[list[int]]:
    """Returns the likeliest allowed tag sequence of each window (Viterbi with fixed transitions)."""
    import numpy as np

    count, longest, tag_count = logs.shape
    transitions = _transitions()
    score = logs[:, 0, :].copy()
    score[:, [tag.startswith("I-") for tag in TAGS]] += _BARRED
    back = np.zeros((count, longest, tag_count), dtype=np.int8)
    scores = [score]
    for step in range(1, longest):
        total = scores[-1][:, :, None] + transitions[None]
        back[:, step] = total.argmax(axis=1)
        scores.append(total.max(axis=1) + logs[:, step])
    paths = []
    for row, length in enumerate(lengths):
        tag = int(scores[length - 1][row].argmax())
        path = [tag]
        for step in range(length - 1, 0, -1):
            tag = int(back[row, step, tag])
            path.append(tag)
        paths.append(path[::-1])
    return paths


def _spans(window: Window, path: list[int], logs: "np.ndarray") -> list[tuple[int, TaggedSpan]]:
    """Returns (first piece, span) for every run of one tag; special tokens break no run's offsets."""
    found: list[tuple[int, TaggedSpan]] = []
    at = 0
    while at < len(path):
        tag = TAGS[path[at]]
        stop = at + 1
        if tag.startswith("B-"):
            while stop < len(path) and TAGS[path[stop]] == "I" + tag[1:]:
                stop += 1
            covered = [i for i in range(at, stop) if window.starts[i] >= 0]
            if covered:
                _, role, kind = tag.split("-")
                probability = exp(sum(float(logs[i, path[i]]) for i in covered) / len(covered))
                start, end = window.starts[covered[0]], window.ends[covered[-1]]
                found.append((at, TaggedSpan(role, kind == "speech", start, end, probability)))
        at = stop
    return found


def _join(spans: list[tuple[int, TaggedSpan]], links: "np.ndarray") -> list[Attribution]:
    """Groups the contents of one window by the cue they point to, and adds the cue's source."""
    contents, cues, sources = (
        {at: span for at, span in spans if span.role == role} for role in ("content", "cue", "source")
    )
    cue_of = {at: _points_to(links[at, 0], links[:, 1], list(cues)) for at in contents}
    source_of = {at: _points_to(links[at, 2], links[:, 3], list(sources)) for at in cues}
    free = {at: cues[at] for at in cues if at not in cue_of.values() and source_of[at]}
    groups: dict[int, list[TaggedSpan]] = {}
    for at, span in contents.items():
        cue_at = cue_of[at]
        between = (
            k
            for k, cue in free.items()
            if at < k < cue_at
            and source_of[k] != source_of[cue_at]
            and _follow(span, cue, sources[source_of[k]])
        )
        cue_at = next(between, cue_at)
        groups.setdefault(cue_at if cue_at else -at, []).append(span)
    return [
        Attribution(tuple(group), cues.get(cue_at), sources.get(source_of.get(cue_at, 0)))
        for cue_at, group in groups.items()
    ]


def _follow(content: TaggedSpan, cue: TaggedSpan, source: TaggedSpan) -> bool:
    """Do cue and source follow the content at once?

    Of ``"A," said Roe. "B," said Dow.`` the first is Roe's, even if it looks like going on.
    """
    first, last = sorted((cue, source), key=lambda span: span.start)
    return 0 <= first.start - content.end <= _BESIDE and 0 <= last.start - first.end <= _BESIDE


def _points_to(asking: "np.ndarray", answers: "np.ndarray", candidates: list[int]) -> int:
    """Returns the candidate position with the best score; 0, the first token, means none."""
    positions = [0, *candidates]
    return positions[int((answers[positions] @ asking).argmax())]
