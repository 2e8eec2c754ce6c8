"""Statements within a statement, as in ``"You said he was operating from India," Hasan retorted``.

Only what a cue of speech inside the content attributes to somebody who can be named is kept: a chain of
hearsay that ends in nobody is of no use to a fact-checker.
"""

import re
from collections.abc import Sequence
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Document, Span, Statement
from claimtrack.statements.drafts import Draft
from claimtrack.statements.quotations import kind_of
from claimtrack.statements.speakers import Resolved, Source, resolve_sources
from claimtrack.text import Quotation, sentence_spans

_LEAST_WORDS = 3
"""Words of embedded content; fewer are a noun phrase ("said the same") and no statement."""


def find_embedded(
    document: Document, outer: Sequence[Statement], quotations: Sequence[Quotation]
) -> list[Statement]:
    """Returns the statements inside the contents of ``outer``, with who reports them."""
    inside = [
        (number, draft)
        for number, statement in enumerate(outer)
        if statement.speaker is not None
        for piece in statement.content
        for draft in _drafts_in(document.text, piece)
    ]
    if not inside:
        return []
    sources = [
        Source(start, end, draft.cue, draft.contents)
        for _, draft in inside
        for start, end in [draft.source or (None, None)]
    ]
    found: list[Statement] = []
    for (number, draft), who in zip(inside, resolve_sources(document.text, sources), strict=True):
        speaker = _speaker_of(document.text, draft, who, outer, number)
        if speaker is not None and speaker != outer[number].speaker:
            found.append(_statement(document, draft, speaker, outer[number], quotations))
    return found


def _drafts_in(text: str, piece: Span) -> list[Draft]:
    """Returns source, cue and clause of each plain reported clause inside a content piece."""
    drafts = []
    for start, end in sentence_spans(text, piece.start, piece.end):
        match = _reported_clause().search(text, start, end)
        if match is None or match["content"] is None:
            continue
        left, right = match.span("content")
        while right > left and not text[right - 1].isalnum():
            right -= 1
        if len(text[left:right].split()) >= _LEAST_WORDS:
            drafts.append(Draft(((left, right),), match.span("cue"), match.span("source"), 0.5))
    return drafts


@cache
def _reported_clause() -> re.Pattern[str]:
    """Matches subject, verb of saying and clause: ``You said (that) ...``, ``Roe has claimed that ...``."""
    lexicon = load_lexicon("speech_verbs")
    verbs, plain = lexicon["past_and_present"].forms, lexicon["without_that"].forms
    name = r"[A-Z][\w’'\-]+(?:\s+(?:[A-Z][\w’'\-]+|de|bin|al)){0,4}"
    subject = rf"(?P<source>[Yy]ou|[Hh]e|[Ss]he|{name})"
    return re.compile(
        rf"(?:^|(?<=[\s“\"‘(]))(?:that\s+)?{subject}\s+(?:(?:has|had|have|also|himself|herself|once|earlier|previously|repeatedly)\s+)*"
        rf"(?P<cue>{any_of(verbs)}(?=\s+that\s)|{any_of(plain)})\s+(?:that\s+)?(?P<content>[^.?!\n]+)"
    )


def _speaker_of(
    text: str, draft: Draft, who: Resolved, outer: Sequence[Statement], number: int
) -> str | None:
    """Returns the person's full name; "you" is the one whom the outer speaker answers or asks."""
    assert draft.source is not None
    if text[draft.source[0] : draft.source[1]].casefold() == "you":
        return _addressee(outer, number)
    return who.name if who.named else None


def _addressee(outer: Sequence[Statement], number: int) -> str | None:
    """Returns whom the outer speaker answers: who speaks right before, unless a third one speaks next."""
    speaker = outer[number].speaker
    before = outer[number - 1] if number else None
    if before is None or not before.named or before.speaker == speaker:
        return None
    after = outer[number + 1] if number + 1 < len(outer) else before
    return before.speaker if after.speaker in (speaker, before.speaker) else None


def _statement(
    document: Document,
    draft: Draft,
    speaker: str,
    outer: Statement,
    quotations: Sequence[Quotation],
) -> Statement:
    text = document.text
    assert draft.source is not None
    assert draft.cue is not None
    content = tuple(Span.cut(text, *place) for place in draft.contents)
    return Statement(
        id=Statement.make_id(document.id, content),
        document_id=document.id,
        speaker=speaker,
        named=speaker,
        mention=Span.cut(text, *draft.source),
        cue=Span.cut(text, *draft.cue),
        content=content,
        kind=kind_of(text, draft.contents, quotations),
        reported_by=(outer.speaker or "", *outer.reported_by),
        confidence=round(min(draft.probability, outer.confidence), 2),
    )
