"""``diff``: what is different between two protocols, and what becomes of running sessions."""

from __future__ import annotations

import json
import sys
from difflib import ndiff
from itertools import groupby
from typing import TYPE_CHECKING

from compassion_protocols import Topic, Verdict, compare, listed, load, migration
from compassion_protocols.cli.console import Console
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from compassion_protocols import Change, Migration, MomentVerdict, Plan

DIFF_VERSION = 1


def diff(arguments: Namespace) -> int:
    """Compare two protocols. Whether they differ or not, that is no fault: 0."""
    old, new = load(arguments.old), load(arguments.new)
    mapping = _mapping(arguments.map)
    found = migration(old, new, mapping, arguments.drop)
    changes = compare(old.protocol, new.protocol, mapping)
    if arguments.json:
        print(json.dumps(_as_data(changes, found), indent=2))
        return 0
    console = Console(sys.stdout)
    console.say()
    console.say(f"{_name(old)} → {_name(new)}", console.ink.strong)
    if changes:
        _print_changes(changes, console)
    else:
        console.say()
        console.say("Nothing is different.")
    _print_sessions(found, console)
    return 0


def _mapping(given: Iterable[str]) -> dict[str, str]:
    mapping = {}
    for one in given:
        before, equals, after = one.partition("=")
        if not (before and equals and after):
            raise Misuse(f"“{one}” is no mapping; write OLD=NEW, with places of the two.")
        mapping[before] = after
    return mapping


def _name(plan: Plan) -> str:
    return f"{plan.protocol.id} {plan.protocol.version}"


# What is different


def _print_changes(changes: Sequence[Change], console: Console) -> None:
    if changes[0].topic is not Topic.READERS:
        console.say()
        console.say("Who reads what is as it was.")
    for topic, about in groupby(changes, key=lambda change: change.topic):
        console.say()
        console.say(topic.value, console.ink.strong)
        for change in about:
            console.say(change.what, indent=2)
            for line in _lines(change):
                console.say(line, console.ink.quiet, indent=4)


def _lines(change: Change) -> list[str]:
    """The lines that are on one side alone."""
    compared = ndiff(change.before.splitlines(), change.after.splitlines())
    return [line for line in compared if line[:2] in ("- ", "+ ") and line[2:].strip()]


# What becomes of sessions


def _print_sessions(found: Migration, console: Console) -> None:
    console.say()
    console.say("Sessions that are under way", console.ink.strong)
    going = [one for one in found.moments if one.verdict is Verdict.GOES_ON]
    everything = len(found.moments)
    if len(going) == everything:
        console.say(f"They go on unchanged, at each of {everything} moments.", indent=2)
        return
    console.say(f"They go on unchanged at {len(going)} of {everything} moments.", indent=2)
    others = [one for one in found.moments if one.verdict is not Verdict.GOES_ON]
    told: dict[tuple[Verdict, tuple[str, ...]], list[MomentVerdict]] = {}
    for one in others:
        told.setdefault((one.verdict, one.reasons), []).append(one)
    for (verdict, reasons), moments in told.items():
        places = listed([f"“{one.place}”" for one in moments])
        console.say(f"At {places} a session {verdict}.", indent=2)
        for reason in reasons:
            console.say(reason, console.ink.quiet, indent=4)


def _as_data(changes: Sequence[Change], found: Migration) -> dict[str, object]:
    return {
        "compassion_diff": DIFF_VERSION,
        "old": _side(found.old),
        "new": _side(found.new),
        "changes": [
            {
                "topic": change.topic.name.lower(),
                "place": change.place,
                "key": change.key,
                "what": change.what,
                "before": change.before,
                "after": change.after,
            }
            for change in changes
        ],
        "moments": [
            {
                "place": one.place,
                "to": one.to,
                "verdict": one.verdict.name.lower(),
                "reasons": list(one.reasons),
            }
            for one in found.moments
        ],
        "lost": [{"answer": name, "reason": why} for name, why in found.lost],
    }


def _side(plan: Plan) -> dict[str, str]:
    return {
        "id": plan.protocol.id,
        "version": plan.protocol.version,
        "content": plan.content,
        "shape": plan.shape,
    }
