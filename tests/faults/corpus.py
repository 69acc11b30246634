"""All seeded faults, and whether each of them is found."""

from __future__ import annotations

from functools import cache

from attrs import frozen

import tests.faults.answers
import tests.faults.caring
import tests.faults.people
import tests.faults.shape
import tests.faults.words  # noqa: F401  # each of them registers its kinds
from compassion_protocols.catalog import Source, bundled
from compassion_protocols.findings import Finding, Severity
from compassion_protocols.loading import examine
from tests.faults.fault import KINDS, Fault

FILE = "seeded"


@frozen
class Tried:
    """A fault, and what was found on its lines."""

    fault: Fault
    found: tuple[Finding, ...]

    @property
    def only_a_hint(self) -> bool:
        return all(finding.severity is Severity.NOTE for finding in self.found)


@cache
def tried() -> tuple[Tried, ...]:
    """Every fault, examined as `lint` does it. Where two kinds make the same file, the first."""
    faults = {fault.text: fault for kind in reversed(KINDS) for fault in kind.faults()}
    return tuple(map(_tried, reversed(faults.values())))


def _tried(fault: Fault) -> Tried:
    findings = examine(Source(FILE, fault.text.encode()), bundled()).findings
    here = [f for f in findings if f.span.file == FILE and f.span.line in fault.lines]
    return Tried(fault, tuple(here))
