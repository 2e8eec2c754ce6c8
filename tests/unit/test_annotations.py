"""JSON-LD: every term is a published one, quotations stand where they are said to, nothing is overwritten."""

import json

import jsonschema
import pytest
from conftest import find_span, make_conflict, make_document, make_statement
from linked_data import (
    ANNO_CONTEXT,
    CT,
    OA,
    SCHEMA,
    SCHEMA_ORG,
    WEB_ANNOTATION,
    XSD,
    compact,
    expand,
    expanded_leaves,
    is_a,
    leaves,
    named,
    typed_nodes,
)

from claimtrack.models import ConflictKind, Kind, Place, Review, ReviewStatus
from claimtrack.notes import annotations, nodes, quotations, schemas, selectors

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OTHER_TERMS = {
    f"{RDF}value",
    "http://purl.org/dc/elements/1.1/format",
    "http://purl.org/dc/elements/1.1/language",
    "http://purl.org/dc/terms/created",
    "http://purl.org/dc/terms/creator",
    "http://www.w3.org/ns/activitystreams#generator",
    "http://xmlns.com/foaf/0.1/name",
}
"""Properties that the Web Annotation Data Model takes from other vocabularies."""

OTHER_TYPES = {"http://www.w3.org/ns/activitystreams#Application", "http://xmlns.com/foaf/0.1/Person"}

NELL = Review(status=ReviewStatus.CONFIRMED, by="Nell", at="2025-01-02T03:04:05+01:00", note="Asked twice.")
TOM = Review(status=ReviewStatus.DISMISSED, by="Tom", at="2025-01-01T00:00:00Z", note="Two ferries.")

FERRY = (
    "“The ferry,” Lomax told Harbour Radio, “is safe,” and she added that the pumps worked.\n"
    "“The ferry,” Lomax told Harbour Radio, “is new,” and she added that the pumps worked."
)


@pytest.fixture
def ferry():
    """A conflict over two web pages; one side stands in two pieces, by way of another outlet."""
    page = make_document(
        FERRY,
        path=None,
        url="https://news.example/ferry safe?id=1",
        title="Ferry “safe”",
        author="Ann Reed",
        publisher="The Harbour Gazette",
        published="2024-03-12",
        modified="2024-03-13",
        retrieved_at="2024-03-14T08:00:00+02:00",
        archive_url="https://archive.example/1",
    )
    later = make_document("Lomax said the ferry was unsafe.", published="2024-04-01")
    first = make_statement(
        page,
        "“The ferry,”",
        "“is safe,”",
        kind=Kind.DIRECT,
        via=("Harbour Radio",),
        reported_by=("Tom Reed", "Ann Reed"),
        said_on="2024-03-11",
        said_on_basis='weekday "Monday" before publication',
        cue=find_span(page, "told"),
        mention=find_span(page, "Lomax"),
    )
    place = Place(document_id="doc-9", url="https://copy.example/ferry", content=first.content)
    first = first.model_copy(update={"also_in": (place,)})
    second = make_statement(
        later, "the ferry was unsafe", said_on="2024-04-01", said_on_basis="publication date"
    )
    conflict = make_conflict(
        first,
        second,
        find_span(page, "safe"),
        find_span(later, "unsafe"),
        days_apart=21,
        independent_sources=2,
    )
    return conflict, {page.id: page, later.id: later}


def reviewed(conflict, review):
    return conflict.model_copy(update={"review": review})


def graph(conflict, documents, types=None):
    return json.loads("".join(annotations.conflict_graph([conflict], documents, types or {"sp-1": "Person"})))


def statements_of(conflict, documents):
    both = (conflict.a, conflict.b)
    return json.loads("".join(annotations.statement_graph(both, documents, {"sp-1": "Person"})))


def of_type(document, name):
    return [node for node in document["@graph"] if node["type"] == name]


@pytest.fixture(params=["open", "reviewed by two", "stale", "statements"])
def document(ferry, request):
    conflict, documents = ferry
    reviews = {
        "reviewed by two": NELL.model_copy(
            update={"others": (TOM,), "contacted": "2025-01-01", "response": "No."}
        ),
        "stale": NELL.as_stale("ferry.txt was retracted"),
    }
    if request.param == "statements":
        return statements_of(conflict, documents)
    return graph(reviewed(conflict, reviews.get(request.param, Review())), documents)


# --- against the published vocabularies -----------------------------------------------------------


def test_nothing_is_lost_in_a_json_ld_processor(document):
    """A term that a context does not know is dropped in silence, with all that hangs on it."""
    told, kept = list(leaves(document["@graph"])), list(expanded_leaves(expand(document)))
    assert len(told) == len(kept) > 40
    words = {text for text in told if isinstance(text, str) and " " in text}
    assert words <= {text for text in kept if isinstance(text, str)}


def test_a_term_that_no_context_knows_would_be_noticed(ferry):
    document = graph(*ferry)
    document["@graph"][0]["verdict"] = "words that mean nothing"
    assert len(list(leaves(document["@graph"]))) == len(list(expanded_leaves(expand(document)))) + 1


def test_every_term_is_defined_by_who_it_is_said_to_be_from(document):
    known = {OA + name for name in WEB_ANNOTATION["properties"]} | OTHER_TERMS
    known |= {SCHEMA + name for name in SCHEMA_ORG["properties"]}
    for node in typed_nodes(expand(document)):
        for key in node:
            if not key.startswith("@"):
                assert key in known or key.startswith(CT), key


def test_every_type_is_a_published_one(document):
    known = {OA + name for name in WEB_ANNOTATION["classes"]} | OTHER_TYPES
    known |= {SCHEMA + name for name in SCHEMA_ORG["classes"]}
    assert known >= {kind for node in typed_nodes(expand(document)) for kind in node.get("@type", ())}


def test_schema_org_properties_stand_where_they_belong(document):
    """The domain and range of each; a bare text only where the vocabulary takes one."""
    checked = 0
    for node in typed_nodes(expand(document)):
        kinds = [kind.removeprefix(SCHEMA) for kind in node.get("@type", ()) if kind.startswith(SCHEMA)]
        for key, values in node.items():
            if not key.startswith(SCHEMA):
                continue
            known = SCHEMA_ORG["properties"][key.removeprefix(SCHEMA)]
            assert not kinds or any(is_a(kind, domain) for kind in kinds for domain in known["domain"]), key
            for value in values:
                checked += 1
                assert fits(value, known["range"]), (key, value)
    assert checked > 10


def fits(value, expected):
    if "@value" in value:
        return bool({"Text", "Date", "DateTime"} & set(expected))
    kinds = [kind.removeprefix(SCHEMA) for kind in value.get("@type", ())]
    if list(value) == ["@id"] and "URL" in expected:
        return True
    return not kinds or any(is_a(kind, other) for kind in kinds for other in expected)


def test_every_name_of_a_node_is_absolute(document):
    names = list(named(expand(document), "@id"))
    assert len(names) > 5
    assert all(name.startswith(("urn:claimtrack:", "https://", OA)) for name in names)


def test_dates_and_places_are_typed_as_the_data_model_has_them(ferry):
    conflict, documents = ferry
    values = {}
    for node in typed_nodes(expand(graph(reviewed(conflict, NELL), documents))):
        values |= {key: value[0].get("@type") for key, value in node.items() if not key.startswith("@")}
    assert values[f"{OA}start"] == values[f"{OA}end"] == f"{XSD}nonNegativeInteger"
    assert values[f"{OA}sourceDate"] == values["http://purl.org/dc/terms/created"] == f"{XSD}dateTime"
    assert values[f"{SCHEMA}datePublished"] == values[f"{SCHEMA}dateCreated"] == f"{SCHEMA}Date"


def test_annotations_come_back_as_they_were(ferry):
    conflict, documents = ferry
    document = graph(reviewed(conflict, NELL), documents)
    told = of_type(document, "Annotation")
    assert len(told) == 2
    for annotation in told:
        whole = {"@context": document["@context"], **annotation}
        again = compact(expand(whole), nodes.ANNOTATION_CONTEXT)
        assert json.loads(json.dumps(again)) == json.loads(json.dumps(unwrapped(whole)))


def unwrapped(value):
    """Returns a document with lists of one value as that value, which compaction makes of them."""
    if isinstance(value, dict):
        return {key: inner if key == "@context" else unwrapped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return unwrapped(value[0]) if len(value) == 1 else [unwrapped(inner) for inner in value]
    return value


def test_the_tests_own_context_is_the_published_vocabulary():
    parts = {**WEB_ANNOTATION["properties"], **dict.fromkeys(WEB_ANNOTATION["classes"])}
    parts |= dict.fromkeys(WEB_ANNOTATION["motivations"])
    for term, meaning in ANNO_CONTEXT["@context"].items():
        name = meaning["@id"] if isinstance(meaning, dict) else meaning
        if name.startswith("oa:"):
            known = parts[name.removeprefix("oa:")]
            if known and known["range"] == f"{XSD}dateTime":
                assert meaning["@type"] == "xsd:dateTime", term


def test_it_fits_its_json_schema(document):
    name = "statement-graph" if document["@graph"][0]["type"] == "Quotation" else "conflict-graph"
    validator = jsonschema.Draft202012Validator(schemas.record_schema(name))
    validator.validate(document)
    for node in document["@graph"]:
        for key in ("id", "type", "text" if node["type"] == "Quotation" else "author", "target"):
            if key in node:
                without = {name: value for name, value in node.items() if name != key}
                assert not validator.is_valid({**document, "@graph": [without]}), key
        assert not validator.is_valid({**document, "@graph": [{**node, "verdict": "false"}]})


# --- where the words stand ------------------------------------------------------------------------


def test_a_conflict_is_one_annotation_of_both_statements(ferry):
    conflict, documents = ferry
    (lead,) = of_type(graph(conflict, documents), "Annotation")
    assert lead["motivation"] == "questioning"
    assert lead["ct:humanStatus"] == "unreviewed"
    assert list(dict.fromkeys(target["scope"] for target in lead["target"])) == [
        f"urn:claimtrack:{conflict.a.id}",
        f"urn:claimtrack:{conflict.b.id}",
    ]
    assert [(t["ct:side"], t.get("ct:piece")) for t in lead["target"]] == [("a", 1), ("a", 2), ("b", None)]
    assert lead["body"]["value"] == "Possible conflict (contradiction): safe / unsafe (antonym)"
    assert lead["ct:origins"] == 2


def test_every_target_is_cut_from_the_text_at_its_place(ferry):
    conflict, documents = ferry
    by_digest = {document.sha256: document.text for document in documents.values()}
    (lead,) = of_type(graph(conflict, documents), "Annotation")
    spans = [*conflict.a.content, *conflict.b.content]
    for target, span in zip(lead["target"], spans, strict=True):
        quote, position = target["selector"]
        text = by_digest[target["ct:textSha256"]]
        assert text[position["start"] : position["end"]] == quote["exact"] == span.text
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text[position["start"] - len(quote["prefix"]) :].startswith(whole)
        assert text.count(whole) == 1


def test_words_that_stand_twice_get_more_around_them():
    line = "The same words stand here, and here they stand again. " * 3
    document = make_document(
        f"First. {line}“Yes,” she said. {line}Second. {line}“Yes,” she said. {line}Third."
    )
    first, second = document.text.index("“Yes"), document.text.rindex("“Yes")
    chosen = [
        selectors.quote_selector(document.text, find_span(document, "“Yes,”").cut(document.text, at, at + 6))
        for at in (first, second)
    ]
    assert chosen[0].exact == chosen[1].exact == "“Yes,”"
    for quote, at in zip(chosen, (first, second), strict=True):
        whole = quote.prefix + quote.exact + quote.suffix
        assert document.text.find(whole) == at - len(quote.prefix)
        assert document.text.find(whole, at) == -1
        assert len(quote.prefix) > selectors.AROUND


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Yes", id="nothing around"),
        pytest.param("x" * 3000 + "Yes" + "y" * 3000, id="no white space"),
        pytest.param("Yes " * 1000, id="nothing but itself"),
        pytest.param("𝒳 " * 100 + "Yes" + " 🙂" * 100, id="beyond the basic plane"),
    ],
)
def test_any_text_has_a_selector(text):
    at = text.index("Yes")
    document = make_document(text)
    quote = selectors.quote_selector(text, find_span(document, "Yes"))
    start = at - len(quote.prefix)
    assert text[start:at] == quote.prefix
    assert text[at + 3 :].startswith(quote.suffix)
    assert len(quote.prefix) + len(quote.suffix) <= 2 * (selectors.FARTHEST + selectors.LONGEST_WORD)


def test_a_selector_cuts_no_word():
    words = [f"word{number}" for number in range(100)]
    text = " ".join([*words[:50], "“Yes,”", *words[50:]])
    quote = selectors.quote_selector(text, find_span(make_document(text), "“Yes,”"))
    assert set((quote.prefix + quote.suffix).split()) <= set(words)
    assert selectors.AROUND <= len(quote.prefix) < selectors.AROUND + 10


def test_the_article_is_named_by_its_address_and_its_time(ferry):
    conflict, documents = ferry
    (lead,) = of_type(graph(conflict, documents), "Annotation")
    first, _, last = lead["target"]
    assert first["source"] == "https://news.example/ferry%20safe?id=1"
    assert first["state"] == {
        "type": "TimeState",
        "sourceDate": "2024-03-14T06:00:00Z",
        "cached": "https://archive.example/1",
    }
    assert last["source"] == f"urn:claimtrack:{conflict.b.document_id}"
    assert "state" not in last


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://a.example/b?c=d#e", "https://a.example/b?c=d#e", id="as it is"),
        pytest.param(
            "https://a.example/é “x”", "https://a.example/%C3%A9%20%E2%80%9Cx%E2%80%9D", id="encoded"
        ),
        pytest.param("https://a.example/%20", "https://a.example/%20", id="encoded before"),
        pytest.param("https://a.example/<script>", "https://a.example/%3Cscript%3E", id="markup"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("https://", None, id="no host"),
        pytest.param("urn:claimtrack:doc-1", None, id="a name of ours"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_a_web_address_becomes_one(url, expected):
    assert selectors.web_address(url) == expected


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        pytest.param("2024-03-14T08:00:00+02:00", "2024-03-14T06:00:00Z", id="zone"),
        pytest.param("2024-03-14T08:00:00.25Z", "2024-03-14T08:00:00Z", id="fraction"),
        pytest.param("2024-03-14T08:00:00", None, id="no zone"),
        pytest.param("2024-03-14", None, id="a day"),
        pytest.param("0001-01-01T00:00:00+09:00", None, id="before all time"),
        pytest.param("yesterday", None, id="words"),
        pytest.param(None, None, id="none"),
    ],
)
def test_times_are_told_in_utc_or_not_at_all(stored, expected):
    assert selectors.timestamp(stored) == expected


# --- decisions ------------------------------------------------------------------------------------


def test_a_decision_is_an_annotation_of_its_own_and_changes_no_other(ferry):
    conflict, documents = ferry
    (before,) = of_type(graph(conflict, documents), "Annotation")
    review = NELL.model_copy(update={"others": (TOM,), "contacted": "2025-01-01", "response": "No comment."})
    after, nell, tom = of_type(graph(reviewed(conflict, review), documents), "Annotation")
    assert {**after, "ct:humanStatus": "unreviewed"} == before
    assert "ct:humanStatus" not in after
    assert nell["motivation"] == tom["motivation"] == "assessing"
    assert nell["target"] == tom["target"] == after["id"]
    assert nell["creator"] == {"type": "Person", "name": "Nell"}
    assert nell["created"] == "2025-01-02T02:04:05Z"
    assert [body["value"] for body in nell["body"]] == ["confirmed", "Asked twice."]
    assert (nell["ct:contacted"], nell["ct:response"]) == ("2025-01-01", "No comment.")
    assert (tom["creator"]["name"], tom["ct:humanStatus"]) == ("Tom", "dismissed")
    assert len({after["id"], nell["id"], tom["id"]}) == 3


def test_a_note_without_a_decision_is_a_comment(ferry):
    conflict, documents = ferry
    note = Review(by="Nell", at="2025-01-02T03:04:05Z", note="Ask her.")
    lead, comment = of_type(graph(reviewed(conflict, note), documents), "Annotation")
    assert lead["ct:humanStatus"] == "unreviewed"
    assert comment["motivation"] == "commenting"
    assert "ct:humanStatus" not in comment
    assert [body["value"] for body in comment["body"]] == ["Ask her."]


def test_the_right_of_reply_is_told_before_anybody_decides(ferry):
    conflict, documents = ferry
    asked = Review(by="Ann", at="2025-01-02T03:04:05Z", contacted="2025-01-02")
    lead, comment = of_type(graph(reviewed(conflict, asked), documents), "Annotation")
    assert lead["ct:humanStatus"] == "unreviewed"
    assert (comment["motivation"], comment["ct:contacted"]) == ("commenting", "2025-01-02")
    assert "body" not in comment


def test_a_stale_conflict_says_why_and_keeps_the_decision(ferry):
    conflict, documents = ferry
    lead, nell = of_type(
        graph(reviewed(conflict, NELL.as_stale("one.txt was retracted")), documents), "Annotation"
    )
    assert lead["ct:stale"] == "one.txt was retracted"
    assert nell["ct:humanStatus"] == "confirmed"


@pytest.mark.parametrize("name", [None, "", "  "])
def test_a_decision_by_nobody_is_none(ferry, name):
    conflict, documents = ferry
    document = graph(reviewed(conflict, NELL.model_copy(update={"by": name})), documents)
    assert len(of_type(document, "Annotation")) == 1
    assert not of_type(document, "ClaimReview")


@pytest.mark.parametrize(
    ("review", "kind", "expected"),
    [
        pytest.param(NELL, ConflictKind.CONTRADICTION, 1, id="confirmed"),
        pytest.param(NELL, ConflictKind.CHANGE, 1, id="confirmed change"),
        pytest.param(NELL, ConflictKind.REPORT, 0, id="a difference between outlets"),
        pytest.param(Review(), ConflictKind.CONTRADICTION, 0, id="unreviewed"),
        pytest.param(TOM, ConflictKind.CONTRADICTION, 0, id="dismissed"),
        pytest.param(
            NELL.model_copy(update={"status": ReviewStatus.UNSURE}), ConflictKind.CHANGE, 0, id="unsure"
        ),
        pytest.param(NELL.as_stale("changed"), ConflictKind.CHANGE, 0, id="stale"),
        pytest.param(NELL.model_copy(update={"others": (TOM,)}), ConflictKind.CHANGE, 0, id="disputed"),
        pytest.param(TOM.model_copy(update={"others": (NELL,)}), ConflictKind.CHANGE, 0, id="overruled"),
    ],
)
def test_a_claim_review_needs_a_person_who_confirmed(ferry, review, kind, expected):
    conflict, documents = ferry
    changed = reviewed(conflict, review).model_copy(update={"kind": kind})
    assert len(of_type(graph(changed, documents), "ClaimReview")) == expected


def test_a_claim_review_holds_both_sides_and_no_rating_that_nobody_gave(ferry):
    conflict, documents = ferry
    (review,) = of_type(graph(reviewed(conflict, NELL), documents), "ClaimReview")
    assert review["author"] == {"type": "Person", "name": "Nell"}
    assert review["reviewRating"] == {
        "type": "Rating",
        "alternateName": "confirmed",
        "ratingExplanation": "Asked twice.",
    }
    claim = review["itemReviewed"]
    assert claim["text"] == "“The ferry,” … “is safe,” / the ferry was unsafe"
    assert [article["datePublished"] for article in claim["appearance"]] == ["2024-03-12", "2024-04-01"]
    assert claim["firstAppearance"] == claim["appearance"][0]
    assert claim["author"]["name"] == "Ada Lomax"


def test_no_first_appearance_where_the_order_is_unknown(bridge):
    conflict, documents = bridge
    (review,) = of_type(graph(reviewed(conflict, NELL), documents), "ClaimReview")
    assert len(review["itemReviewed"]["appearance"]) == 1
    assert "firstAppearance" not in review["itemReviewed"]


# --- quotations -----------------------------------------------------------------------------------


def test_a_statement_is_a_quotation(ferry):
    conflict, documents = ferry
    first, second = statements_of(conflict, documents)["@graph"]
    assert first["text"] == conflict.a.text
    assert first["spokenByCharacter"] == {"id": "urn:claimtrack:sp-1", "type": "Person", "name": "Ada Lomax"}
    assert first["dateCreated"] == "2024-03-11"
    assert first["isBasedOn"] == [
        {"type": "CreativeWork", "publisher": {"type": "Organization", "name": "Harbour Radio"}}
    ]
    article = first["isPartOf"]
    assert article["type"] == "NewsArticle"
    assert article["url"] == "https://news.example/ferry%20safe?id=1"
    assert article["headline"] == "Ferry “safe”"
    assert article["publisher"] == {"type": "Organization", "name": "The Harbour Gazette"}
    assert (article["datePublished"], article["dateModified"]) == ("2024-03-12", "2024-03-13")
    assert article["archivedAt"] == "https://archive.example/1"
    assert first["ct:reportedBy"] == ["Tom Reed", "Ann Reed"]
    assert first["ct:alsoIn"] == ["https://copy.example/ferry"]
    assert [place["ct:piece"] for place in first["ct:place"]] == [1, 2]
    assert "dateCreated" not in second
    assert second["ct:saidOnBasis"] == "publication date"


@pytest.mark.parametrize(
    ("basis", "is_told"),
    [
        ('weekday "Monday" before publication', True),
        ("publication date", False),
        ('publication date, at the latest: "recently"', False),
        (None, False),
    ],
)
def test_the_date_of_publication_is_not_passed_on_as_that_of_the_words(bridge, basis, is_told):
    conflict, documents = bridge
    statement = conflict.b.model_copy(update={"said_on_basis": basis})
    record = quotations.quotation(statement, documents[statement.document_id], {}).record()
    assert ("dateCreated" in record) is is_told


def test_the_chain_of_reporters_keeps_its_order(ferry):
    conflict, documents = ferry
    term = f"{CT}reportedBy"
    (chain,) = [node[term] for node in typed_nodes(expand(graph(conflict, documents))) if term in node]
    assert [value["@value"] for value in chain[0]["@list"]] == ["Tom Reed", "Ann Reed"]


def test_an_unnamed_source_has_a_name_but_no_identity():
    document = make_document("Officials said it rained.")
    statement = make_statement(document, "it rained", speaker="officials", speaker_id=None)
    record = quotations.quotation(statement, document, {}).record()
    assert record["spokenByCharacter"] == {"name": "officials"}
    unknown = statement.model_copy(update={"speaker": None})
    assert "spokenByCharacter" not in quotations.quotation(unknown, document, {}).record()


def test_a_statement_in_two_conflicts_is_told_once(bridge):
    conflict, documents = bridge
    twice = [conflict, conflict.model_copy(update={"id": "cf-2"})]
    document = json.loads("".join(annotations.conflict_graph(twice, documents, {})))
    assert [node["type"] for node in document["@graph"]] == [
        "Annotation",
        "Quotation",
        "Quotation",
        "Annotation",
    ]


def test_hostile_text_stays_text():
    words = 'It\x1b[2J is \u202e"]}, \ud800 <script>'
    document = make_document("x", title=words, author=words, url="https://a.example/\x1b")
    document = document.model_copy(update={"text": f"She said {words}."})
    statement = make_statement(document, words, speaker=words, via=(words,))
    text = "".join(annotations.statement_graph([statement], {document.id: document}, {}))
    assert not {"\x1b", "\u202e", "\ud800"} & set(text)
    (record,) = json.loads(text)["@graph"]
    assert record["text"] == record["spokenByCharacter"]["name"] == words
    assert record["isPartOf"]["url"] == "https://a.example/%1B"


def test_it_comes_piece_by_piece_and_may_be_empty(bridge):
    conflict, documents = bridge
    pieces = annotations.statement_graph(iter((conflict.a, conflict.b)), documents, {})
    assert all(len(piece) < 3000 for piece in pieces)
    empty = json.loads("".join(annotations.conflict_graph([], {}, {})))
    assert empty["@graph"] == []
    assert expand(empty) == []


def test_names_are_in_camel_case():
    told = {"context": "@context", "graph": "@graph", "id": "id", "is_part_of": "isPartOf", "exact": "exact"}
    told |= {"ct_text_sha256": "ct:textSha256", "ct_kind": "ct:kind"}
    assert {name: nodes._term(name) for name in told} == told
