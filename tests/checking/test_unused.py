"""Settings that change nothing, and answers that lead nowhere."""

from __future__ import annotations

import pytest

from compassion_protocols.catalog import Source, bundled
from compassion_protocols.checking.check import check
from compassion_protocols.loading import examine
from compassion_protocols.reading.link import link
from tests.checking.found import at_mark, whole
from tests.plans import HEAD, protocol_of

ONE = "audience: individual\n"
COUPLE = "audience: couple\nroles: {partner: {people: 2}}\n"


def unused(text: str) -> list[str]:
    """Name what nothing uses."""
    found = check(whole(text))
    return [finding.code for finding in found if finding.code in ("CP514", "CP515")]


@pytest.mark.parametrize(
    ("setting", "steps"),
    [
        ("{duration: 1m, label: S}", "{wait: A, for: s}"),
        ("{duration: 1m, label: S}", "{say: A, timer: {at_least: s}}"),
        ("{duration: 1m, label: S}", "{say: 'For {{ s }}'}"),
        ("{duration: 1m, label: S}", "{say: A, meanwhile: 'For {{ s }}'}"),
        ("{number: 2, max: 3, label: S}", "{for_each: s, steps: [{say: A}]}"),
        ("{number: 2, max: 3, label: S}", "{breathe: {in: 4s, out: 6s}, count: s}"),
        ("{number: 2, max: 3, label: S}", "{ask: A, answer: {list: text, max: s}, example: [a]}"),
        ("{yes_no: 'yes', label: S}", "{say: A, when: s}"),
        ("{list: [a, b], label: S}", "{ask: A, answer: {choice: s}, example: a}"),
        ("{list: [a, b], label: S}", "{ask: A, answer: text, borrow: s, example: a}"),
        ("{list: [a, b], label: S}", "{for_each: x in s, steps: [{say: '{{ x }}'}]}"),
        ("{number: 2, min: 1, max: 3, label: S}",
         "{include: three-breath-pause, with: {breaths: s}}"),
    ],
)  # fmt: skip
def test_a_setting_that_something_uses(setting: str, steps: str) -> None:
    """A setting counts in a text, a timer, a bound, a condition, a list or an include."""
    head = f"{ONE}settings: {{s: {setting}}}\n"
    assert unused(f"{head}steps: [{steps}]") == []
    assert unused(f"{head}steps: [{{say: A}}]") == ["CP514"]


def test_a_setting_is_handed_to_an_include_that_is_not_there() -> None:
    """What is handed to an include counts as used, whether or not it could be found."""
    text = f"{ONE}settings: {{s: {{number: 1, label: S}}}}\n"
    text += "steps: [{include: nowhere, with: {breaths: s}}]"
    linked = link(protocol_of(text), lambda _: None)
    assert [finding.code for finding in check(linked.protocol)] == []


def test_the_place_of_what_is_unused() -> None:
    """The finding stands at the setting, or at the question."""
    text, place = at_mark(f"{ONE}settings:\n  ⟦s: {{yes_no: 'no', label: S}}\nsteps: [{{say: A}}]")
    [finding] = check(whole(text))
    assert (finding.span.line, finding.span.column) == place
    text, place = at_mark(
        f"{ONE}steps:\n  - ⟦ask: A\n    id: x\n    answer: yes_no\n    example: 'yes'"
    )
    [finding] = check(whole(text))
    assert finding.code == "CP515"
    assert (finding.span.line, finding.span.column) == place


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("answer: yes_no, example: 'yes'", ["CP515"]),
        ("answer: yes_no, example: 'yes', shared: everyone", []),
        ("answer: text, example: A", []),
        ("answer: {scale: [0, 10]}, example: 3", []),
        ("answer: {choice: [a, b]}, example: a", []),
    ],
)
def test_an_answer_for_oneself_has_its_own_point(answer: str, expected: list[str]) -> None:
    """Only of a yes or no that nobody else may read is it said that nothing follows from it."""
    question = f"{{ask: A, id: x, who: partner, {answer}}}"
    assert unused(f"{COUPLE}steps: [{question}]") == expected
    assert unused(f"{COUPLE}steps: [{question}, {{say: A, when: x | some}}]") == []
    assert unused(f"{COUPLE}steps: [{question.replace('id: x, ', '')}]") == []


def test_what_is_revealed_is_shown() -> None:
    """What people pick to be shown is shown in some text, or gone through by a loop."""
    asked = "{ask: A, id: x, who: partner, answer: {list: text}, example: [a]}"
    reveal = "{reveal: x, id: y, who: partner, to: everyone}"
    assert unused(f"{COUPLE}steps: [{asked}, {reveal}]") == ["CP515"]
    assert unused(f"{COUPLE}steps: [{asked}, {reveal}, {{say: '{{{{ y }}}}'}}]") == []
    loop = "{for_each: z in y, steps: [{say: '{{ z }}'}]}"
    assert unused(f"{COUPLE}steps: [{asked}, {reveal}, {loop}]") == []


def test_the_library_reads_the_answers_of_care() -> None:
    """Of a care protocol's answers nothing is said, since the library reads them itself."""
    question = "steps: [{ask: A, id: x, answer: yes_no, example: 'yes'}]"
    assert unused(f"{ONE}{question}") == ["CP515"]
    assert unused(f"{ONE}family: care\n{question}") == []


def test_an_included_answer_is_its_own_protocol_s_affair() -> None:
    """What leads nowhere in an included protocol is said only there."""
    inner = protocol_of(
        f"id: inner\n{ONE}steps: [{{ask: A, id: x, answer: yes_no, example: 'no'}}]"
    )
    outer = protocol_of(f"{ONE}steps: [{{include: inner}}]")
    assert check(link(outer, {"inner": inner}.get).protocol) == ()


def test_what_could_not_be_read_may_be_the_use() -> None:
    """While a file has mistakes, nothing is called unused: what was not read may use it."""
    head = "\n".join(f"{key}: {value}" for key, value in HEAD.items() if key != "audience")
    text = f"{head}\n{ONE}settings: {{s: {{yes_no: 'no', label: S}}}}\nsteps: [{{say: A}}, STEP]"

    def found(step: str) -> list[str]:
        source = Source("a-test", text.replace("STEP", step).encode())
        return [finding.code for finding in examine(source, bundled()).findings]

    assert found("{say: B}") == ["CP514"]
    assert found("{say: B, wenn: s}") == ["CP101"]


def test_two_things_with_one_name_are_said_to_clash() -> None:
    """A setting that shares its name with an answer is not called unused as well."""
    text = f"{ONE}settings: {{x: {{yes_no: 'no', label: S}}}}\n"
    text += "steps: [{ask: A, id: x, answer: text, example: B}]"
    assert [finding.code for finding in check(whole(text))] == ["CP402"]
