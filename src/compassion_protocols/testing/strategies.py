"""Random protocols that are clean: every name known, every use covered, every loop bounded.

A protocol is drawn as the data of its file (maps and lists), step by step, and beside it a record
is kept of what a reader of the file would know at each place: which answers are one value there,
which are lists, which were asked on some ways only, and which are open to everyone. So each text
and condition reads only what it may, in a manner that is right there. :func:`as_yaml` makes a file
of it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from attrs import evolve, field, frozen
from hypothesis import strategies as st

Data = dict[str, Any]
Draw = Any

DEEPEST = 3
MOST_STEPS = 4
MOST_MOMENTS = 1_500

SETTINGS: Data = {
    "short": {"duration": "30s", "min": "10s", "max": "2m", "label": "A short time"},
    "rounds": {"number": 2, "min": 1, "max": 3, "label": "Rounds"},
    "deck": {"list": ["river", "stone", "cloud"], "label": "Cards"},
    "mood": {"choice": ["quiet", "lively"], "label": "Mood"},
    "calm": {"yes_no": "yes", "label": "Calm"},
}


@frozen
class Asked:
    """One answer: its name, its kind and what it may be compared with."""

    name: str
    kind: str
    who: str
    several: bool
    owner: str = ""
    """The one person who gave it, by the name that a step is theirs by."""
    open: bool = True
    """Whether everyone may read it, and not its owner alone."""


@frozen
class Known:
    """What can be said at a place, and to whom."""

    single: tuple[Asked, ...] = ()
    """Asked on every way, and one value here."""
    lists: tuple[Asked, ...] = ()
    """Asked on every way, and a gathered list here."""
    perhaps: tuple[Asked, ...] = ()
    """Asked on some ways, and one value here."""
    people: tuple[str, ...] = ()
    """Names in a text: you, and whom loops have named."""
    taking_turns: bool = False
    fair_floor: bool = False
    """Whether what is offered here to whoever takes a turn is offered to all of them."""
    listeners: int = 0
    items: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    """Names that a guard around has asked about: asking once more would decide nothing."""
    depth: int = 0
    times: int = 1
    """How often one goes past here at the most."""

    def shown_to(self, owner: str) -> Known:
        """What may be said to one person: whatever is open, and what they gave themselves."""

        def theirs(answers: tuple[Asked, ...]) -> tuple[Asked, ...]:
            return tuple([a for a in answers if a.open or (owner and a.owner == owner)])

        return evolve(
            self,
            single=theirs(self.single),
            lists=theirs(self.lists),
            perhaps=theirs(self.perhaps),
        )

    @property
    def opened(self) -> Known:
        """What everyone knows, so that it may be said to all and decide where it goes on."""
        return self.shown_to("")

    def asking(self, asked: Asked) -> Known:
        if asked.several:
            return evolve(self, lists=(*self.lists, asked))
        return evolve(self, single=(*self.single, asked))

    def testing(self, condition: str) -> Known:
        return evolve(self, tested=(*self.tested, *_read_by(condition)))

    def inside(self, times: int = 1, **changes: Any) -> Known:  # noqa: ANN401
        changes = {"fair_floor": False, **changes}
        return evolve(self, depth=self.depth + 1, times=self.times * times, **changes)

    def after_loop(self, inner: Known) -> Known:
        """Outside a loop that makes lists: what was surely asked inside is a list."""
        new = [a for a in (*inner.single, *inner.lists) if a not in (*self.single, *self.lists)]
        return evolve(self, lists=(*self.lists, *[evolve(a, several=True) for a in new]))

    def after_perhaps(self, inner: Known) -> Known:
        """Past a way that may not have been taken."""
        sure = (*self.single, *self.perhaps)
        new = [a for a in (*inner.single, *inner.perhaps) if a not in sure]
        return evolve(self, perhaps=(*self.perhaps, *new))


@frozen
class Maker:
    """Draws one protocol; ``group`` is the most people of its one role."""

    draw: Draw
    group: int
    facilitated: bool
    named: list[str] = field(factory=list)
    moments: list[int] = field(factory=list)

    def name(self, stem: str) -> str:
        self.named.append(stem)
        return f"{stem}_{len(self.named)}"

    def pick(self, *options: Any) -> Any:  # noqa: ANN401  # one of whatever is given
        return self.draw(st.sampled_from(options))

    def chance(self) -> bool:
        return bool(self.draw(st.booleans()))

    # steps

    def steps(self, known: Known) -> tuple[list[Data], Known]:
        made: list[Data] = []
        for _ in range(self.draw(st.integers(1, MOST_STEPS))):
            step, known = self.step(known)
            made.append(step)
        return made, known

    def step(self, known: Known) -> tuple[Data, Known]:
        self.moments.append(known.times * 3)  # an include has three moments
        if sum(self.moments) > MOST_MOMENTS:
            return self.say(known)
        leaves = [self.say, self.ask, self.ask, self.speak, self.breathe, self.wait, self.include]
        leaves += [self.reveal] if _revealable(known) else []
        leaves += [self.pass_on] if self.group > 1 else []
        blocks = [self.part, self.choose, self.repeat_until, self.for_each]
        blocks += [self.turns] if self.group > 1 and not known.taking_turns else []
        blocks += [self.detour] if known.taking_turns else []
        make = self.pick(*leaves, *(blocks if known.depth < DEEPEST else []))
        step, after = make(known)
        if self.facilitated and self.chance():
            step["note"] = "Look after everyone."
        return step, after

    def say(self, known: Known) -> tuple[Data, Known]:
        step = self.addressed("say", known)
        if self.chance():
            step["for"] = self.pick("short", "20s")
        if self.chance():
            step["when"] = self.condition(known)
        if self.chance():
            step["meanwhile"] = self.text(known.opened)
        return step, known

    def addressed(self, kind: str, known: Known) -> Data:
        """A text for somebody, of what they may be told."""
        who = self.who(known)
        step: Data = {kind: self.text(known.shown_to(self.owner(who)))}
        return {**step, "who": who} if who else step

    def owner(self, who: str) -> str:
        """Whose a step is, if it is one and the same person's as long as the name means them."""
        if self.group == 1:
            return "" if who == "facilitator" else "self"
        alone = who.startswith("speaker") or (self.group == 2 and who.startswith("listener"))
        return who if alone else ""

    def is_open(self, readers: str | list[str]) -> bool:
        """Whether everyone may read what these may read."""
        if "everyone" in readers:
            return True
        return not self.facilitated and (self.group == 1 or "member" in readers)

    def who(self, known: Known) -> str:
        names = ["", "everyone"]
        if self.group > 1:
            names += ["member", "holder"]
        if known.taking_turns:
            names += list(known.people)
        if self.facilitated:
            names.append("facilitator")
        return str(self.pick(*names))

    def several(self, who: str, known: Known) -> bool:
        if who in ("", "everyone", "member"):
            return self.group > 1
        return who.startswith("listener") and known.listeners > 1

    def ask(self, known: Known) -> tuple[Data, Known]:
        kind = self.pick(*_KINDS, *(["person"] if self.group > 1 else []))
        who = self.who(known)
        owner, readers = self.owner(who), self.readers(known) if self.chance() else ""
        asked = Asked(
            self.name("answer"), kind, who, self.several(who, known), owner, self.is_open(readers)
        )
        # Whoever may read an answer finds its question above it.
        told = known.opened if readers else known.shown_to(owner)
        step: Data = {"ask": self.text(told), "id": asked.name, **_KINDS.get(kind, _PERSON)}
        if kind == "choice" and self.chance():
            # One of a list that is asked for here, or of the cards.
            lists = [
                a.name for a in (*known.opened.single, *known.opened.lists) if a.kind == "list"
            ]
            step |= {"answer": {"choice": "deck"}, "example": "stone"}
            if lists and self.chance():
                step |= {"answer": {"choice": self.pick(*lists)}, "example": "tea"}
            asked = evolve(asked, kind="text")
        if kind == "text" and self.chance():
            step["rules"] = [{"sentences": {"max": 1}, "say": "Which one matters most?"}]
            step["counterexamples"] = ["One thing. And another."]
        if kind == "text" and self.chance():
            step["borrow"] = self.pick("deck", ["I felt …"])
        if who:
            step["who"] = who
        if readers:
            step["shared"] = readers
        if self.chance():
            step["timer"] = {"at_most": "short"}
        if self.chance():
            step["hint"] = self.text(known.shown_to(owner))
        if self.chance() and not asked.several:
            step["when"] = self.condition(known)
            return step, evolve(known, perhaps=(*known.perhaps, asked))
        return step, known.asking(asked)

    def reveal(self, known: Known) -> tuple[Data, Known]:
        source = self.pick(*_revealable(known))
        name = self.name("shown")
        readers = self.readers(known)
        step: Data = {"reveal": source.name, "id": name, "to": readers}
        if source.who:
            step["who"] = source.who
        return step, known.asking(evolve(source, name=name, open=self.is_open(readers)))

    def readers(self, known: Known) -> str | list[str]:
        roles = ["member", "holder"] if self.group > 1 else []
        bound = list(known.people) if known.taking_turns else []
        one = self.pick("everyone", *roles, *bound)
        return [one, "facilitator"] if self.facilitated and self.chance() else str(one)

    def speak(self, known: Known) -> tuple[Data, Known]:
        step = {**self.addressed("speak", known), "for": self.pick("short", "1m")}
        if self.chance():
            step["at_least"] = "5s"
        if not self.is_fair(step, known):
            step["uneven"] = "Chance has it so."
        return step, known

    def is_fair(self, step: Data, known: Known) -> bool:
        """Whether everyone is offered this floor in their turn, or it is nobody's own."""
        who = step.get("who", "")
        if who not in known.people:
            return bool(who != "holder")
        # A word that may be missing would take the floor away with it.
        return known.fair_floor and not any(one.name in step["speak"] for one in known.single)

    def breathe(self, known: Known) -> tuple[Data, Known]:
        step: Data = {"breathe": {"in": "4s", "out": "6s"}}
        length = self.pick(("count", 2), ("count", "rounds"), ("for", "short"))
        return {**step, length[0]: length[1]}, known

    def wait(self, known: Known) -> tuple[Data, Known]:
        times = [a.name for a in known.opened.single if a.kind == "time"]
        text = self.text(known.opened)
        if not times or self.chance():
            return {"wait": text, "for": "short"}, known
        steps, inner = self.steps(known.inside())
        step: Data = {"wait": text, "until": self.pick(*times), "otherwise": steps}
        if self.chance():
            step["at_most"] = "1h"
        return step, known.after_perhaps(inner)

    def include(self, known: Known) -> tuple[Data, Known]:
        step: Data = {"include": "three-breath-pause", "with": {"breaths": self.pick(1, "rounds")}}
        if self.chance():
            return step, known
        prefix = self.name("pause")
        several = self.group > 1
        notice = Asked(f"{prefix}.notice", "text", "", several, self.owner(""), self.is_open(""))
        return {**step, "as": prefix}, known.asking(notice)

    def pass_on(self, known: Known) -> tuple[Data, Known]:
        people = [asked.name for asked in known.opened.single if asked.kind == "person"]
        return {"pass": "holder", "to": self.pick("next", *people)}, known

    # blocks

    def part(self, known: Known) -> tuple[Data, Known]:
        if self.chance():
            condition = self.condition(known)
            steps, inner = self.steps(known.inside().testing(condition))
            return {"part": "A part", "steps": steps, "when": condition}, known.after_perhaps(inner)
        steps, inner = self.steps(known.inside())
        step: Data = {"part": "A part", "steps": steps}
        if self.chance():
            return {**step, "timer": {"at_most": "3m"}}, known.after_perhaps(inner)
        return step, evolve(inner, depth=known.depth)

    def detour(self, known: Known) -> tuple[Data, Known]:
        """A private answer decides what only its owner sees, beside one steady waiting text."""
        [speaker, *_] = [name for name in known.people if name.startswith("speaker")]
        own = {"who": speaker, "meanwhile": self.text(known.opened)}
        asked = Asked(self.name("private"), "yes_no", speaker, False, speaker, False)
        first = {"ask": "Is it so?", "id": asked.name, **_KINDS["yes_no"], **own}
        more = {"say": "Stay with it.", "when": self.compared(asked), **own}
        why = {"ask": "How is it?", "id": self.name("private"), **_KINDS["text"], **own}
        follow = [more, {**why, "when": self.compared(asked)}][: self.pick(1, 2)]
        return {"part": "By yourself", "steps": [first, *follow]}, known

    def choose(self, known: Known) -> tuple[Data, Known]:
        cases, after, around = [], known, known
        for _ in range(self.draw(st.integers(1, 2))):
            condition = self.condition(around)
            around = around.testing(condition)
            steps, inner = self.steps(around.inside())
            if self.chance() and known.depth == 0:
                steps.append({"end": "That is enough for today."})
            else:
                after = after.after_perhaps(inner)
            cases.append({"when": condition, "steps": steps})
        step: Data = {"choose": cases}
        if self.chance():
            step["otherwise"], inner = self.steps(around.inside())
            after = after.after_perhaps(inner)
        return step, after

    def repeat_until(self, known: Known) -> tuple[Data, Known]:
        who = self.pick("", *known.people) if known.taking_turns else ""
        again = Asked(self.name("enough"), "choice", who, self.several(who, known))
        steps, inner = self.steps(known.inside(3))
        question = {"ask": "Is it enough?", "id": again.name, **_KINDS["choice"]}
        question["shared"] = "everyone"
        steps.append({**question, "who": who} if who else question)
        limit = self.pick(1, 3, "rounds")
        condition = self.compared(again)
        step = {"repeat_until": condition, "at_most": limit, "steps": steps, **self.soft_limit()}
        after = evolve(inner, depth=known.depth, times=known.times).asking(again)
        if "timer" in step:
            after = known.after_perhaps(after)
        if self.chance():
            step["otherwise"], missed = self.steps(known.inside())
            after = after.after_perhaps(missed)
        return step, after

    def for_each(self, known: Known) -> tuple[Data, Known]:
        opened = known.opened
        lists = [a.name for a in (*opened.lists, *opened.single) if a.kind in _LISTS]
        item = self.name("item")
        # A list may have fifty items: two such loops inside one another would be too much.
        through = [f"{item} in {name}" for name in ("deck", *lists)] if known.times < 10 else []
        what = self.pick(2, "rounds", *through)
        if what in through:
            around = known.inside(50, items=(*known.items, item))
        else:
            around = known.inside(3)
        steps, inner = self.steps(around)
        order = self.pick("given", "reversed", "shuffled", "rotating")
        step = {"for_each": what, "steps": steps, "order": order, **self.soft_limit()}
        enough = [asked for asked in inner.opened.single if asked not in known.single]
        if enough and self.chance():
            step["until"] = self.compared(self.pick(*enough))
        return step, known.after_loop(inner)

    def soft_limit(self) -> Data:
        return {"timer": {"at_most": self.pick("2m", "3m")}} if self.chance() else {}

    def turns(self, known: Known) -> tuple[Data, Known]:
        names = (self.name("speaker"), self.name("listener"))
        people = (*known.people, *names)
        listeners = self.group - 1
        around = known.inside(
            4, taking_turns=True, people=people, listeners=listeners, fair_floor=True
        )
        steps, inner = self.steps(around)
        order = self.pick("given", "reversed", "shuffled", "rotating")
        role = self.pick("member", "everyone")
        step = {"turns": role, "as": list(names), "order": order, "steps": steps}
        return step, known.after_loop(inner)

    # what is read

    def text(self, known: Known) -> str:
        parts = [self.pick("Well then …", "Rest a while …", "Look around …")]
        parts += [self.read(known) for _ in range(self.draw(st.integers(0, 2)))]
        return " ".join(parts)

    def read(self, known: Known) -> str:
        ways = ["{{ you }}", "{{ short }}", "{{ deck | count }} cards", "{{ mood }}"]
        ways += [f"{{{{ {name} }}}}" for name in (*known.people, *known.items)]
        ways += [_shown(asked) for asked in known.single if asked.open]
        ways += [f"{_shown(asked)[:-3]} | default(1) }}}}" for asked in known.single]
        ways += [f'{{{{ {asked.name} | default("nothing") }}}}' for asked in known.perhaps]
        ways += [
            f"{{% if {asked.name} is given %}}({_shown(asked)}){{% endif %}}"
            for asked in known.perhaps
        ]
        for asked in known.lists:
            ways.append(f"{{{{ {asked.name} | given | count }}}}")
            ways.append(
                f"{{% for r in {asked.name} | given %}}"
                "{{ r.by }}: {{ r.value }} {% endfor %}"
            )
        return str(self.pick(*ways))

    def condition(self, known: Known) -> str:
        ways = ["calm", "rounds > 1", 'mood == "lively"', '"stone" in deck', "not calm"]
        known = known.opened
        ways += [self.compared(asked) for asked in (*known.single, *known.lists, *known.perhaps)]
        ways += [f"{asked.name} is given" for asked in (*known.single, *known.perhaps)]
        free = '"stone" in deck'  # a deck may be any
        ways = [way for way in ways if way == free or _read_by(way).isdisjoint(known.tested)]
        one = self.pick(*ways)
        other = self.pick(free, *[way for way in ways if _read_by(way).isdisjoint(_read_by(one))])
        return str(self.pick(one, f"{one} and {other}", f"({one}) or {other}"))

    def compared(self, asked: Asked) -> str:
        """A condition on one answer, as it is where it was asked."""
        name = asked.name
        if asked.several:
            return str(self.pick(f"{name} | count > 0", f"{name} | given | count >= 1"))
        return str(self.pick(*[way.format(name) for way in _COMPARED[asked.kind]]))


_KINDS: dict[str, Data] = {
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
_PERSON: Data = {"answer": {"person": "member"}}
_LISTS = ("choices", "rank", "list")
_COMPARED: dict[str, list[str]] = {
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


def _read_by(condition: str) -> set[str]:
    """The names that a condition reads."""
    words = re.findall(r"[\w.]+", condition)
    return {word for word in words if "_" in word or word in SETTINGS}


def _revealable(known: Known) -> list[Asked]:
    """What may be revealed: an own answer, asked of the same people inside the same loops."""
    return [asked for asked in known.single if "." not in asked.name]


def _shown(asked: Asked) -> str:
    return f"{{{{ {asked.name}.what }}}}" if asked.kind == "form" else f"{{{{ {asked.name} }}}}"


_FACILITATED: Data = {"tier": 2, "not_for": ["A crisis."], "distress": ["before", "after"]}
_AUDIENCES = {1: "individual", 2: "couple", 4: "group"}
_PEOPLE = {2: "2", 4: "3-4"}


@st.composite
def protocols(draw: Draw, people: int | None = None, *, facilitated: bool | None = None) -> Data:
    """The data of a clean protocol, for one, two, or three to four people."""
    group = people or draw(st.sampled_from([1, 2, 4]))
    with_host = draw(st.booleans()) if facilitated is None else facilitated
    maker = Maker(draw, group, with_host)
    steps, known = maker.steps(Known(people=()))
    closing = f"Thank you, {{{{ you }}}}. {maker.read(evolve(known.opened, single=()))}"
    roles = {"member": {"people": _PEOPLE.get(group, "1")}, "holder": {"one_of": "member"}}
    return {
        "compassion_protocol": 1,
        "id": "drawn",
        "version": "1.0.0",
        "title": "Drawn",
        "summary": "A protocol that was drawn by lot.",
        "family": "rituals",
        "audience": _AUDIENCES[group],
        "card": {
            "why": "To see whether everything holds.",
            "dose": {"minutes": min(max(5, sum(maker.moments)), 1440), "source": "default"},
            "sources": [{"seed": "000", "quote": "pause for three breaths"}],
        },
        "care": _FACILITATED | ({"screen": "couple-safety"} if group == 2 else {})
        if with_host
        else {"tier": 0},
        **({"roles": roles} if group > 1 else {}),
        **_settings_for([*steps, closing]),
        "steps": [*steps, {"end": closing}],
    }


def _settings_for(steps: object) -> Data:
    """The settings that some steps name, since nobody should be asked for others."""
    words = set(re.findall(r"\w+", json.dumps(steps)))
    settings = {name: setting for name, setting in SETTINGS.items() if name in words}
    return {"settings": settings} if settings else {}


def as_yaml(data: Data) -> bytes:
    """The file. A name stands without quotes, since a value in quotes names nothing."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in data.items()).encode()


_NAME = re.compile(r"(?!(?:yes|no|true|false|null)$)[a-z][a-z0-9_.-]*")


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
