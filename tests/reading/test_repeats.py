"""Anchors, aliases and merge keys."""

from __future__ import annotations

import pytest

from compassion_protocols.findings import Finding
from compassion_protocols.reading.compose import compose


def find(text: str) -> tuple[Finding, ...]:
    """What is wrong with a file of this text."""
    return compose(text.encode(), "calm.yaml").findings


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: &b 1\n", ""),
        ("a: &b 1\nc: *b\n", " (see line 2)"),
        ("a: &b {d: 1}\nc: *b\ne:\n  <<: *b\nf: &g 1\n", " (see lines 2, 4, 5)"),
        ("a: &b 1\n" + "".join(f"c{n}: *b\n" for n in range(8)), "2, 3, 4, 5, 6 and 3 more)"),
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_one_idea_gives_one_finding(text: str, lines: str) -> None:
    """An anchor and all that goes with it are one finding that names all their lines."""
    findings = find(text)
    assert [finding.code for finding in findings] == ["CP030"]
    assert str(findings[0].span) == "calm.yaml:1:4"
    assert f"{lines}; a protocol" in findings[0].message


def test_an_alias_of_nothing_is_most_likely_a_text() -> None:
    """An alias without an anchor is shown in quotes, whether or not there are other anchors."""
    findings = find("a: &b 1\nsay: *Breathe*\nask: *slowly\n")
    assert [finding.code for finding in findings] == ["CP030", "CP012", "CP031"]
    assert findings[2].remedy.endswith('"*slowly"')


def test_each_merge_key_without_an_anchor_has_its_place() -> None:
    """A merge key is a finding of its own where no anchor explains it, and merges nothing."""
    composed = compose(b"a:\n  <<: {b: 1}\nc:\n  <<: {d: 1}\n", "calm.yaml")
    assert [(f.code, f.span.line) for f in composed.findings] == [("CP032", 2), ("CP032", 4)]
    assert composed.root == {"a": {}, "c": {}}


def test_a_quoted_merge_key_is_a_name() -> None:
    """In quotes, the sign for merging is a name like any other."""
    assert find('"<<": {b: 1}\n') == ()
