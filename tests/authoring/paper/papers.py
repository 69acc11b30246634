"""What some names mean on paper, for the tests."""

from __future__ import annotations

from compassion_protocols.authoring.paper.nouns import Noun, Paper
from compassion_protocols.language.values import Duration

PAPER = Paper(
    {
        "you": Noun("you", person=True),
        "speaker": Noun("the speaker", person=True),
        "listener": Noun("the listener", person=True),
        "heard": Noun("what was written at 3"),
        "sure": Noun("the answer at 4"),
        "needs": Noun("the list at 5"),
        "request": Noun("the answer at 6"),
        "mood": Noun("the number at 7"),
        "floor_time": Duration(180),
        "calm": True,
        "loud": False,
        "rounds": 2,
        "deck": ("river", "stone"),
        "nobody": (),
    }
)
