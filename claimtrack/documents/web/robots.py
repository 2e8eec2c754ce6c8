"""What a site's ``robots.txt`` asks of programs, as RFC 9309 has it.

The standard library's parser knows neither ``*`` and ``$`` in paths, which most news sites use, nor
that the longest rule wins.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

LARGEST = 512_000
"""Bytes of a ``robots.txt`` that are read; 500 kibibytes are what RFC 9309 asks for."""

_LINE = re.compile(r"[ \t]*([A-Za-z-]+)[ \t]*:[ \t]*([^#]*)")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


class Rules(NamedTuple):
    """Paths that are allowed (true) or not, and the seconds to leave between two requests."""

    paths: tuple[tuple[bool, str], ...] = ()
    pause: float = 0.0

    def allow(self, address: str) -> bool:
        """May the address be fetched? The longest rule that fits decides; of two equal ones, yes."""
        parts = urlsplit(address)
        path = _plain(parts.path + (f"?{parts.query}" if parts.query else "")) or "/"
        fitting = [(len(pattern), allowed) for allowed, pattern in self.paths if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def read_rules(text: str, agent: str) -> Rules:
    """Returns the rules for a program: those that name it, else those for all."""
    own: list[tuple[str, str]] = []
    common: list[tuple[str, str]] = []
    targets: list[list[tuple[str, str]]] = []
    is_named = naming = False
    for line in text.removeprefix("\ufeff").splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            targets = targets if naming else []
            naming = True
            if value.lower() == agent.lower():
                is_named = True
                targets.append(own)
            elif value == "*":
                targets.append(common)
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            for target in targets:
                target.append((key, value))
    return _rules(own if is_named else common)


def _rules(lines: list[tuple[str, str]]) -> Rules:
    paths = tuple((key == "allow", _plain(value)) for key, value in lines if key != "crawl-delay" and value)
    return Rules(paths, max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0))


def _seconds(value: str) -> float:
    return float(value) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value, re.ASCII) else 0.0


def _plain(path: str) -> str:
    """Returns a path with everything escaped that an address has escaped, in one spelling."""
    escaped = quote(path, safe="%/:=&?~+!$,;'@()*[]|")
    return _ESCAPE.sub(lambda match: match[0].upper(), escaped)


def _fits(pattern: str, path: str) -> bool:
    """Does a path begin as the pattern says? ``*`` is anything, ``$`` at its end the path's end."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not ends or path == first
    at = len(first)
    for piece in others[:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    last = others[-1]
    return len(path) - len(last) >= at and path.endswith(last) if ends else path.find(last, at) >= 0
