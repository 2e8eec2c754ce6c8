"""One frozen ``Settings``: every threshold with its unit and reason."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from claimtrack.models import Value

RecordField = Literal["text", "title", "date", "url", "publisher", "author", "id"]
"""What a record of JSON Lines says of an article."""

Share = Annotated[float, Field(ge=0, le=1)]


class Settings(Value):
    """What a run may be told; defaults are what the README promises."""

    min_score: Share = 0.5
    """0.0-1.0; conflicts below are not shown. The scale is set so that 0.5 means worth reading."""

    min_confidence: Share = 0.0
    """0.0-1.0; statements below are not compared."""

    largest_file: Annotated[int, Field(gt=0)] = 25_000_000
    """Bytes; a larger file is no news article, and reading it could exhaust a laptop's memory."""

    smallest_article: Annotated[int, Field(gt=0)] = 1
    """Characters of text that are not white space; less is an empty file."""

    fetch_seconds: Annotated[float, Field(gt=0)] = 60.0
    """For one web page with all its redirects; a page that takes longer is served drop by drop."""

    fetch_pause: Annotated[float, Field(ge=0)] = 1.0
    """Seconds between two pages of one host, where its ``robots.txt`` does not ask for more."""

    feed_pause: Annotated[float, Field(ge=0)] = 300.0
    """Seconds between two looks of ``watch`` at one web address; few sites publish faster, and many ask
    programs not to come more often."""

    allow_private: bool = False
    """Whether web addresses may lead to this machine and to private networks."""

    contact: str = ""
    """Address of who runs this, sent to the sites that pages are fetched from."""

    by: str = ""
    """Who decides, where neither ``--by`` nor ``CLAIMTRACK_BY`` names somebody; else the login name."""

    fields: Mapping[RecordField, str] = {}
    """What the records of JSON files call these fields; a dot leads into an object: ``meta.published``."""
