"""``contradictions``: possible conflicts."""

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.completion import remember
from claimtrack.cli.keeping import IntoOption, check_into, keep_conflicts
from claimtrack.cli.options import (
    AboutOption,
    ConflictKindName,
    FormOption,
    OutputOption,
    ReviewName,
    SinceOption,
    SpeakerOption,
    UntilOption,
    command,
)
from claimtrack.cli.output import put_out
from claimtrack.cli.progress import working
from claimtrack.cli.session import Session

if TYPE_CHECKING:
    from claimtrack.pipeline.queries import ConflictReport

KindOption = Annotated[
    ConflictKindName | None,
    typer.Option("--kind", metavar="KIND", help="contradiction, change (position moved) or report."),
]
MinScoreOption = Annotated[
    float | None,
    typer.Option("--min-score", metavar="SCORE", min=0, max=1, help="0.0 to 1.0; by default 0.5."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", metavar="COUNT", min=1, help="At most so many, best first.")
]
StatusOption = Annotated[
    ReviewName | None,
    typer.Option("--status", metavar="STATUS", help="unreviewed, confirmed, dismissed, unsure or stale; "
                 "by default all but dismissed."),
]  # fmt: skip
AcrossOption = Annotated[bool, typer.Option("--across-sources", help="Leave out pairs within one article.")]
ExitCodeOption = Annotated[
    bool, typer.Option("--exit-code", help="End with exit code 10 where conflicts are found.")
]

MANY_DROPPED = 0.05
"""Share of pairs left out by a limit from which a person is told without asking; ``-v`` always tells."""

FOUND = 10
"""Exit code of ``contradictions --exit-code`` where something is shown."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the program."""
    command(
        app,
        "contradictions",
        'claimtrack contradictions --speaker "Khawaja Asif"',
        "claimtrack contradictions --across-sources >> notes.md",
        'claimtrack contradictions --speaker "Khawaja Asif" --into asif.md',
    )(contradictions)


def contradictions(
    session: Session,
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    min_score: MinScoreOption = None,
    limit: LimitOption = None,
    status: StatusOption = None,
    across_sources: AcrossOption = False,
    exit_code: ExitCodeOption = False,
    form: FormOption = None,
    output: OutputOption = None,
    into: IntoOption = None,
) -> None:
    """Show statements of one speaker that may not fit.

    Every pair is a possible conflict, unreviewed, until a named person has reviewed it.
    """
    from claimtrack.cli.listings import conflict_result
    from claimtrack.pipeline.parts import part_of_speaker
    from claimtrack.pipeline.queries import ConflictQuery, find_conflicts

    check_into(into, form, output)
    store = session.read_store(part_of_speaker(speaker) if speaker and into is None else None)
    query = ConflictQuery(
        speaker=speaker,
        about=about,
        since=since,
        until=until,
        kind=kind,
        min_score=session.settings.min_score if min_score is None else min_score,
        limit=limit,
        status=status,
        across_sources=across_sources,
    )
    with working(session, "comparing statements"), session.judgements() as judgements:
        report = find_conflicts(store, query, session.settings, judgements)
        remember(judgements, report.conflicts)
    _tell(session, report)
    if into is not None:
        keep_conflicts(session, store, query, report, into)
    else:
        documents = {document.id: document for document in store.documents}
        put_out(session, conflict_result(report.conflicts, documents), form, output)
    if exit_code and report.conflicts:
        raise typer.Exit(FOUND)


def _tell(session: Session, report: "ConflictReport") -> None:
    for note in report.notes:
        session.say(note)
    counts = report.counts
    session.detail(
        f"pairs of one speaker: {counts.possible}; about one matter: {counts.candidates}; "
        f"judged: {counts.judged}; flagged: {counts.flagged}; left out as too many: {counts.dropped}"
    )
    if counts.dropped > MANY_DROPPED * counts.possible:
        session.say(
            f"note: up to {counts.dropped} of {counts.possible} pairs of one speaker's statements left out "
            "as too many, those that share the commonest words; --since and --until compare fewer at a time"
        )
