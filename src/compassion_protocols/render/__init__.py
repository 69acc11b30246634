"""Views and transcripts as text, Markdown, HTML and JSON, and a typed reply as an event."""
