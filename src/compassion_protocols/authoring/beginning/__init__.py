"""A protocol to begin with, for someone who has never written one."""
