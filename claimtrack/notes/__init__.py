"""Statements and conflicts as what people and programs read."""
