"""How a session begins: who sits where, what is chosen, and who is asked for first."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from compassion_protocols.errors import (
    FacilitatorNeeded,
    NotReady,
    PeopleRejected,
    SettingRejected,
)
from compassion_protocols.findings import nearest
from compassion_protocols.language.text import clean, printable
from compassion_protocols.language.values import Duration, Person, from_to, parse_duration
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.settings import (
    DurationSetting,
    ListSetting,
    TextSetting,
    problem_with,
)
from compassion_protocols.session.effects import Ended
from compassion_protocols.session.state import (
    FACILITATOR_ROLE,
    LATEST,
    Course,
    Ending,
    Presence,
    Screen,
    Setup,
    State,
)
from compassion_protocols.session.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from compassion_protocols.language.values import Value
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.effects import Effect

LONGEST_NAME = 80
SEEDS = 10**18
"""A seed may be any whole number; its last eighteen digits count."""

A_DAY = 86_400
LONGEST_ID = 200

NOT_READY = (
    "This exercise is not ready to start. Each of you can begin something of your own instead."
)
"""One message for every reason, so that nobody learns whose answer it was, or what."""

Attendance = Mapping[str, "Sequence[str | Person]"]
"""The people of each role: names, or persons with an id of their own."""


def begin(
    plan: Plan,
    attendance: Attendance | Sequence[str | Person],
    *,
    now: float,
    setup: Setup,
    cleared: Collection[str],
    facilitator: str | Person | None,
    settings: Mapping[str, object],
) -> tuple[State, tuple[Effect, ...]]:
    """The first state. ``setup`` holds what needs no looking at; people and settings join it."""
    _check_host(now, setup)
    people = seat_people(plan, attendance, facilitator)
    care = plan.protocol.care
    if care.tier >= FACILITATED_TIER and facilitator is None:
        raise FacilitatorNeeded(
            f"“{plan.protocol.title}” needs a facilitator: pass facilitator=… with their name."
        )
    ids = {person.id for person in people if person.role != FACILITATOR_ROLE}
    if care.screen and not ids <= set(cleared):
        raise NotReady(NOT_READY)
    if care.clears is not None and setup.screen is Screen.SHARED:
        raise NotReady(NOT_READY)  # nobody is asked that where others may look
    now = float(now)
    whole = Setup(
        session=setup.session,
        people=people,
        settings=chosen(plan, settings),
        locale=setup.locale,
        utc_offset=setup.utc_offset,
        screen=setup.screen,
        policy=setup.policy,
        seed=setup.seed % SEEDS,
    )
    presence = (Presence.HERE,) * len(people)
    start = Course(0, (0,) * len(people))
    walk = Walk(plan, whole, presence, start, whole.seats, now)
    walk.run()
    ending = Ending.COMPLETE if walk.finished else None
    state = State(
        setup=whole, seq=0, now=now, presence=presence, course=walk.course(), ending=ending
    )
    everyone = tuple([person.id for person in people])
    ended = () if ending is None else (Ended(to=everyone),)
    return state, (*walk.effects, *ended)


def _check_host(now: float, setup: Setup) -> None:
    """SettingRejected for what a host hands in of itself and no snapshot could hold."""
    if isinstance(now, bool) or not isinstance(now, int | float) or not abs(now) < LATEST:
        raise SettingRejected("The clock at the start shows no possible time.")
    offset = setup.utc_offset
    if isinstance(offset, bool) or not isinstance(offset, int) or not abs(offset) <= A_DAY:
        raise SettingRejected("The offset from UTC is a whole number of seconds, up to a day.")
    for text in (setup.session, setup.locale):
        if not isinstance(text, str) or len(text) > LONGEST_ID:
            raise SettingRejected(f"A session’s id and locale have up to {LONGEST_ID} characters.")


def seat_people(
    plan: Plan,
    attendance: Attendance | Sequence[str | Person],
    facilitator: str | Person | None,
) -> tuple[Person, ...]:
    """Everyone in their seats. PeopleRejected if they do not fit the protocol's roles."""
    seats = plan.protocol.seats
    if isinstance(attendance, str):
        raise PeopleRejected("People come as a list of names, even one person alone.")
    if not isinstance(attendance, Mapping):
        if len(seats) != 1:
            names = ", ".join(role.name for role in seats)
            raise PeopleRejected(f"Say who takes which role; the roles are {names}.")
        attendance = {seats[0].name: attendance}
    known = [role.name for role in seats]
    people: list[Person] = []
    for name in attendance:
        if name not in known:
            raise PeopleRejected(
                f"There is no role “{name}”; there are: {', '.join(known)}.{nearest(name, known)}"
            )
    for role in seats:
        named = attendance.get(role.name, ())
        coming = [named] if isinstance(named, str) else list(named)
        if not role.least <= len(coming) <= role.most:
            size = from_to(role.least, role.most)
            raise PeopleRejected(f"“{role.name}” takes {size} people; {len(coming)} came.")
        people += [_person(one, role.name) for one in coming]
    if facilitator is not None:
        people.append(_person(facilitator, FACILITATOR_ROLE))
    if len({person.id for person in people}) != len(people):
        raise PeopleRejected("Two people have the same name; give each a Person with its own id.")
    return tuple(people)


def _person(one: str | Person, role: str) -> Person:
    return seated(one.id, one.name, role) if isinstance(one, Person) else seated(one, one, role)


def seated(identity: str, name: str, role: str) -> Person:
    """A person with a seat. PeopleRejected for a name that is empty, too long or not printable."""
    shown = unicodedata.normalize("NFC", name).strip() if isinstance(name, str) else ""
    if not shown or len(shown) > LONGEST_NAME or printable(shown) != shown or "\n" in shown:
        raise PeopleRejected(f"A name has 1 to {LONGEST_NAME} printable characters.")
    own = shown if identity == name else identity
    if not isinstance(own, str) or not 0 < len(own) <= LONGEST_NAME or printable(own) != own:
        raise PeopleRejected(f"A person's id has 1 to {LONGEST_NAME} printable characters.")
    return Person(own, shown, role)


def chosen(plan: Plan, given: Mapping[str, object]) -> dict[str, Value]:
    """Every setting's value: what was chosen, else its default. SettingRejected if unfit."""
    settings = {setting.name: setting for setting in plan.protocol.settings}
    for name in given:
        if name not in settings:
            raise SettingRejected(f"There is no setting “{name}”.{nearest(name, settings)}")
    values: dict[str, Value] = {}
    for name, setting in settings.items():
        value = given.get(name, setting.default)
        value = tuple(value) if isinstance(value, list) else value
        if isinstance(setting, DurationSetting):
            value = _as_duration(value)
        problem = problem_with(setting, value)
        if problem:
            raise SettingRejected(f"The setting “{name}” {problem}.")
        fit = cast("Value", value)
        values[name] = _cleaned(fit) if isinstance(setting, TextSetting | ListSetting) else fit
    return values


def _cleaned(value: Value) -> Value:
    """A setting's words, as an answer's: without what is not printed."""
    if isinstance(value, str):
        return clean(value)
    return tuple([_cleaned(item) for item in value]) if isinstance(value, tuple) else value


def _as_duration(value: object) -> object:
    if isinstance(value, str):
        parsed = parse_duration(value)
        return value if parsed is None else parsed
    if isinstance(value, int) and not isinstance(value, bool):
        return Duration(value)
    return value
