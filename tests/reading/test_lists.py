"""Lists and maps, whatever stands in them."""

from __future__ import annotations

import pytest

from compassion_protocols.model.care import Rating
from compassion_protocols.reading.fields import text, word
from compassion_protocols.reading.lists import (
    entries,
    list_of,
    no_map,
    not_twice,
    one_or_several,
    pairs,
    some_texts,
    texts,
)
from tests.reading.written import codes_of, taken


def test_lists_of_texts() -> None:
    """A list of texts is a tuple; only some lists must have an entry."""
    assert taken(texts, "[a, no]") == (("a", "no"), [])
    assert taken(texts, "[]") == ((), [])
    found, notes = taken(some_texts, "[]")
    assert (found, codes_of(notes)) == ((), ["CP105"])


def test_one_or_several() -> None:
    """A single word may stand without a list; a list names each word once."""
    ratings = one_or_several(word(Rating), otherwise=(Rating.AFTER,))
    assert taken(ratings, "before") == ((Rating.BEFORE,), [])
    assert taken(ratings, "[before, midway]")[0] == (Rating.BEFORE, Rating.MIDWAY)
    found, notes = taken(ratings, "[before, before]")
    assert (found, codes_of(notes)) == ((Rating.BEFORE,), ["CP116"])
    found, notes = taken(ratings, "[]")
    assert (found, codes_of(notes)) == ((Rating.AFTER,), ["CP105"])


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("a b", "Write each entry on a line of its own: - a b"),
        ("{a: b}", "Put “- ” before it: - {a: b}"),
        ("\n  a: b\n  c: d", "Put “- ” before the first name, and two blanks before each name"),
    ],
)
def test_no_list(value: str, remedy: str) -> None:
    """Whoever writes no list is shown how theirs would look as one."""
    found, [note] = taken(entries, value)
    assert not list(found)
    assert note.code == "CP103"
    assert remedy in note.remedy


def test_every_entry_is_looked_at() -> None:
    """What is wrong with one entry does not hide what is wrong with the next."""
    assert codes_of(taken(list_of(text), "[[a], '', {b: c}]")[1]) == ["CP104", "CP105", "CP104"]


def test_twice() -> None:
    """Each text that comes again is noted with the line of the first."""
    notes = taken(not_twice, "\n  - a\n  - b\n  - a\n  - [a]\n  - a")[1]
    assert [(note.span.line, note.message) for note in notes] == [
        (4, "“a” is already there on line 2."),
        (6, "“a” is already there on line 2."),
    ]


def test_pairs() -> None:
    """A map has its names with their places; what is no map has none, and is noted."""
    found, notes = taken(lambda node: pairs(node, "a map", "a: b"), "{a: b, c: d}")
    assert [(key, key.span.column, value) for key, value in found] == [
        ("a", 7, "b"),
        ("c", 13, "d"),
    ]
    assert notes == []
    found, [note] = taken(lambda node: pairs(node, "a map", "a: b"), "[a]")
    assert (found, note.code, note.remedy) == ([], "CP103", "Write it as in “a: b”.")


def test_nothing_in_the_place_of_a_map() -> None:
    """Where nothing stands in the place of a map, that is what is noted."""
    assert codes_of(taken(lambda node: no_map(node, "a map", "a: b"), "")[1]) == ["CP105"]


def test_a_list_that_is_no_list_of_texts() -> None:
    """Where one text could hardly be an entry, a whole list is shown as it may look."""
    found, [note] = taken(lambda node: entries(node, example="scale: [0, 10]"), "0-10")
    assert not list(found)
    assert note.remedy == "Write it as in “scale: [0, 10]”."
