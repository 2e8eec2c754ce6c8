"""Articles annotated in the text itself: ``training/articles/*.txt``.

A file starts with ``# key: value`` lines (publisher, date, style) and a blank line; the rest is the
article. Spans are marked as ``⟦s1|source⟧``, ``⟦q1|cue⟧`` and ``⟦c1|content⟧``; the number joins the
parts of one attribution, ``⟦s1,2|…⟧`` shares a source, a second ``⟦c1|…⟧`` continues the content, and
``~`` after the number (``⟦c3~|…⟧``) says that the cue is one of thought, intent or support and not of
speech. Marks never nest.

    python -m training.marked training/articles          # checks every file
    python -m training.marked training/articles --gold D # writes D/gold.jsonl and D/docs/
"""

import json
import re
import sys
from pathlib import Path

MARK = re.compile(r"⟦([sqc])(\d+~?(?:,\d+~?)*)\|([^⟦⟧]*)⟧")
ROLE = {"s": "source", "q": "cue", "c": "content"}


def parse(raw: str) -> tuple[dict, str, list[dict]]:
    """Returns (meta, text, statements in the gold format); raises ValueError with what is wrong."""
    head, _, body = raw.partition("\n\n")
    meta = dict(re.findall(r"^# (\w+): (.*)$", head, re.M))
    body = body.strip("\n") + "\n"
    text, statements, at = "", {}, 0
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        span = [len(text), len(text) + len(mark[3])]
        if not mark[3].strip() or mark[3] != mark[3].strip():
            raise ValueError(f"empty or untrimmed span {mark[0]!r}")
        text += mark[3]
        at = mark.end()
        for number in mark[2].split(","):
            entry = statements.setdefault(
                number.rstrip("~"), {"content": [], "source": [], "cue": [], "speech": True}
            )
            entry["speech"] &= not number.endswith("~")
            entry[ROLE[mark[1]]].append(span)
    text += body[at:]
    if left := re.search(r".{0,30}[⟦⟧].{0,30}", text):
        raise ValueError(f"broken mark near {left[0]!r}")
    for number, entry in statements.items():
        if not entry["content"]:
            raise ValueError(f"statement {number} has no content")
        if len(entry["cue"]) > 1 or len(entry["source"]) > 1:
            raise ValueError(f"statement {number} has more than one cue or source")
    order = sorted(statements.values(), key=lambda s: s["content"][0])
    return meta, text, order


def main() -> None:
    folder = Path(sys.argv[1])
    failed, records = False, []
    for path in sorted(folder.rglob("*.txt")):
        try:
            meta, text, statements = parse(path.read_text(encoding="utf-8"))
        except ValueError as error:
            failed = True
            print(f"{path}: {error}")
            continue
        records.append((path.name, meta, text, statements))
    count = sum(len(r[3]) for r in records)
    print(f"{len(records)} articles, {count} statements, {sum(len(r[2]) for r in records)} characters")
    if len(sys.argv) > 3 and sys.argv[2] == "--gold":
        out = Path(sys.argv[3])
        (out / "docs").mkdir(parents=True, exist_ok=True)
        with (out / "gold.jsonl").open("w", encoding="utf-8") as lines:
            for name, meta, text, statements in records:
                (out / "docs" / name).write_text(text, encoding="utf-8")
                record = {"doc": name, "meta": meta, "statements": statements, "ignore": []}
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.exit(failed)


if __name__ == "__main__":
    main()
