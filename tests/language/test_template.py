"""Texts: parsed, read and rendered."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compassion_protocols.findings import Span
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.template import parse_template, render
from compassion_protocols.language.values import LONGEST_TEXT, NOTHING, Contribution, Person

if TYPE_CHECKING:
    from compassion_protocols.language.values import Missing, Value

ANA, BEN = Person("1", "Ana"), Person("2", "Ben")
NAMES: dict[str, Value | Missing] = {
    "you": ANA,
    "n": 3,
    "gone": NOTHING,
    "long": "x" * 10_000,
    "reflection": (
        Contribution("alone", ANA, {"speaker": BEN}),
        Contribution("glad", BEN, {"speaker": ANA}),
    ),
}


def shows(source: str) -> str:
    """Parse a text and render it with the names above."""
    return render(parse_template(source), NAMES.__getitem__)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("Breathe.", "Breathe."),
        ("Breathe.\n", "Breathe."),
        ("One\r\nTwo\rThree\n\n", "One\nTwo\nThree\n"),
        ("A { smile } 100 %", "A { smile } 100 %"),
        ("Let go, {{ you }}.", "Let go, Ana."),
        ("{{ n }}{{gone}}{{ you }}", "3Ana"),
        ("{{ reflection }}", "alone and glad"),
        ("Take {{ n }} {{ n | plural('breath') }}.", "Take 3 breaths."),
        ("{# a note #}Rest.", "Rest."),
        ("{% raw %}{{ you }}{% endraw %}", "{{ you }}"),
        ("a {{- n -}} b", "a3b"),
        ("{{ 'a' 'b' ~ 1.50 ~ -2 }}", "ab1.5-2"),
        ("{{ 6 / 4 }} {{ 1 + 2 * 3 - 1 }}", "1.5 6"),
        ("{{ reflection[-1].by }}", "Ben"),
        ("{{ reflection | of(you) }}", "alone"),
        ("{% if n > 2 %}many{% elif n %}some{% else %}none{% endif %}", "many"),
        ("{% if gone > 2 %}many{% elif gone %}some{% else %}none{% endif %}", "none"),
    ],
)
def test_rendering(source: str, text: str) -> None:
    """A text is written with its values in place, and a last line break is dropped."""
    assert shows(source) == text


def test_tags_on_lines_of_their_own() -> None:
    """A tag that stands alone on its line leaves no empty line behind."""
    source = """Heard:
    {% for r in reflection %}
    - {{ r.by }} heard {{ r.speaker }}: {{ r.value }}
    {% endfor %}
Thank you.
"""
    assert shows(source).splitlines() == [
        "Heard:",
        "    - Ana heard Ben: alone",
        "    - Ben heard Ana: glad",
        "Thank you.",
    ]


@pytest.mark.parametrize("source", ["{{ long }}" * 5, "{{ long }}{{ n + 1 }}" * 5])
def test_too_long(source: str) -> None:
    """A text that grows too long is cut there, and shows that it is."""
    text = shows(source)
    assert len(text) == LONGEST_TEXT
    assert text.endswith("x…")


def test_just_long_enough() -> None:
    """A text of exactly the greatest length is not cut."""
    template = parse_template("{{ long }}")
    assert render(template, NAMES.__getitem__, 10_000) == NAMES["long"]
    assert len(render(template, NAMES.__getitem__, 9_999)) == 9_999


@pytest.mark.parametrize(
    ("source", "blank"),
    [
        ("Breathe.", False),
        ("{{ n }}", False),
        ("{% if n %}Breathe.{% endif %}", True),
        ("{% if n %}Breathe.{% endif %} Rest.", False),
        ("{% if n %}Breathe.{% else %}Rest.{% endif %}", False),
        ("{% if n %}Breathe.{% elif gone %} {% else %}Rest.{% endif %}", True),
        ("{% if n %}{% if gone %}A{% else %}B{% endif %}{% else %}C{% endif %}", False),
        ("{% for r in reflection %}{{ r }}{% else %}Rest.{% endfor %}", True),
    ],
)
def test_blank(source: str, blank: bool) -> None:
    """A text may be blank if there is a way through its branches that writes no word."""
    assert parse_template(source).may_be_blank is blank


@pytest.mark.parametrize(
    ("source", "nothing"),
    [
        ("", False),
        ("{{ n }}", False),
        ("{{ n | default('none') }}", False),
        ("{% if n %}{{ n | default('none') }}{% else %}{{ you }}{% endif %}", False),
        ("{% if n %}Breathe.{% endif %}", True),
        ("{% for r in reflection %}{{ r }}{% endfor %}", True),
    ],
)
def test_nothing(source: str, nothing: bool) -> None:
    """A text may come to nothing if there is a way through its branches without word or value."""
    assert parse_template(source).may_come_to_nothing is nothing


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("", True),
        ("text", True),
        ("{{ a }} and {{ b }}", True),
        ("{{ a.b }}", False),
        ("{{ a | upper }}", False),
        ("{{ 'text' }}", True),
        ("{{ -a }}", False),
        ("{% if a %}b{% endif %}", False),
    ],
)
def test_plain(source: str, plain: bool) -> None:
    """A text is plain if it holds only text and names."""
    assert parse_template(source).is_plain is plain


def test_reads() -> None:
    """A text knows the names that it reads."""
    template = parse_template("{{ a }}{{ b.c }}{% for d in e %}{{ d }}{{ f }}{% endfor %}")
    assert template.reads == {"a", "b", "e", "f"}
    assert parse_template("text").reads == frozenset()


def test_equality() -> None:
    """Two texts are equal if they say the same, wherever they stand."""
    here, there = Span("a.yaml", 1, 1), Span("b.yaml", 9, 9)
    assert parse_template("{{ a }}", here) == parse_template("{{a}}", there)
    assert parse_template("{{ a }}") != parse_template("{{ b }}")


def test_rejection() -> None:
    """A text that is not in the language is rejected with its place."""
    with pytest.raises(LanguageRejected) as caught:
        parse_template("Hello\n  {{ you | shout }}", Span("a.yaml", 10, 5))
    [finding] = caught.value.findings
    assert finding.code == "CP205"
    assert finding.span == Span("a.yaml", 11, 5 + len("  {{ you | "))
    assert "CP205" in str(caught.value)


def test_plain_texts_need_no_parser() -> None:
    """Texts and conditions of the plainest shapes are parsed without importing Jinja2."""
    program = """
import sys
from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.template import parse_template
parse_template("Hello {{ you }}, {{ r.by }}")
parse_condition('landed == "yes"')
assert "jinja2" not in sys.modules
parse_template("{{ you | upper }}")
assert "jinja2" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
