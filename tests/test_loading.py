"""From a file to a plan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compassion_protocols import (
    Catalog,
    ProtocolNotFound,
    ProtocolRejected,
    Session,
    bundled,
    examine,
    find_source,
    load,
)
from compassion_protocols.catalog import LARGEST_FILE, Source
from compassion_protocols.loading import CARE_PROTOCOLS, load_sources
from compassion_protocols.model.plan import MomentKind
from tests.room import Room

SMALL = """\
compassion_protocol: 1
id: small
version: 1.0.0
title: Small
summary: One page.
family: rituals
audience: individual
card:
  why: To see.
  dose: {minutes: 1, source: default}
  sources: [{seed: "000", quote: pause for three breaths before responding}]
care: {tier: 0}
steps:
  - say: Hello, {{ you }}.
"""


def test_an_id_is_found_in_the_bundled_catalog() -> None:
    """An id of the catalog gives its plan, and the same plan each time."""
    plan = load("three-breath-pause")
    assert plan.protocol.title == "Three-breath pause"
    assert load("three-breath-pause") is plan


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    """A path, as a text or a Path, gives the plan of that file."""
    file = tmp_path / "mine.yaml"
    file.write_text(SMALL, "utf-8")
    assert load(file).protocol.id == load(str(file)).protocol.id == "small"


def test_a_changed_file_gives_another_plan(tmp_path: Path) -> None:
    """A file that has changed is read again."""
    file = tmp_path / "mine.yaml"
    file.write_text(SMALL, "utf-8")
    before = load(file)
    file.write_text(SMALL.replace("Hello", "Good morning"), "utf-8")
    assert load(file) is not before
    assert load(file).content != before.content


def test_texts_may_change_and_the_shape_stays(tmp_path: Path) -> None:
    """Another wording has another content and the same shape; another step has another shape."""
    file = tmp_path / "mine.yaml"
    file.write_text(SMALL, "utf-8")
    before = load(file)
    file.write_text(SMALL.replace("Hello", "Good morning"), "utf-8")
    assert load(file).shape == before.shape
    file.write_text(SMALL + "  - say: Goodbye, {{ you }}.\n", "utf-8")
    assert load(file).shape != before.shape


def test_a_faulty_file_gives_every_finding(tmp_path: Path) -> None:
    """A file with errors is rejected with all its findings, in order of place."""
    file = tmp_path / "faulty.yaml"
    file.write_text(SMALL.replace("family: rituals", "family: cooking") + "  - sya: Hm.\n", "utf-8")
    with pytest.raises(ProtocolRejected) as rejected:
        load(file)
    findings = rejected.value.findings
    assert [finding.span.line for finding in findings] == [6, 15]
    assert str(file) in str(rejected.value)


def test_a_huge_file_is_never_read_whole(tmp_path: Path) -> None:
    """Of a file that is too large, no more is read than it takes to say so."""
    file = tmp_path / "huge.yaml"
    file.write_bytes(b"a" * (3 * LARGEST_FILE))
    assert len(find_source(file, bundled()).data) == LARGEST_FILE
    with pytest.raises(ProtocolRejected) as rejected:
        load(file)
    assert [finding.code for finding in rejected.value.findings] == ["CP001"]


def test_a_fault_in_an_included_file_is_a_finding(tmp_path: Path) -> None:
    """An include of a file that has errors is said where it is included."""
    (tmp_path / "small.protocol.yaml").write_text(SMALL.replace("tier: 0", "tier: 9"), "utf-8")
    outer = SMALL.replace("id: small", "id: outer") + "  - include: small\n"
    found = examine(Source("outer.yaml", outer.encode()), Catalog(tmp_path))
    assert found.protocol is None
    assert 15 in {finding.span.line for finding in found.findings}


def test_a_plan_carries_the_care_around_it() -> None:
    """A plan carries the care protocols, the crisis lines, and its screening."""
    plan = load("structured-empathy-exchange")
    assert set(plan.care) == set(CARE_PROTOCOLS)
    assert plan.crisis_lines
    assert plan.screen is not None
    assert plan.screen.protocol.id == "couple-safety"
    assert plan.phrases["solving"]


def test_no_crisis_line_claims_to_have_been_checked() -> None:
    """Nobody has checked the crisis lines against their sources, and none says so."""
    assert {line.verified_on for line in load("grounding").crisis_lines} == {""}


def test_a_plan_is_made_again_from_its_sources() -> None:
    """A session goes on with the plan that is made again from the kept files."""
    plan = load("structured-empathy-exchange")
    again = load_sources(plan.sources)
    assert again is not plan
    assert (again.shape, again.content) == (plan.shape, plan.content)
    people = {"partner": ["Ana", "Ben"]}
    session = Session.start(plan, people, at=0.0, cleared={"Ana", "Ben"})
    assert Session.restore(again, session.snapshot()).state == session.state


def test_sources_without_their_care_are_refused() -> None:
    """Kept files that lack one of the care protocols make no plan."""
    plan = load("three-breath-pause")
    with pytest.raises(ProtocolNotFound, match="pause-card"):
        load_sources(plan.sources[:1])


def test_the_pause_card_begins_with_what_everyone_sees() -> None:
    """The care protocols have the places that the care layer relies on."""
    care = load("three-breath-pause").care
    first = care["pause"].ops[0]
    assert getattr(first, "kind", None) is MomentKind.SAY
    assert {"distress_now", "safe"} <= {slot.name for slot in care["grounding"].slots}


# Adaptations

CLINIC = Path(__file__).parent / "adaptations"
ADAPTED = "empathy-exchange-for-our-clinic"


def shelf_with(tmp_path: Path, *more: Path) -> Catalog:
    """Make a catalog of the bundled protocols and some more files."""
    root = tmp_path / "protocols"
    shutil.copytree(bundled().root, root)
    for path in (*CLINIC.iterdir(), *more):
        shutil.copy(path, root)
    return Catalog(root)


def test_an_adaptation_is_loaded_with_its_base(tmp_path: Path) -> None:
    """The plan of an adaptation has the steps of both, and the files of both."""
    plan = load(ADAPTED, catalog=shelf_with(tmp_path))
    assert {"rest", "settle_in", "floor", "reflection"} <= plan.moments.keys()
    names = [name for name, _ in plan.sources]
    assert names[:2] == [ADAPTED, "structured-empathy-exchange"]
    assert "three-breath-pause" in names


def test_an_adaptation_is_kept_with_its_base(tmp_path: Path) -> None:
    """From the files that a store keeps the same plan is made, without the catalog's."""
    plan = load(ADAPTED, catalog=shelf_with(tmp_path))
    again = load_sources(plan.sources)
    assert (again.shape, again.content) == (plan.shape, plan.content)
    assert again.protocol == plan.protocol


def test_an_adaptation_is_listed_with_its_bases_headlines(tmp_path: Path) -> None:
    """A list of the catalog has what an adaptation does not say from its base."""
    entries = {entry.id: entry for entry in shelf_with(tmp_path).entries()}
    base, adapted = entries["structured-empathy-exchange"], entries[ADAPTED]
    assert (adapted.family, adapted.summary) == (base.family, base.summary)
    assert adapted.title != base.title


def test_an_adaptation_is_included_like_any_protocol(tmp_path: Path) -> None:
    """Another protocol may include an adaptation, and its base is kept with the files."""
    outer = tmp_path / "outer.protocol.yaml"
    outer.write_text(
        SMALL.replace("id: small", "id: outer").replace("individual", "couple")
        + "  - include: empathy-exchange-for-our-clinic\n    with: {partner: partner}\n",
        "utf-8",
    )
    text = outer.read_text("utf-8").replace("care: {tier: 0}", _CAREFUL)
    outer.write_text(text, "utf-8")
    plan = load("outer", catalog=shelf_with(tmp_path, outer))
    assert any(place.endswith(".rest") for place in plan.moments)
    assert "structured-empathy-exchange" in dict(plan.sources)


_CAREFUL = """\
roles: {partner: {people: 2}}
care: {tier: 1, screen: couple-safety, distress: [before, after]}
"""


def test_the_advice_of_a_base_is_not_repeated(tmp_path: Path) -> None:
    """What is only advised of a base, in its own file, is not said of each adaptation again."""
    base = tmp_path / "base.protocol.yaml"
    held = "  - breathe: {in: 4s, hold: 2s, out: 6s}\n    count: 3\n"
    base.write_text(SMALL.replace("id: small", "id: base") + held, "utf-8")
    own = tmp_path / "own.protocol.yaml"
    own.write_text(
        "compassion_protocol: 1\nid: own\nversion: 1.0.0\nextends: base@1.0.0\n"
        "adapted: {by: A, on: 2026-11-01, why: B}\ntitle: Own\n",
        "utf-8",
    )
    shelf = shelf_with(tmp_path, base, own)
    told = {finding.code for finding in examine(find_source("base", shelf), shelf).findings}
    assert "CP707" in told
    assert examine(find_source("own", shelf), shelf).findings == ()


def test_a_catalog_without_registries(tmp_path: Path) -> None:
    """A folder without registries knows neither practices nor instruments, and asks for neither."""
    text = SMALL.replace("card:\n", "card:\n  practices: [mine]\n  instruments: [mine]\n")
    (tmp_path / "small.protocol.yaml").write_text(text, "utf-8")
    catalog = Catalog(tmp_path)
    assert catalog.practices() is None
    assert catalog.instruments() is None
    assert examine(find_source("small", catalog), catalog).findings == ()
    assert catalog.carriers() == {"mine": ("small",)}


def test_practices_and_instruments_are_asked_for() -> None:
    """A file that names what the catalog does not list is found out."""
    text = SMALL.replace("card:\n", "card:\n  practices: [mine]\n  instruments: [mine]\n")
    found = examine(Source("small.yaml", text.encode()), bundled()).findings
    assert [finding.code for finding in found] == ["CP723", "CP740"]


def test_labels_and_promises_are_looked_for() -> None:
    """The shipped word lists of labels and promises are handed to the checks."""
    text = SMALL.replace("Hello", "This cures addicts")
    found = examine(Source("small.yaml", text.encode()), bundled()).findings
    assert [finding.code for finding in found] == ["CP752", "CP753"]


def _pair(folder: Path, line: str) -> Path:
    """Write a protocol, and beside it one that includes it."""
    inner = HEAD.replace("id: small", "id: inner")
    (folder / "inner.protocol.yaml").write_text(f"{inner}  - say: {line}\n", "utf-8")
    outer = folder / "outer.protocol.yaml"
    outer.write_text(f"{HEAD}  - include: inner\n".replace("small", "outer"), "utf-8")
    return outer


HEAD = """\
compassion_protocol: 1
id: small
version: 1.0.0
title: Small
summary: A small one.
family: rituals
audience: individual
card: {why: To see., dose: {minutes: 1, source: default}, sources: [{cite: This test}]}
care: {tier: 0}
steps:
"""


def test_what_lies_beside_a_file_can_be_included(tmp_path: Path) -> None:
    """A file may include a protocol of its own folder, and notices when that changes."""
    outer = _pair(tmp_path, "Rest.")
    assert [name for name, _ in load(outer).sources][:2] == ["outer", "inner"]
    _pair(tmp_path, "Rest a little longer.")
    assert "longer" in dict(load(outer).sources)["inner"]


def test_a_neighbour_that_leads_nowhere_is_passed_by(tmp_path: Path) -> None:
    """An editor's lock, a folder or a link to nothing has a name like a protocol's, and is none."""
    outer = _pair(tmp_path, "Rest.")
    for name in (".#outer", "nowhere"):
        (tmp_path / f"{name}.protocol.yaml").symlink_to(tmp_path / "gone")
    (tmp_path / "folder.protocol.yaml").mkdir()
    assert [name for name, _ in load(outer).sources][:2] == ["outer", "inner"]
    for name in ("nowhere", "folder"):
        outer.write_text(f"{HEAD}  - include: {name}\n", "utf-8")
        with pytest.raises(ProtocolRejected, match="CP301"):
            load(outer)


def test_a_neighbour_stands_in_for_nothing_of_the_catalog(tmp_path: Path) -> None:
    """Of two protocols with one id, the catalog's is found, the care protocols above all."""
    outer = _pair(tmp_path, "Rest.")
    for name in ("grounding", "three-breath-pause"):
        (tmp_path / f"{name}.protocol.yaml").write_text("say: Boo", "utf-8")
    outer.write_text(outer.read_text("utf-8") + "  - include: three-breath-pause\n", "utf-8")
    plan = load(outer)
    assert plan.care == load("three-breath-pause").care
    assert "Boo" not in str(plan.sources)


def test_an_id_has_no_neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded by its id finds only the catalog, wherever one stands."""
    _pair(tmp_path, "Rest.")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProtocolNotFound):
        load("inner")


def test_a_blank_end_of_an_include_is_passed_over(tmp_path: Path) -> None:
    """Where an include ends with a text that comes to nothing, nobody looks at an empty page."""
    outer = _pair(tmp_path, "Rest.")
    inner = tmp_path / "inner.protocol.yaml"
    ask = "  - {ask: A?, id: a, answer: yes_no, example: 'yes'}\n"
    end = "  - {end: '{% if a %}So it is.{% endif %}'}\n"
    inner.write_text(inner.read_text("utf-8") + ask + end, "utf-8")
    outer.write_text(outer.read_text("utf-8") + "  - say: After.\n", "utf-8")
    room = Room(load(outer), "Ana")
    room.go("Ana")
    room.answer("Ana", False)
    assert room.text("Ana") == "After."
