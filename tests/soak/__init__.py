"""What claimtrack withstands: kills, crowds, mishaps and hostile input, run over real processes."""
