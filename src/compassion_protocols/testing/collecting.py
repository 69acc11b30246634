"""The tests that pytest sees in a protocol file, and in a script beside one."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.testing.trials import (
    ProtocolFailed,
    check_examples,
    check_lint,
    check_script,
    check_simulation,
    clean_plan,
    people_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _pytest._code.code import ExceptionInfo, TerminalRepr, TracebackStyle


def collected(path: Path, parent: pytest.Collector) -> pytest.Collector:
    """The file as pytest collects it."""
    kind = ScriptFile if path.name.endswith(".script.yaml") else ProtocolFile
    made: pytest.Collector = kind.from_parent(parent, path=path)
    return made


class ProtocolFile(pytest.File):
    """A protocol: its lint, its examples for each size of group, its simulation."""

    def collect(self) -> Iterator[Trial]:
        warnings = self.config.getini("compassion_warnings")
        yield self._trial("lint", partial(check_lint, self.path, warnings=warnings))
        try:
            plan = clean_plan(self.path)
        except ProtocolFailed:
            # Whoever runs these alone must not believe that all is well.
            yield self._trial("examples", partial(clean_plan, self.path))
            yield self._trial("simulate", partial(clean_plan, self.path))
            return
        for sizes in group_sizes(plan.protocol):
            name = f"examples[{people_in_words(sizes)}]"
            yield self._trial(name, partial(check_examples, plan, sizes))
        runs, seed = self._number("compassion_runs"), self._number("compassion_seed")
        yield self._trial("simulate", partial(check_simulation, plan, runs=runs, seed=seed))

    def _number(self, name: str) -> int:
        written = self.config.getini(name)
        try:
            return int(written)
        except ValueError:
            raise self.CollectError(f"{name} takes a whole number, not “{written}”.") from None

    def _trial(self, name: str, trial: Callable[[], object]) -> Trial:
        made: Trial = Trial.from_parent(self, name=name, trial=trial)
        return made


class ScriptFile(pytest.File):
    """A script: one session that goes as it says."""

    def collect(self) -> Iterator[Trial]:
        yield Trial.from_parent(self, name="script", trial=partial(check_script, self.path))


class Trial(pytest.Item):
    """One trial. What fails is told in the words of the trial, without a trace of the library."""

    def __init__(self, *, trial: Callable[[], object], **rest: Any) -> None:  # noqa: ANN401  # as pytest.Item
        super().__init__(**rest)
        self._trial = trial

    def runtest(self) -> None:
        self._trial()

    def repr_failure(
        self, excinfo: ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        if isinstance(excinfo.value, ProtocolFailed):
            here = f"{self.config.invocation_params.dir}{os.sep}"
            return str(excinfo.value).replace(here, "")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name
