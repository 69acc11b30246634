"""What each person of a role is offered of the floor, in sums that hold for every setting.

A share is counted for whom it can be known: the speaker or the listener of a turn, an item of a
loop over people, or whoever holds a role so many hand-overs after someone. These are the columns.
A column holds seconds, turns and multiples of settings, each perhaps under provisos: “if `calm`”.
Two people are offered the same if their sums are the same, proviso for proviso, whatever the
settings are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from compassion_protocols.checking.facts import Place, plainly
from compassion_protocols.checking.survey import Places
from compassion_protocols.language.values import Duration, counted, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compassion_protocols.checking.facts import Meaning
    from compassion_protocols.findings import Span

SECONDS, TURNS, HEARINGS = "/seconds", "/turns", "/hearings"
"""Units beside the names of settings, which hold no slash in front."""


@frozen
class Proviso:
    """Something on which an amount depends."""

    said: str
    """As in “only if `calm`”, “`rounds` times”."""
    varies: Places
    """The loops in which what others say may make it another from pass to pass."""
    span: Span = field(eq=False)


class Term(NamedTuple):
    """What is counted, and under which provisos."""

    unit: str
    provisos: frozenset[Proviso] = frozenset()


Amount = dict[Term, float]


class Held(NamedTuple):
    """Whoever has a role so many hand-overs after the person who had it at its origin.

    The origin is the start, or the step since which nobody can say who has the role.
    """

    role: str
    origin: Place | None
    offset: int


class Someone(NamedTuple):
    """A person of whom nothing is known but the loop whose item they are."""

    place: Place


if TYPE_CHECKING:
    Column = Meaning | Held | Someone


class Share(NamedTuple):
    """An amount, the first step that gives some of it, and the marked steps around its steps."""

    amount: Amount
    place: Place
    marks: Places = frozenset()

    def plus(self, other: Share | None, times: float = 1) -> Share:
        """This share and so many times the other, if there is one."""
        if other is None:
            return self
        amount = dict(self.amount)
        for term, number in other.amount.items():
            amount[term] = amount.get(term, 0) + times * number
        left = {term: number for term, number in amount.items() if number}
        return Share(left, self.place, self.marks | other.marks)

    def times(self, number: float) -> Share:
        """So many times this share."""
        amount = {term: number * one for term, one in self.amount.items()} if number else {}
        return self._replace(amount=amount)

    def under(self, proviso: Proviso) -> Share:
        """This share, if something holds."""
        amount: Amount = {}
        for (unit, provisos), number in self.amount.items():
            term = Term(unit, provisos | {proviso})
            amount[term] = amount.get(term, 0) + number
        return self._replace(amount={term: number for term, number in amount.items() if number})


if TYPE_CHECKING:
    Shares = dict[Column, Share]


def add(shares: Shares, column: Column, share: Share, times: float = 1) -> None:
    """Let a column have so many times a share more."""
    had = shares.get(column)
    total = share.times(times) if had is None else had.plus(share, times)
    if total.amount:
        shares[column] = total
    else:
        shares.pop(column, None)


def add_all(shares: Shares, more: Shares, times: float = 1) -> None:
    """Let each column have so many times what it has in ``more``."""
    for column, share in more.items():
        add(shares, column, share, times)


def together(*each: Shares) -> Shares:
    """Several shares as one."""
    total: Shares = {}
    for shares in each:
        add_all(total, shares)
    return total


def under(shares: Shares, proviso: Callable[[Column], Proviso]) -> Shares:
    """These shares, if something holds; it is another proviso for each column."""
    found = {column: share.under(proviso(column)) for column, share in shares.items()}
    return {column: share for column, share in found.items() if share.amount}


class Difference(NamedTuple):
    """Two people of one role who are not offered the same: the one who has more comes first."""

    column: Column
    share: Share
    least: Amount
    offset: int | None = None


def uneven(shares: Shares, sizes: Mapping[str, int]) -> Iterator[Difference]:
    """Each column that has something that others of its role have not.

    ``sizes`` says how many people there are of whom one at a time holds each role.
    """
    circles: dict[tuple[str, Place | None], Shares] = {}
    for column, share in shares.items():
        if isinstance(column, Held):
            circles.setdefault((column.role, column.origin), {})[column] = share
        else:
            yield Difference(column, share, {})
    for (role, origin), circle in circles.items():
        around = [circle.get(Held(role, origin, offset)) for offset in range(sizes.get(role, 0))]
        amounts = [{} if share is None else share.amount for share in around]
        if any(amount != amounts[0] for amount in amounts):
            yield _difference(circle, amounts, role, origin)


def _difference(
    circle: Shares, amounts: list[Amount], role: str, origin: Place | None
) -> Difference:
    most, least = max(amounts, key=_weight), min(amounts, key=_weight)
    if most == least:
        least = next(amount for amount in amounts if amount != most)
    most, least = (most, least) if most else (least, most)
    column = Held(role, origin, amounts.index(most))
    share = circle[column]
    marks = frozenset[Place]().union(*[one.marks for one in circle.values()])
    return Difference(column, share._replace(marks=marks), least, amounts.index(least))


def _weight(amount: Amount) -> float:
    """About how much it is; what depends on something weighs less."""
    return sum([number / (1 + len(term.provisos)) for term, number in amount.items()])


def in_words(amount: Amount) -> str:
    """An amount as an author would say it.

    >>> in_words({Term(SECONDS): 90.0, Term("floor_time"): 2.0, Term(TURNS): 1.0})
    '1 minute 30 seconds, 2 × “floor_time” and 1 turn'
    """
    return listed([_in_words(term, number) for term, number in amount.items()]) or "nothing"


def _in_words(term: Term, number: float) -> str:
    match term.unit:
        case unit if unit == SECONDS:
            said = str(Duration(round(number)))
        case unit if unit in _COUNTED:
            said = counted(number, _COUNTED[unit])
        case name:
            said = ("" if number == 1 else f"{number:g} × ") + f"“{plainly(name)}”"
    if not term.provisos:
        return said
    return f"{said} ({listed(sorted(proviso.said for proviso in term.provisos))})"


_COUNTED = {TURNS: "turn", HEARINGS: "turn to listen"}
