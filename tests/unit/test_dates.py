"""When a statement was made."""

import pytest
from patience import spends_less

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
        pytest.param("On the 3rd of September Roe said that it rained.", "2025-09-03", id="ordinal"),
        pytest.param("On 3 December Roe said that it rained.", "2024-12-03", id="not after publication"),
        pytest.param(
            "On Friday, 12 March 2021, Roe said that it rained.", "2021-03-12", id="weekday and date"
        ),
        pytest.param("Roe said yesterday that it rained.", "2025-11-01", id="yesterday"),
        pytest.param("In a 2016 interview Roe said that it rained.", "2016", id="year"),
        pytest.param("Last month Roe said that it rained.", "2025-10", id="last month"),
        pytest.param("Earlier this month Roe said that it rained.", "2025-11", id="this month"),
        pytest.param("Roe said over the weekend that it rained.", "2025-11", id="weekend"),
        pytest.param("In September Roe said that it rained.", "2025-09", id="month"),
        pytest.param("In March last year Roe said that it rained.", "2024-03", id="month of last year"),
        pytest.param("In late 2015 Roe said that it rained.", "2015", id="late in a year"),
        pytest.param(
            "It rained on Friday. A day earlier, Roe said that it rained.", "2025-10-30", id="day earlier"
        ),
        pytest.param("Three days ago Roe said that it rained.", "2025-10-30", id="days ago"),
        pytest.param("The other day Roe said that it rained.", "2025-10", id="the other day, to the month"),
        pytest.param("Several months ago Roe said that it rained.", "2025", id="some months, to the year"),
    ],
)
def test_time_words(text: str, when: str) -> None:
    date, basis = said(text, "that it rained", "said" if "said" in text else "told")
    assert date == when
    assert basis is not None
    assert not basis.startswith("publication date")


@pytest.mark.parametrize(
    ("text", "cue", "when"),
    [
        pytest.param("In 2013 he said that it rained.", "said", "2013", id="year at the head"),
        pytest.param("He told CNN last year that it rained.", "told", "2024", id="last year"),
        pytest.param("Roe, who in 2010 said that it rained, won.", "said", "2010", id="relative clause"),
        pytest.param(
            "Doe was right when Roe said on Friday that it rained.", "said", "2025-10-31", id="own clause"
        ),
        pytest.param(
            "At Monday’s debate, Roe said that it rained.", "said", "2025-10-27", id="at an occasion"
        ),
        pytest.param(
            "During a May interview, Roe said that it rained.", "said", "2025-05", id="month's interview"
        ),
        pytest.param("In her 2003 book, Roe said that it rained.", "said", "2003", id="a year's book"),
        pytest.param("A 2014 study by a college said that it rained.", "said", "2014", id="a year's study"),
        pytest.param(
            "A report released on Monday said that it rained.", "said", "2025-10-27", id="released on"
        ),
        pytest.param(
            "Roe, in a letter on Monday, said that it rained.", "said", "2025-10-27", id="in a letter on"
        ),
        pytest.param("Roe, speaking on Monday, said that it rained.", "said", "2025-10-27", id="speaking on"),
        pytest.param("Asked on Monday, Roe said that it rained.", "said", "2025-10-27", id="asked on"),
        pytest.param(
            "On Monday Doe denied it, and Roe said that it rained.", "said", "2025-10-27", id="over both"
        ),
        pytest.param(
            "Since the 2008 vote, when Roe said that it rained, all won.", "said", "2008", id="when"
        ),
        pytest.param(
            "Roe said in a June report that it rained.", "said in a June report", "2025-06", id="in the cue"
        ),
        pytest.param(
            "Roe told the Mail on Sunday on Friday that it rained.", "told", "2025-10-31", id="outlet"
        ),
        pytest.param(
            "Roe went after Doe on Friday, saying that it rained.", "saying", "2025-10-31", id="went after"
        ),
        pytest.param(
            "On Monday Roe left; on Friday she said that it rained.", "said", "2025-10-31", id="nearest"
        ),
    ],
)
def test_a_date_belongs_to_the_cue(text: str, cue: str, when: str) -> None:
    date, basis = said(text, "that it rained", cue)
    assert date == when
    assert basis is not None
    assert not basis.startswith("publication date")


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
        pytest.param("Roe, defeated in Monday night’s vote, said that it rained.", id="a night's event"),
        pytest.param("The primary is June 14, and Roe said that it rained.", id="when something is"),
        pytest.param("Roe said that it rained, and won the seat on Monday.", id="another clause"),
        pytest.param("Roe said that it rained — as Doe had warned last week.", id="after a dash"),
        pytest.param("Roe said that it rained ― just as he did in 2012.", id="after a horizontal bar"),
        pytest.param("Roe said that it rained, which, even today, is rare.", id="relative clause"),
        pytest.param("Roe, planning a march for 9 November 2025, said that it rained.", id="still to come"),
        pytest.param("Roe said that it rained, calling it “the worst since Monday”.", id="quoted"),
        pytest.param("Roe, elected in 2010, said that it rained.", id="participle"),
        pytest.param("Elected in 2010, Roe said that it rained.", id="participle at the head"),
        pytest.param("A man arrested on Monday said that it rained.", id="participle before the cue"),
        pytest.param("Roe, mayor in 2010, said that it rained.", id="apposition"),
        pytest.param("A survivor of the 2013 attack said that it rained.", id="a year's event"),
        pytest.param("LEEDS, Oct. 30 (Agency) — Roe said that it rained.", id="date line of an agency"),
        pytest.param("Roe will say on Monday, said Doe, that it rained.", id="somebody else's cue"),
        pytest.param("Roe told USA TODAY, she said, that it rained.", id="outlet named after today"),
        pytest.param("They may 20 times have lied, he said, that it rained.", id="no month"),
        pytest.param("Every Monday Roe said that it rained.", id="a habit"),
        pytest.param("Roe left on Monday, but Doe said that it rained.", id="the clause before"),
    ],
)
def test_publication_stands_in(text: str) -> None:
    assert said(text, "that it rained", "said") == (PUBLISHED, "publication date")


def test_a_saying_to_come_is_not_dated_back() -> None:
    text = "Roe will announce on Monday that it rained."
    assert said(text, "that it rained", "announce") == (PUBLISHED, "publication date")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Roe said it rained on Monday.", "it rained on Monday", id="after the cue"),
        pytest.param("“It will rain on Monday,” Roe said.", "“It will rain on Monday,”", id="quoted"),
        pytest.param(
            "But, Roe said, the vote is on Monday.", "But, Roe said, the vote is on Monday", id="around"
        ),
        pytest.param(
            "He, Roe said the vote on Monday, a rerun.",
            "He, Roe said the vote on Monday, a rerun",
            id="without a comma",
        ),
        pytest.param("Roe was right when", "Roe was right when", id="nothing else"),
    ],
)
def test_a_word_of_time_inside_the_content_dates_something_else(text: str, content: str) -> None:
    if "said" in text:
        assert said(text, content, "said") == (PUBLISHED, "publication date")
    else:
        whole = f"Doe said {text} he left on Monday."
        assert said(whole, content, "said") == (PUBLISHED, "publication date")


def test_what_stands_at_an_interrupting_cue_dates_it() -> None:
    text = "“It rained,” said Roe, the mayor, on Friday. “A lot.”"
    assert said(text, text, "said")[0] == "2025-10-31"


@pytest.mark.parametrize(
    ("before", "sentence", "when"),
    [
        pytest.param("In July, Roe called it a lie.", "“It rained,” he said.", "2025-07", id="pronoun"),
        pytest.param("In July, Roe called it a lie.", "“It rained,” Roe said.", "2025-07", id="same name"),
        pytest.param(
            "In July, Roe called it a lie.", "“It rained,” said Mary Roe.", "2025-07", id="inverted"
        ),
        pytest.param("Roe told CNN so in 2013. He said no.", "“It rained,” he added.", "2013", id="over two"),
        pytest.param("In July, Roe said no.", "“It rained,” he said then.", "2025-07", id="then"),
    ],
)
def test_he_added_goes_on_with_the_sentence_before(before: str, sentence: str, when: str) -> None:
    cue = "added" if "added" in sentence else "said"
    text = f"{before}\n\n{sentence}"
    at = text.index("“")
    spot = text.index(cue, at)
    date, basis = date_said(text, (at, text.index("”") + 1), PUBLISHED, Span.cut(text, spot, spot + len(cue)))
    assert date == when
    assert basis is not None
    assert basis.endswith("in a sentence before") or "counted from" in basis


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        pytest.param("In July, Roe called it a lie.", "“It rained,” Doe said.", id="another name"),
        pytest.param("In July, Roe called it a lie.", "“It rained,” he says.", id="present tense"),
        pytest.param("In July, Roe called it a lie.", "“It rained,” he had said.", id="earlier still"),
        pytest.param("In July, Roe broke a leg.", "“It rained,” he said.", id="nothing said"),
        pytest.param(
            "In July, Roe called it a lie.", "Doe spoke, but “it rained,” he said.", id="another subject"
        ),
        pytest.param(
            "In July, Roe called it a lie.", "“It rained,” he said in an interview.", id="new occasion"
        ),
        pytest.param("In July, Roe called it a lie. It was.", "“It rained,” he said.", id="not the next"),
        pytest.param(
            "Roe said a dam would open in July.", "“It rained,” he said.", id="time of what was said"
        ),
    ],
)
def test_other_sentences_do_not_go_on(before: str, sentence: str) -> None:
    text = f"{before}\n\n{sentence}"
    cue = "says" if "says" in sentence else "said"
    at = text.index("“")
    spot = text.index(cue, at)
    cue = "had said" if "had said" in sentence else cue
    spot = text.index(cue, at)
    found = date_said(text, (at, text.index("”") + 1), PUBLISHED, Span.cut(text, spot, spot + len(cue)))
    assert found == (PUBLISHED, "publication date")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Roe recently said that it rained.", "recently", id="recently"),
        pytest.param("In recent months, Roe said that it rained.", "In recent months", id="in recent months"),
        pytest.param("Roe once said that it rained.", "once", id="once"),
        pytest.param("Roe had previously said that it rained.", "previously", id="previously"),
    ],
)
def test_a_vague_past_is_told_beside_the_publication_date(text: str, words: str) -> None:
    assert said(text, "that it rained", "said") == (
        PUBLISHED,
        f'publication date, at the latest: "{words}"',
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Roe once again said that it rained.", id="once again"),
        pytest.param("Once Roe had left, Doe said that it rained.", id="once as a conjunction"),
        pytest.param("An earlier version said that it rained.", id="adjective"),
    ],
)
def test_no_vague_past(text: str) -> None:
    assert said(text, "that it rained", "said") == (PUBLISHED, "publication date")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("Doe won in 2008. At the time Roe said that it rained.", "2008", id="at the time"),
        pytest.param(
            "It rained on Friday. Later that day Roe said that it rained.", "2025-10-31", id="that day"
        ),
        pytest.param(
            "It rained on Friday. The next day Roe said that it rained.", "2025-11-01", id="next day"
        ),
        pytest.param("Doe won in 2008. Two years later Roe said that it rained.", "2010", id="years later"),
    ],
)
def test_counted_from_the_date_last_named(text: str, when: str) -> None:
    date, basis = said(text, "that it rained.", "said")
    assert date == when
    assert basis is not None
    assert "counted from" in basis


def test_nothing_is_counted_from_a_date_that_is_not_exact_enough() -> None:
    text = "Doe won in July. The next day Roe said that it rained."
    assert said(text, "that it rained.", "said") == (PUBLISHED, "publication date")


def test_without_publication_only_full_dates_count() -> None:
    assert said("Roe said on Monday that it rained.", "that it rained", "said", None) == (None, None)
    assert said("On 3 May 2016 Roe said that it rained.", "that it rained", "said", None)[0] == "2016-05-03"


def test_an_article_dated_to_the_month_can_hold_a_day_of_it() -> None:
    text = "On 3 May 2016 Roe said that it rained."
    assert said(text, "that it rained", "said", "2016-05")[0] == "2016-05-03"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("on Monday, " * 20_000, id="dates"),
        pytest.param("“" * 100_000, id="quotation marks"),
        pytest.param("in the " * 30_000, id="beginnings of dates"),
        pytest.param("a few a few " * 20_000, id="beginnings of counts"),
        pytest.param("Roe " * 50_000, id="names"),
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    whole = f"{text} Roe said that it rained. {text}"
    assert spends_less(2, lambda: said(whole, "that it rained", "said that"))


@pytest.mark.parametrize("published", ["0001-01-01", "0001-01-03", "9999-12-31"])
@pytest.mark.parametrize(
    "when",
    [
        "Last week",
        "Last Monday",
        "999 days ago",
        "99 decades ago",
        "Last year",
        "Yesterday",
        "Several years ago",
    ],
)
def test_the_ends_of_the_calendar(published: str, when: str) -> None:
    date, _ = said(f"{when} Roe said that it rained.", "that it rained", "said", published)
    assert date is not None
    assert date <= published
