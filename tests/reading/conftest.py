"""What the tests of reading share."""

from __future__ import annotations

import pytest
import yaml

from compassion_protocols.reading import events

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if events.HAS_LIBYAML else [])]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the pure Python parser, and then with libyaml's."""
    monkeypatch.setattr(events, "_LOADER", request.param)
