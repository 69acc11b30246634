"""The schema of the language, by which an editor helps while a protocol is written."""
