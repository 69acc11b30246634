"""The small language of texts and conditions, and what is known about text itself."""
