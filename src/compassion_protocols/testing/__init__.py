"""For those who test protocols, and hosts of them: what to draw, and what must hold.

The names of ``__all__`` are imported from here, and each is loaded when it is first asked for:
drawing by lot wants hypothesis, which is slow to import and comes only with the extra ``testing``.
The pytest plugin is :mod:`.pytest_plugin`; pytest finds it by itself.
"""

# Set here because importing it from typing costs more than the rest of this file.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from compassion_protocols.testing.drawing import plans as plans
    from compassion_protocols.testing.drawing import sessions as sessions
    from compassion_protocols.testing.events import event_sequences as event_sequences
    from compassion_protocols.testing.strategies import as_yaml as as_yaml
    from compassion_protocols.testing.strategies import protocols as protocols
    from compassion_protocols.testing.trials import ProtocolFailed as ProtocolFailed
    from compassion_protocols.testing.trials import check_protocol as check_protocol

# Each public name, and the module of this folder that it lives in.
_HOME = {
    "as_yaml": "strategies",
    "check_protocol": "trials",
    "event_sequences": "events",
    "plans": "drawing",
    "ProtocolFailed": "trials",
    "protocols": "strategies",
    "sessions": "drawing",
}

__all__ = list(_HOME)

if not TYPE_CHECKING:  # A type checker that saw __getattr__ would believe every misspelt name.

    def __getattr__(name: str) -> object:
        """Load a public name from its home. ImportError if what it needs is not installed."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # not needed until a name is

        try:
            home = import_module(f"{__name__}.{_HOME[name]}")
        except ModuleNotFoundError as missing:
            if missing.name != "hypothesis":
                raise
            needs = "pip install 'compassion-protocols[testing]'"
            raise ImportError(f"{__name__}.{name} needs hypothesis: {needs}") from missing
        return getattr(home, name)
