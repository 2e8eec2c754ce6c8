"""The report: one page of HTML that a person opens from disk, sends on or prints."""
