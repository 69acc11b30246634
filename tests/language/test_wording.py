"""What a text says whatever its values are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.template import parse_template
from compassion_protocols.language.wording import STAND_IN, least_wording, wording


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Sit down.", "Sit down."),
        ("{{ you }}, sit.", "Ana, sit."),
        ("{{ you | upper }}, sit.", "Ana, sit."),
        ("{% if a %}Yes.{% elif b %}No.{% else %}Perhaps.{% endif %}", "Yes. No. Perhaps."),
        ("{% if a %}Yes.{% endif %}", "Yes."),
        ("{% for x in a %}- {{ x }}{% else %}None.{% endfor %}", "- Ana None."),
        ("{% for x in a %}- {{ x }}{% endfor %}", "- Ana"),
        ('{{ "fixed" }} words', "fixed words"),
    ],
)
def test_wording(source: str, expected: str) -> None:
    """A value is a short word, and every branch and each loop's body are there once."""
    assert wording(parse_template(source)) == expected


@given(st.text(alphabet="ab .", max_size=40))
def test_a_text_without_values_is_itself(text: str) -> None:
    """What holds no value says what is written."""
    assert wording(parse_template(text)) == text


def test_a_stand_in_is_one_word() -> None:
    """What stands for a value is one short word."""
    assert STAND_IN.isalpha()
    assert len(STAND_IN) <= 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Sit down.", "Sit down."),
        ("{{ you }}, sit.", "Ana, sit."),
        ("{% if a %}Yes, do.{% elif b %}No.{% else %}Perhaps.{% endif %}", "No."),
        ("{% if a %}Yes.{% endif %}", ""),
        ("{% if a %}{% if b %}Yes.{% else %}No.{% endif %}{% else %}Perhaps.{% endif %}", "No."),
        ("Here: {% for x in a %}- {{ x }}{% else %}None.{% endfor %}", "Here: "),
    ],
)
def test_least_wording(source: str, expected: str) -> None:
    """At the least a text has its shortest branches, and nothing of its loops."""
    assert least_wording(parse_template(source)) == expected
