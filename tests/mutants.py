"""Protocols that nobody would write: ones we have, with steps moved, wrapped, crossed and cut.

About a third of what comes of it is clean. So it finds what no author's example and no drawn
protocol comes upon: steps in company that their author never thought of.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from compassion_protocols.catalog import bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from compassion_protocols.testing.samples import Data

    Row = list[Data]

_CASES = sorted(Path(__file__).parent.glob("cases/*.protocol.yaml"))
_SHIPPED = [source.data for name in bundled().ids() if (source := bundled().source(name))]
BASES: tuple[Data, ...] = tuple(
    yaml.safe_load(data) for data in (*_SHIPPED, *[path.read_bytes() for path in _CASES])
)


def mutant(chance: Random) -> Data:
    """One of the bases with up to four changes."""
    data = deepcopy(chance.choice(BASES))
    for _ in range(chance.randint(1, 4)):
        chance.choice(CHANGES)(data, chance)
    return data


# What there is in a protocol


def _rows(thing: object) -> Iterator[Row]:
    """Every sequence of steps, the outermost first; never an empty one."""
    inner = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    for key in ("steps", "otherwise"):
        if isinstance(thing, dict) and thing.get(key):
            yield thing[key]
    for each in inner:
        yield from _rows(each)


def _steps(data: Data) -> list[Data]:
    return [step for row in _rows(data) for step in row]


def _row(data: Data, chance: Random) -> tuple[Row, int]:
    """Some sequence, and a place in it."""
    row = chance.choice(list(_rows(data)) or [data["steps"]])
    return row, chance.randrange(len(row) + 1)


def _name(data: Data, chance: Random) -> str:
    """The id of some step."""
    return chance.choice([str(step["id"]) for step in _steps(data) if "id" in step] or ["nothing"])


def _people(data: Data, chance: Random) -> str:
    named = [str(role) for role in data.get("roles", ())]
    return chance.choice(["everyone", "speaker", "listener", "facilitator", *named])


def _condition(data: Data, chance: Random) -> str:
    shape = chance.choice(
        ("{} is given", "{} is missing", '{} == "yes"', '{} | some("yes")', "{} | count > 1", "{}")
    )
    return shape.format(_name(data, chance))


# Changes


def _move(data: Data, chance: Random) -> None:
    row, at = _row(data, chance)
    step = row.pop(min(at, len(row) - 1)) if row else {"say": "Here we are."}
    row, at = _row(data, chance)
    row.insert(at, step)


def _copy(data: Data, chance: Random) -> None:
    step = deepcopy(chance.choice(_steps(data)))
    for number, inner in enumerate([step, *_steps(step)]):
        if "id" in inner:
            inner["id"] = f"{inner['id']}_{number}_{chance.randrange(100)}"
    row, at = _row(data, chance)
    row.insert(at, step)


def _cross(data: Data, chance: Random) -> None:
    row, at = _row(data, chance)
    row.insert(at, deepcopy(chance.choice(_steps(chance.choice(BASES)))))


def _leave_out(data: Data, chance: Random) -> None:
    row, at = _row(data, chance)
    if len(row) > 1:
        del row[min(at, len(row) - 1)]


def _cut(data: Data, chance: Random) -> None:
    step = chance.choice(_steps(data))
    step.pop(chance.choice(["", *step]), None)


def _wrap(data: Data, chance: Random) -> None:
    row, at = _row(data, chance)
    inside = row[at : at + chance.randint(1, 3)] or [{"say": "Here we are."}]
    kind = chance.choice(("part", "for_each", "each_of", "repeat_until", "turns", "choose"))
    shell: Data = {"steps": inside, "id": f"around_{chance.randrange(100)}"}
    match kind:
        case "part":
            shell = {"part": "A part", **shell, "timer": {"at_most": "5m"}}
        case "for_each":
            shell = {"for_each": chance.randint(1, 3), **shell}
        case "each_of":
            shell = {"for_each": f"each in {_name(data, chance)}", **shell}
        case "repeat_until":
            shell = {"repeat_until": _condition(data, chance), "at_most": 3, **shell}
        case "turns":
            shell = {"turns": _people(data, chance), **shell}
        case _:
            case: Data = {"when": _condition(data, chance), "steps": inside}
            shell = {"choose": [case], "otherwise": [{"say": "Here we are."}]}
    row[at : at + len(inside)] = [shell]


def _unwrap(data: Data, chance: Random) -> None:
    row, at = _row(data, chance)
    row[at : at + 1] = row[at].get("steps") or [row[at]] if at < len(row) else []


def _set(key: str, value: Callable[[Data, Random], Any]) -> Callable[[Data, Random], None]:
    def change(data: Data, chance: Random) -> None:
        chance.choice(_steps(data))[key] = value(data, chance)

    return change


def _share(data: Data, chance: Random) -> None:
    asking = [step for step in _steps(data) if "ask" in step]
    if asking:
        chance.choice(asking)["shared"] = _people(data, chance)


def _show(data: Data, chance: Random) -> None:
    """Let some text read some answer."""
    shape = chance.choice(
        (
            "{{{{ {0} }}}}",
            "{{% if {0} is given %}}{{{{ {0} }}}}{{% endif %}}",
            "{{% for r in {0} | given %}}{{{{ r.value }}}}{{% endfor %}}",
        )
    )
    shown = shape.format(_name(data, chance))
    step = chance.choice(_steps(data))
    for key in ("say", "ask", "speak", "wait", "hint", "meanwhile"):
        if isinstance(step.get(key), str):
            step[key] += f" {shown}"
            return


def _end(data: Data, chance: Random) -> None:
    row, at = _row(data, chance)
    row.insert(at, {"end": "Enough for today.", "when": _condition(data, chance)})


CHANGES: tuple[Callable[[Data, Random], None], ...] = (
    *(_move, _copy, _cross, _leave_out, _cut, _wrap, _wrap, _unwrap, _share, _show, _end),
    _set("when", _condition),
    _set("who", _people),
    _set("timer", lambda _, chance: {"at_most": chance.choice(("30s", "5m"))}),
    _set("resume", lambda _, chance: chance.choice(("restart", "deadline"))),
)
"""Each changes a protocol in place, as often as not to its harm."""
