"""What random protocols are put together from: settings, kinds of answers, conditions on them."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]

SETTINGS: Data = {
    "short": {"duration": "30s", "min": "10s", "max": "2m", "label": "A short time"},
    "rounds": {"number": 2, "min": 1, "max": 3, "label": "Rounds"},
    "deck": {"list": ["river", "stone", "cloud"], "label": "Cards"},
    "mood": {"choice": ["quiet", "lively"], "label": "Mood"},
    "calm": {"yes_no": "yes", "label": "Calm"},
}

KINDS: dict[str, Data] = {
    "text": {"answer": "text", "example": "My shoulders came down."},
    "long_text": {"answer": "long_text", "example": "It was a long day."},
    "yes_no": {"answer": "yes_no", "example": "yes"},
    "number": {"answer": {"number": "whole", "min": 0, "max": 9}, "example": 4},
    "scale": {"answer": {"scale": [0, 10]}, "example": 3},
    "choice": {"answer": {"choice": ["enough", "more"]}, "example": "enough"},
    "choices": {"answer": {"choices": ["sun", "rain"], "min": 1, "own": 1}, "example": ["sun"]},
    "rank": {"answer": {"rank": ["rest", "play"]}, "example": ["play", "rest"]},
    "date": {"answer": "date", "example": "in 3 days"},
    "time": {"answer": "time", "example": "18:30"},
    "list": {"answer": {"list": "text", "min": 1, "max": 3}, "example": ["a walk", "tea"]},
    "form": {
        "answer": {"form": {"what": "text", "by_when": "date"}},
        "example": {"what": "a walk", "by_when": "in 2 days"},
    },
}
PERSON: Data = {"answer": {"person": "member"}}
LISTS = ("choices", "rank", "list")
COMPARED: dict[str, list[str]] = {
    "text": ['{} == "yes"', '"a" in {}'],
    "long_text": ["{} is given"],
    "yes_no": ["{}", '{} == "no"', "not {}"],
    "number": ["{} > 2", "{} + 1 <= rounds * 3"],
    "scale": ["3 <= {} < 8", "{} != 0"],
    "choice": ['{} == "enough"', '{} != "more"'],
    "choices": ['"sun" in {}', "{} | count > 1"],
    "rank": ['{}[0] == "rest"', '{} | first == "play"'],
    "date": ["{} is given"],
    "time": ["{} is missing"],
    "list": ["{} | count > 1", '"tea" in {}'],
    "form": ["{}.what is given", '{}.what == "tea"'],
    "person": ["{} in everyone", "{} is given"],
}
