"""Whether each person of a role is offered as much of the floor as every other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from compassion_protocols.catalog import load
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.checking.fairness import check_fairness
from compassion_protocols.checking.gather import gather
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.testing.strategies import Data, protocols
from tests.checking.found import at_mark, codes, findings, only, whole
from tests.checking.test_check import linked

if TYPE_CHECKING:
    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol


def without_marks(data: Any) -> Any:  # noqa: ANN401  # any part of a file
    """Take every `uneven` out of some data."""
    match data:
        case dict():
            return {key: without_marks(each) for key, each in data.items() if key != "uneven"}
        case list():
            return [without_marks(each) for each in data]
    return data


def floors(protocol: Protocol, sizes: dict[str, int]) -> dict[str, set[tuple[int, float]]]:
    """Rehearse; for each role, how often and for how long its people had the floor."""
    people = {role: [f"{role} {n}" for n in range(count)] for role, count in sizes.items()}
    session = Session.start(
        evolve(compiled(protocol), care=load("three-breath-pause").care),
        people,
        at=0.0,
        cleared={person for group in people.values() for person in group},
        facilitator="Host" if protocol.care.tier >= 2 else None,
    )
    for _ in rehearsal(session):
        pass
    found: dict[str, set[tuple[int, float]]] = {}
    for role, names in people.items():
        ledgers = [session.transcript(name).floor for name in names]
        found[role] = {(0, 0) if one is None else (one.times, one.offered) for one in ledgers}
    return found


@given(protocols(), st.data())
def test_what_is_fair_is_fair_in_a_rehearsal(data: Data, draw: st.DataObject) -> None:
    """Where nothing is found, and nothing marked, a rehearsal offers each person as much."""
    protocol = linked(without_marks(data))
    fair = not list(check_fairness(gather(protocol)))
    import collections, atexit
    C.update([fair])
    assume(fair)
    sizes = draw.draw(st.sampled_from(list(group_sizes(protocol))))
    for role, found in floors(protocol, sizes).items():
        C.update([("nontrivial", found!={(0,0)}, sizes[role]>1)])
        assert len(found) <= 1, (role, found)
import collections, atexit
C=collections.Counter()
atexit.register(lambda: print(C))
