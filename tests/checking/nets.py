"""Names with the set of what they can be, and values out of it, for the proofs about conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import strategies as st

from compassion_protocols.checking.ranges import (
    ANY_TEXT,
    UNKNOWN,
    YES_OR_NO,
    Entries,
    Numbers,
    Possible,
)
from compassion_protocols.language.values import NOTHING, Duration, Missing, bare

if TYPE_CHECKING:
    from compassion_protocols.language.values import Value

NETS: dict[str, tuple[Possible, list[Value | Missing]]] = {
    "n": (Possible(missing=True, numbers=Numbers(0, 10, True)), [NOTHING, *range(11)]),
    "m": (Possible(numbers=Numbers(1, 3)), [1, 1.5, 2, 2.75, 3]),
    "d": (Possible(numbers=Numbers(30, 90, True)), [Duration(30), Duration(45), Duration(90)]),
    "c": (
        Possible(missing=True, texts=frozenset(("yes", "no", "some"))),
        [NOTHING, "yes", "no", "some"],
    ),
    "o": (Possible(texts=frozenset(("a", "b"))), ["a", "b"]),
    "y": (evolve(YES_OR_NO, missing=True), [NOTHING, True, False]),
    "k": (YES_OR_NO, [True, False]),
    "t": (evolve(ANY_TEXT, missing=True), [NOTHING, "a", "yes", "zz", ""]),
    "l": (
        Possible(missing=True, lists=Entries(0, 3)),
        [NOTHING, (), ("a",), ("a", "b", "c")],
    ),
    "f": (
        Possible(
            missing=True,
            anything=True,
            fields={"w": ANY_TEXT, "s": Possible(numbers=Numbers(0, 4, True))},
        ),
        [NOTHING, {"w": "a", "s": 3}, {"w": "b", "s": 0}],
    ),
    "u": (UNKNOWN, [NOTHING, "a", True, 3, 0.5, (), ("a",)]),
}
"""Names, each with what it can be and some values of that."""

worlds = st.fixed_dictionaries({name: st.sampled_from(some) for name, (_, some) in NETS.items()})

_term = st.sampled_from(
    [
        *NETS,
        *("f.w", "f.s", "u.w", "l[0]", "f['s']", "l | first", "l | every"),
        *("l | count", "l | given | count", "n | count", "u | count", "(l | given)"),
        *("n + 1", "n - m", "m * n", "n / m", "d / 2", "d * 0.5", "-n", "u + 1", "y + 1", "n / 3"),
        *("(n | default(3))", "(c | default('no'))", "(l | default('a'))", "(u | default(k))"),
        *("(n if k else m)", "(n if y else c)", "(n if k)", "(1 if true else 2)", "t ~ o"),
        *("c | upper", "(y and n)", "(y or c)", "n | abs", "n | plural('a')"),
    ]
)
_constant = st.sampled_from(
    [
        '"a"',
        '"yes"',
        '"no"',
        '"some"',
        "0",
        "1",
        "3",
        "2.5",
        "10",
        "11",
        "45",
        "true",
        "false",
        "''",
    ]
)
_either = st.one_of(_term, _constant)
_signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in"])
_atoms = st.one_of(
    _term,
    st.builds("{} {} {}".format, _either, _signs, _either),
    st.builds("{} {} {}".format, _term, _signs, _constant),
    st.builds("{} < {} <= {}".format, _either, _term, _either),
    st.builds("({}) is {}".format, _term, st.sampled_from(["given", "missing"])),
)
conditions = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("({}) and ({}) and ({})".format, inner, inner, inner),
        st.builds("({}) or ({}) or ({})".format, inner, inner, inner),
        st.builds("(({}) if ({}) else ({}))".format, inner, inner, inner),
    ),
    max_leaves=6,
)
"""Conditions about these names, most of them about several."""


def lies_in(value: Value | Missing, net: Possible) -> bool:
    """Tell whether a value is one of those that a net allows."""
    value = bare(value)
    if isinstance(value, Missing):
        return net.missing
    if net.anything:
        return True
    match value:
        case bool():
            return value in net.truths
        case str():
            return net.texts is None or value in net.texts
        case int() | float():
            return _is_within(value, net.numbers)
        case tuple():
            return net.lists is not None and net.lists.least <= len(value) <= net.lists.most
    return False


def _is_within(value: float, numbers: Numbers | None) -> bool:
    return (
        numbers is not None
        and numbers.least <= value <= numbers.most
        and (not numbers.whole or value == int(value))
    )
