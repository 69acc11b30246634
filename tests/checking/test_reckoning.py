"""How often loops go round, for a group of some size."""

from __future__ import annotations

from compassion_protocols.checking.reckoning import tally_of
from tests.checking.found import facts_of


def test_a_loop_over_gathered_answers() -> None:
    """A loop over gathered answers goes round as often as these can have been given."""
    text = """
        audience: group
        roles:
          member: {people: 3}
        steps:
          - turns: member
            steps:
              - {ask: A, id: said, who: WHO, answer: text, example: B}
          - for_each: one in said
            steps: [{say: C}]
    """
    sizes = {"member": 3}
    assert tally_of(facts_of(text.replace("WHO", "speaker")), sizes).most == 3 + 3
    # A facilitator might be among those who are asked.
    assert tally_of(facts_of(text.replace("WHO", "listener")), sizes).most == 3 + 12
