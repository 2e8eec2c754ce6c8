"""Speakers -> whether each is a person or an institution, where the name tells."""

from collections.abc import Iterable

from claimtrack.models import Speaker
from claimtrack.notes.nodes import PartyType
from claimtrack.statements.names import find_names


def party_types(speakers: Iterable[Speaker]) -> dict[str, PartyType]:
    """Returns by a speaker's id what the name is that of; who is not in it may be either."""
    types: dict[str, PartyType] = {}
    for speaker in speakers:
        names = find_names(speaker.name)
        if len(names) == 1 and names[0].person is not None:
            types[speaker.id] = "Person" if names[0].person else "Organization"
    return types
