"""What a text or a condition reads, and where a missing value is provided for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.expressions import Name
from compassion_protocols.language.guards import Outcome, depends, given_when, uses_of
from compassion_protocols.language.parts import For, Output
from compassion_protocols.language.template import parse_template
from compassion_protocols.language.values import NOTHING, Missing, Value, truth


def unguarded(source: str) -> set[str]:
    """Name what a text reads at some place without providing for its absence."""
    return {use.name for use in parse_template(source).uses if not use.guarded}


@pytest.mark.parametrize(
    "source",
    [
        "{{ x | default('none') }}",
        "{{ x | upper | default('none') }}",
        "{{ x.what | default('none') }}",
        "{{ (x ~ x) | default('none') }}",
        "{{ x | given | count }}",
        "{% if x is given %}{{ x }}{% endif %}",
        "{% if x is not missing %}{{ x }}{% endif %}",
        "{% if not x is missing %}{{ x }}{% endif %}",
        "{% if x is missing %}none{% else %}{{ x }}{% endif %}",
        "{% if not (x is given) %}none{% else %}{{ x }}{% endif %}",
        "{% if x is missing %}none{% elif true %}{{ x }}{% endif %}",
        "{% if x is given and 1 < 2 %}{{ x }}{% endif %}",
        "{% if x is given and x > 3 %}{{ x }}{% endif %}",
        "{% if x is missing or x > 3 %}{% endif %}",
        "{% if x is given %}{% if 1 < 2 %}{{ x.what | upper }}{% endif %}{% endif %}",
        "{% if x is given %}{% for y in x %}{{ y }}{{ x }}{% endfor %}{% endif %}",
        "{{ x if x is given else 'none' }}",
        "{{ 'none' if x is missing else x }}",
        "{{ 'none' if x is missing or 1 > 2 else x }}",
    ],
)
def test_guarded(source: str) -> None:
    """A missing value is provided for inside a default, and where it is known to be given."""
    assert unguarded(source) == set()


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}",
        "{{ x | upper }}",
        "{{ y | default(x) }}",
        "{% if y is given %}{{ x }}{% endif %}",
        "{% if x is missing %}{{ x }}{% endif %}",
        "{% if x is given %}{% endif %}{{ x }}",
        "{% if x is given %}{% else %}{{ x }}{% endif %}",
        "{% if x is given or 1 < 2 %}{{ x }}{% endif %}",
        "{% if not (x is given and 1 < 2) %}{% else %}{% endif %}{{ x }}",
        "{{ x is given and 1 < 2 or x }}",
        "{% for r in y %}{{ r }}{{ x }}{% endfor %}",
        "{% for x in x %}{{ x }}{% endfor %}",
        "{% for r in y %}{% else %}{{ x }}{% endfor %}",
        "{{ y[0] ~ x.what }}",
    ],
)
def test_not_guarded(source: str) -> None:
    """Elsewhere a missing value is not provided for."""
    assert "x" in unguarded(source)


@pytest.mark.parametrize(
    "condition",
    ["x > 3", "x == y", "y < 2 < x", "x", "y and x", "x in y", "x.what", "-x > 2", "x | count",
     "x ~ y == 'a'", "x + y > 2", "(x > 2) == y", "x > 2 or x < 1", "x is given or x == 2",
     "x is given", "not x", "not (x > 3)", "not (x is missing or y)"],
)  # fmt: skip
def test_a_branch_that_compares(condition: str) -> None:
    """A branch that is entered only if a comparison holds covers the names compared."""
    [*_, use] = parse_template(f"{{% if {condition} %}}{{{{ x }}}}{{% endif %}}").uses
    assert use.guarded


@pytest.mark.parametrize(
    "condition",
    ["y > 3", "x > 3 or y", "x is missing", "x | default(1) > 0", "x | given | count == 0",
     "(x if y else 1) == 1", "not (y and x)"],
)  # fmt: skip
def test_a_branch_that_does_not_cover(condition: str) -> None:
    """A branch that may be entered without x does not cover x."""
    [*_, use] = parse_template(f"{{% if {condition} %}}{{{{ x }}}}{{% endif %}}").uses
    assert not use.guarded


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("{{ a }} {{ b | upper }} {{ c.what }}", {"a", "b", "c"}),
        ("{{ a | default(b) }}", {"b"}),
        ("{{ a if b else c }}", set()),
        ("{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}", set()),
        ("{% for r in a %}{{ r }}{{ b }}{% endfor %}", {"a", "b"}),
        ("{% for r in a | default(b) %}{{ loop.index }}{% endfor %}", {"b"}),
        ("{{ a is given }}", set()),
        ("{{ a == 1 }}", {"a"}),
    ],
)
def test_needed(source: str, needed: set[str]) -> None:
    """A text needs what it reads outside default, if and is given."""
    assert parse_template(source).required == needed


def test_tested() -> None:
    """What a condition reads is tested, in a text as well as alone."""
    uses = parse_template("{% if a %}{{ b if c else d }}{% elif e %}{% endif %}").uses
    assert [use.name for use in uses if use.tested] == ["a", "c", "e"]
    assert all(use.tested and not use.needed for use in parse_condition("a == b").uses)


def test_guards_in_conditions() -> None:
    """In a condition too, what follows `is given and` is guarded."""
    uses = parse_condition("a is given and a > b").uses
    assert [(use.name, use.guarded) for use in uses] == [("a", True), ("a", True), ("b", False)]


def test_paths_and_lines() -> None:
    """A use knows the attributes that follow the name, and its line."""
    uses = parse_template("{{ a.b.c }}\n\n{{ d[0].e }}{% if f.g is given %}x{% endif %}").uses
    assert [(use.path, use.line) for use in uses] == [("a.b.c", 0), ("d", 2), ("f.g", 2)]


def test_loop_names_are_not_free() -> None:
    """The entry of a loop and `loop` are not free inside it, but are elsewhere."""
    loop = For("x", Name("x"), (Output(Name("x")), Output(Name("loop"))), (Output(Name("loop")),))
    assert [use.name for use in uses_of((loop,))] == ["x", "loop"]


names = st.sampled_from(["a", "b"])
atoms = st.one_of(
    names,
    names.map("{} is given".format),
    names.map("{} is missing".format),
    st.tuples(names, st.sampled_from(["==", "<", "in"]), names).map(" ".join),
    names.map("{} | default(true)".format),
    names.map("{}.what == 1".format),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) and ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) or ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) == ({pair[1]})"),
        st.tuples(inner, inner, inner).map("({0[0]}) if ({0[1]}) else ({0[2]})".format),
    ),
    max_leaves=5,
)
some_value = st.sampled_from([NOTHING, NOTHING, True, False, 1, (1, True), ()])


@given(conditions, st.fixed_dictionaries({"a": some_value, "b": some_value}))
def test_what_is_known_is_true(source: str, names: dict[str, Value | Missing]) -> None:
    """What a condition's outcome is said to tell of its names is so, whatever they stand for."""
    condition = parse_condition(source).expression
    value = condition.evaluate(names.__getitem__)
    missing = {name for name in names if isinstance(names[name], Missing)}
    holds = truth(value)
    outcomes = {
        Outcome.TRUE: holds is True,
        Outcome.FALSE: holds is False,
        Outcome.NOT_TRUE: holds is not True,
        Outcome.NOT_FALSE: holds is not False,
    }
    for outcome, is_so in outcomes.items():
        assert not (is_so and given_when(condition, outcome) & missing)
    assert isinstance(value, Missing) or not depends(condition) & missing
