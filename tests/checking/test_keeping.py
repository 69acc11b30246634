"""What may be kept for another time can be told apart then, and is somebody's."""

from __future__ import annotations

import pytest

from compassion_protocols.checking.bounds import bounds
from compassion_protocols.checking.check import check
from compassion_protocols.findings import Finding
from compassion_protocols.reading.link import link
from tests.checking.found import codes, findings, whole
from tests.plans import protocol_of

ONE = "audience: individual\nroles: {writer: {people: 1}}\n"
COUPLE = "audience: couple\nroles: {partner: {people: 2}, holder: {one_of: partner}}\n"
ASK = "{ask: A, id: x, answer: text, example: B, keep: {as: words}}"
OPEN = "{ask: A, id: x, shared: everyone, answer: text, example: B, keep: {as: w, owner: everyone}}"


def found(steps: str, head: str = COUPLE) -> list[str]:
    """Name what is found in steps that are written in one line."""
    return codes(f"{head}steps: [{steps}]")


@pytest.mark.parametrize("step", [ASK, OPEN, OPEN.replace("A,", "A, who: holder,")])
def test_what_may_be_kept(step: str) -> None:
    """What is its writer's own, or open to everyone, may be kept."""
    assert found(step) == []


def test_what_is_kept_needs_an_id() -> None:
    """Without an id nobody could say later what it was an answer to."""
    assert found(ASK.replace("id: x, ", "")) == ["CP870"]


@pytest.mark.parametrize("head", ["care: {tier: 0, clears: x}\n", "family: care\n"])
def test_nothing_is_kept_from_care(head: str) -> None:
    """What is said in a screening or in care is not kept."""
    ask = "{ask: A, id: x, answer: yes_no, example: 'yes', keep: {as: words}}"
    assert "CP871" in found(ask, ONE + head)


@pytest.mark.parametrize(
    "other",
    [
        "{ask: A, id: y, answer: yes_no, example: 'yes', keep: {as: words}}",
        "{ask: A, id: y, answer: text, example: B, keep: {as: words, how: replace}}",
        OPEN.replace("id: x", "id: y").replace("as: w,", "as: words,"),
    ],
)
def test_one_name_is_for_one_kind_of_thing(other: str) -> None:
    """Two answers under one name have one kind, one owner and one way of being kept."""
    assert found(f"{ASK}, {other}") == ["CP872"]
    assert found(f"{ASK}, {other.replace('as: words', 'as: others')}") == []
    assert found(f"{ASK}, {ASK.replace('id: x', 'id: y')}") == []


def test_one_person_is_not_everyone() -> None:
    """Where one person is alone, nothing needs to be everyone's."""
    assert found(OPEN, ONE) == ["CP873"]
    assert found(ASK, ONE) == []


KEEPER = f"id: keeper\n{ONE}steps: [{ASK}, {ASK.replace('id: x', 'id: y')}]"


def including(steps: str, head: str = ONE) -> list[Finding]:
    """What is found about keeping in a protocol that may include one that keeps words."""
    inner = protocol_of(KEEPER)
    outer = link(protocol_of(f"{head}steps: [{steps}]"), {"keeper": inner}.get).protocol
    return [one for one in check(outer) if one.code.startswith("CP87")]


@pytest.mark.parametrize("head", ["care: {tier: 0, clears: z}\n", "family: care\n"])
def test_an_include_is_no_way_to_keep_from_care(head: str) -> None:
    """A screening or a care protocol includes nothing that is kept, and is told so once."""
    include = "{include: keeper}, {ask: A, id: z, answer: yes_no, example: 'yes'}"
    assert including(include) == []
    [one] = including(include, ONE + head)
    assert (one.code, one.remedy) == ("CP871", "Include one that keeps nothing.")


def test_a_name_is_for_one_kind_of_thing_in_an_include_too() -> None:
    """What an include keeps and what the file itself keeps are told apart by their names."""
    other = "{ask: A, id: z, answer: yes_no, example: 'yes', keep: {as: words}}"
    for steps in (f"{{include: keeper}}, {other}", f"{other}, {{include: keeper}}"):
        assert {one.code for one in including(steps)} == {"CP872"}
        assert including(steps.replace("as: words", "as: others")) == []
    assert including("{include: keeper, as: a}, {include: keeper, as: b}") == []


# whose eyes it is for


@pytest.mark.parametrize(
    "step",
    [
        OPEN.replace("shared: everyone, ", ""),
        OPEN.replace("shared: everyone, ", "who: holder, "),
        OPEN.replace("shared: everyone, ", "who: holder, shared: holder, "),
    ],
)
def test_what_everyone_keeps_is_open_to_everyone(step: str) -> None:
    """What is to be everyone's must be everyone's to read; its writer was told so beforehand."""
    [one] = findings(f"{COUPLE}steps: [{step}]")
    assert one.code == "CP807"


def test_all_of_the_roles_are_everyone() -> None:
    """Whoever names all there are means everyone."""
    assert found(OPEN.replace("shared: everyone", "shared: partner")) == []


def test_everyone_is_whoever_is_there() -> None:
    """Where there are other roles, what one role may read is not everyone's."""
    head = "audience: group\nroles: {member: {people: 3}, friend: {people: 2}}\n"
    step = OPEN.replace("shared: everyone", "who: friend, shared: friend")
    [one] = findings(f"{head}steps: [{step}, {{say: A, who: member}}]")
    assert one.code == "CP807"


def test_nobody_else_can_tell_of_a_detour() -> None:
    """In a way of one person's own nothing is kept for everyone, for all are asked about it."""
    hard = "{ask: A, id: hard, who: speaker, answer: yes_no, example: 'yes'}"
    own = "{ask: B, id: y, who: speaker, answer: text, example: C, when: hard, keep: {as: w}}"
    page = "{say: D, who: speaker}"
    assert found(f"{{turns: partner, steps: [{hard}, {own}, {page}]}}") == []
    every = own.replace("keep: {as: w}", "shared: everyone, keep: {as: w, owner: everyone}")
    assert "CP802" in found(f"{{turns: partner, steps: [{hard}, {every}, {page}]}}")


# how much there is of it


def test_an_agreement_is_a_moment() -> None:
    """What is to be everyone's takes a moment more, if there is anything to keep."""
    [own] = bounds(whole(f"{COUPLE}steps: [{ASK}]"))
    [every] = bounds(whole(f"{COUPLE}steps: [{OPEN}]"))
    assert (own.moments.least, own.moments.most) == (1, 1)
    assert (every.moments.least, every.moments.most) == (1, 2)


def test_a_kept_yes_is_no_dead_end() -> None:
    """A yes or no that somebody keeps leads somewhere."""
    ask = "{ask: A, id: x, answer: yes_no, example: 'yes'}"
    for step, every in ((ask, ["CP515"]), (ask.replace("'yes'", "'yes', keep: {as: w}"), [])):
        assert [one.code for one in check(whole(f"{COUPLE}steps: [{step}]"))] == every
