"""The scale: the only place that turns signals into a score, a kind and a label."""

from collections.abc import Mapping

from claimtrack.conflicts.alignment import Facing, face
from claimtrack.conflicts.belief import BY_WORDS, INFERRED, Inferred, is_carried, is_confirmed, left_by_doubt
from claimtrack.conflicts.claims import Claim
from claimtrack.conflicts.gates import FACTORS, reasons
from claimtrack.conflicts.repeats import is_cut_of
from claimtrack.conflicts.signals.evidence import Evidence, offsets
from claimtrack.conflicts.signals.registry import SIGNALS
from claimtrack.conflicts.signals.stance import FOR_OR_AGAINST
from claimtrack.conflicts.utterance import on_other_days, one_utterance
from claimtrack.conflicts.words import find_phrases, stem_book
from claimtrack.models import ConflictKind, Judgement, Label, Signal, SignalType, Span
from claimtrack.settings import Settings

_CERTAINTY: Mapping[SignalType, float] = {
    SignalType.VALUE: 0.95,
    SignalType.NEGATION: 0.9,
    SignalType.DENIAL: 0.9,
    SignalType.ANTONYM: 0.8,
    SignalType.NUMBER: 0.75,
    SignalType.STANCE: 0.75,
    SignalType.DATE: 0.7,
}
"""Score of a signal whose whole matter is shared: how often such a pair is one for a fact-checker."""

_LEAST_COVER = 0.45
"""Share, 0.0-1.0, of the opposed matter below which another thing is meant."""

_OTHER_MATTER = 0.2
_SHARED_MATTER = 0.4
"""Left of a signal just below and just at that share."""

_FULL_WEIGHT = 2.6
"""Weight of shared words, about three, from which two clauses surely are about one matter."""

_LEAST_SCORE = 0.02
"""Score that is as good as none."""

_ENTAILED = 0.85
"""Share of the shorter claim that the other repeats, from which the pair counts as agreeing."""

_BACKGROUND = 0.12
"""Highest score without a counting signal: it orders pairs by how much their polarity differs."""

_INFERENCE_WEIGHT = 0.45
"""Score that the inference model's certainty is worth beside the signals (a noisy or)."""

_WORTH_READING = 0.5
"""Where the scale says that a fact-checker would want to see the pair."""

_HELD_BACK = 0.01
"""Distance from there that a pair keeps which the signals do not carry. The model orders
pairs and never flags one: it takes "suspended in March" and "resumed in July" for a contradiction."""

_IN_PASSING = 0.5
"""Share of all words of both clauses in common below which the one only mentions what the other opposes
("rejected single mothers", "the households led by single mothers"): no such pair is worth reading, however
it is opposed, unless the opposed words themselves are what differs (figures, places, praise and blame). Of
the flags over 924 campaign articles three lay below, all wrong; of the real reversals there, none."""

_CONFIRMED_THINNESS = 0.25
"""Power to which the share of ``_FULL_WEIGHT`` is then taken: half the words leave 0.84 of the score."""


def judge_claims(a: Claim, b: Claim, settings: Settings, inferred: Inferred | None = None) -> Judgement:
    """Returns the judgement of two readings; ``inferred`` is what the inference model says, if asked."""
    if _is_repetition(a, b):
        return Judgement(label=Label.ENTAILMENT, kind=None, score=0.0)
    turned = b.signature < a.signature
    judgement = _turned(_judge(b, a, settings, inferred)) if turned else _judge(a, b, settings, inferred)
    word = None if inferred is None else inferred.word
    return judgement.model_copy(update={"signals": judgement.signals + _inference(a, b, word)})


def _is_repetition(a: Claim, b: Claim) -> bool:
    """Does one side say the other's words again, if with more around them, and no cue turns them?"""
    if (a.cue.denied, a.cue.against) != (b.cue.denied, b.cue.against):
        return False
    short, full = sorted((a, b), key=lambda claim: len(claim.text))
    if len(short.keys.keys() & full.keys.keys()) < _ENTAILED * len(short.keys):
        return False
    return is_cut_of(short.wording, full.wording)


def _confirmed(score: float, inferred: float | None) -> float:
    """Returns the score with the model's word added; a pair not worth reading stays so, in its order."""
    confirmed = 1 - (1 - score) * (1 - _INFERENCE_WEIGHT * (inferred or 0.0))
    if score >= _WORTH_READING:
        return confirmed
    highest = 1 - (1 - _WORTH_READING) * (1 - _INFERENCE_WEIGHT)
    return confirmed / highest * (_WORTH_READING - _HELD_BACK)


def _judge(a: Claim, b: Claim, settings: Settings, inferred: Inferred | None) -> Judgement:
    facings = face(a, b)
    word = None if inferred is None else inferred.word
    scored = []
    for detect in SIGNALS.values():
        for evidence in detect(a, b, facings):
            score = _score(evidence, a, b, word)
            if score > 0:
                scored.append((score, evidence))
    scored.sort(key=lambda pair: (-pair[0], pair[1].type, pair[1].a, pair[1].b))
    held = _held(scored) if scored else _background(facings)
    if scored and is_carried(scored[0][1], a, b, inferred):
        held = max(held, _WORTH_READING)
    best = _confirmed(held, word)
    signals = _signals(a, b, scored)
    if not scored or best < settings.min_score:
        digits = 2 if scored else 3
        return Judgement(label=_agreement(facings), kind=None, score=round(best, digits), signals=signals)
    kind = _kind(a, b, scored[0][1])
    return Judgement(label=Label.CONTRADICTION, kind=kind, score=round(best, 2), signals=signals)


def _held(scored: list[tuple[float, Evidence]]) -> float:
    """Returns the best score; one of clauses that only touch each other stays below what is worth reading."""
    return max(
        min(score, _WORTH_READING - _HELD_BACK) if _is_in_passing(evidence) else score
        for score, evidence in scored
    )


def _is_in_passing(evidence: Evidence) -> bool:
    """Does one side deny or oppose what the other only mentions?"""
    return (
        evidence.type in BY_WORDS or evidence.label == FOR_OR_AGAINST
    ) and evidence.facing.likeness < _IN_PASSING


def _score(evidence: Evidence, a: Claim, b: Claim, inferred: float | None) -> float:
    score = _CERTAINTY[evidence.type] * evidence.strength
    if evidence.cover < _LEAST_COVER:
        score *= evidence.cover / _LEAST_COVER * _OTHER_MATTER
    else:
        score *= _SHARED_MATTER + (1 - _SHARED_MATTER) * (evidence.cover - _LEAST_COVER) / (1 - _LEAST_COVER)
    thinness = min(1.0, evidence.weight / _FULL_WEIGHT)
    score *= thinness**_CONFIRMED_THINNESS if is_confirmed(evidence, inferred) else thinness
    score *= left_by_doubt(evidence, inferred)
    if score < _LEAST_SCORE:
        return 0.0
    for reason in reasons(evidence, a, b):
        score *= FACTORS[reason]
    return score


def _background(facings: list[Facing]) -> float:
    """Returns the score of a pair without any signal."""
    mismatch = max((f.likeness for f in facings if bool(f.a.negated) != bool(f.b.negated)), default=0.0)
    return mismatch * _BACKGROUND


def _agreement(facings: list[Facing]) -> Label:
    if facings and facings[0].cover >= _ENTAILED and bool(facings[0].a.negated) == bool(facings[0].b.negated):
        return Label.ENTAILMENT
    return Label.NEUTRAL


def _inference(a: Claim, b: Claim, inferred: float | None) -> tuple[Signal, ...]:
    """Returns the model's own signal, over the whole of both sides."""
    if inferred is None or inferred < INFERRED:
        return ()
    left, right = (Span.cut(claim.text, 0, len(claim.text)) for claim in (a, b))
    detail = f"an inference model reads them as contradicting ({inferred:.2f})"
    return (Signal(type=SignalType.INFERENCE, detail=detail, a=left, b=right),)


def _kind(a: Claim, b: Claim, evidence: Evidence) -> ConflictKind:
    """Returns ``report`` for one utterance in two outlets, ``change`` for stands and plans of two days."""
    if one_utterance(a, b, evidence.facing):
        return ConflictKind.REPORT
    position = _takes_stand(evidence) or any(
        clause.wished or clause.future for clause in (evidence.facing.a, evidence.facing.b)
    )
    position = position or a.cue.intended or b.cue.intended
    if position and on_other_days(a.date, b.date):
        return ConflictKind.CHANGE
    return ConflictKind.CONTRADICTION


def _takes_stand(evidence: Evidence) -> bool:
    """Returns whether what is opposed is a stand or an opinion, which may change, and no fact."""
    stands = stem_book("stances", "for_cues", "against_cues", "praise", "blame")
    shown = evidence.facing.a.words[evidence.a[0] : evidence.a[1] + 1]
    return evidence.type == SignalType.STANCE or bool(find_phrases(shown, stands))


def _signals(a: Claim, b: Claim, scored: list[tuple[float, Evidence]]) -> tuple[Signal, ...]:
    best: dict[SignalType, Signal] = {}
    for _, evidence in scored:
        if evidence.type not in best:
            left = Span.cut(a.text, *offsets(evidence.facing.a, evidence.a))
            right = Span.cut(b.text, *offsets(evidence.facing.b, evidence.b))
            best[evidence.type] = Signal(
                type=evidence.type, detail=_detail(evidence.label, left.text, right.text), a=left, b=right
            )
    return tuple(best.values())


def _detail(label: str, first: str, second: str) -> str:
    return f"{label}: {first} / {second}" if label else f"{first} / {second}"


def _turned(judgement: Judgement) -> Judgement:
    signals = []
    for signal in judgement.signals:
        label = signal.detail.removesuffix(f"{signal.a.text} / {signal.b.text}").removesuffix(": ")
        signals.append(
            Signal(
                type=signal.type, detail=_detail(label, signal.b.text, signal.a.text), a=signal.b, b=signal.a
            )
        )
    return judgement.model_copy(update={"signals": tuple(signals)})
