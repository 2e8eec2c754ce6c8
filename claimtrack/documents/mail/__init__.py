"""Mail and saved pages: MIME."""
