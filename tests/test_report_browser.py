"""The report in a real browser: what it asks for, shows, filters and prints.

Needs Chromium (Debian: ``apt-get install chromium``) and ``pip install "claimtrack[browser]"``; skipped,
with a reason, where one of them is absent.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from report_articles import ARTICLES
from test_cli import Desk

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH")

FLAGS = (
    "--no-sandbox",  # as root, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 120_000
"""Milliseconds: a machine that does other work too is slow, not broken."""

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """A report of the invented articles, with one reviewed conflict and a long name in the way."""
    folder = tmp_path_factory.mktemp("report")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        desk = Desk(folder)
        desk.run("ingest", *ARTICLES)
        (change,) = desk.records("contradictions", "--kind", "change")
        desk.run("review", change["id"], "--unsure", "--by", "Kim", "--note", "<b>asked</b> " + "x" * 200)
        desk.run("sources", "set", change["a"]["document"]["id"], "--url", "https://example.org/" + "a" * 120)
        desk.run("report", "out.html")
    finally:
        os.chdir(before)
    return folder / "out.html"


@pytest.fixture(scope="module")
def browser() -> "Iterator[playwright.Browser]":
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=PATIENCE)
        yield started
        started.close()


class Opened:
    """The report in a page of the browser, and all that it asked for or complained about."""

    def __init__(self, browser, report: Path, hash: str = "", **options) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.url = report.as_uri()
        self.page.goto(self.url + hash)

    @property
    def shown(self) -> str:
        return self.page.locator("#shown").inner_text()

    @property
    def cards(self) -> list[str]:
        return self.page.eval_on_selector_all(
            ".conflict", "all => all.filter(each => each.checkVisibility()).map(each => each.dataset.kind)"
        )

    def choose(self, name: str, label: str) -> None:
        self.page.select_option(f"select[name={name}]", label=label)


@pytest.fixture
def open_page(browser, report):
    opened: list[Opened] = []

    def start(hash: str = "", **options) -> Opened:
        opened.append(Opened(browser, report, hash, **options))
        return opened[-1]

    yield start
    for each in opened:
        each.context.close()


def every_look():
    looks = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
    return pytest.mark.parametrize(("width", "scheme"), looks, ids=lambda value: str(value))


# --- how it looks --------------------------------------------------------------------------------


@every_look()
def test_it_opens_without_complaint_and_asks_for_nothing_else(open_page, tmp_path, width, scheme):
    opened = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert opened.asked == [opened.url]
    assert opened.said == []
    assert opened.cards == ["contradiction", "change", "contradiction"]
    picture = tmp_path / "page.png"
    opened.page.screenshot(path=picture, full_page=True)
    assert picture.stat().st_size > 10_000


@every_look()
def test_nothing_runs_over_the_edge(open_page, width, scheme):
    opened = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert opened.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_dark_page_is_dark_and_the_light_one_light(open_page):
    brightness = "parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"
    assert open_page(color_scheme="light").page.evaluate(brightness) > 200
    assert open_page(color_scheme="dark").page.evaluate(brightness) < 60


@every_look()
def test_axe_finds_no_fault(open_page, width, scheme):
    opened = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    opened.page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = opened.page.evaluate("axe.run(document)")
    assert len(found["passes"]) > 30
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


def test_a_link_is_one_line_from_dot_to_dot(open_page):
    """Each row draws its own piece: the pieces must meet at the rows' edges."""
    opened = open_page()
    rows = opened.page.eval_on_selector_all(
        ".timeline li",
        """all => {
            const box = element => element.getBoundingClientRect().toJSON();
            return all.map(row => ({
                row: box(row), svg: box(row.querySelector("svg")),
                links: [...row.querySelectorAll(".link line")].map(box),
            }));
        }""",
    )
    assert rows
    for row in rows:
        assert row["svg"]["top"] == pytest.approx(row["row"]["top"], abs=1)
        assert row["svg"]["bottom"] == pytest.approx(row["row"]["bottom"], abs=1)
    joints = [
        (first["bottom"], second["top"])
        for upper, lower in pairwise(rows)
        for first in upper["links"]
        for second in lower["links"]
        if first["left"] == second["left"] and abs(first["bottom"] - upper["row"]["bottom"]) < 1
    ]
    assert joints
    assert all(below == pytest.approx(above, abs=1) for above, below in joints)


def test_conflicts_are_told_in_words_beside_the_drawing(open_page):
    opened = open_page()
    told = opened.page.locator(".timeline .see a").all_inner_texts()
    assert len(told) == 6
    assert all(
        re.fullmatch(r"Possible (contradiction|change) with \d(, said [\d-]+)?", text) for text in told
    )
    assert opened.page.locator("svg:not([aria-hidden=true])").count() == 0


# --- filters -------------------------------------------------------------------------------------


def test_filters_choose_and_say_what_is_shown(open_page):
    opened = open_page()
    assert opened.shown == "Showing all 3 possible conflicts, all 3 subjects."
    opened.choose("speaker", "Eve Stone")
    assert opened.cards == ["contradiction"]
    assert opened.shown == "Showing 1 of 3 possible conflicts, 1 of 3 subjects."
    assert opened.page.locator(".person:visible h2").all_inner_texts() == ["Eve Stone"]
    opened.choose("kind", "change")
    assert opened.cards == []
    assert opened.page.locator("#none").is_visible()
    opened.page.get_by_role("button", name="Show everything").click()
    opened.page.get_by_text("all 3 possible").wait_for()
    assert len(opened.cards) == 3
    opened.choose("status", "unsure")
    assert opened.cards == ["change"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("eve", 1),
        ("STONE closed", 1),
        ("will not raise the toll", 2),
        ("kim", 1),
        ("gâte", 1),
        ("zeppelin", 0),
    ],
)
def test_words_are_found_as_they_are_typed(open_page, typed, found):
    opened = open_page()
    opened.page.get_by_role("searchbox").press_sequentially(typed)
    assert len(opened.cards) == found
    assert opened.shown.startswith(f"Showing {found} of 3")


def test_a_word_in_the_folded_context_is_unfolded_while_it_is_looked_for(open_page):
    opened = open_page()
    opened.page.get_by_role("searchbox").fill("pumps")
    assert opened.cards == ["change"]
    assert opened.page.locator(".conflict details[open]").count() == 1
    assert opened.page.get_by_text("the pumps had failed").first.is_visible()
    opened.page.get_by_role("searchbox").fill("")
    assert opened.page.locator(".conflict details[open]").count() == 0


def test_a_subject_belongs_to_its_speaker(open_page):
    opened = open_page()
    subjects = "select[name=subject] optgroup:not([hidden]) option"
    assert opened.page.locator(subjects).count() == 3
    opened.choose("speaker", "Eve Stone")
    assert opened.page.locator(subjects).count() == 1
    opened.page.select_option("select[name=subject]", index=3)
    assert opened.cards == ["contradiction"]
    opened.choose("speaker", "Ada Lomax")
    assert opened.page.input_value("select[name=subject]") == ""
    assert len(opened.cards) == 2


def test_the_address_keeps_the_filters(open_page):
    opened = open_page()
    opened.page.get_by_role("searchbox").fill("raise toll")
    opened.choose("kind", "change")
    hash = opened.page.evaluate("location.hash")
    assert hash == "#q=raise+toll&kind=change"
    again = open_page(hash)
    assert again.cards == ["change"]
    assert again.page.get_by_role("searchbox").input_value() == "raise toll"


def test_nonsense_in_the_address_filters_nothing(open_page):
    opened = open_page("#kind=nonsense&speaker=%3Cscript%3E&__proto__=x&q=%E0%A4%A")
    assert opened.said == []
    assert opened.page.input_value("select[name=kind]") == ""


def test_an_anchor_leads_to_a_conflict_that_a_filter_hides(open_page):
    opened = open_page("#kind=change")
    hidden = opened.page.locator(".conflict[data-kind=contradiction]").first
    opened.page.evaluate("id => { location.hash = id }", hidden.get_attribute("id"))
    opened.page.locator(":target").wait_for()
    assert len(opened.cards) == 3


# --- without a mouse, without a script, on paper -----------------------------------------------------


def test_a_keyboard_reaches_everything_in_order(open_page):
    opened = open_page()
    keyboard = opened.page.keyboard
    seen = []
    for _ in range(60):
        keyboard.press("Tab")
        seen.append(
            opened.page.evaluate(
                """(() => {
                    const element = document.activeElement, style = getComputedStyle(element);
                    const name = element.name || element.textContent.trim().slice(0, 24);
                    return [element.tagName, name, style.outlineStyle, style.outlineWidth];
                })()"""
            )
        )
    assert seen[0][1] == "Skip to the statements"
    walked = [name for tag, name, *_ in seen if tag in ("INPUT", "SELECT", "BUTTON")]
    assert walked[:6] == ["q", "speaker", "subject", "kind", "status", "Show everything"]
    assert any(tag == "SUMMARY" and name.startswith("In its paragraph") for tag, name, *_ in seen)
    for tag, name, style, width in seen:
        if tag != "BODY":
            assert style != "none", (tag, name)
            assert width != "0px", (tag, name)


def test_the_first_key_leads_past_the_overview_and_a_key_unfolds_the_context(open_page):
    opened = open_page()
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#conflicts:focus").wait_for()
    summary = opened.page.locator(".conflict summary").first
    summary.focus()
    opened.page.keyboard.press("Enter")
    context = opened.page.locator(".conflict details").first.locator(".context")
    context.first.wait_for()


def test_without_a_script_everything_is_there_but_the_filters(open_page):
    opened = open_page(java_script_enabled=False)
    assert opened.page.locator(".conflict:visible").count() == 3
    assert not opened.page.locator("#filters").is_visible()
    opened.page.locator(".conflict summary").first.click()
    opened.page.locator(".conflict .context").first.wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_on_paper_the_context_is_unfolded_and_the_filters_are_gone(open_page, script):
    import pypdfium2

    opened = open_page(java_script_enabled=script)
    printed = pypdfium2.PdfDocument(opened.page.pdf(format="A4"))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in printed).split())
    assert "Lomax told reporters in Karachi." in text
    assert "SHA-256" in text
    assert "Show everything" not in text
    assert 2 <= len(printed) < 12


# --- hostile text and the network --------------------------------------------------------------------


def test_hostile_text_stays_text(open_page):
    opened = open_page()
    opened.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert opened.page.evaluate("typeof window.hacked") == "undefined"
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("script").count() == 1
    body = opened.page.locator("body").inner_text()
    for shown in (
        "<script>window.hacked=1</script>",
        "<img src=x onerror=",
        "</script><script>",
        "<b>asked</b>",
    ):
        assert shown in body
    assert opened.said == []


@pytest.mark.parametrize(
    "attempt",
    [
        "fetch('https://example.org/')",
        "new Promise((_, no) => { const i = new Image(); i.onerror = no; i.src = 'https://example.org/i' })",
        "new Promise((_, no) => { const s = document.createElement('script'); s.onerror = no;"
        " s.src = 'https://example.org/s.js'; document.body.append(s) })",
        "navigator.sendBeacon('https://example.org/')",
    ],
    ids=["fetch", "picture", "script", "beacon"],
)
def test_its_policy_forbids_every_request(open_page, attempt):
    opened = open_page()
    reached: list[str] = []
    opened.context.route(re.compile("^https?://"), lambda route: reached.append(route.request.url))
    with suppress(playwright.Error):
        opened.page.evaluate(f"(async () => {{ await {attempt} }})()")
    until = time.monotonic() + PATIENCE / 1000
    while not any("Content Security Policy" in line for line in opened.said):
        assert time.monotonic() < until, opened.said
        opened.page.wait_for_timeout(20)  # what a page says comes on its own time
    assert reached == []


def test_its_policy_forbids_scripts_in_the_text(open_page):
    opened = open_page()
    opened.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<a onclick=\"hacked=1\" id=bad>x</a>')"
    )
    opened.page.evaluate("document.getElementById('bad').click()")
    opened.page.evaluate(
        "{const s = document.createElement('script'); s.text = 'hacked=1'; document.body.append(s)}"
    )
    assert opened.page.evaluate("typeof window.hacked") == "undefined"
