"""Random protocols that are clean: every name known, every use covered, every loop bounded.

A protocol is drawn as the data of its file (maps and lists), step by step, and beside it a record
is kept of what a reader of the file would know at each place. So each text and condition reads only
what it may. :func:`as_yaml` makes a file of it.
"""

from __future__ import annotations

import json
import re

from attrs import evolve
from hypothesis import strategies as st

from compassion_protocols.testing.known import Known
from compassion_protocols.testing.making import Draw, Maker
from compassion_protocols.testing.samples import SETTINGS, Data

_FACILITATED: Data = {"tier": 2, "not_for": ["A crisis."], "distress": ["before", "after"]}
_AUDIENCES = {1: "individual", 2: "couple", 4: "group"}
_PEOPLE = {2: "2", 4: "3-4"}


@st.composite
def protocols(draw: Draw, people: int | None = None, *, facilitated: bool | None = None) -> Data:
    """The data of a clean protocol, for one, two, or three to four people."""
    group = people or draw(st.sampled_from([1, 2, 4]))
    with_host = draw(st.booleans()) if facilitated is None else facilitated
    maker = Maker(draw, group, with_host)
    steps, known = maker.steps(Known(people=()))
    closing = f"Thank you, {{{{ you }}}}. {maker.read(evolve(known.opened, single=()))}"
    roles = {"member": {"people": _PEOPLE.get(group, "1")}, "holder": {"one_of": "member"}}
    return {
        "compassion_protocol": 1,
        "id": "drawn",
        "version": "1.0.0",
        "title": "Drawn",
        "summary": "A protocol that was drawn by lot.",
        "family": "rituals",
        "audience": _AUDIENCES[group],
        "card": {
            "why": "To see whether everything holds.",
            "dose": {"minutes": min(max(5, sum(maker.moments)), 1440), "source": "default"},
            "sources": [{"seed": "000", "quote": "pause for three breaths"}],
        },
        "care": _FACILITATED | ({"screen": "couple-safety"} if group == 2 else {})
        if with_host
        else {"tier": 0},
        **({"roles": roles} if group > 1 else {}),
        **_settings_for([*steps, closing]),
        "steps": [*steps, {"end": closing}],
    }


def _settings_for(steps: object) -> Data:
    """The settings that some steps name, since nobody should be asked for others."""
    words = set(re.findall(r"\w+", json.dumps(steps)))
    settings = {name: setting for name, setting in SETTINGS.items() if name in words}
    return {"settings": settings} if settings else {}


def as_yaml(data: Data) -> bytes:
    """The file. A name stands without quotes, since a value in quotes names nothing."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in data.items()).encode()


_NAME = re.compile(r"(?!(?:yes|no|true|false|null)$)[a-z][a-z0-9_.-]*")


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
