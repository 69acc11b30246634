"""What a script is, and which protocol it is about."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.scripts.script import Script


@pytest.mark.parametrize(
    ("said", "protocol"),
    [
        ("", "cases/calm.protocol.yaml"),
        ("a-circle", "a-circle"),
        ("other.protocol.yaml", "cases/other.protocol.yaml"),
        ("../other.protocol.yaml", "cases/../other.protocol.yaml"),
    ],
)
def test_a_script_is_about_the_file_beside_it(said: str, protocol: str) -> None:
    """It is the one beside it, or the one that it names: an id, or a file as seen from there."""
    script = Script(about="A script.", people={"": ("Ana",)}, protocol=said, entries=())
    assert script.protocol_for("cases/calm.script.yaml") == protocol
