"""What a protocol file has to go through before people do, and a script beside it.

There are three trials of a protocol. *Lint*: nothing is found in it. *Examples*: with each size of
group that it allows, it plays through on its own examples. *Simulation*: nothing that can happen in
a session breaks it. A script has one: that the session goes as it says. Each raises
:class:`ProtocolFailed`, whose text is for the author of the file. The pytest plugin shows each
trial as a test of its own.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from compassion_protocols.authoring.scripts.playing import play_script
from compassion_protocols.authoring.scripts.reading import read_script
from compassion_protocols.authoring.scripts.script import SUFFIX as SCRIPT_SUFFIX
from compassion_protocols.authoring.scripts.transcripts import unlike_kept
from compassion_protocols.authoring.simulating.simulate import simulate
from compassion_protocols.authoring.simulating.walks import FACILITATOR, NAMES
from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.errors import (
    CompassionError,
    ProtocolNotFound,
    ProtocolRejected,
    ScriptRejected,
)
from compassion_protocols.findings import Severity
from compassion_protocols.loading import examine, load
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.session.events import Event

RUNS = 100
"""How many sessions are simulated, where nothing else is said."""

MOST_EVENTS = 50_000
"""More than any rehearsal has: a session of 5,000 moments with twelve people has fewer."""


class ProtocolFailed(AssertionError):
    """A protocol file does not hold; the text says to its author what is wrong, and where."""


def check_protocol(
    path: str | Path, *, runs: int = RUNS, seed: int = 0, warnings: bool = True
) -> None:
    """Put a file to every trial: lint, its examples, and ``runs`` simulated sessions from ``seed``.

    Errors fail it, and so do warnings unless ``warnings`` is false; notes never do. ProtocolFailed
    says what is wrong with it; ProtocolNotFound, that it is not there.
    """
    check_lint(path, warnings=warnings)
    plan = load(path)
    for sizes in group_sizes(plan.protocol):
        check_examples(plan, sizes)
    check_simulation(plan, runs=runs, seed=seed)


def check_lint(path: str | Path, *, warnings: bool = True) -> None:
    """ProtocolFailed with each finding on a line of its own, in order of place."""
    shelf = bundled()
    weighing = {Severity.ERROR, *([Severity.WARNING] if warnings else [])}
    found = examine(find_source(path, shelf), shelf).findings
    if any(finding.severity in weighing for finding in found):
        raise ProtocolFailed("\n".join(map(str, found)))


def clean_plan(path: str | Path) -> Plan:
    """The plan of a file. ProtocolFailed if it has errors, which its lint says."""
    try:
        return load(path)
    except ProtocolRejected as rejected:
        count = sum(found.severity is Severity.ERROR for found in rejected.findings)
        errors = "an error" if count == 1 else f"{count} errors"
        raise ProtocolFailed(f"{path}: lint finds {errors}, so this was not tried.") from None


def check_examples(plan: Plan, sizes: Mapping[str, int]) -> None:
    """ProtocolFailed if so many people of each role do not come to the end on the examples."""
    care = plan.protocol.care
    session = Session.start(
        plan,
        seated(sizes),
        at=0.0,
        cleared=NAMES,
        facilitator=FACILITATOR if care.tier >= FACILITATED_TIER else None,
    )
    last: Event | None = None
    try:
        for count, event in enumerate(rehearsal(session)):
            last = event
            if count == MOST_EVENTS:
                raise _examples_failed(plan, sizes, last, "it does not come to an end")
    except CompassionError as trouble:
        raise _examples_failed(plan, sizes, last, str(trouble)) from trouble


def _examples_failed(
    plan: Plan, sizes: Mapping[str, int], last: Event | None, what: str
) -> ProtocolFailed:
    after = "at the start" if last is None else f"after {last}"
    people = people_in_words(sizes)
    return ProtocolFailed(
        f"{plan.protocol.span.file}: on its own examples, with {people}: {what}\n{after}"
    )


def people_in_words(sizes: Mapping[str, int]) -> str:
    """So many people, by role where there are several roles.

    >>> people_in_words({"": 1}), people_in_words({"parent": 2, "child": 1})
    ('1 person', '2 parent, 1 child')
    """
    if len(sizes) == 1:
        [count] = sizes.values()
        return "1 person" if count == 1 else f"{count} people"
    return ", ".join(f"{count} {role}" for role, count in sizes.items())


def seated(sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """A name for each seat of each role.

    >>> seated({"parent": 2, "child": 1})
    {'parent': ['Ana', 'Ben'], 'child': ['Cem']}
    """
    names = iter(NAMES)
    return {role: list(islice(names, count)) for role, count in sizes.items()}


def check_simulation(plan: Plan, *, runs: int = RUNS, seed: int = 0) -> None:
    """ProtocolFailed with the shortest script of what a simulated session came upon, if anything.

    Each of the ``runs`` walks is another one; the same ``seed`` gives the same walks.
    """
    file = Path(plan.protocol.span.file)
    failure = simulate(plan, runs=runs, seed=seed, protocol=file.name).failure
    if failure is not None:
        raise ProtocolFailed(
            f"{file}: in simulated session {failure.run}: {failure.what}\n"
            f"Beside the protocol, in a file *{SCRIPT_SUFFIX}, this plays it again:\n\n"
            f"{failure.script}"
        )


def check_script(path: str | Path) -> None:
    """ProtocolFailed if a session does not go as a script says, or its transcripts are others.

    It is played twice, the second time restored from its snapshot after every event. What everyone
    may take along must be what stands in the file ``*.expected.md`` beside it, if there is one.
    """
    file = Path(path)
    try:
        script = read_script(file.read_bytes(), str(file))
    except ScriptRejected as rejected:
        raise ProtocolFailed("\n".join(map(str, rejected.findings))) from None
    try:
        plan = clean_plan(script.protocol_for(str(file)))
    except ProtocolNotFound as missing:
        raise ProtocolFailed(f"{file}: {missing} “protocol” in the script names it.") from None
    for restoring in (False, True):
        played = play_script(script, plan, restoring=restoring)
        if played.missed is not None:
            raise ProtocolFailed(str(played.missed))
        if unlike := unlike_kept(file, played.session):
            raise ProtocolFailed(unlike)
