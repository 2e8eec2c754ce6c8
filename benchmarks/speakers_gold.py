"""Measures who-is-speaking on annotated articles: gold source, cue and content spans in, names out.

    CLAIMTRACK_GOLD=DIR python benchmarks/speakers_gold.py [PART ...] [--errors N] [--start N] [--kind K] [--all]

DIR holds ``score_attribution.py`` and ``attribution/PART/{gold.jsonl,docs/}``; without it nothing is measured.
A description ("the mayor") that is resolved to a person where the gold set resolves none is counted as wrong,
as the scorer does, and shown apart in ``described``.
"""

import argparse
import collections
import importlib.util
import os
import random
import sys
import time
from pathlib import Path

from claimtrack.statements.speakers import Resolved, Source, resolve_sources


def load_scorer(folder: Path):
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "score_attribution.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources_of(record: dict) -> list[Source]:
    found = []
    for s in record["statements"]:
        spans, cue = s["source"], s["cue"]
        start, end = (spans[0][0], spans[0][1]) if spans else (None, None)
        found.append(Source(start, end, tuple(cue[0]) if cue else None, tuple(map(tuple, s["content"]))))
    return found


def measure(scorer, folder: Path, leave_out: frozenset[str], speech_only: bool):
    tally, errors, seconds = collections.Counter(), [], 0.0
    for record in scorer.read_jsonl(folder / "gold.jsonl"):
        if record["doc"] in leave_out:
            continue
        with open(folder / "docs" / record["doc"], encoding="utf-8", newline="") as file:
            text = file.read()
        begun = time.perf_counter()
        answers = resolve_sources(text, sources_of(record))
        seconds += time.perf_counter() - begun
        tally["documents"] += 1
        for statement, answer in zip(record["statements"], answers, strict=True):
            if statement.get("optional") or (speech_only and not statement.get("speech", True)):
                continue
            note(scorer, record["doc"], text, statement, answer, tally, errors)
    return tally, errors, seconds


def note(scorer, doc: str, text: str, statement: dict, answer: Resolved, tally, errors) -> None:
    source = scorer.source_text(statement, text)
    verdict = scorer.judge_speaker(answer.name, statement.get("speaker"), source)
    pronoun = not source or scorer.is_pronoun(source)
    group = "pronoun" if pronoun else "named"
    if verdict is None:
        tally["skipped"] += 1
        tally["skipped_resolved"] += answer.name is not None
        kind = "skipped"
    else:
        tally["judged"] += 1
        tally["right"] += verdict
        tally[group] += 1
        tally[group + "_right"] += verdict
        kind = group
        if not verdict and pronoun and answer.name is None:
            tally["pronoun_null"] += 1
            kind = "null"
        if (
            not verdict
            and not pronoun
            and not statement.get("speaker")
            and answer.named
            and not any(c.isupper() for c in source.split()[-1][:1])
        ):
            tally["described"] += 1
            kind = "described"
    if not verdict:
        errors.append((kind, doc, source, statement.get("speaker"), answer, statement))


def share(tally: collections.Counter, part: str, whole: str) -> str:
    return f"{100 * tally[part] / tally[whole]:.1f} of {tally[whole]}" if tally[whole] else "-"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["polnear-dev", "polnear-extra-dev", "styles-dev"])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--kind")
    parser.add_argument("--all", action="store_true", help="all statements, not only those of speech")
    args = parser.parse_args()
    root = os.environ.get("CLAIMTRACK_GOLD")
    if not root or not Path(root).is_dir():
        print("CLAIMTRACK_GOLD names no folder: nothing measured", file=sys.stderr)
        return
    scorer = load_scorer(Path(root))
    extra = frozenset(
        r["doc"] for r in scorer.read_jsonl(Path(root) / "attribution/polnear-extra-dev/gold.jsonl")
    )
    for part in args.parts:
        leave_out = extra if part == "polnear-train" else frozenset()
        tally, errors, seconds = measure(scorer, Path(root) / "attribution" / part, leave_out, not args.all)
        wrong_pronouns = tally["pronoun"] - tally["pronoun_right"] - tally["pronoun_null"]
        print(
            f"{part}: right {share(tally, 'right', 'judged')}, named {share(tally, 'named_right', 'named')} (described "
            f"{tally['described']}), pronouns {share(tally, 'pronoun_right', 'pronoun')} ({tally['pronoun_null']} null, "
            f"{wrong_pronouns} wrong), skipped {tally['skipped']} ({tally['skipped_resolved']} resolved); "
            f"{1000 * seconds / max(1, tally['documents']):.1f} ms per document"
        )
        chosen = [e for e in errors if not args.kind or e[0] == args.kind]
        random.Random(0).shuffle(chosen)
        for kind, doc, source, speaker, answer, statement in chosen[args.start : args.start + args.errors]:
            where = statement["source"][0][0] if statement["source"] else statement["content"][0][0]
            print(
                f"  {kind:9} {doc[:40]} @{where} {source[:110]!r} gold={speaker!r} got={answer.name!r} {answer.named}"
            )


if __name__ == "__main__":
    main()
