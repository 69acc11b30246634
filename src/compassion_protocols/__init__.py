"""Therapeutic exercises written in YAML, run for one person, two partners or a group.

The public names are those of ``__all__``, and they are imported from here. Each
is loaded when it is first asked for, so that ``import compassion_protocols``
costs next to nothing. To add a name, write it in ``_HOME`` and import it under
``TYPE_CHECKING``; a test holds that the two agree.
"""

# Set here because importing it from typing costs more than the rest of this file.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from compassion_protocols.authoring.beginning.scaffold import Outline as Outline
    from compassion_protocols.authoring.beginning.scaffold import id_from_title as id_from_title
    from compassion_protocols.authoring.beginning.scaffold import scaffold as scaffold
    from compassion_protocols.authoring.comparing.changes import Change as Change
    from compassion_protocols.authoring.comparing.changes import Topic as Topic
    from compassion_protocols.authoring.comparing.diff import compare as compare
    from compassion_protocols.authoring.flowcharts.graph import chart_of as chart_of
    from compassion_protocols.authoring.flowcharts.mermaid import as_mermaid as as_mermaid
    from compassion_protocols.authoring.paper.handout import handout as handout
    from compassion_protocols.authoring.paper.leaflet import Reader as Reader
    from compassion_protocols.authoring.paper.leaflet_html import leaflet_as_html as leaflet_as_html
    from compassion_protocols.authoring.paper.leaflet_markdown import (
        leaflet_as_markdown as leaflet_as_markdown,
    )
    from compassion_protocols.authoring.schema.schema import language_schema as language_schema
    from compassion_protocols.authoring.scripts.playing import Missed as Missed
    from compassion_protocols.authoring.scripts.playing import Played as Played
    from compassion_protocols.authoring.scripts.playing import play_script as play_script
    from compassion_protocols.authoring.scripts.reading import read_script as read_script
    from compassion_protocols.authoring.scripts.script import Script as Script
    from compassion_protocols.authoring.scripts.transcripts import (
        all_transcripts as all_transcripts,
    )
    from compassion_protocols.authoring.scripts.transcripts import unlike_kept as unlike_kept
    from compassion_protocols.authoring.scripts.writing import write_script as write_script
    from compassion_protocols.authoring.simulating.simulate import Failure as Failure
    from compassion_protocols.authoring.simulating.simulate import Simulation as Simulation
    from compassion_protocols.authoring.simulating.simulate import simulate as simulate
    from compassion_protocols.catalog import Catalog as Catalog
    from compassion_protocols.catalog import bundled as bundled
    from compassion_protocols.catalog import find_source as find_source
    from compassion_protocols.checking.bounds import SizeBounds as SizeBounds
    from compassion_protocols.checking.bounds import bounds as bounds
    from compassion_protocols.checking.completeness import completeness as completeness
    from compassion_protocols.checking.reading_ease import reading_grade as reading_grade
    from compassion_protocols.errors import AnswerRefused as AnswerRefused
    from compassion_protocols.errors import CompassionError as CompassionError
    from compassion_protocols.errors import EventNotAllowed as EventNotAllowed
    from compassion_protocols.errors import FacilitatorNeeded as FacilitatorNeeded
    from compassion_protocols.errors import MigrationRefused as MigrationRefused
    from compassion_protocols.errors import NotReady as NotReady
    from compassion_protocols.errors import PeopleRejected as PeopleRejected
    from compassion_protocols.errors import ProtocolNotFound as ProtocolNotFound
    from compassion_protocols.errors import ProtocolRejected as ProtocolRejected
    from compassion_protocols.errors import ScriptRejected as ScriptRejected
    from compassion_protocols.errors import SessionExists as SessionExists
    from compassion_protocols.errors import SessionMoved as SessionMoved
    from compassion_protocols.errors import SettingRejected as SettingRejected
    from compassion_protocols.errors import SnapshotRejected as SnapshotRejected
    from compassion_protocols.errors import StaleMoment as StaleMoment
    from compassion_protocols.errors import StoreRejected as StoreRejected
    from compassion_protocols.errors import StoreUnavailable as StoreUnavailable
    from compassion_protocols.errors import UnknownSession as UnknownSession
    from compassion_protocols.findings import Finding as Finding
    from compassion_protocols.findings import Severity as Severity
    from compassion_protocols.findings import Span as Span
    from compassion_protocols.language.text import printable as printable
    from compassion_protocols.language.values import Person as Person
    from compassion_protocols.language.values import counted as counted
    from compassion_protocols.language.values import from_to as from_to
    from compassion_protocols.language.values import listed as listed
    from compassion_protocols.loading import examine as examine
    from compassion_protocols.loading import load as load
    from compassion_protocols.loading import load_sources as load_sources
    from compassion_protocols.model.adaptation import Adaptation as Adaptation
    from compassion_protocols.model.care import CarePolicy as CarePolicy
    from compassion_protocols.model.care import CrisisLine as CrisisLine
    from compassion_protocols.model.plan import Plan as Plan
    from compassion_protocols.model.protocol import Audience as Audience
    from compassion_protocols.model.protocol import Family as Family
    from compassion_protocols.model.protocol import Protocol as Protocol
    from compassion_protocols.render.data import VIEW_SCHEMA as VIEW_SCHEMA
    from compassion_protocols.render.data import to_json as to_json
    from compassion_protocols.render.data import transcript_as_data as transcript_as_data
    from compassion_protocols.render.data import transcript_as_json as transcript_as_json
    from compassion_protocols.render.data import view_as_data as view_as_data
    from compassion_protocols.render.html import as_html as as_html
    from compassion_protocols.render.ink import Ink as Ink
    from compassion_protocols.render.markdown import as_markdown as as_markdown
    from compassion_protocols.render.markdown import (
        transcript_as_markdown as transcript_as_markdown,
    )
    from compassion_protocols.render.registry import RENDERERS as RENDERERS
    from compassion_protocols.render.reply import Wish as Wish
    from compassion_protocols.render.reply import read_reply as read_reply
    from compassion_protocols.render.text import as_text as as_text
    from compassion_protocols.render.text import help_as_text as help_as_text
    from compassion_protocols.render.text import prose_as_text as prose_as_text
    from compassion_protocols.render.wording import answer_in_words as answer_in_words
    from compassion_protocols.render.wording import source_in_words as source_in_words
    from compassion_protocols.session.effects import Alert as Alert
    from compassion_protocols.session.effects import Answered as Answered
    from compassion_protocols.session.effects import Effect as Effect
    from compassion_protocols.session.effects import Ended as Ended
    from compassion_protocols.session.effects import Invited as Invited
    from compassion_protocols.session.effects import Kept as Kept
    from compassion_protocols.session.effects import Opened as Opened
    from compassion_protocols.session.effects import Paused as Paused
    from compassion_protocols.session.effects import Resumed as Resumed
    from compassion_protocols.session.effects import TimerSet as TimerSet
    from compassion_protocols.session.events import Advance as Advance
    from compassion_protocols.session.events import Answer as Answer
    from compassion_protocols.session.events import Back as Back
    from compassion_protocols.session.events import Continue as Continue
    from compassion_protocols.session.events import Distress as Distress
    from compassion_protocols.session.events import Erase as Erase
    from compassion_protocols.session.events import Event as Event
    from compassion_protocols.session.events import Extend as Extend
    from compassion_protocols.session.events import Join as Join
    from compassion_protocols.session.events import Leave as Leave
    from compassion_protocols.session.events import Pause as Pause
    from compassion_protocols.session.events import Resume as Resume
    from compassion_protocols.session.events import Skip as Skip
    from compassion_protocols.session.events import Stop as Stop
    from compassion_protocols.session.events import Tick as Tick
    from compassion_protocols.session.events import event_from_json as event_from_json
    from compassion_protocols.session.keepsakes import Keepsake as Keepsake
    from compassion_protocols.session.lines import STANDING_LINES as STANDING_LINES
    from compassion_protocols.session.migrating import Migration as Migration
    from compassion_protocols.session.migrating import migrate as migrate
    from compassion_protocols.session.migrating import migration as migration
    from compassion_protocols.session.rehearse import rehearsal as rehearsal
    from compassion_protocols.session.rehearse import rehearse as rehearse
    from compassion_protocols.session.rehearse import reply_from_example as reply_from_example
    from compassion_protocols.session.session import Session as Session
    from compassion_protocols.session.standing import help_for as help_for
    from compassion_protocols.session.state import Screen as Screen
    from compassion_protocols.session.state import Status as Status
    from compassion_protocols.session.transcript import Transcript as Transcript
    from compassion_protocols.session.transition import transition as transition
    from compassion_protocols.session.verdicts import MomentVerdict as MomentVerdict
    from compassion_protocols.session.verdicts import Verdict as Verdict
    from compassion_protocols.session.view import View as View
    from compassion_protocols.sessions import Outcome as Outcome
    from compassion_protocols.sessions import Sessions as Sessions
    from compassion_protocols.stores.contract import Store as Store
    from compassion_protocols.stores.memory import MemoryStore as MemoryStore
    from compassion_protocols.stores.sqlite import SQLiteStore as SQLiteStore

__version__ = "0.1.0"

# Each public name, and the module of this package that it lives in.
_HOME = {
    "Adaptation": "model.adaptation",
    "Advance": "session.events",
    "Alert": "session.effects",
    "all_transcripts": "authoring.scripts.transcripts",
    "Answer": "session.events",
    "answer_in_words": "render.wording",
    "Answered": "session.effects",
    "AnswerRefused": "errors",
    "as_html": "render.html",
    "as_markdown": "render.markdown",
    "as_mermaid": "authoring.flowcharts.mermaid",
    "as_text": "render.text",
    "Audience": "model.protocol",
    "Back": "session.events",
    "bounds": "checking.bounds",
    "bundled": "catalog",
    "CarePolicy": "model.care",
    "Catalog": "catalog",
    "chart_of": "authoring.flowcharts.graph",
    "Change": "authoring.comparing.changes",
    "compare": "authoring.comparing.diff",
    "CompassionError": "errors",
    "completeness": "checking.completeness",
    "Continue": "session.events",
    "counted": "language.values",
    "CrisisLine": "model.care",
    "Distress": "session.events",
    "Effect": "session.effects",
    "Ended": "session.effects",
    "Erase": "session.events",
    "Event": "session.events",
    "event_from_json": "session.events",
    "EventNotAllowed": "errors",
    "examine": "loading",
    "Extend": "session.events",
    "FacilitatorNeeded": "errors",
    "Failure": "authoring.simulating.simulate",
    "Family": "model.protocol",
    "find_source": "catalog",
    "Finding": "findings",
    "from_to": "language.values",
    "handout": "authoring.paper.handout",
    "help_as_text": "render.text",
    "help_for": "session.standing",
    "id_from_title": "authoring.beginning.scaffold",
    "Ink": "render.ink",
    "Invited": "session.effects",
    "Join": "session.events",
    "Keepsake": "session.keepsakes",
    "Kept": "session.effects",
    "language_schema": "authoring.schema.schema",
    "leaflet_as_html": "authoring.paper.leaflet_html",
    "leaflet_as_markdown": "authoring.paper.leaflet_markdown",
    "Leave": "session.events",
    "listed": "language.values",
    "load": "loading",
    "load_sources": "loading",
    "MemoryStore": "stores.memory",
    "Missed": "authoring.scripts.playing",
    "migrate": "session.migrating",
    "Migration": "session.migrating",
    "migration": "session.migrating",
    "MigrationRefused": "errors",
    "MomentVerdict": "session.verdicts",
    "NotReady": "errors",
    "Opened": "session.effects",
    "Outcome": "sessions",
    "Outline": "authoring.beginning.scaffold",
    "Pause": "session.events",
    "Paused": "session.effects",
    "PeopleRejected": "errors",
    "Person": "language.values",
    "Plan": "model.plan",
    "play_script": "authoring.scripts.playing",
    "Played": "authoring.scripts.playing",
    "printable": "language.text",
    "prose_as_text": "render.text",
    "Protocol": "model.protocol",
    "ProtocolNotFound": "errors",
    "ProtocolRejected": "errors",
    "read_reply": "render.reply",
    "reading_grade": "checking.reading_ease",
    "read_script": "authoring.scripts.reading",
    "Reader": "authoring.paper.leaflet",
    "rehearsal": "session.rehearse",
    "rehearse": "session.rehearse",
    "RENDERERS": "render.registry",
    "reply_from_example": "session.rehearse",
    "Resume": "session.events",
    "Resumed": "session.effects",
    "scaffold": "authoring.beginning.scaffold",
    "Screen": "session.state",
    "Script": "authoring.scripts.script",
    "ScriptRejected": "errors",
    "Session": "session.session",
    "SessionExists": "errors",
    "SessionMoved": "errors",
    "Sessions": "sessions",
    "SettingRejected": "errors",
    "Severity": "findings",
    "simulate": "authoring.simulating.simulate",
    "Simulation": "authoring.simulating.simulate",
    "SizeBounds": "checking.bounds",
    "Skip": "session.events",
    "SnapshotRejected": "errors",
    "source_in_words": "render.wording",
    "Span": "findings",
    "SQLiteStore": "stores.sqlite",
    "StaleMoment": "errors",
    "STANDING_LINES": "session.lines",
    "Status": "session.state",
    "Stop": "session.events",
    "Store": "stores.contract",
    "StoreRejected": "errors",
    "StoreUnavailable": "errors",
    "Tick": "session.events",
    "TimerSet": "session.effects",
    "to_json": "render.data",
    "Topic": "authoring.comparing.changes",
    "Transcript": "session.transcript",
    "transcript_as_data": "render.data",
    "transcript_as_json": "render.data",
    "transcript_as_markdown": "render.markdown",
    "transition": "session.transition",
    "UnknownSession": "errors",
    "unlike_kept": "authoring.scripts.transcripts",
    "Verdict": "session.verdicts",
    "View": "session.view",
    "view_as_data": "render.data",
    "VIEW_SCHEMA": "render.data",
    "Wish": "render.reply",
    "write_script": "authoring.scripts.writing",
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
