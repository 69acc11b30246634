"""Parts of a protocol in a few words."""

from __future__ import annotations

import pytest

from compassion_protocols.authoring.flowcharts.shortly import (
    LONGEST_LINE,
    amount,
    brief,
    cut,
    own_name,
)
from compassion_protocols.language.template import parse_template
from compassion_protocols.language.values import Duration
from compassion_protocols.model.names import Ref

KNOWN = {"rounds": 2, "calm/1.breaths": 3}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (3, "3"),
        (Duration(90), "1 minute 30 seconds"),
        (Ref("rounds"), "rounds (2)"),
        (Ref("calm/1.breaths"), "3"),
        (Ref("an_answer"), "an_answer"),
    ],
)
def test_an_amount_has_its_name_and_its_default(number: int | Ref, words: str) -> None:
    """A setting is told by its name and its default, one that an include fixes by its value."""
    assert amount(number, KNOWN) == words


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("rounds", "rounds"),
        ("calm/1.breaths", "breaths"),
        ("a/1.b/2.c", "c"),
        ("calm.back", "calm.back"),
    ],
)
def test_a_name_is_as_its_author_wrote_it(name: str, own: str) -> None:
    """What linking has put before a name is taken off, and a prefix of an author's stays."""
    assert own_name(name) == own


def test_a_long_line_is_cut_between_words() -> None:
    """A long line ends after a whole word; one without spaces is cut where it has to be."""
    assert cut("a  b\nc") == "a b c"
    assert cut("word " * 40).endswith("word …")
    assert cut("a" * 200) == f"{'a' * LONGEST_LINE} …"


def test_a_text_in_brief() -> None:
    """A text in brief is one line, with its names in angles."""
    text = "{% for r in heard %}{{ r.by }}: {% if a %}{{ b | upper }}{% else %}c{% endif %}"
    text += "{% endfor %}"
    assert brief(parse_template(text)) == "‹r.by›: ‹b›"
