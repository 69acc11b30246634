"""Sessions drawn by lot: walks, what they reached, and the fewest events that show a fault."""
