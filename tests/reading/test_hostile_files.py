"""Ten files that are meant to do harm, or might as well be."""

from __future__ import annotations

import threading
import tracemalloc
from itertools import pairwise
from time import thread_time

import pytest

from compassion_protocols.reading.compose import Composed, compose

SMALL_STACK = 256 * 1024
SOON = 4.0
"""Seconds; a bomb that goes off takes longer, also where a machine is busy with other things."""
MEMORY = 200_000_000


def bomb(line: str) -> str:
    """Nine lines, each of which says nine times what the line before it says."""
    names = "abcdefghij"
    lines = (line.format(new=new, old=", ".join([f"*{old}"] * 9)) for old, new in pairwise(names))
    return "a: &a {x: 1}\n" + "".join(lines)


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "dashes": ("- " * 100_000, "CP024"),
    "brackets": ("[" * 100_000, "CP024"),
    "aliases": (bomb("{new}: &{new} [{old}]\n"), "CP030"),
    "merges": (bomb("{new}: &{new} {{<<: [{old}]}}\n"), "CP030"),
    "too large": ("say: Hello\n" * 28_000, "CP001"),
    "not UTF-8": (b"say: \xff\xfe\xc3", "CP002"),
    "two documents": ("a: 1\n---\na: 2\n", "CP004"),
    "empty": ("", "CP003"),
    "too many": ("a:\n" + "  - b\n" * 40_000, "CP025"),
    "too long": (f'a: "{"b " * 120_000}"\n', "CP023"),
}


def from_small_stack(data: bytes) -> tuple[Composed, float]:
    """Compose in a thread with a small stack; the result, and the seconds of work it took."""
    results: list[tuple[Composed, float]] = []

    def work() -> None:
        start = thread_time()
        results.append((compose(data, "hostile.yaml"), thread_time() - start))

    before = threading.stack_size(SMALL_STACK)
    try:
        thread = threading.Thread(target=work)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    return results[0]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("either_parser")
def test_a_hostile_file_gives_one_finding(name: str) -> None:
    """A hostile file is answered with one finding, soon, and on a small stack."""
    source, code = HOSTILE[name]
    data = source if isinstance(source, bytes) else source.encode()
    composed, seconds = from_small_stack(data)
    assert [finding.code for finding in composed.findings] == [code]
    assert seconds < SOON


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_little_memory(name: str) -> None:
    """No hostile file makes the reader hold more memory than it may."""
    source, _ = HOSTILE[name]
    data = source if isinstance(source, bytes) else source.encode()
    tracemalloc.start()
    compose(data, "hostile.yaml")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEMORY
