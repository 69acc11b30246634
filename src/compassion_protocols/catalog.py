"""Finding protocols: what there is below a folder, and the file of an id.

This is where files are opened. The ids of a catalog are looked up in an index
of the folder; an id is never joined to a path.

Looking at what there is must be quick, so whatever reads is imported where it is
used: a list of the catalog needs none of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from compassion_protocols.errors import ProtocolNotFound
from compassion_protocols.findings import nearest
from compassion_protocols.headlines import headlines, texts_of
from compassion_protocols.lists import instruments, practices
from compassion_protocols.model.names import PROTOCOL_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compassion_protocols.model.instruments import Instrument
    from compassion_protocols.model.practices import Practice

SUFFIX = ".protocol.yaml"
LARGEST_FILE = 256 * 1024 + 1
"""Bytes read of a file: one more than the reader accepts, so that it can say so."""


@frozen
class Source:
    """A protocol file: its bytes, and the name that findings give it.

    ``folder`` is where it lies, if it is none of the catalog's: what lies beside it can be found
    from it.
    """

    name: str
    data: bytes
    folder: Path | None = None

    @property
    def text(self) -> str:
        """What it says, without a byte order mark and with U+FFFD for what is no UTF-8."""
        return self.data.decode("utf-8-sig", errors="replace")


@frozen
class Entry:
    """What a list of the catalog shows of one protocol."""

    id: str
    title: str
    summary: str
    family: str
    path: Path


@frozen
class Catalog:
    """The protocols below one folder; with ``beside``, also those that lie in another.

    Of two with one id, that below ``root`` is found.
    """

    root: Path
    beside: Path | None = None

    def index(self) -> Mapping[str, Path]:
        """Every protocol's file, by its id."""
        if self.beside is None:
            return _index(self.root)
        there = (path for path in self.beside.glob(f"*{SUFFIX}") if path.is_file())
        return {**_by_id(there), **_index(self.root)}

    def around(self, source: Source) -> Catalog:
        """This catalog, with what lies beside a file."""
        return self if source.folder is None else evolve(self, beside=source.folder)

    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""
        return tuple(sorted(self.index()))

    def source(self, protocol: str) -> Source | None:
        """The file of an id, None if there is none."""
        path = self.index().get(protocol)
        return None if path is None else _source(path)

    def entries(self) -> Iterator[Entry]:
        """A line about each protocol, in order of family and id."""
        for path in sorted(self.index().values()):
            source = _source(path)
            texts = headlines(source.data)
            if texts is None:
                texts = self._composed_headlines(source)
            if texts is not None:
                yield Entry(
                    id=path.name.removesuffix(SUFFIX),
                    title=texts.get("title", ""),
                    summary=texts.get("summary", ""),
                    family=texts.get("family", ""),
                    path=path,
                )

    def _composed_headlines(self, source: Source) -> dict[str, str] | None:
        """The headlines of a file, however it is written; None if it is no map at all."""
        from compassion_protocols.reading.compose import compose  # start-up time

        root = compose(source.data, source.name).root
        if root is None:
            return None
        own = texts_of(root)
        extended, _, _ = own.pop("extends", "").partition("@")
        base = self.source(extended)
        above = None if base is None else compose(base.data, base.name).root
        return {**texts_of(above or {}), **own}

    def practices(self) -> Mapping[str, Practice] | None:
        """The practices that it lists, by their ids; None if it has no list of them.

        Raises ProtocolRejected if that list has a mistake.
        """
        return practices(self.root)

    def instruments(self) -> Mapping[str, Instrument] | None:
        """The instruments that it lists, by their ids; None if it has no list of them.

        Raises ProtocolRejected if that list has a mistake.
        """
        return instruments(self.root)

    def carriers(self) -> Mapping[str, tuple[str, ...]]:
        """Each practice that it lists, with the ids of the protocols that carry it, if any do."""
        from compassion_protocols.reading.convert import read  # start-up time

        found: dict[str, list[str]] = {practice: [] for practice in self.practices() or ()}
        for name, path in sorted(self.index().items()):
            source = _source(path)
            draft = read(source.data, source.name, self.source).draft
            for practice in draft.card.practices if draft is not None else ():
                found.setdefault(practice, []).append(name)
        return {practice: tuple(names) for practice, names in found.items()}


def bundled() -> Catalog:
    """The catalog that comes with the library: in the package, else in a checkout beside src."""
    package = Path(__file__).resolve().parent
    inside = package / "protocols"
    return Catalog(inside if inside.is_dir() else package.parent.parent / "protocols")


@cache
def _index(root: Path) -> Mapping[str, Path]:
    return _by_id(root.rglob(f"*{SUFFIX}"))


def _by_id(paths: Iterable[Path]) -> Mapping[str, Path]:
    return {path.name.removesuffix(SUFFIX): path for path in paths}


def _source(path: Path) -> Source:
    with path.open("rb") as file:
        return Source(str(path), file.read(LARGEST_FILE))


def find_source(protocol: str | Path, catalog: Catalog) -> Source:
    """The file that an id or a path means. ProtocolNotFound if there is none."""
    name = str(protocol)
    if isinstance(protocol, str) and PROTOCOL_ID.fullmatch(name):
        found = catalog.source(name)
        if found is not None:
            return found
    path = Path(protocol)
    try:
        if path.is_file():
            return evolve(_source(path), folder=path.parent)
    except (OSError, ValueError):
        pass
    known = catalog.ids()
    hint = nearest(name, known)
    if not hint and PROTOCOL_ID.fullmatch(name):
        hint = " `compassion-protocols list` says what there is."
    raise ProtocolNotFound(f"There is no protocol “{name}”, and no such file.{hint}")
