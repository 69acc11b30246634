"""Rows about whole processes: what it costs to begin.

The group ``processes`` measures the Python that runs it; ``installed`` makes an
environment of its own and installs the wheel alone into it, as a person would
have it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import compassion_protocols
from benchmarks.interleave import fastest, ratio
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent.parent
SHIPPED = HERE / "protocols"
PACKAGE = "compassion_protocols"
Python = tuple[str, ...]
NO_CACHE = "PYTHONDONTWRITEBYTECODE"
PROCESSES = 15
"""Pairs of processes to start for each row."""

SESSION_NAMES = ", ".join(
    name for name, home in compassion_protocols._HOME.items() if home.startswith("session.")
)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != NO_CACHE}
"""Compiled modules are kept, as an installed package has them."""

LAZY = ("attrs", "cattrs", "yaml", "jinja2", "asyncio")
"""What importing the package must not import yet."""

_INSTALLED = """
import json
from importlib.metadata import distributions
sizes = {}
for one in distributions():
    files = [one.locate_file(file) for file in one.files or ()]
    found = [(path.suffix, path.stat().st_size) for path in files if path.is_file()]
    caches = sum(size for end, size in found if end == ".pyc")
    whole = sum(size for _, size in found)
    sizes[one.metadata["Name"]] = whole, whole - caches
print(json.dumps(sizes))
"""


def rows(*python: str) -> Iterator[Row]:
    """What it costs to begin, with this Python or another, which may come with options."""
    python = python or (sys.executable,)
    bare = code(python, "pass")
    attrs = code(python, "import attrs")
    core = code(python, "import attrs, yaml")
    names = code(python, f"from {PACKAGE} import {SESSION_NAMES}")
    yield Row(
        "import, of a bare Python", 1.4, 1.25, beside(code(python, f"import {PACKAGE}"), bare)
    )
    yield Row(f"too early: {', '.join(LAZY)}", 0, None, lambda: too_early(python))
    yield Row("the session's names, of import attrs", 1.5, 1.3, beside(names, attrs))
    listing = whole(python, "list")
    yield Row("list, of import attrs, yaml", 1.6, 1.2, beside(listing, core))
    running = first_screen(python, "run", "three-breath-pause", "--with", "person=Ana")
    yield Row("run to its first screen, of the same", 1.6, 1.2, beside(running, core))
    linting = whole(python, "lint", *map(str, sorted(SHIPPED.rglob("*.protocol.yaml"))))
    yield Row("lint of all shipped files, seconds", 2, None, lambda: fastest(linting, PROCESSES))


def beside(ours: Callable[[], object], theirs: Callable[[], object]) -> Callable[[], float]:
    """Compare two processes, some pairs of them."""
    return lambda: ratio(ours, theirs, PROCESSES)


def code(python: Python, text: str) -> Callable[[], object]:
    """A process that runs some code, in isolation from where it is started."""
    return lambda: subprocess.run([*python, "-c", text], check=True, cwd="/", env=ENVIRONMENT)


def whole(python: Python, *words: str) -> Callable[[], object]:
    """The command line, to its end."""
    command, quiet = [*python, "-m", PACKAGE, *words], subprocess.DEVNULL
    return lambda: subprocess.run(
        command, check=True, cwd="/", env=ENVIRONMENT, stdout=quiet, stderr=quiet
    )


def first_screen(python: Python, *words: str) -> Callable[[], object]:
    """The command line, until it has shown something; a reader is there, who says nothing."""

    def work() -> None:
        with subprocess.Popen(
            [*python, "-m", PACKAGE, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env=ENVIRONMENT,
        ) as process:
            shown = process.stdout.read(1) if process.stdout else b""
            process.kill()
        if not shown:
            raise RuntimeError(f"nothing was shown by {' '.join(words)}")

    return work


def too_early(python: Python) -> float:
    """How many of the lazy modules an import of the package brings along."""
    text = f"import {PACKAGE}, sys; print(sum(name in sys.modules for name in {LAZY}))"
    done = subprocess.run(
        [*python, "-c", text], check=True, cwd="/", env=ENVIRONMENT, stdout=subprocess.PIPE
    )
    return float(done.stdout)


def installed_rows() -> Iterator[Row]:
    """The same in a fresh environment, and what stands in it."""
    with TemporaryDirectory() as folder:
        python = new_environment(folder, str(HERE))
        text = subprocess.run([python, "-c", _INSTALLED], check=True, stdout=subprocess.PIPE).stdout
        sizes: dict[str, tuple[int, int]] = json.loads(text)
        for tool in ("pip", "setuptools"):
            sizes.pop(tool, None)
        yield Row("core install, distributions", 6, None, lambda: len(sizes) - 1)
        whole, bare = (sum(column) / 1e6 for column in zip(*sizes.values(), strict=True))
        yield Row("core install, MB", 7, None, lambda: whole)
        yield Row("core install, MB without compiled caches", 7, None, lambda: bare)
        yield from rows(python, "-I")  # nothing of this checkout


def new_environment(folder: str, *what: str) -> str:
    """Make an environment, install some things into it, and give its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python"))
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    subprocess.run(command, check=True)
    return python
