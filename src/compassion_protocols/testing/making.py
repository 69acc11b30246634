"""Random steps, each of which reads only what it may, in a manner that is right where it stands."""

from __future__ import annotations

from typing import Any, TypeVar

from attrs import evolve, field, frozen
from hypothesis import strategies as st

from compassion_protocols.testing.known import Asked, Known, read_by
from compassion_protocols.testing.samples import COMPARED, KINDS, LISTS, PERSON, Data

T = TypeVar("T")

Draw = Any

DEEPEST = 3
MOST_STEPS = 4
MOST_MOMENTS = 1_500


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

    def pick(self, *options: T) -> T:
        picked: T = self.draw(st.sampled_from(options))
        return picked

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
        leaves += [self.reveal] if known.revealable else []
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
        kind = self.pick(*KINDS, *(["person"] if self.group > 1 else []))
        who = self.who(known)
        owner, readers = self.owner(who), self.readers(known) if self.chance() else ""
        asked = Asked(
            self.name("answer"), kind, who, self.several(who, known), owner, self.is_open(readers)
        )
        # Whoever may read an answer finds its question above it.
        told = known.opened if readers else known.shown_to(owner)
        step: Data = {"ask": self.text(told), "id": asked.name, **KINDS.get(kind, PERSON)}
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
        if kind != "long_text" and self.chance():
            step["timer"] = {"at_most": "short"}
        if self.chance():
            everyones = asked.open and self.group > 1 and self.chance()
            step["keep"] = {"as": asked.name, **({"owner": "everyone"} if everyones else {})}
        if self.chance():
            step["hint"] = self.text(known.shown_to(owner))
        if self.chance() and not asked.several:
            step["when"] = self.condition(known)
            return step, evolve(known, perhaps=(*known.perhaps, asked))
        return step, known.asking(asked)

    def reveal(self, known: Known) -> tuple[Data, Known]:
        source = self.pick(*known.revealable)
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
        first = {"ask": "Is it so?", "id": asked.name, **KINDS["yes_no"], **own}
        more = {"say": "Stay with it.", "when": self.compared(asked), **own}
        why = {"ask": "How is it?", "id": self.name("private"), **KINDS["text"], **own}
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
        question = {"ask": "Is it enough?", "id": again.name, **KINDS["choice"]}
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
        lists = [a.name for a in (*opened.lists, *opened.single) if a.kind in LISTS]
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
        ways += [asked.shown for asked in known.single if asked.open]
        ways += [f"{asked.shown[:-3]} | default(1) }}}}" for asked in known.single]
        ways += [f'{{{{ {asked.name} | default("nothing") }}}}' for asked in known.perhaps]
        ways += [
            f"{{% if {asked.name} is given %}}({asked.shown}){{% endif %}}"
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
        ways = [way for way in ways if way == free or read_by(way).isdisjoint(known.tested)]
        one = self.pick(*ways)
        other = self.pick(free, *[way for way in ways if read_by(way).isdisjoint(read_by(one))])
        return str(self.pick(one, f"{one} and {other}", f"({one}) or {other}"))

    def compared(self, asked: Asked) -> str:
        """A condition on one answer, as it is where it was asked."""
        name = asked.name
        if asked.several:
            return str(self.pick(f"{name} | count > 0", f"{name} | given | count >= 1"))
        return str(self.pick(*[way.format(name) for way in COMPARED[asked.kind]]))
