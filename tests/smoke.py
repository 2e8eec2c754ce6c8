"""Builds the wheel and uses it in a fresh virtual environment, from an empty folder."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = """Minister opens bridge
date 2024-03-12
Transport Minister Ada Lomax said on Monday that the bridge was open.
“The toll will be two pounds,” she told reporters.
"""


def main() -> None:
    """Ends with an error where the wheel lacks something that the checkout has."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        python = make_environment(home / "venv")
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(home / "wheel"), str(ROOT))
        (wheel,) = (home / "wheel").glob("claimtrack-*.whl")
        run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel))
        empty = home / "empty"
        empty.mkdir()
        use(python, empty)
    print(f"the wheel works: {wheel.name}")


def make_environment(place: Path) -> str:
    """Returns the interpreter of a new virtual environment."""
    venv.create(place, with_pip=True)
    return str(place / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def use(python: str, folder: Path) -> None:
    """Runs what a newcomer would run; raises AssertionError where the answer is not one."""
    claimtrack = str(Path(python).parent / "claimtrack")
    assert run(claimtrack, "--version", cwd=folder).startswith("claimtrack ")
    (folder / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    run(claimtrack, "ingest", "bridge.txt", cwd=folder)
    assert (folder / "data" / "claims.json").is_file()
    lines = run(claimtrack, "statements", "--format", "jsonl", cwd=folder).splitlines()
    said = [json.loads(line) for line in lines]
    assert any("The toll will be two pounds" in statement["text"] for statement in said), said
    assert all(statement["speaker"] == "Ada Lomax" for statement in said), said
    run(claimtrack, "contradictions", cwd=folder)
    run(claimtrack, "compare", "The bridge is open.", "The bridge is closed.", cwd=folder)


def run(*command: str, cwd: Path | None = None) -> str:
    """Returns what a command prints; ends with its errors where it fails."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "CLAIMTRACK"))}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
