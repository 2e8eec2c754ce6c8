"""Reads, checks and caches the rule files in ``claimtrack/lexicons``.

A file is TOML with one or more ``[[group]]`` tables. A group lists ``forms`` (words or phrases),
``pairs`` (opposites) or ``variants`` (canonical form -> other spellings), says where they come from,
and gives ``examples`` in which the group must fire and ``counter_examples`` in which it must not.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import Field, ValidationError

from claimtrack.errors import LexiconError
from claimtrack.models import Value


class Group(Value):
    """Entries of one meaning; forms are lower case unless letter case carries the meaning."""

    name: str
    origin: str
    forms: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    variants: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    values: Mapping[str, float] = Field(default_factory=dict)
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


class Lexicon(Value):
    """One rule file: its groups in the order of the file."""

    name: str
    group: tuple[Group, ...]

    def __getitem__(self, name: str) -> Group:
        """Returns the group of that name; raises LexiconError where there is none."""
        for group in self.group:
            if group.name == name:
                return group
        raise LexiconError(f"the lexicon {self.name}.toml has no group {name!r}")

    def forms(self, *names: str) -> frozenset[str]:
        """Returns the forms of the groups named, of all groups where none is named."""
        chosen = [self[name] for name in names] if names else self.group
        return frozenset(form for group in chosen for form in group.forms)


@cache
def load_lexicon(name: str) -> Lexicon:
    """Returns ``lexicons/<name>.toml``, checked; raises LexiconError with what is wrong."""
    source = files("claimtrack") / "lexicons" / f"{name}.toml"
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return Lexicon.model_validate({"name": name, **raw})
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise LexiconError(f"cannot read the lexicon {name}.toml: {error}") from error


def any_of(forms: frozenset[str] | tuple[str, ...]) -> str:
    """Returns a regular expression for any of the forms, longest first; a space fits any white space."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered) + ")"
