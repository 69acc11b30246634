"""What may be given at a question, as a view shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.language.template import render
from compassion_protocols.language.values import is_given, shown
from compassion_protocols.model.accepting import accept, of_example
from compassion_protocols.model.answers import (
    Choice,
    Choices,
    Date,
    Form,
    ListOf,
    Number,
    OnePerson,
    Option,
    Rank,
    Scale,
    bound,
    name_of,
    options_of,
)
from compassion_protocols.model.names import Ref
from compassion_protocols.session.answers import reveal_options, reveal_type, today
from compassion_protocols.session.lines import KEEP_LINE
from compassion_protocols.session.view import Input

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from compassion_protocols.language.values import Lookup
    from compassion_protocols.model.answers import AnswerKind
    from compassion_protocols.model.plan import Moment, Slot
    from compassion_protocols.session.scene import Scene


def input_of(scene: Scene, moment: Moment, slot: Slot, seat: int, now: float) -> Input:
    """The input of a moment for one seat. ``now`` dates an example that is days away."""
    seen_by = _seen_by(scene, slot, seat) if slot.readers else ()
    if moment.source is not None:
        return _of_reveal(scene, moment.source, seat, seen_by)
    kind, example = slot.kind, moment.example
    look = scene.lookup(moment.scope, seat)
    if isinstance(kind, _SITUATED):
        example = _situated(kind, example, today(scene, now), look)
    return Input(
        type=name_of(kind),
        hint=_hint(moment, look) if moment.hint is not None else "",
        borrow=_borrowed(moment.borrow, look) if moment.borrow else (),
        example=example,
        seen_by=seen_by,
        keep=KEEP_LINE if slot.is_kept_by_writer else "",
        **_particulars(kind, look),
    )


_SITUATED = (Choice, Choices, Date, Form, ListOf, Number, Rank, Scale)
"""Kinds whose answers hang on the day, on settings, or on who takes part."""


def _situated(kind: AnswerKind, example: object, day: dt.date, look: Lookup) -> object:
    """The example as an answer of that day; None where it is none, as with other settings."""
    raw = of_example(kind, example, day, look)
    try:
        accept(kind, raw, look)
    except AnswerRefused:
        return None
    return raw


def _seen_by(scene: Scene, slot: Slot, seat: int) -> tuple[str, ...]:
    """The names of those who will read what is given."""
    people = scene.setup.people
    return tuple([people[reader].name for reader in scene.readers(slot, seat)])


def _hint(moment: Moment, look: Lookup) -> str:
    """The hint; nothing if it would have a hole."""
    hint = moment.hint
    if hint is None or not all(is_given(look(name)) for name in hint.required):
        return ""
    return render(hint, look)


def _borrowed(borrow: tuple[str, ...] | Ref, look: Lookup) -> tuple[str, ...]:
    if not isinstance(borrow, Ref):
        return borrow
    value = look(borrow.name)
    return tuple(shown(one) for one in value) if isinstance(value, tuple) else ()


def _of_reveal(scene: Scene, source: Slot, seat: int, seen_by: tuple[str, ...]) -> Input:
    own = scene.own_answer(source, seat)
    if reveal_type(source) == "yes_no":
        return Input(type="yes_no", hint=shown(own), example=True, seen_by=seen_by)
    options = reveal_options(own) if isinstance(own, tuple) else ()
    example = [option.value for option in options]
    return Input(type="choices", options=options, example=example, seen_by=seen_by)


class _Particulars(TypedDict, total=False):
    """What only some kinds of input have."""

    options: tuple[Option, ...]
    fields: tuple[tuple[str, Input], ...]
    limits: dict[str, float]
    labels: tuple[tuple[int, str], ...]


def _particulars(kind: AnswerKind, look: Lookup) -> _Particulars:
    particular = _PARTICULARS.get(type(kind))
    return {} if particular is None else particular(kind, look)


def _limits(**limits: float | None) -> dict[str, float]:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _of_number(kind: Number, look: Lookup) -> _Particulars:
    least, most = bound(kind.least, look), bound(kind.most, look)
    return {"limits": _limits(min=least, max=most, whole=1 if kind.whole else None)}


def _of_scale(kind: Scale, look: Lookup) -> _Particulars:
    return {"limits": _limits(min=kind.ends[0], max=kind.ends[1]), "labels": kind.labels}


def _of_options(kind: Choice | Rank, look: Lookup) -> _Particulars:
    return {"options": options_of(kind.options, look)}


def _of_choices(kind: Choices, look: Lookup) -> _Particulars:
    least, most = bound(kind.least, look), bound(kind.most, look)
    limits = _limits(min=least, max=most, own=kind.own or None)
    return {"options": options_of(kind.options, look), "limits": limits}


def _of_people(kind: OnePerson, look: Lookup) -> _Particulars:
    return {"options": options_of(kind.role, look)}


def _of_list(kind: ListOf, look: Lookup) -> _Particulars:
    return {"limits": _limits(min=bound(kind.least, look), max=bound(kind.most, look))}


def _of_form(kind: Form, look: Lookup) -> _Particulars:
    return {
        "fields": tuple(
            (name, Input(type=name_of(of), **_particulars(of, look))) for name, of in kind.fields
        )
    }


_PARTICULARS: dict[type, Callable[..., _Particulars]] = {
    Number: _of_number,
    Scale: _of_scale,
    Choice: _of_options,
    Rank: _of_options,
    Choices: _of_choices,
    OnePerson: _of_people,
    ListOf: _of_list,
    Form: _of_form,
}
