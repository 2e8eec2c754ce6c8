"""When a statement was made."""

import pytest

from claimtrack.models import Span
from claimtrack.statements.dates import date_said

PUBLISHED = "2025-11-02"  # a Sunday


def said(
    text: str, content: str, cue: str, published: str | None = PUBLISHED
) -> tuple[str | None, str | None]:
    start, at = text.index(content), text.index(cue)
    return date_said(text, (start, start + len(content)), published, Span.cut(text, at, at + len(cue)))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("Roe told a channel on Saturday that it rained.", "2025-11-01", id="weekday"),
        pytest.param("Roe said Monday that it rained.", "2025-10-27", id="weekday without on"),
        pytest.param("Roe said last Sunday that it rained.", "2025-10-26", id="last weekday"),
        pytest.param("Speaking on Sept. 3, 2016, Roe said that it rained.", "2016-09-03", id="full date"),
        pytest.param("On 3 September Roe said that it rained.", "2025-09-03", id="day and month"),
        pytest.param("On 3 December Roe said that it rained.", "2024-12-03", id="not after publication"),
        pytest.param("Roe said yesterday that it rained.", "2025-11-01", id="yesterday"),
        pytest.param("In a 2016 interview Roe said that it rained.", "2016", id="year"),
        pytest.param("Last month Roe said that it rained.", "2025-10", id="last month"),
        pytest.param("Earlier this week Roe said that it rained.", "2025-11", id="this week, to the month"),
        pytest.param("In September Roe said that it rained.", "2025-09", id="month"),
        pytest.param(
            "It rained on Friday. A day earlier, Roe said that it rained.", "2025-10-30", id="day earlier"
        ),
        pytest.param("Three days ago Roe said that it rained.", "2025-10-30", id="days ago"),
    ],
)
def test_time_words(text: str, when: str) -> None:
    date, basis = said(text, "that it rained", "said" if "said" in text else "told")
    assert date == when
    assert basis != "publication date"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Roe said that it rained.", id="no time word"),
        pytest.param("Roe, who left on Monday, said that it rained.", id="another event"),
        pytest.param("Speaking after Monday's vote, Roe said that it rained.", id="after an event"),
        pytest.param("date 2025-11-02 Roe said that it rained.", id="the article's own date line"),
        pytest.param("It was Monday. Roe said that it rained.", id="another sentence"),
        pytest.param("Before the Nov. 2 vote, Roe said that it rained.", id="before an event"),
        pytest.param("The candidate in the Oct. 8 election said that it rained.", id="the day of an event"),
        pytest.param("Monday's vote over, Roe said that it rained.", id="a weekday's event"),
        pytest.param("The primary is June 14, and Roe said that it rained.", id="when something is"),
        pytest.param("Roe said that it rained, and won the seat on Monday.", id="another clause"),
        pytest.param("Roe said that it rained — as Doe had warned last week.", id="after a dash"),
        pytest.param("Roe, planning a march for 9 November 2025, said that it rained.", id="still to come"),
        pytest.param("Roe said that it rained, calling it “the worst since Monday”.", id="quoted"),
    ],
)
def test_publication_stands_in(text: str) -> None:
    assert said(text, "that it rained", "said") == (PUBLISHED, "publication date")


def test_a_word_of_time_inside_the_content_dates_something_else() -> None:
    assert said("Roe said it rained on Monday.", "it rained on Monday", "said") == (
        PUBLISHED,
        "publication date",
    )


def test_without_publication_only_full_dates_count() -> None:
    assert said("Roe said on Monday that it rained.", "that it rained", "said", None) == (None, None)
    assert said("On 3 May 2016 Roe said that it rained.", "that it rained", "said", None)[0] == "2016-05-03"
