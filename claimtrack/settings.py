"""One frozen ``Settings``: every threshold with its unit and reason."""

from claimtrack.models import Value


class Settings(Value):
    """What a run may be told; defaults are what the README promises."""

    min_score: float = 0.5
    """0.0-1.0; conflicts below are not shown. The scale is set so that 0.5 means worth reading."""

    min_confidence: float = 0.0
    """0.0-1.0; statements below are not compared."""

    largest_file: int = 25_000_000
    """Bytes; a larger file is no news article, and reading it could exhaust a laptop's memory."""

    smallest_article: int = 1
    """Characters of text that are not white space; less is an empty file."""
