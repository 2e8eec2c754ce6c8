"""Front matter of notes: YAML that Obsidian, GitHub and site generators read, and people write in too."""

import json
import re
from collections.abc import Mapping, Sequence

from claimtrack.notes.phrases import one_line

Properties = Mapping[str, str | int | Sequence[str]]
"""Names and values; a name has no character that YAML would act on."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n((?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")


def front_matter(properties: Properties, line_end: str = "\n") -> str:
    """Returns the properties as front matter."""
    lines = [line for name, value in properties.items() for line in _lines(name, value)]
    return "".join(line + line_end for line in ("---", *lines, "---"))


def with_properties(head: str, properties: Properties, line_end: str) -> str:
    """Returns the beginning of a file with those properties brought up to date that its front matter has.

    What a person wrote beside them stays; without front matter nothing changes.
    """
    matter = _FRONT_MATTER.match(head)
    if matter is None:
        return head
    lines = matter[1].split("\n")[:-1]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of(lines, at)
        name = lines[at].partition(":")[0]
        if name in properties:
            ending = "\r\n" if lines[at].endswith("\r") else line_end
            kept += [line + ending for line in _lines(name, properties[name])]
        else:
            kept += [line + "\n" for line in lines[at:end]]
        at = end
    return head[: matter.start(1)] + "".join(kept) + head[matter.end(1) :]


def _end_of(lines: Sequence[str], at: int) -> int:
    """Returns where the property that begins in a line ends: behind its indented lines and its list."""
    end = at + 1
    while end < len(lines) and re.match(r"[ \t]+\S|- |-\r?$", lines[end]):
        end += 1
    return end


def _lines(name: str, value: str | int | Sequence[str]) -> list[str]:
    if isinstance(value, int):
        return [f"{name}: {value}"]
    if isinstance(value, str):
        return [f"{name}: {_quoted(value)}"]
    return [f"{name}:", *(f"  - {_quoted(item)}" for item in value)]


def _quoted(text: str) -> str:
    """Returns the text in one line in double quotation marks, which JSON and YAML write alike."""
    return json.dumps(one_line(text), ensure_ascii=False)
