"""Pages and feeds from the web."""
