"""Speakers that may be one person, best first, for a person to decide."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from claimtrack.models import Bearer, Identification, Speaker, Store, Value
from claimtrack.pipeline.inheritance import corrections_of
from claimtrack.pipeline.likeness import Likeness, initials_of, letters_of, likeness
from claimtrack.pipeline.merging import Evidence, Quoted, Witness, quoted_speakers
from claimtrack.statements.spellings import canonical_word
from claimtrack.text import fold

WORTH_ASKING = 0.5
"""Points of evidence from which a pair is worth a person's time."""


class Suggestion(Value):
    """Two speakers who may be one, the fuller name first, with how often each is quoted."""

    speaker: Speaker
    other: Speaker
    statement_count: int
    other_statement_count: int
    evidence: Evidence


def suggest_merges(store: Store, speaker: Speaker | None = None) -> tuple[Suggestion, ...]:
    """Returns pairs of speakers that may be one, best first; with ``speaker`` only his. Nothing is merged.

    A pair that a person has kept apart is left out. Of a bare surname only the likeliest bearer is named.
    """
    documents = {d.id: d for d in store.documents if not (d.removed or d.superseded_by)}
    said = [s for s in store.statements if not s.rejected and s.document_id in documents]
    quoted = {who: q for who, q in quoted_speakers(store.speakers, said, documents).items() if q.documents}
    witness = Witness(quoted, documents)
    apart = _KeptApart(store)
    best: dict[tuple[str, str], Suggestion] = {}
    for short, fuller in _candidates(quoted):
        if speaker and speaker.id != short.speaker.id and all(speaker.id != f.speaker.id for f, _ in fuller):
            continue
        for found in _weighed(witness, short, fuller):
            key = (short.speaker.id, "" if found[1].is_bare else found[0].speaker.id)
            suggestion = _suggestion(found[0], short, found[2])
            asked = suggestion.evidence.points >= WORTH_ASKING and not apart.holds(found[0], short)
            if asked and (key not in best or _rank(suggestion) < _rank(best[key])):
                best[key] = suggestion
    kept = (s for s in best.values() if not speaker or speaker.id in (s.speaker.id, s.other.id))
    return tuple(sorted(kept, key=_rank))


def _rank(suggestion: Suggestion) -> tuple[float, int, str, str, str]:
    together = suggestion.statement_count + suggestion.other_statement_count
    names = suggestion.speaker.name, suggestion.other.name, suggestion.other.id
    return -suggestion.evidence.points, -together, *names


def _suggestion(full: Quoted, short: Quoted, evidence: Evidence) -> Suggestion:
    return Suggestion(
        speaker=full.speaker,
        other=short.speaker,
        statement_count=full.statement_count,
        other_statement_count=short.statement_count,
        evidence=evidence,
    )


def _weighed(
    witness: Witness, short: Quoted, fuller: list[tuple[Quoted, Likeness]]
) -> Iterator[tuple[Quoted, Likeness, Evidence]]:
    namesakes = [who for who, like in fuller if like.is_shorter]
    for full, like in fuller:
        yield full, like, witness.weigh(full, short, like, namesakes)


def _candidates(quoted: Mapping[str, Quoted]) -> Iterator[tuple[Quoted, list[tuple[Quoted, Likeness]]]]:
    """Yields every speaker with those whose names are alike and fuller, or as full and earlier by name."""
    by_key: dict[str, list[Quoted]] = defaultdict(list)
    for who in quoted.values():
        for key in _keys(who):
            by_key[key].append(who)
    for short in quoted.values():
        others = {o.speaker.id: o for key in _keys(short) for o in by_key[key] if _order(o) < _order(short)}
        fuller = [(o, found) for o in others.values() if (found := likeness(o.speaker, short.speaker))]
        if fuller:
            yield short, sorted(fuller, key=lambda pair: _order(pair[0]))


def _order(who: Quoted) -> tuple[int, int, str, str]:
    return -len(who.words), -who.statement_count, who.speaker.name, who.speaker.id


def _keys(who: Quoted) -> set[str]:
    """Returns what names that are alike share: the first or last word, all letters, the first letters."""
    first, last = canonical_word(who.words[0]), canonical_word(who.words[-1])
    return {first, last, f"={letters_of(who.words)}", f"#{first}", f"#{initials_of(who.words)}"}


class _KeptApart:
    """The pairs of speakers that a person has said are two."""

    def __init__(self, store: Store) -> None:
        corrections = corrections_of(store)
        self._pairs = [
            *(
                Identification(first=Bearer(name=a), second=Bearer(name=b), one=False)
                for a, b in corrections.separated
            ),
            *(decided for decided in corrections.identified if not decided.one),
        ]

    def holds(self, some: Quoted, other: Quoted) -> bool:
        """Has a person kept the two apart?"""
        return any(
            (_is_meant(some, p.first) and _is_meant(other, p.second))
            or (_is_meant(some, p.second) and _is_meant(other, p.first))
            for p in self._pairs
        )


def _is_meant(who: Quoted, bearer: Bearer) -> bool:
    names = {fold(name) for name in (who.speaker.name, *who.speaker.aliases)}
    return fold(bearer.name) in names and (
        not bearer.documents or not who.documents.isdisjoint(bearer.documents)
    )


def merge_value(store: Store, first: Speaker, second: Speaker) -> dict[str, str | None]:
    """Returns what a log entry says of two speakers: the name, and articles where it alone tells too little.

    One word, or a name that others of the store have too, means the speaker in the articles that quote
    him, and nobody else.
    """
    value: dict[str, str | None] = {"name": second.name}
    for side, speaker in (("subject", first), ("name", second)):
        others = (s for s in store.speakers if s.id not in (first.id, second.id))
        shared = any(fold(speaker.name) in map(fold, (s.name, *s.aliases)) for s in others)
        if shared or len(speaker.name.split()) == 1:
            own = {s.document_id for s in store.statements if s.speaker_id == speaker.id}
            value[f"{side}_document"] = " ".join(sorted(own))
    return value
