"""Which pieces of content belong together: drops strays, joins quotations that go on."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from claimtrack.models import Kind
from claimtrack.statements.drafts import Draft, Place, overlap, united
from claimtrack.statements.quotations import kind_of
from claimtrack.statements.wordlists import fold_word, forms
from claimtrack.text import Quotation

_SENTENCE_END = re.compile(r"[.?!…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z\d])|\n")
"""A full stop before a capital; an abbreviation before a name does no harm where it is asked for."""

_LAST_MARKS = 2
"""Characters at the end of a piece that may end its sentence: a question mark and a closing one."""


_OWNED_NOUN = re.compile(
    r"(?P<owner>his|her|their|its|my|our|your|\w[\w.-]*(?: \w[\w.-]*){0,2}(?:['’]s|s['’]))"
    r"(?: \w[\w-]*)? (?P<noun>\w+)\s*",
    re.IGNORECASE,
)
"""A noun with its owner, at most one adjective between: "his repeated allegation"."""

_INTRODUCES = re.compile(
    r"(?:^|(?<=[.?!] ))(?:[A-Z][^.;:\n]{2,40}, ?)?\s?"
    r"(?P<source>(?:[A-Z][\w.’'\-]*\s){0,3}?[A-Z][\w’'\-]*)\s(?P<cue>[a-z][^.?!:;\n“”\"]{1,60}):$",
    re.MULTILINE,
)
"""The last sentence of a paragraph, which hands over to a quotation in one of its own."""


def find_noun_cues(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts, a noun that owns the following that-clause made the cue instead of content.

    Only nouns of speech and thought take such a clause: ``was caught off guard by his allegation that …``.
    """
    return [_with_noun_cue(text, draft) for draft in drafts]


def _with_noun_cue(text: str, draft: Draft) -> Draft:
    if len(draft.contents) < 2:
        return draft
    (start, end), following = draft.contents[0], draft.contents[1]
    match = _OWNED_NOUN.fullmatch(text, start, following[0])
    if match is None or end > following[0] or text[following[0] : following[0] + 5].casefold() != "that ":
        return draft
    source = draft.source if match["owner"].islower() else match.span("owner")
    return replace(draft, contents=draft.contents[1:], cue=match.span("noun"), source=source)


def take_introduced(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts; a floating quotation after a paragraph that ends ``Roe remarked:`` is his."""
    return [_introduced(text, draft, quotations) for draft in drafts]


def _introduced(text: str, draft: Draft, quotations: Sequence[Quotation]) -> Draft:
    if draft.cue is not None or draft.source is not None:
        return draft
    if kind_of(text, draft.contents[:1], quotations) is Kind.INDIRECT:
        return draft
    before = text[: draft.contents[0][0]].rstrip(" \t\xa0\"“'‘")
    if not before.endswith("\n"):
        return draft
    end = len(before.rstrip())
    start = before.rfind("\n", 0, end) + 1
    match = _INTRODUCES.search(text, start, end)
    if match is None or not _may_speak(match["source"]):
        return draft
    return replace(draft, source=match.span("source"), cue=match.span("cue"))


def _may_speak(source: str) -> bool:
    """Is it a name or "he", not a word that only opens the sentence ("Here is what we know:")?"""
    first = fold_word(source.split()[0])
    return first in forms("pronouns") or first not in forms("function_words", "opener")


def drop_strays(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts without pieces that cannot belong to the same words as the piece at the cue.

    Only a quotation goes on in another sentence or paragraph, and a single unquoted word next to a
    longer piece is no part of what was said ("*Tuesday*", "*that*").
    """
    kept = []
    for draft in drafts:
        pieces = draft.contents
        if len(pieces) > 1:
            anchor = draft.cue or max(pieces, key=lambda piece: piece[1] - piece[0])
            parts = tuple(
                p for p in pieces if _is_part(text, p, anchor, quotations) or _is_interrupted(text, p, draft)
            )
            pieces = parts or pieces
        kept.append(replace(draft, contents=pieces))
    return kept


def _is_part(text: str, piece: Place, anchor: Place, quotations: Sequence[Quotation]) -> bool:
    """Is the piece quoted, or of more than a word and in the sentence of ``anchor``?"""
    if kind_of(text, [piece], quotations) is not Kind.INDIRECT:
        return True
    between = text[min(piece[1], anchor[1]) - _LAST_MARKS : max(piece[0], anchor[0])]
    return len(text[piece[0] : piece[1]].split()) > 1 and not _SENTENCE_END.search(between)


def _is_interrupted(text: str, piece: Place, draft: Draft) -> bool:
    """Does nothing but source and cue stand between the piece and the next: ``Roe, he said, would stay``?"""
    following = next((p for p in draft.contents if p[0] >= piece[1]), None)
    if following is None or draft.cue is None or not piece[1] <= draft.cue[0] < following[0]:
        return False
    source = draft.source if draft.source and piece[1] <= draft.source[0] < following[0] else draft.cue
    first, last = sorted((draft.cue, source))
    between = text[piece[1] : first[0]] + text[first[1] : last[0]] + text[last[1] : following[0]]
    return not any(c.isalnum() for c in between)


def go_on_over_paragraphs(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts, each chain of re-opened quotations in one of them.

    Printers repeat the opening mark at every paragraph and close only the last, so a quotation that is
    left open and those that go on with it are one person's words.
    """
    result = list(drafts)
    for chain in _chains(text, quotations):
        places = [(quotation.start, quotation.end) for quotation in chain]
        parts = [d for d in result if any(overlap(c, p) for c in d.contents for p in places)]
        if parts:
            head = next((d for d in parts if d.cue is not None), parts[0])
            contents = united([*(c for d in parts for c in d.contents), *places])
            result = [d for d in result if d not in parts]
            result.append(replace(head, contents=contents))
    return result


def _chains(text: str, quotations: Sequence[Quotation]) -> list[list[Quotation]]:
    """Returns the runs of at least two quotations that differ only by a paragraph's end."""
    chains: list[list[Quotation]] = []
    for before, after in pairwise(quotations):
        if before.closed or text[before.end : after.start].strip():
            continue
        if chains and chains[-1][-1] is before:
            chains[-1].append(after)
        else:
            chains.append([before, after])
    return chains


def join_floating(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Returns the drafts in text order; a floating one is joined, kept for itself, or dropped.

    A floating quotation right after a statement that holds a quotation too goes on with it, as in
    ``"A," she said.`` and a next paragraph ``"B."``; words without cue and without quotation marks
    are nobody's statement.
    """
    joined: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.contents[0]):
        if draft.cue is not None or draft.source is not None:
            joined.append(draft)
            continue
        if kind_of(text, draft.contents, quotations) is Kind.INDIRECT:
            continue
        before = joined[-1] if joined else None
        if before is not None and _goes_on(text, before, draft, quotations):
            joined[-1] = replace(before, contents=(*before.contents, *draft.contents))
        else:
            joined.append(draft)
    return joined


def _goes_on(text: str, before: Draft, draft: Draft, quotations: Sequence[Quotation]) -> bool:
    """Does nothing but the attribution of ``before`` stand between the two?"""
    if kind_of(text, before.contents[-1:], quotations) is Kind.INDIRECT:
        return False
    ends = [before.contents[-1][1]]
    ends += [place[1] for place in (before.cue, before.source) if place is not None]
    between = text[max(ends) : draft.contents[0][0]]
    return not any(c.isalnum() for c in between)
