"""Turns of an interview or debate: ``NAME: what was said``.

A text is a transcript where at least ``_TURNS`` paragraphs begin with a speaker's label and at least
one label comes back, which separates turns from ordinary paragraphs with a colon. The labels may be (1)
before a colon, (2) ``Q.`` and ``A.``, (3) a name that is all of a line, or (4) the type: questions in bold.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.statements.drafts import Draft, Place, trimmed
from claimtrack.statements.offices import describe
from claimtrack.statements.signatures import CAPITAL, CLOCK, is_rubric, name_line
from claimtrack.text import paragraph_spans

_TURNS = 3
"""Labelled paragraphs; two may be a headline and a caption."""

_SHARE = 0.3
"""Of all paragraphs; below, the labels are lists or captions inside prose."""

_ANSWERED = 0.5
"""Share of the questions in bold whose answers say "I" or "we"; an explainer's answers do not."""

_NAME = rf"(?:{CAPITAL}[\w.’'()\-]*|\d{{1,2}}|de|la|al|bin|van|von|of|the|and)"
_ASIDE = r"(?:\s*\([^)\n]{1,60}\)|\s*\[[^\]\n]{1,60}\]|,\s++[\w .'’\-]{1,60})"
"""What a label adds to the name: ``(Labour)``, ``[opposition]``, ``, HOST``."""

_STAMP = r"(?:\[\d{1,2}:\d{2}(?::\d{2})?\]\s*|\d{1,2}:\d{2}:\d{2}\s+)?"
"""Where in a recording a turn begins."""

_OPENS = '"“'
_LABEL = re.compile(
    rf"[{_OPENS}]?(?:\*\*|__)?(?:>{{2,3}}\s*)?{_STAMP}(?P<label>(?:Q|A|{CAPITAL}[\w.’'\-]*(?:\s+{_NAME}){{0,6}}){_ASIDE}?)"
    r"(?:\*\*|__)?\s*+:(?:\*\*|__)?(?=\s|$)"
)
_ASKED = re.compile(r"(?:\*\*|__)?(?P<label>[QA])(?:\*\*|__)?\.(?:\*\*|__)?(?=\s)")
_CHANGE = re.compile(r">{2,3}")
"""Captions mark a change of speaker so, whether they name the next one or not."""

_BOLD = re.compile(r"\*\*(?:(?!\*\*).)+\*\*$|__(?:(?!__).)+__$", re.DOTALL)
"""A paragraph in bold is a question; what follows it in plain type is another one's answer."""

_ITALIC = re.compile(r"\*(?!\*)[^*]+\*$|_(?!_)[^_]+_$")
"""A paragraph in italics is a note of the editors."""

_STAGE = re.compile(r"^[\[(][^\])]*[\])]$")
_OFFICE_HOLDER = re.compile(r"(?P<office>The\s[^()]{3,60}?)\s*\((?P<name>[^()]{3,60})\)$")
"""``The Minister of Transport (Ms Lomax)``, as minutes of parliaments name who speaks."""

_QUOTED = re.compile(r"[“\"‘].*[”\"’]$", re.DOTALL)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|me|us)\b(?!\.)")
_SECOND_PERSON = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled paragraph and the unlabelled ones that go on with it; ``source`` lies in the label."""

    label: Place
    source: Place
    contents: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    """A label and where the words after it begin; ``name`` without what it adds."""

    place: Place
    end: int
    name: str


def find_turns(text: str) -> list[Turn]:
    """Returns the turns of a transcript in order; none where the text is no transcript."""
    paragraphs = paragraph_spans(text)
    labels = _labels(text, paragraphs)
    asked = _questions_in_bold(text, paragraphs)
    if not _are_turns(labels):
        labels = _name_lines(text, paragraphs)
    if not _are_turns(labels):
        labels = [None] * len(paragraphs)
        if not asked:
            return []
    return _turns(text, paragraphs, labels, asked)


def _turns(
    text: str, paragraphs: Sequence[Place], labels: Sequence[_Label | None], asked: frozenset[int]
) -> list[Turn]:
    turns: list[Turn] = []
    goes_on, mark = False, None
    for number, (place, label) in enumerate(zip(paragraphs, labels, strict=True)):
        if label is not None:
            quoted = text[place[0]] in _OPENS  # a transcript in a quotation: the mark before each label
            said = trimmed(text, (label.end, place[1]), '*_"”' if quoted else "*_")
            turns.append(Turn(label.place, _source_in(text, label), (said,) if said[0] < said[1] else ()))
            goes_on = not _BOLD.match(text, *place)
        elif number in asked:
            opening = (place[0], place[0] + 2)
            turns.append(Turn(opening, opening, (trimmed(text, place, "*_"),)))
            goes_on = False
        elif _CHANGE.match(text, *place) or _BOLD.match(text, *place) or _is_note(text, place):
            goes_on = False
        elif mark and not _STAGE.match(text[slice(*place)]):
            turns.append(Turn(mark, mark, (place,)))
            goes_on = True
        elif goes_on and not _STAGE.match(text[slice(*place)]) and _is_alike(text, turns[-1], place):
            turns[-1] = replace(turns[-1], contents=(*turns[-1].contents, place))
        else:
            goes_on = goes_on and bool(_STAGE.match(text[slice(*place)]))
        mark = (place[1] - 2, place[1]) if number in asked else None
    return [turn for turn in turns if turn.contents]


def _are_turns(labels: Sequence[_Label | None]) -> bool:
    counts = Counter(_surname(label.name) for label in labels if label)
    labelled = sum(counts.values())
    return labelled >= _TURNS and labelled >= _SHARE * len(labels) and max(counts.values()) > 1


def _labels(text: str, paragraphs: Sequence[Place]) -> list[_Label | None]:
    """Returns each paragraph's label before a colon, or a full stop after ``Q`` and ``A``."""
    asked = [_ASKED.match(text, *place) for place in paragraphs]
    pointed = {match["label"] for match in asked if match} == {"Q", "A"}
    found: list[_Label | None] = []
    for place, question in zip(paragraphs, asked, strict=True):
        match = _LABEL.match(text, *place) or (question if pointed else None)
        known = match is not None and not is_rubric(match["label"]) and _has_letters(text, match.end(), place)
        found.append(_Label(match.span("label"), match.end(), match["label"]) if match and known else None)
    if found and found[0] and _is_headline(text, paragraphs[0], found):
        found[0] = None
    return found


def _has_letters(text: str, start: int, place: Place) -> bool:
    """Are there words after a label, or nothing yet, but no bare figure: ``Roe: 1,769``?"""
    said = text[start : place[1]].strip("*_ ")
    return not said or any(c.isalpha() for c in said)


def _is_headline(text: str, place: Place, labels: Sequence[_Label | None]) -> bool:
    """Is the first paragraph a headline with a colon: no sentence, and its label does not come back?"""
    names = [_surname(label.name) for label in labels if label]
    return names.count(names[0]) == 1 and text[place[1] - 1] not in '.?!…"”’]'


def _name_lines(text: str, paragraphs: Sequence[Place]) -> list[_Label | None]:
    """Returns the lines that are all name, where they head the turns of a talk in which somebody asks.

    A name in short has to stand in full at another turn. Times of day mean that the names are of the
    authors of a live blog.
    """
    if any(re.match(CLOCK, text[slice(*place)] + " ") for place in paragraphs):
        return [None] * len(paragraphs)
    lines = [name_line(text, place) for place in paragraphs]
    full = {_surname(text[slice(*line)]) for line in lines if line and len(_words(text[slice(*line)])) > 1}
    found: list[_Label | None] = []
    for number, (place, line) in enumerate(zip(paragraphs, lines, strict=True)):
        last = number + 1 == len(paragraphs) or lines[number + 1] is not None
        known = line is not None and not last and _surname(text[slice(*line)]) in full
        found.append(_Label(line, place[1], text[slice(*line)]) if line and known else None)
    names = {_surname(label.name) for label in found if label}
    asks = any(
        text[place[1] - 1] == "?" and found[number - 1] for number, place in enumerate(paragraphs) if number
    )
    return found if asks and len(names) > 1 else [None] * len(paragraphs)


def _questions_in_bold(text: str, paragraphs: Sequence[Place]) -> frozenset[int]:
    """Returns the numbers of the paragraphs in bold that are an interview's questions.

    Explainers set questions in bold too ("What is a toll?"); there nobody is asked and nobody says "I".
    """
    bold = [bool(_BOLD.match(text, *place)) for place in paragraphs]
    asked = [
        n for n, place in enumerate(paragraphs) if bold[n] and text[slice(*place)].rstrip("*_ ")[-1:] == "?"
    ]
    answered = [n for n in asked if n + 1 < len(paragraphs) and not bold[n + 1]]
    own = [n for n in answered if _FIRST_PERSON.search(_plain(text[slice(*paragraphs[n + 1])]))]
    addressed = any(_SECOND_PERSON.search(text[slice(*paragraphs[n])]) for n in asked)
    if len(answered) < _TURNS or not addressed or len(own) < _ANSWERED * len(answered):
        return frozenset()
    return frozenset(asked)


def _plain(paragraph: str) -> str:
    """Returns a paragraph without what it quotes."""
    return re.sub(r"[“\"][^”\"]*[”\"]", "", paragraph)


def _is_note(text: str, place: Place) -> bool:
    """Is the paragraph a note of the editors: in italics, or on what was done with the conversation?"""
    if _ITALIC.match(text, *place):
        return True
    return bool(_on_the_talk().match(text[slice(*place)]))


@cache
def _on_the_talk() -> re.Pattern[str]:
    talk, edited = (any_of(load_lexicon("labels")[name].forms) for name in ("talk", "edited"))
    return re.compile(
        rf"[*_(\[]*(?:this|the)\s(?:[\w’'\-]+\s){{0,2}}{talk}\s[^.?!]{{0,40}}?\b{edited}\b", re.IGNORECASE
    )


def _is_alike(text: str, turn: Turn, place: Place) -> bool:
    """Does a paragraph go on with a turn? Where its words stand in quotation marks, only quoted ones do."""
    return not turn.contents or not _QUOTED.match(text, *turn.contents[-1]) or text[place[0]] in '“"‘'


def _source_in(text: str, label: _Label) -> Place:
    """Returns the words of a label that name the speaker: an office holder's name is in brackets."""
    match = _OFFICE_HOLDER.match(text, *label.place)
    if match is None or describe(match["office"]) is None or not re.search(r"[a-z]", match["name"]):
        return label.place
    return match.span("name")


def _words(label: str) -> list[str]:
    return re.split(r"[,(\[]", label)[0].split()


def _surname(label: str) -> str:
    """Returns the last word of a label before a comma or bracket: later turns shorten the name to it."""
    words = _words(label)
    return words[-1].casefold() if words else ""


def turn_drafts(turns: list[Turn]) -> list[Draft]:
    """Returns one draft a turn; its cue is the label."""
    return [Draft(turn.contents, turn.label, turn.source, 1.0, label=True) for turn in turns]
