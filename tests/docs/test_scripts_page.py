"""The page on scripts says what a script can say."""

from __future__ import annotations

from compassion_protocols.authoring.scripts.reading import LOOKS
from compassion_protocols.authoring.scripts.script import AGAIN, REFUSALS, RESTORE
from tests.docs.tables import SCRIPTS, with_tables

TEXT = SCRIPTS.read_text("utf-8")


def test_tables_are_those_of_the_library() -> None:
    """Every table of the page, and the list of what always holds, is the library's own."""
    assert with_tables(TEXT) == TEXT


def test_every_word_of_a_script_is_there() -> None:
    """What may be seen beside the fields of a view, and what is no event, stands on the page."""
    assert [word for word in (*LOOKS, *REFUSALS, AGAIN, RESTORE) if f"`{word}" not in TEXT] == []
