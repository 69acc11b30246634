"""What an include hands in: values or settings of ours for its settings, our roles for its roles.

A setting of ours may stand in for one of theirs if whatever it may be set to fits there; a role
of ours for one of theirs if there are always as many people in it as theirs wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import Finding, Span, nearest
from compassion_protocols.language.values import Value, parse_duration
from compassion_protocols.model.names import EVERYONE
from compassion_protocols.model.protocol import Protocol, Role
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    TextSetting,
    YesNoSetting,
    problem_with,
)
from compassion_protocols.reading.fields import YES_NO
from compassion_protocols.reading.marks import MarkedText, Style
from compassion_protocols.reading.scalars import as_number
from compassion_protocols.reading.scope import bound_names, everyone_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compassion_protocols.model.care import Care
    from compassion_protocols.model.steps import Include


def place_of(written: object, around: Include | Care) -> Span:
    """Where something that an include says stands; where itself does, if that is not known."""
    return written.span if isinstance(written, MarkedText) else around.span


@frozen
class Handed:
    """What an included protocol gets from outside.

    ``constants`` are its settings that are fixed, ``names`` what its other settings and its roles
    are called outside, ``turning`` its one-at-a-time roles that are not among those.
    """

    constants: tuple[tuple[str, Value], ...]
    names: dict[str, str]
    turning: tuple[Role, ...]
    findings: tuple[Finding, ...]


def hand_in(include: Include, child: Protocol, parent: Protocol) -> Handed:
    """Match what is handed in with what the included protocol takes."""
    return _Handing(include, child, parent).handed()


@frozen
class _Handing:
    include: Include
    child: Protocol
    parent: Protocol
    names: dict[str, str] = field(factory=dict)
    constants: dict[str, Value] = field(factory=dict)
    findings: list[Finding] = field(factory=list)

    def handed(self) -> Handed:
        given = dict(self.include.given)
        self._strangers(given)
        for setting in self.child.settings:
            self.constants[setting.name] = setting.default
            if setting.name in given:
                self._setting(setting, given[setting.name])
        for role in self.child.roles:
            self._role(role, given.get(role.name))
        self._captured()
        self.names.update(everyone_in(self.child, self.parent))
        turning = (r for r in self.child.roles if r.one_of and r.name not in self.names)
        constants = tuple(self.constants.items())
        return Handed(constants, self.names, tuple(turning), tuple(self.findings))

    def _find(self, code: str, message: str, remedy: str, at: object) -> None:
        span = place_of(at, self.include)
        self.findings.append(Finding(code, message, remedy, span))

    def _key(self, name: str) -> str:
        """A name that is handed something, as it was written."""
        return next(key for key, _ in self.include.given if key == name)

    def _strangers(self, given: Iterable[str]) -> None:
        takes = [each.name for each in (*self.child.settings, *self.child.roles)]
        for name in given:
            if name not in takes:
                message = f"“{self.child.id}” has no setting and no role “{name}”."
                remedy = f"It takes: {', '.join(takes)}." if takes else "It takes nothing."
                self._find("CP305", message + nearest(name, takes), remedy, name)

    # settings

    def _setting(self, setting: AnySetting, raw: object) -> None:
        ours = self._setting_of_ours(setting, raw)
        if ours is None:
            self._constant(setting, raw)
            return
        del self.constants[setting.name]
        self.names[setting.name] = ours.name
        if not stays_within(ours, setting):
            message = f"“{ours.name}” may be set to what “{setting.name}” does not take."
            remedy = f"Give “{ours.name}” the type and the bounds that “{setting.name}” has."
            self._find("CP306", message, remedy, raw)

    def _setting_of_ours(self, setting: AnySetting, raw: object) -> AnySetting | None:
        """The setting outside whose name is handed in; a value in quotes is no name."""
        if not isinstance(raw, str) or (isinstance(raw, MarkedText) and raw.style is Style.QUOTED):
            return None
        if isinstance(setting, ChoiceSetting) and raw in setting.options:
            return None
        return next((ours for ours in self.parent.settings if ours.name == raw), None)

    def _constant(self, setting: AnySetting, raw: object) -> None:
        value = _typed(setting, raw)
        problem = problem_with(setting, value)
        if value is not None and not problem:
            self.constants[setting.name] = value
            return
        guess = nearest(str(raw), [ours.name for ours in self.parent.settings])
        message = f"“{setting.name}” of “{self.child.id}” {problem}.{guess}"
        remedy = "Hand in such a value, or the name of a setting that holds one."
        key = self._key(setting.name)
        self._find("CP306", message, remedy, raw if isinstance(raw, MarkedText) else key)

    # roles

    def _role(self, role: Role, raw: object) -> None:
        if role.one_of:
            if raw is not None:
                self._turning_role(role, raw)
            return
        seats = {seat.name: seat for seat in self.parent.seats}
        seats[EVERYONE] = Role(
            name=EVERYONE,
            least=sum(seat.least for seat in self.parent.seats),
            most=sum(seat.most for seat in self.parent.seats),
        )
        ours = seats.get(role.name if raw is None else str(raw))
        if ours is None:
            self._no_such_role(role, raw, seats)
            return
        self.names[role.name] = ours.name
        if ours.least < role.least or ours.most > role.most:
            message = f"“{role.name}” of “{self.child.id}” is {_people(role)}"
            message += f", and “{ours.name}” is {_people(ours)}."
            remedy = "Hand in a role that always has as many people, or include another protocol."
            self._find("CP309", message, remedy, raw)

    def _turning_role(self, role: Role, raw: object) -> None:
        turning = {ours.name: ours for ours in self.parent.roles if ours.one_of}
        ours = turning.get(str(raw))
        if ours is None:
            self._no_such_role(role, raw, turning)
            return
        self.names[role.name] = ours.name
        if role.others:
            self.names[role.others] = ours.others or ours.one_of

    def _no_such_role(self, role: Role, raw: object, there: Iterable[str]) -> None:
        if raw is None:
            message = f"“{self.child.id}” needs people for its role “{role.name}”."
        else:
            message = f"“{raw}” is no role of this protocol that can be “{role.name}”."
            message += nearest(str(raw), there)
        remedy = f"Say who they are: with: {{{role.name}: …}}. There are: {', '.join(there)}."
        self._find("CP308", message, remedy, raw)

    def _captured(self) -> None:
        """Find the names of ours that mean something else inside."""
        bound = bound_names(self.child.steps)
        given = dict(self.include.given)
        for inner, outer in self.names.items():
            if outer in bound:
                message = f"In “{self.child.id}” a loop already uses the name “{outer}”."
                remedy = f"Give “{outer}” another name here."
                self._find("CP311", message, remedy, given.get(inner))


def _typed(setting: AnySetting, raw: object) -> Value | None:
    """What was written, as the type that the setting has; None where it cannot be that."""
    match setting, raw:
        case ListSetting(), list():
            return tuple(str(item) for item in raw if isinstance(item, str))
        case NumberSetting(), str():
            return as_number(raw if isinstance(raw, MarkedText) else MarkedText(raw))
        case DurationSetting(), str():
            return parse_duration(raw)
        case YesNoSetting(), str():
            return YES_NO.get(raw)
        case ((TextSetting() | ChoiceSetting()), str()):
            return str(raw)
    return None


def stays_within(ours: AnySetting, theirs: AnySetting) -> bool:
    """Whether whatever one setting may be set to fits another."""
    match ours, theirs:
        case NumberSetting(), NumberSetting():
            return _inside(ours.least, ours.most, theirs.least, theirs.most)
        case DurationSetting(), DurationSetting():
            return _inside(ours.least, ours.most, theirs.least, theirs.most)
        case ChoiceSetting(), ChoiceSetting():
            return set(ours.options) <= set(theirs.options)
    return type(ours) is type(theirs)


def _inside(least: float | None, most: float | None, low: float | None, high: float | None) -> bool:
    above = low is None or (least is not None and least >= low)
    return above and (high is None or (most is not None and most <= high))


def _people(role: Role) -> str:
    if role.least == role.most:
        return "1 person" if role.most == 1 else f"{role.most} people"
    return f"{role.least} to {role.most} people"
