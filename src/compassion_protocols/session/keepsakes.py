"""What people in a session keep for another time, once they have agreed to it.

A session stores nothing by itself. A question that says `keep` offers to keep its answer, and
whoever would own it agrees: its writer with the answer itself, or everyone in a moment of its own,
where one no keeps nothing. What was agreed is part of the state, so what is kept is read off it, as
often as a host likes: nothing is lost with a message that did not arrive, and what somebody takes
back is simply not there any more. An answer that takes the place of another, in a later pass, is
agreed on anew, and the other one is gone.

An owner can read what they own in the session as well: the owners are the writer alone, or the
writer and all who were told to be readers. So nothing is learned from what is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.language.values import Missing, shown
from compassion_protocols.model.accepting import to_data
from compassion_protocols.model.answers import name_of
from compassion_protocols.model.choices import How
from compassion_protocols.session.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.model.plan import Plan, Slot
    from compassion_protocols.session.paged import Key
    from compassion_protocols.session.state import Entry, State


@frozen(kw_only=True)
class Keepsake:
    """One answer that its owners keep for another time: plain data, to be stored by the host.

    ``name`` and ``how`` say under which name, and whether it joins what was kept there or takes its
    place. ``by`` and ``owners`` are ids of people; nobody but the owners may see it. ``type`` is
    the name of its kind of answer, ``value`` JSON data, ``text`` the same in words. ``at`` is when
    it was given, in epoch seconds. ``names`` holds what the loops around its question went through,
    as far as every owner may know it.
    """

    name: str
    how: How
    type: str
    value: object
    text: str
    by: str
    owners: tuple[str, ...]
    protocol: str
    version: str
    place: str
    at: float
    names: Mapping[str, str] = field(factory=dict)


def keepsakes(plan: Plan, state: State, person: str) -> tuple[Keepsake, ...]:
    """All that this person keeps so far, in the order it was given. LookupError if unknown."""
    seat = state.seat(person)
    scene = Scene(plan, state.setup, state.presence, state.course, state.setup.seats)
    return tuple(sorted(_of(scene, seat), key=lambda one: one.at))


def _of(scene: Scene, seat: int) -> Iterator[Keepsake]:
    people, protocol = scene.setup.people, scene.plan.protocol
    for key, entry in scene.answers.items():
        slot = scene.plan.slots[key[0]]
        keeping, value = slot.keeping, entry.value
        if keeping is None or isinstance(value, Missing):
            continue
        owners = owners_of(scene, slot, key, entry)
        if seat in owners:
            yield Keepsake(
                name=keeping.name,
                how=keeping.how,
                type=name_of(slot.kind),
                value=to_data(value),
                text=shown(value),
                by=people[entry.by].id,
                owners=tuple([people[owner].id for owner in owners]),
                protocol=protocol.id,
                version=protocol.version,
                place=slot.name,
                at=entry.at,
                names=_names_known(scene, slot, key, owners),
            )


def owners_of(scene: Scene, slot: Slot, key: Key, entry: Entry) -> tuple[int, ...]:
    """The seats whose an answer is for another time; nobody's before they have agreed."""
    keeping = slot.keeping
    if keeping is None or isinstance(entry.value, Missing):
        return ()
    if keeping.agreement is None:
        return (entry.by,) if entry.keep else ()
    owners = {entry.by, *entry.readers} - {scene.setup.facilitator}
    said = _said(scene, scene.plan.slots[keeping.agreement], key[1 + slot.several :])
    agreed = {seat for seat, yes in said.items() if yes}
    # Whoever came too late to read one of several answers has a say about the others: if only
    # those were not kept, all would know whose no it was.
    return tuple(sorted(owners)) if owners <= agreed == said.keys() else ()


def _said(scene: Scene, agreement: Slot, indices: tuple[int, ...]) -> dict[int, bool]:
    """Who of those that were asked to keep what was said in a pass has agreed."""
    said: dict[int, bool] = {}
    for seat in scene.cast:
        by = (seat,) if agreement.several else ()
        entry = scene.answers.get((agreement.number, *by, *indices))
        if entry is not None:
            said[seat] = entry.value is True
    return said


def _names_known(scene: Scene, slot: Slot, key: Key, owners: tuple[int, ...]) -> dict[str, str]:
    """What the loops around a question went through, as far as every owner may know it."""
    seen = [scene.loop_names(slot, key[1 + slot.several :], owner) for owner in owners]
    return {
        name: shown(item)
        for name, item in seen[0].items()
        if all(name in others for others in seen)
    }
