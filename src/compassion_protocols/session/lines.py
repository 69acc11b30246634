"""What the library itself says to people, where no author has written anything."""

from __future__ import annotations

STANDING_LINE = "Someone else has the next step. There is nothing you need to do just now."
THANKS_LINE = "Thank you. The others are still busy; there is no hurry."
ENDED_LINE = "This is the end of the exercise. Thank you for the time you gave it."
ENDED_EARLY_LINE = "The exercise ends here for now. Whatever you did today is enough."
CARE_FOR_ANOTHER_LINE = "We are taking a short break. It goes on when everyone is ready."
AWAY_LINE = "You are away at the moment. You can come back whenever you like."
GONE_LINE = "You have left this exercise. That is always all right."
STANDING_LINES = (STANDING_LINE, THANKS_LINE)
"""What those see who have nothing to do, where the author wrote nothing for them."""

NOTHING_TO_SHOW_LINE = "There is nothing of yours to show here. Go on whenever you like."
WELCOME_LINE = "Good that you are here. You take part from the next step on."
NUDGE_LINE = "You may also send it again just as it is."
KEEP_LINE = "You may keep this for another time. It is yours alone then."

HELP_LINE = (
    "If you are in danger or might hurt yourself, call your local emergency number. "
    "This is an exercise, not therapy, and nobody is reading along."
)
"""The standing disclaimer, in every view."""
