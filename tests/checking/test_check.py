"""All checks together, on protocols that are clean and on others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from compassion_protocols import checking
from compassion_protocols.catalog import bundled, find_source
from compassion_protocols.checking.bounds import bounds
from compassion_protocols.checking.check import check
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.findings import Severity, in_order
from compassion_protocols.loading import examine, load
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from compassion_protocols.session.effects import Opened
from compassion_protocols.session.rehearse import rehearsal
from compassion_protocols.session.session import Session
from compassion_protocols.testing.samples import Data
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.checking.found import codes, findings, whole

if TYPE_CHECKING:
    from compassion_protocols.model.protocol import Protocol


def find(protocol: str) -> Protocol | None:
    """Find a bundled protocol."""
    source = bundled().source(protocol)
    return None if source is None else read(source.data, source.name).protocol


def linked(data: Data) -> Protocol:
    """Read and link the data of a protocol that has no mistake so far."""
    reading = read(as_yaml(data), "drawn")
    assert reading.protocol is not None, reading.findings
    linking = link(reading.protocol, find)
    assert linking.findings == ()
    return linking.protocol


@given(protocols())
def test_a_clean_protocol_has_no_findings(data: Data) -> None:
    """Where every name is known, every use covered and every loop bounded, nothing weighs."""
    assert [str(one) for one in check(linked(data)) if one.severity is not Severity.NOTE] == []


@given(protocols(), st.data())
def test_a_rehearsal_stays_within_its_bounds(data: Data, draw: st.DataObject) -> None:
    """Played through on its examples, a clean protocol has as many moments as its bounds say."""
    protocol = linked(data)
    size = draw.draw(st.sampled_from(bounds(protocol)))
    people = {role: [f"{role} {n}" for n in range(count)] for role, count in size.people}
    host = "Host" if protocol.care.tier >= 2 else None
    session = Session.start(
        evolve(compiled(protocol), care=load("three-breath-pause").care),
        people,
        at=0.0,
        cleared={person for group in people.values() for person in group},
        facilitator=host,
    )
    opened = list(session.effects)
    for _ in rehearsal(session):
        opened += session.effects
    who = [effect.to for effect in opened if isinstance(effect, Opened)]
    assert size.moments.least <= len(who) <= size.moments.most
    for role in size.roles:
        for person in people.get(role.role, [host]):
            own = sum(person in to for to in who)
            assert role.moments.least <= own <= role.moments.most


def steps_in(data: Any) -> list[tuple[list[Data], int]]:  # noqa: ANN401  # any part of a file
    """List every step in some data, as the list that it stands in and its place there."""
    found: list[tuple[list[Data], int]] = []
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
        if key in ("steps", "otherwise") and isinstance(inner, list):
            found += [(inner, at) for at in range(len(inner))]
        if isinstance(inner, dict | list):
            found += steps_in(inner)
    return found


def questions_read(data: Data) -> list[tuple[list[Data], int]]:
    """List the questions whose answer is read before the closing text, and not by themselves."""
    written = json.dumps(data["steps"][:-1])

    def times(name: str, text: str) -> int:
        return len(re.findall(rf"\b{name}\b", text))

    return [
        (steps, at)
        for steps, at in steps_in(data)
        if "ask" in steps[at]
        and len(steps) > 1
        and times(steps[at]["id"], written) > times(steps[at]["id"], json.dumps(steps[at]))
    ]


@given(protocols(), st.data())
def test_a_question_taken_out_is_missed(data: Data, draw: st.DataObject) -> None:
    """Where something reads an answer, taking its question out is found, by its name."""
    questions = questions_read(data)
    assume(questions)
    steps, at = draw.draw(st.sampled_from(questions))
    name = steps.pop(at)["id"]
    found = check(linked(data))
    assert any(finding.code == "CP401" and f"“{name}" in finding.message for finding in found)


@given(protocols(), st.data())
def test_a_question_that_comes_too_late_is_found(data: Data, draw: st.DataObject) -> None:
    """Where something reads an answer, moving its question behind that is found."""
    questions = questions_read(data)
    assume(questions)
    steps, at = draw.draw(st.sampled_from(questions))
    question = steps.pop(at)
    late: Data = {key: question[key] for key in ("id", "answer", "example") if key in question}
    data["steps"].insert(-1, late | {"ask": "At last?"})
    assert {finding.code for finding in check(linked(data))} & {"CP410", "CP413"}


@given(protocols(), st.data())
def test_no_protocol_is_too_wrong_to_be_checked(data: Data, draw: st.DataObject) -> None:
    """Whatever is taken out of a file or put elsewhere, checking its draft raises nothing."""
    for _ in range(draw.draw(st.integers(1, 4))):
        places = [(steps, at) for steps, at in steps_in(data) if steps[at]]
        if not places:
            break
        steps, at = draw.draw(st.sampled_from(places))
        key = draw.draw(st.sampled_from(sorted(steps[at])))
        match draw.draw(st.sampled_from(["out", "again", "without", "renamed"])):
            case "out":
                steps.pop(at)
            case "again":
                steps.insert(0, steps[at])
            case "without":
                steps[at].pop(key)
            case "renamed":
                steps[at][key] = "elsewhere"
    draft = read(as_yaml(data), "drawn").draft
    assume(draft)
    if draft is not None:
        found = check(link(draft, find).protocol)
        assert found == in_order(found)


def test_each_proof_has_one_way_in() -> None:
    """Every `check_…` of the checks is the one public question of its room, and is one of all."""
    rooms = [path.read_text("utf-8") for path in Path(checking.__path__[0]).glob("*.py")]
    asked = [re.findall(r"^def (check_\w+)", room, re.MULTILINE) for room in rooms]
    assert max(map(len, asked)) == 1
    [contents] = [room for room in rooms if "PROOFS: " in room]
    listed = re.findall(r"lambda of: (check_\w+)\(", contents)
    assert sorted(listed) == sorted(name for names in asked for name in names)
    assert not [
        room for room in rooms if re.search(r"^from .* import .*\b_[a-z]", room, re.MULTILINE)
    ]


def test_all_findings_come_at_once_and_in_order() -> None:
    """A file with mistakes of many kinds gives them all, in order of place."""
    text = """
        audience: couple
        card: {why: A, dose: {minutes: 0, source: seed}, sources: [{cite: B, doi: x}]}
        care: {tier: 2}
        roles: {partner: {people: 2}}
        settings:
          rounds: {number: 3, label: Rounds}
        steps:
          - say: "{{ likd }}"
            for: rounds
          - ask: A
            id: liked
            who: partnr
            answer: text
          - for_each: rounds
            steps: [{say: "{{ liked.what }}"}]
          - end: "{{ liked }}"
          - say: B
            when: liked == 2
    """
    found = findings(text)
    assert [finding.code for finding in found] == [
        "CP721", "CP724", "CP722", "CP734", "CP706", "CP708", "CP709", "CP401", "CP405", "CP601",
        "CP401", "CP502", "CP422", "CP414", "CP504", "CP423",
    ]  # fmt: skip
    assert found == in_order(found)
    assert codes(text) == codes(text)


def test_an_unknown_name_may_be_the_use_that_is_missing() -> None:
    """While a name means nothing, it is not said of anything else that nothing uses it."""
    head = "settings: {rest: {duration: 1m, label: Rest}}\nsteps: [{wait: Rest., for: "
    assert [finding.code for finding in check(whole(head + "rset}]"))] == ["CP401"]
    assert [finding.code for finding in check(whole(head + "2m}]"))] == ["CP514"]


def test_shipped_protocols_are_clean() -> None:
    """No bundled protocol has a finding."""
    shelf = bundled()
    assert shelf.ids()
    for name in shelf.ids():
        assert examine(find_source(name, shelf), shelf).findings == ()
