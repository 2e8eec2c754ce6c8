"""What the report groups a speaker's statements by."""

import pytest
from conftest import find_span, make_conflict, make_document, make_statement

from claimtrack.models import ConflictKind
from claimtrack.pipeline.subjects import MOST_FURTHER, MOST_OTHERS, find_subjects


class Said:
    """Statements of one speaker, an article each, and conflicts between them by number."""

    def __init__(self, *texts, dates=()):
        self.documents = {}
        self.statements = []
        for number, text in enumerate(texts):
            document = make_document(f"Ada Lomax said {text}.", path=f"articles/{number:03}.txt")
            self.documents[document.id] = document
            said_on = dates[number] if number < len(dates) else None
            self.statements.append(make_statement(document, text, said_on=said_on))

    def conflict(self, first, last, **given):
        a, b = self.statements[first], self.statements[last]
        spans = [find_span(self.documents[side.document_id], side.text) for side in (a, b)]
        return make_conflict(a, b, *spans, **given)

    def subjects(self, *conflicts):
        return find_subjects("Ada Lomax", self.statements, conflicts, self.documents)


def test_a_subject_is_what_both_sides_share_spelled_as_written():
    said = Said("the ferry to Port Royal was closed", "Port Royal had an open ferry")
    (subject,) = said.subjects(said.conflict(0, 1))
    assert set(subject.words) == {"ferry", "Port Royal"}
    assert set(subject.statements) == set(said.statements)


def test_the_speaker_is_no_subject():
    said = Said("Ada Lomax will pay the toll", "Lomax will never pay the toll")
    (subject,) = said.subjects(said.conflict(0, 1))
    assert not {"Ada", "Lomax", "Ada Lomax"} & set(subject.words)


def test_of_many_shared_words_the_speakers_rarest_name_the_subject():
    shared = "ferry toll bridge harbour lantern"
    common = [f"the {shared.rsplit(' ', 2)[0]} question {n}" for n in range(4)]
    said = Said(f"the {shared} rose", f"the {shared} fell", *common)
    subject = said.subjects(said.conflict(0, 1))[0]
    words = " ".join(subject.words).split()
    assert {"harbour", "lantern"} <= set(words)
    assert len(words) == 3


def test_conflicts_on_one_matter_are_one_subject_and_others_are_not():
    said = Said(
        "the ferry to Norway was closed", "the ferry to Norway was open", "the Norway ferry never closed",
        "the budget is balanced", "the budget is not balanced",
    )  # fmt: skip
    conflicts = [said.conflict(0, 1), said.conflict(0, 2), said.conflict(3, 4)]
    first, second = said.subjects(*conflicts)
    assert first.conflicts == tuple(conflicts[:2])
    assert second.conflicts == (conflicts[2],)


def test_sides_that_share_no_word_have_a_subject_without_one():
    said = Said("the ferry was closed", "boats ran daily")
    (subject,) = said.subjects(said.conflict(0, 1))
    assert subject.words == ()
    assert len(subject.statements) == 2


def test_the_others_are_those_nearest_in_time_and_the_rest_is_counted():
    dates = ["2024-06-01", "2024-06-03", *(f"20{year}-06-02" for year in range(10, 20))]
    said = Said(*(f"ferry remark {n}" for n in range(12)), dates=dates)
    (subject,) = [s for s in said.subjects(said.conflict(0, 1)) if s.conflicts]
    assert len(subject.statements) == 2 + MOST_OTHERS
    assert subject.left_out == 10 - MOST_OTHERS
    shown = [statement.said_on for statement in subject.statements]
    assert shown == sorted(shown)
    assert min(shown) == "2014-06-02"


def test_unknown_days_stand_last():
    said = Said("ferry one", "ferry two", "ferry three", dates=["2024-06-01", None, "2023-01-01"])
    (subject,) = said.subjects(said.conflict(0, 1))
    assert [statement.said_on for statement in subject.statements] == ["2023-01-01", "2024-06-01", None]


def test_reporting_differences_stand_behind_conflicts_of_the_speaker():
    said = Said("ferry closed", "ferry open", "ferry shut")
    report = said.conflict(0, 1, kind=ConflictKind.REPORT)
    change = said.conflict(0, 2, kind=ConflictKind.CHANGE)
    (subject,) = said.subjects(report, change)
    assert subject.conflicts == (change, report)


def test_without_conflicts_only_names_that_several_statements_share_are_subjects():
    texts = [f"we went to {place} in spring {n}" for place in ("Norway", "Spain") for n in range(3)]
    said = Said(*texts, "we went to Chile further on")
    assert [subject.words for subject in said.subjects()] == [("Norway",), ("Spain",)]
    assert all(not subject.conflicts for subject in said.subjects())


def test_further_subjects_are_few_and_what_they_leave_out_is_counted():
    places = ("Norway", "Spain", "Chile", "Kenya", "Japan")
    said = Said(*(f"{place} is far {n}" for place in places for n in range(9)))
    subjects = said.subjects()
    assert len(subjects) == MOST_FURTHER
    assert all(len(s.statements) == MOST_OTHERS and s.left_out == 3 for s in subjects)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_few_statements_make_no_subject(count):
    assert Said(*(f"Norway is far {n}" for n in range(count))).subjects() == ()


def test_the_ids_are_the_same_each_time_and_differ():
    said = Said("the ferry was closed", "the ferry was open", *(f"Norway is far {n}" for n in range(3)))
    first = said.subjects(said.conflict(0, 1))
    assert first == said.subjects(said.conflict(0, 1))
    assert len({subject.id for subject in first}) == len(first) == 2
