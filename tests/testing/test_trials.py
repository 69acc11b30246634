"""What a protocol file has to go through, and what its author is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.errors import AnswerRefused, ProtocolNotFound
from compassion_protocols.loading import load
from compassion_protocols.session.session import Session
from compassion_protocols.testing import ProtocolFailed, check_protocol
from compassion_protocols.testing.trials import (
    check_examples,
    check_script,
    check_simulation,
    clean_plan,
    seated,
)
from tests.plans import HEAD

if TYPE_CHECKING:
    from compassion_protocols.session.effects import Effect
    from compassion_protocols.session.events import Event

CASES = Path(__file__).parent.parent / "cases"


def file_of(folder: Path, steps: str, name: str = "it.protocol.yaml") -> Path:
    """A small protocol for one person, in a file."""
    head = "".join(f"{key}: {value}\n" for key, value in {**HEAD, "audience": "individual"}.items())
    path = folder / name
    path.write_text(f"{head}steps: [{steps}]\n", "utf-8")
    return path


ASK = "{ask: How are you?, id: mood, answer: text, example: Well.}"


def failure(path: Path) -> str:
    """What is told of a file that does not hold."""
    with pytest.raises(ProtocolFailed) as told:
        check_protocol(path, runs=2)
    return str(told.value)


def test_a_sound_file_passes(tmp_path: Path) -> None:
    """Nothing is raised for a file that is clean and can be gone through."""
    check_protocol(file_of(tmp_path, ASK), runs=2)
    check_protocol("three-breath-pause", runs=2, seed=7)


def test_each_finding_stands_on_its_line(tmp_path: Path) -> None:
    """All findings are told, each on a line that begins with its place."""
    path = file_of(tmp_path, "{say: '{{ yuo }}'}, {say: '{{ mee }}'}")
    first, second = failure(path).splitlines()
    assert first.startswith(f"{path}:10:19: error CP401:")
    assert second.startswith(f"{path}:10:39: error CP401:")


def test_a_warning_fails_unless_it_may_be(tmp_path: Path) -> None:
    """A warning fails a file, unless warnings are let by."""
    path = file_of(tmp_path, "{breathe: {in: 4s, hold: 2s, out: 6s}, count: 2}")
    assert "warning CP707" in failure(path)
    check_protocol(path, runs=2, warnings=False)


def test_a_failure_is_an_assertion() -> None:
    """It is an assertion that fails, as any test framework understands it."""
    assert issubclass(ProtocolFailed, AssertionError)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A path that leads nowhere is said to."""
    with pytest.raises(ProtocolNotFound):
        check_protocol(tmp_path / "none.protocol.yaml")


def test_what_has_errors_is_not_tried(tmp_path: Path) -> None:
    """A file with errors has no plan; it is told how many lint finds."""
    with pytest.raises(ProtocolFailed, match="lint finds an error, so this was not tried"):
        clean_plan(file_of(tmp_path, "{say: '{{ yuo }}'}"))
    with pytest.raises(ProtocolFailed, match="lint finds 2 errors"):
        clean_plan(file_of(tmp_path, "{say: '{{ yuo }}'}, {say: '{{ mee }}'}", "two.protocol.yaml"))


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A runner that refuses every answer."""
    receive = Session.receive

    def refuse(self: Session, event: Event) -> tuple[Effect, ...]:
        if type(event).__name__ == "Answer":
            raise AnswerRefused("Please write a few words.")
        return receive(self, event)

    monkeypatch.setattr(Session, "receive", refuse)


@pytest.mark.usefixtures("refusing")
def test_an_example_that_fails_is_told(tmp_path: Path) -> None:
    """Where a rehearsal breaks off, it is told with how many people, and after what."""
    path = file_of(tmp_path, f"{{say: Hello.}}, {ASK}")
    with pytest.raises(ProtocolFailed) as told:
        check_examples(load(path), {"person": 1})
    assert str(told.value).startswith(
        f"{path}: on its own examples, with 1 person: Please write a few words.\nafter Continue("
    )
    with pytest.raises(ProtocolFailed, match="at the start"):
        check_examples(load(file_of(tmp_path, ASK, "ask.protocol.yaml")), {"person": 1})


def test_a_rehearsal_without_an_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rehearsal that goes on for too long is given up, and that is told."""
    monkeypatch.setattr("compassion_protocols.testing.trials.MOST_EVENTS", 1)
    path = file_of(tmp_path, "{say: One.}, {say: Two.}, {say: Three.}")
    with pytest.raises(ProtocolFailed, match="it does not come to an end"):
        check_examples(load(path), {"person": 1})


@pytest.mark.usefixtures("refusing")
def test_a_facilitator_comes_where_one_is_needed() -> None:
    """A rehearsal of an exercise with a facilitator has one."""
    with pytest.raises(ProtocolFailed, match="with 3 people: Please write a few words"):
        check_examples(load("group-circle"), {"member": 3})


def test_a_simulation_that_fails_gives_its_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a simulated session comes upon is told with a script, which then fails, too."""
    path = file_of(tmp_path, ASK)
    plan = load(path)
    receive = Session.receive

    def stumble(self: Session, event: Event) -> tuple[Effect, ...]:
        if type(event).__name__ == "Skip":
            raise ZeroDivisionError("a step too far")
        return receive(self, event)

    monkeypatch.setattr(Session, "receive", stumble)
    with pytest.raises(ProtocolFailed) as told:
        check_simulation(plan, runs=50)
    text = str(told.value)
    assert text.startswith(f"{path}: in simulated session ")
    assert "ZeroDivisionError: a step too far" in text
    script = tmp_path / "it.script.yaml"
    script.write_text(text.partition("\n\n")[2], "utf-8")
    with pytest.raises(ProtocolFailed, match="a step too far"):
        check_script(script)
    monkeypatch.undo()
    check_script(script)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.script.yaml")), ids=lambda path: path.stem)
def test_the_cases_pass(path: Path) -> None:
    """Every case of this library passes as a user's would."""
    check_script(path)


def test_a_script_that_cannot_be_read(tmp_path: Path) -> None:
    """What is wrong with a script is told like what is wrong with a protocol."""
    file_of(tmp_path, ASK)
    script = tmp_path / "it.script.yaml"
    script.write_text("about: It.\npeople: [Ana]\nscript:\n  - {by: Ana, dose: skip}\n", "utf-8")
    with pytest.raises(ProtocolFailed, match=r"it.script.yaml:4:\d+: error CP101"):
        check_script(script)


def test_a_transcript_that_is_another(tmp_path: Path) -> None:
    """Where the transcripts are not those that were expected, the difference is told."""
    file_of(tmp_path, ASK)
    script = tmp_path / "it.script.yaml"
    script.write_text("about: It.\npeople: [Ana]\nscript:\n  - {by: Ana, answer: Fine.}\n", "utf-8")
    expected = tmp_path / "it.expected.md"
    expected.write_text("For Ana:\n", "utf-8")
    with pytest.raises(ProtocolFailed) as told:
        check_script(script)
    assert str(told.value) == f"{expected}:3: expected: nothing more Seen: # A test"


def test_there_are_names_for_the_largest_group() -> None:
    """Twelve people have twelve names."""
    assert len(set(seated({"member": 12})["member"])) == 12


def test_a_script_without_its_protocol(tmp_path: Path) -> None:
    """A script whose protocol is not there says so, without a trace of the library."""
    path = tmp_path / "it.script.yaml"
    path.write_text("about: It.\npeople: [Ana]\nscript: [{does: tick}]\n", "utf-8")
    with pytest.raises(ProtocolFailed, match=r"There is no protocol .*it\.protocol\.yaml"):
        check_script(path)
