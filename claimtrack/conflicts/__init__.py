"""Statements to conflicts: one reading per statement, candidates, typed signals, one decision."""
