"""Every regular expression of claimtrack, and texts made to keep each one busy.

A pattern is attacked where it repeats: a text that leads up to the repetition, the repeated piece many
times, and an end on which the whole fails. A search whose time grows faster than the text is a way to
stop a desk with one article.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import signal
import sys
import time
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any, TypeGuard

import claimtrack

ROOT = Path(claimtrack.__file__).resolve().parent
FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
"""What of ``re`` takes a pattern first."""

BAIT = " aA1.,\n-_'’\"“”(:;@/\t<&é#*|\r[]{}=s"
"""Characters to choose from where a pattern takes one of a set; the first that fit are tried."""

ENDS = ("", "!", "\x00", "\n", " x", "a")
"""Where a match is to fail after all."""

MANY = 20
"""A repetition that ends before that is no way to keep a pattern busy."""


@dataclass(frozen=True, order=True)
class Site:
    """A place in the source that makes a pattern: file, line, and the function of ``re``."""

    file: str
    line: int
    function: str


@dataclass(frozen=True)
class Made:
    """What a place makes: the pattern and its flags where they are written there, and how it is used."""

    pattern: str | None
    flags: int
    name: str
    uses: frozenset[str]


@dataclass(frozen=True)
class Found:
    """A pattern with the places that make it, and the methods that are used of it."""

    pattern: str
    flags: int
    places: frozenset[str]
    uses: frozenset[str]


def sites_in_source() -> dict[Site, Made]:
    """Returns every call that makes a pattern of text."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}
    uses: dict[tuple[Path | None, str], set[str]] = {}
    for path, tree in trees.items():
        for name, method in _uses(tree):
            uses.setdefault((path if name.startswith("_") else None, name), set()).add(method)
    sites: dict[Site, Made] = {}
    for path, tree in trees.items():
        names = dict(_names(tree))
        for node in ast.walk(tree):
            if _makes_pattern(node):
                name = names.get(node, "")
                known = uses.get((path if name.startswith("_") else None, name), {"search"})
                how = {node.func.attr} if node.func.attr != "compile" else known
                site = Site(path.relative_to(ROOT).as_posix(), node.lineno, node.func.attr)
                sites[site] = Made(*_written(node), name, frozenset(how))
    return {site: made for site, made in sites.items() if not isinstance(made.pattern, bytes)}


@cache
def package_patterns() -> tuple[Found, ...]:
    """Returns every pattern of the package, also those made of lexicons, each with how it is used."""
    with collecting() as collector:
        load_everything()
    sites = sites_in_source()
    uses: dict[tuple[str, int], set[str]] = {}
    places: dict[tuple[str, int], set[str]] = {}
    for key, made_at in collector.made.items():
        for found in made_at:
            near = [site for site in sites if site.file == found.file]
            site = min(near, key=lambda site: abs(site.line - found.line), default=None)
            uses.setdefault(key, set()).update(sites[site].uses if site else {"search"})
            places.setdefault(key, set()).add(f"{found.file}:{sites[site].name if site else found.line}")
    for site, made in sites.items():
        if made.pattern is not None:
            key = (made.pattern, made.flags)
            uses.setdefault(key, set()).update(made.uses)
            places.setdefault(key, set()).add(f"{site.file}:{made.name or site.line}")
    return tuple(
        Found(pattern, flags, frozenset(places[pattern, flags]), frozenset(uses[pattern, flags]))
        for pattern, flags in sorted(uses)
    )


def _makes_pattern(node: ast.AST) -> TypeGuard[ast.Call]:
    """Is it a call of ``re`` with a pattern?"""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "re"
        and node.func.attr in FUNCTIONS
    )


def _written(node: ast.Call) -> tuple[Any, int]:
    """Returns the pattern, where it stands in the call as one text, and the flags."""
    first = node.args[0]
    text = first.value if isinstance(first, ast.Constant) else None
    named = [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    given = [a for a in (*node.args[1:], *named) if ast.unparse(a).startswith("re.")]
    return text, int(eval(ast.unparse(given[0]), {"re": re})) if given else 0


def _names(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yields calls with what their value is known by: a variable, or the function that returns it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield node.value, ast.unparse(target)
        elif isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield inner.value, node.name


def _uses(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yields names of patterns, or of what returns them, with the method that is used of them.

    What is handed on somewhere counts as searched for.
    """
    seen = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS - {"compile"}:
            owner = node.value.func if isinstance(node.value, ast.Call) else node.value
            seen.add(owner)
            yield ast.unparse(owner).rsplit(".", 1)[-1], node.attr
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if called and node.func not in seen:  # type: ignore[attr-defined]
            yield from ((ast.unparse(a), "search") for a in node.args if isinstance(a, ast.Name))


class Collector:
    """Notes every pattern that claimtrack makes while it is switched on."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, int], set[Site]] = {}

    def note(self, pattern: Any, flags: int, caller: FrameType | None) -> None:
        """Notes a pattern if claimtrack itself asked for it."""
        if caller is None or not isinstance(pattern, str):
            return
        file = Path(caller.f_code.co_filename)
        if file.is_relative_to(ROOT):
            positions = list(islice(caller.f_code.co_positions(), caller.f_lasti // 2, None))
            line = (positions[0][0] if positions else None) or caller.f_lineno
            site = Site(file.relative_to(ROOT).as_posix(), line, "")
            self.made.setdefault((pattern, int(flags)), set()).add(site)


@contextmanager
def collecting() -> Iterator[Collector]:
    """Gives a collector of the patterns made meanwhile."""
    collector = Collector()
    original: Callable[..., Any] = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int) -> Any:
        collector.note(pattern, flags, sys._getframe(2))
        return original(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]
    try:
        yield collector
    finally:
        re._compile = original  # type: ignore[attr-defined]


def load_everything() -> None:
    """Imports all of claimtrack anew and calls what makes patterns when it is first asked for.

    Afterwards the modules that were there before are in place again.
    """
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "claimtrack"}
    for name in before:
        del sys.modules[name]
    try:
        for info in pkgutil.walk_packages([str(ROOT)], "claimtrack."):
            if not info.name.endswith("__main__"):
                module = importlib.import_module(info.name)
                for value in vars(module).values():
                    if hasattr(value, "cache_clear") and value.__module__ == module.__name__:
                        with_no_arguments(value)
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "claimtrack"]:
            del sys.modules[name]
        sys.modules.update(before)


def with_no_arguments(function: Callable[..., Any]) -> None:
    """Calls a cached function that makes patterns and needs nothing for it."""
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    source = inspect.getsource(function)
    if not needed and ("re.compile" in source or "Pattern" in source):
        function()
    elif len(needed) == 1 and "re.compile" in source and "load_lexicon" in source:
        for group in group_names():
            with suppress(Exception):  # most groups are of another lexicon
                function(group)


@cache
def group_names() -> tuple[str, ...]:
    """Returns the names of all groups of all lexicons."""
    files = sorted((ROOT / "lexicons").glob("*.toml"))
    rules = (tomllib.loads(path.read_text(encoding="utf-8")) for path in files)
    return tuple(sorted({group["name"] for rule in rules for group in rule["group"]}))


# --- attacks ---------------------------------------------------------------------------------------

Items = Sequence[tuple[Any, Any]]


def attacks(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Yields texts of about ``length`` characters for every repetition in a pattern."""
    seen: set[str] = set()
    tree = parser.parse(pattern, flags)
    for before, body in repetitions(list(tree), ""):
        for piece in dict.fromkeys(islice(samples(body, flags), 8)):
            if not piece:
                continue
            many = piece * (length // len(piece))
            both = before + piece
            texts = [*(before + many + end for end in ENDS), both * (length // len(both)) + "!"]
            if before:
                texts.append(before * (length // len(before)) + "!")
            for text in texts:
                if text not in seen:
                    seen.add(text)
                    yield text


def repetitions(items: Items, before: str) -> Iterator[tuple[str, Items]]:
    """Yields what leads up to each repetition, and what is repeated."""
    for operation, value in items:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _least, most, body = value
            if int(most) >= MANY:
                yield before, list(body)
            yield from repetitions(list(body), before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from repetitions(list(branch), before)
        elif name == "SUBPATTERN":
            yield from repetitions(list(value[3]), before)
        elif name == "ATOMIC_GROUP":
            yield from repetitions(list(value), before)
        elif name in ("ASSERT", "ASSERT_NOT") and value[0] > 0:
            yield from repetitions(list(value[1]), before)
        before += next(samples([(operation, value)], 0), "")


def samples(items: Items, flags: int) -> Iterator[str]:
    """Yields texts that the items match, as short as they may be, with other characters each time."""
    choices = [list(islice(of_item(operation, value, flags), 5)) or [""] for operation, value in items]
    for combination in islice(product(*choices), 60):
        yield "".join(combination)


def of_item(operation: Any, value: Any, flags: int) -> Iterator[str]:
    """Yields texts that one item matches."""
    name = str(operation)
    if name == "LITERAL":
        yield chr(value)
    elif name == "ANY":
        yield from " a1."
    elif name == "NOT_LITERAL":
        yield from (c for c in BAIT if c != chr(value))
    elif name == "IN":
        yield from of_set(value)
    elif name == "BRANCH":
        for branch in value[1]:
            yield from islice(samples(list(branch), flags), 1)
    elif name == "SUBPATTERN":
        yield from samples(list(value[3]), flags)
    elif name == "ATOMIC_GROUP":
        yield from samples(list(value), flags)
    elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = value
        for text in samples(list(body), flags):
            yield text * max(int(least), min(1, int(most)))
    else:
        yield ""


def of_set(parts: Any) -> Iterator[str]:
    """Yields characters of a set: the baits that are in it, else its own first."""
    negated = str(parts[0][0]) == "NEGATE"
    rest = parts[1:] if negated else parts
    fitting = [c for c in BAIT if any(fits(c, part) for part in rest) is not negated]
    yield from fitting
    if not fitting:
        yield from (chr(v if str(kind) == "LITERAL" else v[0]) for kind, v in rest if str(kind) != "CATEGORY")


def fits(character: str, part: tuple[Any, Any]) -> bool:
    """Is a character in one part of a set?"""
    kind, value = str(part[0]), part[1]
    if kind == "LITERAL":
        return ord(character) == value
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    test = {"DIGIT": str.isdecimal, "SPACE": str.isspace, "WORD": is_word}
    name = str(value).removeprefix("CATEGORY_")
    return test[name.removeprefix("NOT_")](character) is not name.startswith("NOT_")


def is_word(character: str) -> bool:
    """Is that a character of a word, as patterns have it?"""
    return character.isalnum() or character == "_"


# --- timing ----------------------------------------------------------------------------------------


LIMIT = 0.5
"""Seconds after which a search is cut short and counts as endless."""


class TooLong(Exception):
    """A search was cut short."""


def seconds(pattern: re.Pattern[str], text: str, limit: float, method: str = "finditer") -> float:
    """Returns the processor seconds to look through a text; infinite where it takes over ``limit``."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLong

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    started = time.thread_time()
    try:
        found = getattr(pattern, method)(text)
        if method == "finditer":
            deque(found, maxlen=0)
        return time.thread_time() - started
    except TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


@cache
def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """Returns the pattern, made once."""
    return re.compile(pattern, flags)


@dataclass(frozen=True)
class Growth:
    """An attack under which a pattern's time grows too fast: seconds at a length, and at twice that."""

    text: str
    once: float
    twice: float


def fast_growth(pattern: str, flags: int, uses: Iterable[str], length: int, busy: float) -> Growth | None:
    """Returns an attack that takes over ``busy`` seconds and thrice as long for twice the text.

    A pattern that is only ever matched from the start is not searched for.
    """
    made = compiled(pattern, flags)
    anchored = sorted(set(uses) & {"match", "fullmatch"})
    methods = anchored if anchored and set(uses) <= {"match", "fullmatch"} else ["finditer"]
    for short, long in zip(
        attacks(pattern, flags, length), attacks(pattern, flags, 2 * length), strict=False
    ):
        for method in methods:
            once = seconds(made, short, LIMIT, method)
            if once < busy:
                continue
            once = min(once, seconds(made, short, LIMIT, method))  # the first one may have been disturbed
            twice = once if once > LIMIT else seconds(made, long, 4 * LIMIT, method)
            if once >= busy and (twice > 3 * once or once == float("inf")):
                return Growth(short, once, twice)
    return None
