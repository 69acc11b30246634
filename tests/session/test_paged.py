"""The mapping that never changes, against a plain dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.session.paged import Key, Paged

keys = st.tuples(st.integers(0, 40), st.integers(-1, 6))
puts = st.tuples(keys, st.integers())
changes = st.lists(puts | st.lists(keys, max_size=4), max_size=120)


def _apply(paged: Paged[int], change: tuple[Key, int] | list[Key]) -> Paged[int]:
    return paged.without(change) if isinstance(change, list) else paged.put(*change)


@given(changes)
def test_it_holds_what_a_dictionary_would_hold(
    changes: list[tuple[Key, int] | list[Key]],
) -> None:
    """After any changes, a paged mapping gives what a dictionary gives."""
    paged: Paged[int] = Paged()
    model: dict[Key, int] = {}
    for change in changes:
        paged = _apply(paged, change)
        if isinstance(change, list):
            model = {key: value for key, value in model.items() if key not in change}
        else:
            model[change[0]] = change[1]
        assert paged.size == len(model)
    assert dict(paged.items()) == model
    assert all(paged.get((a, b)) == model.get((a, b)) for a in range(41) for b in range(-1, 7))


@given(st.lists(puts, max_size=80), st.tuples(keys, st.integers()) | st.lists(keys, max_size=4))
def test_a_change_leaves_the_old_mapping_alone(
    first: list[tuple[Key, int]], change: tuple[Key, int] | list[Key]
) -> None:
    """Changing a copy changes nothing in what it was copied from."""
    paged: Paged[int] = Paged()
    for put in first:
        paged = _apply(paged, put)
    before = dict(paged.items())
    _apply(paged, change)
    assert dict(paged.items()) == before


@given(st.lists(puts, max_size=80, unique_by=lambda put: put[0]), st.randoms())
def test_equality_is_of_what_is_held(first: list[tuple[Key, int]], chance: object) -> None:
    """Two mappings that hold the same are equal, however they came to it."""
    paged: Paged[int] = Paged()
    for put in first:
        paged = _apply(paged, put)
    grown = paged
    for extra in range(200):
        grown = grown.put((100, extra), 0)
    other: Paged[int] = Paged()
    for put in reversed(first):
        other = _apply(other, put)
    assert grown.without([(100, extra) for extra in range(200)]) == other
    assert grown != other
    assert paged != dict(paged.items())


def test_a_change_copies_one_page() -> None:
    """Putting one entry into a large mapping shares every page but one."""
    paged: Paged[int] = Paged()
    for number in range(5_000):
        paged = paged.put((number,), number)
    changed = paged.put((7,), -1)
    kept = sum(one is other for one, other in zip(paged.pages, changed.pages, strict=True))
    assert kept == len(paged.pages) - 1
    assert max(len(page) for page in changed.pages) < 200


def test_removing_nothing_gives_the_same_mapping() -> None:
    """Taking out what is not there gives back the very same mapping."""
    paged = Paged[str]().put((1,), "one")
    assert paged.without([(2,)]) is paged


def test_it_has_no_hash() -> None:
    """A mapping whose values may be unhashable cannot be hashed."""
    with pytest.raises(TypeError):
        hash(Paged())
