"""Everything that makes the weights in ``claimtrack/weights``; never imported by claimtrack."""
