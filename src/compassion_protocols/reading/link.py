"""Puts the other protocols that a protocol includes in their place.

An include stands for another protocol's steps. They are copied under names of their own, so that
nothing of theirs can be mistaken for something of ours: with ``as: pause`` the answer ``notice``
becomes ``pause.notice``, without it ``three-breath-pause/1.notice``, which no author can write.
Only three kinds of name lead from the inside out: a setting that is handed one of ours, a role
that ours takes, and the words that mean the same everywhere.

It goes depth first: what is included is whole before it is copied. Where something cannot be
linked there is a finding, and the include stays empty.
"""

from __future__ import annotations

import typing
from collections import Counter
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.errors import ProtocolRejected
from compassion_protocols.findings import NOWHERE, Finding, Span, in_order, nearest
from compassion_protocols.model.settings import ListSetting
from compassion_protocols.model.steps import (
    Choose,
    ForEach,
    Include,
    Linked,
    Part,
    RepeatUntil,
    Turns,
    Wait,
    steps_inside,
)
from compassion_protocols.reading.handing import hand_in, place_of
from compassion_protocols.reading.rename import renamed
from compassion_protocols.reading.scope import (
    qualifying,
    reading_prefixes,
    taken_names,
)
from compassion_protocols.reading.versions import goes_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.model.protocol import Protocol, Role
    from compassion_protocols.model.settings import AnySetting
    from compassion_protocols.model.steps import AnyStep

    Steps = tuple[AnyStep, ...]

MOST_DEPTH = 5
"""How many includes may stand inside one another."""

MOST_STEPS = 5_000
"""How many steps a whole protocol may have."""


class Finder(typing.Protocol):
    """Finds a protocol by its id, as it was read; None where there is none.

    It may raise ProtocolRejected for a file with errors, and may have an attribute ``known``, the
    ids there are.
    """

    def __call__(self, protocol: str, /) -> Protocol | None: ...


@frozen
class Linking:
    """A protocol with its includes in place, as far as they could be found, and all findings."""

    protocol: Protocol
    findings: tuple[Finding, ...]


def link(
    protocol: Protocol, find: Finder, lists: Mapping[str, tuple[str, ...]] | None = None
) -> Linking:
    """The whole protocol. ``lists`` are the catalog's, for settings that take their texts there.

    Linking what is linked already changes nothing.
    """
    linker = _Linker(find, lists or {})
    whole = linker.whole(protocol, _Chain((protocol.id,)))
    linker.check_screen(protocol)
    return Linking(whole, in_order(linker.findings))


@frozen
class _Chain:
    """The ids from the outermost protocol to this one, and the include there that leads here."""

    ids: tuple[str, ...]
    begins: Span | None = None

    def through(self, include: Include) -> _Chain:
        begins = self.begins or place_of(include.protocol, include)
        return _Chain((*self.ids, include.protocol), begins)


@frozen
class _Linker:
    find: Finder
    lists: Mapping[str, tuple[str, ...]]
    findings: list[Finding] = field(factory=list)
    _done: dict[tuple[str, int], Protocol] = field(factory=dict)

    def whole(self, protocol: Protocol, chain: _Chain) -> Protocol:
        """A protocol with everything in its place."""
        if any(isinstance(setting, ListSetting) for setting in protocol.settings):
            settings = tuple(map(self._with_texts, protocol.settings))
            protocol = evolve(protocol, settings=settings)
        includes = [s for s in steps_inside(protocol.steps, linked=False) if type(s) is Include]
        if all(include.linked for include in includes):
            return protocol
        self._check_prefixes(protocol, includes)
        linked, roles = self._linked(protocol, includes, chain)
        rename = reading_prefixes(linked)
        if rename:
            care, steps = renamed((protocol.care, protocol.steps), rename)
            protocol = evolve(protocol, care=care, steps=steps)
        steps = _with_links(protocol.steps, iter(linked))
        return evolve(protocol, roles=(*protocol.roles, *roles), steps=steps)

    def _linked(
        self, protocol: Protocol, includes: list[Include], chain: _Chain
    ) -> tuple[list[Include], list[Role]]:
        """The includes with what they stand for, and the roles that come with them."""
        counts: Counter[str] = Counter()
        room = MOST_STEPS - _size(protocol.steps)
        linked: list[Include] = []
        roles: list[Role] = []
        for include in includes:
            counts[include.protocol] += 1
            name = include.prefix or f"{include.protocol}/{counts[include.protocol]}"
            child = None if include.linked else self._child(include, chain.through(include))
            if child is not None:
                room -= _size(child.steps)
                if room < 0:
                    self._too_large(include, chain.through(include))
                    break
                include, turning = self._in_place(include, child, protocol, name)
                roles += turning
            linked.append(include)
        return [*linked, *includes[len(linked) :]], roles

    def _in_place(
        self, include: Include, child: Protocol, parent: Protocol, name: str
    ) -> tuple[Include, tuple[Role, ...]]:
        """An include with the other protocol's steps, renamed; and the roles that come with it."""
        handed = hand_in(include, child, parent)
        self.findings.extend(handed.findings)
        rename = qualifying(child, name, handed.names)
        linked = Linked(
            id=child.id,
            version=child.version,
            steps=child.steps,
            constants=handed.constants,
            care=child.care,
        )
        return evolve(include, linked=renamed(linked, rename)), renamed(handed.turning, rename)

    # the other protocol

    def _child(self, include: Include, chain: _Chain) -> Protocol | None:
        """What is included, whole; None, and a finding, where that cannot be."""
        key = include.protocol, len(chain.ids)
        if not include.protocol:  # a draft may have an include of nothing
            return None
        if include.protocol in chain.ids[:-1]:
            self._circle(include, chain)
            return None
        if len(chain.ids) > MOST_DEPTH + 1:
            self._too_deep(chain)
            return None
        child = self._done.get(key) or self._found(include)
        if child is not None:
            self._check_version(include, child)
            if key not in self._done:
                self._done[key] = self.whole(child, chain)
            child = self._done[key]
        return child

    def _found(self, include: Include) -> Protocol | None:
        name = include.protocol
        try:
            child = self.find(name)
        except ProtocolRejected as rejected:
            self._has_mistakes(name, rejected, place_of(name, include))
            return None
        if child is None:
            message = (
                f"There is no protocol “{name}”.{nearest(name, getattr(self.find, 'known', ()))}"
            )
            remedy = "Write the id of a protocol in the catalog, or put the file there."
            self._note("CP301", message, remedy, place_of(name, include))
        return child

    # what is wrong

    def check_screen(self, protocol: Protocol) -> None:
        """Whether the screening is there, and can let anyone in."""
        screen = protocol.care.screen
        if not screen:
            return
        at = place_of(screen, protocol.care)
        try:
            found = self.find(screen)
        except ProtocolRejected as rejected:
            self._has_mistakes(screen, rejected, at)
            return
        if found is None:
            close = nearest(screen, getattr(self.find, "known", ()))
            message = f"There is no screening “{screen}”, so nobody could begin this.{close}"
            remedy = "Write the id of a screening in the catalog, such as couple-safety."
            self._note("CP301", message, remedy, at)
        elif found.care.clears is None:
            message = f"“{screen}” clears nobody, so nobody could begin this."
            remedy = "Name a screening: a protocol whose care section says when it `clears`."
            self._note("CP315", message, remedy, at)

    def _has_mistakes(self, name: str, rejected: ProtocolRejected, at: Span) -> None:
        message = (
            f"“{name}” has mistakes of its own ({len(rejected.findings)}), so it cannot be used."
        )
        remedy = f"Mend that file first. It begins with: {rejected.findings[0].message}"
        self._note("CP313", message, remedy, at)

    def _note(self, code: str, message: str, remedy: str, at: Span) -> None:
        self.findings.append(Finding(code, message, remedy, at))

    def _circle(self, include: Include, chain: _Chain) -> None:
        circle = chain.ids[chain.ids.index(include.protocol) :]
        message = f"This includes itself: {' includes '.join(circle)}."
        remedy = "Take one of these includes out; what both need can be a protocol of its own."
        self._note("CP302", message, remedy, chain.begins or NOWHERE)

    def _too_deep(self, chain: _Chain) -> None:
        message = f"Includes stand more than {MOST_DEPTH} deep: {' includes '.join(chain.ids)}."
        remedy = "Include the inner ones from here, side by side."
        self._note("CP303", message, remedy, chain.begins or NOWHERE)

    def _too_large(self, include: Include, chain: _Chain) -> None:
        message = f"With “{include.protocol}” there are more than {MOST_STEPS:,} steps."
        remedy = "Make two exercises of it."
        self._note("CP312", message, remedy, chain.begins or NOWHERE)

    def _check_version(self, include: Include, child: Protocol) -> None:
        if include.version and not goes_with(child.version, include.version):
            message = f"“{child.id}” is version {child.version}, which is not {include.version}."
            remedy = f"Read what has changed in it, and then write version: {child.version}."
            self._note("CP304", message, remedy, place_of(include.version, include))

    def _check_prefixes(self, protocol: Protocol, includes: list[Include]) -> None:
        taken = set(taken_names(protocol))
        for include in includes:
            if include.prefix and include.prefix in taken:
                message = f"“{include.prefix}” already names something else in this protocol."
                remedy = "Choose a prefix of its own for each include."
                self._note("CP310", message, remedy, place_of(include.prefix, include))
            taken.add(include.prefix)

    def _with_texts(self, setting: AnySetting) -> AnySetting:
        """A setting with the texts of the catalog's list that it names."""
        if not isinstance(setting, ListSetting) or not setting.source or setting.default:
            return setting
        texts = self.lists.get(setting.source)
        if texts is None:
            message = f"There is no list “{setting.source}”.{nearest(setting.source, self.lists)}"
            remedy = "Write the texts here, or name a list of the catalog."
            self._note("CP314", message, remedy, setting.span)
        return evolve(setting, default=texts or ())


def _size(steps: Steps) -> int:
    return sum(1 for _ in steps_inside(steps))


def _with_links(steps: Steps, linked: Iterator[Include]) -> Steps:
    """The steps with what each include stands for, in the order in which they are written."""
    return tuple([_with_link(step, linked) for step in steps])


def _with_link(step: AnyStep, linked: Iterator[Include]) -> AnyStep:
    match step:
        case Include():
            return evolve(step, linked=next(linked).linked)
        case Choose():
            inside = [evolve(case, steps=_with_links(case.steps, linked)) for case in step.cases]
            cases = tuple(inside)
            return evolve(step, cases=cases, otherwise=_with_links(step.otherwise, linked))
        case RepeatUntil():
            inner = _with_links(step.steps, linked)
            return evolve(step, steps=inner, otherwise=_with_links(step.otherwise, linked))
        case Wait():
            return evolve(step, otherwise=_with_links(step.otherwise, linked))
        case Part() | Turns() | ForEach():
            return evolve(step, steps=_with_links(step.steps, linked))
    return step
