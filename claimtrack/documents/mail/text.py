"""Text of a mail -> paragraphs, with what was quoted from other mails, signatures and notices set apart.

Mail programs break lines at a fixed width and set ``>`` before what is answered. Both are undone:
what is passed on and pull quotations lose their marks, what is answered becomes junk.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claimtrack.documents.header import Header
from claimtrack.documents.mail.heads import Head, attribution_end, find_head, is_answer_subject
from claimtrack.documents.mail.lines import Line, Paragraph, fill
from claimtrack.lexicon import any_of, load_lexicon
from claimtrack.models import Junk

LONGEST_SIGNATURE = 15
"""Lines after ``--`` up to which it is a signature; more is text after a dash."""

LONGEST_NOTICE = 1_000
"""Characters of a notice on unsubscribing or confidentiality, a paragraph each."""

LONGEST_MOBILE = 80
"""Characters of the line that a telephone adds."""

FEW_WORDS = 30
"""Words between two heads up to which the first message only passes the second on: ``FYI, see below``."""


class MailText(NamedTuple):
    """A mail's text; ``passed_on`` is what stands above the message in it that was passed on."""

    text: str
    junk: tuple[Junk, ...]
    passed_on: Header | None


def read_mail_text(lines: Sequence[Line], is_answer: bool) -> MailText:
    """Returns the paragraphs of a mail's lines; ``is_answer`` says that the mail answers another one."""
    marking = _Marking(lines, is_answer)
    marking.run()
    pieces: list[str] = []
    junk: list[Junk] = []
    at = 0
    for paragraph in fill(lines, marking.reasons):
        separator = "" if not pieces else "\n\n" if paragraph.apart else "\n"
        start = at + len(separator)
        at = start + len(paragraph.words)
        pieces += [separator, paragraph.words]
        reason = paragraph.reason or _notice(paragraph)
        if reason:
            junk.append(Junk(start=start, end=at, reason=reason))
    return MailText("".join(pieces), tuple(junk), _original(marking.heads, lines))


class _Marking:
    """Goes through the lines of a mail once and notes why a line is no text of its own."""

    def __init__(self, lines: Sequence[Line], is_answer: bool) -> None:
        self.reasons: list[str | None] = [None] * len(lines)
        self.heads: list[Head] = []
        self._lines = lines
        self._answers = is_answer
        self._base = self._own_depth()

    def run(self) -> None:
        """Fills ``reasons`` and ``heads``."""
        at = 0
        while at < len(self._lines):
            at = self._step(at)

    def _step(self, at: int) -> int:
        """Marks what begins at a line and returns the line to go on with."""
        line = self._lines[at]
        if line.words and line.depth < self._base:
            self._base = line.depth
        head = find_head(self._lines, at)
        if head is not None:
            return self._take_head(head)
        end = attribution_end(self._lines, at)
        if end is not None:
            return self._take_attribution(at, end)
        if line.words == "--" and line.depth <= self._base:
            end = self._section_end(at)
            if sum(1 for other in self._lines[at:end] if other.words) <= LONGEST_SIGNATURE + 1:
                return self._mark(at, end, "signature")
        elif line.words and line.depth > self._base and self._answers:
            self.reasons[at] = "quoted reply"
        return at + 1

    def _take_head(self, head: Head) -> int:
        """Marks a head; what it stands above is text if it is passed on, junk to the end if answered."""
        if self._answers and not head.marker:
            return self._mark(head.start, self._depth_end(head.start), "quoted reply")
        self.heads.append(head)
        self._base = self._lines[head.end - 1].depth
        self._answers = is_answer_subject(head)
        return self._mark(head.start, head.end, "mail header")

    def _take_attribution(self, at: int, end: int) -> int:
        """Marks ``On … wrote:`` with the quotation below, or with all that follows in an answer."""
        depth = self._lines[at].depth
        first = next((i for i in range(end, len(self._lines)) if self._lines[i].words), None)
        if first is not None and self._base >= self._lines[first].depth > depth:
            return self._mark(at, end, "mail header")
        if first is not None and self._lines[first].depth > depth:
            while first < len(self._lines) and not (
                self._lines[first].words and self._lines[first].depth <= depth
            ):
                first += 1
            return self._mark(at, first, "quoted reply")
        if self._answers:
            return self._mark(at, self._depth_end(at), "quoted reply")
        return end

    def _own_depth(self) -> int:
        """Returns how many ``>`` stand before the mail's own words: none, unless all of it is quoted."""
        at, depths = 0, set[int]()
        while at < len(self._lines):
            end = attribution_end(self._lines, at)
            if end is None and self._lines[at].words:
                depths.add(self._lines[at].depth)
            at = end or at + 1
        return min(depths, default=0)

    def _depth_end(self, at: int) -> int:
        """Returns the line at which what is quoted as deep as this line ends."""
        depth = self._lines[at].depth
        while at < len(self._lines) and (self._lines[at].depth >= depth or not self._lines[at].words):
            at += 1
        return at

    def _section_end(self, at: int) -> int:
        """Returns where a signature ends at the latest: at a head, a quotation or the mail's end."""
        depth, first = self._lines[at].depth, at + 1
        for end in range(first, min(first + 4 * LONGEST_SIGNATURE, len(self._lines))):
            line = self._lines[end]
            quoted = bool(line.words) and line.depth != depth
            if quoted or find_head(self._lines, end) or attribution_end(self._lines, end):
                return end
        return min(first + 4 * LONGEST_SIGNATURE, len(self._lines))

    def _mark(self, start: int, end: int, reason: str) -> int:
        self.reasons[start:end] = [reason] * (end - start)
        return end


def _original(heads: Sequence[Head], lines: Sequence[Line]) -> Header | None:
    """Returns what stands above the text: of the last of several messages that only pass it on."""
    if not heads:
        return None
    original = heads[0]
    for head in heads[1:]:
        between = sum(len(line.words.split()) for line in lines[original.end : head.start])
        if between > FEW_WORDS:
            break
        original = head
    return original.header


def _notice(paragraph: Paragraph) -> str | None:
    """Returns why a paragraph is what programs and lists add below a mail, or ``None``."""
    if len(paragraph.words) > LONGEST_NOTICE:
        return None
    folded = paragraph.words[:100].lower().replace("’", "'").lstrip("*_-=|<([ ")
    if len(paragraph.words) <= LONGEST_MOBILE and _opening("signature").match(folded):
        return "signature"
    return "mailing list" if _opening("list_line").match(folded) else None


@cache
def _opening(group: str) -> re.Pattern[str]:
    return re.compile(rf"{any_of(load_lexicon('mail')[group].forms)}\b")
