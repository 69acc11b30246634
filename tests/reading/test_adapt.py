"""Adaptations: how the words of two files become one protocol, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from compassion_protocols.language.values import Duration
from compassion_protocols.model.adaptation import Adapted, Fidelity
from compassion_protocols.model.card import Citation, Status
from compassion_protocols.model.care import Rating
from compassion_protocols.model.settings import DurationSetting
from compassion_protocols.model.steps import Say
from compassion_protocols.reading.convert import Reading, read
from compassion_protocols.testing.samples import Data
from compassion_protocols.testing.strategies import as_yaml, protocols
from tests.reading.written import codes_of, written

CLINIC = Path(__file__).parents[1] / "adaptations/empathy-exchange-for-our-clinic.protocol.yaml"
BASE = written(
    """
    - say: Welcome, {{ you }}.
      id: welcome
    - part: The middle
      id: middle
      steps:
        - speak: Tell a little.
          id: floor
          for: floor_time
          core: true
        - say: Thank you.
          id: thanks
    - say: Goodbye.
      id: bye
    """,
    id="the-base",
    version="1.4.0",
    card="""
        why: To see.
        dose: {minutes: 1, source: default}
        sources: [{cite: A book}]
        authors: [A. First]
        practices: [a-practice]
        status: reviewed
    """,
    care="{tier: 1, screen: a-screening, not_for: [One.], distress: before}",
    settings="{floor_time: {duration: 2m, min: 1m, max: 3m, label: Time}}",
)
HEAD = """\
compassion_protocol: 1
id: adapted-here
version: 0.1.0
extends: the-base@1.4.0
adapted: {by: B. Second, on: 2026-11-01, why: To see more.}
"""


@frozen
class File:
    """A file that somebody may extend."""

    name: str
    data: bytes


class Files:
    """Finds files among those it was given, by the ids of what is in them."""

    def __init__(self, **files: str) -> None:
        self.files = {name.replace("_", "-"): text for name, text in files.items()}
        self.known = tuple(self.files)

    def __call__(self, protocol: str) -> File | None:
        """Look it up."""
        text = self.files.get(protocol)
        return None if text is None else File(f"{protocol}.yaml", text.encode())


def adapting(rest: str, head: str = HEAD, base: str = BASE) -> Reading:
    """Read an adaptation of the base."""
    return read(f"{head}{rest}".encode(), "adapted.yaml", Files(the_base=base))


def found_in(rest: str, head: str = HEAD, base: str = BASE) -> list[str]:
    """Name what is wrong with an adaptation."""
    return codes_of(list(adapting(rest, head, base).findings))


# What becomes of it


def test_an_adaptation_is_the_base_with_its_differences() -> None:
    """What an adaptation does not speak of is as its base has it."""
    reading = adapting("change: {welcome: {say: Hello.}}\n")
    base = read(BASE.encode(), "the-base.yaml").protocol
    whole = reading.protocol
    assert reading.findings == ()
    assert whole is not None
    assert base is not None
    first = whole.steps[0]
    assert isinstance(first, Say)
    assert first.text.source == "Hello."
    assert whole.steps[1:] == base.steps[1:]
    assert (whole.id, whole.version, whole.title) == ("adapted-here", "0.1.0", base.title)
    assert evolve(whole.care, span=base.care.span) == base.care
    assert whole.settings == base.settings


def test_it_says_where_it_comes_from() -> None:
    """The base, who changed it, when, why, and every difference are part of the protocol."""
    whole = adapting(
        "title: Another\ncare: {tier: 2}\nsettings: {floor_time: {max: 2m}}\n"
        "change: {welcome: {say: Hello., note: Smile.}}\n"
        "add: {after: welcome, steps: [say: Sit., say: Rest.]}\n"
    ).protocol
    assert whole is not None
    adaptation = whole.adaptation
    assert adaptation is not None
    assert (adaptation.base, adaptation.base_version) == ("the-base", "1.4.0")
    assert adaptation.adapted == Adapted(
        by=("B. Second",), on="2026-11-01", why="To see more.", fidelity=Fidelity.UNKNOWN
    )
    assert adaptation.changed == (
        ("", ("title",)),
        ("care", ("tier",)),
        ("settings", ("floor_time.max",)),
        ("welcome", ("say", "note")),
    )
    assert adaptation.added == (("after welcome", 2),)


def test_a_protocol_of_its_own_comes_from_nowhere() -> None:
    """What extends nothing is no adaptation."""
    base = read(BASE.encode(), "the-base.yaml").protocol
    assert base is not None
    assert base.adaptation is None


def test_every_word_knows_its_file() -> None:
    """A finding points to the file and the line in which the words stand."""
    reading = adapting("change:\n  welcome: {say: '{{ nobody('}\n")
    [finding] = reading.findings
    assert (finding.span.file, finding.span.line) == ("adapted.yaml", 7)
    draft = reading.draft
    assert draft is not None
    assert draft.steps[1].span.file == "the-base.yaml"
    assert draft.span.file == "adapted.yaml"


def test_a_finding_between_the_two_files() -> None:
    """Where words of both do not go together, it is said of what stands in one of them."""
    reading = adapting("change:\n  bye: {for: soon and later}\n")
    assert {finding.span.file for finding in reading.findings} == {"adapted.yaml"}
    block = adapting("change:\n  welcome:\n    say: |\n\n      Hello {{ nobody( }}.\n")
    [finding] = block.findings
    assert (finding.span.file, finding.span.line) == ("adapted.yaml", 10)


def test_reading_is_pure() -> None:
    """The same files give the same protocol, and a base is none the different for it."""
    files = Files(the_base=BASE)
    before = read(BASE.encode(), "the-base.yaml").protocol
    once = read(f"{HEAD}title: Another\n".encode(), "adapted.yaml", files)
    again = read(f"{HEAD}title: Another\n".encode(), "adapted.yaml", files)
    assert once == again
    assert read(BASE.encode(), "the-base.yaml").protocol == before


def test_the_example_of_the_clinic() -> None:
    """An adaptation of a shipped protocol reads as somebody would write it."""
    shipped = next(Path(__file__).parents[2].glob("protocols/*/structured-empathy-exchange.*"))
    files = Files(structured_empathy_exchange=shipped.read_text("utf-8"))
    reading = read(CLINIC.read_bytes(), CLINIC.name, files)
    assert reading.findings == ()
    whole = reading.protocol
    assert whole is not None
    ids = [step.id for step in whole.steps]
    assert ids[:4] == ["welcome", "", "settle_in", "heart"]
    assert ids[ids.index("heard") + 1] == "rest"
    assert set(whole.care.distress) == set(Rating)


# What may differ, and how


def test_care_grows() -> None:
    """Lines and ratings come on top of the base's, once each, and a tier may be higher."""
    whole = adapting("care: {tier: 2, not_for: [One., Two.], distress: [after, before]}\n").protocol
    assert whole is not None
    care = whole.care
    assert (care.tier, care.screen) == (2, "a-screening")
    assert care.not_for == ("One.", "Two.")
    assert care.distress == (Rating.BEFORE, Rating.AFTER)


def test_a_screening_may_be_added() -> None:
    """A screening may stand where the base has none."""
    base = BASE.replace("screen: a-screening, ", "")
    whole = adapting("care: {screen: my-screening}\n", base=base).protocol
    assert whole is not None
    assert whole.care.screen == "my-screening"


@pytest.mark.parametrize(
    "care", ["{tier: 0}", "{screen: another}", "{tier: 1, screen: another-one}"]
)
def test_care_does_not_shrink(care: str) -> None:
    """A lower tier and another screening are refused, and the base's stay."""
    reading = adapting(f"care: {care}\n")
    assert codes_of(list(reading.findings)) == ["CP330"]
    assert reading.draft is not None
    assert (reading.draft.care.tier, reading.draft.care.screen) == (1, "a-screening")


def test_what_clears_a_screening_is_the_bases() -> None:
    """An adaptation cannot say when a person is cleared."""
    assert found_in("care: {clears: a is given}\n") == ["CP326"]


def test_the_card() -> None:
    """Authors and sources come on top; a review of the base says nothing of the adaptation."""
    whole = adapting(
        "card: {authors: [B. Second], sources: [{cite: B}], materials: [A chair]}\n"
    ).protocol
    assert whole is not None
    card = whole.card
    assert card.authors == ("A. First", "B. Second")
    assert [source.cite for source in card.sources if isinstance(source, Citation)] == [
        "A book",
        "B",
    ]
    assert card.materials == ("A chair",)
    assert (card.why, card.practices) == ("To see.", ("a-practice",))
    assert card.status is Status.DRAFT
    reviewed = adapting("card: {status: reviewed}\n").protocol
    assert reviewed is not None
    assert reviewed.card.status is Status.REVIEWED


def test_settings_stay_within_their_bounds() -> None:
    """A default and narrower bounds are taken, and settings may be added."""
    whole = adapting(
        "settings: {floor_time: {duration: 1m, max: 90s}, mood: {text: calm, label: Mood}}\n"
    ).protocol
    assert whole is not None
    time, mood = whole.settings
    assert isinstance(time, DurationSetting)
    assert (time.default, time.least, time.most) == (Duration(60), Duration(60), Duration(90))
    assert (time.label, mood.name) == ("Time", "mood")
    assert found_in("settings: {floor_time: {max: 1h}}\n") == ["CP331"]


def test_settings_where_the_base_has_none() -> None:
    """Settings may be added to a base that has none."""
    base = BASE.replace("for: floor_time", "for: 1m").replace("settings:", "x:")
    base = "\n".join(line for line in base.splitlines() if not line.startswith("x:")) + "\n"
    whole = adapting("settings: {mood: {text: calm, label: Mood}}\n", base=base).protocol
    assert whole is not None
    assert [setting.name for setting in whole.settings] == ["mood"]


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        ("roles: {a: {people: 2}}\n", ["CP326"]),
        ("steps: [say: Hello.]\n", ["CP326"]),
        ("family: body\naudience: couple\n", ["CP326", "CP326"]),
        ("card: {why: For something else.}\n", ["CP326"]),
        ("settings: {floor_time: {number: 3}}\n", ["CP326"]),
        ("care: none\n", ["CP103"]),
        ("card: none\n", ["CP103"]),
        ("settings: none\n", ["CP103"]),
        ("care: {not_for: Something.}\n", ["CP103"]),
        ("settings: {floor_time: none}\n", ["CP103"]),
        ("tilte: Another\n", ["CP101"]),
        ("colour: blue\n", ["CP101"]),
        ("", ["CP333"]),
    ],
)
def test_what_is_the_bases(rest: str, codes: list[str]) -> None:
    """What an adaptation keeps, or writes wrongly, is found at its own place."""
    assert found_in(rest) == codes


# The base


@pytest.mark.parametrize(
    ("extends", "code"),
    [
        ("the-base", "CP320"),
        ("the-base@^1.4.0", "CP320"),
        ("the-base@1.4", "CP320"),
        ("[the-base@1.4.0]", "CP104"),
        ("", "CP105"),
        ("the-bas@1.4.0", "CP321"),
        ("the-base@1.3.0", "CP323"),
    ],
)
def test_a_base_is_named_with_its_version(extends: str, code: str) -> None:
    """A base is named by its id and the one version that was adapted."""
    head = HEAD.replace("the-base@1.4.0", extends)
    assert found_in("title: Another\n", head) == [code]


def test_a_near_name_is_told() -> None:
    """A base that is not there is asked back for with the nearest name there is."""
    [finding] = adapting("", HEAD.replace("the-base@", "the-bass@")).findings
    assert "the-base" in finding.message
    [finding] = read(HEAD.encode(), "adapted.yaml").findings
    assert finding.code == "CP321"


def test_a_base_must_be_whole() -> None:
    """A base with mistakes, or of nothing, cannot be adapted."""
    assert found_in("", base=BASE.replace("say:", "sigh:")) == ["CP322"]
    assert found_in("", base="") == ["CP322"]


def test_one_level() -> None:
    """An adaptation cannot be adapted, and not extend itself."""
    assert found_in("", base=HEAD.replace("adapted-here", "the-base")) == ["CP324"]
    assert found_in("title: A\n", HEAD.replace("adapted-here", "the-base")) == ["CP325"]


def test_who_and_why_are_asked_for() -> None:
    """An adaptation says who changed what, when and why."""
    head = HEAD.replace("by: B. Second, on: 2026-11-01, why: To see more.", "by: B. Second")
    assert found_in("title: A\n", head) == ["CP102", "CP102"]
    assert found_in("title: A\n", HEAD.replace("adapted:", "adaptd:")) == ["CP101"]
    without = "".join(line for line in HEAD.splitlines(True) if not line.startswith("adapted"))
    assert found_in("title: A\n", without) == ["CP102"]
    several = adapting("title: A\n", HEAD.replace("B. Second", "[B. Second, C. Third]")).protocol
    assert several is not None
    assert several.adaptation is not None
    assert several.adaptation.adapted.by == ("B. Second", "C. Third")


@pytest.mark.parametrize("part", ["adapted: {by: A}", "change: {a: {say: b}}", "add: {after: a}"])
def test_parts_without_a_base(part: str) -> None:
    """What belongs to an adaptation is refused in a file that extends nothing."""
    reading = read(f"{BASE}{part}\n".encode(), "a.yaml")
    assert codes_of(list(reading.findings)) == ["CP336"]


# Whatever is written

_SCALARS = st.sampled_from(
    ["welcome", "floor", "thanks", "bye", "middle", "floor_time", "2m", "0", "yes", "", "~", "{{"]
)
_KEYS = st.sampled_from(
    [
        *("welcome", "floor", "middle", "bye", "nobody", "floor_time", "say", "when", "steps"),
        *("after", "before", "tier", "screen", "not_for", "distress", "authors", "why", "max"),
        *("shared", "core", "id", "ask", "end", "duration", "by", "on", "choose", "otherwise"),
    ]
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)
_PARTS = st.sampled_from(
    ["adapted", "title", "card", "care", "settings", "change", "add", "roles", "steps", "extends"]
)


@settings(max_examples=300)
@given(st.dictionaries(_PARTS, _ANYTHING, min_size=1, max_size=4))
def test_no_adaptation_is_too_wrong_to_be_read(parts: dict[str, object]) -> None:
    """Whatever stands in an adaptation, reading it raises nothing, and each finding has a place."""
    head = {"compassion_protocol": 1, "id": "own", "version": "1.0.0", "extends": "the-base@1.4.0"}
    adapted = {"by": "B", "on": "2026-11-01", "why": "C"}
    text = as_yaml({**head, "adapted": adapted, **parts})
    reading = read(text, "adapted.yaml", Files(the_base=BASE))
    assert all(finding.span.line for finding in reading.findings)
    if reading.protocol is not None:
        floor = reading.protocol.care.tier, reading.protocol.care.screen
        assert floor >= (1, "a-screening")
        assert reading.protocol.roles == ()


@settings(max_examples=25)
@given(protocols())
def test_an_adaptation_of_any_protocol(data: Data) -> None:
    """An adaptation that only has a title of its own is its base under another name."""
    text = as_yaml(data).decode()
    base = read(text.encode(), "drawn.yaml").protocol
    head = HEAD.replace("the-base@1.4.0", "drawn@1.0.0")
    whole = read(f"{head}title: Own\n".encode(), "own.yaml", Files(drawn=text)).protocol
    assert base is not None
    assert whole is not None
    assert (whole.id, whole.version, whole.title) == ("adapted-here", "0.1.0", "Own")
    assert whole.steps == base.steps
    assert (whole.care, whole.roles, whole.settings) == (base.care, base.roles, base.settings)
