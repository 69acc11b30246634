"""From the bytes of a file to a protocol, with everything that is wrong with the file.

One pass finds all of it. Compose gives nodes with places (:mod:`.compose`); every node is then
taken to what its field wants by a hook that notes what does not fit and goes on with a stand-in
(:mod:`.fields`), and cattrs puts the objects together (:mod:`.shapes`). Texts and conditions are
parsed here too, so that their mistakes are in the same list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from compassion_protocols.findings import CODES, Finding, Severity, in_order
from compassion_protocols.language.condition import Condition
from compassion_protocols.language.template import Template
from compassion_protocols.language.values import Duration
from compassion_protocols.model.card import (
    Card,
    Citation,
    Dose,
    DoseSource,
    Level,
    Relation,
    Revision,
    SeedSource,
    Status,
)
from compassion_protocols.model.care import Care, Rating
from compassion_protocols.model.names import People, Ref
from compassion_protocols.model.protocol import (
    LANGUAGE_VERSION,
    Audience,
    Family,
    IfFewer,
    Protocol,
)
from compassion_protocols.reading import (
    adapt,
    convert_answers,
    convert_rules,
    convert_settings,
    convert_steps,
)
from compassion_protocols.reading.adapt import (
    base_named,
    check_settings,
    is_fit,
    merged,
    no_bases,
    note_absence,
    without_base,
)
from compassion_protocols.reading.compose import compose
from compassion_protocols.reading.fields import (
    condition,
    duration,
    flag,
    number,
    some_time,
    template,
    text,
    whole,
    word,
    written_text,
)
from compassion_protocols.reading.lists import (
    entries,
    list_of,
    no_map,
    one_or_several,
    texts,
)
from compassion_protocols.reading.marks import MarkedList, MarkedMap, Node
from compassion_protocols.reading.naming import or_ref, people, placed, protocol_id, ref, version
from compassion_protocols.reading.notes import as_written, note, said, taking_notes
from compassion_protocols.reading.pieces import shown
from compassion_protocols.reading.scalars import as_whole_number
from compassion_protocols.reading.shapes import for_field, for_type, renamed_key, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compassion_protocols.reading.adapt import Bases
    from compassion_protocols.reading.compose import Composed


@frozen
class Reading:
    """A file, read: the protocol if nothing in it is an error, and all findings.

    ``draft`` is as much of the protocol as could be made out, with stand-ins where nothing could.
    It is there so that linking and the checks can look at a file with mistakes too, and an author
    is told of everything at once (:meth:`together_with`). It must never be run.
    """

    protocol: Protocol | None
    findings: tuple[Finding, ...]
    draft: Protocol | None = field(default=None, repr=False)

    def together_with(self, later: Iterable[Finding]) -> tuple[Finding, ...]:
        """These findings and later ones, in order, without what only follows from an error here."""
        told = {finding.span for finding in self.findings if finding.severity is Severity.ERROR}
        new = [one for one in later if one.span not in told]
        if told:
            new = [one for one in new if not CODES[one.code].of_whole]
        return in_order((*self.findings, *new))


def read(data: bytes, file: str, bases: Bases = no_bases) -> Reading:
    """The protocol in these bytes, and everything that is wrong with them; raises nothing.

    ``file`` is what the findings call the file; nothing is opened. ``bases`` finds the file of
    the protocol that an adaptation extends.
    """
    composed = compose(data, file)
    root = composed.root
    if root is None or (composed.findings and not _FAMILIAR & root.keys()):
        return Reading(None, composed.findings)  # nothing in it was ever meant as a protocol
    if "extends" in root:
        return _adaptation(composed, root, bases)
    return _converted(composed, root)


def _converted(composed: Composed, root: MarkedMap) -> Reading:
    with taking_notes(composed) as noted:
        draft = _protocol(root)
    return _reading(draft, (*composed.findings, *noted))


def _adaptation(composed: Composed, root: MarkedMap, bases: Bases) -> Reading:
    """An adaptation: one protocol of the two files, as far as there are two."""
    named = base_named(root)
    file = None if named is None else bases(named.id)
    if named is None or file is None:
        with taking_notes(composed) as noted:
            note_absence(root, named, bases)
        return Reading(None, in_order((*composed.findings, *noted)))
    base = compose(file.data, file.name)
    whole = Reading(None, base.findings)
    if base.root is not None and "extends" not in base.root:
        whole = _converted(base, base.root)
    draft = None
    with taking_notes(composed, base) as noted:
        if is_fit(root, base.root, whole.findings) and base.root is not None:
            laid = merged(root, base.root, named)
            draft = _protocol(laid.root, {"adaptation": laid.adaptation})
            if draft is not None and whole.protocol is not None:
                check_settings(draft, whole.protocol)
    return _reading(draft, (*composed.findings, *noted))


def _reading(draft: Protocol | None, found: Iterable[Finding]) -> Reading:
    findings = in_order(found)
    clean = all(finding.severity is not Severity.ERROR for finding in findings)
    return Reading(draft if clean else None, findings, draft)


_FIRST = "compassion_protocol"
_FAMILIAR = {_FIRST, "compassion_programme", "id", "title", "steps"}


def _protocol(root: MarkedMap, handed_in: Mapping[str, object] | None = None) -> Protocol | None:
    if "compassion_programme" in root:
        remedy = "Write each protocol in a file of its own; people choose when to do which."
        key = root.written("compassion_programme")
        note("CP111", "Programmes are not part of the language yet.", remedy, key)
        return None
    shape = shape_of(Protocol, "a protocol", "title: Three-breath pause")
    if _FIRST in root and next(iter(root)) != _FIRST:
        message = f"“{_FIRST}” is not the first name in the file."
        remedy = "Move it to the top, so that everyone sees at once what this file is."
        note("CP117", message, remedy, root.written(_FIRST))
    return shape.take(root if handed_in else without_base(root), handed_in)


def _language(node: Node, _: object = None) -> int:
    if as_whole_number(node) != LANGUAGE_VERSION and (found := written_text(node)) is not None:
        message = f"{said(found)} is a version of the language that is not known here."
        note("CP110", message, f"Write {_FIRST}: {LANGUAGE_VERSION}.", found)
    return LANGUAGE_VERSION


# The card


def _card(node: Node, _: object = None) -> Card:
    return shape_of(Card, "the card", "card: {why: …}").take(node)


def _dose(node: Node, _: object = None) -> Dose:
    return shape_of(Dose, "a dose", "dose: {minutes: 20, source: default}").take(node)


_SOURCES = "sources: [{cite: My own practice}]"


def _sources(node: Node, _: object = None) -> tuple[SeedSource | Citation, ...]:
    return tuple([_source(item) for item in entries(node, at_least=1, example=_SOURCES)])


def _source(node: Node) -> SeedSource | Citation:
    """A seed's words, or a citation."""
    if not isinstance(node, MarkedMap):
        no_map(node, "a source", '- {seed: "000", quote: pause for three breaths}')
        return SeedSource(seed="", quote="", span=node.span)
    if "seed" in node and "cite" in node:
        message = "“seed” and “cite” are two sources."
        note("CP160", message, "Make two entries of it.", node.written("cite"))
        node = renamed_key(node, "cite", "")
    elif "seed" not in node and "cite" not in node:
        message = "This source does not say where it is from."
        note("CP160", message, "Write “seed” with a “quote”, or “cite”.", node)
        return SeedSource(seed="", quote="", span=node.span)
    if "cite" in node:
        return shape_of(Citation, "a citation").take(node)
    return shape_of(SeedSource, "a seed’s words").take(node)


def _revision(node: Node, _: object = None) -> Revision:
    return shape_of(Revision, "a revision", "- {version: 1.1.0, date: 2026-11-20, what: …}").take(
        node
    )


# Care


def _lines(node: Node, _: object = None) -> tuple[str, ...]:
    """Lines that people read. Each is a sentence, so one that begins small goes on from the last.

    In brackets YAML ends an entry at each comma, also at one in the middle of a sentence.
    """
    lines: tuple[str, ...] = texts(node, None)
    bracketed = isinstance(node, MarkedList) and as_written(node).startswith("[")
    for before, line, at in zip(lines, lines[1:], [*node][1:], strict=False) if bracketed else ():
        if before[:1].isupper() and line[:1].islower() and before[-1:].isalnum():
            message = f"A comma has cut this line off: people read “{shown(line)}” by itself."
            remedy = f'If it is one line, put quotes round it: "{shown(f"{before}, {line}")}"'
            note("CP118", message, remedy, at)
    return lines


def _care(node: Node, _: object = None) -> Care:
    return shape_of(Care, "the care section", "care: {tier: 0}").take(node)


for _module in (adapt, convert_answers, convert_rules, convert_settings, convert_steps):
    _module.register()
for _kind, _hook in (
    (str, text),
    (bool, flag),
    (int, whole(1)),
    (int | float, number),
    (int | float | None, number),
    (int | Ref, or_ref(whole(1))),
    (int | Ref | None, or_ref(whole(1))),
    (Duration, duration),
    (Duration | None, duration),
    (Duration | Ref, or_ref(some_time)),
    (Duration | Ref | None, or_ref(some_time)),
    (Ref, ref),
    (Ref | None, ref),
    (People, people),
    (People | None, people),
    (Template, template),
    (Template | None, template),
    (Condition, condition),
    (Condition | None, condition),
    (tuple[str, ...], texts),
):
    for_type(_kind, _hook)
for_type(Card, _card)
for_type(Care, _care)
for_type(Dose, _dose)
for_type(tuple[SeedSource | Citation, ...], _sources)
for_type(tuple[Revision, ...], list_of(_revision))
for_type(tuple[Audience, ...], one_or_several(word(Audience), otherwise=tuple(Audience)))
for_type(tuple[Rating, ...], one_or_several(word(Rating)))
for enumeration in (Family, IfFewer, DoseSource, Status):
    for_type(enumeration, word(enumeration))
for_type(Relation | None, word(Relation))
for_type(Level | None, word(Level))
for_field(Protocol, "language", _language)
for_field(Protocol, "id", protocol_id)
for_field(Protocol, "version", version)
for_field(Revision, "version", version)
for line in ("not_for", "before_you_start"):
    for_field(Care, line, _lines)
for_field(Care, "tier", whole(0, 3))
for_field(Care, "screen", placed(protocol_id))
