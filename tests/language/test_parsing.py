"""Limits, and sources that mean harm."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.findings import Span
from compassion_protocols.language import limits
from compassion_protocols.language.condition import holds, parse_condition
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.template import parse_template, render
from tests.language.test_values import perhaps

Parsed = TypeVar("Parsed")

if TYPE_CHECKING:
    from collections.abc import Callable

    from compassion_protocols.language.values import Missing, Value


def codes(source: str, parse: Callable[[str], object] = parse_template) -> set[str]:
    """List the codes of all findings; none if the source is fine."""
    try:
        parse(source)
    except LanguageRejected as rejected:
        return {finding.code for finding in rejected.findings}
    return set()


N = limits.DEEPEST_NESTING


@pytest.mark.parametrize(
    ("allowed", "refused", "code"),
    [
        ("x" * limits.LONGEST_SOURCE, "x" * (limits.LONGEST_SOURCE + 1), "CP202"),
        ("{{ a ~ " + " ~ ".join("b" * 370) + " }}", "{{ " + " , ".join("a" * 800) + "}}", "CP202"),
        ("{{ " + "(" * N + "a" + ")" * N + "}}", "{{ " + "(" * 13 + "a" + ")" * 13 + "}}", "CP203"),
        ("{{ " + "not " * N + "a }}", "{{ " + "not " * 13 + "a }}", "CP203"),
        ("{{ " + "-" * N + "a }}", "{{ " + "-" * 13 + "a }}", "CP203"),
        ("{{ " + "a if b else " * N + "c }}", "{{ " + "a if b else " * 13 + "c }}", "CP203"),
        ("{% if a %}" * N + "{% endif %}" * N, "{% if a %}" * 14 + "{% endif %}" * 14, "CP203"),
        ("{{ a" + ".b" * 23 + " }}", "{{ a" + ".b" * 24 + " }}", "CP203"),
        ("{{ a" + "|abs" * 23 + " }}", "{{ a" + "|abs" * 24 + " }}", "CP203"),
        (
            "{% for a in b %}" * 2 + "x" + "{% endfor %}" * 2,
            "{% for a in b %}" * 3 + "x" + "{% endfor %}" * 3,
            "CP203",
        ),
        ("{{ a | abs }}" * 200, "{{ a | abs }}" * 201, "CP204"),
        (
            "{% for a in b %}" * 2 + "{{ a }}" * 59 + "{% endfor %}" * 2,
            "{% for a in b %}" * 2 + "{{ a }}" * 60 + "{% endfor %}" * 2,
            "CP204",
        ),
        (
            "{% for a in b %}" * 2 + "{{ a | title }}" + "{% endfor %}" * 2,
            "{% for a in b %}" * 2 + "{{ a | title | title }}" + "{% endfor %}" * 2,
            "CP204",
        ),
    ],
)
def test_limits(allowed: str, refused: str, code: str) -> None:
    """A text at a limit is fine, and one past it is refused."""
    assert codes(allowed) == set()
    assert codes(refused) == {code}


def test_limits_of_conditions() -> None:
    """The limits hold for conditions too."""
    assert codes("a" * 8_001, parse_condition) == {"CP202"}
    assert codes("(" * 13 + "a" + ")" * 13, parse_condition) == {"CP203"}
    assert codes(" or ".join("a" * 401), parse_condition) == {"CP204"}
    assert codes(" or ".join("a" * 399), parse_condition) == set()


HOSTILE = [
    *("{{ " + piece * 2_000 for piece in ("(", "[", "{", "not ", "-", "+", "a if ", "a(", "a|")),
    *("{{ " + piece * 600 for piece in ("a if b else ", "a.b[", "a and (", "a is given(", "a|b(")),
    *("{{ a" + piece * 900 + " }}" for piece in (".b", "[0]", "()", "|abs", "**a", " ~a", "+a")),
    *(tag * 400 for tag in ("{% if a %}", "{% for a in b %}", "{% set a %}", "{% block a %}")),
    *(tag * 400 for tag in ("{% with %}", "{% call a() %}", "{% filter a %}", "{% macro a() %}")),
    "{% if a %}{{ (" * 100,
    "{{" * 4_000,
    "{%" * 4_000,
    "{#" * 4_000,
    "{% raw %}" * 800,
    "{{ '" + "\\" * 7_000,
    "{{ 1" + "0" * 7_000 + " }}",
    "{{ 1_" * 1_000,
    "{{ 0x" + "f" * 7_000 + " }}",
    "{{ " + "1e" * 3_000,
    "{{ a }}" * 1_100,
    " " * 8_000,
    "\n" * 8_000,
    "{{ a -}}" + " \n" * 3_000,
    "{{ a" + "\n" * 7_000 + "b }}",
]


def test_a_small_stack_is_enough() -> None:
    """Hostile sources are refused on a thread with a stack of 256 KB."""
    found: list[set[str]] = []

    def parse_all() -> None:
        found.extend(
            codes(source, parse)
            for source, parse in product(HOSTILE, (parse_template, parse_condition))
        )

    before = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=parse_all)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert len(found) == 2 * len(HOSTILE)


def test_a_deep_caller() -> None:
    """Where the caller has all but used up the stack, a text is refused as too deep."""
    source = "{{ " + "(" * 9 + "a" + ")" * 9 + " }}"
    found: list[set[str]] = []

    def call(depth: int) -> None:
        if depth:
            call(depth - 1)
        else:
            found.append(codes(source))

    codes(source)  # what is imported on the way needs a stack of its own
    for depth in range(sys.getrecursionlimit(), 0, -20):
        with suppress(RecursionError):  # the caller itself did not get so far
            call(depth)
        if found[-1:] == [set()]:
            break
    assert found[0] == {"CP203"}
    assert found[-1] == set()


soup = st.lists(
    st.one_of(
        st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-}}", " ", "\n", "'", '"']),
        st.sampled_from(["if", "else", "elif", "endif", "for", "endfor", "in", "is", "not", "and"]),
        st.sampled_from(["a", "b", "loop", "given", "1", "0.5", "|", "default", "count", "join"]),
        st.sampled_from(["(", ")", "[", "]", "{", "}", ".", ",", "==", "<", "+", "-", "/", "~"]),
        st.sampled_from(
            ["{% if a %}", "{% endif %}", "{% for a in b %}", "{% endfor %}", "{{ a }}"]
        ),
        st.text(max_size=3),
    ),
    max_size=15,
)


def attempt(parse: Callable[[str, Span], Parsed], source: str) -> Parsed | None:
    """Parse a source, or look whether its findings lie inside it."""
    try:
        return parse(source, Span("a.yaml", 5, 3))
    except LanguageRejected as rejected:
        found = rejected.findings
    last = 5 + limits.even_lines(source).count("\n")
    assert found
    assert all(5 <= finding.span.line <= last for finding in found)
    return None


@given(
    soup, st.sampled_from(["", " "]), st.dictionaries(st.sampled_from("ab"), perhaps, min_size=2)
)
def test_any_text_is_parsed_or_refused(
    pieces: list[str], between: str, names: dict[str, Value | Missing]
) -> None:
    """Any source is either a text, which then renders, or refused with findings inside it."""
    template = attempt(parse_template, between.join(pieces))
    if template and template.reads <= names.keys():
        assert isinstance(render(template, names.__getitem__), str)


@given(soup, st.dictionaries(st.sampled_from("ab"), perhaps, min_size=2))
def test_any_condition_is_parsed_or_refused(
    pieces: list[str], names: dict[str, Value | Missing]
) -> None:
    """Any source is either a condition, which then has an answer, or refused."""
    condition = attempt(parse_condition, " ".join(pieces))
    if condition and condition.reads <= names.keys():
        assert holds(condition, names.__getitem__) in (True, False, None)
