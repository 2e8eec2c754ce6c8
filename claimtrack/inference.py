"""The only user of onnxruntime: WordPiece tokens with offsets, and models that run in batches."""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from threading import Lock
from typing import TYPE_CHECKING

from claimtrack.errors import ClaimtrackError

if TYPE_CHECKING:
    import numpy as np

PAD, UNK, CLS, SEP = 0, 100, 101, 102
"""Ids of the special tokens in the vocabulary of BERT uncased."""

_LONGEST_WORD = 100
"""Characters; a longer word is one unknown token, as in BERT's own tokenizer."""

_CACHED_WORDS = 50_000
"""Distinct words kept with their pieces; an English news corpus repeats nearly all of its words."""

_CHUNK = re.compile(r"\S+")
_ASCII_SYMBOLS = frozenset("$+<=>^`|~")
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)

_SLOW = ("SkipLayerNormFusion",)
"""Optimisations that onnxruntime is told to leave out: on a CPU its joint kernel of addition and layer
normalisation takes five times as long as the two apart (1.31; a tenth of a model's time)."""

Piece = tuple[int, int, int]
"""Vocabulary id, start and end; code points."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Word pieces of a text in order, with half-open code point offsets into it."""

    ids: list[int]
    starts: list[int]
    ends: list[int]


class WordPieces:
    """BERT's uncased WordPiece tokenizer, with offsets (Devlin et al. 2019; greedy longest match)."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {token: number for number, token in enumerate(vocabulary)}
        self._cache: dict[str, list[Piece]] = {}

    def encode(self, text: str, start: int = 0, end: int | None = None) -> Encoded:
        """Returns the pieces of ``text[start:end]``, offsets counted in ``text``; no special tokens."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
            at = chunk.start()
            for number, left, right in self._pieces(chunk[0]):
                ids.append(number)
                starts.append(at + left)
                ends.append(at + right)
        return Encoded(ids, starts, ends)

    def _pieces(self, chunk: str) -> list[Piece]:
        known = self._cache.get(chunk)
        if known is None:
            known = [piece for word in _split_words(chunk) for piece in self._match(word)]
            if len(self._cache) < _CACHED_WORDS:
                self._cache[chunk] = known
        return known

    def _match(self, word: list[tuple[str, int]]) -> list[Piece]:
        """Cuts one word, given as (normalised character, offset), into the longest known pieces."""
        first, last = word[0][1], word[-1][1] + 1
        if len(word) > _LONGEST_WORD:
            return [(UNK, first, last)]
        letters = "".join(character for character, _ in word)
        pieces: list[Piece] = []
        at = 0
        while at < len(letters):
            prefix = "##" if at else ""
            for stop in range(len(letters), at, -1):
                number = self._ids.get(prefix + letters[at:stop])
                if number is not None:
                    break
            else:
                return [(UNK, first, last)]
            pieces.append((number, word[at][1], word[stop - 1][1] + 1))
            at = stop
        return pieces


def _split_words(chunk: str) -> list[list[tuple[str, int]]]:
    """Returns the chunk's words; punctuation and CJK characters are words of their own."""
    words: list[list[tuple[str, int]]] = []
    joined = False
    for offset, raw in enumerate(chunk):
        for character in unicodedata.normalize("NFD", raw.lower()):
            category = unicodedata.category(character)
            if category == "Mn" or category in ("Cc", "Cf") or character == "\ufffd":
                continue
            alone = category[0] == "P" or character in _ASCII_SYMBOLS or _is_cjk(character)
            if joined and not alone:
                words[-1].append((character, offset))
            else:
                words.append([(character, offset)])
            joined = not alone
    return words


def _is_cjk(character: str) -> bool:
    point = ord(character)
    return any(first <= point <= last for first, last in _CJK)


class Model:
    """One ONNX model of the package, loaded once."""

    def __init__(self, name: str, threads: int = 0) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(os.cpu_count() or 1, 4)
        options.log_severity_level = 3
        source = files("claimtrack") / "weights" / f"{name}.onnx"
        try:
            with as_file(source) as path:
                self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
                    str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
                )
        except Exception as error:  # onnxruntime raises many unrelated types
            raise ClaimtrackError(
                f"cannot load the model {name}.onnx: {error}",
                "Install claimtrack again; its package is incomplete",
            ) from error

    def run(self, sequences: Sequence[Sequence[int]]) -> "list[np.ndarray]":
        """Runs one padded batch; returns the model's outputs, first axis the sequences."""
        import numpy as np

        longest = max(len(sequence) for sequence in sequences)
        ids = np.full((len(sequences), longest), PAD, dtype=np.int64)
        for row, sequence in enumerate(sequences):
            ids[row, : len(sequence)] = sequence
        return list(self._session.run(None, {"ids": ids}))


@cache
def load_word_pieces() -> WordPieces:
    """Returns the tokenizer of the package's models."""
    vocabulary = (files("claimtrack") / "weights" / "vocab.txt").read_text(encoding="utf-8")
    return WordPieces(vocabulary.split("\n"))


_loading = Lock()


@cache
def _load_model(name: str, threads: int) -> Model:
    return Model(name, threads)


def load_model(name: str, threads: int = 0) -> Model:
    """Returns the model ``weights/<name>.onnx``, loaded at first use, once for all threads of the program.

    ``threads`` share one run of it (0: as many as there are cores, four at most).
    """
    with _loading:
        return _load_model(name, threads)
