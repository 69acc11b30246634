"""Therapeutic exercises written in YAML, run for one person, two partners or a group.

The public names are those of ``__all__``, and they are imported from here. Each
is loaded when it is first asked for, so that ``import compassion_protocols``
costs next to nothing. To add a name, write it in ``_HOME`` and import it under
``TYPE_CHECKING``; a test holds that the two agree.
"""

# Set here because importing it from typing costs more than the rest of this file.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from compassion_protocols.errors import AnswerRefused as AnswerRefused
    from compassion_protocols.errors import CompassionError as CompassionError
    from compassion_protocols.errors import EventNotAllowed as EventNotAllowed
    from compassion_protocols.errors import FacilitatorNeeded as FacilitatorNeeded
    from compassion_protocols.errors import NotReady as NotReady
    from compassion_protocols.errors import PeopleRejected as PeopleRejected
    from compassion_protocols.errors import ProtocolNotFound as ProtocolNotFound
    from compassion_protocols.errors import ProtocolRejected as ProtocolRejected
    from compassion_protocols.errors import SessionExists as SessionExists
    from compassion_protocols.errors import SessionMoved as SessionMoved
    from compassion_protocols.errors import SettingRejected as SettingRejected
    from compassion_protocols.errors import SnapshotRejected as SnapshotRejected
    from compassion_protocols.errors import StaleMoment as StaleMoment
    from compassion_protocols.errors import UnknownSession as UnknownSession
    from compassion_protocols.findings import Finding as Finding
    from compassion_protocols.findings import Severity as Severity
    from compassion_protocols.findings import Span as Span

__version__ = "0.1.0"

# Each public name, and the module of this package that it lives in.
_HOME = {
    "AnswerRefused": "errors",
    "CompassionError": "errors",
    "EventNotAllowed": "errors",
    "FacilitatorNeeded": "errors",
    "Finding": "findings",
    "NotReady": "errors",
    "PeopleRejected": "errors",
    "ProtocolNotFound": "errors",
    "ProtocolRejected": "errors",
    "SessionExists": "errors",
    "SessionMoved": "errors",
    "SettingRejected": "errors",
    "Severity": "findings",
    "SnapshotRejected": "errors",
    "Span": "findings",
    "StaleMoment": "errors",
    "UnknownSession": "errors",
}

__all__ = ["__version__", *_HOME]

if not TYPE_CHECKING:  # A type checker that saw __getattr__ would believe every misspelt name.

    def __getattr__(name: str) -> object:
        """Load a public name from its home, once."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # not needed until a name is

        value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        return value

    def __dir__() -> list[str]:
        """List the public names beside what any module has."""
        return sorted({*globals(), *_HOME})
