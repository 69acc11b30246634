"""Views for the tests of the renderers."""

from __future__ import annotations

from typing import Any

from compassion_protocols.model.answers import Option
from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Status
from compassion_protocols.session.view import Help, Input, View
from tests.plans import plan_of


def options(*labels: str) -> tuple[Option, ...]:
    """Options whose values are their labels."""
    return tuple(Option(label, label) for label in labels)


def view(**given: Any) -> View:  # noqa: ANN401  # any field of a view
    """A view of nothing much, but for what is given."""
    plain: dict[str, Any] = {
        "session": "s",
        "viewer": "ana",
        "at": 1_000.0,
        "status": Status.OPEN,
        "kind": "say",
        "text": "Look up.",
        "token": "1.0",
        "title": "A test",
        "addressed": ("Ana",),
        "actions": ("continue", "skip", "pause", "distress", "stop", "leave", "erase"),
        "help": Help(text="Help is there."),
    }
    return View(**(plain | given))


def question(type_: str = "text", **given: Any) -> View:  # noqa: ANN401  # fields of an input
    """A question that wants an answer of this type."""
    more = {
        name: given.pop(name)
        for name in ("draft", "invite", "kind", "text", "title")
        if name in given
    }
    actions = ("answer", "skip", "pause", "distress", "stop", "leave", "erase")
    wanted = Input(type=type_, **given)
    return view(**({"kind": "ask", "text": "How is it?"} | more), input=wanted, actions=actions)


def asked(text: str, *people: str) -> Session:
    """A session of steps written as YAML, at its first moment."""
    return Session.start(plan_of(text), list(people or ("Ana",)), at=1_000.0)
