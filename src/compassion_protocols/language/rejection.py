"""What is raised where a text or a condition is not in the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.errors import CompassionError

if TYPE_CHECKING:
    from compassion_protocols.findings import Finding


class LanguageRejected(CompassionError):
    """A text or a condition has errors; ``findings`` holds all of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(map(str, findings)))
