"""What the checks find in a small protocol, written as YAML without its head."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, TypedDict

from compassion_protocols.catalog import bundled
from compassion_protocols.checking.check import check
from compassion_protocols.checking.gather import gather
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from tests.plans import HEAD, protocol_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.checking.facts import Facts
    from compassion_protocols.findings import Finding
    from compassion_protocols.model.instruments import Instrument
    from compassion_protocols.model.practices import Practice
    from compassion_protocols.model.protocol import Protocol

LISTS = {"solving": ("you should", "why don't you"), "feelings": ("hurt", "lonely")}


class Known(TypedDict):
    """What a catalog knows beside its word lists, as `check` wants it."""

    known_practices: Mapping[str, Practice] | None
    known_instruments: Mapping[str, Instrument] | None
    known_wordings: Mapping[str, Mapping[str, str]]


KNOWN = Known(
    known_practices=bundled().practices(),
    known_instruments=bundled().instruments(),
    known_wordings={
        "labels": {"suffers from": "lives with", "addicts": "people with an addiction"},
        "promises": {"cures": "may help with", "never fight again": ""},
        "practices": {"body scan": "body-scan"},
    },
)
"""The registries that are shipped, and a few wordings."""


def whole(text: str) -> Protocol:
    """Read and link a protocol whose head may be left out."""
    linking = link(protocol_of(text), _find)
    assert not linking.findings, [str(finding) for finding in linking.findings]
    return linking.protocol


def _find(protocol: str) -> Protocol | None:
    source = bundled().source(protocol)
    return None if source is None else read(source.data, source.name).protocol


def facts_of(text: str) -> Facts:
    """Gather the facts of a protocol."""
    return gather(whole(text))


def findings(text: str) -> tuple[Finding, ...]:
    """Check a protocol, with two word lists and no practices.

    What nothing uses is left out: the heads of the tests declare more than each case reads, and
    seat more people than it is for.
    """
    return _but_unused(check(whole(text), known_lists=LISTS))


def _but_unused(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in found if finding.code not in ("CP514", "CP515", "CP829"))


def codes(text: str) -> list[str]:
    """Name the codes of what is found, in order of place."""
    return [finding.code for finding in findings(text)]


def known_findings(text: str) -> tuple[Finding, ...]:
    """Check a protocol with all that a catalog knows, as :func:`findings` does."""
    return _but_unused(check(whole(text), known_lists=LISTS, **KNOWN))


def known_codes(text: str) -> list[str]:
    """Name the codes of what is found with all that a catalog knows."""
    return [finding.code for finding in known_findings(text)]


def only(text: str) -> Finding:
    """Give the one thing that is found."""
    [finding] = findings(text)
    return finding


def at_mark(text: str) -> tuple[str, tuple[int, int]]:
    """Take the mark ⟦ out of a text, and say at which line and column of the file it stood."""
    text = dedent(text)
    lines = text.splitlines()
    head = [key for key in HEAD if not any(line.startswith(f"{key}:") for line in lines)]
    [(row, column)] = [(n, line.index("⟦")) for n, line in enumerate(lines) if "⟦" in line]
    return text.replace("⟦", ""), (len(head) + row + 1, column + 1)
