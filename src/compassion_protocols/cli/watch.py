"""Noticing that a file was saved: the times of some files, looked at a few times a second.

Nothing is asked of the system but what a folder and a file say of themselves, so it works alike
on every disk. Editors save in their own ways: some write in place, some write another file and
rename it, some do it in two steps. So a file is known by its time, its size and its number, one
that is not there counts as well, and a change is told only once two looks in a row agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

SECONDS_BETWEEN_LOOKS = 0.25

Stamp = tuple[int, int, int]


def stamps_of(paths: Iterable[Path]) -> Mapping[Path, Stamp]:
    """The time, the size and the number of each file that is there."""
    found = {}
    for path in paths:
        try:
            seen = path.stat()
        except (OSError, ValueError):
            continue
        found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found


def changes(
    look: Callable[[], Mapping[Path, Stamp]], sleep: Callable[[float], None]
) -> Iterator[None]:
    """Once at the beginning, and then after every change that has come to rest; without end."""
    told: Mapping[Path, Stamp] | None = None
    before = look()
    while True:
        now = look()
        if now == before and now != told:
            told = now
            yield
        else:
            sleep(SECONDS_BETWEEN_LOOKS)
        before = now
