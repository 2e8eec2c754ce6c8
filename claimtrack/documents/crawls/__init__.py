"""Web crawls (WARC)."""
