"""JSON Lines, JSON files and ninjs items read as articles; the same bytes in hostile forms."""

import io
import json

import pytest

from claimtrack.documents.header import Article
from claimtrack.documents.outcome import Remark, Unread
from claimtrack.documents.records import json_files
from claimtrack.documents.records import json_lines as records
from claimtrack.documents.records.fields import MOST_VALUES, field_at, iso_date
from claimtrack.documents.records.parts import MOST_FAILURES, Parts, web_address
from claimtrack.errors import InputError
from claimtrack.settings import Settings

SAID = "Harbour master Tom Reed said the pumps had failed."
QUOTED = "“The toll will be two pounds,” Lomax told reporters."
STORY = f"{SAID}\n{QUOTED}"
FULL = {
    "text": STORY,
    "title": "Pumps &amp; tolls",
    "date": "2024-03-12T23:30:00-05:00",
    "url": "https://harbour.example/pumps#top",
    "publisher": "The Harbour Gazette",
    "author": ["Jane Roe", {"name": "Sam Poe"}],
}


def lines(*values) -> bytes:
    return b"".join(v if isinstance(v, bytes) else json.dumps(v).encode() + b"\n" for v in values)


def read_lines(*values, **settings):
    return list(records.read(io.BytesIO(lines(*values)), Settings(**settings)))


def read_file(content, **settings):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(json_files.read(io.BytesIO(raw), Settings(**settings)))


def one(found) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def test_all_fields_of_a_record():
    article = one(read_lines(FULL))
    header = article.header
    assert article.text == f"Pumps & tolls\n\n{STORY}"
    assert (header.title, header.publisher, header.author) == (
        "Pumps & tolls",
        "The Harbour Gazette",
        "Jane Roe, Sam Poe",
    )
    assert (header.published, header.published_basis) == ("2024-03-12", 'field "date"')
    assert header.url == "https://harbour.example/pumps"
    assert article.part == "#https://harbour.example/pumps"
    assert article.raw == lines(FULL)


def test_a_headline_in_the_text_is_not_repeated():
    text = f"Pumps &amp; tolls\n{SAID}"
    assert one(read_lines({"text": text, "title": "Pumps & tolls"})).text == f"Pumps & tolls\n{SAID}"


@pytest.mark.parametrize(
    ("fields", "record"),
    [
        pytest.param(
            {"text": "body", "date": "published_at"},
            {"body": STORY, "published_at": "2024-03-12"},
            id="names",
        ),
        pytest.param(
            {"text": "a.b", "date": "m.$date"},
            {"a": {"b": STORY}, "m": {"$date": 1710201600000}},
            id="nested",
        ),
        pytest.param(
            {"text": "a.b", "date": "a.c"},
            {"a.b": STORY, "a": {"c": "12 March 2024"}},
            id="a name with a dot",
        ),
        pytest.param(
            {"text": "parts.html", "date": "days.1"},
            {"parts": [{"html": SAID}, {"html": QUOTED}], "days": ["x", 1710201600]},
            id="in a list",
        ),
    ],
)
def test_other_names_of_fields(fields, record):
    article = one(read_lines(record, fields=fields))
    assert article.text == STORY
    assert article.header.published == "2024-03-12"
    assert article.header.published_basis == f'field "{fields["date"]}"'


def test_a_missing_field_says_how_to_name_the_right_one():
    (found,) = read_lines({"id": "7", "summary": "short", "body": STORY})
    assert isinstance(found, Unread)
    assert 'no field "text" (there are: id, summary, body)' in found.message
    assert "--map text=body" in found.hint


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<p>{SAID}</p><p>&ldquo;The toll will be two pounds,&rdquo; Lomax told reporters.</p>",
            id="paragraphs",
        ),
        pytest.param(f"{SAID}<br/><br/>{QUOTED}", id="line breaks"),
        pytest.param(
            f"<!DOCTYPE html><html><h1>Pumps &amp; tolls</h1><p>{SAID}</p><p>{QUOTED}</p></html>",
            id="a page",
        ),
        pytest.param(
            f"<!-- wp:paragraph --><p>{SAID}</p>\n<p>{QUOTED}</p>\n<script>alert(1)</script>", id="a script"
        ),
    ],
)
def test_html_is_read_as_a_page(body):
    article = one(read_lines({**FULL, "text": body}))
    assert article.text == f"Pumps & tolls\n{STORY}"
    assert article.header.published == "2024-03-12"


@pytest.mark.parametrize(
    "text",
    [f"{SAID} It costs < 5 and > 3 pounds.", f"{SAID} Write <name> there.", f"{SAID}\r\n\tAT&T said so."],
    ids=["signs", "a placeholder", "white space"],
)
def test_plain_text_stays_as_it_is(text):
    assert one(read_lines({"text": text})).text == text


def test_entities_in_plain_text_are_read():
    assert one(read_lines({"text": "&#8220;Yes,&#8221; Lomax said."})).text == "“Yes,” Lomax said."


def test_paragraphs_in_a_list():
    assert one(read_lines({"text": [SAID, QUOTED]})).text == STORY


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12T10:00:00.123Z", "2024-03-12"),
        ("Tue, 12 Mar 2024 10:00:00 +0000", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("2024-03", "2024-03"),
        (1710201600, "2024-03-12"),
        (1710201600000, "2024-03-12"),
        ("1710201600", "2024-03-12"),
        (1710201600.5, "2024-03-12"),
        ("03/04/2024", None),
        ("soon", None),
        (5, None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        ("9" * 400, None),
        ({}, None),
        ([1], None),
        (None, None),
    ],
)
def test_dates(value, iso):
    assert iso_date(value) == iso


def test_dates_not_understood_are_told_once():
    *articles, remark = read_lines({"text": STORY, "date": "soon"}, {"text": SAID, "date": "later"})
    assert [article.header.published for article in articles] == [None, None]
    assert remark == Remark(place="", message="2 dates not understood, the first is 'soon' in #1")


def test_a_broken_line_is_told_with_its_number_and_the_rest_goes_on():
    found = read_lines(FULL, b'{"text": "cut o\n', b"\n", {"text": SAID})
    first, broken, last = found
    assert isinstance(first, Article)
    assert isinstance(broken, Unread)
    assert broken.place == "#2"
    assert "Unterminated string" in broken.message
    assert last.part == "#4"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"[" * 100_000, id="deep lists"),
        pytest.param(b'{"a":' * 100_000, id="deep objects"),
        pytest.param(b'{"text": NaN}', id="not a number"),
        pytest.param(b'{"text": Infinity}', id="infinity"),
        pytest.param(b'{"text": ' + b"9" * 100_000 + b"}", id="a huge number"),
        pytest.param(b'{"text": 42}', id="a number"),
        pytest.param(b'{"text": null}', id="null"),
        pytest.param(b'{"text": {"text": "a"}}', id="an object"),
        pytest.param(b'{"text": [1, 2]}', id="a list of numbers"),
        pytest.param(b'{"text": " \\n "}', id="white space"),
        pytest.param(b'{"text": "a\\u0000b"}', id="a null character"),
        pytest.param(b'{"text": "<p></p>"}', id="an empty page"),
        pytest.param(b"{}", id="nothing"),
        pytest.param(b'"text"', id="a string"),
        pytest.param(b"3", id="only a number"),
        pytest.param(b"[]", id="only a list"),
        pytest.param(b'{"text": "a"} {"text": "b"}', id="two values"),
        pytest.param(b"\x80\x81\xff\x00\x01", id="no text"),
        pytest.param(b"[" + b"[]," * (MOST_VALUES // 2) + b"{}," * (MOST_VALUES // 2), id="too many values"),
        pytest.param(b'{"schema": "claimtrack/1", "text": "a"}', id="a store"),
        pytest.param(b'{"text": "a", "speaker": "b", "content": [], "document": {}}', id="a statement"),
    ],
)
def test_lines_that_are_no_article(line):
    good, bad, last = read_lines({"text": STORY}, line + b"\n", {"text": SAID})
    assert isinstance(bad, Unread)
    assert bad.place == "#2"
    assert bad.message
    assert bad.hint
    assert (good.text, last.text) == (STORY, SAID)


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param(
            b'"title": {"a": 1}, "author": [[["x"]]], "publisher": 3, "url": [1], "id": {}', id="wrong types"
        ),
        pytest.param(b'"id": ' + b"7" * 5000 + b', "date": ' + b"9" * 5000, id="huge numbers"),
        pytest.param(b'"date": NaN, "title": -Infinity, "id": 1e999', id="no numbers"),
        pytest.param(b'"text": "first", "text": ' + json.dumps(STORY).encode(), id="a key twice"),
        pytest.param(b'"x": ' + b"[" * 500 + b"]" * 500, id="something deep"),
        pytest.param(b'"url": "javascript:alert(1)", "title": "\\u0000\\ud800\\n"', id="characters"),
        pytest.param(b'"url": "http://[x#y"', id="an address that is none"),
    ],
)
def test_odd_values_beside_a_text(extra):
    found = read_lines(b'{"text": ' + json.dumps(STORY).encode() + b", " + extra + b"}\n")
    article = next(item for item in found if isinstance(item, Article))
    assert article.text.endswith(STORY)
    assert article.header.url is None
    assert article.header.published is None


def test_half_characters_are_replaced():
    assert one(read_lines(b'{"text": "Reed said \\ud800 so. \\ud83d\\ude00"}\n')).text == "Reed said ? so. 😀"


def test_a_line_too_large_is_passed_over():
    found = read_lines(b'{"text": "' + b"x" * 200_000 + b'"}\n', {"text": SAID}, largest_file=1000)
    assert isinstance(found[0], Unread)
    assert "larger than 0.001 MB" in found[0].message
    assert found[1].part == "#2"


class Endless(io.RawIOBase):
    """Gives the same byte forever and counts what it gave."""

    given = 0

    def readline(self, size=-1):
        self.given += size
        return b"x" * size


def test_a_line_without_end_ends(monkeypatch):
    monkeypatch.setattr(records, "MOST_SKIPPED", 1_000_000)
    stream = Endless()
    with pytest.raises(InputError, match="line 1 does not end"):
        list(records.read(stream, Settings(largest_file=10_000)))
    assert stream.given <= 1_010_001


def test_a_wrong_file_is_told_in_few_words():
    found = read_lines(*[b"no json\n"] * 1000)
    assert len(found) == MOST_FAILURES + 1
    assert found[-1].message == f"{1000 - MOST_FAILURES} more records cannot be read"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\n \n", "empty", id="white space"),
        pytest.param(b'{\n  "text": "a"\n}\n', "over several lines", id="one object"),
        pytest.param(b'[{"text": "a"},\n{"text": "b"}]\n', "over several lines", id="a list"),
        pytest.param('{"text": "a"}\n'.encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param(b"\x1f\x8b\x08\x00\x00", "gzip", id="packed"),
        pytest.param(b"\x7fELF\0\0\0\n", "binary", id="binary"),
    ],
)
def test_files_of_another_form(raw, words):
    with pytest.raises(InputError, match=words) as error:
        read_lines(raw)
    assert error.value.hint


def test_encodings():
    found = read_lines(
        b"\xef\xbb\xbf" + lines({"text": SAID}), '{"text": "Café, said Reed"}\n'.encode("cp1252")
    )
    assert [type(item).__name__ for item in found] == ["Article", "Remark", "Article"]
    assert found[2].text == "Café, said Reed"


# --- names of parts ------------------------------------------------------------------------------


def test_parts_are_named_by_address_then_id_then_number():
    found = read_lines(
        {"text": STORY, "url": "https://a.example/1", "id": "x"},
        {"text": SAID, "id": 12345678901234567890123},
        {"text": QUOTED},
        {"text": "Another text.", "id": "12345678901234567890123"},
    )
    assert [article.part for article in found] == [
        "#https://a.example/1",
        "#12345678901234567890123",
        "#3",
        "#12345678901234567890123 (2)",
    ]


def test_parts_never_repeat():
    parts = Parts()
    assert len({parts.name("a", number=n) for n in range(100)}) == 100


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("HTTPS://A.example/x?y=1#z", "https://a.example/x?y=1"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("ftp://a.example/x", None),
        ("https://", None),
        ("http://[x", None),
        ("http://[x#y", None),
        ("https://a.example/" + "x" * 3000, None),
        ("https://a.example/\x1b[31m", None),
        (7, None),
        (None, None),
    ],
)
def test_addresses(value, address):
    assert web_address(value) == address


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.b", 1),
        ("c.0.d", 2),
        ("c.d", [2, 3]),
        ("c.9.d", None),
        ("c.999999999999.d", None),
        ("a.b.c", None),
        ("", None),
        ("..", None),
    ],
)
def test_names_that_lead_into_objects(name, found):
    assert field_at({"a": {"b": 1}, "c": [{"d": 2}, {"d": 3}, 4]}, name) == found


# --- JSON files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form", ["{}", " \n{}\n ", "\ufeff{}"], ids=["bare", "white space", "byte order mark"]
)
def test_one_object(form):
    article = one(read_file(form.replace("{}", json.dumps(FULL, indent=2)).encode()))
    assert article.part == ""
    assert article.raw == json.dumps(FULL, indent=2).encode()


@pytest.mark.parametrize(
    "join", ["[%s,%s]", "[\n%s\n,\n%s\n]\n", "%s\n%s\n"], ids=["list", "lines", "no list"]
)
def test_several_objects(join):
    first, second = json.dumps({"text": STORY}), json.dumps({"text": SAID, "id": "b"})
    found = read_file((join % (first, second)).encode())
    assert [article.text for article in found] == [STORY, SAID]
    assert [article.part for article in found] == ["#1", "#b"]
    assert [article.raw for article in found] == [first.encode(), second.encode()]


def test_one_object_in_a_list_has_a_part():
    assert one(read_file([{"text": STORY}])).part == "#1"


def test_utf_16():
    assert one(read_file(json.dumps({"text": STORY}).encode("utf-16"))).text == STORY


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (b"", "no end of the list"),
        (b', {"text": "b', "Unterminated string"),
        (b",\n oh]", "from line 2 on"),
        (b"] more", "text after the list"),
        (b", " + b"[" * 100_000, "nested too deeply"),
    ],
    ids=["cut off", "cut in a string", "broken", "more", "deep"],
)
def test_what_stands_before_the_damage_is_read(end, words):
    found = []
    with pytest.raises(InputError, match=words):
        found.extend(json_files.read(io.BytesIO(b'[{"text": "Reed said so."}' + end), Settings()))
    assert one(found).text == "Reed said so."


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"  ", b"nonsense", b"{", b"[" * 100_000, b"\x00\x01", b"{}," * (MOST_VALUES + 1)]
)
def test_files_without_articles(raw):
    with pytest.raises(InputError) as error:
        read_file(raw)
    assert error.value.hint


def test_a_file_of_something_else():
    (found,) = read_file({"name": "package", "version": "1.0"})
    assert isinstance(found, Unread)
    assert found.place == ""


def test_a_store_is_left_out_however_large():
    found = read_file({"schema": "claimtrack/1", "documents": ["x" * 100]}, largest_file=50)
    assert found == [Remark(place="", message="a store of claimtrack's own, left out")]


def test_a_large_file():
    with pytest.raises(InputError, match="larger than"):
        read_file({"text": STORY}, largest_file=10)


# --- ninjs ---------------------------------------------------------------------------------------

NINJS_1 = {
    "uri": "urn:newsml:agency.example:20240312:17",
    "type": "text",
    "versioncreated": "2024-03-13T08:00:00Z",
    "firstcreated": "2024-03-12T10:00:00Z",
    "headline": "Pumps fail",
    "byline": "By Jane Roe",
    "copyrightholder": "Harbour News Agency",
    "body_html": "<p>Not this one, Reed said.</p>",
    "body_text": STORY,
}
NINJS_2 = {
    "uri": "https://agency.example/items/17",
    "versioncreated": "2024-03-12T10:00:00+01:00",
    "headlines": [{"role": "short", "value": "Pumps"}, {"role": "main", "value": "Pumps fail"}],
    "bodies": [
        {"role": "nitf", "contenttype": "application/xml", "value": "<nitf>Not this one</nitf>"},
        {"role": "html", "contenttype": "text/html", "value": f"<p>{SAID}</p><p>{QUOTED}</p>"},
    ],
    "by": "Jane Roe",
    "infosources": [{"name": "Harbour News Agency"}],
}
NINJS_3 = {
    "uri": "https://agency.example/items/17",
    "versionCreated": "2024-03-13T10:00:00Z",
    "firstCreated": "2024-03-12T10:00:00Z",
    "headlines": [{"value": "Pumps fail"}],
    "bodies": [
        {"role": "richtext", "contentType": "body_xhtml", "value": "<p>Not this one</p>"},
        {"role": "main", "contentType": "text/plain", "value": STORY},
    ],
    "by": "Jane Roe",
    "copyrightHolder": "Harbour News Agency",
}


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3], ids=["1.x", "2.x", "3.x"])
@pytest.mark.parametrize("read", [read_file, lambda item: read_lines(item)], ids=["file", "line"])
def test_ninjs(item, read):
    article = one(read(item))
    header = article.header
    assert SAID in article.text
    assert QUOTED in article.text
    assert "Not this one" not in article.text
    assert article.text.startswith("Pumps fail\n")
    assert (header.title, header.publisher) == ("Pumps fail", "Harbour News Agency")
    assert header.author in ("Jane Roe", "By Jane Roe")
    assert header.published == "2024-03-12"
    assert header.published_basis in ('field "firstcreated"', 'field "versioncreated"')


def test_a_uri_is_an_address_only_on_the_web():
    assert one(read_file(NINJS_2)).header.url == "https://agency.example/items/17"
    assert one(read_file(NINJS_1)).header.url is None
    assert one(read_file([NINJS_1])).part == "#urn:newsml:agency.example:20240312:17"


def test_a_later_version_is_told_apart_from_the_first():
    assert one(read_file(NINJS_1)).header.modified == "2024-03-13"
    assert one(read_file(NINJS_2)).header.modified is None


def test_a_withdrawn_item_is_told():
    remark, article = read_file({**NINJS_1, "pubstatus": "canceled"})
    assert remark == Remark(place="", message="withdrawn by its agency, so it counts as retracted")
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    "item",
    [
        {"uri": "x", "type": "picture", "headline": "A picture"},
        {"uri": "x", "bodies": {}},
        {"uri": "x", "bodies": [None, {"value": 3}, {"value": ""}, []]},
        {"uri": "x", "body_text": None, "headlines": [1, {}]},
    ],
    ids=["picture", "bodies of another form", "empty bodies", "null"],
)
def test_ninjs_without_a_text(item):
    (found,) = read_file(item)
    assert isinstance(found, Unread)


@pytest.mark.parametrize("headlines", [None, [], [1], [{}], {}, "x"])
def test_ninjs_without_a_headline(headlines):
    assert one(read_file({**NINJS_3, "headlines": headlines, "uri": 3})).text == STORY
