"""``run``: lead people through an exercise, from the choice of it to its transcript."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict

from compassion_protocols import (
    FacilitatorNeeded,
    NotReady,
    Screen,
    Session,
    load,
    transcript_as_data,
    transcript_as_json,
    transcript_as_markdown,
)
from compassion_protocols.cli.admission import (
    HOW_TO_VOUCH,
    cleared_by_words,
    is_cleared_on_examples,
    say_not_ready,
    show_what_comes_first,
)
from compassion_protocols.cli.clearing import words_for
from compassion_protocols.cli.clock import Clock, local_offset
from compassion_protocols.cli.console import Console
from compassion_protocols.cli.host import Host
from compassion_protocols.cli.keeping import (
    keep_session,
    kept_session,
    place_for,
    transcript_path,
    write_privately,
)
from compassion_protocols.cli.keyboard import Keyboard
from compassion_protocols.cli.opening import show_opening
from compassion_protocols.cli.people import (
    EXAMPLE_FACILITATOR,
    FACILITATED_TIER,
    Misuse,
    ask_for_facilitator,
    ask_for_people,
    fill_with_examples,
    parse_names,
    parse_people,
)
from compassion_protocols.cli.screens import Screens
from compassion_protocols.cli.settings import parse_settings
from compassion_protocols.cli.together import common_keepsakes, common_transcript
from compassion_protocols.cli.typist import Typist

if TYPE_CHECKING:
    from argparse import Namespace

    from compassion_protocols import Plan, Transcript

DEFAULT = "three-breath-pause"
RUN_VERSION = 1


class Run:
    """One ``run``, with where its words go and where its answers come from."""

    def __init__(self, arguments: Namespace) -> None:
        self.arguments = arguments
        apart = arguments.json or arguments.transcript == "json"
        watched = sys.stdout.isatty()
        beside = apart or (not watched and Keyboard.at_terminal() and not arguments.autoplay)
        self.console = Console(sys.stderr if beside else sys.stdout, still=arguments.still)
        self.keyboard = Keyboard(self.console.out, editing=self.console.rich)
        self.is_asked = self.keyboard.is_terminal and not arguments.autoplay
        self.kept: Path | None = None

    def run(self) -> int:
        """Lead through it; the exit code."""
        if self.arguments.resume:
            session = self._resumed(Path(self.arguments.resume))
        else:
            plan = load(self.arguments.protocol or self._chosen())
            begun = self._begun(plan)
            if begun is None:
                return 2
            session = begun
        if self.arguments.autoplay:
            return self._autoplay(session)
        return self._lead(session)

    # beginning

    def _chosen(self) -> str:
        if not self.is_asked:
            return DEFAULT
        from compassion_protocols.cli.shelf import pick  # only where there is a choice

        return pick(self.keyboard, self.console) or DEFAULT

    def _resumed(self, path: Path) -> Session:
        given = self.arguments
        if given.protocol or given.people or given.settings or given.cleared or given.facilitator:
            raise Misuse("A kept session goes on with the people and settings that it has.")
        session = kept_session(path)
        if self.arguments.keep is not None:
            self.kept = path if self.arguments.keep == "" else place_for(self.arguments.keep, "")
        return session

    def _begun(self, plan: Plan) -> Session | None:
        """A new session; None if it may not begin."""
        protocol = plan.protocol
        if self.arguments.keep is not None:
            if protocol.care.clears is not None:
                raise Misuse("A screening is never written down; leave --keep out.")
            self.kept = place_for(self.arguments.keep, protocol.id)
        settings = parse_settings(protocol, self.arguments.settings)
        people = parse_people(protocol, self.arguments.people)
        if self.is_asked:
            people = ask_for_people(protocol, people, self.keyboard, self.console)
        else:
            people = fill_with_examples(protocol, people)
        names = [name for group in people.values() for name in group]
        cleared = parse_names(self.arguments.cleared or "")
        if protocol.care.screen and not self.arguments.cleared:
            cleared = self._cleared(plan, names)
        try:
            return Session.start(
                plan,
                people,
                at=Clock().now(),
                cleared=cleared,
                facilitator=self._facilitator(plan),
                settings=settings,
                screen=Screen.SHARED if len(names) > 1 else Screen.OWN,
                locale=self.arguments.locale,
                utc_offset=local_offset(),
                seed=self._seed(),
            )
        except FacilitatorNeeded:
            raise Misuse(
                f"“{protocol.title}” needs someone who leads it: add --facilitator NAME."
            ) from None
        except NotReady as error:
            say_not_ready(plan, str(error), self.arguments.locale, self.console)
            return None

    def _cleared(self, plan: Plan, names: list[str]) -> list[str]:
        """Those who may begin: by their examples, by the words that they bring, or nobody."""
        if self.arguments.autoplay:
            return [name for name in names if is_cleared_on_examples(plan, name, self.console)]
        show_what_comes_first(plan.protocol, self.console)
        if self.is_asked:
            return cleared_by_words(names, self.keyboard, self.console)
        self.console.say(HOW_TO_VOUCH)
        return []

    def _facilitator(self, plan: Plan) -> str | None:
        name: str | None = self.arguments.facilitator
        if name or plan.protocol.care.tier < FACILITATED_TIER:
            return name
        if self.arguments.autoplay:
            return EXAMPLE_FACILITATOR
        return ask_for_facilitator(self.keyboard, self.console) if self.is_asked else None

    def _seed(self) -> int:
        if self.arguments.seed is not None:
            return int(self.arguments.seed)
        return 0 if self.arguments.autoplay else _draw(2**31)

    # going through it

    def _autoplay(self, session: Session) -> int:
        from compassion_protocols.cli.autoplay import play

        screens = Screens(session, self.console)
        self._open(session, screens)
        play(session, screens)
        self._keep(session)
        self._finish(session)
        return 0

    def _lead(self, session: Session) -> int:
        clock = Clock(self.arguments.speed, session.state.now)
        screens = Screens(session, self.console)
        typist = Typist(self.keyboard, self.console, clock)
        host = Host(
            session,
            screens,
            typist,
            utc_offset=session.state.setup.utc_offset,
            moved_on=lambda: self._keep(session),
        )
        self._open(session, screens)
        if self.is_asked and not session.state.pause and not host.is_welcome():
            return 0
        try:
            is_over = host.lead()
            if session.plan.protocol.care.clears is not None:
                self._end_screening(session, host)
                return 0
        finally:
            screens.cover()
        if not is_over:
            self._say_how_to_go_on()
        self._finish(session)
        return 0

    def _open(self, session: Session, screens: Screens) -> None:
        names = [person.name for person in session.state.setup.people]
        show_opening(session.plan.protocol, screens.view, names, self.console)
        self._keep(session)

    def _end_screening(self, session: Session, host: Host) -> None:
        """The same for everyone: two words, and nothing left on the screen."""
        words = words_for(session.cleared, host.typist.clock.now(), _draw)
        self.console.say()
        self.console.say("Your two words:")
        self.console.say(words, self.console.ink.strong, indent=2)
        self.console.say("Everyone gets two, whatever they answered. Remember them until tomorrow.")
        if self.is_asked:
            self.console.say("Enter clears the screen.", self.console.ink.quiet)
            self.keyboard.line(self.console.prompt)
        if self.arguments.json:
            print(json.dumps(self._as_data(session, None), indent=2))

    def _say_how_to_go_on(self) -> None:
        self.console.say()
        self.console.say("We stop here for now. Whatever you did today is enough.")
        if self.kept is not None:
            self.console.say(
                f"To go on from here: compassion-protocols run --resume {self.kept} --keep"
            )
        else:
            self.console.say("Nothing was written down. With --keep you can go on another time.")

    # what is left

    def _keep(self, session: Session) -> None:
        if self.kept is not None:
            keep_session(self.kept, session)

    def _finish(self, session: Session) -> None:
        transcript = common_transcript(session)
        offset = session.state.setup.utc_offset
        self._show_keepsakes(session)
        if self.kept is not None:
            self._keep_transcript(self.kept, transcript, offset)
        if self.arguments.json:
            print(json.dumps(self._as_data(session, transcript), indent=2))
        elif self.arguments.transcript == "json":
            print(transcript_as_json(transcript))
        elif self.arguments.transcript or not (self.is_asked and sys.stdout.isatty()):
            print(f"\n{transcript_as_markdown(transcript, utc_offset=offset)}", end="")

    def _show_keepsakes(self, session: Session) -> None:
        """What was to be kept for another time: a terminal keeps nothing by itself."""
        kept = common_keepsakes(session)
        if kept:
            self.console.say()
            self.console.say("To keep for another time:")
            for one in kept:
                self.console.say(f"{one.name}: {one.text}", indent=2)
        if session.state.setup.screen is Screen.SHARED and any(
            slot.is_kept_by_writer for slot in session.plan.slots
        ):
            self.console.say()
            self.console.say("What is one person’s own is not shown on a screen that all share.")

    def _keep_transcript(self, kept: Path, transcript: Transcript, offset: int) -> None:
        if self.arguments.transcript == "json":
            write_privately(transcript_path(kept, "json"), transcript_as_json(transcript))
        else:
            text = transcript_as_markdown(transcript, utc_offset=offset)
            write_privately(transcript_path(kept, "md"), text)
        self.console.say()
        self.console.say(f"Kept, for your eyes alone: {kept} and its transcript.")

    def _as_data(self, session: Session, transcript: Transcript | None) -> dict[str, object]:
        return {
            "compassion_run": RUN_VERSION,
            "protocol": session.plan.protocol.id,
            "version": session.plan.protocol.version,
            "ended": session.ended,
            "kept": None if self.kept is None else str(self.kept),
            "transcript": None if transcript is None else transcript_as_data(transcript),
            "keepsakes": [asdict(one) for one in common_keepsakes(session)],
        }


def _draw(below: int) -> int:
    """A random number, without the modules that the standard one costs at the start."""
    return int.from_bytes(os.urandom(8)) % below


def run(arguments: Namespace) -> int:
    """Carry ``run`` out; the exit code."""
    return Run(arguments).run()
