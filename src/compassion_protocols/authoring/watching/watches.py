"""What must hold after every event of every session, whatever the protocol says.

Each watch is a small function with a name and one sentence: what holds. It looks
at one event and what came of it (:mod:`.happened`), and tells what it has seen if
that is something else; nothing, if all is well. It decides by itself, from the
states and the views, and leans on none of the runner's own decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from compassion_protocols.authoring.watching.states import (
    a_pause_stops_time,
    a_refusal_changes_nothing,
    a_turn_is_of_someone_here,
    deadlines_come_later,
    erasing_leaves_nothing,
    everyone_has_a_seat,
    one_expiry_at_a_time,
    only_typed_refusals,
    only_who_is_here_is_waited_for,
    time_goes_forward,
    tokens_only_grow,
    what_comes_twice_counts_once,
    what_is_kept_was_agreed_on,
)
from compassion_protocols.authoring.watching.views import (
    a_snapshot_holds_everything,
    every_renderer_shows_something,
    everyone_sees_something,
    private_words_stay,
    skipping_leads_to_the_end,
    the_ways_out_are_open,
    what_is_offered_can_be_done,
    whoever_is_asked_may_skip,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compassion_protocols.authoring.watching.happened import Happened

_AT_ONCE = (
    only_typed_refusals,
    a_refusal_changes_nothing,
    what_comes_twice_counts_once,
    one_expiry_at_a_time,
    erasing_leaves_nothing,
    tokens_only_grow,
    time_goes_forward,
    deadlines_come_later,
    a_pause_stops_time,
    everyone_has_a_seat,
    only_who_is_here_is_waited_for,
    a_turn_is_of_someone_here,
    what_is_kept_was_agreed_on,
)
_ROUND = (
    everyone_sees_something,
    the_ways_out_are_open,
    whoever_is_asked_may_skip,
    private_words_stay,
    a_snapshot_holds_everything,
)
_THROUGH = (
    what_is_offered_can_be_done,
    every_renderer_shows_something,
    skipping_leads_to_the_end,
)

WATCHES: dict[str, Callable[[Happened], str]] = {
    watch.__name__: watch for watch in (*_AT_ONCE, *_ROUND, *_THROUGH)
}
"""Every watch, by its name; its docstring says what holds."""

AT_ONCE = tuple([watch.__name__ for watch in _AT_ONCE])
"""Those that look at the state alone, and cost next to nothing."""

ROUND = tuple([watch.__name__ for watch in (*_AT_ONCE, *_ROUND)])
"""Those that look at everyone's view and at the snapshot, too."""


@frozen
class Amiss:
    """What a watch has seen that must not be."""

    watch: str
    seen: str


def first_amiss(happened: Happened, names: Iterable[str] = WATCHES) -> Amiss | None:
    """What the first of these watches has seen that must not be. Never fails."""
    for name in names:
        try:
            seen = WATCHES[name](happened)
        except Exception as error:  # noqa: BLE001  # a view or a snapshot that fails is a finding
            seen = f"{type(error).__name__}: {error}"
        if seen:
            return Amiss(name, seen)
    return None


def sentence(name: str) -> str:
    """What a watch says that holds."""
    return str(WATCHES[name].__doc__)
