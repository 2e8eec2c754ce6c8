"""A file of notes taken apart: the blocks that claimtrack wrote, and the person's own words around them.

A block stands between two comments that no reader of Markdown shows. The first names the block and the
searches that found it, the second the block again, with a digest that shows whether it was edited since::

    <!-- claimtrack begin cf-9f2c61d0a4b7 q-1c0ffee5beef -->
    ...
    <!-- claimtrack end cf-9f2c61d0a4b7 5a1b0c2d -->
"""

import hashlib
import re

from claimtrack.errors import InputError
from claimtrack.models import Value

_MARKER = re.compile(
    r"<!-- claimtrack (begin|end) ((?:cf|st|q)-[0-9a-f]{12})((?: q-[0-9a-f]{12})*)(?: ([0-9a-f]{8}))? -->"
)
_LIKE_MARKER = re.compile(r"[ \t]*<!--\s*claimtrack\b")
_MERGE = re.compile(r"(?:<{7}|>{7})(?: |\r?$)")
_TASK = re.compile(r"^- \[.\] .*(?:\n[ \t]+\S.*)*", re.MULTILINE)
_NOTICE = re.compile(r"\A> \[!WARNING\]\n> \*\*No longer found\.\*\*.*\n\n?")

BYTE_ORDER_MARK = "\ufeff"


class Kept(Value):
    """One block in a file of notes and the person's words that follow it.

    ``text`` is what stands between the comments, its lines ended by a line feed alone; ``digest`` is
    that of what was written there. ``raw`` are the block's characters in the file, empty where it is to be
    written anew. ``line`` counts from 1, 0 for a block that the file does not have yet.
    """

    id: str
    searches: tuple[str, ...] = ()
    text: str
    digest: str
    raw: str = ""
    own: str = ""
    line: int = 0

    @property
    def is_edited(self) -> bool:
        """Did a person change more of it than its tasks? White space does not count."""
        return bool(self.text) and digest_of(without_notice(self.text)) != self.digest


def digest_of(text: str) -> str:
    """Returns 8 hexadecimal digits that depend on a block's words, not on its tasks.

    White space and backslashes do not count: programs that tidy Markdown change them.
    """
    words = "".join(_TASK.sub("", text).split()).replace("\\", "")
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def tasks_of(text: str) -> list[str]:
    """Returns the lines of a block that can be ticked, each with the indented ones below it."""
    return _TASK.findall(text)


def with_tasks(text: str, tasks: list[str]) -> str:
    """Returns the text with its tasks replaced, in order; further ones come behind the last."""
    left = list(tasks)
    ends = [match.end() for match in _TASK.finditer(text)]
    filled = _TASK.sub(lambda match: left.pop(0) if left else match[0], text)
    if not left:
        return filled
    end = ends[-1] + len(filled) - len(text) if ends else len(filled)
    return filled[:end] + ("\n" if ends else "\n\n") + "\n".join(left) + filled[end:]


def with_notice(text: str, why: str) -> str:
    """Returns a block's text with a line on top that says why it is no longer found."""
    notice = f"> [!WARNING]\n> **No longer found.** {why} What follows is as it was found last."
    return f"{notice}\n\n{without_notice(text)}"


def without_notice(text: str) -> str:
    """Returns a block's text without that line."""
    return _NOTICE.sub("", text)


def take_apart(text: str, name: str) -> tuple[str, list[Kept]]:
    """Returns what stands before the first block, and the blocks in order.

    Raises:
        InputError: A merge left its conflict in the file ``name``, or its comments do not fit together.
    """
    lines = text.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + lines[-1:]
    marks = [(number, mark) for number, line in enumerate(lines) if (mark := _mark_in(line, number, name))]
    blocks: list[Kept] = []
    for at in range(0, len(marks), 2):
        first, begin = marks[at]
        last, end = _ending(marks, at, name)
        following = marks[at + 2][0] if at + 2 < len(marks) else len(lines)
        known = [block for block in blocks if block.id == begin[2]]
        if known:
            raise _damaged(name, first, f"{begin[2]} begins a second time, after line {known[0].line}")
        blocks.append(
            Kept(
                id=begin[2],
                searches=tuple(begin[3].split()),
                text="".join(lines[first + 1 : last]).replace("\r\n", "\n").strip("\n"),
                digest=end[4] or "",
                raw="".join(lines[first : last + 1]),
                own="".join(lines[last + 1 : following]),
                line=first + 1,
            )
        )
    return "".join(lines[: marks[0][0]] if marks else lines), blocks


def _mark_in(line: str, number: int, name: str) -> re.Match[str] | None:
    if _MERGE.match(line):
        raise InputError(
            f"{name}, line {number + 1}: a merge left its conflict in the file",
            "Resolve it first. Nothing was written.",
        )
    if not _LIKE_MARKER.match(line):
        return None
    mark = _MARKER.fullmatch(line.strip())
    if mark is None:
        raise _damaged(name, number, "this comment of claimtrack is not as it was written")
    return mark


def _ending(marks: list[tuple[int, re.Match[str]]], at: int, name: str) -> tuple[int, re.Match[str]]:
    """Returns the comment that ends the block begun at ``marks[at]``; raises InputError where it does not."""
    first, begin = marks[at]
    if begin[1] == "end":
        raise _damaged(name, first, f"{begin[2]} ends, and has not begun")
    last, end = marks[at + 1] if at + 1 < len(marks) else (first, begin)
    if end[1] == "begin":
        inside = f" before {end[2]} begins in line {last + 1}" if end is not begin else ""
        raise _damaged(name, first, f"{begin[2]} begins and does not end{inside}")
    if end[2] != begin[2]:
        raise _damaged(name, last, f"{end[2]} ends within {begin[2]}, which began in line {first + 1}")
    return last, end


def _damaged(name: str, line: int, what: str) -> InputError:
    return InputError(
        f"{name}, line {line + 1}: {what}",
        "Restore the pair of comment lines around the block, or delete the block with both: it is then "
        "written anew. Nothing was written.",
    )
