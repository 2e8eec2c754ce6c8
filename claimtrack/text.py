"""Paragraph, sentence and quotation spans of a text, and folded forms of its words.

Quotations are found before sentences: a quotation of several sentences is one stretch, and a full
stop inside it ends no sentence of the article. All functions take time linear in the text.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from statistics import quantiles

from claimtrack.lexicon import load_lexicon

OPENING = {"“": "”", "„": "”“", "«": "»", "‹": "›", "「": "」"}
"""Opening quotation marks that cannot be mistaken, with what closes them."""

DOUBLE_MARKS = frozenset('"“”„«»')
SINGLE_MARKS = frozenset("'‘’‚‹›")

WIDEST = 120
"""Characters; editors and mail programs break lines at 65 to 100, and longer lines are paragraphs."""

SHORT = 40
"""Characters; a shorter line ends where its writer ended it."""

RUNNING_ON = 0.4
"""Share of long lines followed by one in lower case from which lines are broken at a width: of running
text it is 0.7-0.9, of headlines, lists and verse below 0.2."""

FEWEST_RUNNING = 2
"""Such lines; one may be a slip."""

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BROKEN = re.compile(r"[^\n]+")
_NEW = re.compile(r"[>#|=-]|[*•–—·‣▪◦►+]\s|\(?\d{1,2}[.)]\s")
"""What begins a line of its own: a bullet, a number, a quoting mark, a heading, a table."""

_LABEL = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,4}:\s")
_ENDED = re.compile(r"[.?!…:;|][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"(?<![.?!…])[.?!…]++[\"'”’»)\]]*+(?=\s)")
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_BEFORE_OPENING = frozenset("([{—–-/:,;“‘\"'«")
_MARK = re.compile("[" + "".join(OPENING) + "\"'‘`]")
"""What can open a quotation; between two such marks there is nothing to look at."""

_DOUBLE = re.compile("[" + "".join({*OPENING, *"".join(OPENING.values()), '"'}) + "]")
"""What a quotation in other than single marks may end with, or one within begin with."""

_PARAGRAPHS = 256
"""Paragraphs kept with their quotations and sentences: those of the articles being read, which are asked for
a dozen times each."""

_SINGLE_CLOSER = re.compile(r"(?<!\s)[’']")
_TYPED = ("''", "``")
"""Two apostrophes or grave accents typed for a double mark, as in agency feeds and old archives."""
_TYPED_CLOSE = re.compile(r"(?<!\s)''")
_ELISION = re.compile(r"['’](?:\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|round\b|n\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch from opening to closing mark, both included; open ones run to the paragraph's end."""

    start: int
    end: int
    closed: bool


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Returns the non-empty lines of a text, without white space at their ends."""
    spans = []
    for line in _LINE.finditer(text):
        stripped = line[0].strip()
        if stripped:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            spans.append((start, start + len(stripped)))
    return spans


@lru_cache(maxsize=2)
def unwrapped(text: str) -> str:
    """Returns a text of the same length in which lines broken at a width run on: their ends are spaces.

    Other line ends stay, and all of them in a text whose paragraphs are whole lines. Offsets in the one
    text are those in the other.
    """
    lines = [(m.start(), m[0].rstrip()) for m in _BROKEN.finditer(text) if m[0].strip()]
    near = [(a, b) for a, b in pairwise(lines) if text.count("\n", a[0], b[0]) == 1]
    long = [(a, b) for a, b in near if len(a[1].strip()) >= SHORT and " " in a[1].strip()]
    running = sum(1 for a, b in long if b[1].lstrip()[0].islower())
    if running < max(FEWEST_RUNNING, RUNNING_ON * len(long)):
        return text
    width = quantiles([len(line) for (_, line), _ in long], n=10)[-1]
    if width > WIDEST:
        return text
    parts, at = [], 0
    for (start, line), (following, after) in near:
        if _runs_on(line, after, width, is_first=start == lines[0][0]):
            end = start + len(line)
            parts += [text[at:end], " " * (following - end)]
            at = following
    return "".join([*parts, text[at:]])


def _runs_on(line: str, after: str, width: float, is_first: bool) -> bool:
    """Does a line go on in the next: within a sentence, or as there was no room for the next word?"""
    words, following = line.strip(), after.strip()
    is_deeper = len(after) - len(after.lstrip()) > len(line) - len(line.lstrip())
    if is_deeper or words[0] == "#" or _NEW.match(following):
        return False
    if following[0].islower() and " " in words and not _ENDED.search(words[-20:]):
        return True
    if len(words) < SHORT or (is_first and not following[0].islower()):
        return False
    is_full = len(following.split(None, 1)[0]) >= width - len(line)
    return not _ENDED.search(words[-20:]) or (is_full and not _LABEL.match(following))


def quotation_spans(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Returns the outermost quotations between two offsets, paragraph by paragraph.

    Straight, curly and low double marks, guillemets, and single marks in British style. An
    apostrophe is none. A mark that never closes runs to the end of its paragraph, as printers leave it
    open where the next paragraph goes on; a single one only where that paragraph opens one again.
    """
    stop = len(text) if end is None else end
    found: list[Quotation] = []
    paragraphs = paragraph_spans(text[start:stop])
    for number, (left, right) in enumerate(paragraphs):
        goes_on = number + 1 < len(paragraphs) and text[start + paragraphs[number + 1][0]] in SINGLE_MARKS
        at = start + left
        for quotation in _quotations_in(text[at : start + right], goes_on):
            found.append(Quotation(at + quotation.start, at + quotation.end, quotation.closed))
    return found


@lru_cache(maxsize=_PARAGRAPHS)
def _quotations_in(text: str, goes_on: bool = False) -> tuple[Quotation, ...]:
    """Returns the quotations of one paragraph; does the next one begin with a single mark?"""
    end = len(text)
    closers = _single_closers(text)
    found: list[Quotation] = []
    at = 0
    while (found_mark := _MARK.search(text, at)) is not None:
        at = found_mark.start()
        mark = text[at]
        close: int | None = None
        if text.startswith(_TYPED, at) and _may_open(text, at, len("''")):
            closing = _TYPED_CLOSE.search(text, at + 2)
            close = closing.start() + 1 if closing else None
            found.append(Quotation(at, end if close is None else close + 1, close is not None))
        elif mark in OPENING or (mark == '"' and _may_open(text, at)):
            close = _double_close(text, at)
            found.append(Quotation(at, end if close is None else close + 1, close is not None))
        elif (
            mark in "‘'"
            and not text.startswith(_TYPED, at)
            and _may_open(text, at)
            and not _ELISION.match(text, at)
        ):
            close = _single_close(text, at, closers)
            if close is None and not goes_on:
                at += 1
                continue
            found.append(Quotation(at, end if close is None else close + 1, close is not None))
        else:
            at += 1
            continue
        at = end if close is None else close + 1
    return tuple(found)


def _may_open(text: str, at: int, length: int = 1) -> bool:
    """Can the mark at ``at`` open: white space, a bracket or a dash before, no white space after?"""
    before = text[at - 1] if at > 0 else " "
    after = text[at + length] if at + length < len(text) else " "
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()


def _double_close(text: str, at: int) -> int | None:
    mark = text[at]
    if mark != '"':
        depth = 1
        for found in _DOUBLE.finditer(text, at + 1):
            i = found.start()
            if text[i] in OPENING[mark]:
                depth -= 1
                if depth == 0:
                    return i
            elif text[i] == mark:
                depth += 1
            elif text[i] == '"' and not _may_open(text, i):
                return i
        return None
    for found in _DOUBLE.finditer(text, at + 1):
        i = found.start()
        if text[i] == "”" or (text[i] == '"' and not _opens_inside(text, i)):
            return i
    return None


def _opens_inside(text: str, at: int) -> bool:
    """Is this straight mark the opening one of a quotation within, as in ``"He said "no" twice"``?"""
    before, after = text[at - 1], text[at + 1] if at + 1 < len(text) else " "
    return before.isspace() and not after.isspace() and after.isalnum()


def _single_closers(text: str) -> list[int]:
    """Returns where a single closing mark may stand: no letter or digit right after it."""
    return [
        match.start()
        for match in _SINGLE_CLOSER.finditer(text, 1)
        if match.end() >= len(text) or not text[match.end()].isalnum()
    ]


def _single_close(text: str, at: int, closers: list[int]) -> int | None:
    """Returns the closing mark: the first that is no plural possessive, else the last possible."""
    last = None
    for which in range(bisect_right(closers, at), len(closers)):
        i = closers[which]
        between = text[at + 1 : i] if last is None else ""
        if last is None and not between.strip():
            return None
        after = text[i + 1 : i + 3]
        possessive = text[i - 1] in "sS" and len(after) == 2 and after[0] == " " and after[1].islower()
        if not possessive:
            return i
        if last is not None:
            return last
        last = i
    return last


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Returns sentences in order; a paragraph ends one, a full stop inside a quotation does not.

    A quotation's closing ``?”`` or ``!”`` ends no sentence where a lower-case word follows.
    """
    stop = len(text) if end is None else end
    return [
        (start + left + first, start + left + last)
        for left, right in paragraph_spans(text[start:stop])
        for first, last in _sentences_in(text[start + left : start + right])
    ]


@lru_cache(maxsize=_PARAGRAPHS)
def _sentences_in(text: str) -> tuple[tuple[int, int], ...]:
    """Returns the sentences of one paragraph."""
    inside = _quotations_in(text)
    spans: list[tuple[int, int]] = []
    first, which = 0, 0
    for match in _SENTENCE_END.finditer(text):
        while which < len(inside) and inside[which].end < match.end():
            which += 1
        in_quotation = (
            which < len(inside) and inside[which].start < match.start() and match.end() < inside[which].end
        )
        if in_quotation or not _ends_sentence(text, match):
            continue
        spans.append((first, match.end()))
        first = match.end()
        while first < len(text) and text[first].isspace():
            first += 1
    if first < len(text):
        spans.append((first, len(text)))
    return tuple(spans)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    after = match.end()
    while after < len(text) and text[after].isspace():
        after += 1
    following = text[after : after + 1]
    if not following:
        return False
    if following.islower():
        return False
    if match[0].startswith(".") and not match[0].startswith(".."):
        word = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start() + 1])
        if word:
            last = word[1].lower()
            if last in _abbreviations("before_name", "in_sentence"):
                return False
            if len(last) == 1 and last.isalpha() and word[1].isupper():
                return False
    return True


@cache
def _abbreviations(*groups: str) -> frozenset[str]:
    return load_lexicon("abbreviations").forms(*groups)


def context_span(text: str, start: int, end: int, longest: int = 1200) -> tuple[int, int]:
    """Returns the paragraphs around ``text[start:end]``; cut at ``longest`` characters on either side."""
    text = unwrapped(text)
    left = max(text.rfind("\n", 0, start) + 1, start - longest)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + longest)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def fold(text: str) -> str:
    """Returns the text in lower case without accents, apostrophes straight, white space single."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    for special, plain in (("ø", "o"), ("ł", "l"), ("đ", "d"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe")):
        bare = bare.replace(special, plain).replace(special.upper(), plain.upper())
    return " ".join(bare.casefold().split())
