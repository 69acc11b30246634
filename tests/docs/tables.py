"""The tables of the reference that are made from the library itself.

A page says ``<!-- keys of Say -->`` where a table belongs; what follows, up to the next empty
line, is made here. To write all of them anew: ``python -m tests.docs.tables``.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import NOTHING

from compassion_protocols.authoring.scripts import script
from compassion_protocols.authoring.watching.watches import WATCHES, sentence
from compassion_protocols.findings import CODES
from compassion_protocols.language.filters import FILTERS
from compassion_protocols.model.author import authored, doc_of
from compassion_protocols.model.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
LANGUAGE = REFERENCE / "language.md"
FINDINGS = REFERENCE / "findings" / "README.md"
SCRIPTS = REFERENCE / "scripts.md"
MODEL = [
    import_module(f"compassion_protocols.model.{name}")
    for name in ("adaptation", "answers", "card", "care", "protocol", "rules", "settings", "steps")
]

TAKES = {
    "str": "text",
    "bool": "true or false",
    "float": "time",
    "int": "whole number",
    "int | float": "number",
    "int | Ref": "whole number or name",
    "Template": "text with values",
    "Condition": "condition",
    "Duration": "time",
    "Duration | Ref": "time or name",
    "Bound": "number or name",
    "Ref": "name",
    "Ref | int": "see below",
    "People": "people",
    "Options": "options",
    "AnswerKind": "kind of answer",
    "object": "answer",
    "Pattern": "map",
    "Timer": "map",
    "Keep": "map",
    "Card": "map",
    "Care": "map",
    "Dose": "map",
    "tuple[AnyStep, ...]": "steps",
    "tuple[Case, ...]": "cases",
    "tuple[Addition, ...]": "map, or list of maps",
    "Adapted": "map",
    "tuple[Rule, ...]": "rules",
    "tuple[object, ...]": "list of answers",
    "tuple[str, ...]": "list of texts",
    "tuple[str, ...] | Ref": "list of texts or name",
    "tuple[str, str]": "two names",
    "tuple[int, int]": "two whole numbers",
    "tuple[tuple[int, str], ...]": "map",
    "tuple[tuple[str, object], ...]": "map",
    "tuple[tuple[str, FieldKind], ...]": "map",
    "tuple[Role, ...]": "map",
    "tuple[AnySetting, ...]": "map",
    "tuple[SeedSource | Citation, ...]": "list of maps",
    "tuple[Revision, ...]": "list of maps",
}
"""What an author writes for each type of the model."""

TAKES_HERE = {
    ("Number", "number"): "`whole` or `any`",
    ("ListOf", "list"): "`text`",
    ("YesNoSetting", "yes_no"): "yes or no",
    ("Script", "people"): "names, or a map of names",
    ("Script", "begins"): "date and time",
    ("Script", "settings"): "map",
    ("Script", "policy"): "map of whole numbers",
    ("Script", "script"): "list of entries",
    ("Does", "answer"): "answer",
    ("Does", "safe"): "yes or no",
    ("Does", "keep"): "yes or no",
    ("Adapted", "by"): "text or list of texts",
    **{("AdaptationFile", key): "map" for key in ("card", "care", "settings", "change")},
}
"""What an author writes for the few keys whose type does not tell."""

_TABLE = re.compile(r"(<!-- (keys of|findings|filters|watches) ?(\w*) -->\n)(?:.+\n)*")


def with_tables(page: str) -> str:
    """Give the page with every table as the model has it."""
    return _TABLE.sub(lambda place: place[1] + "".join(_MAKE[place[2]](place[3])), page)


def class_named(name: str) -> Any:  # noqa: ANN401  # of records, or an enumeration
    """Find a class of the model."""
    modules = (*MODEL, script)
    return next(vars(module)[name] for module in modules if name in vars(module))


def _keys(name: str) -> Iterable[str]:
    cls = class_named(name)
    shared = authored(Step) if issubclass(cls, Step) and cls is not Step else {}
    yield "| key | takes | needed | what it is |\n|---|---|---|---|\n"
    for key, attribute in authored(cls).items():
        if key not in shared:
            needed = "yes" if attribute.default is NOTHING else ""
            takes = TAKES_HERE.get((cls.__name__, key)) or _takes(cls, attribute.name)
            yield f"| `{key}` | {takes} | {needed} | {doc_of(attribute)} |\n"


def _takes(cls: type, name: str) -> str:
    # As it is written in the source: the reader puts classes in the place of attribute.type.
    annotations = [vars(base).get("__annotations__", {}) for base in cls.__mro__]
    written = next(found[name] for found in annotations if name in found)
    named = str(written).removesuffix(" | None")
    return TAKES.get(named) or _words(named.removeprefix("tuple[").removesuffix(", ...]"))


def _words(enumeration: str) -> str:
    """List the few words that an author can choose from."""
    return ", ".join(f"`{member.value}`" for member in class_named(enumeration))


def _filters(_: str) -> Iterable[str]:
    yield "| filter | gives |\n|---|---|\n"
    for kind in FILTERS.values():
        yield f"| `{kind.name}` | {kind.meaning} |\n"


def _findings(hundred: str) -> Iterable[str]:
    yield "| code | weight | what it is |\n|---|---|---|\n"
    for code in CODES.values():
        if code.id.startswith(hundred):
            yield f"| [{code.id}]({code.id}.md) | {code.severity} | {code.title} |\n"


def _watches(_: str) -> Iterable[str]:
    for name in WATCHES:
        yield f"- {sentence(name)}\n"


_MAKE = {"keys of": _keys, "filters": _filters, "findings": _findings, "watches": _watches}


if __name__ == "__main__":
    for page in (LANGUAGE, FINDINGS, SCRIPTS):
        page.write_text(with_tables(page.read_text("utf-8")), "utf-8")
