"""What is measured: one exercise with its script, and the variants that some rows need.

The workload is twenty steps, and twenty-four events bring one person from its
start to its end. Its events are data, tokens included, so that playing it costs
what the runner costs and nothing else. After each event its person's next view
is made, since that is what an event is for.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols import Answer, Continue, Session, Tick, load
from compassion_protocols.session.looking import view
from compassion_protocols.session.transition import transition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassion_protocols import Event, Plan, View
    from compassion_protocols.session.state import State

ME = "Ana"
FRIEND = "Mira"
START = 1_750_000_000.0
"""The instant at which every session begins, epoch seconds."""

WORKLOAD = Path(__file__).parent / "workload" / "evening-walk.protocol.yaml"

SCRIPT: tuple[Event, ...] = (
    Continue(by=ME, token="1.0", at=START + 5),
    Continue(by=ME, token="2.0", at=START + 10),
    Answer(by=ME, token="3.0", value=6, at=START + 15),
    Answer(by=ME, token="4.0", value="morning", at=START + 20),
    Continue(by=ME, token="5.0", at=START + 25),
    Answer(by=ME, token="6.0", value="The kettle, and rain on the window.", at=START + 30),
    Continue(by=ME, token="7.0", at=START + 35),
    Tick(at=START + 65),
    Answer(by=ME, token="9.0", value="I was short with someone who was kind to me.", at=START + 70),
    Answer(by=ME, token="10.0", value=5, at=START + 75),
    Continue(by=ME, token="11.0", at=START + 80),
    Tick(at=START + 105),
    Answer(by=ME, token="13.0", value="Gently.", at=START + 110),
    Tick(at=START + 135),
    Answer(by=ME, token="15.0", value="Slowly.", at=START + 140),
    Tick(at=START + 165),
    Answer(by=ME, token="17.0", value="Yes, you.", at=START + 170),
    Answer(by=ME, token="18.0", value="Ten minutes alone before breakfast.", at=START + 175),
    Answer(by=ME, token="19.0", value="in silence", at=START + 180),
    Tick(at=START + 210),
    Answer(by=ME, token="21.0", value="The rain on the window.", at=START + 215),
    Answer(by=ME, token="22.0", value=3, at=START + 220),
    Continue(by=ME, token="23.0", at=START + 225),
    Continue(by=ME, token="24.0", at=START + 230),
)
"""The twenty-four events of the workload."""

NAMES_ONLY = """\
Stay with that picture for a moment, {{ you }}, as you would look at a photograph.
{{ friend }} looks at it too, and neither of you needs to say anything about it.
"""
"""A page as most are: text with two names in it."""

SHORT = "Stay a moment, {{ you }}. {{ friend }} is here.\n"
"""A page so short that two thousand of them fit into a file."""

REAL_TEMPLATE = """\
Look at what you wrote, {{ you }}, as {{ friend }} would.
{% if heavy > 5 %}It was a heavy day.{% else %}It was a day like others.{% endif %}
{% for word in words %}- {{ word | upper }}
{% endfor %}"""
"""A page with a condition, a loop and a filter."""

HEAVY = 7
WORDS = ("rain", "kettle", "warm")


@frozen
class Turn:
    """A session that waits, and the event that comes next."""

    plan: Plan
    state: State
    event: Event
    viewers: tuple[str, ...] = (ME,)

    def happen(self) -> list[View]:
        """Carry the event out and make everyone's next view; nothing is kept."""
        after, _ = transition(self.plan, self.state, self.event)
        return [view(self.plan, after, viewer) for viewer in self.viewers]


def workload() -> Plan:
    """The exercise, ready to run."""
    return load(WORKLOAD)


def started(plan: Plan, people: Sequence[str] = (ME,)) -> Session:
    """A session that has just begun."""
    return Session.start(plan, people, at=START)


def play(plan: Plan, script: Sequence[Event] = SCRIPT) -> Session:
    """Run a script from the start, with a view after each event."""
    session = started(plan)
    for event in script:
        session.receive(event)
        session.view(ME)
    return session


def turns(
    plan: Plan, script: Sequence[Event] = SCRIPT, people: tuple[str, ...] = (ME,)
) -> list[Turn]:
    """Every event of a script, each beside the state that it finds."""
    session, found = started(plan, people), []
    for event in script:
        found.append(Turn(plan, session.state, event, people))
        session.receive(event)
    return found


# variants


def plan_of(text: str) -> Plan:
    """The plan of a protocol that is no file yet."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "variant.protocol.yaml")
        path.write_text(text, "utf-8")
        return load(path)


def pages(count: int) -> str:
    """A protocol of so many pages that hold only names."""
    return _protocol("individual", _say(SHORT) * count)


def template_page() -> str:
    """A protocol whose last page is a real template; two answers come before it."""
    return _protocol(
        "individual",
        "  - {ask: How heavy was it?, id: heavy, answer: {scale: [0, 10]}, example: 7}\n"
        "  - {ask: Which words?, id: words, answer: {list: text, max: 5}, example: [rain]}\n"
        + _say("Breathe.")
        + _say(REAL_TEMPLATE),
    )


def rounds(count: int) -> str:
    """A protocol that asks two things, so many times fifty times."""
    asks = (
        "{ask: Which word?, id: word, answer: text, example: Gently.}, "
        "{ask: How warm?, id: warmth, answer: {scale: [0, 10]}, example: 5}"
    )
    inner = f"[{{for_each: 50, id: inner, steps: [{asks}]}}]"
    return _protocol("individual", f"  - {{for_each: {count}, id: outer, steps: {inner}}}\n")


def together(people: int) -> str:
    """A protocol of twenty pages for so many people at once."""
    roles = f"roles: {{member: {{people: {people}}}}}\n"
    return _protocol("group", _say(SHORT) * 20, roles)


def _protocol(audience: str, steps: str, more: str = "") -> str:
    return f"""\
compassion_protocol: 1
id: variant
version: 1.0.0
title: A variant
summary: Something to measure.
family: self-compassion
audience: {audience}
card: {{why: To be measured., dose: {{minutes: 5, source: default}}, sources: [{{cite: None}}]}}
care: {{tier: 0}}
settings: {{friend: {{text: {FRIEND}, label: Someone kind}}}}
{more}steps:
{steps}"""


def _say(text: str) -> str:
    return "  - say: |\n" + "".join(f"      {line}\n" for line in text.splitlines())
