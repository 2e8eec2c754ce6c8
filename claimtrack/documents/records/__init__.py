"""Articles as JSON records."""
