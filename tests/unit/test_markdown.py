"""Notes: what a second person needs to check them, and nothing that article text could smuggle in."""

import html
import re

import pytest
from conftest import find_span, make_conflict, make_document, make_statement
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimtrack.models import Judgement, Kind, Label, Polarity, Review, ReviewStatus, SignalType, Speaker
from claimtrack.notes import checks, inline, markdown
from claimtrack.notes.phrases import one_line


def test_a_conflict_names_both_quotations_with_their_origin(bridge):
    conflict, documents = bridge
    document = documents[conflict.a.document_id]
    notes = markdown.conflict_notes([conflict], documents)
    assert notes.startswith("## Possible conflict 1: Ada Lomax — unreviewed\n")
    assert "possible conflict, unreviewed" in notes
    assert "\n> the bridge was open\n" in notes
    assert "\n> “The bridge is closed,”\n" in notes
    assert "why: open / closed (antonym)" in notes
    assert notes.count("_Bridge opens_, The Harbour Gazette, published 2024-03-12") == 2
    assert "`articles/one.txt:2`, characters 36–59" in notes
    assert "cue “said”" in notes
    assert "said 2024-03-11 (weekday before publication)" in notes
    assert "date said unknown" in notes
    assert "both statements stand in one article" in notes
    for evidence in (conflict.id, conflict.a.id, conflict.b.id, document.id, document.sha256):
        assert evidence in notes


def test_no_conflict_is_said_in_a_sentence():
    assert markdown.conflict_notes([], {}) == "No possible conflicts found.\n"
    assert markdown.statement_notes([], {}) == "No statements found.\n"


def test_a_review_shows_in_the_heading(bridge):
    conflict, documents = bridge
    review = Review(
        status=ReviewStatus.CONFIRMED, by="Nell", at="2025-01-02T03:04:05+00:00", note="rang *her*"
    )
    notes = markdown.conflict_notes([conflict.model_copy(update={"review": review})], documents)
    assert "Ada Lomax — confirmed" in notes
    assert "possible conflict, confirmed by Nell on 2025-01-02" in notes
    assert r"rang \*her\*" in notes


def test_a_denial_is_told(bridge):
    conflict, documents = bridge
    assert "speaker denies" not in markdown.conflict_notes([conflict], documents)
    denied = conflict.model_copy(update={"b": conflict.b.model_copy(update={"polarity": Polarity.NEGATED})})
    assert "direct quotation, which the speaker denies:" in markdown.conflict_notes([denied], documents)


def test_opposed_words_that_the_reason_does_not_name_are_told(bridge):
    conflict, documents = bridge
    model = conflict.signals[0].model_copy(update={"detail": "a model", "type": SignalType.INFERENCE})
    notes = markdown.conflict_notes(
        [conflict.model_copy(update={"signals": (*conflict.signals, model)})], documents
    )
    assert "- why: open / closed (antonym)\n" in notes
    assert "- why: a model (inference); A has **open**, B has **closed**\n" in notes


def test_the_author_and_the_basis_of_the_day_are_told():
    document = make_document(
        "She said it rained.",
        title="Rain",
        author="J. *Poe*",
        published="2024-03-12",
        published_basis="file name",
    )
    notes = markdown.statement_notes([make_statement(document, "it rained")], {document.id: document})
    assert (
        "_Rain_, by J. \\*Poe\\*, outlet unknown, published 2024-03-12, day of publication from: file name"
        in notes
    )


def test_the_right_of_reply_and_other_reviewers_are_told(bridge):
    conflict, documents = bridge
    review = Review(
        status=ReviewStatus.CONFIRMED, by="Nell", at="2025-01-02T03:04:05+00:00", note="mine",
        contacted="2025-01-03", response="It was *closed*.",
        others=(Review(status=ReviewStatus.DISMISSED, by="Tom", at="2025-01-01T00:00:00+00:00", note="his"),),
    )  # fmt: skip
    notes = markdown.conflict_notes([conflict.model_copy(update={"review": review})], documents)
    assert "confirmed by Nell on 2025-01-02; disputed: dismissed by Tom on 2025-01-01" in notes
    for line in (
        "reviewer's note: mine",
        "note by Tom: his",
        "contacted on 2025-01-03; response: It was \\*closed\\*.",
    ):
        assert line in notes


def test_only_direct_speech_stands_in_quotation_marks():
    document = make_document("LOMAX: It rained.\nShe said it rained again.")
    turn = make_statement(document, "It rained.", kind=Kind.DIRECT)
    indirect = make_statement(document, "it rained again")
    notes = markdown.statement_notes([turn, indirect], {document.id: document})
    assert "> “It rained.”" in notes
    assert "> it rained again\n" in notes


def test_a_quotation_over_paragraphs_keeps_them():
    document = make_document("“It rained.\n\n“It poured,” she said.")
    said = make_statement(document, "“It rained.\n\n“It poured,”", kind=Kind.DIRECT)
    assert "> “It rained.\n>\n> “It poured,”\n" in markdown.statement_notes([said], {document.id: document})


def test_the_sentences_around_the_statement_are_told_and_its_words_are_bold():
    document = make_document("One.\nBefore.\nShe said it *rained* hard, and left.\nAfter. More.")
    said = make_statement(document, "it *rained* hard")
    notes = markdown.paragraph_notes(said, document)
    assert notes == "> Before.\n>\n> She said **it \\*rained\\* hard**, and left.\n>\n> After. …\n"


def test_a_long_paragraph_is_cut_between_sentences_and_says_so():
    document = make_document(
        f"{'It was far away. ' * 60}She said it rained. {'And so on. ' * 60}The end.\nNext."
    )
    said = make_statement(document, "it rained")
    notes = markdown.paragraph_notes(said, document, 40)
    assert notes == "> … It was far away. She said **it rained**. And so on. And so on. And so on. …\n"
    whole = markdown.paragraph_notes(said, document, 5000)
    assert whole.startswith("> It was far")
    assert whole.endswith("The end.\n")


def test_the_paragraph_of_an_interrupted_quotation():
    document = make_document("“We go,” she said, “today.” They went.")
    said = make_statement(document, "“We go,”", "“today.”", kind=Kind.DIRECT)
    assert markdown.paragraph_notes(said, document) == "> **“We go,”** she said, **“today.”** They went.\n"


def test_the_basis_of_a_date_is_words_only():
    document = make_document("She said it rained.")
    said = make_statement(document, "it rained", said_on="2024-03-11", said_on_basis="*Monday* <b>\n# x")
    notes = markdown.statement_notes([said], {document.id: document})
    assert r"said 2024-03-11 (\*Monday\* &lt;b&gt; \# x)" in notes


def test_hearsay_is_told():
    document = make_document("Asif told Dawn it rained.")
    said = make_statement(document, "it rained", reported_by=("Hasan",), via=("Dawn",))
    notes = markdown.statement_notes([said], {document.id: document})
    assert "as reported by Hasan" in notes
    assert "by way of Dawn" in notes


def test_what_is_unknown_is_said():
    document = make_document("He said it rained.")
    said = make_statement(document, "it rained", speaker=None, mention=find_span(document, "He"))
    notes = markdown.statement_notes([said], {document.id: document})
    assert "speaker unresolved (“He”)" in notes
    assert "no title" in notes
    assert "outlet unknown, publication date unknown" in notes


HOSTILE = [
    pytest.param("*bold* _it_ ~~no~~", id="emphasis"),
    pytest.param("<script>alert(1)</script> <b>x</b>", id="html"),
    pytest.param("[click](http://evil.example) ![x](y.png)", id="link"),
    pytest.param("http://evil.example www.evil.example", id="bare link"),
    pytest.param("# heading #tag [[page]] %%gone%% ^block ==mark==", id="note-taking programs"),
    pytest.param("&lt;script&gt; &#60;", id="entities"),
    pytest.param(
        "<% tp.file %> {{ x }} {% y %} `= this.file` (key:: value) key:: value", id="templates and queries"
    ),
    pytest.param("a | b `code` $x$ \\*", id="tables, code and formulas"),
    pytest.param("line\x1b[31m red \x9b2J \u202eback", id="escape sequences"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_article_text_is_words_only(text):
    escaped = inline.escape(text)
    assert not re.search(r"(?<!\\)[*_\[\]|~#$^=`]", escaped)
    assert not set("<>\x1b\x9b\u202e") & set(escaped)
    assert not re.search(r"(?<!\\)://|www\.|::|<%|\{[{%]", escaped)
    assert as_read(escaped) == html.escape(one_line(text), quote=False)


def as_read(notes: str) -> str:
    """Returns the HTML that a Markdown program makes of one paragraph in a block quote."""
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"> {notes}\n")
    return page.removeprefix("<blockquote>\n<p>").removesuffix("</p>\n</blockquote>\n").replace("&quot;", '"')


@given(st.text(min_size=1) | st.text("*_-+=<>&;#1.)(`[]!~|\\ \n\taw@:/$^%"))
def test_any_text_reads_as_its_own_words(text):
    assume(one_line(text))
    assert as_read(inline.escape(text)) == html.escape(one_line(text), quote=False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- a dash", "\\- a dash"),
        ("+ a plus", "\\+ a plus"),
        ("1. a number", "1\\. a number"),
        ("2) a number", "2\\) a number"),
        ("--- a rule", "\\--- a rule"),
        ("1.5 million people", "1.5 million people"),
        ("-5 degrees, Smith & Sons: no", "-5 degrees, Smith & Sons: no"),
        ("time-tested (again)!", "time-tested (again)!"),
    ],
)
def test_a_line_opens_no_list_and_plain_words_stay_plain(line, expected):
    assert inline.escape(line) == expected


@pytest.mark.parametrize("path", ["a`b.txt", "``", "plain.txt"])
def test_a_path_cannot_leave_its_code_span(path):
    span = inline.code(path)
    fence = re.match("`+", span)[0]
    assert path in span
    assert f"{fence}`" not in path


def test_hostile_titles_and_names_are_words_only(bridge):
    document = make_document(
        "She said it rained. She said it was dry.", title="<b>x</b>\n# y", publisher="[z](q)"
    )
    first = make_statement(document, "it rained", speaker="*Ada* <i>")
    second = make_statement(document, "it was dry", speaker="*Ada* <i>")
    conflict = make_conflict(first, second, find_span(document, "rained"), find_span(document, "dry"))
    notes = markdown.conflict_notes([conflict], {document.id: document})
    assert "<b>" not in notes
    assert "<i>" not in notes
    assert not re.search(r"(?<!\\)\]\(", notes)
    assert not re.search(r"^# ", notes, re.MULTILINE)


def test_only_a_web_address_becomes_a_link():
    for url, linked in (
        ("https://dawn.example/a-b", True),
        ("javascript:alert(1)", False),
        ("http://a b", False),
    ):
        document = make_document("She said it rained.", url=url)
        notes = markdown.statement_notes([make_statement(document, "it rained")], {document.id: document})
        assert (f"<{url}>" in notes) is linked


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "https://archive.example/2024/https://dawn.example/a",
            "<https://archive.example/2024/https://dawn.example/a>",
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://a b <script>", r"https\://a b &lt;script&gt;"),
    ],
)
def test_an_archived_copy_is_named(address, told):
    document = make_document("She said it rained.", archive_url=address)
    notes = markdown.statement_notes([make_statement(document, "it rained")], {document.id: document})
    assert f"- archived copy: {told}\n" in notes
    assert markdown.source_notes([(document, 1)]).splitlines()[2].endswith(f"| {told} |")


def test_what_tells_an_article_from_its_later_versions_is_named():
    document = make_document(
        "She said it rained.",
        raw_sha256="0f",
        retrieved_at="2025-01-04T05:06:07+00:00",
        retracted=True,
        pages=(0,),
    )
    notes = markdown.statement_notes([make_statement(document, "it rained")], {document.id: document})
    assert f"SHA-256 {document.sha256}, of the bytes 0f, retrieved 2025-01-04T05:06:07+00:00" in notes
    assert "publication date unknown, RETRACTED" in notes
    assert "`articles/one.txt, page 1`" in notes
    assert "| RETRACTED |" in markdown.source_notes([(document, 0)])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_word_diff_is_words_only(text):
    (line,) = checks.quoted_differences([("gone", text), ("new", text), ("same", text)]).splitlines()
    escaped = inline.escape(text)
    assert line == f"> ~~{escaped}~~ **{escaped}** {escaped}"
    assert not set("\x1b\x9b\u202e") & set(checks.plain_differences([("gone", text), ("new", text)]))


def test_tables_of_speakers_and_sources():
    speaker = Speaker(id="sp-1", name="Ada Lomax", aliases=("A | Lomax",))
    row = markdown.speaker_notes([(speaker, 3, 2)]).splitlines()[2]
    assert row == "| Ada Lomax | A \\| Lomax |  | 3 | 2 | sp-1 |"
    document = make_document("x", path="a|b.txt", copy_of="doc-2")
    row = markdown.source_notes([(document, 0)]).splitlines()[2]
    assert row.startswith("| `a\\|b.txt` |")
    assert "copy of doc-2" in row


def test_a_judged_pair():
    judged = Judgement(label=Label.NEUTRAL, kind=None, score=0.1)
    notes = markdown.judgement_notes("p1", "It *is*.", "It was.", judged)
    assert notes.startswith("### p1: neutral, score 0.10\n")
    assert "> It \\*is\\*." in notes
