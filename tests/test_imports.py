"""The public names, and what it costs to have them at hand."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import compassion_protocols

HOME = compassion_protocols._HOME
TOP = Path(compassion_protocols.__file__)


def test_import_loads_nothing_else() -> None:
    """Importing the package loads that one module, and no other of anyone's."""
    ask = (
        "import json, sys; before = set(sys.modules); import compassion_protocols; "
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == ["compassion_protocols"]


def test_type_checkers_see_the_same_names() -> None:
    """The names that a type checker sees are those that can be loaded, from the same modules."""
    seen = {
        alias.name: (str(node.module).removeprefix("compassion_protocols."), alias.asname)
        for node in ast.walk(ast.parse(TOP.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module != "importlib"
        for alias in node.names
    }
    assert seen == {name: (module, name) for name, module in HOME.items()}


def test_all_is_the_table() -> None:
    """``__all__`` holds the version and each public name."""
    assert compassion_protocols.__all__ == ["__version__", *HOME]


@pytest.mark.parametrize("name", HOME)
def test_a_public_name_resolves(name: str) -> None:
    """A public name is the thing of that name in its home."""
    home = import_module(f"compassion_protocols.{HOME[name]}")
    assert getattr(compassion_protocols, name) is getattr(home, name)


def test_no_public_name_hides_a_module() -> None:
    """No public name is also the name of a module, which would replace it once imported."""
    modules = {path.stem for path in TOP.parent.iterdir()}
    assert modules.isdisjoint(HOME)


def test_dir_lists_the_public_names() -> None:
    """``dir`` lists the public names, loaded or not."""
    assert {*HOME, "__version__"} <= set(dir(compassion_protocols))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public is answered as by any module."""
    with pytest.raises(AttributeError, match="'compassion_protocols' has no attribute 'Compasion'"):
        compassion_protocols.Compasion  # type: ignore[attr-defined]  # noqa: B018
