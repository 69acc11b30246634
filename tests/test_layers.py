"""The house has floors, and imports only go down.

The table below is the whole rule. A *unit* is a file or folder right under the
package. Each lives on one floor, and each floor names the floors it may import;
a unit may always import itself. Imports are read from the source, so those
inside a function or under ``TYPE_CHECKING`` count like any other.

The rules are functions from a tree (paths and sources) to faults, so that they
can be tried on small trees that break them, and then on the one that must not.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import frozen

import compassion_protocols

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = "compassion_protocols"
SRC = Path(__file__).parent.parent / "src"

FLOORS = {
    1: {"errors", "findings"},
    2: {"language"},
    3: {"model"},
    4: {"reading"},
    5: {"checking", "compiling"},
    6: {"session"},
    7: {"render", "stores"},
    8: {"catalog", "headlines", "lists", "loading", "sessions", "programmes"},
    9: {"authoring", "testing"},
    10: {"cli", "web"},
}
MAY_IMPORT = {
    1: {1},
    2: {1},
    3: {1, 2},
    4: {1, 2, 3},
    5: {1, 2, 3},
    6: {1, 2, 3},
    7: {1, 2, 3, 6},
    8: {1, 2, 3, 4, 5, 6, 7, 8},
    9: {1, 2, 3, 4, 5, 6, 7, 8, 9},
    10: set[int](),  # only the public names
}
ROOMS = {
    "authoring": {"simulating": {"scripts", "watching"}, "scripts": {"watching"}},
}
"""Which rooms of a folder each of its rooms may import besides itself; the others know of none."""
FLOOR_OF = {unit: floor for floor, units in FLOORS.items() for unit in units}

# All that floors 1-6 may import from outside: nothing here reads or writes, waits, asks the
# clock or draws lots.
PURE = {
    *("__future__", "abc", "base64", "bisect", "codecs", "collections", "contextlib"),
    *("contextvars", "copy", "datetime", "decimal", "difflib", "enum", "fractions"),
    *("functools", "graphlib", "hashlib", "hmac", "heapq", "itertools", "json", "math"),
    *("operator", "re", "statistics", "string"),
    *("textwrap", "types", "typing", "unicodedata"),
    *("attrs", "cattrs", "jinja2", "markupsafe", "yaml"),
    PACKAGE,
}
IMPURE_CALLS = {"__import__", "breakpoint", "eval", "exec", "input", "open", "print"}
CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}


@frozen
class Import:
    """One imported module, and the name taken from it, if that is not a module itself."""

    place: str
    importer: str
    module: str
    name: str = ""

    def __str__(self) -> str:
        what = f"{self.name} from {self.module}" if self.name else self.module
        return f"{self.place} imports {what}"


def unit(module: str) -> str:
    """Name the file or folder, right under the package, that a module belongs to."""
    return f"{module}.".split(".")[1]


def module_name(path: str) -> str:
    """Turn a path below src/ into the dotted name of its module."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(tree: Mapping[str, str]) -> Iterator[Import]:
    """Find every import of every file, wherever in the file it stands."""
    modules = {module_name(path) for path in tree}
    for path, source in tree.items():
        importer = module_name(path)
        package = importer if path.endswith("__init__.py") else importer.rpartition(".")[0]
        for node in ast.walk(ast.parse(source)):
            place = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(place, importer, alias.name)
            elif isinstance(node, ast.ImportFrom):
                base = resolve_name("." * node.level + (node.module or ""), package)
                for alias in node.names:
                    inner = f"{base}.{alias.name}"
                    yield (
                        Import(place, importer, inner)
                        if inner in modules
                        else Import(place, importer, base, alias.name)
                    )


def own_imports(tree: Mapping[str, str]) -> Iterator[Import]:
    """Keep the imports of this package's own modules."""
    return (found for found in imports(tree) if found.module.split(".")[0] == PACKAGE)


def allowed(found: Import) -> bool:
    """Tell whether one import of ours goes down only."""
    here, there = unit(found.importer), unit(found.module)
    if here == there:
        return bool(here)
    if here == "":
        return FLOOR_OF.get(there, 10) < 10
    if here == "__main__":
        return there == "cli"
    if FLOOR_OF[here] == 10:
        return there == "" and found.name in compassion_protocols.__all__
    return FLOOR_OF.get(there) in MAY_IMPORT[FLOOR_OF[here]]


def homeless(tree: Mapping[str, str]) -> list[str]:
    """List the files that live on no floor."""
    known = {"", "__main__", *FLOOR_OF}
    return [f"{path} is on no floor" for path in tree if unit(module_name(path)) not in known]


def climbing(tree: Mapping[str, str]) -> list[str]:
    """List the imports that go up, or past what a floor may know."""
    return [str(found) for found in own_imports(tree) if not allowed(found)]


def room(module: str) -> str:
    """Name the room of a unit that a module belongs to."""
    return f"{module}..".split(".")[2]


def crossing(tree: Mapping[str, str]) -> list[str]:
    """List the imports between two rooms of a folder that should not know of each other."""
    return [
        str(found)
        for found in own_imports(tree)
        if (folder := unit(found.importer)) in ROOMS and unit(found.module) == folder
        if room(found.module) not in {room(found.importer), *rooms_below(folder, found.importer)}
    ]


def rooms_below(folder: str, module: str) -> set[str]:
    """Name the other rooms of its folder that a module may import."""
    return ROOMS[folder].get(room(module), set())


def circles(tree: Mapping[str, str]) -> list[str]:
    """Show one circle of modules that import each other, if there is any."""
    sorter = TopologicalSorter[str]()
    for found in own_imports(tree):
        sorter.add(found.importer, found.module)
    try:
        sorter.prepare()
    except CycleError as error:
        return [" is imported by ".join(error.args[1])]
    return []


def impure(tree: Mapping[str, str]) -> list[str]:
    """List what floors 1-6 import or call that could reach the world outside."""
    low = {
        path: source
        for path, source in tree.items()
        if FLOOR_OF.get(unit(module_name(path)), 10) <= 6
    }
    strange = [str(found) for found in imports(low) if found.module.split(".")[0] not in PURE]
    return strange + [call for path, source in low.items() for call in impure_calls(path, source)]


def impure_calls(path: str, source: str) -> Iterator[str]:
    """Find the calls of built-in functions and clocks that need no import of their own."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"{path}:{node.lineno} calls {name}"
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                if (owner, name) in CLOCKS:
                    yield f"{path}:{node.lineno} asks {owner}.{name}"


@pytest.fixture(scope="module")
def tree() -> dict[str, str]:
    """Read every source file of the package."""
    files = sorted((SRC / PACKAGE).rglob("*.py"))
    assert files
    return {path.relative_to(SRC).as_posix(): path.read_text("utf-8") for path in files}


def test_every_file_has_a_floor(tree: dict[str, str]) -> None:
    """Every file of the package lives on a floor."""
    assert homeless(tree) == []


def test_imports_go_down(tree: dict[str, str]) -> None:
    """Imports go down the floors, and applications see public names only."""
    assert climbing(tree) == []


def test_rooms_are_entered_one_way(tree: dict[str, str]) -> None:
    """A room of the author's bench imports only the rooms that the table names for it."""
    assert crossing(tree) == []


def test_no_circle(tree: dict[str, str]) -> None:
    """No modules import each other in a circle, not even for their types."""
    assert circles(tree) == []


def test_low_floors_are_pure(tree: dict[str, str]) -> None:
    """Floors 1 to 6 read and write nothing, ask no clock and draw no lots."""
    assert impure(tree) == []


def seed(sources: dict[str, str]) -> dict[str, str]:
    """Make a small tree; ``{p}`` in a source stands for the package."""
    return {f"{PACKAGE}/{name}.py": s.format(p=PACKAGE) for name, s in sources.items()}


def test_a_file_without_floor_is_found() -> None:
    """A folder that the table does not name is reported."""
    assert homeless(seed({"basement/door": ""})) == [f"{PACKAGE}/basement/door.py is on no floor"]


@pytest.mark.parametrize(
    ("here", "line", "what"),
    [
        ("errors", "import {p}.language.text", "{p}.language.text"),
        ("model/steps", "from {p}.reading import compose", "compose from {p}.reading"),
        ("checking/names", "from {p}.compiling.flow import flatten", "flatten from {p}.compil"),
        ("session/state", "from {p} import reading", "reading from {p}"),
        ("session/state", "from {p} import Finding", "Finding from {p}"),
        ("session/state", "from ..reading import link", "link from {p}.reading"),
        ("render/text", "def f(): import {p}.checking", "{p}.checking"),
        ("stores/sqlite", "from {p}.render import text", "text from {p}.render"),
        ("catalog", "if TYPE_CHECKING: from {p}.authoring import schema", "schema from {p}.au"),
        ("cli/run", "from {p}.session import Session", "Session from {p}.session"),
        ("cli/run", "from {p} import _HOME", "_HOME from {p}"),
        ("cli/run", "import {p}", "{p}"),
        ("web", "from {p}.cli import main", "main from {p}.cli"),
        ("__main__", "from {p}.session import Session", "Session from {p}.session"),
    ],
)
def test_a_climbing_import_is_found(here: str, line: str, what: str) -> None:
    """An import that climbs is reported with its file, its line and its target."""
    [fault] = climbing(seed({here: f"\n{line}"}))
    assert fault.startswith(f"{PACKAGE}/{here}.py:2 imports ")
    assert what.format(p=PACKAGE) in fault


def test_descending_imports_are_fine() -> None:
    """An import that goes down, or stays in its own folder, is not reported."""
    sources = {
        "__main__": "from {p}.cli import main",
        "catalog": "from {p}.stores import memory",
        "cli/run": "from {p} import Finding\nfrom {p}.cli.screen import show",
        "errors": "from {p}.findings import Finding",
        "session/view": "from {p} import errors\nfrom . import state",
        "session/state": "import json",
    }
    assert climbing(seed(sources)) == []


def test_the_top_imports_no_application() -> None:
    """The package itself knows every floor but the applications."""
    top = "from {p}.session.session import Session\nfrom {p}.cli import main"
    [fault] = climbing(seed({"__init__": top}))
    assert fault == f"{PACKAGE}/__init__.py:2 imports main from {PACKAGE}.cli"


def test_a_wrong_door_is_found() -> None:
    """An import from a room that the table does not name is reported, any other is not."""
    wrong = "from {p}.authoring.simulating.walks import walk"
    fine = "from {p}.authoring.watching.happened import Happened"
    places = ("scripts/playing", "watching/watches", "paper/texts")
    tree = seed({f"authoring/{place}": f"{fine}\n{wrong}" for place in places})
    assert [fault.split(" ")[0].rpartition("/")[2] for fault in crossing(tree)] == [
        "playing.py:2",
        "watches.py:2",
        "texts.py:1",
        "texts.py:2",
    ]


@pytest.mark.parametrize("there", ["from {p}.model import b", "import {p}.model.b"])
def test_a_circle_is_found(there: str) -> None:
    """Two modules that import each other are reported together."""
    [fault] = circles(seed({"model/a": there, "model/b": "from {p}.model.a import A"}))
    assert f"{PACKAGE}.model.a is imported by {PACKAGE}.model.b" in fault


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("import os.path", "imports os.path"),
        ("from time import monotonic", "imports monotonic from time"),
        ("def f(): import sqlite3", "imports sqlite3"),
        ("open('answers.txt')", "calls open"),
        ("def f(): print(1)", "calls print"),
        ("datetime.now()", "asks datetime.now"),
        ("datetime.date.today()", "asks date.today"),
        ("later = map(datetime.fromtimestamp, [])\nask = datetime.utcnow", "asks datetime.utcnow"),
    ],
)
def test_a_way_outside_is_found(line: str, what: str) -> None:
    """A way to read, write or ask the clock is reported on floors 1 to 6, and only there."""
    [fault] = impure(seed({"session/state": line}))
    assert fault.startswith(f"{PACKAGE}/session/state.py:")
    assert fault.endswith(what)
    assert impure(seed({"stores/sqlite": line})) == []
