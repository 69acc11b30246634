"""The workload on transitions: one machine, and a model for each session."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from benchmarks.peers.walk import ROUNDS, VALUES, Place, places, ways


class Walker:
    """A session: the library adds ``state`` and ``go``."""

    state: str
    go: Any

    def __init__(self, places: dict[str, Place]) -> None:
        self.places = places
        self.answers: dict[str, list[object]] = {}
        self.round = 1

    def fits(self, value: object) -> bool:
        return self.places[self.state].check(value)

    def is_morning(self, value: object) -> bool:
        return value == "morning"

    def has_rounds(self, value: object) -> bool:
        return self.round < ROUNDS

    def keep(self, value: object) -> None:
        if self.state == "warmest":
            self.round += 1
        if value is not None:
            self.answers.setdefault(self.state, []).append(value)


class Transitions:
    """A flat machine with one trigger, guarded by the check of the place."""

    name = "transitions"

    def __init__(self) -> None:
        self.places = places()
        self.machine = self.load()

    def load(self) -> Any:  # noqa: ANN401
        names = list(self.places)
        rows = [
            {
                "trigger": "go",
                "source": here,
                "dest": there,
                "conditions": ["fits", condition] if condition else "fits",
                "before": "keep",
            }
            for here, there, condition in ways(names)
        ]
        machine = import_module("transitions").Machine
        return machine(
            model=None,
            states=names,
            transitions=rows,
            initial=names[0],
            auto_transitions=False,
        )

    def start(self) -> Walker:
        walker = Walker(self.places)
        self.machine.add_model(walker)
        return walker

    def send(self, session: Walker, number: int) -> str:
        if not session.go(VALUES[number]):
            raise ValueError(number)
        return self.places[session.state].shown()

    def snapshot(self, session: Walker) -> str:
        return json.dumps([session.state, session.round, session.answers])

    def restore(self, text: str) -> Walker:
        state, at, answers = json.loads(text)
        walker = Walker(self.places)
        walker.round, walker.answers = at, answers
        self.machine.add_model(walker, initial=state)
        return walker

    def forget(self, session: Walker) -> None:
        self.machine.remove_model(session)
