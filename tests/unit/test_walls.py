import pytest
from patience import spends_less

from claimtrack.documents.header import Article
from claimtrack.documents.pages import read_page
from claimtrack.documents.walls import check_page
from claimtrack.errors import InputError

SAID = "Farm minister Lena Orth said on Friday that the dam will be built by June."
BRIEF = f"<p>{SAID}</p>" + "<p>The river ran high for the third week, and the old mill stood still.</p>" * 6
ARTICLE = BRIEF * 5


def page(body, head=""):
    return f"<html><head><title>The Post</title>{head}</head><body>{body}</body></html>"


def check(text, asked="", final=""):
    return check_page(text, read_page(text), asked, final)


def refusal(text, asked="", final=""):
    with pytest.raises(InputError) as caught:
        check(text, asked, final)
    assert "save the page" in caught.value.hint or "web.archive.org" in caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(page("<h1>Dam row</h1><p>Subscribe to continue reading.</p>"), "login", id="subscribe"),
        pytest.param(
            page("<h1>Dam row</h1><p>You’ve reached your limit of free articles.</p>"), "a login", id="meter"
        ),
        pytest.param(page("<h1>Log in</h1><form><input name=u><input type='password'></form><p>Email</p>"),
                     "a login", id="login form"),
        pytest.param(page("<h1>Dam row</h1><p>The dam.</p>",
                          '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'),
                     "a login", id="closed by its metadata"),
        pytest.param(page("<h1>Just a moment...</h1><p>Verify you are human by completing the action.</p>"),
                     "a person", id="Cloudflare"),
        pytest.param(page("<p>Our systems have detected unusual traffic from your network.</p>"),
                     "a person", id="Google"),
        pytest.param(page("<p>Before you continue to the news, cookies.</p>"), "consent", id="consent"),
        pytest.param(page("<noscript>You need to enable JavaScript to run this app.</noscript>"
                          "<div id='root'></div><p>© 2025 The Post</p>"), "by script", id="shell"),
        pytest.param(page("<div id=__next> </div><p>© 2025 The Post</p>"), "by script", id="shell, unsaid"),
    ],
)  # fmt: skip
def test_a_wall_is_no_article(text, words):
    assert words in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(page(BRIEF), id="brief"),
        pytest.param(page(f"<p>{SAID}</p>"), id="one sentence"),
        pytest.param(page(BRIEF + "<form><input type=password></form>"), id="a login form in the margin"),
        pytest.param(page("<p>We value your privacy</p>" + ARTICLE), id="a banner"),
        pytest.param(page("<noscript>Please enable JavaScript</noscript>" + BRIEF), id="a notice"),
        pytest.param(page(ARTICLE + "<p>Subscribe to continue reading.</p>"), id="a long article"),
        pytest.param(page(BRIEF + "<script>var t='verify you are human'</script>"), id="words in a script"),
        pytest.param(page(BRIEF + "<a>Already a subscriber? Log in</a>"), id="a link to the login"),
        pytest.param(page(f"<p>{SAID}</p><p>“They are not robots,” she said.</p>"), id="robots"),
    ],
)
def test_an_article_is_no_wall(text):
    assert check(text) is None


def test_the_beginning_of_an_article_is_kept_and_remarked():
    remark = check(
        page("<article>" + BRIEF + "</article><div class=wall>Subscribe to continue reading.</div>")
    )
    assert remark is not None
    assert "only the beginning" in remark


@pytest.mark.parametrize(
    ("asked", "final", "text", "words"),
    [
        (
            "https://p.example/2025/dam",
            "https://p.example/login?next=/2025/dam",
            page(f"<p>{SAID}</p>"),
            "login",
        ),
        ("https://p.example/2025/dam", "https://id.example/auth/x", page(f"<p>{SAID}</p>"), "login"),
        ("https://p.example/2025/dam", "https://p.example/", page(f"<p>{SAID}</p>"), "front page"),
        ("https://p.example/2025/dam", "https://p.example/", page(ARTICLE * 3), "front page"),
    ],
)
def test_an_address_that_leads_away_from_the_article(asked, final, text, words):
    assert words in refusal(text, asked, final)


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("https://p.example/", "https://www.p.example/"),
        ("https://p.example/login", "https://www.p.example/login"),
        ("https://p.example/a", "https://p.example/2025/dam-login"),
        ("https://p.example/account/a", "https://p.example/account/b"),
    ],
)
def test_an_address_that_leads_to_the_article(asked, final):
    assert check(page(f"<p>{SAID}</p>"), asked, final) is None


@pytest.mark.parametrize("bad", ["<script>", "<script ", "<!--", "<", "<div id='root' ", "<input type "])
def test_hostile_pages_take_no_time(bad):
    article = Article(text="The dam will be built, she said.")
    assert spends_less(2, lambda: check_page(bad * 100_000, article))
