"""What is taken apart without the parser means what the parser makes of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compassion_protocols.findings import NOWHERE
from compassion_protocols.language.guards import uses_of
from compassion_protocols.language.limits import RESERVED, even_lines
from compassion_protocols.language.parsing import condition_expression, template_parts
from compassion_protocols.language.simple import simple_condition, simple_text

words = st.sampled_from(["you", "r.by", "a_b", "a__b", "_a", "a_", "a.b_c.d", "x1", "1x", "é"])
reserved = st.sampled_from(sorted(RESERVED))
text_pieces = st.one_of(
    words.map("{{{{ {} }}}}".format),
    words.map("{{{{{}}}}}".format),
    reserved.map("{{{{ {} }}}}".format),
    st.sampled_from(["{{", "}}", "{", "}", "%}", "{#", "\n", "\r\n", "\r", " ", "a", "-", "…"]),
    st.text(max_size=3),
)
condition_pieces = st.one_of(
    words,
    reserved,
    st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "is given", "is not missing", "not ", "="]),
    st.sampled_from(["'yes'", '"no"', "'it\"s'", '"\\n"', "'", "3", "-3", "010", "0", "1.5", "-0"]),
    st.sampled_from([" ", "  ", "\n", "9999999999", ".b", "given", "is", "true"]),
    st.text(max_size=2),
)


@given(st.lists(text_pieces, max_size=8).map("".join))
@example("{{ a }}" * 300)
@example("\n\n")
def test_texts(source: str) -> None:
    """A text taken apart without the parser has the parts that the parser finds, and its uses."""
    simple = simple_text(even_lines(source))
    if simple is not None:
        parts, uses, reads = simple
        parsed = template_parts(source, NOWHERE)
        assert parts == parsed
        assert uses == uses_of(parts) == uses_of(parsed)
        assert reads == {use.name for use in uses if use.needed}


@given(st.lists(condition_pieces, max_size=6).map("".join))
@example("not a.b == 'c'")
@example("a is not given")
@example("a is given")
@example("not a is missing")
@example("a>=-3")
@example("not\na")
def test_conditions(source: str) -> None:
    """A condition taken apart without the parser is the expression that the parser finds."""
    expression = simple_condition(even_lines(source))
    if expression is not None:
        assert expression == condition_expression(source, NOWHERE)


@pytest.mark.parametrize("source", ["", "text", "{{ a }}", "x{{a.b}}y\n{{ c_d }}", "} a }}"])
def test_texts_that_need_no_parser(source: str) -> None:
    """Texts, names and attributes need no parser."""
    assert simple_text(source) is not None


@pytest.mark.parametrize(
    "source",
    ["{{ a | b }}", "{{ true }}", "{{ a__b }}", "{% if a %}{% endif %}", "{# a #}", "{{ a",
     "{{{ a }}", "{{ a.b.c }}", "{{ é }}", "{{ a }}" * 250],
)  # fmt: skip
def test_texts_that_need_the_parser(source: str) -> None:
    """Anything else is left to the parser."""
    assert simple_text(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "a",
        "not a",
        "a.b",
        "a == 'x'",
        'a!="x"',
        "a < 3",
        "a >= -3",
        "a is given",
        "a is not missing",
    ],
)
def test_conditions_that_need_no_parser(source: str) -> None:
    """A name that is compared with a constant or asked for needs no parser."""
    assert simple_condition(source) is not None


@pytest.mark.parametrize(
    "source",
    ["", "true", "not true", "a == b", "a and b", "3 < a", "a == 1.5", "a == 'b\\n'", "a | count",
     "a == 010", "a in b", "a is defined", "a == true"],
)  # fmt: skip
def test_conditions_that_need_the_parser(source: str) -> None:
    """Any other condition is left to the parser."""
    assert simple_condition(source) is None
