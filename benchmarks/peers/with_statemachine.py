"""The workload on python-statemachine: a class of machines, and one of it for each session."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from benchmarks.peers.walk import END, ROUNDS, VALUES, Place, places, ways


class Memory:
    """What a session knows beside its state, which the library keeps here as well."""

    def __init__(self, places: dict[str, Place]) -> None:
        self.places = places
        self.answers: dict[str, list[object]] = {}
        self.round = 1
        self.state: str | None = None

    def fits(self, value: object) -> bool:
        return self.places[str(self.state)].check(value)

    def is_morning(self, value: object) -> bool:
        return value == "morning"

    def has_rounds(self) -> bool:
        return self.round < ROUNDS

    def keep(self, value: object) -> None:
        if self.state == "warmest":
            self.round += 1
        if value is not None:
            self.answers.setdefault(str(self.state), []).append(value)


class StateMachines:
    """A flat machine with one event, guarded by the check of the place."""

    name = "python-statemachine"

    def __init__(self) -> None:
        self.places = places()
        self.machine = self.load()

    def load(self) -> Any:  # noqa: ANN401
        library = import_module("statemachine")
        names = list(self.places)
        states = {
            name: library.State(initial=name == names[0], final=name == END) for name in names
        }
        go: Any = None
        for here, there, condition in ways(names):
            conditions = ["fits", condition] if condition else ["fits"]
            way = states[here].to(states[there], cond=conditions, before="keep")
            go = way if go is None else go | way
        base = library.StateMachine
        return type(base)("Walk", (base,), {**states, "go": go})

    def start(self) -> Any:  # noqa: ANN401
        return self.machine(Memory(self.places))

    def send(self, session: Any, number: int) -> str:  # noqa: ANN401
        session.send("go", VALUES[number])
        return self.places[session.model.state].shown()

    def snapshot(self, session: Any) -> str:  # noqa: ANN401
        model = session.model
        return json.dumps([model.state, model.round, model.answers])

    def restore(self, text: str) -> Any:  # noqa: ANN401
        memory = Memory(self.places)
        memory.state, memory.round, memory.answers = json.loads(text)
        return self.machine(memory)

    def forget(self, session: Any) -> None:  # noqa: ANN401
        """Nothing holds on to it."""
