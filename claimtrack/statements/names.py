"""Text -> the proper names in it: persons and institutions, apart from the titles before them.

A name is a run of capitalised words. What stands before it in the same run and is an office, a rank,
a nationality or a party is cut off ("Pakistan Army Chief General Asim Munir" names Asim Munir); a
capital that only opens a sentence or belongs to a headline in title case makes no name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from claimtrack.statements.capitals import (
    Word,
    capital_runs,
    headline_spans,
    is_inside,
    split_possessives,
    words_of,
)
from claimtrack.statements.surnames import borne_surnames
from claimtrack.statements.wordlists import (
    courtesies,
    fold_word,
    forms,
    is_given_name,
    is_only_given_name,
    roles,
    roles_and_courtesies,
)
from claimtrack.text import quotation_spans

_OFFICE_OF = re.compile(
    r"\b([\w\-]+)\s(?:of|for)\s(?:the\s)?(?:[A-Z][\w\-]+(?:,\s|\sand\s|,\sand\s|\s&\s|\s))*$"
)
_AT_DEPARTMENT = re.compile(
    r"\b(?P<office>[\w\-]+)(?:\sof\sState)?\s(?:at|in|to)\sthe\s(?:Department|Ministry)\s(?:of|for)\s(?:the\s)?"
    r"(?:[A-Z][\w\-]+(?:,\s|\sand\s|,\sand\s|\s&\s|\s))*$"
)
_ON_FIELD = re.compile(
    r"\b(?P<office>[\w\-]+)\s(?:to\s(?:the\s)?[\w\- ]{4,40}\s)?(?:on|for)\s(?P<field>\w+)\s$"
)
"""Before a name: ``Minister of State at the Department of Health``, ``adviser to the PM on energy``."""

_SAINTS = frozenset({"st", "saint"})

_HYPHENATED = re.compile(r"[A-Z][a-z]+-[a-z]+")
_PLAIN_WORD = re.compile(r"[\w'’\-]+|(?:[A-Z]\.)+")
_COMPOUND_ADJECTIVES = ("-based", "-born", "-backed", "-led", "-owned", "-run", "-listed")
"""Ends of words that tell where somebody or something is from: ``the Cleveland-based company``."""

_ACRONYM_LENGTH = 5
"""Characters; single words in capitals up to here are taken for acronyms, longer ones for shouted names."""


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: ``words`` without titles, ``titles`` the words cut off before it.

    ``first`` is where the run with the titles begins, ``before`` up to six words ahead of that.
    ``person`` is true, false (institution, place) or None where the name alone does not tell;
    ``gender`` "m", "f" or None. ``loose`` names stand where the capital proves nothing (sentence start,
    headline); ``departments`` says that a field of office was cut off ("Minister for Education Roe").
    """

    start: int
    end: int
    first: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    before: tuple[str, ...]
    person: bool | None
    gender: str | None
    possessive: bool
    quoted: bool
    loose: bool
    headline: bool
    departments: bool

    @property
    def title_words(self) -> tuple[str, ...]:
        """Returns the titles folded."""
        return tuple(fold_word(t) for t in self.titles)

    @property
    def text(self) -> str:
        """Returns the name's words with single spaces."""
        return " ".join(self.words)


def find_names(text: str, borders: Iterable[int] = ()) -> list[Name]:
    """Returns the names of a text in order; they do not overlap.

    No name runs over one of the ``borders``: offsets at which a tagged source begins or ends.
    """
    words = words_of(text)
    headlines = headline_spans(text)
    quotations = [(q.start, q.end) for q in quotation_spans(text)]
    lower_words = {w.lower for w in words if not w.capital}
    found: list[Name] = []
    edges = frozenset(borders)
    runs = list(capital_runs(text, words, edges))
    borne = borne_surnames(text, (run for run in runs if not is_inside(headlines, run[0].start)))
    for run in runs:
        headline = is_inside(headlines, run[0].start)
        quoted = is_inside(quotations, run[0].start)
        for part in split_possessives(run):
            is_source = part[0].start in edges
            theirs = borne if is_source or len(part) > 1 else borne - forms("surnames", "other")
            name = _name_of(text, part, headline, quoted, lower_words, is_source, theirs)
            if name:
                found.append(_after_person(text, found[-1], name) if found else name)
    return found


def _after_person(text: str, last: Name, name: Name) -> Name:
    """Returns the name without the words before it that belong to the person named last, or to a verb.

    In ``Former President Roe endorsed Senator Dow`` nothing before "Senator" says who Dow is.
    """
    between = text[last.end : name.first].split()
    if not last.person or len(between) > len(name.before):
        return name
    kept = name.before[len(name.before) - len(between) :]
    if kept and _tells_office(fold_word(kept[0])):
        return name  # Former Roe lawyer Tom Dow
    return replace(name, before=kept[1:])


def _tells_office(word: str) -> bool:
    """Is it a word of offices and no verb: "lawyer", "campaign" (manager), "former"?"""
    return (
        word in roles()
        or word in forms("titles", "modifier", "compound", "long_office", "department")
        or word in forms("organisations", "noun")
    )


def _name_of(
    text: str,
    run: list[Word],
    headline: bool,
    quoted: bool,
    lower_words: set[str],
    is_source: bool,
    borne: frozenset[str],
) -> Name | None:
    """Returns the name in a run; the words in ``borne`` are family names in this article."""
    head = 0
    openers = forms("function_words", "opener")
    while head < len(run) and run[head].lower in openers and not _belongs_to_title(run, head):
        if is_source and len(run) == 1 and run[head].lower in borne:
            break
        if is_given_name(run[head].lower) and not run[head].initial and not headline:
            break
        if _is_family_first(run, head):
            break
        if not headline and _joined_by_capital(run, head):
            break
        head += 1
    while head < len(run) - 1 and run[head].initial and not is_source and _opens_clause(run[head].lower):
        head += 1
    definite = (head > 0 and run[head - 1].lower == "the") or _follows_the(text, run[head:])
    definite = definite and not _modifies(text, run[-1].end)
    at = _past_titles(run, head, borne)
    titles = tuple(w.lower for w in run[head:at])
    after_office, in_office = _past_department(text, run, at, borne)
    rest = _without_dates(run[after_office:], borne)
    if not rest or (len(rest) == 1 and len(rest[0].text) < 2):
        return None
    is_surname = rest[-1].lower in borne and not definite
    if not is_surname and _is_office(rest, titles):
        return None
    before = _words_before(text, run[0].start) if not run[0].initial and not head else ()
    person, gender = _classify(rest, titles, definite, is_surname)
    person = True if in_office else person
    if person is None and _is_place_there(text, rest[0].start, rest[-1].end):
        person = False
    opens = run[0].initial and head == 0 and at == 0 and len(rest) == 1
    loose = headline or (opens and (not titles or rest[0].lower in lower_words))
    return Name(
        rest[0].start, rest[-1].end, run[0].start, tuple(_shown(text, w) for w in rest),
        tuple(w.text for w in run[head:at]), before, person,
        gender, rest[-1].possessive, quoted, loose, headline, in_office,
    )  # fmt: skip


_PLACE_BEFORE = re.compile(
    r"\b(?:town|city|village|district|province|county|state|port|island|region|capital|suburb|hamlet|neighbou?rhood)\s"
    r"of\s$"
)
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{2,24})?(?:, [A-Z][a-z]+\.? \d{1,2})?(?:\s?\([\w /]{2,20}\))?\s?(?:[—–]|-\s|:\s)"
)


def _is_place_there(text: str, start: int, end: int) -> bool:
    """Is it "the town of Roe", or the dateline ``ROE, Kenya (AP) —`` that opens a paragraph?"""
    if _PLACE_BEFORE.search(text[max(0, start - 24) : start]):
        return True
    opens = start == 0 or text[start - 1] in "\n\r\u2028\u2029"
    return opens and text[start:end].isupper() and bool(_DATELINE.match(text, end))


def _shown(text: str, word: Word) -> str:
    """Returns the word with the full stop of an initial or of ``Jr.``."""
    short = len(word.text) == 1 or word.lower in ("jr", "sr")
    return f"{word.text}." if short and text[word.end : word.end + 1] == "." else word.text


def _without_dates(rest: list[Word], borne: frozenset[str]) -> list[Word]:
    calendar, particles = forms("function_words", "calendar") - borne, forms("titles", "particle") - borne
    while rest and (rest[-1].lower in calendar or rest[-1].lower in particles):
        rest = rest[:-1]
    while rest and rest[0].lower in calendar and not (len(rest) > 1 and is_given_name(rest[0].lower)):
        rest = rest[1:]
    return rest


def _belongs_to_title(run: Sequence[Word], at: int) -> bool:
    """Is it the "Former" of ``Former Governor Roe``?"""
    return run[at].lower in ("former", "ex") and at + 2 < len(run)


def _joined_by_capital(run: Sequence[Word], at: int) -> bool:
    """Is it the "Doctors" of ``Doctors Without Borders``: a preposition with a capital follows?"""
    return at + 2 < len(run) and run[at + 1].capital and run[at + 1].lower in _prepositions()


def _prepositions() -> frozenset[str]:
    return forms("function_words", "preposition") - forms("titles", "particle")


def _opens_clause(lower: str) -> bool:
    """Is it an adverb or participle before the subject: ``Interestingly Roe``, ``Citing Roe``?"""
    return len(lower) > 4 and lower.endswith(("ly", "ing")) and not is_given_name(lower)


def _is_office(rest: Sequence[Word], titles: tuple[str, ...]) -> bool:
    """Is it an office or a people without a name: ``the Prime Minister``, ``Republicans``?"""
    if any(t in courtesies() for t in titles) and rest[-1].lower not in forms("titles", "office"):
        return False
    if rest[-1].lower.endswith(_COMPOUND_ADJECTIVES):
        return True
    alone = forms("function_words", "no_name") | forms("titles", "courtesy_male", "courtesy_female")
    alone |= forms("roles", "group")
    if len(rest) == 1 and not titles and (rest[0].lower in alone or _is_people(rest[0].lower)):
        return True
    last = rest[-1].lower
    is_plural = last.endswith("s") and last[:-1] in roles()
    return (last in roles() or is_plural) and not is_given_name(rest[0].lower)


def _is_people(lower: str) -> bool:
    """Is it a plural such as ``Republicans``, ``Hindus``?"""
    return lower.endswith("s") and lower[:-1] in forms("place_names", "adjective")


def _follows_the(text: str, rest: Sequence[Word]) -> bool:
    return bool(rest) and text[max(0, rest[0].start - 4) : rest[0].start] in ("the ", "The ")


def _modifies(text: str, end: int) -> bool:
    """Does an institution's noun follow, to which the article belongs: ``the Roe administration``?"""
    following = re.match(r"\s([a-z]+)", text[end : end + 40])
    return following is not None and following[1] in forms("organisations", "head")


def _past_titles(run: Sequence[Word], at: int, borne: frozenset[str]) -> int:
    """Returns where the name begins: after the last office, rank or courtesy that a name word follows."""
    titles = roles_and_courtesies()
    suffixes = (forms("titles", "suffix") | forms("titles", "particle")) - borne
    heads = forms("organisations", "head")
    bodies = heads - forms("surnames")
    last = max((i for i in range(at, len(run)) if run[i].lower not in suffixes), default=at)
    start = at
    for i in range(at, last):
        known = run[i].lower in titles or run[i].lower.removesuffix("s") in forms("titles", "office", "rank")
        known = known or (run[i].text.isupper() and run[i].lower in forms("titles", "post"))
        known = known and not _joined_by_capital(run, i)
        if i == last - 1 and run[last].lower in bodies and run[i].lower not in courtesies():
            known = False  # General Motors, and yet Ms Street
        known = known and not _are_initials(run, i, last) and not _is_family_first(run, i)
        is_given = is_given_name(run[i].lower) and run[i].lower not in courtesies()
        is_given = is_given and i == at and _is_one_more(run, at, last)
        if known and not is_given and not (i == start + 1 and is_only_given_name(run[start].lower)):
            start = i + 1
            if run[i].lower in forms("titles", "post"):
                start = _past_unit(run, start, last)
    plain = forms("titles", "modifier") | forms("place_names", "adjective")
    if " ".join(word.lower for word in run[start : last + 1]) in forms("place_names", "place"):
        return start
    while (
        start < last
        and run[start].lower in plain
        and not is_given_name(run[start].lower)
        and run[last].lower not in heads
    ):
        start += 1
    return start


def _are_initials(run: Sequence[Word], at: int, last: int) -> bool:
    """Is it the "V.P." of ``V.P. Roe`` or the "MS" of ``MS Roe``, which are no vice president and no Ms?"""
    text = run[at].text
    if at != last - 1 or not text.isupper() or run[last].text.isupper():
        return False
    return "." in text or (len(text) > 1 and run[at].lower in courtesies())


def _is_family_first(run: Sequence[Word], at: int) -> bool:
    """Is it the "So" of ``So Wai-ming``: a family name before a given name in two parts?"""
    if run[at].lower not in forms("surnames") or at + 2 != len(run):
        return False
    return _HYPHENATED.fullmatch(run[at + 1].text) is not None


def _is_one_more(run: Sequence[Word], first: int, last: int) -> bool:
    """Does only a family name follow the first word: ``Lance Roe``, ``Marine Le Pen``?"""
    particles = forms("titles", "particle")
    return last > first and all(word.lower in particles for word in run[first + 1 : last])


def _past_department(text: str, run: Sequence[Word], at: int, borne: frozenset[str]) -> tuple[int, bool]:
    """Returns where the name begins in ``Minister for Education Roe``, and whether that is its form."""
    if not run:
        return at, False
    fields = forms("titles", "department")
    before = text[max(0, run[0].start - 80) : run[0].start]
    field = _ON_FIELD.search(before)
    if field and at == 0 and field["office"].lower() in roles() and field["field"] in fields:
        return at, True
    office = _AT_DEPARTMENT.search(before) or _OFFICE_OF.search(before)
    if not office or office[1].lower() not in roles():
        return at, False
    if at > 0:
        return at, all(word.lower in fields for word in run[:at])
    cut_before = office[0].split()[-1].lower() in fields
    while at < len(run) - 1:
        size = next((n for n in (2, 1) if " ".join(w.lower for w in run[at : at + n]) in fields), 0)
        if not size or at + size >= len(run):
            break
        at += size
    if at == 0:
        given = [i for i in range(1, len(run) - 1) if is_given_name(run[i].lower)]
        at = given[0] if given and not is_given_name(run[0].lower) else 0
    return _past_titles(run, at, borne), at > 0 or cut_before


def _past_unit(run: Sequence[Word], start: int, last: int) -> int:
    """Returns where the name begins after ``DG ISPR``, ``SSP Malir``: past the agency or district."""
    while start < last and _names_unit(run[start]):
        start += 1
    if start + 1 < last and is_given_name(run[start + 1].lower) and not is_given_name(run[start].lower):
        start += 1
    return start


def _names_unit(word: Word) -> bool:
    return (word.text.isupper() and len(word.text) > 1) or (
        word.lower in forms("place_names", "place") and not is_given_name(word.lower)
    )


def _words_before(text: str, at: int) -> tuple[str, ...]:
    """Returns up to six words right before in the same sentence: ``White House spokesman``."""
    found: list[str] = []
    begin = max(text.rfind("\n", 0, at) + 1, at - 80)
    words = text[begin:at].split(" ")[:-1]
    if begin > 0 and text[begin - 1] != "\n":
        words = words[1:]  # it may be cut
    for word in reversed(words):
        if not _PLAIN_WORD.fullmatch(word) or len(found) == 6:
            break
        found.append(word)
    return tuple(reversed(found)) if text[at - 1 : at] == " " else ()


def _classify(
    rest: Sequence[Word], titles: tuple[str, ...], definite: bool, is_surname: bool
) -> tuple[bool | None, str | None]:
    """Returns (is it a person, gender) as far as title and words tell."""
    lowers = [w.lower for w in rest]
    if lowers[0] in _SAINTS and rest[-1].possessive:
        return False, None  # St Fintan's is a church, a school, a hospital
    gender = gender_of(lowers[0] if len(rest) > 1 or not titles else "", titles)
    offices = courtesies() | forms("titles", "rank", "office")
    is_titled = any(t in offices for t in titles)
    heads = forms("organisations", "head")
    if is_surname or is_titled or is_given_name(lowers[0]):
        heads -= {lowers[-1]} if is_surname else forms("surnames")
    if is_titled and lowers[-1] not in heads:
        return True, gender
    if lowers[-1] in heads or any(w in heads for w in lowers[1:]):
        return False, None
    if " ".join(lowers) in forms("place_names", "place", "adjective") or (
        lowers[-1] in forms("place_names", "adjective") and not is_given_name(lowers[0])
    ):
        return False, None
    if len(rest) == 1 and len(rest[0].text) <= _ACRONYM_LENGTH and rest[0].text.isupper():
        return False, None
    if len(rest) > 1 and (is_given_name(lowers[0]) or lowers[0] in forms("titles", "name_honorific")):
        return True, gender
    if lowers[0] in heads and not _is_family_first(rest, 0):
        return False, None  # Park Geun-hye is a person
    return (False if definite else None), gender if len(rest) > 1 else None


def gender_of(first: str, titles: tuple[str, ...] = ()) -> str | None:
    """Returns "m" or "f" as far as titles, else a folded given name tell."""
    if any(t in forms("titles", "courtesy_male") or t in forms("roles", "male") for t in titles):
        return "m"
    if any(t in forms("titles", "courtesy_female") or t in forms("roles", "female") for t in titles):
        return "f"
    if first in forms("given_names", "male"):
        return "m"
    return "f" if first in forms("given_names", "female") else None
