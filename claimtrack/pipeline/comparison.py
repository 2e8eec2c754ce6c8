"""Two texts that are in no store -> judgement."""

from claimtrack.conflicts.decision import judge

__all__ = ["judge"]
