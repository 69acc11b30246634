"""The names of the testing package, and what it costs to have them at hand."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from compassion_protocols import testing

TOP = Path(testing.__file__)


def test_import_loads_nothing_else() -> None:
    """Importing the package loads it, and the one around it."""
    ask = (
        "import json, sys; before = set(sys.modules); import compassion_protocols.testing; "
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == ["compassion_protocols", "compassion_protocols.testing"]


def test_type_checkers_see_the_same_names() -> None:
    """The names that a type checker sees are those that can be loaded, from the same modules."""
    prefix = "compassion_protocols.testing."
    seen = {
        alias.name: (str(node.module).removeprefix(prefix), alias.asname)
        for node in ast.walk(ast.parse(TOP.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module != "importlib"
        for alias in node.names
    }
    assert seen == {name: (module, name) for name, module in testing._HOME.items()}
    assert testing.__all__ == list(testing._HOME)


@pytest.mark.parametrize("name", testing._HOME)
def test_a_public_name_resolves(name: str) -> None:
    """A public name is the thing of that name in its home."""
    home = import_module(f"compassion_protocols.testing.{testing._HOME[name]}")
    assert getattr(testing, name) is getattr(home, name)


def test_no_public_name_hides_a_module() -> None:
    """No public name is also the name of a module, which would replace it once imported."""
    assert {path.stem for path in TOP.parent.iterdir()}.isdisjoint(testing._HOME)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public is answered as by any module."""
    with pytest.raises(AttributeError, match="has no attribute 'chek_protocol'"):
        testing.chek_protocol  # type: ignore[attr-defined]  # noqa: B018  # asking is enough


def test_without_hypothesis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hypothesis is missing, what needs it says so, and what does not works."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "compassion_protocols.testing.strategies")
    with pytest.raises(ImportError, match=r"pip install 'compassion-protocols\[testing\]'"):
        testing.protocols  # noqa: B018  # asking is enough
    assert callable(testing.check_protocol)


def test_another_missing_module_is_no_matter_of_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other module that is missing is named as it is."""
    monkeypatch.setitem(sys.modules, "compassion_protocols.testing.strategies", None)
    with pytest.raises(ModuleNotFoundError, match="strategies"):
        testing.protocols  # noqa: B018  # asking is enough
