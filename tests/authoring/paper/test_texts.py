"""Texts on paper, where nobody's name and no answer is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.authoring.paper.texts import text_on_paper
from compassion_protocols.language.template import parse_template
from tests.authoring.paper.papers import PAPER


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Rest a while.", "Rest a while."),
        # who is called
        ("Welcome, {{ you }}.", "Welcome."),
        ("Now, {{ you }}, nothing has to be solved.", "Now, nothing has to be solved."),
        ("{{ speaker }}, what is on your heart?", "What is on your heart?"),
        ("What could you ask for, {{ speaker }},\nso that", "What could you ask for,\nso that"),
        ("Only listen, {{ listener }}", "Only listen"),
        ("One.\n{{ you }}, this is two.", "One.\nThis is two."),
        # who is spoken of
        ("Tell {{ listener }} about it.", "Tell the listener about it."),
        ("{{ listener }} heard it.", "The listener heard it."),
        ("It was {{ speaker }}'s voice.", "It was the speaker's voice."),
        ("{{ you }}'s turn. {{ you }} begin.", "Your turn. You begin."),
        ("- {{ speaker }} begins", "- The speaker begins"),
        ("“{{ speaker }} is glad”", "“The speaker is glad”"),
        # what is known
        ("The floor is yours for {{ floor_time }}.", "The floor is yours for 3 minutes."),
        ("{{ rounds + 1 }} of {{ deck | count }}: {{ deck }}", "3 of 2: river and stone"),
        ("{% if calm %}Softly.{% else %}Aloud.{% endif %}", "Softly."),
        ("{% if loud %}Aloud.{% else %}Softly.{% endif %}", "Softly."),
        ("{% if loud %}Aloud.{% endif %}Then.", "Then."),
        ("{% for d in deck %}{{ d }} {% endfor %}", "river stone"),
        ("{% for d in nobody %}{{ d }}{% else %}No cards.{% endfor %}", "No cards."),
        # what is not
        ("You heard: “{{ heard }}”", "You heard: “[what was written at 3]”"),
        ("{{ needs | count }} needs", "[the number of entries in the list at 5] needs"),
        ("{{ heard | given | count }} words", "[the number of answers at 3] words"),
        ("{{ needs | first }} first", "[the first of the list at 5] first"),
        ("{{ heard | default('…') }}", "[what was written at 3]"),
        ("{{ heard | upper }}", "[what was written at 3]"),
        ("{{ request.by_when | date }}", "[by when, at 6]"),
        ("{{ needs[0] }}", "[the list at 5]"),
        ("{{ mood + 1 }}", "[the number at 7 + 1]"),
        ("{{ -mood }}", "[-the number at 7]"),
        ("{{ heard ~ '!' }}", "[what was written at 3 !]"),
        ("{{ heard if sure else 'nothing' }}", "[what was written at 3]"),
        ("{{ sure == 'yes' }}", "[the answer at 4 is “yes”]"),
        (
            "{% if heard is given %}Once more: {{ heard }}{% endif %}",
            "(if something was written at 3: Once more: [what was written at 3])",
        ),
        (
            "{% if sure %}\nIt fits.\n{% else %}\nIt is close.\n{% endif %}\nGo on.",
            "(If the answer at 4 is yes:)\nIt fits.\n\n(Otherwise:)\nIt is close.\n\nGo on.",
        ),
        (
            "{% if heard is given %}{% else %}\nNothing yet.\n{% endif %}",
            "(Unless something was written at 3:)\nNothing yet.",
        ),
        (
            "{% if sure %}a{% elif calm %}b{% else %}c{% endif %}",
            "(if the answer at 4 is yes: a)(otherwise: b)",
        ),
        (
            "{% for h in heard | given %}\n- {{ h.by }}: {{ h.value }}\n{% endfor %}\n\nThanks.",
            "- [name]: [what was written at 3]\n- …\n\nThanks.",
        ),
        (
            "{% for r in request %}{{ loop.index }} {{ r.value.what }}, {{ r.need }}{% endfor %}",
            "[index] [what, at 6], [need]",
        ),
        (
            "{% for r in request %}{% for h in heard %}{% if h.need == r.need %}{{ h }}"
            "{% endif %}{% endfor %}{% endfor %}",
            "[what was written at 3]",
        ),
        ("{{ elsewhere.open_door }}", "[open door, elsewhere]"),
    ],
)
def test_a_text_on_paper(text: str, printed: str) -> None:
    """Whoever is called is left out, whoever is spoken of is named by their part, what is known is
    filled in, and for an answer there is the place where it was written.
    """
    assert text_on_paper(parse_template(text), PAPER) == printed


@given(st.text(st.sampled_from("ab ,.'’“\n- "), max_size=12), st.sampled_from(["you", "speaker"]))
def test_the_rest_of_a_text_stays(text: str, name: str) -> None:
    """What an author wrote around a name is there as it was, but for spaces, commas and case."""
    printed = text_on_paper(parse_template(f"{text}{{{{ {name} }}}}{text}"), PAPER)
    words = printed.replace("the speaker", "").replace("The speaker", "")
    letters = [c.lower() for c in words.replace("You", "").replace("you", "") if c in "abAB"]
    assert letters == [c for c in text * 2 if c in "ab"]
