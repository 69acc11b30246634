"""What may stand on the command line."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

from compassion_protocols import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "compassion-protocols"

# Written out, since to ask the model for them would slow every command down. A test holds them.
AUDIENCES = ("individual", "couple", "family", "group")
FAMILIES = (
    *("listening", "asking", "repair", "rituals", "body", "self-compassion", "maintenance"),
)


class _Parser(argparse.ArgumentParser):
    """A parser that says which word may have been meant."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}{_meant(message)}\n")


def _meant(message: str) -> str:
    from difflib import get_close_matches  # only after a mistake

    offered = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
    if offered is not None:
        wrong, known = offered[1], re.findall(r"[\w-]+", offered[2])
    elif strange := re.search(r"unrecognized arguments: (\S+)", message):
        wrong, known = strange[1], sorted({one for each in options().values() for one in each})
    else:
        return ""
    close = get_close_matches(wrong, known, n=1)
    return f". Did you mean “{close[0]}”?" if close else ""


def options() -> dict[str, tuple[str, ...]]:
    """Every command, and the options that may follow it."""
    return {name: tuple(each._option_string_actions) for name, each in _parsers()[1].items()}


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; SystemExit with 2 if they make no sense, with 0 after ``--help``."""
    parser, _ = _parsers()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.print_help()
        parser.exit(2)
    return arguments


def _parsers() -> tuple[_Parser, dict[str, _Parser]]:
    """The parser of the whole line, and that of each command."""
    parser = _Parser(prog=PROGRAM, description="Exercises for compassion, from YAML files.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _add_run(commands.add_parser("run", help="be led through an exercise", allow_abbrev=False))
    listing = commands.add_parser("list", help="see what there is to choose from")
    listing.description = "See every exercise that comes with the library, by family."
    show = commands.add_parser("show", help="see one exercise's card")
    show.description = (
        "See what an exercise is for, who takes part, how long it takes, whom it is not for, and "
        "where it comes from."
    )
    _add_protocol(show)
    lint = commands.add_parser("lint", help="find what is wrong with protocol files")
    _add_lint(lint)
    new = commands.add_parser("new", help="begin a protocol of your own")
    _add_new(new)
    simulate = commands.add_parser(
        "simulate", help="look for what could go wrong with people in it"
    )
    _add_simulate(simulate)
    graph = commands.add_parser("graph", help="draw a protocol as a flowchart")
    graph.description = (
        "Draw a protocol as a flowchart in the words of Mermaid: who acts, which way it goes, how "
        "often, and which answers stay private."
    )
    _add_protocol(graph)
    handout = commands.add_parser("handout", help="print a protocol as a page on paper")
    _add_handout(handout)
    diff = commands.add_parser("diff", help="compare two protocols, or two versions of one")
    _add_diff(diff)
    schema = commands.add_parser("schema", help="print the JSON Schema of the language")
    schema.description = "Print the JSON Schema of the language, by which an editor helps you."
    for command in (listing, show, lint, diff, new, graph, handout, simulate, schema):
        command.add_argument("--json", action="store_true", help="one object on standard output")
    return parser, commands.choices


def _add_protocol(command: argparse.ArgumentParser) -> None:
    command.add_argument("protocol", metavar="ID|FILE", help="an id, or a file")


def _add_locale(command: argparse.ArgumentParser) -> None:
    told = "where you are, such as GB or en-GB, for its help lines"
    command.add_argument("--locale", type=_locale, default="en", metavar="PLACE", help=told)


def _locale(place: str) -> str:
    """A country alone is one whose help lines are told in English."""
    return f"en-{place}" if len(place) == 2 and place.isupper() else place


def _add_lint(lint: argparse.ArgumentParser) -> None:
    lint.description = (
        "Find what is wrong with protocol files: where it is, what is wrong, what would be right."
    )
    add = lint.add_argument
    add("paths", metavar="PATH", nargs="+", help="a file, an id, or a folder")
    add("--watch", action="store_true", help="look again whenever a file is saved, until Ctrl-C")
    add(
        "--format",
        choices=("text", "json", "github"),
        help="a line for each finding; one object, as with --json; or notes on a pull request",
    )


def _add_diff(diff: argparse.ArgumentParser) -> None:
    diff.description = (
        "Say what an adaptation or a new version changes, who reads what first; and at which "
        "moments sessions that are under way could go on in it."
    )
    add = diff.add_argument
    add("old", metavar="OLD", help="an id, or a file")
    add("new", metavar="NEW", help="an id, or a file")
    add(
        "--map",
        metavar="OLD=NEW",
        action="append",
        default=[],
        help="a place whose id has changed, such as mood=weather; may come several times",
    )
    add(
        "--drop",
        metavar="NAME",
        action="append",
        default=[],
        help="an answer that sessions may lose; may come several times",
    )


def _add_handout(handout: argparse.ArgumentParser) -> None:
    handout.description = (
        "Print a protocol as a page: for those who take part, with room to write, or for whoever "
        "leads it, with notes, and what to do when it gets to be too much."
    )
    add = handout.add_argument
    _add_protocol(handout)
    add(
        "--for",
        dest="reader",
        choices=("participant", "facilitator"),
        default="participant",
        help="whose page it is",
    )
    add("--format", choices=("html", "md"), default="html", help="one HTML file, or Markdown")
    _add_locale(handout)


def _add_new(new: argparse.ArgumentParser) -> None:
    new.description = (
        "Begin a protocol of your own: a whole file that runs, with comments that say what to "
        "change. On a terminal it asks for what no option says."
    )
    add = new.add_argument
    add("id", metavar="ID", nargs="?", help="its short name, such as evening-talk")
    add("--title", metavar="TEXT", help="what people call it")
    add("--audience", choices=AUDIENCES, help="who it is for")
    add("--family", choices=FAMILIES, help="the shelf it stands on")
    add("--minutes", type=int, metavar="N", help="about how long it takes")
    yes_or_no = argparse.BooleanOptionalAction
    add("--pause", action=yes_or_no, help="begin with three breaths, or do not")
    add("--turns", action=yes_or_no, help="let everyone have the floor, or do not")
    add("--question", action=yes_or_no, help="end with a question, or do not")
    add("--author", metavar="NAME", help="who wrote it, for its card")
    add("--output", metavar="FILE", help="where to write it; without this, ID.protocol.yaml here")


def _add_simulate(simulate: argparse.ArgumentParser) -> None:
    simulate.description = (
        "Walk through a protocol many times, with skips, pauses, care, people who come and go, and "
        "a network that sends things late and twice, and see that all holds that must."
    )
    add = simulate.add_argument
    add("protocol", metavar="ID|FILE|all", help="an id, a file, or all that there are")
    add("--runs", type=int, default=100, metavar="N", help="how many walks; 100 without this")
    add("--seed", type=int, default=0, metavar="S", help="other walks for another number")
    add("--save", metavar="FILE", help="write the script of the first failure there")


def _add_run(run: argparse.ArgumentParser) -> None:
    run.description = (
        "Be led through an exercise. Answers are typed, or read from a pipe, one a line. "
        "Nothing is written to disk without --keep."
    )
    add = run.add_argument
    add("protocol", metavar="ID|FILE", nargs="?", help="an id, or a file; without it, a choice")
    add(
        "--with",
        dest="people",
        metavar="ROLE=NAMES",
        action="append",
        default=[],
        help="who takes part, such as partner=Ana,Ben",
    )
    add("--facilitator", metavar="NAME", help="who leads it and looks after everyone")
    add(
        "--cleared",
        metavar="NAMES",
        help="you vouch that these people were each screened alone, and are cleared",
    )
    add(
        "--set",
        dest="settings",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a setting, such as floor_time=1m",
    )
    add("--autoplay", action="store_true", help="let it play itself on its examples")
    add("--speed", type=_speed, default=1.0, metavar="N", help="let its clock run N times as fast")
    add("--still", action="store_true", help="no motion: plain lines for breath and time")
    add(
        "--keep",
        nargs="?",
        const="",
        metavar="FILE",
        help="write the session and its transcript down, readable by you alone; "
        "the session holds every answer, private ones too",
    )
    add("--resume", metavar="FILE", help="go on from a kept session")
    add("--transcript", choices=("md", "json"), help="print the transcript at the end, as this")
    add("--script", metavar="FILE", help="play a script, and see that all comes as it says")
    _add_locale(run)
    add("--seed", type=int, metavar="N", help="makes what is shuffled the same each time")
    add("--json", action="store_true", help="one object on standard output, the rest on the other")


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed <= 1e6:
        raise argparse.ArgumentTypeError("a number above 0")
    return speed
