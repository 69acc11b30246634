"""Plans for the tests, written as YAML: what a test is about, and a head to go with it."""

from __future__ import annotations

from functools import lru_cache
from textwrap import dedent
from typing import TYPE_CHECKING

from attrs import evolve

from compassion_protocols.catalog import bundled
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.loading import load
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link

if TYPE_CHECKING:
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Protocol

HEAD = {
    "compassion_protocol": "1",
    "id": "a-test",
    "version": "1.0.0",
    "title": "A test",
    "summary": "It holds what one test is about.",
    "family": "rituals",
    "audience": "[individual, couple, family, group]",
    "card": "{why: To see., dose: {minutes: 5, source: default}, sources: [{cite: A}]}",
    "care": "{tier: 0}",
}
"""What a file has beside its steps, where a test says nothing about it."""


def plan_of(text: str) -> Plan:
    """The plan of a protocol whose head may be left out, with the bundled care around it.

    It is read and linked but not checked: the runner is tested beyond what is clean, too.
    """
    return _plan_of(dedent(text))


@lru_cache(maxsize=256)
def _plan_of(text: str) -> Plan:
    linked = link(protocol_of(text), _find)
    assert not linked.findings, [str(finding) for finding in linked.findings]
    shelf = load("three-breath-pause")
    return evolve(
        compiled(linked.protocol),
        care=shelf.care,
        phrases=shelf.phrases,
        crisis_lines=shelf.crisis_lines,
    )


def protocol_of(text: str) -> Protocol:
    """The protocol that a text holds, as it was read; a head is put where there is none."""
    text = dedent(text)
    lines = text.splitlines()
    head = [
        f"{key}: {value}"
        for key, value in HEAD.items()
        if not any(line.startswith(f"{key}:") for line in lines)
    ]
    reading = read("\n".join([*head, text]).encode(), "a-test")
    assert reading.protocol is not None, [str(finding) for finding in reading.findings]
    return reading.protocol


def _find(protocol: str) -> Protocol | None:
    source = bundled().source(protocol)
    return None if source is None else read(source.data, source.name).protocol
