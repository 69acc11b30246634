"""A script that is written is read back as it was."""

from __future__ import annotations

from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.authoring.scripts.reading import LOOKS, read_script
from compassion_protocols.authoring.scripts.script import (
    AGAIN,
    REFUSALS,
    RESTORE,
    Does,
    Entry,
    Exactly,
    Script,
    Sees,
)
from compassion_protocols.authoring.scripts.writing import write_script
from compassion_protocols.language.values import Duration
from compassion_protocols.session.events import KINDS
from compassion_protocols.session.state import Screen
from compassion_protocols.session.view import View

NAMES = st.sampled_from(["Ana", "Ben Ó", "yes", "3", "O'Neil", "“A”", "a: b", "x #y", "null"])
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1)
TEXTS |= st.sampled_from(["a walk", "no", "1.50", "[a, b]", "{{ you }}", "two\nlines", "- x", "~"])
WRITTEN = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=5,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
SECONDS = st.floats(-1e6, 1e6).map(lambda seconds: seconds + 0.0) | st.integers(0, 10**6).map(float)


@st.composite
def events(draw: st.DrawFn) -> Does:
    """Any event, with the fields that it has."""
    kind = draw(st.sampled_from([*KINDS, AGAIN, RESTORE]))
    has = {field.name for field in fields(KINDS[kind])} if kind in KINDS else set()
    return Does(
        does=kind,
        after=draw(SECONDS),
        by=draw(NAMES) if "by" in has else "",
        answer=draw(WRITTEN | JSON.map(Exactly)) if "value" in has else None,
        token=draw(st.none() | st.sampled_from(["1.0", "g12.3"])) if "token" in has else None,
        until=draw(st.none() | SECONDS) if "until" in has else None,
        seconds=draw(SECONDS) if "seconds" in has else None,
        rating=draw(st.none() | st.integers(0, 10)) if "rating" in has else None,
        safe=draw(st.booleans()) if "safe" in has else True,
        name=draw(NAMES) if "name" in has else "",
        role=draw(NAMES) if "role" in has else "",
        refused=draw(st.sampled_from(["", *REFUSALS])),
    )


PARTS = st.sampled_from([*LOOKS, *[field.name for field in fields(View)]])
LOOK = st.builds(Sees, sees=NAMES, after=SECONDS, parts=st.dictionaries(PARTS, WRITTEN, max_size=3))


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Any script."""
    names = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
    entries: list[Entry] = draw(st.lists(events() | LOOK, max_size=6))
    return Script(
        about=draw(TEXTS.map(str.strip).filter(bool)),
        protocol=draw(st.sampled_from(["", "a-circle", "../x.protocol.yaml"])),
        people=draw(names.map(lambda of: {"": of}) | st.dictionaries(NAMES, names, min_size=1)),
        facilitator=draw(st.just("") | NAMES),
        begins=float(draw(st.integers(0, 4 * 10**9))),
        utc_offset=Duration(draw(st.integers(-86_400, 86_400))),
        locale=draw(st.sampled_from(["en", "de-AT"])),
        screen=draw(st.sampled_from(Screen)),
        seed=draw(st.integers(0, 99)),
        settings=draw(st.dictionaries(NAMES, WRITTEN, max_size=2)),
        cleared=draw(st.none() | st.lists(NAMES, max_size=2).map(tuple)),
        policy=draw(st.dictionaries(st.sampled_from(["after", "rise"]), st.integers(1, 9))),
        entries=tuple(entries),
    )


@given(scripts())
def test_a_written_script_is_read_back(script: Script) -> None:
    """Reading what was written gives an equal script, whatever it says."""
    assert read_script(write_script(script).encode(), "x") == script


def test_one_entry_stands_on_one_line() -> None:
    """A script is written so that a person can read it, and change one line."""
    skip = Does(by="Ana", does="skip", after=90.0, refused="StaleMoment")
    look = Sees(sees="Ana", parts={"kind": "ask", "offers": ("skip", "pause")})
    script = Script(about="It is so.", people={"": ("Ana", "Ben")}, entries=(skip, look))
    assert write_script(script) == (
        "about: It is so.\npeople: [Ana, Ben]\nscript:\n"
        "  - {after: 1m30s, by: Ana, does: skip, refused: StaleMoment}\n"
        "  - {sees: Ana, kind: ask, offers: [skip, pause]}\n"
    )
    assert write_script(evolve(script, entries=())).endswith("script: []\n")
