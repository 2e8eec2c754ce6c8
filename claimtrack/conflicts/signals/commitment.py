"""One utterance, firm in one report and a thought in the other: "would send", "would consider sending"."""

from collections.abc import Sequence

from claimtrack.conflicts.alignment import Facing
from claimtrack.conflicts.claims import Claim, Clause
from claimtrack.conflicts.signals.evidence import Evidence, Words
from claimtrack.conflicts.utterance import one_utterance
from claimtrack.conflicts.words import find_phrases, stem_book
from claimtrack.models import SignalType

_REACH = 3
"""Words between "consider" and the verb that it weakens."""


def find_commitments(a: Claim, b: Claim, facings: Sequence[Facing]) -> list[Evidence]:
    """Returns a shared verb that only one of two reports of one utterance weakens."""
    found = []
    for facing in facings:
        if not one_utterance(a, b, facing):
            continue
        for i, j in facing.pairs:
            first, second = _weakened(facing.a, i), _weakened(facing.b, j)
            if bool(first) != bool(second):
                left, right = first or (i, i), second or (j, j)
                found.append(
                    Evidence(
                        SignalType.STANCE,
                        facing,
                        left,
                        right,
                        facing.cover,
                        facing.shared,
                        1.0,
                        "reported as",
                    )
                )
                break
    return found


def _weakened(clause: Clause, verb: int) -> Words | None:
    """Returns the words from "consider" to the verb, where they stand right before it."""
    start = max(0, verb - _REACH)
    for first, _, _ in find_phrases(clause.words[start:verb], stem_book("modality", "commitment")):
        return start + first, verb
    return None
