"""What authors slip on, said in words that help."""

from __future__ import annotations

import pytest

from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.slips import explain
from compassion_protocols.language.template import parse_template


@pytest.mark.parametrize(
    ("source", "message", "remedy"),
    [
        ("{% if a = 1 %}x{% endif %}", "“=” does not compare.", "Write “==”; or “<=”"),
        ("{{ a && b }}", "“&” is not in the language.", "Write “and”."),
        ("{{ !a }}", "“!” stands alone.", "Write “not”, or “!=” to compare."),
        ("{{ a || b }}", "A filter’s name must follow “|”.", "Write “or” for either."),
        ("{{ “a” }}", "Curly quotes do not begin a text here.", "Use straight ones."),
        ("{{ 'a }}", "A text in quotes is not closed.", "Close it: 'text'"),
        ("{% foo %}", "The tag “foo” has no place here.", "Write endif or endfor"),
        ("{% if a %}{% endfor %}", "The tag “endfor” has no place here.", "Write endif"),
        ("{% if a %}x", "“if” is not closed.", "Write endif where it ends."),
        ("{% for a in b %}x", "“for” is not closed.", "Write endfor where it ends."),
        ("{# note", "A comment is not closed.", "Write #} where it ends."),
        ("{% raw %}x", "“raw” is not closed.", "Write {% endraw %} where it ends."),
        ("{{ a is given is missing }}", "Two tests follow one another.", "Join them with “and”."),
        ("{{ }}", "Something is missing at the end.", "Complete it: {{ name }}"),
        ("{{ a", "Something is missing at the end.", "Complete it"),
        ("{{ a == }}", "Something is missing at the end.", "Complete it"),
        ("{{ a. }}", "Something is missing at the end.", "Complete it"),
        ("{{ a) }}", "“)” is not expected here.", "Leave it out"),
        ("{{ a ? b }}", "“?” is not expected here.", "Leave it out"),
        ("{% for 3 in b %}{% endfor %}", "“const” is not expected here.", "Leave it out"),
        ("{{ a b }}", "“b” is not expected here.", "Write texts in quotes"),
    ],
)
def test_slips(source: str, message: str, remedy: str) -> None:
    """A slip that is often made has its own explanation."""
    with pytest.raises(LanguageRejected) as caught:
        parse_template(source)
    [finding] = caught.value.findings
    assert finding.code == "CP201"
    assert finding.message == message
    assert finding.remedy.startswith(remedy)


def test_braces_round_a_condition() -> None:
    """A condition with braces round a name is told to leave them out."""
    with pytest.raises(LanguageRejected) as caught:
        parse_condition("{{ a }} == 3")
    assert caught.value.findings[0].remedy == "Leave out {{ and }}."


def test_any_other_complaint() -> None:
    """A complaint that is in no row still has an explanation."""
    assert explain("the parser has learnt a new word").message == "This cannot be read."
