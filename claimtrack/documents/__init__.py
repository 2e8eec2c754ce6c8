"""Files, folders and pages -> documents."""
