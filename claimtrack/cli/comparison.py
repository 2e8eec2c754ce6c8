"""``compare``: judge two sentences, or a file of pairs."""

from typing import Annotated

import typer

from claimtrack.cli.options import FormOption, OutputOption, command
from claimtrack.cli.output import put_out
from claimtrack.cli.pairs import JudgedPair, Pair, read_pairs, typed_pair
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session, complain
from claimtrack.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "compare",
        'claimtrack compare "We will raise the toll." "We will not raise the toll."',
        "claimtrack compare --pairs pairs.jsonl --format jsonl",
    )(compare)


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
        for item in read_pairs(pairs) if pairs else [typed_pair(*(sides or []))]:
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
    from claimtrack.pipeline.comparison import judge

    return JudgedPair(pair.id, pair.label, pair.a, pair.b, judge(pair.a, pair.b, session.settings))
