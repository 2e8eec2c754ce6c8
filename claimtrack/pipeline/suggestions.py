"""What a person may want to decide: names that could be one person's."""

from claimtrack.models import Store
from claimtrack.statements.identity import suggest_merges

Suggestion = tuple[str, str, str]
"""A speaker's name, another one, and what speaks for their being one person."""


def merge_suggestions(store: Store) -> tuple[Suggestion, ...]:
    """Returns speakers that may be one person, sorted; nothing is merged."""
    return suggest_merges(store.speakers, [s for s in store.statements if not s.rejected])
