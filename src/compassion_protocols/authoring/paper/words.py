"""What one step says on paper: its text, how long, room to write, and who hears it.

Nothing here tells anyone to show what would have stayed private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.authoring.paper.answers import room_for
from compassion_protocols.authoring.paper.phrases import condition_on_paper
from compassion_protocols.authoring.paper.places import plain_name
from compassion_protocols.authoring.paper.texts import text_on_paper
from compassion_protocols.language.values import Duration, listed, shown
from compassion_protocols.model.names import FACILITATOR, NEXT, Ref
from compassion_protocols.model.steps import (
    Ask,
    Breathe,
    Choose,
    End,
    ForEach,
    Keep,
    Order,
    Part,
    Pass,
    RepeatUntil,
    Reveal,
    Say,
    Speak,
    Turns,
    Wait,
)
from compassion_protocols.render.page import Section, list_of, literal_section, prose_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.authoring.paper.leaflet import Room
    from compassion_protocols.authoring.paper.places import Place
    from compassion_protocols.language.template import Template
    from compassion_protocols.model.steps import AnyStep


def pieces_of(step: AnyStep, place: Place) -> Iterator[Section | Room]:
    """Everything that stands at a step itself, in order."""
    hidden = place.who.names == (FACILITATOR,) and not place.leads
    if not hidden:
        yield from _own(step, place)
    if isinstance(step, Ask | Speak | Say | Wait | Breathe | Reveal) and step.meanwhile:
        yield _prose("meanwhile", step.meanwhile, place, place.waiting)
    if place.leads and step.note is not None:
        yield _prose("note", step.note, place, "For you who lead")


def _own(step: AnyStep, place: Place) -> Iterator[Section | Room]:
    match step:
        case Say():
            yield _prose("text", step.text, place)
            yield from _lasting("For", step.duration, place)
        case Ask():
            yield from _asking(step, place)
        case Speak():
            yield _prose("text", step.text, place)
            yield from _lasting("Time:", step.duration, place)
        case Breathe():
            yield from _breathing(step, place)
        case Wait():
            yield from _waiting(step, place)
        case Reveal():
            yield from _revealing(step, place)
        case Pass():
            yield literal_section("text", _passing(step, place))
        case End():
            yield _prose("text", step.text, place)
        case _:
            yield from _heading(step, place)


def _heading(step: AnyStep, place: Place) -> Iterator[Section]:
    """What leads into the steps inside this one."""
    match step:
        case Part():
            yield prose_section("heading", f"**{text_on_paper(step.title, place.paper)}**")
            if step.timer is not None:
                yield from _lasting("At most", step.timer.at_most, place)
        case Turns():
            yield literal_section("heading", _turns(step, place))
        case RepeatUntil():
            enough = condition_on_paper(step.condition, place.paper)
            often = _amount(step.at_most, place)
            words = f"What follows may come up to {often} times, until {enough}."
            yield literal_section("heading", words)
        case ForEach():
            yield literal_section("heading", _each(step, place))
        case Choose() if len(step.cases) > 1 or step.otherwise:
            yield literal_section("heading", "One of these, whichever fits first:")
        case _:
            pass


def _prose(kind: str, text: Template, place: Place, label: str = "") -> Section:
    return prose_section(kind, text_on_paper(text, place.paper), label)


def _amount(number: int | Duration | Ref, place: Place) -> str:
    if not isinstance(number, Ref):
        return shown(number)
    known = place.paper.value(number.name)
    return shown(known) or place.paper.noun(number.name).words


def _lasting(before: str, length: Duration | Ref | None, place: Place) -> Iterator[Section]:
    if length is not None:
        yield literal_section("timer", f"{before} {_amount(length, place)}.")


def _asking(step: Ask, place: Place) -> Iterator[Section | Room]:
    yield _prose("text", step.text, place)
    if step.hint is not None:
        yield _prose("hint", step.hint, place)
    yield from _borrowed(step, place)
    yield from room_for(step.answer, place.paper)
    if place.people > 1:
        yield literal_section("readers", _heard(step, place))
    if step.keep is not None:
        yield literal_section("keep", _kept(step.keep))
    if step.timer is not None:
        yield from _lasting("At most", step.timer.at_most, place)
    if place.leads and step.rules:
        words = [text_on_paper(rule.say, place.paper) for rule in step.rules]
        yield Section("invite", list_of(words), "If it helps, say once, and kindly")


def _borrowed(step: Ask, place: Place) -> Iterator[Section]:
    borrow = step.borrow
    if isinstance(borrow, Ref):
        known = place.paper.value(borrow.name)
        borrow = tuple(map(shown, known)) if isinstance(known, tuple) else ()
    if borrow:
        yield Section("borrow", list_of(borrow), "Words to borrow, if you like")


def _heard(step: Ask, place: Place) -> str:
    """Who hears an answer. What is private stays so: nothing invites anyone to show it."""
    if step.shared is None:
        if place.leads:
            return "This stays with its writer. Do not ask to hear or to see it."
        return "This stays with you. Nobody else reads it, and nobody asks for it."
    readers = listed([place.paper.noun(name).words for name in step.shared.names])
    if any(place.paper.noun(name).words.endswith("of you") for name in step.shared.names):
        return "Say it aloud when it is there, if you still want to."
    return f"This is for {readers} alone to hear."


def _kept(keep: Keep) -> str:
    """Whether it may be kept for another time."""
    if keep.is_for_everyone:
        return "Keep this for another time only if every one of you says yes."
    return "If you like, keep this for another time. It is yours alone."


def _breathing(step: Breathe, place: Place) -> Iterator[Section]:
    if step.text is not None:
        yield _prose("text", step.text, place)
    phases = (
        ("in for", step.pattern.inhale),
        ("hold for", step.pattern.hold),
        ("out for", step.pattern.exhale),
        ("rest for", step.pattern.rest),
    )
    told = ", ".join(f"{name} {int(seconds)}" for name, seconds in phases if seconds)
    yield literal_section("pace", f"Breathe {told} seconds{_how_often(step, place)}.")


def _how_often(step: Breathe, place: Place) -> str:
    if step.count is not None:
        often = _amount(step.count, place)
        return "; once" if often == "1" else f"; {often} times"
    return "" if step.duration is None else f", for {_amount(step.duration, place)}"


def _waiting(step: Wait, place: Place) -> Iterator[Section]:
    yield _prose("text", step.text, place)
    if step.until is None:
        yield from _lasting("In silence, for", step.duration, place)
        return
    until = place.paper.noun(step.until.name).words
    most = "" if step.at_most is None else f", at most {_amount(step.at_most, place)}"
    yield literal_section("timer", f"Until {until}{most}.")


def _revealing(step: Reveal, place: Place) -> Iterator[Section]:
    written = place.paper.noun(step.answer.name).words
    readers = listed([place.paper.noun(name).words for name in step.to.names])
    yield literal_section(
        "text",
        f"Look again at {written}. Choose what of it you would like to show, and read only "
        f"that aloud, for {readers} to hear. The rest stays with you; so may all of it.",
    )


def _passing(step: Pass, place: Place) -> str:
    to = "the next person" if step.to.name == NEXT else place.paper.noun(step.to.name).words
    return f"Now {to} is {place.paper.noun(step.role.name).words}."


def _turns(step: Turns, place: Place) -> str:
    speaker, listener = (place.paper.noun(name).words for name in step.names)
    role = place.paper.noun(step.role.name).words
    whose = "Each of you" if role.endswith("of you") else f"{role[:1].upper()}{role[1:]}"
    rest = "" if listener == "the others" else f"; the other one is {listener}"
    return f"{whose} in turn. Whoever’s turn it is, is {speaker}{rest}.{_ORDERS[step.order]}"


def _each(step: ForEach, place: Place) -> str:
    if not step.item:
        amount = shown(step.items) if isinstance(step.items, int) else _amount(step.items, place)
        words = "Once:" if amount == "1" else f"{amount} times:"
    else:
        items = step.items.name if isinstance(step.items, Ref) else str(step.items)
        words = f"For each {plain_name(step.item)}, one after the other, of {_items(items, place)}:"
    if step.until is None:
        return words
    return f"{words[:-1]}, until {condition_on_paper(step.until, place.paper)}:"


def _items(name: str, place: Place) -> str:
    known = place.paper.value(name)
    if isinstance(known, tuple):
        return listed([f"“{shown(item)}”" for item in known])
    return place.paper.noun(name).words


_ORDERS = {
    Order.GIVEN: "",
    Order.REVERSED: " Begin with the last.",
    Order.SHUFFLED: " Draw lots for who begins.",
    Order.ROTATING: " Another one begins each time.",
}
