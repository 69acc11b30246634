"""Loading protocols: from a file to a plan that is ready to run.

A plan carries everything that a session needs around its own steps: the care
protocols, the screening, the word lists of its language, and the crisis lines.

Whatever reads, checks and compiles is imported where it is used, so that whoever
only lists what there is need not wait for it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from compassion_protocols.catalog import SUFFIX, Catalog, Source, bundled, find_source
from compassion_protocols.errors import ProtocolNotFound, ProtocolRejected
from compassion_protocols.findings import Finding, Severity, in_order
from compassion_protocols.lists import DEFAULT_LANGUAGE, crisis_lines, word_lists, wordings
from compassion_protocols.model.names import GROUNDING, HUMAN_HELP, PAUSE_CARD

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from compassion_protocols.model.plan import Plan
    from compassion_protocols.model.protocol import Protocol

CARE_PROTOCOLS = {"pause": PAUSE_CARD, "grounding": GROUNDING, "help": HUMAN_HELP}
"""The protocols of the care layer, by the part they play in it."""


@frozen
class Examination:
    """A file, read and checked: every finding, and the whole protocol unless one is an error.

    ``others`` are the files of the catalog that it needed, each with its id.
    """

    protocol: Protocol | None
    findings: tuple[Finding, ...]
    others: tuple[tuple[str, Source], ...] = ()


def load(protocol: str | Path | Source, *, catalog: Catalog | None = None) -> Plan:
    """The plan of an id of the catalog, or of a file: read, linked, checked, compiled.

    A file that is not on disk is handed in as a :class:`Source`. A plan is made once for each
    content and then shared. Raises ProtocolNotFound, or ProtocolRejected with every finding if one
    is an error.
    """
    shelf = catalog or bundled()
    source = protocol if isinstance(protocol, Source) else find_source(protocol, shelf)
    return _plan(source, shelf, _as_it_is(source.folder))


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
    files = ((found.protocol.id, source), *found.others, *_care_files(catalog))
    sources = tuple([(name, file.text) for name, file in files])
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
    files = _Files(catalog.source, catalog.ids)
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
    return Examination(whole, findings, tuple(files.found.items()))


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
    ids: Callable[[], Iterable[str]]
    found: dict[str, Source] = field(factory=dict)

    @property
    def known(self) -> tuple[str, ...]:
        """The ids there are."""
        return tuple(self.ids())

    def __call__(self, protocol: str, /) -> Source | None:
        """The file of this id."""
        other = self.source(protocol)
        if other is not None:
            self.found[protocol] = other
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
    shelf = _Shelf(_Files(files.get, files.keys))
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


def _care_files(catalog: Catalog) -> Iterator[tuple[str, Source]]:
    return ((name, find_source(name, catalog)) for name in CARE_PROTOCOLS.values())
