"""Plans that hold every kind of step and of answer, with people to go through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.session.session import Session
from compassion_protocols.session.state import Screen
from tests.plans import plan_of
from tests.room import START

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan

SOLO = """
care: {tier: 0, distress: [before, midway, after]}
audience: individual
settings:
  rounds: {number: 2, min: 0, max: 4, label: Rounds}
  cards: {list: [one, two, three], label: Cards}
steps:
  - ask: A word, {{ you }}?
    id: first
    answer: text
    rules:
      - words: {max: 2}
        say: Two words at most?
    example: hello
    counterexamples: [one two three]
  - say: You said {{ first }}.
    timer: {at_least: 5s}
  - repeat_until: again == "no"
    id: repeated
    at_most: 3
    timer: {at_most: 2m}
    steps:
      - ask: "Again? {% if again is given %}Last time {{ again }}.{% endif %}"
        id: again
        answer: {choice: ["yes", "no"]}
        example: "no"
      - say: Once more round.
    otherwise:
      - say: That was often.
  - for_each: card in cards
    order: shuffled
    id: deck
    steps:
      - ask: "{{ card }}: how many?"
        id: amount
        answer: {number: whole, min: 0, max: 9}
        example: 3
  - for_each: rounds
    until: mood == 9
    id: moods
    steps:
      - ask: How is it?
        id: mood
        answer: {scale: [0, 9]}
        example: 4
        timer: {at_most: 30s}
  - choose:
      - when: amount | sum > 5
        steps:
          - say: Many, {{ amount | sum }}.
      - when: amount is missing
        steps:
          - say: None at all.
    otherwise:
      - wait: A little while.
        for: 20s
  - ask: When?
    id: hour
    answer: time
    example: "00:20"
  - wait: Until then.
    until: hour
    at_most: 10m
    otherwise:
      - say: That is too far off.
  - breathe: {in: 2s, hold: 1s, out: 3s}
    count: rounds
  - part: In a while
    timer: {at_most: 1m}
    steps:
      - say: One.
      - say: Two.
      - say: Three.
  - end: "Bye, {{ you }}. {% if mood is given %}{{ mood | mean }}{% endif %}"
"""

PAIR = """
audience: couple
care: {tier: 0, distress: [before, after]}
roles:
  partner: {people: 2}
  holder: {one_of: partner, others: hearer}
settings:
  talk: {duration: 1m, min: 10s, max: 5m, label: Talk}
steps:
  - ask: Which needs?
    id: needs
    who: partner
    answer: {list: text, min: 1, max: 4}
    rules:
      - avoids: [never]
        say: Without never?
    example: [rest, a walk]
    counterexamples: [[never]]
  - turns: partner
    id: rounds
    steps:
      - reveal: needs
        id: open_needs
        who: speaker
        to: everyone
      - speak: Talk to {{ listener }}, {{ speaker }}.
        who: speaker
        for: talk
        at_least: 5s
        meanwhile: Listen to {{ speaker }}.
      - repeat_until: landed == "yes"
        at_most: 2
        steps:
          - ask: What did {{ speaker }} say?
            id: heard
            who: listener
            shared: everyone
            answer: text
            example: that
          - ask: "“{{ heard }}”: is that it?"
            id: landed
            who: speaker
            shared: everyone
            answer: {choice: ["yes", "not quite"]}
            example: "yes"
        otherwise:
          - say: Leave it.
      - for_each: need in open_needs
        steps:
          - ask: What for “{{ need }}”?
            id: request
            who: speaker
            shared: everyone
            answer:
              form: {what: text, by_when: date}
            rules:
              - within: {days: 9}
                field: by_when
                say: Sooner?
                firm: true
            example: {what: a walk, by_when: in 3 days}
  - for_each: 2
    steps:
      - speak: Your word, {{ holder }}.
        who: holder
        for: 30s
        meanwhile: It is for {{ hearer }} to listen.
      - pass: holder
        to: next
  - ask: Who first, next time?
    id: next_time
    who: [holder, hearer]
    shared: everyone
    answer: {person: partner}
    example: Ana
  - say: |
      {% for r in request | given %}{{ r.by }} asks {{ r.value.what }} for {{ r.need }}.
      {% endfor %}{% for n in next_time | given %}{{ n.by }}: {{ n.value }}.{% endfor %}
"""

GROUP = """
audience: group
care: {tier: 3, distress: [before, midway, after]}
roles:
  member: {people: 3-5, if_fewer: pause}
steps:
  - say: Ready?
    who: facilitator
    meanwhile: Come in.
  - ask: What do you need?
    id: ease
    shared: [everyone, facilitator]
    answer: text
    timer: {at_most: 1m}
    example: quiet
    note: They write, {{ you }}.
  - for_each: 2
    steps:
      - turns: member
        order: rotating
        as: [teller, others]
        steps:
          - speak: The floor is yours, {{ teller }}.
            who: teller
            for: 40s
          - ask: A word for {{ teller }}?
            id: word
            who: others
            shared: teller
            answer: {choices: [warm, brave, here], min: 1, max: 2, own: 1}
            example: [warm]
          - say: "For {{ teller }}:{% for w in word | given %} {{ w.value }}{% endfor %}."
            who: teller
  - ask: In which order?
    id: ranked
    answer: {rank: [a, b, c]}
    example: [b, a, c]
  - ask: Shall we stop?
    id: enough
    who: facilitator
    shared: everyone
    answer: yes_no
    example: "no"
  - end: Thank you. {% for e in ease | given %}{{ e.by }}. {% endfor %}
"""

TRIO = (
    GROUP.replace("if_fewer: pause", "if_fewer: end")
    .replace("tier: 3", "tier: 0")
    .replace("3-5", "2-5")
)


@frozen
class Scene:
    """A plan with its people, perhaps a facilitator, and the way they sit before screens."""

    text: str
    people: tuple[str, ...]
    facilitator: str | None = None
    screen: Screen = Screen.OWN

    @property
    def plan(self) -> Plan:
        return plan_of(self.text)

    def start(self, seed: int = 0) -> Session:
        return Session.start(
            self.plan,
            self.people,
            at=START,
            facilitator=self.facilitator,
            screen=self.screen,
            seed=seed,
        )


SCENES = (
    Scene(SOLO, ("Ana",)),
    Scene(SOLO, ("Ana",), screen=Screen.SHARED),
    Scene(PAIR, ("Ana", "Ben")),
    Scene(PAIR, ("Ana", "Ben"), screen=Screen.SHARED),
    Scene(PAIR, ("Ana", "Ben"), "Fay"),
    Scene(GROUP, ("Ana", "Ben", "Cem"), "Fay"),
    Scene(GROUP, ("Ana", "Ben", "Cem", "Dee"), "Fay", Screen.SHARED),
    Scene(TRIO, ("Ana", "Ben", "Cem"), "Fay"),
    Scene(TRIO, ("Ana", "Ben", "Cem", "Dee")),
)
