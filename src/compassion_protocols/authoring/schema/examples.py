"""An example of everything that an author can write, for whoever rests a pointer on a word.

For each class of the model one map, as it stands in a file. What several kinds of step share is
told once, at :class:`Step`. Tests hold that nothing is left out, that each example is valid, and
that the reader takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.model.adaptation import AdaptationFile, Adapted, Addition
from compassion_protocols.model.answers import (
    Choice,
    Choices,
    Form,
    ListOf,
    Number,
    OnePerson,
    Rank,
    Scale,
)
from compassion_protocols.model.card import Card, Citation, Dose, Revision, SeedSource
from compassion_protocols.model.care import Care
from compassion_protocols.model.protocol import Protocol, Role
from compassion_protocols.model.rules import Counted, Rule, Within
from compassion_protocols.model.settings import (
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    Setting,
    TextSetting,
    YesNoSetting,
)
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Case,
    Choose,
    End,
    ForEach,
    Include,
    Keep,
    Part,
    Pass,
    Pattern,
    RepeatUntil,
    Reveal,
    Say,
    Speak,
    Step,
    Timer,
    Turns,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_REST = {"say": "Rest a while, {{ you }}."}
_ASK = {
    "ask": "What do you notice now?",
    "id": "notice",
    "answer": "text",
    "example": "My shoulders came down.",
}

EXAMPLES: dict[type, dict[str, object]] = {
    # a whole file
    Protocol: {
        "compassion_protocol": 1,
        "id": "evening-talk",
        "version": "1.0.0",
        "title": "Evening talk",
        "summary": "Tell each other about one good moment of the day.",
        "family": "listening",
        "audience": "couple",
        "card": {
            "why": "What goes well is quiet, and easily missed.",
            "dose": {"minutes": 10, "source": "default"},
            "sources": [{"cite": "My own practice", "relation": "inspired_by", "level": "D"}],
        },
        "care": {"tier": 1, "screen": "couple-safety"},
        "roles": {"partner": {"people": 2}},
        "settings": {"floor_time": {"duration": "3m", "label": "Time for each of you"}},
        "steps": [_REST],
    },
    Card: {
        "why": "A short pause lets the first surge pass before words are chosen.",
        "dose": {"minutes": 20, "source": "default"},
        "sources": [{"cite": "My own practice", "relation": "inspired_by", "level": "D"}],
        "practices": ["three-breath-pause"],
        "materials": ["Two chairs that face each other a little"],
        "setting": "A quiet half hour, without phones.",
        "delivery": "Together, with one screen or two.",
        "training": "Has led a group before, and knows whom to call.",
        "fidelity": ["Each person had the floor without being interrupted."],
        "instruments": ["distress-0-10"],
        "authors": ["Ida Example"],
        "licence": "CC-BY-4.0",
        "status": "draft",
        "reviewers": ["Noor Example"],
        "reviewed_on": "2030-01-31",
        "next_review": "2031-01-31",
        "revisions": [{"version": "1.1.0", "date": "2030-01-31", "what": "Shorter turns."}],
    },
    Dose: {"minutes": 20, "source": "default", "frequency": "About once a week."},
    SeedSource: {"seed": "000", "quote": "pause for three breaths before responding"},
    Citation: {
        "cite": "Finkel et al. 2013, Psychological Science",
        "doi": "10.1177/0956797612474938",
        "relation": "adapted_from",
        "level": "A",
    },
    Revision: {
        "version": "1.1.0",
        "date": "2030-01-31",
        "what": "Shorter turns, as was asked for.",
    },
    Care: {
        "tier": 1,
        "screen": "couple-safety",
        "not_for": ["Being hurt, threatened or controlled by your partner."],
        "before_you_start": ["You can stop at any moment, and owe nobody a reason."],
        "distress": ["before", "after"],
        "clears": "not afraid and free",
    },
    Role: {"if_fewer": "pause", "one_of": "partner", "others": "hearer"},
    # settings
    Setting: {"label": "Time for each of you"},
    NumberSetting: {"number": 3, "min": 1, "max": 10},
    DurationSetting: {"duration": "3m", "min": "1m", "max": "10m"},
    TextSetting: {"text": "the kitchen table"},
    YesNoSetting: {"yes_no": "yes"},
    ChoiceSetting: {"choice": ["quiet", "lively"]},
    ListSetting: {"list": ["river", "stone", "cloud"]},
    # steps
    Step: {
        "id": "notice",
        "who": "speaker",
        "when": 'landed == "not quite"',
        "meanwhile": "Take your time; the other one is still writing.",
        "note": "Guard the silence.",
        "core": True,
        "uneven": "The host welcomes everyone, and so speaks longer.",
        "timer": {"at_most": "2m"},
        "resume": "restart",
    },
    Say: {"say": "Let your feet find the floor, {{ you }}.", "for": "20s"},
    Ask: {
        "ask": "In one sentence, what did {{ speaker }} feel?",
        "answer": "text",
        "rules": [{"sentences": {"max": 1}, "say": "Which part of it matters most?"}],
        "example": "You felt alone with the move.",
        "counterexamples": ["You felt alone. You wished I had asked."],
        "shared": "everyone",
        "keep": {"as": "reflections"},
        "hint": "It does not have to be complete.",
        "borrow": ["You felt … when …"],
    },
    Speak: {
        "speak": "{{ speaker }}, what has been on your heart?",
        "for": "floor_time",
        "at_least": "30s",
    },
    Breathe: {
        "breathe": {"in": "4s", "out": "6s"},
        "text": "Easy in, and out a little longer.",
        "count": 3,
        "for": "1m",
    },
    Wait: {
        "wait": "Let it be quiet for a moment.",
        "for": "45s",
        "until": "back_at",
        "at_most": "1h",
        "otherwise": [{"end": "Come back to this another day."}],
    },
    Reveal: {"reveal": "needs", "to": "everyone"},
    Part: {"part": "The second ring", "steps": [_REST]},
    Turns: {
        "turns": "partner",
        "as": ["teller", "hearer"],
        "order": "shuffled",
        "steps": [{"speak": "What was good today, {{ teller }}?", "who": "teller", "for": "2m"}],
    },
    RepeatUntil: {
        "repeat_until": 'landed == "yes"',
        "at_most": 3,
        "steps": [_ASK],
        "otherwise": [{"say": "You can leave it here for today."}],
    },
    ForEach: {
        "for_each": "need in open_needs",
        "until": 'enough == "yes"',
        "order": "given",
        "steps": [{"say": "About “{{ need }}”."}],
    },
    Choose: {
        "choose": [{"when": 'mood == "low"', "steps": [_REST]}],
        "otherwise": [{"say": "Go on as you are."}],
    },
    Case: {"when": "mood < 4", "steps": [_REST]},
    Include: {
        "include": "three-breath-pause",
        "with": {"breaths": 3},
        "as": "pause",
        "version": "^1.0.0",
    },
    Pass: {"pass": "holder", "to": "next"},
    End: {"end": "That was enough for today. Thank you, {{ you }}."},
    Keep: {"as": "reflections", "owner": "everyone", "how": "add"},
    Timer: {"at_least": "30s", "at_most": "floor_time"},
    Pattern: {"in": "4s", "hold": "1s", "out": "6s", "rest": "1s"},
    # answers
    Number: {"number": "whole", "min": 0, "max": 10},
    Scale: {"scale": [0, 10], "labels": {"0": "calm", "10": "as strong as it gets"}},
    Choice: {"choice": ["yes", "not quite"]},
    Choices: {"choices": ["rest", "help", "laughter"], "min": 1, "max": 2, "own": 1},
    Rank: {"rank": ["rest", "help", "laughter"]},
    OnePerson: {"person": "partner"},
    ListOf: {"list": "text", "min": 1, "max": 5},
    Form: {"form": {"what": "text", "by_when": "date"}},
    # rules
    Rule: {"say": "Which part of it matters most?", "firm": True, "field": "by_when"},
    Counted: {"min": 1, "max": 3, "exactly": 2},
    Within: {"days": 14},
    # adaptations
    AdaptationFile: {
        "compassion_protocol": 1,
        "id": "evening-talk-short",
        "version": "1.0.0",
        "extends": "structured-empathy-exchange@1.0.0",
        "adapted": {
            "by": "Ida Example",
            "on": "2030-01-31",
            "why": "Our couples have small children, and half an hour.",
            "fidelity": "consistent",
        },
        "title": "Evening talk, the short one",
        "summary": "Each of you speaks for two minutes, and is heard.",
        "card": {"dose": {"minutes": 15, "source": "default"}},
        "care": {"tier": 2},
        "settings": {"floor_time": {"duration": "2m"}},
        "change": {"welcome": {"say": "Good evening, {{ you }}."}},
        "add": {"after": "welcome", "steps": [_REST]},
    },
    Adapted: {
        "by": "Ida Example",
        "on": "2030-01-31",
        "why": "Our couples have small children, and half an hour.",
        "fidelity": "consistent",
    },
    Addition: {"after": "welcome", "before": "rounds", "steps": [_REST]},
}


def example_of(cls: type, key: str) -> Iterator[object]:
    """The example of one key of a class, if there is one."""
    for base in cls.__mro__:
        if key in EXAMPLES.get(base, {}):
            yield EXAMPLES[base][key]
            return
