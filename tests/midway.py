"""Sessions that stand at some moment: of shipped protocols, of drawn ones, of a household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from compassion_protocols.loading import load
from compassion_protocols.session.state import Presence
from compassion_protocols.testing import event_sequences
from compassion_protocols.testing import sessions as drawn
from tests.plans import plan_of
from tests.shipped import ALL

if TYPE_CHECKING:
    from compassion_protocols.session.session import Session

HOUSEHOLD = """
audience: family
roles:
  parent: {people: 1-2, if_fewer: pause}
  child: {people: 2-3, if_fewer: pause}
  holder: {one_of: child, others: rest}
steps:
  - ask: Who begins, {{ holder }}?
    id: first
    who: holder
    shared: [everyone, facilitator]
    answer: {person: child}
    meanwhile: "{{ holder }} is choosing."
  - pass: holder
    to: first
  - for_each: 2
    steps:
      - ask: A word for {{ rest }}?
        id: word
        who: holder
        shared: [everyone, facilitator]
        answer: text
        example: Hello.
        timer: {at_most: 1m}
      - say: The word for {{ rest }} was “{{ word }}”.
      - pass: holder
        to: next
  - turns: everyone
    steps:
      - ask: What would you like {{ listener }} to know?
        id: known
        who: speaker
        shared: [everyone, facilitator]
        answer: text
        example: That it is late.
        timer: {at_least: 5s, at_most: 2m}
        note: Wait for {{ speaker }}.
      - speak: Tell {{ listener }} about “{{ known | default("your day") }}”.
        who: speaker
        for: 1m
      - for_each: one in listener
        steps:
          - ask: "And you, {{ one }}?"
            id: echo
            who: one
            shared: [everyone, facilitator]
            answer: text
            example: So it is.
          - say: "{% if echo is given %}{{ one }}: {{ echo }}{% else %}Let it be.{% endif %}"
      - repeat_until: landed
        at_most: 2
        timer: {at_most: 3m}
        steps:
          - ask: Did it land, {{ speaker }}?
            id: landed
            who: speaker
            shared: [everyone, facilitator]
            answer: yes_no
            example: "yes"
        otherwise:
          - say: It can be left for today.
  - turns: parent
    as: [elder, other]
    steps:
      - say: Look at {{ other }}.
        who: elder
        when: other is given
      - ask: Whom would you like to thank?
        id: thanked
        who: elder
        shared: [everyone, facilitator]
        answer: {person: child}
  - say: "{% for t in thanked | given %}{{ t.by }} thanks {{ t.value }}. {% endfor %}Rest."
    for: 30s
  - end: "{% for e in echo | given %}{{ e.by }} to {{ e.speaker }}: {{ e.value }} {% endfor %}Bye."
"""
"""Two roles of several sizes, a role that is handed on, and every way to name people."""

HASTY = HOUSEHOLD.replace("if_fewer: pause", "if_fewer: end")
"""The same household, where it ends for everyone as soon as some are away."""


def of_shipped() -> st.SearchStrategy[Session]:
    """Draw a session of a shipped protocol, of any size that it allows and on either screen."""
    return st.sampled_from([load(name) for name in ALL]).flatmap(drawn)


def of_drawn() -> st.SearchStrategy[Session]:
    """Draw a session of a clean protocol that is drawn itself."""
    return drawn()


def of_household() -> st.SearchStrategy[Session]:
    """Draw a session of the household, or of the hasty one."""
    return st.sampled_from([plan_of(HOUSEHOLD), plan_of(HASTY)]).flatmap(drawn)


@st.composite
def midway(draw: st.DrawFn, begun: st.SearchStrategy[Session]) -> Session:
    """Draw a session to which a few things have happened."""
    session = draw(begun)
    for event in draw(event_sequences(session, most=draw(st.integers(0, 40)))):
        session.receive(event)
    return session


def here(session: Session, silent: frozenset[str] = frozenset()) -> list[str]:
    """Those who still take part and do something, in the order of their seats."""
    people = zip(session.state.setup.people, session.state.presence, strict=True)
    return [one.id for one, how in people if how is Presence.HERE and one.id not in silent]
