"""``simulate``: many walks through a protocol, what they reached, and what they came upon."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols import bundled, load, printable, simulate
from compassion_protocols.cli.console import Console
from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from argparse import Namespace

    from compassion_protocols import Failure, Simulation

SIMULATION_VERSION = 1
ALL = "all"
MOST_RUNS = 1_000_000


def simulate_all(arguments: Namespace) -> int:
    """Simulate one protocol, or each of the catalog; 1 if something went wrong in any."""
    if not 0 < arguments.runs <= MOST_RUNS:
        raise Misuse(f"--runs takes a number from 1 to {MOST_RUNS:,}.")
    names = bundled().ids() if arguments.protocol == ALL else (arguments.protocol,)
    done: list[tuple[str, Simulation]] = []
    for name in names:
        simulation = _simulated(name, arguments)
        done.append((name, simulation))
        if not arguments.json:
            _print(name, simulation)
    if arguments.json:
        print(json.dumps(_as_data(arguments, done), indent=2))
    failures = [found.failure for _, found in done if found.failure is not None]
    if failures:
        _save(failures[0], arguments)
    return 1 if failures else 0


def _simulated(name: str, arguments: Namespace) -> Simulation:
    console = Console(sys.stderr)

    def tell(number: int) -> None:
        console.redraw(printable(f"{name}: {number:,} of {arguments.runs:,}"))

    simulation = simulate(
        load(name),
        runs=arguments.runs,
        seed=arguments.seed,
        protocol=_named(name, arguments.save),
        progress=tell if console.rich else None,
    )
    if console.rich:
        console.take_line_back()
    return simulation


def _named(name: str, saved: str | None) -> str:
    """What a script calls its protocol: an id, or a file as seen from where the script stands."""
    if not Path(name).is_file():
        return name
    return Path(os.path.relpath(name, Path(saved or ".").parent)).as_posix()


def _print(name: str, found: Simulation) -> None:
    cover = found.coverage
    print(printable(f"{name}: {found.runs:,} walks, {found.events:,} events"))
    print(
        f"  {_part('moments opened', cover.reached)}; "
        f"{_part('ways of conditions and loops', cover.taken('condition', 'loop'))}; "
        f"{_part('rules met and missed', cover.taken('rule'))}"
    )
    for span, what in cover.never():
        print(printable(f"  {span}: {what}"))
    if found.failure is not None:
        print(printable(f"  It went wrong in walk {found.failure.run}: {found.failure.what}"))


def _part(what: str, reached: tuple[int, int]) -> str:
    return f"{what}: {reached[0]} of {reached[1]}"


def _save(failure: Failure, arguments: Namespace) -> None:
    if arguments.save:
        Path(arguments.save).write_text(failure.script, "utf-8")
        told = f"To play it again: compassion-protocols run --script {arguments.save}"
        print(told, file=sys.stderr)
    elif not arguments.json:
        print(f"\n{failure.script}", end="")


def _as_data(arguments: Namespace, done: list[tuple[str, Simulation]]) -> dict[str, object]:
    return {
        "compassion_simulation": SIMULATION_VERSION,
        "runs": arguments.runs,
        "seed": arguments.seed,
        "protocols": [_of(name, found) for name, found in done],
    }


def _of(name: str, found: Simulation) -> dict[str, object]:
    cover, failure = found.coverage, found.failure
    return {
        "protocol": name,
        "runs": found.runs,
        "events": found.events,
        "moments": list(cover.reached),
        "ways": list(cover.taken("condition", "loop")),
        "rules": list(cover.taken("rule")),
        "never": [
            {"file": span.file, "line": span.line, "column": span.column, "what": what}
            for span, what in cover.never()
        ],
        "failure": None
        if failure is None
        else {"run": failure.run, "what": failure.what, "script": failure.script},
    }
