"""Text with hard line ends -> the same text with spaces for the line ends that only a fixed width put there.

Mail programs, wire services and editors fill lines up to a width: the next word would not have fitted. Only
such a line end is taken away, one character for one, so that offsets stay those of the file.
"""

import re
from collections.abc import Iterator

WIDEST = 100
"""Characters of the longest line that a program fills; agencies set 60 to 80."""

NARROWEST = 40
"""Characters; narrower lines are verse, tables or lists."""

LEAST_ENDS = 3
"""Line ends inside paragraphs; fewer tell no width."""

FILLED = 0.8
"""Share of those line ends after which the next word would not have fitted."""

UNFINISHED = 0.5
"""Share of those line ends that stand inside a sentence; lines that are whole sentences are paragraphs."""

_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"(?<=[^\s])[ \t]*(\r\n|\n|\r)(?=\S)")
_OPENS = re.compile(
    r"[-*•‣▪●–—>|#]|\d{1,3}[.)]\s|(?:\*\*)?[^\W\d_a-z][\w.’'\-]*(?:\s+[^\W\d_a-z][\w.’'\-]*){0,4}[^\S\n]*"
    r"(?:\([^()\n]{1,40}\))?:(?:\*\*)?\s|[QA]\.\s"
)
"""What opens a line that is no part of the sentence before: bullets, headings, labels of turns."""

_ENDED = re.compile(r"[.?!…:;][\"”’')\]*_]*$")


def unwrapped(text: str) -> str:
    """Returns the text, of the same length, without the line ends that a width put into its paragraphs."""
    ends = list(_ends(text))
    if len(ends) < LEAST_ENDS:
        return text
    width = max(length for _, length, _ in ends)
    filled = [end for end in ends if end[1] + 1 + end[2] > width]
    inside = [end for end in filled if not _ENDED.search(text, max(0, end[0].start() - 6), end[0].start())]
    if width < NARROWEST or len(filled) < FILLED * len(ends) or len(inside) < UNFINISHED * len(ends):
        return text
    parts, at = [], 0
    for match, _, _ in filled:
        parts += [text[at : match.start(1)], " " * len(match[1])]
        at = match.end(1)
    return "".join([*parts, text[at:]])


def _ends(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yields each line end inside a paragraph, the length of its line and of the next line's first word."""
    for match in _BREAK.finditer(text):
        start = max(text.rfind("\n", 0, match.start(1)), text.rfind("\r", 0, match.start(1))) + 1
        line = _LINE.match(text, match.end(1))
        following = line[0] if line else ""
        length = match.start(1) - start
        if length > WIDEST or len(following) > WIDEST or _OPENS.match(following):
            continue
        yield match, length, len(following.split(maxsplit=1)[0])
