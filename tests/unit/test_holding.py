"""How a speaker holds what is said."""

import pytest

from claimtrack.conflicts.holding import with_holding
from claimtrack.models import Kind, Modality, Polarity, Span, Statement


def held(content: str, cue: str) -> tuple[Polarity, Modality]:
    statement = Statement(
        id="st-0",
        document_id="doc-0",
        cue=Span(start=0, end=len(cue), text=cue),
        content=(Span(start=20, end=20 + len(content), text=content),),
        kind=Kind.INDIRECT,
        confidence=0.9,
    )
    found = with_holding(statement)
    return found.polarity, found.modality


@pytest.mark.parametrize(
    ("content", "cue", "polarity"),
    [
        ("that the dam had been inspected", "said", Polarity.AFFIRMED),
        ("that the dam had not been inspected", "said", Polarity.NEGATED),
        ("that the dam had been inspected", "denied", Polarity.NEGATED),
        ("that nobody had inspected the dam", "denied", Polarity.AFFIRMED),
        ("“I will not step down”", "said", Polarity.NEGATED),
    ],
)
def test_polarity(content: str, cue: str, polarity: Polarity) -> None:
    assert held(content, cue)[0] is polarity


@pytest.mark.parametrize(
    ("content", "modality"),
    [
        ("that the dam had been inspected", Modality.ASSERTED),
        ("Was the dam inspected in May?", Modality.QUESTION),
        ("“Why would we?”", Modality.QUESTION),
        ("“Is it so.”", Modality.ASSERTED),
        ("If the dam breaks the valley floods", Modality.CONDITIONAL),
        ("that the dam may have been inspected", Modality.POSSIBLE),
    ],
)
def test_modality(content: str, modality: Modality) -> None:
    assert held(content, "said")[1] is modality
