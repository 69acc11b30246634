"""Tools for those who write protocols."""
