"""The glossary keeps the words of the project."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"

WORDS = [
    "Protocol", "Adaptation", "Step", "Prompt", "Answer", "Choice", "Role", "Participant",
    "Facilitator", "Floor", "Group", "Session", "Plan", "Moment", "Event", "Effect", "Keepsake",
    "View", "State", "Transition", "Condition", "Rule", "Check", "Proof", "Finding", "Snapshot",
    "Migration", "Walk", "Script", "Transcript", "Catalog", "Store", "Renderer", "Locale",
]  # fmt: skip


def test_every_word_has_its_line() -> None:
    """Each word that the project uses in one sense only is explained, once, in order."""
    assert re.findall(r"^\*\*(.+?)\*\*: ", PAGE.read_text("utf-8"), re.MULTILINE) == WORDS
