"""Versions of protocols: three numbers, and which ones go together."""

from __future__ import annotations


def goes_with(version: str, wanted: str) -> bool:
    """Whether a version is the one that is wanted, or after ``^`` a later one that goes with it.

    A later version goes with an earlier one while its first number that is not 0 is the same.

    >>> goes_with("1.4.0", "^1.2.3"), goes_with("2.0.0", "^1.2.3"), goes_with("0.3.0", "^0.2.0")
    (True, False, False)
    """
    if not wanted.startswith("^"):
        return version == wanted
    has, wants = _numbers(version), _numbers(wanted[1:])
    fixed = next((at for at, number in enumerate(wants) if number), 2) + 1
    return has >= wants and has[:fixed] == wants[:fixed]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))
