"""The parts of a text, and how they are written."""

from __future__ import annotations

from compassion_protocols.language.expressions import Attribute, Constant, Name
from compassion_protocols.language.parts import (
    MOST_ROUNDS,
    Branch,
    For,
    If,
    Output,
    Parts,
    place,
    tidy,
    write,
)
from compassion_protocols.language.values import NOTHING, Missing, Value

NAMES: dict[str, Value | Missing] = {
    "yes": True,
    "no": False,
    "gone": NOTHING,
    "list": ("a", "b"),
    "many": tuple("x" * 100),
    "long": "x" * 1_000,
}


def written(*parts: object, room: int = 10_000) -> str:
    """Write parts with the names above."""
    chosen: Parts = tuple(part for part in parts if isinstance(part, str | Output | If | For))
    return write(chosen, NAMES.__getitem__, room)


def test_texts_and_values() -> None:
    """Texts and values are written one after the other, and what is missing is not."""
    assert written("<", Output(Name("list")), Output(Name("gone")), ">") == "<a and b>"


def test_the_first_true_branch() -> None:
    """The first branch whose test is definitely true is written."""
    branches = (
        Branch(Name("gone"), ("1",)),
        Branch(Name("no"), ("2",)),
        Branch(Name("yes"), ("3",)),
        Branch(Name("yes"), ("4",)),
    )
    assert written(If(branches, ("5",))) == "3"
    assert written(If(branches[:2], ("5",))) == "5"
    assert written(If(branches[:2])) == ""


def test_each_entry() -> None:
    """A loop writes its body for each entry, which its name then stands for."""
    assert written(For("x", Name("list"), (Output(Name("x")), Output(Name("yes"))))) == "ayesbyes"


def test_a_loop_over_nothing() -> None:
    """A loop over an empty list, or over what is missing, writes what stands in its place."""
    assert written(For("x", Name("gone"), ("body",), ("none",))) == "none"
    assert written(For("x", Constant(()), ("body",))) == ""


def test_a_loop_over_one() -> None:
    """A loop over a single value goes round once, and not through its characters."""
    assert written(For("x", Name("long"), ("round ",))) == "round "


def test_a_loop_ends() -> None:
    """A loop goes round at most fifty times, and stops when there is no room left."""
    assert written(For("x", Name("many"), ("x",))) == "x" * MOST_ROUNDS
    assert len(written(For("x", Name("many"), (Output(Name("long")),)), room=2_500)) == 3_000


def test_writing_stops_without_room() -> None:
    """Writing stops with the part that fills the room."""
    assert written("abc", "def", "ghi", room=5) == "abcdef"


def test_where_the_loop_is() -> None:
    """Inside a loop, `loop` tells which round it is."""
    body = (Output(Attribute(Name("loop"), "index")), Output(Attribute(Name("loop"), "last")))
    assert written(For("x", Name("list"), body)) == "1no2yes"
    assert place(0, 1) == {"index": 1, "index0": 0, "first": True, "last": True, "length": 1}


def test_the_inner_loop_hides_the_outer() -> None:
    """Inside two loops of one name, the name stands for the inner entry."""
    inner = For("x", Constant(("1", "2")), (Output(Name("x")),))
    assert written(For("x", Name("list"), (Output(Name("x")), inner))) == "a12b12"


def test_tidying() -> None:
    """Constants become text, and texts side by side become one."""
    parts = tidy(["a", Output(Constant(3)), "", "b", Output(Name("x")), "c"])
    assert parts == ("a3b", Output(Name("x")), "c")


def test_the_parts_of_parts() -> None:
    """A walk reaches the expressions in branches and loops."""
    part = If((Branch(Name("a"), (For("x", Name("b"), (Output(Name("c")),)),)),), ("text",))
    assert [node.name for node in part.walk() if isinstance(node, Name)] == ["a", "b", "c"]
