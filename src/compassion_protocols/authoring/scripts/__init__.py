"""Scripted sessions: read, played, and written."""
