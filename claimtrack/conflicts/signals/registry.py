"""The kinds of opposition that the comparer looks for, by name; a new one is a file and a line here."""

from collections.abc import Mapping
from types import MappingProxyType

from claimtrack.conflicts.signals.antonym import find_antonyms
from claimtrack.conflicts.signals.commitment import find_commitments
from claimtrack.conflicts.signals.date import find_date_clashes
from claimtrack.conflicts.signals.denial import find_denials
from claimtrack.conflicts.signals.evidence import Detector
from claimtrack.conflicts.signals.negation import find_negation
from claimtrack.conflicts.signals.number import find_numbers
from claimtrack.conflicts.signals.stance import find_stances
from claimtrack.conflicts.signals.value import find_values

SIGNALS: Mapping[str, Detector] = MappingProxyType(
    {
        "negation": find_negation,
        "denial": find_denials,
        "antonym": find_antonyms,
        "number": find_numbers,
        "value": find_values,
        "date": find_date_clashes,
        "stance": find_stances,
        "commitment": find_commitments,
    }
)
