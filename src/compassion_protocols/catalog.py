"""Finding and loading protocols: from an id or a file to a plan that is ready to run.

This is where files are opened. The ids of a catalog are looked up in an index
of the folder; an id is never joined to a path. A plan carries everything that a
session needs around its own steps: the care protocols, the screening, the word
lists of its language, and the crisis lines.

Looking at what there is must be quick, so whatever reads, checks and compiles is
imported where it is used: a list of the catalog needs none of it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.errors import ProtocolNotFound, ProtocolRejected
from compassion_protocols.findings import Finding, Severity, in_order, nearest
from compassion_protocols.headlines import headlines, texts_of
from compassion_protocols.lists import (
    DEFAULT_LANGUAGE,
    crisis_lines,
    instruments,
    practices,
    word_lists,
    wordings,
)
from compassion_protocols.model.names import GROUNDING, HUMAN_HELP, PAUSE_CARD, PROTOCOL_ID

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from compassion_protocols.model.instruments import Instrument
    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.practices import Practice
    from compassion_protocols.model.protocol import Protocol

SUFFIX = ".protocol.yaml"
LARGEST_FILE = 256 * 1024 + 1
"""Bytes read of a file: one more than the reader accepts, so that it can say so."""

CARE_PROTOCOLS = {"pause": PAUSE_CARD, "grounding": GROUNDING, "help": HUMAN_HELP}
"""The protocols of the care layer, by the part they play in it."""


@frozen
class Source:
    """A protocol file: its bytes, and the name that findings give it.

    ``folder`` is where it lies, if it is none of the catalog's: what lies beside it can be found
    from it.
    """

    name: str
    data: bytes
    folder: Path | None = None


@frozen
class Entry:
    """What a list of the catalog shows of one protocol."""

    id: str
    title: str
    summary: str
    family: str
    path: Path


@frozen
class Examination:
    """A file, read and checked: every finding, and the whole protocol unless one is an error."""

    protocol: Protocol | None
    findings: tuple[Finding, ...]
    sources: tuple[tuple[str, str], ...] = ()


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


def load(protocol: str | Path | Source, *, catalog: Catalog | None = None) -> Plan:
    """The plan of an id of the catalog, or of a file: read, linked, checked, compiled.

    A file that is not on disk is handed in as a :class:`Source`. A plan is made once for each
    content and then shared. Raises ProtocolNotFound, or ProtocolRejected with every finding if one
    is an error.
    """
    shelf = catalog or bundled()
    source = protocol if isinstance(protocol, Source) else find_source(protocol, shelf)
    return _plan(source, shelf, _as_it_is(source.folder))


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


def _as_it_is(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a protocol in a folder has changed: name, time and size of each."""
    if folder is None:
        return ()
    found = [(path.name, _stat(path)) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return tuple([(name, one.st_mtime_ns, one.st_size) for name, one in found if one is not None])


def _stat(path: Path) -> os.stat_result | None:
    """What is known of a file; None where a name leads nowhere, as an editor's lock does."""
    try:
        return path.stat()
    except OSError:
        return None


@lru_cache(maxsize=128)
def _plan(source: Source, catalog: Catalog, beside: tuple[tuple[str, int, int], ...]) -> Plan:
    """The plan of a file; made anew where something ``beside`` it has changed."""
    from compassion_protocols.compiling.compile import compiled, content_of  # start-up time

    found = examine(source, catalog)
    if found.protocol is None:
        raise ProtocolRejected(found.findings)
    plan = compiled(found.protocol)
    screen = found.protocol.care.screen
    sources = (*found.sources, *_care_sources(catalog))
    return evolve(
        plan,
        sources=sources,
        content=content_of(sources),
        phrases=word_lists(catalog.root, DEFAULT_LANGUAGE),
        care=_care_plans(catalog),
        crisis_lines=crisis_lines(catalog.root),
        screen=load(screen, catalog=catalog.around(source)) if screen else None,
    )


def examine(source: Source, catalog: Catalog) -> Examination:
    """Read, link and check one file. All its findings come back, in order of place.

    A file with mistakes is gone on with as far as it can be made out, so that
    every stage has its say in one run.
    """
    from compassion_protocols.checking.check import check  # start-up time
    from compassion_protocols.reading.convert import read
    from compassion_protocols.reading.link import link

    catalog = catalog.around(source)
    files = _Files(catalog.source, catalog.ids())
    reading = read(source.data, source.name, files)
    if reading.draft is None:
        return Examination(None, in_order(reading.findings))
    shelf = _Shelf(files)
    lists = word_lists(catalog.root, DEFAULT_LANGUAGE)
    linking = link(reading.draft, shelf, lists)
    card = linking.protocol.card
    checked = check(
        linking.protocol,
        known_lists=lists,
        # A registry is read when a card names something in it: start-up time.
        known_practices=catalog.practices() if card.practices else None,
        known_instruments=catalog.instruments() if card.instruments else None,
        known_wordings=wordings(catalog.root, DEFAULT_LANGUAGE),
    )
    findings = reading.together_with((*linking.findings, *checked))
    whole = None if _errors(findings) else linking.protocol
    if reading.draft.adaptation is not None:
        base = catalog.source(reading.draft.adaptation.base)
        findings = _without_known(findings, source, base, catalog)
    own = (reading.draft.id, source.data.decode("utf-8-sig", errors="replace"))
    return Examination(whole, findings, (own, *files.found.items()))


def _without_known(
    findings: tuple[Finding, ...], source: Source, base: Source | None, catalog: Catalog
) -> tuple[Finding, ...]:
    """What is found in an adaptation, without the advice that its base gets by itself."""
    if base is None or all(finding.span.file == source.name for finding in findings):
        return findings
    known = set(examine(base, catalog).findings)
    return tuple(f for f in findings if f.severity is Severity.ERROR or f not in known)


@frozen
class _Files:
    """Where the other files are found that a file needs; remembers which were asked for."""

    source: Callable[[str], Source | None]
    known: tuple[str, ...]
    found: dict[str, str] = field(factory=dict)

    def __call__(self, protocol: str, /) -> Source | None:
        """The file of this id."""
        other = self.source(protocol)
        if other is not None:
            self.found[protocol] = other.data.decode("utf-8-sig", errors="replace")
        return other


@frozen
class _Shelf:
    """Where the linker finds the protocols that a file includes."""

    files: _Files

    @property
    def known(self) -> tuple[str, ...]:
        """The ids there are."""
        return self.files.known

    def __call__(self, protocol: str, /) -> Protocol | None:
        """The protocol of this id as it was read. ProtocolRejected if its file has errors."""
        from compassion_protocols.reading.convert import read  # start-up time

        other = self.files(protocol)
        if other is None:
            return None
        reading = read(other.data, other.name, self.files)
        if reading.protocol is None or _errors(reading.findings):
            raise ProtocolRejected(reading.findings)
        return reading.protocol


def _errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def load_sources(sources: tuple[tuple[str, str], ...], *, catalog: Catalog | None = None) -> Plan:
    """The plan that was once made from these files: what a store kept with its sessions.

    Word lists and crisis lines are today's. ProtocolRejected if it is not clean any more.
    """
    shelf = catalog or bundled()
    kept = {name: Source(name, text.encode()) for name, text in sources}
    return _kept_plan(tuple(kept.items()), shelf)


@lru_cache(maxsize=32)
def _kept_plan(kept: tuple[tuple[str, Source], ...], catalog: Catalog) -> Plan:
    from compassion_protocols.compiling.compile import compiled, content_of  # start-up time
    from compassion_protocols.reading.link import link

    files = dict(kept)
    shelf = _Shelf(_Files(files.get, tuple(files)))
    find = shelf.__call__  # it does not know what ids there are: its people are screened already
    lists = word_lists(catalog.root, DEFAULT_LANGUAGE)

    def whole(name: str) -> Protocol:
        source = files.get(name)
        protocol = None if source is None else shelf(name)
        if protocol is None:
            raise ProtocolNotFound(f"The store has not kept “{name}”.")
        linking = link(protocol, find, lists)
        if _errors(linking.findings):
            raise ProtocolRejected(linking.findings)
        return linking.protocol

    sources = tuple((name, source.data.decode()) for name, source in kept)
    return evolve(
        compiled(whole(next(iter(files)))),
        sources=sources,
        content=content_of(sources),
        phrases=lists,
        care={part: compiled(whole(name), as_care=True) for part, name in CARE_PROTOCOLS.items()},
        crisis_lines=crisis_lines(catalog.root),
    )


@cache
def _care_plans(catalog: Catalog) -> Mapping[str, Plan]:
    from compassion_protocols.compiling.compile import compiled  # start-up time

    plans = {}
    for part, name in CARE_PROTOCOLS.items():
        found = examine(find_source(name, catalog), catalog)
        if found.protocol is None:
            raise ProtocolRejected(found.findings)
        plans[part] = compiled(found.protocol, as_care=True)
    return plans


def _care_sources(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, find_source(name, catalog).data.decode("utf-8-sig"))
        for name in CARE_PROTOCOLS.values()
    )
