"""What the language has, what it has not, and what it says then."""

from __future__ import annotations

import pytest

from compassion_protocols.findings import CODES, Span
from compassion_protocols.language.arithmetic import LARGEST_NUMBER
from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.expressions import (
    And,
    Comparison,
    Constant,
    Expression,
    Filter,
    Item,
    Name,
    Negative,
    Not,
    Or,
    Test,
)
from compassion_protocols.language.filters import FILTERS
from compassion_protocols.language.parts import For, Output
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.template import parse_template

A, B, C = Name("a"), Name("b"), Name("c")


def findings(source: str) -> list[tuple[str, int, str, str]]:
    """Parse a text that has errors, and list their code, column, message and remedy."""
    with pytest.raises(LanguageRejected) as caught:
        parse_template(source, Span("a.yaml"))
    found = caught.value.findings
    assert all(finding.code in CODES for finding in found)
    return [(each.code, each.span.column, each.message, each.remedy) for each in found]


@pytest.mark.parametrize(
    ("source", "expression"),
    [
        ("a and b and c", And((A, B, C))),
        ("a or b or c", Or((A, B, C))),
        ("a or b and c", Or((A, And((B, C))))),
        ("a and (b and c)", And((A, And((B, C))))),
        ("a not in b", Comparison((A, B), ("not in",))),
        ("a < b >= c", Comparison((A, B, C), ("<", ">="))),
        ("a is not given", Not(Test(A, "given"))),
        ("-2", Constant(-2)),
        ("-2.5", Constant(-2.5)),
        ("-a", Negative(A)),
        ("-'a'", Negative(Constant("a"))),
        ("a[-1]", Item(A, -1)),
        ("a.0", Item(A, 0)),
        ("a['b']", Item(A, "b")),
        ("true", Constant(True)),
        ("0x10", Constant(16)),
        ("1_000", Constant(1000)),
        (r"'a\n\'b'", Constant("a\n'b")),
        (r"'a\\d'", Constant("a\\d")),
        ("a | default(b)", Filter(A, "default", (B,))),
        ("a | join", Filter(A, "join")),
        ("a | truncate(3) | upper", Filter(Filter(A, "truncate", (Constant(3),)), "upper")),
        ("a | plural('b', 'c')", Filter(A, "plural", (Constant("b"), Constant("c")))),
        ("a is given and b", And((Test(A, "given"), B))),
    ],
)
def test_what_there_is(source: str, expression: Expression) -> None:
    """Each thing that can be said has one expression."""
    assert parse_condition(source).expression == expression


@pytest.mark.parametrize(
    ("source", "code", "message", "remedy"),
    [
        ("{{ a | length }}", "CP205", "There is no filter “length”.", "Did you mean “count”?"),
        ("{{ a | uper }}", "CP205", "There is no filter “uper”.", "Did you mean “upper”?"),
        ("{{ a | zzz }}", "CP205", "There is no filter “zzz”.", "There are abs, capitalize,"),
        ("{{ a | safe }}", "CP205", "There is no filter “safe”.", ""),
        ("{{ a | truncate }}", "CP206", "The filter truncate takes a whole number from 1", "It"),
        ("{{ a | truncate(0) }}", "CP206", "The filter truncate", "It gives"),
        ("{{ a | truncate(true) }}", "CP206", "The filter truncate", "It gives"),
        ("{{ a | truncate(b) }}", "CP206", "The filter truncate", "It gives"),
        ("{{ a | round(7) }}", "CP206", "The filter round takes perhaps a whole number", "It"),
        ("{{ a | join(1) }}", "CP206", "The filter join takes perhaps a text in quotes.", "It"),
        ("{{ a | upper(1) }}", "CP206", "The filter upper takes no argument.", "It gives"),
        ("{{ a | default }}", "CP206", "The filter default takes a value.", "It gives"),
        ("{{ a | default(b, c) }}", "CP206", "The filter default takes a value.", "It gives"),
        ("{{ a | default(value=b) }}", "CP206", "The filter default takes a value.", "It"),
        ("{{ a | default(*b) }}", "CP206", "The filter default takes a value.", "It gives"),
        ("{{ a | plural }}", "CP206", "The filter plural takes a text in quotes and perhaps", "It"),
        ("{{ a is defined }}", "CP207", "There is no test “is defined”.", "Write “is given”."),
        ("{{ a is odd }}", "CP207", "There is no test “is odd”.", "There are “is given” and"),
        ("{{ a is given(b) }}", "CP207", "There is no test “is given”.", "There are"),
        ("{{ a.upper() }}", "CP208", "The language does not have calls.", "Write x | upper."),
        ("{{ len(a) }}", "CP208", "The language does not have calls.", "Filters do this"),
        ("{{ max(a) }}", "CP208", "The language does not have calls.", "Write x | highest."),
        ("{{ a() () }}", "CP208", "The language does not have calls.", "Filters do this"),
        ("{{ a % b }}", "CP208", "The language does not have the operator “%”.", "There are +"),
        ("{{ a ** b }}", "CP208", "The language does not have the operator “**”.", "There"),
        ("{{ a // b }}", "CP208", "The language does not have the operator “//”.", "Divide"),
        ("{{ +a }}", "CP208", "The language does not have a “+” before a value.", "Leave it"),
        ("{{ [a] }}", "CP208", "The language does not have a list written out.", "Compare"),
        ("{{ (a, b) }}", "CP208", "The language does not have a list written out.", "Compare"),
        ("{{ {} }}", "CP208", "The language does not have a mapping written out.", "Name"),
        ("{{ a[1:2] }}", "CP208", "The language does not have a slice.", "Take one entry"),
        ("{{ none }}", "CP208", "The language does not have “none”.", "Ask with “is given”"),
        ("{% set a = 1 %}", "CP208", "The tag “set” is not in the language.", "The tags are"),
        ("{% include 'a' %}", "CP208", "The tag “include” is not in the language.", "The tags"),
        ("{% filter upper %}{% endfilter %}", "CP208", "The tag “filter” is not in", "The tags"),
        ("{% macro a() %}{% endmacro %}", "CP208", "The tag “macro” is not in", "The tags"),
        ("{{ _a }}", "CP209", "“_a” is not a name that a text can read.", "Names begin"),
        ("{{ a__b }}", "CP209", "“a__b” is not a name that a text can read.", "Names begin"),
        ("{{ a.__class__ }}", "CP209", "“__class__” is not a name that", "Names begin"),
        ("{{ a['_b'] }}", "CP209", "“_b” is not a name that a text can read.", "Names begin"),
        ("{% for _a in b %}{% endfor %}", "CP209", "“_a” is not a name", "Names begin"),
        (f"{{{{ {LARGEST_NUMBER + 1} }}}}", "CP210", "A number is larger than 1,000,000,000.", "U"),
        ("{{ 1e999 }}", "CP210", "A number is larger than 1,000,000,000.", "Use a smaller one."),
        ("{{ 1" + "0" * 5000 + " }}", "CP210", "A number is too long to be read.", "Use"),
        ("{{ a[b] }}", "CP211", "What stands in [ ] must be a whole number or a text.", "Write"),
        ("{{ a[true] }}", "CP211", "What stands in [ ] must be a whole number or", "Write"),
        ("{{ a[1.5] }}", "CP211", "What stands in [ ] must be a whole number or", "Write"),
        ("{% for a, b in c %}{% endfor %}", "CP212", "A loop names one entry and one", "Write"),
        ("{% for a in b if c %}{% endfor %}", "CP212", "A loop names one entry and", "Write"),
        ("{% for a in b recursive %}{% endfor %}", "CP212", "A loop names one entry", "Write"),
        ("{% for loop in b %}{% endfor %}", "CP212", "“loop” cannot be the name of", "Choose"),
        ("{% for if in b %}{% endfor %}", "CP212", "“if” cannot be the name of", "Choose"),
        ("{{ if }}", "CP201", "“if” stands where a name or a value belongs.", "Complete"),
        (r"{{ '\\\d' }}", "CP213", "A backslash is followed by", "There"),
        (r"{{ '\d' }}", "CP213", "A backslash is followed by something that it does", "There"),
        (r"{{ '\ud800' }}", "CP213", "A backslash is followed by something that", "There"),
    ],
)
def test_what_there_is_not(source: str, code: str, message: str, remedy: str) -> None:
    """What the language does not have is refused, with what it has instead."""
    [(found, _, wrong, right)] = findings(source)
    assert found == code
    assert wrong.startswith(message)
    assert right.startswith(remedy)


def test_everything_is_reported_at_once() -> None:
    """All problems of a text are reported together, in the order of their places."""
    source = "{{ a | shout }} {{ b.c() | loud(d._e) }}\n{% set f = g %}{{ [h | i] }}"
    assert [code for code, *_ in findings(source)] == [
        *("CP205", "CP208", "CP205", "CP209"),
        *("CP208", "CP208", "CP205"),
    ]


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("Hello {{ a | shout }}", len("Hello {{ a | ")),
        ("{{ a.shout }} {{ b|shout }}", len("{{ a.shout }} {{ b|")),
        ("{{ odd }} {{ a is odd }}", len("{{ ")),
        ("{{ a && b }}", len("{{ a ")),
        ("{{ a[b] }}", 0),
    ],
)
def test_columns(source: str, column: int) -> None:
    """A finding points at the column of the word it is about, where that can be found."""
    [(_, found, *_)] = findings(source)
    assert found == 1 + column


def test_lines() -> None:
    """A name knows the line that it stands on, and a loop its own."""
    [*_, loop] = parse_template("a\n{{ b }}\n{% for c in d %}{{ c }}{% endfor %}").parts
    assert isinstance(loop, For)
    assert loop.line == 2
    [output] = loop.body
    assert isinstance(output, Output)
    assert isinstance(output.expression, Name)
    assert output.expression.line == 2


def test_every_filter_parses() -> None:
    """Every filter of the table can be written with as many arguments as it takes."""
    arguments = {object: "a", str: "'a'", int: "1"}
    for kind in FILTERS.values():
        for number in range(kind.needs, len(kind.takes) + 1):
            given = ", ".join(arguments[wanted] for wanted in kind.takes[:number])
            expression = parse_condition(f"x | {kind.name}({given})").expression
            assert isinstance(expression, Filter)
            assert len(expression.arguments) == number
