"""Play the workload on every library, in turns, and print the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.exercise import SCRIPT
from benchmarks.interleave import fastest, ratio
from benchmarks.memory import bytes_each
from benchmarks.peers.with_ours import Ours
from benchmarks.peers.with_spiff import Spiff
from benchmarks.peers.with_statemachine import StateMachines
from benchmarks.peers.with_transitions import Transitions

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.peers.walk import Peer

PAIRS = 21
HEADING = (
    f"{'':<22} {'events/s':>9} {'µs/event':>9} {'of ours':>8} {'stateless':>10} {'of ours':>8}"
    f" {'live':>8} {'snapshot':>9} {'load':>8}\n"
    f"{'':<22} {'':>9} {'':>9} {'':>8} {'µs/event':>10} {'':>8} {'bytes':>8} {'bytes':>9} {'ms':>8}"
)


def playing(peer: Peer) -> Callable[[], None]:
    """The workload from start to end, each event with the next page's text."""

    def work() -> None:
        session = peer.start()
        for number in range(len(SCRIPT)):
            peer.send(session, number)
        peer.forget(session)

    return work


def playing_stateless(peer: Peer) -> Callable[[], None]:
    """The same, restored before each event and snapshot after it."""
    beginning = peer.snapshot(peer.start())

    def work() -> None:
        text = beginning
        for number in range(len(SCRIPT)):
            session = peer.restore(text)
            peer.send(session, number)
            text = peer.snapshot(session)
            peer.forget(session)

    return work


def largest_snapshot(peer: Peer) -> int:
    """Bytes, where the session is longest."""
    session, largest = peer.start(), 0
    for number in range(len(SCRIPT)):
        peer.send(session, number)
        largest = max(largest, len(peer.snapshot(session).encode()))
    return largest


def line(peer: Peer, ours: Peer) -> str:
    """Measure one library beside ours, and write its row."""
    count = len(SCRIPT)
    event = fastest(playing(peer), PAIRS) / count
    stateless = fastest(playing_stateless(peer), PAIRS) / count
    times = ratio(playing(peer), playing(ours), PAIRS)
    stateless_times = ratio(playing_stateless(peer), playing_stateless(ours), PAIRS)
    live = bytes_each(lambda _: peer.start())
    load = fastest(peer.load, PAIRS)
    return (
        f"{peer.name:<22} {1 / event:>9,.0f} {event * 1e6:>9.1f} {times:>8.2f}"
        f" {stateless * 1e6:>10.1f} {stateless_times:>8.2f}"
        f" {live:>8,.0f} {largest_snapshot(peer):>9,} {load * 1e3:>8.2f}"
    )


def main() -> None:
    """Measure and print."""
    ours = Ours()
    print(HEADING)
    for peer in (ours, Transitions(), StateMachines(), Spiff()):
        print(line(peer, ours), flush=True)


if __name__ == "__main__":
    main()
