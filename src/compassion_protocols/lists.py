"""The lists beside the protocols of a catalog: words, practices, instruments, crisis lines.

Each is read once for each folder. What reads them is imported where it is used, since a list of
the catalog needs none of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from compassion_protocols.language.wordlists import WordList
    from compassion_protocols.model.care import CrisisLine
    from compassion_protocols.model.instruments import Instrument
    from compassion_protocols.model.practices import Practice

CRISIS_LINES = "care/crisis-lines.yaml"
PRACTICES = "practices.yaml"
INSTRUMENTS = "instruments.yaml"
WORD_LISTS = "wordlists"
DEFAULT_LANGUAGE = "en"


@cache
def _parsed_lists(root: Path, language: str) -> tuple[WordList, ...]:
    """Every word list of a language; none where there are no lists for it."""
    from compassion_protocols.language.wordlists import parse_wordlist  # start-up time

    folder = root / WORD_LISTS / language
    return tuple(
        parse_wordlist(path.stem, language, path.read_text("utf-8"))
        for path in sorted(folder.glob("*.txt"))
    )


@cache
def word_lists(root: Path, language: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of every word list of a language."""
    return {words.name: words.phrases for words in _parsed_lists(root, language)}


@cache
def wordings(root: Path, language: str) -> Mapping[str, Mapping[str, str]]:
    """What stands beside the phrases of every word list of a language."""
    return {words.name: words.beside for words in _parsed_lists(root, language)}


@cache
def practices(root: Path) -> Mapping[str, Practice] | None:
    """The practices by their ids, None if there is no list of them.

    ProtocolRejected if it has a mistake.
    """
    from compassion_protocols.reading.registries import read_practices  # start-up time

    path = root / PRACTICES
    return read_practices(path.read_bytes(), str(path)) if path.is_file() else None


@cache
def instruments(root: Path) -> Mapping[str, Instrument] | None:
    """The instruments by their ids, None if there is no list of them.

    ProtocolRejected if it has a mistake.
    """
    from compassion_protocols.reading.registries import read_instruments  # start-up time

    path = root / INSTRUMENTS
    return read_instruments(path.read_bytes(), str(path)) if path.is_file() else None


@cache
def crisis_lines(root: Path) -> tuple[CrisisLine, ...]:
    """Where people can be reached who help in a crisis, of every country that is known.

    ProtocolRejected if their list has a mistake: a line that is left out could be somebody's.
    """
    from compassion_protocols.reading.registries import read_crisis_lines  # start-up time

    path = root / CRISIS_LINES
    return read_crisis_lines(path.read_bytes(), str(path))
