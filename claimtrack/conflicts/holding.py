"""How a speaker holds what is said: affirmed or negated, asserted, possible, conditional ..."""

from claimtrack.conflicts.claims import Claim, Clause, read_claim
from claimtrack.models import ClaimText, Modality, Polarity, Statement

_CLOSING = " \t\n\"'”’»)]*_"
"""Marks that may follow a question mark."""


def with_holding(statement: Statement) -> Statement:
    """Returns the statement with polarity and modality read off its cue and its main clause.

    A denial of a negated clause affirms it ("denied that nobody had been told").
    """
    cue = statement.cue.text if statement.cue else None
    claim = read_claim(ClaimText(text=statement.text, cue=cue))
    main = max(claim.clauses, key=lambda clause: clause.weight, default=None)
    negated = claim.cue.denied != bool(main and main.negations)
    return statement.model_copy(
        update={
            "polarity": Polarity.NEGATED if negated else Polarity.AFFIRMED,
            "modality": _modality(claim, main, statement.text),
        }
    )


def _modality(claim: Claim, main: Clause | None, text: str) -> Modality:
    if main is None:  # nothing but function words: "Why would we?"
        return Modality.QUESTION if text.rstrip(_CLOSING).endswith("?") else Modality.ASSERTED
    if main.question:
        return Modality.QUESTION
    if main.conditional:
        return Modality.CONDITIONAL
    if main.wished or claim.cue.intended:
        return Modality.INTENDED
    if main.possible:
        return Modality.POSSIBLE
    return Modality.REPORTED if len(main.others) > len(main.words) / 2 else Modality.ASSERTED
