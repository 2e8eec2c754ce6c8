"""Documents -> statements with speakers."""
