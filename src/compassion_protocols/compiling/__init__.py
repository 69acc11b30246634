"""From a whole protocol to a plan."""
