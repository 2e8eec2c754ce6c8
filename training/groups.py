"""Groups of statements by one fictional speaker, with the pairs that conflict (``training/groups``).

A file holds groups, separated by empty lines::

    # Maria Holt, transport minister | rail fares
    1 [said 2021-03-04] "Fares will not go up this year,"
    2 [announced 2021-10-20] an average rise of 4.2 percent from December
    3 [said 2021-11-02] season tickets in the north would stay at their present price until spring
    change: 1-2

The relations are ``contradiction``, ``change``, ``report`` (one utterance, given differently) and ``same``.
Every pair that is not listed holds together: look-alikes of one speaker on one subject.
"""

import re
from dataclasses import dataclass
from pathlib import Path

CONFLICTS = ("contradiction", "change", "report")
RELATIONS = (*CONFLICTS, "same")

_STATEMENT = re.compile(r"(\d+) \[(.+) (\d{4}-\d{2}-\d{2})\] (.+)")
_RELATION = re.compile(rf"({'|'.join(RELATIONS)}):((?: \d+-\d+)+)")


@dataclass(frozen=True)
class Said:
    """One statement of a group; the date is ISO."""

    cue: str
    date: str
    text: str


@dataclass(frozen=True)
class Group:
    """Statements in order and the relation of some pairs of them, by places with the lower first."""

    head: str
    statements: tuple[Said, ...]
    relations: dict[tuple[int, int], str]

    def pairs(self) -> list[tuple[Said, Said, str | None]]:
        """Returns every pair with its relation; None where both hold."""
        count = len(self.statements)
        return [
            (self.statements[i], self.statements[j], self.relations.get((i, j)))
            for i in range(count)
            for j in range(i + 1, count)
        ]


def parse_group(block: str) -> Group:
    """Returns the group in a block of lines; raises ValueError with the line that is wrong."""
    head, *lines = block.strip().split("\n")
    if not head.startswith("# "):
        raise ValueError(f"no head: {head!r}")
    statements: list[Said] = []
    relations: dict[tuple[int, int], str] = {}
    for line in lines:
        if (match := _STATEMENT.fullmatch(line)) and int(match[1]) == len(statements) + 1:
            statements.append(Said(match[2], match[3], match[4]))
        elif match := _RELATION.fullmatch(line):
            for typed in match[2].split():
                first, second = sorted(int(number) - 1 for number in typed.split("-"))
                if not 0 <= first < second < len(statements) or (first, second) in relations:
                    raise ValueError(f"{head}: {typed} is no pair, or stands twice")
                relations[(first, second)] = match[1]
        else:
            raise ValueError(f"{head}: {line!r}")
    return Group(head[2:], tuple(statements), relations)


def load_groups(folder: Path) -> list[Group]:
    """Returns the groups of all files of a folder."""
    return [
        parse_group(block)
        for path in sorted(folder.glob("*.txt"))
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    ]
