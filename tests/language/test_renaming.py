"""Free names that get other names, or values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.condition import holds, parse_condition
from compassion_protocols.language.expressions import Attribute, Constant, Expression, Name
from compassion_protocols.language.renaming import renamed
from compassion_protocols.language.template import Template, parse_template, render
from compassion_protocols.language.values import Contribution, Person, Value

ANA = Person("1", "Ana")
NEW: dict[str, Expression | Value] = {
    "a": "x/1.a",
    "b": 3,
    "c": Attribute(Name("d"), "e"),
    "f.g": "f.g",
    "h.i": "j.i",
    "t": Constant("text"),
}


@pytest.mark.parametrize(
    ("source", "same_as", "others"),
    [
        ("{{ a }} {{ z }}", "{{ A }} {{ z }}", {}),
        ("{{ b }} breaths {{ t }}", "3 breaths text", {}),
        ("{{ a | default(a) }}", "{{ A | default(A) }}", {}),
        ("{{ a.b }}", "{{ A.b }}", {}),
        ("{{ c }}", "{{ d.e }}", {}),
        ("{{ f.g.h }}", "{{ F.h }}", {"F": "f.g"}),
        ("{{ f.x }}", "{{ f.x }}", {}),
        ("{{ h.i | count }}", "{{ J | count }}", {"J": "j.i"}),
        ("{{ a[0].b }}", "{{ A[0].b }}", {}),
        ("{% if a < b %}{{ b }}!{% endif %}", "{% if A < 3 %}3!{% endif %}", {}),
        ("{% for r in a %}{{ r.b }}{{ a }}{% endfor %}",
         "{% for r in A %}{{ r.b }}{{ A }}{% endfor %}", {}),
        ("{% for a in a %}{{ a }}{% endfor %}", "{% for a in A %}{{ a }}{% endfor %}", {}),
        ("{% for h in z %}{{ h.i }}{% endfor %}", "{% for h in z %}{{ h.i }}{% endfor %}", {}),
        ("{% for r in z %}{% else %}{{ a }}{% endfor %}",
         "{% for r in z %}{% else %}{{ A }}{% endfor %}", {}),
        ("plain", "plain", {}),
    ],
)  # fmt: skip
def test_texts(source: str, same_as: str, others: dict[str, str]) -> None:
    """Free names change wherever they stand; the names of loops do not."""
    expected = renamed(parse_template(same_as), {"A": "x/1.a", **others}.get)
    assert renamed(parse_template(source), NEW.get) == expected


def test_conditions_and_expressions() -> None:
    """Conditions and expressions are renamed like texts."""
    condition = renamed(parse_condition("a == b and c is given"), NEW.get)
    assert condition.reads == {"x/1.a", "d"}
    assert renamed(Name("a"), NEW.get) == Name("x/1.a")


def test_lines_stay() -> None:
    """A renamed name stands where it stood."""
    template = renamed(parse_template("\n{{ a }}\n{{ h.i }}"), NEW.get)
    assert [(use.name, use.line) for use in template.uses] == [("x/1.a", 1), ("j.i", 2)]


def test_nothing_to_rename() -> None:
    """A text in which no name changes has the very same parts."""
    template = parse_template("{{ z }}{% if y | default(x) == 2 %}{{ w }}{% endif %}")
    kept = renamed(template, NEW.get)
    assert kept == template
    assert all(new is old for new, old in zip(kept.parts, template.parts, strict=True))


def test_twice_is_harmless() -> None:
    """Renaming once more by the same names changes nothing."""
    template = parse_template(
        "{{ a }}{{ b }}{{ f.g.x }}{{ h.i }}{% for r in a %}{{ r }}{% endfor %}"
    )
    once = renamed(template, NEW.get)
    assert renamed(once, NEW.get) == once


@pytest.mark.parametrize("new", ["r", Name("r"), Attribute(Name("r"), "by")])
def test_no_capture(new: Expression | str) -> None:
    """A name from outside is not hidden by the name of a loop."""
    source = (
        "{% for r in list %}{{ r }}{{ need }}{% for r in list %}{{ r }}{% endfor %}{% endfor %}"
    )
    template = renamed(parse_template(source), {"need": new}.get)
    names: dict[str, Value] = {"list": ("1", "2"), "r": Contribution("rest", ANA)}
    needed = "Ana" if isinstance(new, Attribute) else "rest"
    assert render(template, names.__getitem__) == f"1{needed}122{needed}12"
    assert "r" in template.reads
    assert renamed(template, {"need": new}.get) == template


def test_no_capture_by_an_earlier_escape() -> None:
    """A loop that has stepped aside once steps aside again where it must."""
    template = parse_template("{% for r in list %}{{ r }}{{ a }}{{ b }}{% endfor %}")
    once = renamed(template, {"a": "r"}.get)
    twice = renamed(once, {"b": "r'"}.get)
    names: dict[str, Value] = {"list": ("1",), "r": "x", "r'": "y"}
    assert render(twice, names.__getitem__) == "1xy"
    at_once = renamed(template, {"a": "r", "b": "r'"}.get)
    assert render(at_once, names.__getitem__) == "1xy"


NO_NAMES: dict[str, Value] = {}
sources = st.sampled_from(
    [
        "{{ a }}{{ b | default(c) }}",
        "{% for a in b %}{{ a }}{{ c }}{% endfor %}",
        "{% for a in b %}{% for b in c %}{{ a }}{{ b }}{{ c }}{% endfor %}{{ b }}{% endfor %}",
        "{% if a == b %}{{ c }}{% elif b %}{{ a ~ c }}{% else %}{{ [a][0] if c else b }}{% endif %}"
        .replace("[a][0]", "a[0]"),
    ]
)  # fmt: skip
values = st.sampled_from(["tea", 3, ("x", "y"), True, ()])


@given(sources, st.permutations("abc"), st.fixed_dictionaries(dict.fromkeys("abc", values)))
def test_swapping_names(source: str, order: list[str], names: dict[str, Value]) -> None:
    """Names that change places in a text and in the lookup leave what is written the same."""
    new = dict(zip("abc", order, strict=True))
    old = {new[name]: names[name] for name in names}
    template: Template = parse_template(source)
    written = render(renamed(template, new.get), old.__getitem__)
    assert written == render(template, names.__getitem__)


@given(sources, st.fixed_dictionaries(dict.fromkeys("abc", values)))
def test_values_for_names(source: str, names: dict[str, Value]) -> None:
    """A text with values in the place of its names is written as with these values."""
    filled = renamed(parse_template(source), {name: Constant(names[name]) for name in names}.get)
    assert filled.reads == frozenset()
    assert render(filled, NO_NAMES.__getitem__) == render(parse_template(source), names.__getitem__)


def test_a_condition_with_values() -> None:
    """A condition with values in the place of its names holds as with these values."""
    assert holds(renamed(parse_condition("b > 2"), NEW.get), NO_NAMES.__getitem__) is True
