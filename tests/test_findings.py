"""Every kind of finding has an example that shows it, and a page that explains it.

The example of a code is ``tests/findings/<code>.yaml``, or ``.bin`` for what is not text: a whole
small protocol with one mistake. Its first line says where the mistake is: ``# expect: CP104 12:5``.
What an example includes or extends stands in ``tests/findings/included/``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compassion_protocols.catalog import Source
from compassion_protocols.checking.check import check
from compassion_protocols.errors import ProtocolRejected
from compassion_protocols.findings import CODES, Finding, Severity
from compassion_protocols.model.protocol import Protocol
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from tests.checking.found import KNOWN

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(
    path for path in (ROOT / "tests" / "findings").iterdir() if path.suffix in (".yaml", ".bin")
)
PAGES = ROOT / "docs" / "reference" / "findings"
EXPECTED = re.compile(rb"# expect: (CP[0-9]{3}) ([0-9]+):([0-9]+)\b")
LISTS = {"cards": ("rest", "play", "work")}


class Extended:
    """Finds the file that an example extends."""

    folder = ROOT / "tests" / "findings" / "included"
    known = tuple(path.stem for path in folder.iterdir())

    def __call__(self, protocol: str) -> Source | None:
        """Read its bytes, if it is there."""
        if protocol not in self.known:
            return None
        return Source(f"{protocol}.yaml", (self.folder / f"{protocol}.yaml").read_bytes())


class Included:
    """Finds what an example includes."""

    known = Extended.known

    def __call__(self, protocol: str) -> Protocol | None:
        """Read it, if it is there."""
        source = Extended()(protocol)
        if source is None:
            return None
        reading = read(source.data, source.name, Extended())
        if reading.protocol is None:
            raise ProtocolRejected(reading.findings)
        return reading.protocol


def found_in(path: Path) -> tuple[Finding, ...]:
    """Read, link and check an example, as far as there is something to go on with."""
    reading = read(path.read_bytes(), path.name, Extended())
    if reading.draft is None:
        return reading.findings
    linking = link(reading.draft, Included(), LISTS)
    if any(finding.severity is Severity.ERROR for finding in linking.findings):
        return reading.together_with(linking.findings)
    found = check(linking.protocol, known_lists=LISTS, **KNOWN)
    return reading.together_with((*linking.findings, *found))


def is_found(path: Path) -> bool:
    """Tell whether an example has, among all its findings, the one that it says, in its place."""
    expected = EXPECTED.match(path.read_bytes())
    assert expected, "the first line says what to expect"
    code, line, column = expected.groups()
    wanted = code.decode(), int(line), int(column)
    return wanted in [(f.code, f.span.line, f.span.column) for f in found_in(path)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_shows_its_finding(path: Path) -> None:
    """The example of a code has exactly that finding, at the place that it says."""
    expected = EXPECTED.match(path.read_bytes())
    assert expected, "the first line says what to expect"
    code, line, column = expected.groups()
    [finding] = found_in(path)
    assert code.decode() == path.stem == finding.code
    assert (finding.span.line, finding.span.column) == (int(line), int(column))
    assert finding.message
    assert finding.remedy


def test_every_code_has_an_example() -> None:
    """Each code has one example, and each example is of a code."""
    assert [path.stem for path in EXAMPLES] == sorted(CODES)


def test_every_code_has_a_page() -> None:
    """Each code has a page that says what it is called, and each page is of a code."""
    assert sorted(path.stem for path in PAGES.glob("CP*.md")) == sorted(CODES)
    for code in CODES.values():
        title = (PAGES / f"{code.id}.md").read_text("utf-8").splitlines()[0]
        assert title == f"# {code.id}: {code.title}"
