"""Pairs of texts -> how likely a small inference model finds them contradicting (0.0-1.0).

A cross-encoder reads both texts at once, ``[CLS] a [SEP] b [SEP]``, in both orders, since contradiction has
no direction but the corpora it learnt from have. See ``weights/MODEL_CARD.md``.
"""

from collections.abc import Sequence

_LONGEST = 60
"""Word pieces of one side; the model was trained with this length."""

_BATCH = 16
"""Pairs run at once, of like length."""

_CONTRADICTION = 0
"""Place of the class in the model's output."""


def contradiction_probabilities(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Returns one probability a pair, the higher of both orders; 0.0 where a side has no words."""
    import numpy as np

    from claimtrack.inference import load_model

    rows = [row for a, b in pairs for row in (_encoded(a, b), _encoded(b, a))]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found = np.zeros(len(rows))
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        (scores,) = load_model("comparer").run([rows[i] for i in batch])
        exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
        found[batch] = exponents[:, _CONTRADICTION] / exponents.sum(axis=1)
    return [
        float(max(found[2 * i], found[2 * i + 1])) if a.strip() and b.strip() else 0.0
        for i, (a, b) in enumerate(pairs)
    ]


def _encoded(a: str, b: str) -> list[int]:
    from claimtrack.inference import CLS, SEP, load_word_pieces

    pieces = load_word_pieces()
    return [CLS, *pieces.encode(a).ids[:_LONGEST], SEP, *pieces.encode(b).ids[:_LONGEST], SEP]
