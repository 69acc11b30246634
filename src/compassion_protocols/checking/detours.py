"""Ways that only one person takes, and nobody else can tell.

Where a private answer decides what comes next, the others could learn of it by what they see
meanwhile: a screen that waits for somebody, or one screen more. They cannot if all that hangs on
the answer is that person's own (a question, a page, something to show), and if the others see one
steady screen before it, during it and after it. So beside the detour, in the same row of steps,
stands one step at least that is the same person's own, with the same waiting text (and nothing in
it that changes on the way), and that opens whatever was answered: it shows the others that screen
in any case, for a shorter time or a longer. How long it takes is not promised to stay private.

Steps with a clock, a heading, a turn or an end cannot stand in a detour, for everyone sees those.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from compassion_protocols.checking.facts import Sort
from compassion_protocols.checking.flow import asked_in
from compassion_protocols.model.answers import needed_names
from compassion_protocols.model.steps import (
    Ask,
    Choose,
    ForEach,
    Include,
    RepeatUntil,
    Reveal,
    Say,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compassion_protocols.checking.facts import Facts, Meaning, Place
    from compassion_protocols.language.template import Template

_BLOCKS = (Choose, RepeatUntil, ForEach, Include)


@frozen(eq=False)
class Row:
    """A place among those that stand in a row with it, and the block that they stand in.

    ``steady`` is what has been found out of the whole row, and shared by its places: a stretch of
    them is looked at once, however many detours stand in it.
    """

    places: Sequence[Place]
    at: int
    block: Row | None = None
    steady: dict[tuple[int, Waiting], bool | None] = field(factory=dict)

    @property
    def place(self) -> Place:
        return self.places[self.at]


class Waiting(NamedTuple):
    """Whose a step is, and what everyone else sees meanwhile."""

    who: frozenset[Meaning]
    meanwhile: Template | None
    told: tuple[tuple[str, Meaning | None], ...]
    """The names in that, and what they stand for."""


def waiting_at(facts: Facts, place: Place) -> Waiting:
    """Whose a place is, and what everyone else sees meanwhile."""
    found = [facts.meaning(name, place.scope) for name in place.who.names]
    who = frozenset([one for one in found if one is not None])
    meanwhile = place.step.meanwhile
    names = () if meanwhile is None else sorted(meanwhile.reads)
    return Waiting(who, meanwhile, tuple([(n, facts.meaning(n, place.scope)) for n in names]))


def is_unseen(place: Place) -> bool:
    """Whether nothing but its waiting text tells the others of this step."""
    match place.step:
        case Ask(is_agreed_on=True):
            return False  # everyone is asked whether to keep it
        case Ask() | Reveal():
            return True
        case Say(duration=None, timer=None):
            return True
        case step:
            return isinstance(step, _BLOCKS)


def leaves(place: Place) -> Iterator[Place]:
    """The places within that are no blocks."""
    return (inner for inner in place.walk() if not isinstance(inner.step, _BLOCKS))


def _is_in(facts: Facts, place: Place, waiting: Waiting) -> bool:
    return all(
        is_unseen(inner) and (not _is_leaf(inner) or waiting_at(facts, inner) == waiting)
        for inner in place.walk()
    )


def _is_leaf(place: Place) -> bool:
    return not isinstance(place.step, _BLOCKS)


def is_steady(facts: Facts, row: Row | None, waiting: Waiting) -> bool:
    """Whether the others see this waiting screen around a place, whatever happens there."""
    while row is not None:
        if (row.at, waiting) not in row.steady:
            if not _is_in(facts, row.place, waiting):
                return False
            stretch = _stretch(facts, row, waiting)
            found = _keeps_steady(facts, row, stretch, waiting)
            row.steady.update({(at, waiting): found for at in stretch})
        steady = row.steady[row.at, waiting]
        if steady is not None:
            return steady
        row = row.block
    return False


def _keeps_steady(facts: Facts, row: Row, stretch: range, waiting: Waiting) -> bool | None:
    """Whether a stretch shows one screen in any case; None if that is for the block to say."""
    places = row.places[stretch.start : stretch.stop]
    if not _stays(facts, row, places, waiting):
        return False
    if any(_surely_opens(facts, place) for place in places):
        return True
    return None if len(places) == len(row.places) else False


def _stays(facts: Facts, row: Row, stretch: Sequence[Place], waiting: Waiting) -> bool:
    """Whether the waiting text reads the same all along: nothing is asked there that it tells."""
    asked = frozenset(asked_in(stretch)) if waiting.told else frozenset()
    return all(
        name not in asked and facts.meaning(name, row.place.scope) is meaning
        for name, meaning in waiting.told
    )


def _stretch(facts: Facts, row: Row, waiting: Waiting) -> range:
    """The places around one in its row, without a gap, that show the others the same."""
    before = _so_many(facts, reversed(row.places[: row.at]), waiting)
    after = _so_many(facts, row.places[row.at + 1 :], waiting)
    return range(row.at - before, row.at + 1 + after)


def _so_many(facts: Facts, places: Iterable[Place], waiting: Waiting) -> int:
    return sum(1 for _ in takewhile(lambda place: _is_in(facts, place, waiting), places))


def _surely_opens(facts: Facts, place: Place) -> bool:
    """Whether something of a place opens, whatever was answered before."""
    step = place.step
    if step.when is not None:
        return False
    match step:
        case Ask() | Say():
            return not depends_on(facts, place)
        case Reveal():
            return True
        case Choose():
            return all(_any_opens(facts, block) for block in place.blocks)
        case RepeatUntil() | Include():
            return bool(place.blocks) and _any_opens(facts, place.blocks[0])
        case ForEach(items=int(passes)):
            return passes > 0 and _any_opens(facts, place.blocks[0])
        case _:
            return False


def _any_opens(facts: Facts, places: Iterable[Place]) -> bool:
    return any(_surely_opens(facts, place) for place in places)


def depends_on(facts: Facts, place: Place) -> frozenset[str]:
    """The names that a step must have a value for, or it is passed over."""
    text = getattr(place.step, "text", None)
    if text is None:
        return frozenset()
    needed = text.required
    match place.step:
        case Ask(answer=kind):
            needed |= frozenset(needed_names(kind))
        case Say() if text.may_be_blank:
            needed = text.reads
    return frozenset([name for name in needed if _may_be_missing(facts, place, name)])


_UNCERTAIN = (Sort.ANSWER, Sort.ITEM, Sort.LISTENER, Sort.HOLDER, Sort.OTHERS, Sort.FACILITATOR)


def _may_be_missing(facts: Facts, place: Place, name: str) -> bool:
    meaning = facts.meaning(name, place.scope)
    return meaning is not None and meaning.sort in _UNCERTAIN
