"""A person or institution of one article, and all of them together."""

from collections import Counter
from dataclasses import dataclass, field

from claimtrack.statements.names import Name
from claimtrack.statements.offices import Description
from claimtrack.statements.spellings import fold_words, generation
from claimtrack.statements.wordlists import courtesies, fold_word, forms

_SHOUT = 3
"""Letters; a person's only name in more capitals than that is shouted, not an abbreviation."""


def _without_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns a name without the letters after it that tell an office or honour; ``Jr.`` is part of it."""
    while len(words) > 1 and fold_word(words[-1]) in forms("titles", "suffix") and not generation(words):
        words = words[:-1]
    return words


@dataclass(slots=True)
class Party:
    """A person or institution of one article while it is being put together.

    ``words`` is the fullest name, or an unnamed source's own words (``named`` false); ``person`` as in
    Name; ``count`` how often the name occurs, ``full_count`` how often in full; ``descriptions`` are
    counted, in the order in which they first came.
    """

    words: tuple[str, ...]
    person: bool | None
    named: bool = True
    count: int = 0
    full_count: int = 0
    genders: Counter[str] = field(default_factory=Counter)
    descriptions: Counter[Description] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """Returns the fullest name without ``MP`` or ``TD``, shouted words in title case.

        ``Emmanuel MACRON`` is French style.
        """
        words = _without_letters(self.words) if self.person else self.words
        shouted = all(w.isupper() for w in words) and (len(words) > 1 or len(words[0]) > _SHOUT)
        if shouted and (self.person or len(words) > 1) and self.person is not False:
            return " ".join(w.title() for w in words)
        if self.person and any(w.istitle() for w in words):
            return " ".join(w.title() if _is_shouted(w) else w for w in words)
        return " ".join(words)

    @property
    def key(self) -> tuple[str, ...]:
        """Returns the folded words of the name."""
        return fold_words(self.words)

    @property
    def gender(self) -> str | None:
        """Returns "m" or "f" where the evidence leans to one side."""
        men, women = self.genders["m"], self.genders["f"]
        return None if men == women else ("m" if men > women else "f")

    @property
    def likely_gender(self) -> str | None:
        """Returns "f" for an unknown given name in -a, which most languages of the news give to women."""
        return "f" if len(self.words) > 1 and self.key[0].endswith("a") else None

    @property
    def office(self) -> str | None:
        """Returns what the article calls the party most: offices before other nouns, the first of equals."""
        offices = forms("titles", "office", "compound")
        counted: Counter[str] = Counter()
        for description, count in self.descriptions.items():
            counted[description.text.lower()] += count
        held = [d for d in self.descriptions if d.head not in courtesies()]
        ranked = sorted(held, key=lambda d: (d.head not in offices, -counted[d.text.lower()]))
        return ranked[0].text if ranked else None


@dataclass(frozen=True, slots=True)
class Cast:
    """All parties of an article.

    ``choices[i]`` are the parties that ``names[i]`` may stand for: none, one, or several namesakes.
    """

    names: tuple[Name, ...]
    parties: tuple[Party, ...]
    choices: tuple[tuple[int, ...], ...]


def _is_shouted(word: str) -> bool:
    """Is a word of a name in capitals, and neither short nor a number: the XXIII of ``John XXIII``?"""
    return word.isupper() and len(word) > _SHOUT and not set(word) <= set("IVXLC")
