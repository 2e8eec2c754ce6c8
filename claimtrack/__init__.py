"""claimtrack: who said what, word for word, and where it does not fit what they said elsewhere."""

__version__ = "0.1.0"
