"""What a signal hands to the decision: where two clauses oppose each other, and how much they share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.models import SignalType

Words = tuple[int, int]
"""First and last word of a stretch of a clause, both included."""


@dataclass(frozen=True)
class Evidence:
    """One opposition; ``cover`` says how much of the opposed matter both sides share, 0.0-1.0.

    ``weight`` is the weight of what is shared, ``strength`` what the signal itself takes off, 0.0-1.0.
    ``a`` and ``b`` are the words to show; ``label`` says what is opposed, in plain words.
    """

    type: SignalType
    facing: Facing
    a: Words
    b: Words
    cover: float
    weight: float
    strength: float
    label: str = ""

    def turned(self) -> "Evidence":
        """Returns the same with the sides exchanged."""
        return Evidence(
            self.type,
            self.facing.turned(),
            self.b,
            self.a,
            self.cover,
            self.weight,
            self.strength,
            self.label,
        )


Detector = Callable[[Claim, Claim, Sequence[Facing]], list[Evidence]]
"""Looks for one kind of opposition between two claims whose clauses are set side by side."""


def offsets(clause: Clause, words: Words) -> tuple[int, int]:
    """Returns the code points of the claim's text from the first to the last word."""
    return clause.words[words[0]].start, clause.words[words[1]].end
