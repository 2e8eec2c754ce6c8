"""The names of an article -> the people and institutions it speaks of, each with all its names.

Persons are joined by surname and fitting given names, never by likeness of spelling. A short form
("Mr Asif", "Imran") goes to the one person whose name holds it; where several do, all stay possible
and the place in the article decides later.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimtrack.statements.capitals import is_inside
from claimtrack.statements.names import Name, find_names, gender_of
from claimtrack.statements.offices import descriptions_of, is_role, role_gender, role_word, same_role
from claimtrack.statements.people import Cast, Party
from claimtrack.statements.spellings import (
    canonical_word,
    fold_words,
    generation,
    given_names_fit,
    surnames_fit,
)
from claimtrack.statements.wordlists import forms, is_given_name

_INSTITUTION = 3
"""Words of a headline up to which an institution's noun makes all of it one name ("Trump Campaign")."""

_SMALL = re.compile(r"\b[a-z]+\b")

_FAMILY_NAMES = 2
"""Words that follow the given names of a person; more are those of a headline."""

_FULL_NAME = 4
"""Words of the longest name looked for at once in a headline."""


def read_cast(text: str, sources: Sequence[tuple[int, int]] = ()) -> Cast:
    """Returns the people and institutions of an article.

    ``sources`` are spans tagged as sources: a capitalised word in one is a name even where its letter
    case proves nothing.
    """
    tagged = sorted(sources)
    names = _with_loose_openers(text, find_names(text, {at for span in tagged for at in span}))
    register = _Register(text, names)
    firm = [not n.loose or (not n.headline and is_inside(tagged, n.start)) for n in names]
    register.place_full([i for i, name in enumerate(names) if firm[i]])
    register.join_acronyms(text)
    register.place_short([i for i, name in enumerate(names) if firm[i]])
    names, choices = _split_headlines(text, names, register, tagged)
    return Cast(tuple(names), tuple(register.parties), tuple(choices))


def _with_loose_openers(text: str, names: Sequence[Name]) -> list[Name]:
    """Returns the names; ``Understated Perez`` that opens a paragraph is loose where a Tom Perez is there.

    Only where the first word is one of the language; Jair Bolsonaro may have a son whose name is known.
    """
    surnames = {fold_words(n.words)[-1] for n in names if len(n.words) > 1 and n.person}
    written_small = set(_SMALL.findall(text))
    return [
        replace(name, loose=True)
        if name.person is None
        and len(name.words) == 2
        and (name.first == 0 or text[name.first - 1] == "\n")
        and fold_words(name.words)[-1] in surnames
        and _is_plain(name.words[0].lower(), written_small)
        else name
        for name in names
    ]


def _is_plain(word: str, written_small: set[str]) -> bool:
    """Is it an ordinary word, by its ending or as the article has it in small letters, too?"""
    return word.endswith(("ed", "ing", "ly")) or word in written_small


class _Register:
    """Collects parties; ``fits[i]`` are the parties of ``names[i]``."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self._text = text
        self.names = names
        self.parties: list[Party] = []
        self.fits: list[tuple[int, ...]] = [()] * len(names)
        self._whole: dict[tuple[str, ...], int] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._said_alone = {
            canonical_word(fold_words(n.words)[0])
            for n in names
            if len(n.words) == 1 and not n.titles and not n.quoted and not n.headline
        }

    def _add(self, name: Name, key: tuple[str, ...]) -> int:
        which = len(self.parties)
        self.parties.append(Party(name.words[-len(key) :] if len(key) > 1 else name.words, name.person))
        self._whole[key] = which
        for word in dict.fromkeys(map(canonical_word, key)):
            self._by_word[word].append(which)
        return which

    def place_full(self, chosen: Sequence[int]) -> None:
        """Joins names of two and more words by surname and given names, institutions by all words."""
        by_last: dict[str, list[int]] = defaultdict(list)
        keys = {fold_words(self.names[i].words) for i in chosen}
        for i in sorted(chosen, key=lambda i: (-len(self.names[i].words), i)):
            name = self.names[i]
            if len(fold_words(name.words)) < 2:
                continue
            key = self._full_key(name, keys)
            which = self._whole.get(key)
            if which is None and name.person is not False:
                fits = [p for p in by_last[key[-1]] if self._same_person(name, key, self.parties[p])]
                which = fits[0] if len(fits) == 1 else None
                longer = () if fits else self._with_longer_names(name, key)
                if longer:
                    self.fits[i] = longer
                    if len(longer) == 1:
                        self._take(i, longer[0])
                    continue
            if which is None:
                which = self._add(name, key)
                if name.person is not False:
                    by_last[key[-1]].append(which)
            self._whole[key] = which
            self._take(i, which)

    def _with_longer_names(self, name: Name, key: tuple[str, ...]) -> tuple[int, ...]:
        """Returns the persons whose names end in these words, or begin with them if it is told what they are.

        "López Obrador" is Andrés Manuel López Obrador, "Shah Mahmood" the minister Shah Mahmood Qureshi;
        "Tom Brandt Today", of which nothing is told, may be a programme.
        """
        words = tuple(map(canonical_word, key))
        if all(word in forms("titles", "name_honorific", "particle") for word in words):
            return ()
        fits = [p for p in dict.fromkeys(self._by_word.get(words[0], ())) if self._is_longer(p, words)]
        return self._agreeing(name, fits)

    def _is_longer(self, which: int, words: tuple[str, ...]) -> bool:
        party = self.parties[which]
        longer = tuple(map(canonical_word, party.key))
        if not party.person or len(longer) <= len(words):
            return False
        introduced = bool(party.descriptions) and len(longer) <= len(words) + _FAMILY_NAMES
        return longer[-len(words) :] == words or (introduced and longer[: len(words)] == words)

    def _full_key(self, name: Name, keys: set[tuple[str, ...]]) -> tuple[str, ...]:
        """Returns the folded words, without a first one that is no part of a name found elsewhere too.

        "Crooked Hillary Clinton" is Hillary Clinton, "Highlighting Imran Khan" is Imran Khan.
        """
        key = fold_words(name.words)
        foreign = len(key) > 2 and len(key[0]) > 1 and not is_given_name(key[0])
        foreign = foreign and is_given_name(key[1]) and key[1] not in forms("titles", "particle")
        if foreign and key[1:] in keys:
            return key[1:]
        suffix = generation(name.words)
        return (*key, suffix) if suffix and key in keys and self._occurs_bare(key) else key

    def _occurs_bare(self, key: tuple[str, ...]) -> bool:
        return any(fold_words(n.words) == key and not generation(n.words) for n in self.names)

    def _same_person(self, name: Name, key: tuple[str, ...], party: Party) -> bool:
        """Do the given names fit? A Jr. is the one without it only where he has the fuller name.

        "Joseph R. Biden Jr." and "Joe Biden" are one man, "Donald J. Trump" and "Donald Trump Jr." two.
        """
        some, others = key[:-1], party.key[:-1]
        if generation(name.words) != generation(party.words):
            longer = len(some) - len(others) if generation(name.words) else len(others) - len(some)
            return longer > 0 and given_names_fit(some, others)
        return given_names_fit(some, others)

    def _take(self, i: int, which: int) -> None:
        name, party = self.names[i], self.parties[which]
        self.fits[i] = (which,)
        party.full_count += 1
        if (
            name.person is not False
            and _fuller(name.words, party.words)
            and self._whole.get(fold_words(name.words)) == which
        ):
            party.words = name.words
        if name.person and party.person is None:
            party.person = True
        _note(self._text, name, party)

    def join_acronyms(self, text: str) -> None:
        """Gives "(ISPR)" right after a name whose capitals spell it to that name's party."""
        for i in range(1, len(self.names)):
            before, name = self.names[i - 1], self.names[i]
            if len(name.words) > 1 or not self.fits[i - 1] or text[before.end : name.start] != " (":
                continue
            initials = "".join(re.findall(r"\b[A-Z]", before.text))
            if name.words[0].upper() == name.words[0] and initials.endswith(name.words[0][:4]):
                self._whole[fold_words(name.words)] = self.fits[i - 1][0]

    def place_short(self, chosen: Sequence[int]) -> None:
        """Gives single words to the persons whose names hold them, or makes them parties of their own.

        First those that a title shows to be a person: "the Roe government" is named after President Roe.
        """
        for i in sorted(chosen, key=lambda i: (not self.names[i].person, i)):
            name = self.names[i]
            key = fold_words(name.words)
            if self.fits[i] or len(key) > 1:
                continue
            fits = self.holders(name)
            if not fits and key in self._whole:
                fits = (self._whole[key],)
            if not fits:
                fits = (self._add(name, key),)
                self._by_word[canonical_word(key[0])].remove(fits[0])
            self.fits[i] = fits
            if len(fits) == 1:
                party = self.parties[fits[0]]
                party.person = True if name.person and party.person is None else party.person
                _note(self._text, name, party)

    def known(self, name: Name) -> tuple[int, ...]:
        """Returns the parties of a name that occurs elsewhere too, in full or in short."""
        key = fold_words(name.words)
        if key in self._whole:
            return (self._whole[key],)
        return self.holders(name) if len(name.words) == 1 else ()

    def named_in_full(self, name: Name) -> tuple[int, ...]:
        """Returns the person whom the text calls by surname only, the headline's given name taken over."""
        key = fold_words(name.words)
        which = self._whole.get(key[1:])
        if len(key) != 2 or which is None or not is_given_name(key[0]):
            return ()
        party, gender = self.parties[which], gender_of(key[0])
        if party.person is False or len(party.words) > 1 or gender not in (None, party.gender or gender):
            return ()
        party.words, party.person = name.words, True
        if gender:
            party.genders[gender] += 2
        self._whole[key] = which
        return (which,)

    def holders(self, name: Name) -> tuple[int, ...]:
        """Returns the persons with this word as surname, else as given name, else anywhere."""
        word = canonical_word(fold_words(name.words)[0])
        held = [p for p in self._by_word.get(word, ()) if self.parties[p].person is not False]
        if name.person is False:
            held = [p for p in held if self.parties[p].person]
        later: tuple[int, ...] = ()
        for fits in (
            [p for p in held if surnames_fit(self.parties[p].key[-1], word)],
            [p for p in held if canonical_word(self.parties[p].key[0]) == word],
            held,
        ):
            agreeing = self._agreeing(name, fits)
            if name.person is False:
                return agreeing  # Israel is not Israel Katz
            if agreeing and not all(self._goes_by_given_name(p, word) for p in agreeing):
                return agreeing
            later = later or agreeing
        return later

    def _goes_by_given_name(self, which: int, word: str) -> bool:
        """Does the article call the person by the given name alone, so that this other word is not for him?

        Where it says Maryam for Maryam Nawaz, its Nawaz is Nawaz Sharif.
        """
        given = canonical_word(self.parties[which].key[0])
        return given != word and given in self._said_alone

    def _agreeing(self, name: Name, fits: Sequence[int]) -> tuple[int, ...]:
        """Returns those whose gender does not speak against the title, and with its office if any has it."""
        suffix = generation(name.words)
        fits = [p for p in fits if generation(self.parties[p].words) == suffix] or fits
        if name.titles and name.gender:
            fits = [p for p in fits if self.parties[p].gender in (name.gender, None)]
            fits = [p for p in fits if self.parties[p].gender] or fits
        word = canonical_word(fold_words(name.words)[-1])
        fits = [p for p in fits if not self._goes_by_given_name(p, word)] or fits
        if len(fits) > 1 and name.titles:
            described = [p for p in fits if self._holds_office(name, p)]
            fits = described or fits
        return tuple(fits)

    def _holds_office(self, name: Name, which: int) -> bool:
        heads = [d.head for d in self.parties[which].descriptions]
        titles = [role_word(title) for title in name.titles]
        return any(same_role(t, head) or same_role(head, t) for t in titles for head in heads)


def _fuller(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return _fullness(some) > _fullness(others)


def _fullness(words: tuple[str, ...]) -> tuple[int, bool, int]:
    """Of two names as full the article's first stays: Chuck need not become Charles."""
    return len(words), not all(w.isupper() for w in words), sum(len(w.rstrip(".")) > 1 for w in words)


def _split_headlines(
    text: str, names: Sequence[Name], register: _Register, tagged: Sequence[tuple[int, int]]
) -> tuple[list[Name], list[tuple[int, ...]]]:
    """Returns names and choices with the loose ones settled: known names are found in them, word by word."""
    whole_names: list[Name] = []
    choices: list[tuple[int, ...]] = []
    for name, fits in zip(names, register.fits, strict=True):
        institution = name.person is False and len(name.words) <= _INSTITUTION
        if fits or not name.loose or (institution and is_inside(tagged, name.start)):
            whole_names.append(name)
            choices.append(fits)
            continue
        parts = list(_known_parts(text, name, register))
        if not parts and is_inside(tagged, name.start):
            parts = [(name, ())]
        whole_names.extend(part for part, _ in parts)
        choices.extend(fits for _, fits in parts)
    return whole_names, choices


def _known_parts(text: str, name: Name, register: _Register) -> Iterable[tuple[Name, tuple[int, ...]]]:
    words = list(re.finditer(r"[\w.'’\-]*\w\.?", text[name.start : name.end]))
    at = 0
    while at < len(words):
        for size in range(min(_FULL_NAME, len(words) - at), 0, -1):
            start, end = name.start + words[at].start(), name.start + words[at + size - 1].end()
            shown = tuple(w[0].removesuffix("’s").removesuffix("'s") for w in words[at : at + size])
            title = words[at - 1][0].rstrip(".").lower() if at else ""
            part = replace(
                name, start=start, end=end, first=start, words=shown,
                titles=name.titles if start == name.start else ((title,) if is_role(title) else ()),
                before=(), person=None,
                possessive=name.possessive and at + size == len(words),
            )  # fmt: skip
            fits = register.known(part) or register.named_in_full(part)
            if fits:
                yield part, fits
                at += size - 1
                break
        at += 1


def _note(text: str, name: Name, party: Party) -> None:
    """Adds what one occurrence tells of its party: gender, offices, that it is a person."""
    party.count += 1
    if party.person is False:
        return
    if name.gender and (len(name.words) > 1 or name.titles):
        party.genders[name.gender] += 2
    for description in descriptions_of(text, name):
        party.descriptions[description] += 1
        gender = role_gender(description.head)
        if gender:
            party.genders[gender] += 2
        if party.person is None:
            party.person = True
