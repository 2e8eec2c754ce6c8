import pytest

from claimtrack.documents.header_lines import find_facts, labelled_facts, line_facts, meaning
from claimtrack.text import paragraph_spans


@pytest.mark.parametrize(
    ("label", "field"),
    [("Published_on", "published"), ("HEADLINE", "title"), ("last  updated", "updated"), ("colour", None)],
)
def test_meaning_of_a_label(label, field):
    assert meaning(label) == field


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Title: Dam row: minister hits back", [("title", "Dam row: minister hits back")]),
        ("By Jane Roe and John Doe in Kalbar", [("author", "Jane Roe and John Doe in Kalbar")]),
        ("By Jane Roe | 3 May 2021", [("author", "Jane Roe"), ("published", "2021-05-03")]),
        ("Source: https://example.org/dam", [("url", "https://example.org/dam")]),
        ("Published in The Post, May 3rd, 2021", [("published", "2021-05-03"), ("publisher", "The Post")]),
        ("Published 3 May 2021 at 10:31 am", [("published", "2021-05-03")]),
        ("Posted Mon 3 May 2021 at 4:18pm, updated Tue 4 May 2021", [("published", "2021-05-03")]),
        ("Published 3 May 2021, Updated 2 hours ago", [("published", "2021-05-03")]),
        ("Updated: Monday, 3 May 2021", [("updated", "2021-05-03")]),
        ("Published by the house on 3 May 2021, it fell flat", []),
        ("Title fight on 3 May 2021", []),
        ("Date: soon", []),
    ],
)
def test_facts_of_a_line(line, facts):
    found = line_facts(line, (0, len(line)))
    assert [(fact.field, fact.value) for fact in found] == facts
    assert all((fact.start, fact.end) == (0, len(line)) for fact in found)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("The Northern Courier, 14 October 2025", [("2025-10-14", "The Northern Courier")]),
        ("Dawn | Tuesday 14 October 2025", [("2025-10-14", "Dawn")]),
        ("Kalbar, October 14, 2025", [("2025-10-14", None)]),
        ("The Hague, 14 October 2025", [("2025-10-14", None)]),
        ("The dam was closed, 14 October 2025", []),
        ("They met in Kalbar, 14 October 2025", []),
    ],
)
@pytest.mark.parametrize("number", [0, 1], ids=["first line", "second line"])
def test_date_of_a_clipping(line, facts, number):
    text = "\n".join(
        [*["The dam will be built, she said."] * number, line, "The dam will be large, she said."]
    )
    found = {fact.field: fact.value for fact in find_facts(text, paragraph_spans(text))}
    expected = facts if number or (facts and facts[0][1]) else []
    assert [(found.get("published"), found.get("publisher"))] == (expected or [(None, None)])


def test_a_label_wins_over_the_line_of_a_clipping():
    dated = "The Northern Courier, 14 October 2025\nPublished: 3 May 2021"
    text = f"Dam row grows\n{dated}\nIt will be large, she said."
    facts = find_facts(text, paragraph_spans(text))
    assert [fact.value for fact in facts if fact.field == "published"] == ["2021-05-03"]


def test_front_matter_names_an_outlet_as_it_likes():
    assert labelled_facts("publisher", "post.example", "front matter")[0].value == "post.example"


def test_labels_in_the_middle_of_an_article_are_left_alone():
    text = "\n".join(["The dam will be built."] * 15 + ["Published: 3 May 2021"] + ["It will be large."] * 5)
    assert find_facts(text, paragraph_spans(text)) == []
