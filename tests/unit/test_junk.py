import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.documents.comments import is_spam
from claimtrack.documents.junk import find_junk, line_reason, without_overlap
from claimtrack.lexicon import load_lexicon
from claimtrack.models import Junk

STORY = (
    "Farm minister Lena Orth has said that the dam will be built next year, whatever the province thinks.\n\n"
    "“The money is there,” Orth told reporters in Kalbar on Monday, after a day of talks with farmers.\n\n"
    "The province denied that it had agreed, and said that the talks would have to start again.\n\n"
    "Work on the wall was stopped three years ago, when two villages at the lake went to court.\n\n"
)


def set_apart(text):
    return [text[junk.start : junk.end] for junk in find_junk(text)]


def test_an_article_has_no_junk():
    assert find_junk(STORY) == ()


LINE_GROUPS = [
    "comment_form", "form_opening", "advertisement", "share", "read_more", "newsletter", "credit_label",
    "wire_credit", "rights", "comment_marks", "form_line", "agency_line",
]  # fmt: skip


@pytest.mark.parametrize("group", [load_lexicon("junk")[name] for name in LINE_GROUPS], ids=lambda g: g.name)
def test_lines_of_the_lexicon(group):
    for example in group.examples:
        assert line_reason(example), example
    for example in group.counter_examples:
        assert line_reason(example) is None, example


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0", "counter"),
        ("122", "counter"),
        ("1.2K shares", "counter"),
        ("Follow Jane Roe on Twitter", "newsletter"),
        ("Getty Images", "credit"),
        ("3 Comments", "comment form"),
        ("No comments", "comment form"),
        ("Comments (12)", "comment form"),
        ("LEAVE A REPLY", "comment form"),
        ("Please enter your comment!", "comment form"),
        ("Please enter your name here", "comment form"),
        ("*Email:", "comment form"),
        ("- Advertisement -", "advertisement"),
        ("Read more: Minister denies it all", "link"),
        ("READ ALSO | Farmers march on Kalbar", "link"),
        ("Sign up for our daily newsletter", "newsletter"),
        ("Photo: NPA/Jane Roe", "credit"),
        ("Photograph by Jane Roe", "credit"),
        ("(Reporting by Jane Roe in Kalbar; editing by John Doe)", "credit"),
        ("© 2025 The Valley Post", "rights"),
    ],
)
def test_reasons(line, reason):
    assert line_reason(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "“Leave a reply,” he said.",
        "Read more books, the minister urged.",
        "Related charges were dropped, the court said.",
        "Photo: farm minister Lena Orth speaks to reporters in Kalbar on Monday",
        "Share prices fell.",
        "Follow the law, the judge told Twitter.",
        "3.",
        "Sign up for the army, he told them.",
        "The print was bad.",
        "Comments by the minister angered farmers",
        "1984 was his favourite book",
        "Reporting by the clerk was late, the judge said.",
        "Copyright law must change, the minister said.",
        "",
    ],
)
def test_lines_of_articles(line):
    assert line_reason(line) is None


def test_credits_in_brackets_at_the_end_of_a_caption():
    caption = "Farm minister Lena Orth in Kalbar on Monday. (File/NPA via REUTERS)"
    assert set_apart(caption + "\n" + STORY) == ["(File/NPA via REUTERS)"]


@pytest.mark.parametrize(
    "line",
    [
        "He leads the Peasants' Party (United)",
        "KALBAR (Reuters) - The dam will be built.",
        "She said no (a photo shows her nodding)",
    ],
)
def test_other_brackets_stay(line):
    assert set_apart(line + "\n" + STORY) == []


def test_a_form_and_the_comments_after_it():
    form = [
        "LEAVE A REPLY", "Please enter your comment!", "Please enter your name here",
        "I heard him say the opposite last year.", "Bob K", "You are all wrong, the dam is fine.",
    ]  # fmt: skip
    assert set_apart(STORY + "\n".join(form)) == form


def test_comments_under_their_count():
    comments = [
        "2 COMMENTS",
        "Bob K",
        "She said that the dam was finished, I was there.",
        "Reply",
        "Ann",
        "Shame.",
    ]
    assert set_apart(STORY + "\n".join(comments)) == comments


def test_a_link_to_the_form_above_an_article_takes_nothing_with_it():
    assert set_apart("Dam row grows\nLeave a comment\n" + STORY) == ["Leave a comment"]


def test_an_article_that_goes_on_after_a_lone_link_stays():
    assert set_apart(STORY + "Leave a comment\n" + STORY) == ["Leave a comment"]


SPAM = [
    "naturally like your website but you should check the spelling on your posts, I will surely come back",
    "Great post! I was looking for this. Keep up the good work, I have bookmarked your blog.",
    "I am really impressed with your writing skills and also with the layout on this weblog.",
    "Hey there, I stumbled upon this site, very helpful, thanks for sharing",
]
NO_SPAM = [
    "He said that the spelling on the ministry's web site was wrong.",
    "“I really like your web site, keep up the good work,” the minister told the students.",
    "Your posts will be deleted, the regulator told users.",
    "I asked the minister for a comment, but none came.",
    "The minister said she was impressed by the blog and would bookmark it.",
]


@pytest.mark.parametrize("paragraph", SPAM)
def test_spam_after_the_last_paragraph(paragraph):
    assert is_spam(paragraph)
    assert set_apart(STORY + paragraph) == [paragraph]
    assert set_apart(STORY + paragraph + "\n\n" + SPAM[0] + "\n") == [paragraph, SPAM[0]]


@pytest.mark.parametrize("paragraph", SPAM)
def test_spam_is_only_looked_for_at_the_end(paragraph):
    assert set_apart(paragraph + "\n" + STORY) == []


@pytest.mark.parametrize("paragraph", NO_SPAM)
def test_an_article_may_end_with_a_web_site(paragraph):
    assert set_apart(STORY + paragraph) == []


def test_overlapping_places_are_joined():
    places = [
        Junk(start=5, end=9, reason="b"),
        Junk(start=0, end=6, reason="a"),
        Junk(start=9, end=9, reason="c"),
    ]
    assert without_overlap(places) == (Junk(start=0, end=9, reason="a"),)


LINES = st.lists(
    st.one_of(
        st.sampled_from(["LEAVE A REPLY", "Reply", "12", "Read more: x", "(File/AP)", "Photo: AP", *SPAM]),
        st.text(max_size=200),
        st.sampled_from(STORY.split("\n\n")),
    ),
    max_size=20,
)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
def test_junk_is_in_order_within_the_text_and_does_not_overlap(lines, line_end):
    text = line_end.join(lines)
    at = 0
    for junk in find_junk(text):
        assert at <= junk.start < junk.end <= len(text)
        assert text[junk.start : junk.end].strip() == text[junk.start : junk.end]
        at = junk.end
