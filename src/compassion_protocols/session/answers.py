"""What becomes of an answer: taken in, invited once to another wording, or refused for its shape.

An invitation is private. The first answer that misses a rule on wording comes
back to its writer as a draft with every invitation it earned; the next answer
of the right shape is taken as it is, for insisting is an answer too.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.template import render
from compassion_protocols.language.values import Missing, Reason, shown
from compassion_protocols.model.accepting import accept, to_data
from compassion_protocols.model.answers import LONGEST_ANSWER, Option, name_of
from compassion_protocols.model.rules import Situation, met
from compassion_protocols.session.effects import Answered, Invited
from compassion_protocols.session.state import Gate, Mark, Screen

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Moment, Slot
    from compassion_protocols.model.rules import Rule
    from compassion_protocols.session.scene import Scene
    from compassion_protocols.session.walk import Walk


_DAY = 86_400
_EPOCH = dt.date(1970, 1, 1).toordinal()
MOST_HELD = 4_000_000
"""Characters of a snapshot that the answers of a session may take."""

SHORT = 200
NOW_AND_THEN = 64

LATEST = 2_900_000
"""The last day, after the epoch, of a calendar that ends with the year 9999; some to spare."""


def today(scene: Scene, now: float) -> dt.date:
    """The day it is for the people in the session."""
    days = (now + scene.setup.utc_offset) // _DAY
    return dt.date.fromordinal(_EPOCH + int(min(max(days, 0), LATEST)))


def receive_answer(walk: Walk, seat: int, raw: object, *, keep: bool = False) -> None:
    """Take an answer in at the open moment. AnswerRefused if it has not the right shape.

    With ``keep`` its writer wants to keep it; AnswerRefused where that is not offered.
    """
    moment = walk.moment
    if keep is not False and not (keep is True and moment.slot and moment.slot.is_kept_by_writer):
        raise AnswerRefused("This cannot be kept for another time. Please send it without.")
    if moment.source is not None:
        picked = _picked(walk, moment.source, seat, raw)
        _check_room(walk, picked)
        _take(walk, seat, picked)
        return
    if moment.slot is None:
        raise AnswerRefused("Nothing is asked just now.")
    look = walk.lookup(moment.scope, seat)
    value = accept(moment.slot.kind, raw, look)
    _check_room(walk, value)
    missed = missed_rules(walk, moment, seat, value, walk.now)
    for rule in missed:
        if rule.firm:
            raise AnswerRefused(render(rule.say, look))
    opened = walk.open
    if missed and opened is not None and opened.marks[seat] is Mark.PENDING:
        _invite(walk, seat, value)
    else:
        _take(walk, seat, value, keep=keep)


def _check_room(walk: Walk, value: Value | Missing) -> None:
    """AnswerRefused for an answer that is too long as a whole, or when too much is held already.

    All is counted for a longer answer, and for a short one now and then.
    """
    length = _length(value)
    if length > LONGEST_ANSWER:
        raise AnswerRefused("That is more than fits here. Could you say it a little shorter?")
    if length > SHORT or (walk.answers.size and walk.answers.size % NOW_AND_THEN == 0):
        held = sum([_written(entry.value) for _, entry in walk.answers.items()])
        if held + _written(value) > MOST_HELD:
            raise AnswerRefused("There is no room left for so many words. You may skip this.")


def _length(value: Value | Missing) -> int:
    """How many characters someone wrote."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple):
        return sum([_length(item) for item in value])
    return sum([_length(item) for item in value.values()]) if isinstance(value, dict) else 0


def _written(value: Value | Missing) -> int:
    """How many characters a value takes in a snapshot."""
    return len(json.dumps(to_data(value), ensure_ascii=False))


def missed_rules(scene: Scene, moment: Moment, seat: int, value: Value, now: float) -> list[Rule]:
    """The rules that an answer definitely misses."""
    if not moment.rules:
        return []
    look = scene.lookup(moment.scope, seat)
    situation = Situation(today(scene, now), look, scene.plan.phrases.get)
    return [rule for rule in moment.rules if met(rule, value, situation) is False]


def _picked(walk: Walk, source: Slot, seat: int, raw: object) -> Value | Missing:
    """What a reveal shows: some items of a list, or all of another answer, or nothing."""
    own = walk.own_answer(source, seat)
    if isinstance(own, Missing):
        return own
    if not isinstance(own, tuple):
        if not isinstance(raw, bool):
            raise AnswerRefused("Please choose yes or no, or skip this.")
        return own if raw else Missing(Reason.DECLINED)
    offered = {option.value: item for option, item in zip(reveal_options(own), own, strict=True)}
    if not isinstance(raw, list | tuple) or not all(
        isinstance(one, str) and one in offered for one in raw
    ):
        raise AnswerRefused("Please pick from your own list, or skip this.")
    picked = tuple(item for number, item in offered.items() if number in raw)
    return picked or Missing(Reason.DECLINED)


def reveal_options(own: tuple[Value | Missing, ...]) -> tuple[Option, ...]:
    """The items of a list to pick from, numbered, since two may read the same."""
    return tuple(Option(str(number), shown(item)) for number, item in enumerate(own, 1))


def reveal_type(source: Slot) -> str:
    """Whether a reveal picks some items, or all or nothing."""
    return "choices" if name_of(source.kind) in ("list", "choices", "rank") else "yes_no"


def _invite(walk: Walk, seat: int, draft: Value) -> None:
    walk.accept(seat, Mark.NUDGED, draft)
    walk.effects.append(Invited(to=walk.names((seat,)), place=walk.moment.place))


def _take(walk: Walk, seat: int, value: Value | Missing, *, keep: bool = False) -> None:
    walk.accept(seat, Mark.DONE, None)
    walk.enter(seat, value, keep=keep)
    person = walk.names((seat,))
    walk.effects.append(Answered(to=person, by=person[0], place=walk.moment.place))
    hand_on(walk, seat)


def hand_on(walk: Walk, seat: int) -> None:
    """On a shared screen, cover what was given and give the screen to the next person."""
    opened = walk.open
    if walk.setup.screen is Screen.OWN or opened is None:
        return
    if not walk.passes_the_screen(walk.moment):
        return
    waiting = [s for s, mark in enumerate(opened.marks) if mark is Mark.PENDING and s != seat]
    if waiting:
        walk.set_gate((Gate.HAND_OVER, waiting[0]))
    else:
        walk.cover(seat)
