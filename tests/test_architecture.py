"""Who may import whom: the table of the house as data, checked on every import, also inside functions."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "claimtrack"

MODELS = {"models"}
TOOLS = {"settings", "text", "similarity", "lexicon", "inference"}
ROOMS = {"documents", "statements", "conflicts", "notes", "store"}

MAY_IMPORT = {
    "errors": set(),
    "models": set(),
    "settings": MODELS,
    "lexicon": MODELS,
    "text": MODELS | {"lexicon"},  # a full stop after an abbreviation ends no sentence
    "similarity": set(),
    "inference": set(),
    "documents": MODELS | {"settings", "text", "lexicon"},
    "statements": MODELS | TOOLS,
    "conflicts": MODELS | TOOLS,
    "notes": MODELS | {"text"},  # the paragraph around a quotation
    "store": MODELS | {"text"},  # what is sought is folded
    "pipeline": MODELS | TOOLS | ROOMS - {"store"} | {"store.history", "store.interface"},  # no files
    "cli": MODELS | TOOLS | {"documents", "notes", "store", "pipeline"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Part of the package -> the parts it may import, besides ``errors`` and itself."""

ONLY_USER = {
    "rapidfuzz": {"similarity.py"},
    "onnxruntime": {"inference.py"},
    "typer": {"cli"},
    "rich": {"cli"},
    "filelock": {"store"},
    "trafilatura": {"documents"},
    "lxml": {"documents"},
    "warcio": {"documents"},
    "pypdfium2": {"documents"},
    "feedparser": {"documents"},
    "jinja2": {"notes"},
    "distributed": {"pipeline"},
    "dask": set(),
    "click": set(),
}
"""Library -> where it may be imported; typer carries its own click."""

HEAVY = {
    "numpy",
    "onnxruntime",
    "rapidfuzz",
    "trafilatura",
    "lxml",
    "rich",
    "pypdfium2",
    "feedparser",
    "warcio",
    "jinja2",
    "distributed",
}
"""Libraries that cost more than a command may take to answer ``--help``."""

WHOLLY_HEAVY = {"cli/render.py"}
"""Modules that use such a library throughout and are themselves only imported where they are used."""

LONGEST_MODULE = 500
LONGEST_FUNCTION = 80

MODULES = sorted(ROOT.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yields the full name of everything imported, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: a relative import"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_part_imports_only_what_its_row_allows(path):
    part = part_of(path)
    assert part in MAY_IMPORT, f"{part} needs a row in the table"
    allowed = MAY_IMPORT[part] | {"errors", part}
    for name, line in imports(path):
        if name.startswith("claimtrack."):
            inner = name.removeprefix("claimtrack.")
            fine = any(inner == a or inner.startswith(f"{a}.") for a in allowed) or inner == "__version__"
            assert fine, f"{name_of(path)}:{line} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_is_imported_only_by_its_user(path):
    place = path.relative_to(ROOT).parts[0]
    for name, line in imports(path):
        library = name.split(".")[0]
        assert place in ONLY_USER.get(library, {place}), f"{name_of(path)}:{line} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_libraries_are_imported_where_they_are_used(path):
    if name_of(path) in WHOLLY_HEAVY:
        return
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert not HEAVY & {name.split(".")[0] for name in names}, f"{name_of(path)}:{node.lineno}"


def test_no_import_cycles():
    modules = {f"claimtrack.{name_of(p).removesuffix('.py').replace('/', '.')}": p for p in MODULES}
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        found = set()
        for name, _ in imports(path):
            for target in (name, name.rpartition(".")[0]):
                if target in modules and target != module:
                    found.add(target)
        graph[module] = found
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for target in sorted(graph[module]):
                visit(target, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_parts_stay_small(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", [p for p in MODULES if part_of(p) != "cli"], ids=name_of)
def test_only_the_terminal_prints_or_exits(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"print", "exit", "quit", "sys.exit", "os._exit"}, f"{called}:{node.lineno}"


def test_help_loads_nothing_heavy():
    code = "import sys, claimtrack.cli.app; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not (HEAVY | {"pydantic", "filelock"}) & set(loaded)
