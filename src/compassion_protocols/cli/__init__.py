"""The command line: one host of the library among others, on its public names alone."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

FINE, FINDINGS, MISUSE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carry a command line out; the exit code: 0 fine, 1 findings, 2 misuse, 130 Ctrl-C."""
    from compassion_protocols.cli.arguments import parse  # each command loads what it needs
    from compassion_protocols.cli.console import prepare

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a shell has closed it
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
        prepare(getattr(sys, name))
    try:
        return _carry_out(parse(argv))
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else MISUSE
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever was reading has gone; Python must not complain of it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:  # a full disk, a file that may not be read
        print(f"This did not go well: {error.strerror}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return MISUSE


def _carry_out(arguments: Namespace) -> int:
    from compassion_protocols import CompassionError, ProtocolRejected, ScriptRejected, printable
    from compassion_protocols.cli.people import Misuse

    try:
        code = _command(arguments)
        sys.stdout.flush()
    except (ProtocolRejected, ScriptRejected) as rejected:
        for finding in rejected.findings:
            print(printable(str(finding)), file=sys.stderr)
        return FINDINGS
    except (CompassionError, Misuse) as error:
        print(printable(str(error)), file=sys.stderr)
        return MISUSE
    return code


def _command(arguments: Namespace) -> int:
    match arguments.command:
        case "run" if arguments.script:
            from compassion_protocols.cli.script import play

            return play(arguments)
        case "run":
            from compassion_protocols.cli.run import run

            return run(arguments)
        case "list":
            from compassion_protocols.cli.shelf import list_all

            return list_all(arguments)
        case "show":
            from compassion_protocols.cli.card import show

            return show(arguments)
        case "lint":
            from compassion_protocols.cli.lint import lint

            return lint(arguments)
        case "simulate":
            from compassion_protocols.cli.simulate import simulate_all

            return simulate_all(arguments)
        case "graph":
            from compassion_protocols.cli.graph import graph

            return graph(arguments)
        case "handout":
            from compassion_protocols.cli.handout import print_handout

            return print_handout(arguments)
        case "diff":
            from compassion_protocols.cli.diff import diff

            return diff(arguments)
        case "new":
            from compassion_protocols.cli.new import new

            return new(arguments)
        case _:
            from compassion_protocols.cli.schema import print_schema

            return print_schema(arguments)
