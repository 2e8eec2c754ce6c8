"""Joins the room: two texts to a judgement, all statements to conflicts with offsets in their documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from claimtrack.conflicts.belief import Inferred
from claimtrack.conflicts.claims import Claim, read_claim
from claimtrack.conflicts.cross_encoder import contradiction_probability, shown_text
from claimtrack.conflicts.folding import fold_conflicts
from claimtrack.conflicts.judging import judge_claims
from claimtrack.conflicts.memory import (
    KnownConflict,
    KnownSpeaker,
    Memory,
    NoMemory,
    keep_judgement,
    keep_speaker,
    key_of,
    recall_judgement,
    recall_speaker,
)
from claimtrack.conflicts.origins import first_article, is_reworded
from claimtrack.conflicts.pairs import find_pairs
from claimtrack.conflicts.utterance import days_apart
from claimtrack.models import (
    JOINER,
    ClaimText,
    Conflict,
    ConflictKind,
    Document,
    Judgement,
    PairCounts,
    Signal,
    Span,
    Statement,
)
from claimtrack.settings import Settings
from claimtrack.text import fold, sentence_spans

_CERTAIN = Inferred(1.0, 1.0)
"""The most that the inference model can say: a pair that this would not flag need not be shown to it."""


@dataclass(frozen=True)
class _Voiced:
    """A statement with its document and its reading, which is made when it is asked for.

    ``origin`` is the id of the article that had the words first.
    """

    statement: Statement
    document: Document
    origin: str

    @cached_property
    def side(self) -> ClaimText:
        """What there is to compare."""
        cue = self.statement.cue
        return ClaimText(
            text=self.statement.text,
            cue=cue.text if cue else None,
            date=self.statement.said_on or self.document.published,
            publisher=self.document.publisher,
        )

    @cached_property
    def claim(self) -> Claim:
        """The comparable reading."""
        return read_claim(self.side)

    @property
    def content(self) -> tuple[str, ...]:
        """All that a judgement can depend on."""
        side = self.side
        return (side.text, side.cue or "", side.date or "", side.publisher or "")


def judge(a: ClaimText, b: ClaimText, settings: Settings) -> Judgement:
    """Returns the judgement of one pair; score and label do not depend on the order of the sides."""
    first, second = read_claim(a), read_claim(b)
    highest = judge_claims(first, second, settings, _CERTAIN)
    return judge_claims(first, second, settings, _inferred(first, second, highest))


def _inferred(first: Claim, second: Claim, judgement: Judgement) -> Inferred:
    """Returns the inference model's word on the whole texts and on the opposed sentences."""
    whole = _contradiction(first, second, (first.text, second.text))
    if not judgement.signals:
        return Inferred(whole, whole)
    opposed = judgement.signals[0]
    sentences = (_sentence(first.text, opposed.a), _sentence(second.text, opposed.b))
    if sentences == (first.text, second.text):
        return Inferred(whole, whole)
    return Inferred(whole, _contradiction(first, second, sentences))


def _contradiction(first: Claim, second: Claim, texts: tuple[str, str]) -> float:
    left, right = (
        shown_text(text, claim.cue.text) for text, claim in zip(texts, (first, second), strict=True)
    )
    return contradiction_probability(left, right)


def _sentence(text: str, span: Span) -> str:
    """Returns the sentence in which a span begins, up to the joint of the next piece of content."""
    before, after = text.rfind(JOINER, 0, span.start), text.find(JOINER, span.start)
    limits = (before + len(JOINER) if before >= 0 else 0, after if after >= 0 else len(text))
    return next(
        (text[start:end] for start, end in sentence_spans(text, *limits) if start <= span.start < end), text
    )


def find_conflicts(
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    settings: Settings,
    memory: Memory | None = None,
) -> tuple[tuple[Conflict, ...], PairCounts]:
    """Returns the conflicts that score at least ``settings.min_score``, best first, and the counts.

    Pairs are made within one ``speaker_id`` only. The same words of one speaker count once, wherever
    they stand. ``documents`` are by id and hold those of all statements. ``memory`` holds what earlier
    runs have judged and is given what this one judges.
    """
    found: list[Conflict] = []
    counts = PairCounts()
    for group in _by_speaker(statements):
        conflicts, count = _of_one_speaker(group, documents, settings, memory or NoMemory())
        found.extend(conflicts)
        counts = _add(counts, count)
    found.sort(key=lambda conflict: (-conflict.score, conflict.id))
    return tuple(found), counts.model_copy(update={"flagged": len(found)})


def _by_speaker(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.speaker_id is not None:
            groups.setdefault(statement.speaker_id, []).append(statement)
    for speaker in sorted(groups):
        yield groups[speaker]


def _of_one_speaker(
    statements: Sequence[Statement], documents: Mapping[str, Document], settings: Settings, memory: Memory
) -> tuple[list[Conflict], PairCounts]:
    voiced = [
        _Voiced(s, documents[s.document_id], first_article(s, documents))
        for s in _distinct(statements, documents, settings)
    ]
    by_id = {each.statement.id: each for each in voiced}
    parts = (part for each in voiced for part in (each.statement.id, each.document.place, *each.content))
    key = key_of("speaker", settings, parts)
    known = recall_speaker(memory, key)
    if known is None:
        known = _judge_speaker(voiced, settings, memory)
        keep_speaker(memory, key, known)
    conflicts = [_conflict(by_id[each.a], by_id[each.b], each.judgement) for each in known.conflicts]
    restated = [each.also for each in known.conflicts]
    return [
        conflict.model_copy(update={"also": also}) for conflict, also in zip(conflicts, restated, strict=True)
    ], known.counts


def _judge_speaker(voiced: Sequence[_Voiced], settings: Settings, memory: Memory) -> KnownSpeaker:
    candidates = find_pairs([each.claim for each in voiced])
    pairs = [_in_order(voiced[left], voiced[right]) for left, right in candidates.pairs]
    pairs = [(first, second) for first, second in pairs if not _overlap(first.statement, second.statement)]
    conflicts: list[Conflict] = []
    judgements: dict[str, Judgement] = {}
    for first, second in pairs:
        judgement = _judged(first, second, settings, memory)
        if judgement is not None:
            conflict = _conflict(first, second, judgement)
            conflicts.append(conflict)
            judgements[conflict.id] = judgement
    conflicts.sort(key=lambda conflict: (-conflict.score, conflict.id))
    counts = PairCounts(
        possible=candidates.possible,
        candidates=len(candidates.pairs),
        judged=len(pairs),
        dropped=candidates.dropped,
    )
    kept = fold_conflicts(conflicts, {each.statement.id: each.claim for each in voiced})
    return KnownSpeaker(
        conflicts=tuple(
            KnownConflict(a=k.a.id, b=k.b.id, judgement=judgements[k.id], also=k.also) for k in kept
        ),
        counts=counts,
    )


def _judged(first: _Voiced, second: _Voiced, settings: Settings, memory: Memory) -> Judgement | None:
    """Returns the judgement of a pair; None where it is no conflict."""
    key = key_of("pair", settings, (*first.content, *second.content))
    is_known, judgement = recall_judgement(memory, key)
    if not is_known:
        judgement = _judge_anew(first.claim, second.claim, settings)
        keep_judgement(memory, key, judgement)
    return judgement


def _judge_anew(first: Claim, second: Claim, settings: Settings) -> Judgement | None:
    """Returns the judgement; the inference model is asked only where its word could make a flag."""
    judgement = judge_claims(first, second, settings, _CERTAIN)
    if judgement.kind is not None:
        judgement = judge_claims(first, second, settings, _inferred(first, second, judgement))
    return None if judgement.kind is None else judgement


def _distinct(
    statements: Sequence[Statement], documents: Mapping[str, Document], settings: Settings
) -> list[Statement]:
    """Returns one statement per wording and cue: the earliest, an original before its copies."""
    chosen: dict[tuple[str, str], Statement] = {}
    for statement in sorted(statements, key=lambda s: _seniority(s, documents[s.document_id])):
        if statement.confidence >= settings.min_confidence:
            cue = fold(statement.cue.text) if statement.cue else ""
            chosen.setdefault((fold(statement.text), cue), statement)
    return list(chosen.values())


def _seniority(statement: Statement, document: Document) -> tuple[bool, str, str]:
    date = statement.said_on or document.published or "9999"
    return document.copy_of is not None, date, statement.id


def _in_order(first: _Voiced, second: _Voiced) -> tuple[_Voiced, _Voiced]:
    """Returns the earlier statement first; without two dates, the one that stands first."""
    return (second, first) if _place(second) < _place(first) else (first, second)


def _place(voiced: _Voiced) -> tuple[str, str, int, str]:
    start = voiced.statement.content[0].start
    return voiced.side.date or "9999", voiced.document.place, start, voiced.statement.id


def _overlap(first: Statement, second: Statement) -> bool:
    """Returns whether two statements share words of one document: one is a part of the other."""
    return first.document_id == second.document_id and any(
        x.start < y.end and y.start < x.end for x in first.content for y in second.content
    )


def _conflict(first: _Voiced, second: _Voiced, judgement: Judgement) -> Conflict:
    assert judgement.kind is not None
    signals = tuple(
        Signal(
            type=signal.type,
            detail=signal.detail,
            a=in_document(signal.a, first.statement, first.document),
            b=in_document(signal.b, second.statement, second.document),
        )
        for signal in judgement.signals
    )
    is_rewording = is_reworded(first.statement, first.document, second.statement, second.document)
    return Conflict(
        id=Conflict.make_id(first.statement.id, second.statement.id),
        speaker=first.statement.speaker or second.statement.speaker or "",
        score=judgement.score,
        kind=ConflictKind.REPORT if is_rewording else judgement.kind,
        signals=signals,
        a=first.statement,
        b=second.statement,
        same_document=first.document.id == second.document.id,
        days_apart=days_apart(first.side.date, second.side.date),
        independent_sources=len({first.origin, second.origin}),
    )


def in_document(span: Span, statement: Statement, document: Document) -> Span:
    """Returns the span of a statement's text as a span of its document.

    Where it runs over a place at which the cue interrupts, the longest part within one piece.
    """
    parts: list[tuple[int, int]] = []
    offset = 0
    for piece in statement.content:
        start = max(span.start, offset)
        end = min(span.end, offset + len(piece.text))
        if start < end:
            parts.append((piece.start + start - offset, piece.start + end - offset))
        offset += len(piece.text) + len(JOINER)
    start, end = max(parts, key=lambda part: part[1] - part[0])
    return Span.cut(document.text, start, end)


def _add(first: PairCounts, second: PairCounts) -> PairCounts:
    return PairCounts(
        **{name: getattr(first, name) + getattr(second, name) for name in PairCounts.model_fields}
    )
