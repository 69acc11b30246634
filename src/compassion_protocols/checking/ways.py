"""How a session comes to what is wrong, in the words of a finding.

A finding that says no shows the shortest way to it: the line that is skipped, the decision and how
it falls, the `end` that comes before. A place in another protocol is told by the line that includes
it, and a line of another file with its name. Everything here is worked out only once there is
something to tell.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from compassion_protocols.checking.bypass import How, Paths, ends_in
from compassion_protocols.checking.facts import Answer
from compassion_protocols.checking.spans import in_lines, line
from compassion_protocols.model.steps import Choose, RepeatUntil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.checking.bypass import Way
    from compassion_protocols.checking.facts import Facts, Place, Scope
    from compassion_protocols.findings import Span
    from compassion_protocols.language.condition import Condition

LONGEST_QUOTED = 60
"""Characters of a condition that are still quoted in the middle of a sentence."""


class Ways(Paths):
    """The ways through one protocol, in words."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self._here = facts.protocol.span

    def seen_from(self, here: Span) -> Ways:
        """The same ways, as a finding tells of them that stands here."""
        seen = copy(self)
        seen._here = here
        return seen

    def line(self, place: Place) -> str:
        """The line of a step in the file itself; of what is included, where it is included."""
        return line(self.own(place).step.span, self._here)

    def line_of(self, name: str) -> str:
        """The line on which a name is declared, or on which its question stands."""
        meaning = self._facts.names[name]
        if isinstance(meaning, Answer):
            return self.line(meaning.place)
        return line(meaning.span, self._here)

    def said(self, way: Way) -> str:
        """A way as the beginning of a sentence, in small letters: “past line 12, where …,”."""
        own = self.own(way.past)
        if own is not way.past or way.how is How.ENDED:
            return f"where what {self.line(own)} includes does not come to it,"
        return _SAID[way.how](way, self._here)

    def unasked(self, question: Place, place: Place) -> str:
        """The shortest way past a question in words; on “the others” where none can be told."""
        way = self.past(question, place)
        return "on the others" if way is None else self.said(way)

    def ended_before(self, place: Place) -> str:
        """Which `end` comes in any case before a place that no way leads to."""
        *around, stand = self.chain(place)
        # What stands first is the `otherwise` of a repetition that always ends.
        before = [stand.row[stand.at - 1]] if stand.at else around[-1].place.blocks[0]
        ends = [end.step.span for one in before for end in ends_in(one)]
        which = "the `end`" if len(ends) == 1 else "one of the ends"
        return f"{which} on {in_lines(ends, self._here)} comes before it in any case"

    def where(self, place: Place, condition: Condition) -> str:
        """What has been decided before a condition is looked at, and speaks of the same."""
        for when, so in self._decided(place, condition):
            if when.reads & condition.reads:
                at, source = line(when.span, self._here), _in_short(when)
                what = f"“{source}” ({at})" if source else f"the condition on {at}"
                return f"where {what} is {'so' if so else 'not so'}"
        return "since what stands around it has decided the same"

    def _decided(self, place: Place, condition: Condition) -> Iterator[tuple[Condition, bool]]:
        """What has come out so, or not, on the way to a condition of a place, nearest first.

        A case of a `choose` is looked at where those before it were not so.
        """
        inside: int | None = None
        for stand in reversed(self.chain(place)):
            step = stand.place.step
            if isinstance(step, Choose):
                whens = [case.when for case in step.cases]
                own = sum(number for number, when in enumerate(whens) if when is condition)
                taken = own if inside is None else inside
                if inside is not None and inside < len(whens):
                    yield whens[inside], True
                yield from [(when, False) for when in reversed(whens[:taken])]
            if step.when is not None and step.when is not condition:
                yield step.when, True
            inside = stand.block

    def skipped(self, answer: Answer, scope: Scope) -> str:
        """The shortest way to have no answer at all, as the beginning of a sentence."""
        at = self.line(answer.place)
        if answer.is_list_at(scope):
            return f"When everybody skips {at}"
        return f"When {at} is skipped"


def quoted(condition: Condition, so: str) -> str:
    """What a condition says, and how it has come out, where that is short enough to be read."""
    source = _in_short(condition)
    return f"“{source}” {so}" if source else f"its condition {so}"


def _in_short(condition: Condition) -> str:
    source = " ".join(condition.source.split())
    return source if len(source) <= LONGEST_QUOTED else ""


def _said_of_guard(way: Way, here: Span) -> str:
    when = way.past.step.when
    return f"past {_at(way, here)}," if when is None else _past(when, "is not so", here)


def _said_of_branch(way: Way, here: Span) -> str:
    step = way.past.step
    cases = step.cases if isinstance(step, Choose) else ()
    if way.branch < len(cases):
        return _past(cases[way.branch].when, "is so", here)
    if len(cases) == 1:
        return _past(cases[0].when, "is not so", here)
    return f"past {_at(way, here)}, where none of its cases is so,"


def _said_of_loop(way: Way, here: Span) -> str:
    step = way.past.step
    if isinstance(step, RepeatUntil):
        return _past(step.condition, "is so in time", here)
    return _at(way, here)


def _at(way: Way, here: Span) -> str:
    return line(way.past.step.span, here)


def _past(condition: Condition, so: str, here: Span) -> str:
    """The line on which something is decided, and how it falls."""
    return f"past {line(condition.span, here)}, where {quoted(condition, so)},"


_SAID: dict[How, Callable[[Way, Span], str]] = {
    How.GUARD: _said_of_guard,
    How.BRANCH: _said_of_branch,
    How.HELD: _said_of_loop,
    How.NEAR: lambda way, here: f"past {_at(way, here)}, where that time is not too far off,",
    How.LIMIT: lambda way, here: f"where the time of {_at(way, here)} is up before it,",
    How.FIRST_ROUND: lambda way, here: f"in the very first round of {_at(way, here)},",
}
