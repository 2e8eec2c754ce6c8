"""Who is on the report, and what is counted."""

import pytest
from conftest import make_document, make_statement

from claimtrack.errors import NotFoundError
from claimtrack.models import Speaker, Store
from claimtrack.pipeline import reporting
from claimtrack.pipeline.queries import ConflictQuery
from claimtrack.pipeline.reporting import report_content
from claimtrack.settings import Settings


def store_of(*names, **given):
    """A store in which each of them says one thing, an article each."""
    documents, statements = [], []
    for number, name in enumerate(names):
        document = make_document(f"{name} said the toll rose {number}.", path=f"{number:03}.txt", **given)
        documents.append(document)
        statements.append(
            make_statement(document, f"the toll rose {number}", speaker=name, speaker_id=f"sp-{number}")
        )
    speakers = tuple(Speaker(id=f"sp-{n}", name=name) for n, name in enumerate(names))
    return Store(documents=tuple(documents), statements=tuple(statements), speakers=speakers)


def content_of(store, **given):
    return report_content(store, ConflictQuery(**given), Settings(), "digest")


def test_people_are_in_the_order_of_the_alphabet_however_much_they_said():
    content = content_of(store_of("Zoë Ash", "bo Reed", "Émile Ant", "Cy Lo"))
    assert [person.speaker.name for person in content.people] == ["bo Reed", "Cy Lo", "Émile Ant", "Zoë Ash"]
    assert content.unshown_count == 0


def test_in_a_large_store_only_those_with_a_conflict_are_shown_and_the_rest_is_counted(monkeypatch):
    monkeypatch.setattr(reporting, "MOST_SPEAKERS", 2)
    content = content_of(store_of("Ada Lomax", "Bo Reed", "Cy Lo"))
    assert content.people == ()
    assert content.unshown_count == 3
    named = content_of(store_of("Ada Lomax", "Bo Reed", "Cy Lo"), speaker="bo reed")
    assert [person.speaker.name for person in named.people] == ["Bo Reed"]
    assert named.unshown_count == 2


def test_an_unknown_speaker_is_an_error():
    with pytest.raises(NotFoundError):
        content_of(store_of("Ada Lomax"), speaker="Quux")


def test_the_store_is_counted_as_it_stands_today():
    store = store_of("Ada Lomax", "Bo Reed", "Cy Lo", published="2024-05-01")
    gone = store.documents[0].model_copy(update={"removed": True, "published": "2025-01-01"})
    rejected = store.statements[1].model_copy(update={"rejected": True})
    changed = store.model_copy(
        update={
            "documents": (gone, *store.documents[1:]),
            "statements": (store.statements[0], rejected, store.statements[2]),
        }
    )
    holdings = content_of(changed).holdings
    assert (holdings.article_count, holdings.statement_count, holdings.speaker_count) == (2, 1, 1)
    assert holdings.newest_article == "2024-05-01"


def test_the_filters_are_told_as_they_are_typed():
    told = dict(content_of(store_of("Ada Lomax"), about="toll", across_sources=True, since="2024").filters)
    assert told == {"--about": "toll", "--since": "2024", "--across-sources": "", "--min-score": "0.5"}


def test_only_articles_that_are_shown_are_in_the_page():
    content = content_of(store_of("Ada Lomax", "Bo Reed"))
    assert content.documents == {}
