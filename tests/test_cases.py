"""The protocols of tests/cases, each with a scripted session and what comes of it.

To accept what comes of a new or changed script, look at it closely and write it down:
``run --script tests/cases/NAME.script.yaml --transcript md > tests/cases/NAME.expected.md``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.authoring.scripts.playing import play_script
from compassion_protocols.authoring.scripts.reading import read_script
from compassion_protocols.authoring.scripts.transcripts import all_transcripts
from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.loading import examine, load
from compassion_protocols.model.answers import name_of
from compassion_protocols.model.steps import KINDS, AnyStep, Ask, steps_inside

if TYPE_CHECKING:
    from compassion_protocols.authoring.scripts.script import Script

CASES = Path(__file__).parent / "cases"
SCRIPTS = sorted(CASES.glob("*.script.yaml"))
NAMES = [path.name.removesuffix(".script.yaml") for path in SCRIPTS]

ANSWER_KINDS = {
    "text", "long_text", "yes_no", "date", "time", "number", "scale", "choice", "choices",
    "rank", "person", "list", "form",
}  # fmt: skip


def script_of(name: str) -> Script:
    """The script of a case."""
    path = CASES / f"{name}.script.yaml"
    return read_script(path.read_bytes(), path.name)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_clean(name: str) -> None:
    """The protocol of every case has no findings."""
    source = find_source(CASES / f"{name}.protocol.yaml", bundled())
    assert examine(source, bundled()).findings == ()


@pytest.mark.parametrize("restoring", [False, True], ids=["plain", "restored"])
@pytest.mark.parametrize("name", NAMES)
def test_a_case_comes_to_what_is_expected(name: str, restoring: bool) -> None:
    """Every script plays as it says, plain and restored after every event, to the same end."""
    script = script_of(name)
    path = script.protocol_for(str(CASES / f"{name}.script.yaml"))
    played = play_script(script, load(path), restoring=restoring)
    assert played.missed is None, str(played.missed)
    expected = CASES / f"{name}.expected.md"
    assert all_transcripts(played.session) == expected.read_text("utf-8")


def test_every_protocol_of_a_case_has_a_script() -> None:
    """No protocol stands in the folder without a script and an expected end."""
    protocols = {path.name.split(".")[0] for path in CASES.glob("*.protocol.yaml")}
    expected = {path.name.split(".")[0] for path in CASES.glob("*.expected.md")}
    assert protocols == set(NAMES) == expected


def test_every_script_says_what_it_is_about() -> None:
    """A script begins with a sentence."""
    assert all(script_of(name).about.endswith(".") for name in NAMES)


def _all_steps() -> list[AnyStep]:
    shipped = [load(name) for name in bundled().ids()]
    cases = [load(path) for path in sorted(CASES.glob("*.protocol.yaml"))]
    return [step for plan in (*shipped, *cases) for step in steps_inside(plan.protocol.steps)]


def test_every_kind_of_step_is_played() -> None:
    """Each kind of step stands in a shipped protocol or in a case."""
    assert {type(step) for step in _all_steps()} == set(KINDS.values())


def test_every_kind_of_answer_is_played() -> None:
    """Each kind of answer is asked for in a shipped protocol or in a case."""
    assert {name_of(step.answer) for step in _all_steps() if isinstance(step, Ask)} == ANSWER_KINDS
