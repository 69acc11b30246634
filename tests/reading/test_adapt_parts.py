"""The card, care and settings of an adaptation, laid over those of its base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.reading.adapt_parts import card, care, settings
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.marks import MarkedMap
from compassion_protocols.reading.notes import taking_notes

if TYPE_CHECKING:
    from compassion_protocols.reading.marks import Node


def node(text: str) -> MarkedMap:
    """Compose a map."""
    root = compose(text.encode(), "a.yaml").root
    assert root is not None
    return root


def is_map(part: Node) -> MarkedMap:
    """Know it for a map."""
    assert isinstance(part, MarkedMap)
    return part


def test_nothing_said_changes_nothing() -> None:
    """A part of which an adaptation says nothing is the base's own, but for its review."""
    base = node("tier: 1\n")
    assert care(base, None) == (base, ())
    assert settings(base, None) == (base, ())
    assert card(node("why: A\nstatus: reviewed\n"), None) == ({"why": "A"}, ())


def test_a_review_is_of_one_file() -> None:
    """Who reviewed the base, when, and what its versions changed is not said of an adaptation."""
    base = "why: A\nreviewers: [B]\nreviewed_on: 2026-11-20\nnext_review: 2027-11-20\n"
    base += "revisions: [{version: 1.1.0, date: 2026-11-20, what: C}]\ninstruments: [distress]\n"
    laid, _ = card(node(base), node("instruments: [ceas]\n"))
    assert laid == {"why": "A", "instruments": ["distress", "ceas"]}


def test_only_what_differs_is_told() -> None:
    """The keys that are told are those whose value is another."""
    laid, changed = care(node("tier: 1\nnot_for: [A]\n"), node("tier: 1\nnot_for: [A, B]\n"))
    assert laid == {"tier": "1", "not_for": ["A", "B"]}
    assert changed == ("not_for",)


def test_what_is_new_comes_after() -> None:
    """The base's own entries keep their place before those that are added."""
    laid, _ = card(node("authors: [A, B]\n"), node("authors: [C, A]\nsetting: Outdoors\n"))
    assert laid == {"authors": ["A", "B", "C"], "setting": "Outdoors"}


def test_places_are_kept() -> None:
    """A key of the adaptation stands where it was written, one of the base where that was."""
    laid = is_map(settings(node("a: {number: 1, label: A}\n"), node("\n\na: {number: 2}\n"))[0])
    inner = is_map(laid["a"])
    assert inner["number"].span.line == 3
    assert inner["label"].span.line == 1


def test_settings_of_one_side() -> None:
    """Settings that only one of the two has are taken whole."""
    own = node("b: {text: b, label: B}\n")
    assert settings(None, own) == (own, ("b",))
    laid, changed = settings(node("a: {text: a, label: A}\n"), own)
    assert list(is_map(laid)) == ["a", "b"]
    assert changed == ("b",)


def test_a_type_stays() -> None:
    """A setting of the base has the type it had, and a finding says so."""
    base = node("a: {number: 1, label: A}\n")
    own = compose(b"a: {text: b}\n", "b.yaml")
    with taking_notes(own) as notes:
        laid, changed = settings(base, own.root)
    assert (laid, changed) == (base, ())
    assert [finding.code for finding in notes] == ["CP326"]
