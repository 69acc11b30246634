"""A protocol drawn: a flowchart as data, and as Mermaid."""
