"""``python -m claimtrack``: the same program as the command ``claimtrack``."""

from claimtrack.cli.app import main

main()
