"""Whether every single name stands for what is wanted where it is written.

``for: floor_time`` wants a duration, ``who: partner`` wants people, ``choice: cards`` a list. What
a name in a text may be is the question of :mod:`.fitting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Facts, Meaning, Reference, Sort, Want, plainly
from compassion_protocols.checking.kinds import UNKNOWN, Kind, Word
from compassion_protocols.checking.names import Strangers
from compassion_protocols.findings import Finding, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_PEOPLE = (
    Sort.ROLE, Sort.HOLDER, Sort.OTHERS, Sort.FACILITATOR, Sort.SPEAKER, Sort.LISTENER,
)  # fmt: skip
_MOST_LOOKED_AT = 500
_SINGLE = (Want.TIME, Want.NEXT_HOLDER, Want.BOUND, Want.OTHER_ANSWER)
_SEVERAL = (Sort.ROLE, Sort.OTHERS, Sort.LISTENER)


def check_references(facts: Facts, lists: Collection[str] | None) -> Iterator[Finding]:
    """Every name that is unknown, or stands for something else than is wanted.

    ``lists`` are the word lists that there are; None if nobody has looked.
    """
    yield from _roles(facts)
    strangers = None
    for ref in facts.references:
        if ref.want is Want.WORDLIST:
            if lists is not None and ref.name and ref.name not in lists:
                yield _no_such_list(ref, lists)
            continue
        meaning = facts.meaning(ref.name, ref.scope)
        if meaning is None:
            strangers = strangers or Strangers(facts)
            yield from strangers.found(ref.name, ref.scope, ref.span, _fitting(facts, ref))
        elif not _FITS[ref.want](meaning, facts.kind_of(ref.name, ref.scope)):
            yield _wrong(facts, ref, meaning)


_FITS: dict[Want, Callable[[Meaning, Kind], bool]] = {
    Want.DURATION: lambda is_, kind: is_.sort is Sort.SETTING and kind.word is Word.DURATION,
    Want.NUMBER: lambda is_, kind: is_.sort is Sort.SETTING and kind.word is Word.NUMBER,
    Want.BOUND: lambda _, kind: kind.word is Word.NUMBER,
    Want.LIST: lambda is_, kind: kind.bare.is_list or is_.sort in _SEVERAL or kind is UNKNOWN,
    Want.PHRASES: lambda is_, kind: is_.sort is Sort.SETTING and kind.is_list,
    Want.TIME: lambda _, kind: kind.word is Word.TIME,
    Want.ANSWER: lambda is_, _: is_.sort is Sort.ANSWER,
    Want.OTHER_ANSWER: lambda is_, kind: is_.sort is Sort.ANSWER and kind.word is not Word.GATHERED,
    Want.NEXT_HOLDER: lambda is_, kind: is_.sort is Sort.ANSWER and kind.word is Word.PERSON,
    Want.ROLE: lambda is_, _: is_.sort in _SEVERAL,
    Want.HELD_ROLE: lambda is_, _: is_.sort is Sort.HOLDER,
    Want.PEOPLE: lambda is_, kind: is_.sort in _PEOPLE or _is_person_item(is_, kind),
}


def _is_person_item(meaning: Meaning, kind: Kind) -> bool:
    return meaning.sort is Sort.ITEM and kind.word in (Word.PERSON, Word.UNKNOWN)


def _wrong(facts: Facts, ref: Reference, meaning: Meaning) -> Finding:
    name = plainly(ref.name)
    kind = facts.kind_of(ref.name, ref.scope)
    if ref.want in (Want.PEOPLE, Want.ROLE, Want.HELD_ROLE):
        belong = "belong" if ref.want is Want.PEOPLE else "belongs"
        is_ = f"“{name}” is {meaning.sort}"
        message = f"{is_}, and {ref.want} {belong} here, so this would be for nobody."
        return Finding("CP404", message, _fitting(facts, ref), ref.span)
    if kind.word is Word.GATHERED and ref.want in _SINGLE:
        message = f"“{name}” is {kind.word} here, and one value belongs here."
        remedy = "Move this into the loop of the question."
        return Finding("CP420", message, remedy, ref.span)
    what = "" if kind.word is Word.UNKNOWN else f" ({kind.word})"
    is_ = f"“{name}” is {meaning.sort}{what}"
    message = f"{is_}, and {ref.want} belongs here, so this would work for nobody."
    return Finding("CP405", message, _fitting(facts, ref), ref.span)


def _fitting(facts: Facts, ref: Reference) -> str:
    """The names that would have been right."""
    names = {**facts.names, **ref.scope.names}
    if len(names) > _MOST_LOOKED_AT:
        return f"Name {ref.want}."
    fits = _FITS[ref.want]
    return _listed([n for n, m in names.items() if fits(m, facts.kind_of(n, ref.scope))])


def _listed(names: list[str]) -> str:
    if not names:
        return "Add one, since there is none here yet."
    return f"Write one of: {', '.join(sorted(map(plainly, names)))}."


def _no_such_list(ref: Reference, lists: Collection[str]) -> Finding:
    message = f"There is no word list “{ref.name}”.{nearest(ref.name, lists)}"
    known = ", ".join(sorted(lists))
    remedy = f"There are: {known}." if known else "Write the phrases out: [you should, why not]."
    return Finding("CP406", message, remedy, ref.span)


def _roles(facts: Facts) -> Iterator[Finding]:
    """Each role of which one person at a time is another must exist."""
    seats = [role.name for role in facts.protocol.roles if not role.one_of]
    for role in facts.protocol.roles:
        if role.one_of and role.one_of not in seats:
            message = (
                f"There is no role “{role.one_of}” with people, so nobody could be “{role.name}”."
                f"{nearest(role.one_of, seats)}"
            )
            remedy = f"Write one of: {', '.join(seats)}." if seats else "Add such a role."
            yield Finding("CP404", message, remedy, role.span)
