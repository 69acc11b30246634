"""Protocols as the tests write them: what a test is about, and a head to go with it.

``@@`` in a text marks the place where a finding belongs; it is taken out before the text is read.
"""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Any

from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.notes import taking_notes

if TYPE_CHECKING:
    from compassion_protocols.findings import Finding
    from compassion_protocols.model.protocol import Protocol
    from compassion_protocols.model.steps import AnyStep
    from compassion_protocols.reading.convert import Reading

HEAD = {
    "compassion_protocol": "1",
    "id": "a-test",
    "version": "1.0.0",
    "title": "A test",
    "summary": "It holds what one test is about.",
    "family": "rituals",
    "audience": "[individual, couple, family, group]",
    "card": "{why: To see., dose: {minutes: 1, source: default}, sources: [{cite: A book}]}",
    "care": "{tier: 0}",
}
STEPS = "- say: Hello."
MARK = "@@"
Hook = Callable[..., Any]


def written(steps: str = STEPS, **parts: str) -> str:
    """Write a protocol with these steps; other parts of it stand beside or instead of the head."""
    lines = [
        _entry(key, value) for key, value in {**HEAD, **parts, "steps": steps}.items() if value
    ]
    return "".join(lines)


def _entry(key: str, value: str) -> str:
    text = dedent(value).strip("\n")
    if key == "steps" or "\n" in text:
        return f"{key}:\n{indent(text, '  ')}\n"
    return f"{key}: {text}\n"


def read_text(text: str) -> Reading:
    """Read a text as a file."""
    return read(text.encode(), "a.yaml")


def protocol_of(steps: str = STEPS, **parts: str) -> Protocol:
    """Read a protocol in which nothing is wrong."""
    reading = read_text(written(steps, **parts))
    assert reading.findings == ()
    assert reading.protocol is not None
    return reading.protocol


def step_of(text: str) -> AnyStep:
    """Read the one step of a protocol in which nothing is wrong."""
    [step] = protocol_of(text).steps
    return step


def found_at_marks(text: str) -> list[Finding]:
    """Read a text; its findings stand exactly where its marks do."""
    places = []
    for number, line in enumerate(text.split("\n"), 1):
        *before, _ = line.split(MARK)
        column = 1
        for piece in before:
            column += len(piece)
            places.append((number, column))
    findings = list(read_text(text.replace(MARK, "")).findings)
    assert [(f.span.line, f.span.column) for f in findings] == places, findings
    return findings


def found(steps: str = STEPS, **parts: str) -> list[Finding]:
    """Read steps and parts with marks in them."""
    return found_at_marks(written(steps, **parts))


def taken(hook: Hook, value: str) -> tuple[Any, list[Finding]]:
    """Let a hook take what is written after a name."""
    composed = compose(f"key: {value}".encode(), "a.yaml")
    assert composed.root is not None
    with taking_notes(composed) as notes:
        return hook(composed.root["key"]), notes


def codes_of(findings: list[Finding]) -> list[str]:
    """Name the codes of findings."""
    return [finding.code for finding in findings]
