"""The pytest plugin: a file ``*.protocol.yaml`` becomes its trials, a ``*.script.yaml`` its case.

pytest imports this module whenever it starts, in every project of whoever has installed the
library. So nothing else of the library is imported before such a file is met; a test holds that.
``-p no:compassion_protocols`` switches it off.
"""

from __future__ import annotations

# Set here because importing it from typing costs something in every run of pytest.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SUFFIXES = (".protocol.yaml", ".script.yaml")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The lines that a project may write into its pytest configuration."""
    parser.addini(
        "compassion_folders",
        "the folders whose protocols and scripts are tested; everywhere, if this is not written",
        type="paths",
        default=None,
    )
    parser.addini(
        "compassion_runs", "how many sessions of each protocol are simulated", default="100"
    )
    parser.addini("compassion_seed", "what the simulation starts from", default="0")
    parser.addini("compassion_warnings", "whether a warning fails, too", type="bool", default=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The trials of a protocol, or the case of a script; None for every other file."""
    if not file_path.name.endswith(SUFFIXES):
        return None
    folders = parent.config.getini("compassion_folders")
    if folders is not None and not any(file_path.is_relative_to(folder) for folder in folders):
        return None
    from compassion_protocols.testing.collecting import collected  # see above

    return collected(file_path, parent)
