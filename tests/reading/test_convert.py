"""What stands at the top of a file, on its card and in its care section."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compassion_protocols.findings import Finding, Severity, Span
from compassion_protocols.model.card import Citation, DoseSource, Level, Relation, SeedSource
from compassion_protocols.model.care import Rating
from compassion_protocols.model.protocol import Audience, Family
from compassion_protocols.model.steps import KINDS, Say
from compassion_protocols.reading.convert import read
from compassion_protocols.reading.link import link
from tests.reading.written import (
    codes_of,
    found,
    found_at_marks,
    protocol_of,
    read_text,
    written,
)


def test_a_whole_protocol() -> None:
    """A file becomes a protocol whose fields are what was written, each of its own type."""
    protocol = protocol_of(title="no", family="self-compassion", audience="couple")
    assert (protocol.language, protocol.id, protocol.version) == (1, "a-test", "1.0.0")
    assert protocol.title == "no"
    assert protocol.family is Family.SELF_COMPASSION
    assert protocol.audience == (Audience.COUPLE,)
    assert isinstance(protocol.steps[0], Say)


@pytest.mark.parametrize("text", ["no", "on", "1:30", "17:00", "2026-01-01", "010", "0x1F", "1e3"])
def test_texts_stay_texts(text: str) -> None:
    """A text that looks like something else to YAML arrives as it was written."""
    assert protocol_of(title=text).title == text


def test_spans() -> None:
    """Every part of a protocol knows where in its file it stands."""
    protocol = protocol_of("- id: one\n  say: Hello.", roles="partner: {people: 2}\nx: {people: 1}")
    lines = written("", roles="partner: {people: 2}\nx: {people: 1}").splitlines()
    assert protocol.span == Span("a.yaml", 1, 1)
    assert protocol.card.span == Span("a.yaml", 8, 7)
    assert protocol.roles[1].span == Span("a.yaml", 12, 3)
    assert protocol.steps[0].span == Span("a.yaml", len(lines) + 2, 5)


def test_card() -> None:
    """A card has its dose and each source with its own kind."""
    card = protocol_of(
        card="""
        why: |
          To see.
        dose: {minutes: 2.5, source: literature, frequency: Once}
        sources:
          - {seed: "000", quote: a}
          - {cite: "Hoffmann 2014", doi: 10.1136/bmj.g1687, relation: based_on, level: A}
        authors: [Ana, Ben]
        """
    ).card
    assert card.why == "To see."
    assert (card.dose.minutes, card.dose.source) == (2.5, DoseSource.LITERATURE)
    seed, citation = card.sources
    assert isinstance(seed, SeedSource)
    assert seed.seed == "000"
    assert isinstance(citation, Citation)
    assert (citation.relation, citation.level) == (Relation.BASED_ON, Level.A)
    assert card.authors == ("Ana", "Ben")


def test_care() -> None:
    """The care section has its tier, its screen, its lines, its ratings and what clears."""
    care = protocol_of(
        care="{tier: 3, screen: couple-safety, not_for: [a], distress: before, clears: not afraid}"
    ).care
    assert (care.tier, care.screen, care.not_for) == (3, "couple-safety", ("a",))
    assert care.distress == (Rating.BEFORE,)
    assert care.clears is not None
    assert care.clears.reads == {"afraid"}


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"compassion_protocol": "@@2"}, ["CP110"]),
        ({"compassion_protocol": '@@"1"'}, ["CP110"]),
        ({"compassion_protocol": "@@null"}, ["CP105"]),
        ({"id": "@@Pause"}, ["CP112"]),
        ({"id": "@@äöü"}, ["CP112"]),
        ({"id": "@@../a"}, ["CP112"]),
        ({"version": "@@1.0"}, ["CP113"]),
        ({"version": "@@01.0.0"}, ["CP113"]),
        ({"title": "@@~"}, ["CP105"]),
        ({"title": '@@"  "'}, ["CP105"]),
        ({"title": "@@[a, b]"}, ["CP104"]),
        ({"title": "@@{a: b}"}, ["CP104"]),
        ({"title": "@@- a\n- b"}, ["CP103"]),
        ({"family": "@@Repair"}, ["CP106"]),
        ({"family": "@@zzz"}, ["CP106"]),
        ({"audience": "[couple, @@copule]"}, ["CP106"]),
        ({"audience": "[couple, @@couple]"}, ["CP116"]),
        ({"audience": "@@[]"}, ["CP105"]),
        ({"audience": "@@{couple: 2}"}, ["CP103"]),
        ({"steps": "@@[]"}, ["CP105"]),
        ({"care": "{tier: @@4}"}, ["CP107"]),
        ({"care": '{tier: @@"0"}'}, ["CP107"]),
        ({"care": "{tier: @@-1}"}, ["CP107"]),
        ({"care": "@@none"}, ["CP103"]),
        ({"care": "@@null"}, ["CP105"]),
        ({"care": "@@{}"}, ["CP102"]),
        ({"care": "{tier: 0, screen: @@Couple safety}"}, ["CP112"]),
        ({"care": "{tier: 0, not_for: @@a}"}, ["CP103"]),
        ({"care": "{tier: 0, not_for: @@{a: b}}"}, ["CP103"]),
        ({"care": "{tier: 0, distress: [before, @@later]}"}, ["CP106"]),
        ({"care": "{tier: 0, clears: @@not (}"}, ["CP201"]),
        ({"@@tilte": "A test", "title": ""}, ["CP101"]),
        ({"@@colour": "blue"}, ["CP101"]),
        ({"extends": "@@x@1.0.0"}, ["CP321"]),
        ({"@@change": "{a: {say: b}}"}, ["CP336"]),
        ({"@@brings": "{}", "@@computed": "{}"}, ["CP111", "CP111"]),
    ],
)
def test_mistakes_at_the_top(parts: dict[str, str], codes: list[str]) -> None:
    """What is wrong at the top of a file is found at its own place, and nothing else is."""
    steps = parts.get("steps", "- say: Hello.")
    parts = {key: value for key, value in parts.items() if key != "steps"}
    assert codes_of(found(steps, **parts)) == codes


@pytest.mark.parametrize(
    ("card", "codes"),
    [
        ("@@@@@@{}", ["CP102"] * 3),
        ("{why: a, dose: @@20 minutes, sources: [{cite: a}]}", ["CP103"]),
        ("{why: a, dose: {minutes: @@long, source: seed}, sources: [{cite: a}]}", ["CP107"]),
        ("{why: a, dose: {minutes: 1, source: @@me}, sources: [{cite: a}]}", ["CP106"]),
        ("{why: a, dose: {minutes: 1, source: seed}, sources: @@[]}", ["CP105"]),
        ("{why: a, dose: {minutes: 1, source: seed}, sources: [@@a]}", ["CP103"]),
        ("{why: a, dose: {minutes: 1, source: seed}, sources: [@@{doi: a}]}", ["CP160"]),
        ("{why: a, dose: {minutes: 1, source: seed}, sources: [@@{seed: '000'}]}", ["CP102"]),
        (
            "{why: a, dose: {minutes: 1, source: seed}, sources: [{seed: a, quote: b, @@cite: c}]}",
            ["CP160"],
        ),
    ],
)
def test_mistakes_on_the_card(card: str, codes: list[str]) -> None:
    """What is wrong on a card is found at its own place, and nothing else is."""
    assert codes_of(found(card=card)) == codes


def test_a_draft_comes_with_errors() -> None:
    """A file with errors gives no protocol, but a draft with what was most likely meant."""
    reading = read_text(written("- sya: Hello.\n  id: hello\n- say: Bye."))
    assert reading.protocol is None
    assert reading.draft is not None
    assert [step.id for step in reading.draft.steps] == ["hello", ""]


def test_a_warning_keeps_nothing_back() -> None:
    """A file whose language is not named first has a warning, and is a protocol all the same."""
    text = written().replace("compassion_protocol: 1\n", "", 1)
    reading = read_text(f"{text}compassion_protocol: 1\n")
    assert [finding.severity for finding in reading.findings] == [Severity.WARNING]
    assert reading.protocol is not None


def test_a_programme() -> None:
    """A programme is not read yet, and one finding says so."""
    [finding] = found_at_marks("@@compassion_programme: 1\nid: a\nweeks: 8\n")
    assert finding.code == "CP111"


def test_what_is_missing_at_the_top() -> None:
    """An empty map lacks every name that a protocol needs, each with a finding."""
    missing = [f.message.split("“")[1].split("”")[0] for f in read_text("a: b").findings[1:]]
    assert missing == [
        *("audience", "card", "care", "compassion_protocol", "family"),
        *("id", "steps", "summary", "title", "version"),
    ]


def test_nothing_to_convert() -> None:
    """A file that is not even a map has the findings of the composer and no draft."""
    reading = read(b"- a", "a.yaml")
    assert (reading.protocol, reading.draft) == (None, None)
    assert codes_of(list(reading.findings)) == ["CP005"]


def test_composer_and_converter_together() -> None:
    """What YAML stumbles over and what the language does not know are found in one reading."""
    findings = found("- say: @@{{ you }}, hello.\n- ask: How are you?\n  answer: @@txet")
    assert codes_of(findings) == ["CP013", "CP130"]


# What may be found in a protocol: some that belong there, and anything else.
names = st.sampled_from(
    [
        *("compassion_protocol", "id", "steps", "settings", "roles", "people", "card", "dose"),
        *("care", "tier", "who", "to", "when", "timer", "at_most", "until", "otherwise", "with"),
        *("answer", "rules", "words", "min", "max", "choice", "form", "list", "scale", "as", "for"),
        *("in", "out", *KINDS),
    ]
)
texts = st.sampled_from(
    ["1", "3m", "-1", "text", "{{ you }}", "{% if %}", "a in b", "a ==", "", "~", "|", "everyone"]
) | st.text(max_size=8)
documents = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(names | st.text(min_size=1, max_size=5), inner, max_size=5)
    ),
    max_leaves=30,
)


def as_yaml(node: object, margin: int = 0) -> str:
    """Write a document in brackets, every text in quotes or plain as it comes."""
    if isinstance(node, dict):
        inside = ", ".join(f"{_scalar(key)}: {as_yaml(value)}" for key, value in node.items())
        return f"{{{inside}}}"
    if isinstance(node, list):
        return f"[{', '.join(as_yaml(item) for item in node)}]"
    return _scalar(str(node))


def _scalar(text: str) -> str:
    plain = text.isascii() and text.replace("_", "").isalnum()
    return text if plain else "'" + text.replace("'", "''").replace("\n", " ") + "'"


@given(st.dictionaries(names, documents, max_size=8))
@example({"steps": [{"for_each": {"a": "b"}, "steps": [["x"]]}]})
@example({"settings": {"a": {"list": {"from": ["x"]}}}, "roles": {"b": []}})
def test_reading_never_raises(document: dict[str, object]) -> None:
    """Whatever is written, reading gives findings that stand in the file, and raises nothing."""
    text = "\n".join(f"{_scalar(key)}: {as_yaml(value)}" for key, value in document.items())
    reading = read_text(text)
    assert reading.protocol is None
    assert reading.findings
    assert all(1 <= f.span.line <= len(text.splitlines()) + 1 for f in reading.findings)
    assert all(f.message and f.remedy for f in reading.findings)


@given(documents)
def test_reading_any_step_never_raises(document: object) -> None:
    """Whatever stands where a step belongs, reading a protocol around it raises nothing."""
    reading = read_text(written(f"- {as_yaml(document)}"))
    assert (reading.protocol is None) == bool(reading.findings)


PROTOCOL = (Path(__file__).parent.parent / "findings" / "CP142.yaml").read_text("utf-8")


@given(
    st.integers(0, len(PROTOCOL) - 1),
    st.integers(0, 8),
    st.text(st.sampled_from("abx3:-{}[]'\"|# \n"), max_size=3),
)
def test_reading_a_mangled_protocol_never_raises(at: int, lost: int, new: str) -> None:
    """Whatever is lost of a protocol or comes into it, reading and linking it raises nothing."""
    reading = read_text(PROTOCOL[:at] + new + PROTOCOL[at + lost :])
    if reading.draft is not None:
        linking = link(reading.draft, lambda protocol: None)
        assert linking.protocol == reading.draft
    assert all(finding.message and finding.remedy for finding in reading.findings)


def test_together_with_later_findings() -> None:
    """Later findings are added in order, but for those that only follow from an error here."""
    reading = read_text(written("- say: a.\n  id: B\n  for: 3"))
    first, second = reading.findings
    same = Finding("CP401", "It is unknown.", "", first.span)
    before = Finding("CP401", "It is unknown.", "", Span("a.yaml", 1, 1))
    assert reading.together_with([same, before]) == (before, first, second)


@pytest.mark.parametrize("key", ["not_for", "before_you_start"])
@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("[Being hurt, @@threatened or controlled.]", ["CP118"]),
        ("[Being hurt., A day of crisis.]", []),
        ("['Being hurt, threatened or controlled.']", []),
        ("[being hurt, being afraid]", []),
        ("\n  - Being hurt\n  - being afraid", []),
        ("@@Being hurt", ["CP103"]),
    ],
)
def test_a_line_of_care_that_a_comma_cuts(key: str, lines: str, codes: list[str]) -> None:
    """In brackets, half a sentence of care is found, and shown whole with quotes round it."""
    assert codes_of(found(care=f"tier: 0\n{key}: {lines}")) == codes
