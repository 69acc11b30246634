"""Two protocols compared: what changed, in the order in which it matters to people."""
