"""Settings and roles: maps from a name that the author gives to what it stands for."""

from __future__ import annotations

import re

from compassion_protocols.findings import closest, nearest
from compassion_protocols.language.values import parse_duration
from compassion_protocols.model.protocol import MOST_PEOPLE, Role
from compassion_protocols.model.settings import (
    AnySetting,
    ChoiceSetting,
    DurationSetting,
    ListSetting,
    NumberSetting,
    TextSetting,
    YesNoSetting,
    problem_with,
)
from compassion_protocols.reading.convert_answers import in_order
from compassion_protocols.reading.fields import number, some_time, text, written_text, yes_no
from compassion_protocols.reading.lists import entries, no_map, not_twice, pairs
from compassion_protocols.reading.marks import MarkedMap, MarkedText, Node
from compassion_protocols.reading.naming import own_name, ref
from compassion_protocols.reading.notes import Absent, note, said
from compassion_protocols.reading.pieces import shown
from compassion_protocols.reading.scalars import as_number
from compassion_protocols.reading.shapes import for_field, for_type, place_of, renamed_key, shape_of

SETTING_KINDS: dict[str, type[AnySetting]] = {
    "number": NumberSetting,
    "duration": DurationSetting,
    "text": TextSetting,
    "yes_no": YesNoSetting,
    "choice": ChoiceSetting,
    "list": ListSetting,
}
"""The key that names a setting's type and holds its default, and its class."""

_EXAMPLES = {
    "number": "{number: 3, min: 1, max: 10, label: Breaths}",
    "duration": "{duration: 3m, min: 1m, max: 10m, label: Time to talk}",
    "text": "{text: this week, label: Which time it is about}",
    "yes_no": "{yes_no: yes, label: Begin with a breath}",
    "choice": "{choice: [indoors, outdoors], label: Where you are}",
    "list": "{list: [rest, play, work], label: Cards}",
}


# Settings


def settings(node: Node, _: object = None) -> tuple[AnySetting, ...]:
    """The settings of a protocol."""
    example = f"breaths: {_EXAMPLES['number']}"
    found = pairs(node, "a map of settings", example)
    return tuple(_setting(key, value) for key, value in found)


def _setting(key: MarkedText, node: Node) -> AnySetting:
    name = own_name(key)
    kind, node = _kind_of_setting(name, node)
    if not kind:
        return TextSetting(name=name, label="", default="", span=key.span)
    shape = shape_of(SETTING_KINDS[kind], f"a {kind} setting")
    meant = shape.mended(node)
    handed_in: dict[str, object] = {"name": name, "span": key.span}
    if kind == "list":
        handed_in["source"] = _source(meant)
    found = shape.made(meant, handed_in)
    _check_bounds(found, meant[kind], meant)
    return found


def _kind_of_setting(name: str, node: Node) -> tuple[str, Node]:
    """The type that a setting names, and the setting with this type alone."""
    if isinstance(node, MarkedText):
        kind = _kind_of_default(node)
        no_map(node, "a setting", f"{name}: {_EXAMPLES[kind]}")
        alone = Absent(*place_of(node))
        alone.put(MarkedText(kind, *place_of(node)), node)
        return kind, alone
    if not isinstance(node, MarkedMap):
        no_map(node, "a setting", f"{name}: {_EXAMPLES['number']}")
        return "", node
    kinds = [key for key in node if key in SETTING_KINDS]
    if len(kinds) == 1:
        return kinds[0], node
    if kinds:
        message = f"“{kinds[0]}” and “{kinds[1]}” are two types; a setting has one."
        note("CP150", message, "Keep one, or make two settings of it.", node.written(kinds[1]))
        return kinds[0], renamed_key(node, kinds[1], "")
    if "default" in node:
        kind = _kind_of_default(node["default"])
        message = f"The setting “{name}” has no type."
        remedy = f"Write “{kind}” in the place of “default”."
        note("CP150", message, remedy, node.written("default"))
        return kind, renamed_key(node, "default", kind)
    guess = next((key for key in node if closest(key, SETTING_KINDS)), "")
    message = f"The setting “{name}” has no type.{nearest(guess, SETTING_KINDS)}"
    remedy = f"Write its type and its default, as in {name}: {_EXAMPLES['number']}."
    note("CP150", message, remedy, node)
    kind = closest(guess, SETTING_KINDS)
    return (kind, renamed_key(node, guess, kind)) if kind else _like_a_setting(node)


def _kind_of_default(node: Node) -> str:
    """The type that a value speaks for."""
    if not isinstance(node, MarkedText):
        return "list"
    if parse_duration(node) is not None:
        return "duration"
    return "number" if as_number(node) is not None else "text"


def _like_a_setting(node: MarkedMap) -> tuple[str, Node]:
    """A setting of the type that its bounds speak for, with no default."""
    kind = "number" if "min" in node or "max" in node else "text"
    like = renamed_key(node, "", "")
    like.put(MarkedText(kind, *place_of(node)), Absent(*place_of(node)))
    return kind, like


def _check_bounds(setting: AnySetting, default: Node, node: MarkedMap) -> None:
    """Note bounds that are no bounds, and a default outside them."""
    if not isinstance(setting, NumberSetting | DurationSetting) or isinstance(default, Absent):
        return
    if setting.least is not None and setting.most is not None and setting.least > setting.most:
        in_order(setting.least, setting.most, node)
        return
    problem = problem_with(setting, setting.default)
    if problem:
        message = f"{said(default)} is outside its own bounds."
        note("CP151", message, f"“{setting.name}” {problem}.", default)


def _list(node: Node, _: object = None) -> tuple[str, ...]:
    if isinstance(node, MarkedMap) and "from" in node:
        _only_from(node)
        return ()
    return _different_texts(node)


def _different_texts(node: Node, _: object = None) -> tuple[str, ...]:
    found = entries(node, at_least=1)
    not_twice(found)
    return tuple(map(text, found))


def _choice(node: Node, _: object = None) -> tuple[str, ...]:
    return _different_texts(node) or ("",)


def _only_from(node: MarkedMap) -> None:
    for key in node:
        if key != "from":
            message = f"Beside “from” there is nothing else to say, and here is “{shown(key)}”."
            note("CP101", message, "Take it out.", node.written(key))


def _source(node: MarkedMap) -> str:
    """The list of the catalog that ``list: {from: …}`` names."""
    given = node.get("list")
    return text(given["from"]) if isinstance(given, MarkedMap) and "from" in given else ""


# Roles

_PEOPLE = re.compile(r"([0-9]{1,3})(?: *[-–] *([0-9]{1,3}))?")
_HOW_MANY = f"Write a number, or a range such as 3-12; {MOST_PEOPLE} is the most."


def roles(node: Node, _: object = None) -> tuple[Role, ...]:
    """The roles of a protocol."""
    found = pairs(node, "a map of roles", "partner: {people: 2}")
    return tuple(_role(key, value) for key, value in found)


def _role(key: MarkedText, node: Node) -> Role:
    name = own_name(key)
    if not isinstance(node, MarkedMap):
        no_map(node, "a role", f"{name}: {{people: 2}}")
        node = Absent(*place_of(node))
    shape = shape_of(Role, "a role", also=("people",))
    meant = shape.mended(node)
    _check_role(meant, node)
    least, most = _sizes(meant["people"]) if "people" in meant else (0, 0)
    handed_in = {"name": name, "span": key.span, "least": least, "most": most}
    return shape.made(meant, handed_in)


def _check_role(meant: MarkedMap, node: MarkedMap) -> None:
    """Note a role that nobody can take, and what does not go together."""
    for key in ("people", "if_fewer"):
        if "one_of" in meant and key in meant:
            message = f"“{key}” and “one_of” do not go together."
            remedy = "Say how many people the other role has, and keep only “one_of” here."
            note("CP122", message, remedy, meant.written(key))
    if "others" in meant and "one_of" not in meant:
        message = "“others” names the rest of another role, and none is named."
        note("CP122", message, "Add “one_of” with that role.", meant.written("others"))
    if not {"people", "one_of"} & meant.keys() and all(key in meant for key in node):
        message = "This does not say how many people take this role."
        note("CP152", message, "Write {people: 2}, {people: 3-12} or {one_of: partner}.", node)


def _sizes(node: Node) -> tuple[int, int]:
    """The least and the most people of a role."""
    found = written_text(node)
    match = _PEOPLE.fullmatch(found) if found is not None else None
    if match:
        least, most = int(match[1]), int(match[2] or match[1])
        if 1 <= least <= most <= MOST_PEOPLE:
            return least, most
    if found is not None:
        note(
            "CP152", f"{said(found)} is not a number of people that may be here.", _HOW_MANY, found
        )
    return 1, MOST_PEOPLE


def register() -> None:
    """Let cattrs know how the parts of settings and roles are taken."""
    for_type(tuple[AnySetting, ...], settings)
    for_type(tuple[Role, ...], roles)
    for_field(NumberSetting, "default", number)
    for_field(DurationSetting, "default", some_time)
    for_field(YesNoSetting, "default", yes_no)
    for_field(ChoiceSetting, "options", _choice)
    for_field(ListSetting, "default", _list)
    for_field(Role, "one_of", lambda node, _: ref(node).name)
    for_field(Role, "others", own_name)
