"""``--set name=value``: settings as they are typed, in the types that a session wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.cli.people import Misuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compassion_protocols import Protocol


def parse_settings(protocol: Protocol, given: Sequence[str]) -> dict[str, object]:
    """The settings of ``--set``, by name. What they may be is the session's to say."""
    defaults = {setting.name: setting.default for setting in protocol.settings}
    settings: dict[str, object] = {}
    for part in given:
        name, separator, text = part.partition("=")
        if not separator:
            raise Misuse(f"“--set {part}” lacks its value; it is written name=value.")
        name = name.strip().replace("-", "_")
        settings[name] = _typed(text.strip(), defaults.get(name))
    return settings


def _typed(text: str, default: object) -> object:
    if isinstance(default, bool):
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.casefold(), text)
    if type(default) in (int, float):
        return _number(text)
    if isinstance(default, tuple):
        return tuple(item.strip() for item in text.split(";") if item.strip())
    return text


def _number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
