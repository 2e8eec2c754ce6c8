"""A speaker by the name a person types: any known form, a part of one, or a close spelling of one.

Of namesakes an id tells which one is meant.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from claimtrack.errors import NotFoundError
from claimtrack.models import Speaker, Store
from claimtrack.similarity import nearest, spelling_distance
from claimtrack.text import fold

_ID = re.compile(r"sp-[0-9a-f]{1,12}")

NEAREST_NAMES = 5
"""Names offered where none fits."""

LETTERS_A_SLIP = 5
"""Letters of a name for each wrong one that a close spelling may have, up to ``MOST_SLIPS``."""

MOST_SLIPS = 2
"""Letters missing, doubled, wrong or swapped; with three "Asif Khan" is "Asim Khan" and "Arif Khan"."""


def find_speaker(store: Store, typed: str) -> tuple[Speaker, str | None]:
    """Returns the speaker that a typed name means, and a line to tell if the name was not exact.

    In order, case and accents aside: (1) a known form of the name, or an id or the beginning of one,
    (2) words that all stand in the forms of one speaker alone, or hold one form with titles before it,
    (3) a close spelling of one speaker alone.

    Raises:
        NotFoundError: Nobody fits, with the nearest names; or several do, with all of theirs.
    """
    forms = {speaker.id: _forms(speaker) for speaker in store.speakers}
    wanted = fold(typed).strip()
    if _ID.fullmatch(wanted):
        forms = {who: (*known, who[: len(wanted)]) for who, known in forms.items()}
    by_id = {speaker.id: speaker for speaker in store.speakers}
    for fits, is_exact in ((_is_form, True), (_is_part, False), (_is_close, False)):
        found = [who for who, known in forms.items() if wanted and any(fits(wanted, form) for form in known)]
        if len(found) > 1:
            raise NotFoundError(
                f"{typed!r} fits {len(found)} speakers",
                f"Name one of them: {', '.join(_told_apart([by_id[who] for who in found]))}.",
            )
        if found:
            speaker = by_id[found[0]]
            return speaker, None if is_exact else f"{typed!r} taken as {speaker.name}"
    raise NotFoundError(f"no speaker is called {typed!r}", _hint(store.speakers, forms, wanted))


def _forms(speaker: Speaker) -> tuple[str, ...]:
    return tuple(fold(name) for name in (speaker.name, *speaker.aliases))


def _told_apart(speakers: Iterable[Speaker]) -> list[str]:
    """Returns the names, sorted; one that several share with an office and the id, which tells them apart."""
    ordered = sorted(speakers, key=lambda speaker: (speaker.name, speaker.id))
    counts = Counter(speaker.name for speaker in ordered)
    return [
        speaker.name
        if counts[speaker.name] == 1
        else f"{speaker.name} ({', '.join((*speaker.offices[:1], speaker.id))})"
        for speaker in ordered
    ]


def _is_form(wanted: str, form: str) -> bool:
    return wanted == form


def _is_part(wanted: str, form: str) -> bool:
    """Are all typed words words of the form, or does the form end what was typed?"""
    return set(wanted.split()) <= set(form.split()) or (" " in form and wanted.endswith(f" {form}"))


def _is_close(wanted: str, form: str) -> bool:
    allowed = min(MOST_SLIPS, len(wanted) // LETTERS_A_SLIP)
    return allowed > 0 and spelling_distance(wanted, form, allowed) <= allowed


def _hint(speakers: Iterable[Speaker], forms: Mapping[str, tuple[str, ...]], wanted: str) -> str:
    names = {form: speaker.name for speaker in speakers for form in forms[speaker.id]}
    if not names:
        return "The store has no speakers yet: claimtrack ingest PATH."
    close = dict.fromkeys(names[form] for form in nearest(wanted, tuple(names), NEAREST_NAMES))
    return f"Nearest names: {', '.join(close)}. `claimtrack speakers` lists all."
