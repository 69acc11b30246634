"""What is built is whole: each way to install finds the protocols and runs anywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

import compassion_protocols

ROOT = Path(__file__).parent.parent
VERSION = compassion_protocols.__version__


def python(*args: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run Python in a folder, with one more place to import from, and return what it prints."""
    env = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    command = [sys.executable, *map(str, args)]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(source: Path, out: Path, *targets: str) -> Path:
    """Build a source tree without network, into a folder of its own."""
    wanted = [arg for target in targets for arg in ("-t", target)]
    python("-m", "hatchling", "build", "-d", out, *wanted, cwd=source)
    return out


def files_of(wheel: Path) -> set[str]:
    """List what a wheel holds."""
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_below(folder: Path) -> set[str]:
    """List the files that an author or a developer put into a folder."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and the sdist once."""
    return build(ROOT, tmp_path_factory.mktemp("dist"), "sdist", "wheel")


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    """Give the one wheel that was built."""
    [built] = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder of its own, without network."""
    target = tmp_path_factory.mktemp("site")
    python(
        "-m",
        "pip",
        "install",
        "-q",
        "--no-index",
        "--no-deps",
        "--target",
        target,
        wheel,
        cwd=target,
    )
    return target


def test_the_wheel_holds_package_and_protocols_only(wheel: Path) -> None:
    """A wheel holds every source file and every protocol, and nothing else."""
    about = f"compassion_protocols-{VERSION}.dist-info/"
    package = {
        f"compassion_protocols/{name}"
        for name in files_below(ROOT / "src" / "compassion_protocols")
    }
    protocols = {
        f"compassion_protocols/protocols/{name}" for name in files_below(ROOT / "protocols")
    }
    held = {name for name in files_of(wheel) if not name.startswith(about)}
    assert held == package | protocols
    assert any(name.endswith(".protocol.yaml") for name in protocols)
    assert "compassion_protocols/py.typed" in held


def test_the_sdist_builds_the_same_wheel(dist: Path, wheel: Path, tmp_path: Path) -> None:
    """A wheel built from the sdist holds the same files as one built from the checkout."""
    [sdist] = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    [again] = build(tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path, "wheel").glob("*.whl")
    assert files_of(again) == files_of(wheel)


def test_the_wheel_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """An installed wheel lists its own protocols from a folder that holds nothing."""
    where = "import compassion_protocols as c; print(c.__file__)"
    assert Path(python("-c", where, cwd=tmp_path, path=installed).strip()).is_relative_to(installed)
    listed = python("-m", "compassion_protocols", "list", cwd=tmp_path, path=installed)
    assert "three-breath-pause" in listed


def test_the_checkout_runs_from_an_empty_folder(tmp_path: Path) -> None:
    """A checkout on the path, as an editable install puts it there, lists its protocols too."""
    listed = python("-m", "compassion_protocols", "list", cwd=tmp_path, path=ROOT / "src")
    assert "three-breath-pause" in listed


def test_the_installed_command_is_the_module(installed: Path, tmp_path: Path) -> None:
    """The command ``compassion-protocols`` and ``python -m compassion_protocols`` say the same."""
    command = python(
        installed / "bin" / "compassion-protocols", "list", cwd=tmp_path, path=installed
    )
    assert command == python("-m", "compassion_protocols", "list", cwd=tmp_path, path=installed)


def test_pytest_finds_the_plugin(installed: Path, tmp_path: Path) -> None:
    """Once the wheel is installed, pytest tests the protocols of a folder, unless told not to."""
    name = "three-breath-pause.protocol.yaml"
    text = (ROOT / "protocols" / "repair" / name).read_text("utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    run = ("-m", "pytest", "-q", "--collect-only", "-pno:cacheprovider")
    assert f"{name}::lint" in python(*run, cwd=tmp_path, path=installed)
    off = [sys.executable, *run, "-pno:compassion_protocols"]
    env = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(off, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert name not in done.stdout


def test_the_library_needs_four_others(wheel: Path) -> None:
    """Without extras, a wheel asks for four distributions and a Python of 3.11 or newer."""
    with ZipFile(wheel) as archive:
        text = archive.read(f"compassion_protocols-{VERSION}.dist-info/METADATA").decode()
    metadata = Parser().parsestr(text)
    needs = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]
    assert [re.split(r"\W", need)[0] for need in needs] == ["attrs", "cattrs", "jinja2", "pyyaml"]
    assert metadata["Requires-Python"] == ">=3.11"


def test_every_page_names_the_same_version() -> None:
    """The package, its citation and the top of its changelog name one version."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    changes = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert citation["version"] == changes[0] == VERSION


def test_the_readme_has_two_commands() -> None:
    """The README sets up and runs an exercise with one line, and every check with another."""
    commands = re.findall(
        r"^python3 -m venv .+$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert [command.rpartition("/")[2] for command in commands] == [
        "python -m compassion_protocols run",
        "nox",
    ]
