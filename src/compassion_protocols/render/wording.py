"""The words around an author's text: who reads, how to answer, how long, where help is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.language.values import Duration, counted, listed
from compassion_protocols.model.card import SeedSource
from compassion_protocols.session.state import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compassion_protocols.model.card import Citation
    from compassion_protocols.model.care import CrisisLine
    from compassion_protocols.session.state import Floor
    from compassion_protocols.session.view import Input, Pace, Timer, View

MOST_NAMED = 4
UNCHECKED = "nobody has checked this yet"


def minutes_in_words(view: View) -> str:
    """About how long it still takes; nothing at the end."""
    if not view.minutes_left or view.status is Status.ENDED:
        return ""
    return f"about {counted(view.minutes_left, 'minute')} left"


def addressed_in_words(names: tuple[str, ...]) -> str:
    """Whom a screen speaks to; more than a few are everyone."""
    return listed(names) if len(names) <= MOST_NAMED else "everyone"


def pace_in_words(pace: Pace) -> str:
    """A breathing pattern: what comes after what, in seconds, and how often."""
    phases = (
        ("in", pace.inhale),
        ("hold", pace.hold),
        ("out", pace.exhale),
        ("rest", pace.rest),
    )
    told = ", ".join(f"{name} for {seconds}" for name, seconds in phases if seconds)
    return f"{counted(pace.breaths, 'breath')}: {told}."


def timer_in_words(view: View, timer: Timer) -> str:
    """How much time is left at the instant of the view."""
    end = timer.over if timer.over is not None else timer.due
    if view.kind == "pause":
        return _return_in_words(view.at, timer.over)
    if end is None or view.kind == "breathe":
        return ""
    left = round(end - view.at)
    if left <= 0:
        return "The time is over. There is room to finish in peace."
    return f"Time: {Duration(left)}."


def _return_in_words(at: float, over: float | None) -> str:
    if over is None:
        return ""
    left = round((over - at) / 60)
    if left <= 0:
        return "This is the time to come back. It can still wait."
    return f"The time to come back is in {Duration(left * 60)}."


def floor_in_words(floor: Floor) -> str:
    """How long someone had the floor, to themselves; there is nothing to hold it against."""
    times = {1: "once", 2: "twice"}.get(floor.times, f"{floor.times} times")
    offered, used = (Duration(round(seconds)) for seconds in (floor.offered, floor.used))
    return f"The floor was yours {times}, for {offered}. You used {used}; any measure is right."


def readers_in_words(seen_by: tuple[str, ...]) -> str:
    """Who will read an answer."""
    return f"{listed(seen_by)} will read this too." if seen_by else "Only you will read this."


def answer_in_words(value: object, wanted: Input) -> str:
    """An answer as its writer would say it: a draft's labels, items and fields, one a line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return "\n".join(answer_in_words(item, wanted) for item in value)
        case dict():
            return fields_in_words(value)
        case _:
            labels = {option.value: option.label for option in wanted.options}
            return labels.get(str(value), str(value))


def fields_in_words(form: Mapping[str, object]) -> str:
    """The fields of a form, one a line."""
    return "\n".join(f"{spoken(name)}: {_plainly(value)}" for name, value in form.items())


def _plainly(value: object) -> str:
    if isinstance(value, list | tuple):
        return listed([str(item) for item in value])
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def spoken(name: str) -> str:
    """The name of a field, as it is shown: ``by_when`` is “by when”."""
    return name.replace("_", " ")


def how_to_answer(wanted: Input, *, reveal: bool = False) -> str:
    """One line on the form of an answer; nothing where any words will do."""
    limits = wanted.limits
    if reveal and wanted.type == "choices":
        return "The numbers of what you would like to show, or all, or none."
    match wanted.type:
        case "yes_no":
            return "Yes or no."
        case "number":
            return f"A {'whole ' if limits.get('whole') else ''}number{_between(limits)}."
        case "scale":
            return f"A number{_between(limits)}."
        case "choice" | "person":
            return "One number from the list."
        case "choices":
            own = ", or words of your own" if limits.get("own") else ""
            return f"{_how_many(limits)} from the list{own}."
        case "rank":
            return "All the numbers in your own order, such as 2,1,3."
        case "date":
            return "A day, such as tomorrow, Sunday, in 3 days or 2030-01-31."
        case "time":
            return "A time, such as 18:30."
        case "list":
            return f"One a line{_items(limits)}."
        case "form":
            return "\n".join(
                f"{spoken(name)}: {_of_field(field)}".rstrip(" :") for name, field in wanted.fields
            )
        case _:
            return ""


def _of_field(field: Input) -> str:
    how = how_to_answer(field)
    return how[:1].lower() + how[1:].removesuffix(".") if how else "a few words"


def _between(limits: Mapping[str, float]) -> str:
    least, most = limits.get("min"), limits.get("max")
    if least is not None and most is not None:
        return f" from {least:g} to {most:g}"
    if least is not None:
        return f", {least:g} or more"
    return "" if most is None else f", {most:g} at the most"


def _how_many(limits: Mapping[str, float]) -> str:
    least, most = limits.get("min"), limits.get("max")
    if most == 1:
        return "One number"
    if most is None:
        return "One number or several, such as 1,2,"
    if least == most:
        return f"{most:g} numbers, such as 1,2,"
    return "One or two numbers, such as 1,2," if most == 2 else f"Up to {most:g} numbers, 1,2,…"


def _items(limits: Mapping[str, float]) -> str:
    most = limits.get("max")
    return "" if most is None else f", up to {most:g}"


def help_line(line: CrisisLine) -> str:
    """One way to reach a person, and whether anybody has checked it."""
    checked = f"checked on {line.verified_on}" if line.verified_on else UNCHECKED
    about = (line.channel, line.hours, listed(line.languages), checked)
    return f"{line.name}: {line.contact} ({'; '.join(part for part in about if part)})"


def source_in_words(source: SeedSource | Citation) -> str:
    """One source of an exercise: what is cited, how it is related, and how good the evidence is."""
    if isinstance(source, SeedSource):
        return f"Article {source.seed}: “{source.quote}”"
    doi = f", doi:{source.doi}" if source.doi else ""
    relation = str(source.relation or "").replace("_", " ")
    level = f"evidence {source.level}" if source.level else ""
    told = "; ".join(part for part in (relation, level) if part)
    return f"{source.cite}{doi}{f' ({told})' if told else ''}"
