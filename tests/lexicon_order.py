"""Sorts the forms of the lexicons and drops repeated ones; ``make fix`` runs it, a test compares."""

import re
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "claimtrack" / "lexicons"
WIDTH = 110

_FORMS = re.compile(r"^forms = \[(.*?)\]$", re.MULTILINE | re.DOTALL)


def in_order(text: str) -> str:
    """Returns a lexicon file with the ``forms`` of each group sorted, each once, lines filled."""
    return _FORMS.sub(_group_in_order, text)


def _group_in_order(match: re.Match[str]) -> str:
    forms = tomllib.loads(match[0])["forms"]
    return match[0] if forms == sorted(set(forms)) else _format(forms)


def _format(forms: list[str]) -> str:
    entries = [_quoted(form) for form in sorted(set(forms))]
    single = f"forms = [{', '.join(entries)}]"
    if len(single) <= WIDTH:
        return single
    lines = [" "]
    for entry in entries:
        if len(lines[-1]) + len(entry) + 2 > WIDTH:
            lines.append(" ")
        lines[-1] += f" {entry},"
    return "\n".join(["forms = [", *lines, "]"])


def _quoted(form: str) -> str:
    escaped = form.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def main() -> None:
    """Rewrites the files that are not in order."""
    for path in sorted(FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if in_order(text) != text:
            path.write_text(in_order(text), encoding="utf-8", newline="\n")
            print(f"put in order: {path.name}")


if __name__ == "__main__":
    main()
