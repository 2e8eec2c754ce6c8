"""Turns of an interview or debate: ``NAME: what was said``.

A text is a transcript where at least ``_TURNS`` paragraphs begin with a speaker's label and at least
one label comes back, which separates turns from ordinary paragraphs with a colon.
"""

import re
from collections import Counter
from dataclasses import dataclass

from claimtrack.lexicon import load_lexicon
from claimtrack.statements.drafts import Draft, Place, trimmed
from claimtrack.text import paragraph_spans

_TURNS = 3
"""Labelled paragraphs; two may be a headline and a caption."""

_SHARE = 0.3
"""Of all paragraphs; below, the labels are lists or captions inside prose."""

_CAPITAL = r"[^\W\d_a-z]"
_NAME = rf"(?:{_CAPITAL}[\w.’'()\-]*|\d{{1,2}}|de|la|al|bin|van|von|of|the|and)"
_ASIDE = r"(?:\s*\([^)\n]{1,60}\)|\s*\[[^\]\n]{1,60}\]|,\s+[\w .'’\-]{1,60})"
"""What a label adds to the name: ``(Labour)``, ``[opposition]``, ``, HOST``."""

_LABEL = re.compile(
    rf"(?:\*\*|__)?(?:>{{2,3}}\s*)?(?P<label>(?:Q|A|{_CAPITAL}[\w.’'\-]*(?:\s+{_NAME}){{0,6}}){_ASIDE}?)"
    r"(?:\*\*|__)?\s*:(?:\*\*|__)?(?=\s|$)"
)
_CHANGE = re.compile(r">{2,3}")
"""Captions mark a change of speaker so, whether they name the next one or not."""

_BOLD = re.compile(r"\*\*(?:(?!\*\*).)+\*\*$|__(?:(?!__).)+__$", re.DOTALL)
"""A paragraph in bold is a question; what follows it in plain type is another one's answer."""

_STAGE = re.compile(r"^[\[(][^\])]*[\])]$")


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled paragraph and the unlabelled ones that go on with it."""

    label: Place
    colon: Place
    contents: tuple[Place, ...]


def find_turns(text: str) -> list[Turn]:
    """Returns the turns of a transcript in order; none where the text is no transcript."""
    paragraphs = paragraph_spans(text)
    labels = [_label_of(text, place) for place in paragraphs]
    counts = Counter(_surname(text[label[0] : label[1]]) for label in labels if label)
    labelled = sum(counts.values())
    if labelled < _TURNS or labelled < _SHARE * len(paragraphs) or max(counts.values()) < 2:
        return []
    turns: list[Turn] = []
    goes_on = False
    for place, label in zip(paragraphs, labels, strict=True):
        if label is not None:
            colon = text.index(":", label[1], place[1])
            said = trimmed(text, (colon + 1, place[1]), "*_")
            turns.append(Turn(label, (colon, colon + 1), (said,) if said[0] < said[1] else ()))
            goes_on = not _BOLD.match(text, *place)
        elif _CHANGE.match(text, *place) or _BOLD.match(text, *place):
            goes_on = False
        elif goes_on and not _STAGE.match(text[place[0] : place[1]]):
            last = turns[-1]
            turns[-1] = Turn(last.label, last.colon, (*last.contents, place))
    return [turn for turn in turns if turn.contents]


def _label_of(text: str, place: Place) -> Place | None:
    match = _LABEL.match(text, place[0], place[1])
    if match is None:
        return None
    if match["label"].casefold() in load_lexicon("labels").forms("not_a_speaker"):
        return None
    return match.span("label")


def _surname(label: str) -> str:
    """Returns the last word of a label before a comma or bracket: later turns shorten the name to it."""
    words = re.split(r"[,(]", label)[0].split()
    return words[-1].casefold() if words else ""


def turn_drafts(turns: list[Turn]) -> list[Draft]:
    """Returns one draft a turn; its cue is the label."""
    return [Draft(turn.contents, turn.label, turn.label, 1.0, label=True) for turn in turns]
