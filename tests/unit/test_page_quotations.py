import pytest

from claimtrack.documents.pages import read_page

PROSE = "<p>The harbour bridge in Kalbar was closed again on Friday, after its pumps had failed twice.</p>"
MORE = "<p>Work on the bridge goes on until the end of the year, and the road stays closed to lorries.</p>"


def lines(inner: str) -> list[str]:
    page = f"<html><body><article><h1>Bridge row</h1>{PROSE}{inner}{MORE}</article></body></html>"
    return read_page(page).text.split("\n")[2:-1]


def post(words: str, below: str, names: str = "twitter-tweet") -> str:
    return f'<blockquote class="{names}"><p lang="en">{words}</p>{below}</blockquote>'


SIGNED = [
    pytest.param(
        post("No toll. Not this year.", "&mdash; Ada Lomax (@adalomax) <a href='#'>May 2, 2025</a>"),
        ["“No toll. Not this year.” – Ada Lomax (@adalomax) May 2, 2025"],
        id="post",
    ),
    pytest.param(
        f'<div class="social-embed">{post("No toll.", "&mdash; Ada Lomax (@adalomax)")}</div>',
        ["“No toll.” – Ada Lomax (@adalomax)"],
        id="post in a box called social",
    ),
    pytest.param(
        post(
            'No "toll"<br>here. <a>pic.twitter.com/x1</a>', "&mdash; 🌊 ada 🌊 (@adalomax) <a>May 2, 2025</a>"
        ),
        ["“No “toll” here.” – @adalomax May 2, 2025"],
        id="post with picture, quoted word and a display name in small letters",
    ),
    pytest.param(
        post("No toll.", "&mdash; Ada Lomax (@adalomax)") + post("Pumps failed.", "&mdash; Tom Reed (@tr)"),
        ["“No toll.” – Ada Lomax (@adalomax)", "“Pumps failed.” – Tom Reed (@tr)"],
        id="two posts",
    ),
    pytest.param(
        "<blockquote><p>A toll is on.</p><footer>— <cite>Lena Orth</cite>, opposition</footer></blockquote>",
        ["“A toll is on.” – Lena Orth, opposition"],
        id="footer",
    ),
    pytest.param(
        "<blockquote><p>It was long.</p><p>It was wet, as “they” say.</p><cite>Jane Roe</cite></blockquote>",
        ["“It was long. It was wet, as “they” say.” – Jane Roe"],
        id="cite, two paragraphs",
    ),
    pytest.param(
        "<figure><blockquote>“Nobody will pay.”</blockquote><figcaption>Ada Lomax, MP</figcaption></figure>",
        ["“Nobody will pay.” – Ada Lomax, MP"],
        id="figure",
    ),
    pytest.param(
        "<blockquote><p>We lost everything.</p></blockquote><p>— Bob Day</p>",
        ["“We lost everything.” – Bob Day"],
        id="name in the paragraph below",
    ),
    pytest.param(
        "<p>He said <q>there is no <q>toll</q> here</q> on Monday, when he spoke in the town hall.</p>",
        ["He said “there is no ‘toll’ here” on Monday, when he spoke in the town hall."],
        id="inline quotations",
    ),
    pytest.param(
        "".join(
            f"<p><strong>{q}</strong></p><p>I do, we all do.</p>" for q in ("You know?", "You pay?", "You?")
        ),
        [
            "**You know?**",
            "I do, we all do.",
            "**You pay?**",
            "I do, we all do.",
            "**You?**",
            "I do, we all do.",
        ],
        id="questions in bold",
    ),
]


@pytest.mark.parametrize(("inner", "wanted"), SIGNED)
def test_marks_are_written(inner, wanted):
    assert lines(inner) == wanted


UNSIGNED = [
    pytest.param(
        "<blockquote>As told in <cite>Dawn</cite>, the plan is dead and buried.</blockquote>",
        ["As told in Dawn, the plan is dead and buried."],
        id="a work cited in the words",
    ),
    pytest.param(
        "<blockquote><p>The plan is dead and buried.</p></blockquote><p>— and that was it, they said</p>",
        ["The plan is dead and buried.", "— and that was it, they said"],
        id="a sentence after a dash",
    ),
    pytest.param(
        "<figure><img src='a.jpg'><figcaption>Lena Orth in Kalbar on Friday.</figcaption></figure>",
        ["Lena Orth in Kalbar on Friday."],
        id="a picture's caption",
    ),
    pytest.param(
        "<p><strong>Who pays?</strong></p><p>The drivers pay for it.</p>",
        ["Who pays?", "The drivers pay for it."],
        id="one question in bold",
    ),
    pytest.param(
        "<p>“Quoted,” <q>“already”</q> he said to the crowd on Monday.</p>", None, id="marks in a q"
    ),
]


@pytest.mark.parametrize(("inner", "wanted"), UNSIGNED)
def test_other_frames_stay_as_they_are(inner, wanted):
    found = lines(inner)
    assert found == wanted if wanted else "““" not in "".join(found)


def test_a_frame_of_many_paragraphs_takes_linear_time():
    block = "<blockquote>" + "<p>" * 3000 + "words" + "</p>" * 3000 + "<cite>Jane Roe</cite></blockquote>"
    assert "Jane Roe" in "\n".join(lines(block * 3))
