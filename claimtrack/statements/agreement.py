"""Whether what two articles say of a name can be said of one person: offices and given names.

Offices agree where one is the other or a wider word for it and nothing tells them apart ("minister" and
"defence minister", not "foreign minister" and "defence minister"). They speak against each other only
where both are offices of which one person holds one at a time.
"""

from collections.abc import Iterable
from functools import cache

from claimtrack.statements.offices import Description, describe, same_role
from claimtrack.statements.spellings import canonical_word, given_names_fit, surnames_fit
from claimtrack.statements.wordlists import fold_word, forms

_PASSING = frozenset({"former", "ex", "then", "late", "acting"})
"""Words of time: an office stays the same one when it is over."""


@cache
def _read(office: str) -> Description | None:
    spelled = office.replace("defense", "defence").replace("Defense", "defence")
    return describe(spelled)


def offices_agree(some: Iterable[str], others: Iterable[str]) -> bool:
    """Is one of these offices also one of those?"""
    known = [d for d in map(_read, others) if d]
    return any(_agree(a, b) for a in map(_read, some) if a for b in known)


def _agree(a: Description, b: Description) -> bool:
    if not (same_role(a.head, b.head) or same_role(b.head, a.head)):
        return False
    telling = forms("roles", "telling") - _PASSING
    told_a, told_b = ({m for m in d.modifiers if m in telling} for d in (a, b))
    where_a, where_b = ({m for m in d.modifiers if m in forms("place_names")} for d in (a, b))
    apart = bool(where_a) and bool(where_b) and where_a.isdisjoint(where_b)
    return (told_a <= told_b or told_b <= told_a) and not apart


def offices_conflict(some: Iterable[str], others: Iterable[str]) -> bool:
    """Do both name an office of which one person holds one at a time, and none of them agree?"""
    exclusive = forms("roles", "exclusive")
    held = [{o for o in offices if (d := _read(o)) and d.head in exclusive} for offices in (some, others)]
    return bool(held[0]) and bool(held[1]) and not offices_agree(some, others)


def lacks_middle_names(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Is ``full`` the same name with middle names, otherwise romanised, or with a nickname's long form?"""
    if not 2 <= len(short) <= len(full) or min(len(short[0]), len(full[0])) == 1:
        return False
    bodies = forms("organisations", "head") - forms("surnames")
    if short[-1] in bodies or not surnames_fit(short[-1], full[-1]):
        return False
    return given_names_fit(short[:1], full[:1]) and given_names_fit(short[:-1], full[:-1])


def is_too_common(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Do only styles such as Syed or Muhammad join them: Muhammad Khan need not be Muhammad Iqbal Khan?"""
    common = forms("titles", "name_honorific") | {"muhammad", "ahmad", "abdul"}
    own = [canonical_word(w) for w in short[:-1]]
    more = [w for w in map(canonical_word, full[:-1]) if w not in own]
    return all(w in common for w in own) and any(w not in common for w in more)


def is_pronoun_or_titled(mention: str) -> bool:
    """Does a mention show that a person is meant: "he", "who", "Mr Roe"?"""
    words = [fold_word(w) for w in mention.split()]
    if not words:
        return False
    personal = forms("pronouns", "male", "female") | {"who", "whom"}
    return words[-1] in personal or any(
        w in forms("titles", "courtesy_male", "courtesy_female", "rank") for w in words[:-1]
    )
