"""How long what is timed lasts: as it is by default, and between what somebody may choose."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.language.values import Duration
from compassion_protocols.model.names import Ref
from compassion_protocols.model.pace import ELSEWHERE
from compassion_protocols.model.settings import DurationSetting, NumberSetting
from compassion_protocols.model.steps import Breathe, Wait

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.model.steps import AnyStep


class Length(NamedTuple):
    """Seconds, or a number of times: as it is by default, and between what it may be."""

    usual: float
    least: float
    most: float
    name: str = ""
    """The setting that says so; empty where it is written."""


class Lengths:
    """The lengths and numbers of one protocol."""

    def __init__(self, facts: Facts) -> None:
        self._seconds: dict[str, Length] = {}
        self._times: dict[str, Length] = {}
        for setting in facts.protocol.settings:
            if isinstance(setting, DurationSetting):
                self._seconds[setting.name] = _between(setting)
            elif isinstance(setting, NumberSetting):
                self._times[setting.name] = _between(setting)
        for name, value in facts.constants.items():
            if isinstance(value, int | float):
                kinds = self._seconds if isinstance(value, Duration) else self._times
                kinds[name] = Length(value, value, value)
        self.timed = {
            place: length
            for place in facts.lasting
            if (length := self.closing(place.step)) is not None
        }
        """How long each place lasts, of those that something but people closes."""

    def of(self, written: int | Ref | None) -> Length | None:
        """How many seconds are written, or a setting says; None if it is neither."""
        return _found(self._seconds, written)

    def times(self, written: int | Ref | None) -> Length | None:
        """How many times."""
        return _found(self._times, written)

    def own(self, step: AnyStep) -> Length | None:
        """How long a step lasts by itself, or is meant to last; None where it waits for people."""
        if isinstance(step, Breathe) and step.count is not None:
            breaths, one = self.times(step.count), step.pattern.seconds
            if breaths is None:
                return None
            usual, least, most, name = breaths
            return Length(usual * one, least * one, most * one, name)
        written: Duration | Ref | None = getattr(step, "duration", None)
        return None if written is None else self.of(written)

    def closing(self, step: AnyStep) -> Length | None:
        """After how long a step closes at the latest, if anything but people closes it."""
        own = self.own(step)
        if step.timer is None:
            return own
        limit = self.of(step.timer.at_most)
        if own is None or limit is None:
            return own or limit
        return min(own, limit)

    def is_elsewhere(self, step: AnyStep) -> bool:
        """Whether people spend a step away from the screen: a long wait, or one until a time."""
        if not isinstance(step, Wait):
            return False
        length = self.closing(step)
        return step.until is not None or (length is not None and length.usual >= ELSEWHERE)


def _between(setting: DurationSetting | NumberSetting) -> Length:
    least = setting.default if setting.least is None else setting.least
    most = math.inf if setting.most is None else setting.most
    # A draft may have its default outside.
    return Length(min(max(setting.default, least), most), least, most, setting.name)


def _found(known: Mapping[str, Length], written: int | Ref | None) -> Length | None:
    if isinstance(written, Ref):
        return known.get(written.name)
    return None if written is None else Length(written, written, written)
