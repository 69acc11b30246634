"""Settings: what fits each kind."""

from __future__ import annotations

import pytest

from compassion_protocols.language.values import Duration
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    TextSetting,
    YesNoSetting,
    problem_with,
)

BREATHS = NumberSetting(name="breaths", label="Breaths", default=3, least=1, most=10)
FLOOR = DurationSetting(
    name="floor", label="Floor", default=Duration(180), least=Duration(60), most=Duration(600)
)
TONE = ChoiceSetting(name="tone", label="Tone", options=("plain", "playful"))
NAME = TextSetting(name="name", label="Name", default="Mira")
MUSIC = YesNoSetting(name="music", label="Music", default=False)
DECK = ListSetting(name="deck", label="Cards", default=("rain", "sun"))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (BREATHS, 10),
        (BREATHS, 2.5),
        (FLOOR, Duration(60)),
        (TONE, "playful"),
        (NAME, ""),
        (MUSIC, True),
        (DECK, ()),
    ],
)
def test_a_value_within_the_bounds_fits(setting: AnySetting, value: object) -> None:
    """A value of the setting's type and within its bounds fits."""
    assert problem_with(setting, value) == ""


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        (BREATHS, 11, "wants at most 10"),
        (BREATHS, 0, "wants at least 1"),
        (BREATHS, True, "wants a number"),
        (BREATHS, "3", "wants a number"),
        (FLOOR, 90, "wants a duration such as 90s, 3m or 1m30s"),
        (FLOOR, Duration(601), "wants at most 10 minutes"),
        (TONE, "stern", "wants one of plain, playful"),
        (NAME, 3, "wants a text"),
        (MUSIC, "yes", "wants yes or no"),
        (DECK, ["rain"], "wants a list of texts"),
        (DECK, (1,), "wants a list of texts"),
    ],
)
def test_what_does_not_fit_is_said(setting: AnySetting, value: object, problem: str) -> None:
    """What does not fit a setting is said as the end of a sentence."""
    assert problem_with(setting, value) == problem


def test_a_choice_begins_with_its_first_option() -> None:
    """The default of a choice is its first option."""
    assert TONE.default == "plain"
