"""Document -> Statements: joins the tagger, the rules around it, and the speakers."""

import re
from collections.abc import Sequence

from claimtrack.models import Document, Kind, Span, Statement
from claimtrack.statements.dates import date_said
from claimtrack.statements.drafts import Draft, Place, cut_at, united, whole_words
from claimtrack.statements.embedded import find_embedded
from claimtrack.statements.forms import find_headline, find_owners, find_signatures
from claimtrack.statements.linking import (
    drop_strays,
    find_noun_cues,
    go_on_over_paragraphs,
    join_floating,
    take_introduced,
)
from claimtrack.statements.outlets import outlets_named
from claimtrack.statements.quotations import fit_to_quotations, kind_of
from claimtrack.statements.quoting import credit_quoted
from claimtrack.statements.speakers import Resolved, Source, resolve_sources
from claimtrack.statements.tagger import Attribution, tag_attributions
from claimtrack.statements.transcripts import find_turns, turn_drafts
from claimtrack.text import Quotation, quotation_spans, sentence_spans, unwrapped

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\))")
"""Terminal control sequences (ECMA-48) that a copied log may carry: colours and titles."""

SPEECH = 0.5
"""Share of a content's words tagged as speech, not thought or intent, from which it is a statement."""


def extract_statements(document: Document) -> tuple[Statement, ...]:
    """Returns the document's statements in text order; none where it is not analysed.

    Offsets count in ``document.text``. A statement embedded in another one's content follows it and
    names the speakers between itself and the article in ``reported_by``.
    """
    if not document.analysed:
        return ()
    text = unwrapped(_without_junk(document))
    quotations = quotation_spans(text)
    drafts = find_drafts(text, quotations)
    resolved = resolve_sources(text, [_source_of(draft) for draft in drafts])
    outer = [
        _statement(document, draft, who, quotations) for draft, who in zip(drafts, resolved, strict=True)
    ]
    found = [*outer, *find_embedded(document, outer, quotations)]
    unique = {statement.id: statement for statement in reversed(found)}
    return tuple(sorted(unique.values(), key=_order))


def find_drafts(text: str, quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the outermost attributions of speech in text order, with offsets only."""
    turns = find_turns(text)
    sentences = sentence_spans(text)
    prose = _blanked(text, [(t.label[0], t.contents[-1][1]) for t in turns])
    tagged = [
        _draft_of(text, sentences, attribution)
        for attribution in tag_attributions(prose)
        if _is_speech(attribution)
    ]
    fitted = fit_to_quotations(text, credit_quoted(text, tagged), quotations)
    whole = go_on_over_paragraphs(text, find_noun_cues(text, fitted), quotations)
    kept = drop_strays(text, whole, quotations)
    introduced = take_introduced(text, find_signatures(text, kept, quotations), quotations)
    joined = join_floating(text, introduced, quotations)
    owned = find_owners(text, find_headline(text, joined) if not turns else joined)
    return sorted([*owned, *turn_drafts(turns)], key=lambda draft: draft.contents[0])


def _without_junk(document: Document) -> str:
    """Returns the text with junk and terminal escape sequences as spaces, so that offsets stay."""
    text = _blanked(document.text, [(junk.start, junk.end) for junk in document.junk])
    return _ESCAPE.sub(lambda match: " " * len(match[0]), text)


def _blanked(text: str, places: Sequence[Place]) -> str:
    """Returns the text of the same length with the places replaced by spaces, line ends kept."""
    parts, at = [], 0
    for start, end in places:
        parts.append(text[at:start])
        parts.append("".join("\n" if c == "\n" else " " for c in text[start:end]))
        at = end
    return "".join([*parts, text[at:]])


def _is_speech(attribution: Attribution) -> bool:
    total = sum(c.end - c.start for c in attribution.contents)
    speech = sum(c.end - c.start for c in attribution.contents if c.speech)
    return speech >= SPEECH * total


def _draft_of(text: str, sentences: Sequence[Place], attribution: Attribution) -> Draft:
    contents = attribution.contents
    cue, source = attribution.cue, attribution.source
    return Draft(
        united(p for c in contents for p in cut_at(whole_words(text, (c.start, c.end)), sentences)),
        whole_words(text, (cue.start, cue.end)) if cue else None,
        whole_words(text, (source.start, source.end)) if source else None,
        min(c.probability for c in contents),
    )


def _source_of(draft: Draft) -> Source:
    start, end = draft.source if draft.source else (None, None)
    return Source(start=start, end=end, cue=draft.cue, contents=draft.contents)


def _statement(document: Document, draft: Draft, who: Resolved, quotations: Sequence[Quotation]) -> Statement:
    text = document.text
    content = tuple(Span.cut(text, *place) for place in draft.contents)
    cue = Span.cut(text, *draft.cue) if draft.cue else None
    said_on, basis = date_said(text, (draft.contents[0][0], draft.contents[-1][1]), document.published, cue)
    return Statement(
        id=Statement.make_id(document.id, content),
        document_id=document.id,
        speaker=who.name,
        named=who.name if who.named else None,
        office=who.office,
        mention=Span.cut(text, *draft.source) if draft.source else None,
        cue=cue,
        content=content,
        kind=Kind.DIRECT if draft.label else kind_of(text, draft.contents, quotations),
        via=outlets_named(text, draft),
        said_on=said_on,
        said_on_basis=basis,
        confidence=round(draft.probability, 2),
    )


def _order(statement: Statement) -> tuple[int, int, str]:
    return statement.content[0].start, -statement.content[-1].end, statement.id
