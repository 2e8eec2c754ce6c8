"""Parsers of claimtrack as functions of bytes: for hypothesis in the suite, for atheris in ``make fuzz``."""
