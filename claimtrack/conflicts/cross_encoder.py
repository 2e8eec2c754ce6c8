"""Two texts -> how likely a small inference model finds them contradicting (0.0-1.0).

A cross-encoder reads both texts at once, ``[CLS] a [SEP] b [SEP]``, in both orders: contradiction has no
direction, but the corpora it learnt from have. A side whose cue is known reads ``cue: content``, since
"denied" or "walked back" belongs to what was said. Each pair runs alone, since the model's quantised figures
depend on what else is in a batch. See ``weights/MODEL_CARD.md``.
"""

from claimtrack.models import JOINER
from claimtrack.text import DOUBLE_MARKS

LONGEST = 96
"""Word pieces of one side; the model was trained with this length."""

_CONTRADICTION = 0
"""Place of the class in the model's output."""


def contradiction_probability(a: str, b: str) -> float:
    """Returns the probability with two digits, the higher of both orders; 0.0 where a side is empty.

    Both sides as ``shown_text`` gives them.
    """
    import numpy as np

    from claimtrack.inference import load_model

    if not a.strip() or not b.strip():
        return 0.0
    (scores,) = load_model("comparer").run(sorted((_encoded(a, b), _encoded(b, a))))
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = exponents[:, _CONTRADICTION] / exponents.sum(axis=1)
    return round(float(shares.max()), 2)


def shown_text(text: str, cue: str | None) -> str:
    """Returns one side as the model is shown it: without quotation marks, which the corpora do not have.

    An empty text stays empty.
    """
    bare = _bare(text)
    before = _bare(cue or "")
    return f"{before}: {bare}" if bare and before else bare


def _encoded(a: str, b: str) -> list[int]:
    from claimtrack.inference import CLS, SEP, load_word_pieces

    pieces = load_word_pieces()
    left, right = (pieces.encode(text).ids[:LONGEST] for text in (a, b))
    return [CLS, *left, SEP, *right, SEP]


def _bare(text: str) -> str:
    """Returns the text without quotation marks and joints."""
    for mark in (*DOUBLE_MARKS, "''", JOINER.strip()):
        text = text.replace(mark, " ")
    return " ".join(text.strip(" ,:'‘’").split())
