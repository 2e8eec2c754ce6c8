"""``compare``: judge two sentences, or a file of pairs."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.options import FormOption, OutputOption, command
from claimtrack.cli.output import put_out
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session, complain
from claimtrack.errors import InputError

if TYPE_CHECKING:
    from claimtrack.models import ClaimText, Judgement

SIDE_KEYS = ("text", "cue", "date", "publisher", "context")


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "compare",
        'claimtrack compare "The bridge is open." "The bridge is closed."',
        "claimtrack compare --pairs pairs.jsonl --format jsonl",
    )(compare)


@dataclass(frozen=True)
class Pair:
    """Two texts to judge; ``id`` is the caller's own, ``label`` what people see in its stead."""

    id: str | int | None
    label: str
    a: "ClaimText"
    b: "ClaimText"


@dataclass(frozen=True)
class JudgedPair(Pair):
    """A pair with what the comparer says of it."""

    judgement: "Judgement"


def compare(
    session: Session,
    sides: Annotated[
        list[str] | None, typer.Argument(metavar="[A B]", help="Two sentences.", show_default=False)
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option("--pairs", metavar="FILE", help='JSON Lines of {"id", "a", "b"}; - for standard input.'),
    ] = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Judge whether two sentences may conflict.

    In a file of pairs, a side is a string or an object with "text" and, where known, "cue", "date",
    "publisher" and "context". A line that cannot be read is reported; the others are judged.
    """
    from claimtrack.cli.listings import judgement_result

    if (len(sides or ()) != 2) == (pairs is None):
        raise typer.BadParameter("give two sentences, or a file of pairs with --pairs")
    bad = 0
    judged = []
    with working(session, "comparing pairs") as report_pair:
        for item in _read_pairs(pairs) if pairs else [_typed_pair(sides or [])]:
            if isinstance(item, InputError):
                complain(f"error: {item}")
                bad += 1
                continue
            report_pair(item.label)
            judged.append(_judge(session, item))
    put_out(session, judgement_result(judged, single=pairs is None), form, output)
    if bad:
        raise InputError(
            f"{bad} of {bad + len(judged)} lines of {pairs} could not be read", "They are listed above."
        )


def _judge(session: Session, pair: Pair) -> JudgedPair:
    from claimtrack.pipeline import judge

    return JudgedPair(pair.id, pair.label, pair.a, pair.b, judge(pair.a, pair.b, session.settings))


def _typed_pair(sides: list[str]) -> Pair:
    from claimtrack.models import ClaimText

    return Pair(None, "A and B", ClaimText(text=sides[0]), ClaimText(text=sides[1]))


def _read_pairs(name: str) -> Iterator[Pair | InputError]:
    """Yields the file's pairs in order, or what is wrong with a line; blank lines are left out."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot read {name}: {error.strerror}", "Name a file of JSON Lines, or -."
        ) from error
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            try:
                yield _parse_pair(line, number)
            except ValueError as error:
                yield InputError(f"{name}, line {number}: {error}", "Correct the line.")


def _parse_pair(line: bytes, number: int) -> Pair:
    """Returns the pair in a line; raises ValueError in words for a person."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"no UTF-8 at byte {error.start}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"no JSON ({error})") from error
    if not isinstance(record, dict):
        raise ValueError('no JSON object with "a" and "b"')
    pair_id = record.get("id", number)
    if not isinstance(pair_id, str | int):
        raise ValueError('"id" is neither a text nor a number')
    return Pair(pair_id, str(pair_id), _parse_side(record, "a"), _parse_side(record, "b"))


def _parse_side(record: dict[str, Any], name: str) -> "ClaimText":
    from claimtrack.models import ClaimText

    if name not in record:
        raise ValueError(f'there is no "{name}"')
    side = record[name]
    if isinstance(side, str):
        return ClaimText(text=side)
    if not isinstance(side, dict) or not isinstance(side.get("text"), str):
        raise ValueError(f'"{name}" is neither a text nor an object with "text"')
    known = {key: side[key] for key in SIDE_KEYS if side.get(key) is not None}
    wrong = next((key for key, value in known.items() if not isinstance(value, str)), None)
    if wrong:
        raise ValueError(f'"{wrong}" of "{name}" is no text')
    return ClaimText(**known)
