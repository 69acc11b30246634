"""What stands alone: how long each thing takes, without anything beside it.

    nox -s bench

The figures help to see where time goes, and to compare two commits on one quiet
machine. For anything said in public see ``ratios``: a time alone means little.
No test here asserts a time; each asserts that what it measured was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import exercise, ratios
from compassion_protocols import Session, bundled, examine, simulate
from compassion_protocols.catalog import Source
from compassion_protocols.compiling.compile import compiled
from compassion_protocols.language.template import parse_template

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from compassion_protocols import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The workload's plan."""
    return exercise.workload()


def test_reading_and_proving(benchmark: BenchmarkFixture) -> None:
    """The workload is read, linked and proved without an error."""
    source = Source("workload", exercise.WORKLOAD.read_bytes())
    assert benchmark(examine, source, bundled()).protocol is not None


def test_proving_all_that_is_shipped(benchmark: BenchmarkFixture) -> None:
    """No shipped protocol has an error."""
    shelf = bundled()
    sources = [source for name in shelf.ids() if (source := shelf.source(name))]
    found = benchmark(lambda: [examine(source, shelf) for source in sources])
    assert all(each.protocol is not None for each in found)


def test_a_simulated_walk(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """A walk through the workload, with every watch on it, finds nothing amiss."""
    assert benchmark(simulate, plan, runs=1).failure is None


def test_compiling(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """Compiling a protocol again gives a plan of the same shape."""
    assert benchmark(compiled, plan.protocol).shape == plan.shape


@pytest.mark.parametrize("source", [exercise.NAMES_ONLY, exercise.REAL_TEMPLATE])
def test_parsing_a_template(benchmark: BenchmarkFixture, source: str) -> None:
    """A text keeps its source when it is parsed."""
    assert benchmark(parse_template, source).source == source


def test_starting(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """A session begins at its first moment."""
    session = benchmark(exercise.started, plan)
    assert session.view(exercise.ME).token == "1.0"


def test_an_event_with_a_page_of_names(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """Going on shows the next page, with the reader's name in it."""
    (view,) = benchmark(exercise.turns(plan)[0].happen)
    assert exercise.ME in view.text


def test_an_event_with_a_real_template(benchmark: BenchmarkFixture) -> None:
    """A page with a condition, a loop and a filter shows what was answered."""
    (view,) = benchmark(ratios.to_the_real_template().happen)
    assert "- KETTLE" in view.text


def test_the_workload(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """The script brings the workload to its end."""
    assert benchmark(exercise.play, plan).ended


def test_an_event_of_two_thousand_steps(benchmark: BenchmarkFixture) -> None:
    """The eleventh page follows the tenth, however many there are."""
    (view,) = benchmark(ratios.tenth_page(2_000).happen)
    assert view.token == "11.0"


def test_an_event_after_thousands(benchmark: BenchmarkFixture) -> None:
    """The five thousandth question follows the one before, however many were answered."""
    (view,) = benchmark(ratios.nth_answer(4_999).happen)
    assert view.token == "5000.0"


def test_twelve_people(benchmark: BenchmarkFixture) -> None:
    """When the last of twelve people goes on, each of them sees the next page."""
    views = benchmark(ratios.twelve_on_a_page()[-1].happen)
    assert {view.token for view in views} == {"2.0"}


def test_a_snapshot(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """A finished session can be written down."""
    session = exercise.play(plan)
    assert benchmark(session.snapshot).endswith('"complete"}')


def test_a_restore(benchmark: BenchmarkFixture, plan: Plan) -> None:
    """What was written down is the same session when it is read."""
    session = exercise.play(plan)
    assert benchmark(Session.restore, plan, session.snapshot()).state == session.state
