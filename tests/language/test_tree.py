"""Nodes: equal, shown, walked and changed."""

from __future__ import annotations

from compassion_protocols.language.expressions import (
    Attribute,
    Comparison,
    Constant,
    Filter,
    Name,
    Not,
)

N = Name("n")


def test_equality() -> None:
    """Expressions are equal if they say the same, wherever they stand."""
    assert Name("a", line=1) == Name("a", line=2)
    assert hash(Name("a", line=1)) == hash(Name("a", line=2))
    assert Name("a") != Constant("a")
    assert Name("a") != "a"
    assert Constant(True) != Constant(1)
    assert Constant(1) != Constant(1.0)
    assert Filter(N, "count") != Filter(N, "sum")


def test_repr() -> None:
    """An expression shows what it is made of."""
    assert repr(Not(Attribute(Name("a"), "b"))) == "Not(Attribute(Name('a'), 'b'))"


def test_walking() -> None:
    """A walk goes through all expressions inside, in the order they stand."""
    inner = Filter(Name("a"), "default", (Name("b"),))
    whole = Comparison((inner, Name("c")), ("==",))
    assert [node.name for node in whole.walk() if isinstance(node, Name)] == ["a", "b", "c"]
    assert list(whole.children) == [inner, Name("c")]


def test_changing_nothing() -> None:
    """A change that changes nothing gives the same expression."""
    assert N.changed(lambda inner: inner) is N
    assert N.changed(lambda inner: "m" if inner == "n" else inner) == Name("m")
