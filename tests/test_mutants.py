"""What passes the checker runs, whoever put its steps together and however."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.catalog import Source, bundled
from compassion_protocols.checking.bounds import group_sizes
from compassion_protocols.loading import examine, load
from compassion_protocols.testing.strategies import as_yaml
from compassion_protocols.testing.trials import check_examples, check_simulation
from tests.mutants import BASES, mutant

if TYPE_CHECKING:
    from random import Random


@given(st.randoms(use_true_random=False))
@settings(max_examples=max(settings().max_examples, 250))
def test_what_passes_runs(chance: Random) -> None:
    """What comes of steps that are moved, wrapped, crossed and cut is refused, or runs.

    It comes to its end on its examples in the smallest and in the largest group, and in walks.
    """
    source = Source("mutant", as_yaml(mutant(chance)))
    if examine(source, bundled()).protocol is None:
        return
    plan = load(source)
    sizes = list(group_sizes(plan.protocol))
    for people in (sizes[0], sizes[-1]):
        check_examples(plan, people)
    check_simulation(plan, runs=2, seed=chance.randrange(1_000))


def test_many_mutants_are_clean() -> None:
    """Of a hundred mutants a fifth is clean at the least, so that there is something to walk."""
    from random import Random

    found = [examine(Source("mutant", as_yaml(mutant(Random(n)))), bundled()) for n in range(100)]
    assert sum(each.protocol is not None for each in found) >= 20
    assert len(BASES) > 20
