"""Settings: what a host or a person may choose before an exercise starts."""

from __future__ import annotations

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.language.values import Duration
from compassion_protocols.model.answers import LARGEST_NUMBER, LONGEST_ANSWER
from compassion_protocols.model.author import author

LONGEST_LIST = 1_000


@frozen(kw_only=True)
class Setting:
    """A named value with a default, bounds and a label; subclasses fix its type."""

    name: str
    label: str = field(metadata=author("What a person sees beside this setting."))
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class NumberSetting(Setting):
    """A number, whole or not."""

    default: int | float = field(metadata=author("The number if nobody changes it.", key="number"))
    least: int | float | None = field(
        default=None, metadata=author("The smallest that may be chosen.", key="min")
    )
    most: int | float | None = field(
        default=None, metadata=author("The largest that may be chosen.", key="max")
    )


@frozen(kw_only=True)
class DurationSetting(Setting):
    """A length of time in seconds."""

    default: Duration = field(
        metadata=author("How long if nobody changes it: 90s, 3m, 1m30s, 1h.", key="duration")
    )
    least: Duration | None = field(
        default=None, metadata=author("The shortest that may be chosen.", key="min")
    )
    most: Duration | None = field(
        default=None, metadata=author("The longest that may be chosen.", key="max")
    )


@frozen(kw_only=True)
class TextSetting(Setting):
    """A short text."""

    default: str = field(metadata=author("The text if nobody changes it.", key="text"))


@frozen(kw_only=True)
class YesNoSetting(Setting):
    """Yes or no."""

    default: bool = field(metadata=author("yes or no, if nobody changes it.", key="yes_no"))


@frozen(kw_only=True)
class ChoiceSetting(Setting):
    """One of a few texts; the first is the default."""

    options: tuple[str, ...] = field(
        metadata=author("The texts to choose from; the first is the default.", key="choice")
    )

    @property
    def default(self) -> str:
        return self.options[0]


@frozen(kw_only=True)
class ListSetting(Setting):
    """A list of texts: a deck of cards, phrases to borrow.

    ``source`` names the list of the catalog that the texts come from, if they are not written
    in the file; the linker puts them in.
    """

    default: tuple[str, ...] = field(
        metadata=author("The texts, or `from:` the name of a list in the catalog.", key="list")
    )
    source: str = ""


AnySetting = (
    NumberSetting | DurationSetting | TextSetting | YesNoSetting | ChoiceSetting | ListSetting
)


def problem_with(setting: AnySetting, value: object) -> str:
    """Why ``value`` does not fit ``setting``, as the end of a sentence; empty when it fits."""
    match setting:
        case DurationSetting():
            if not isinstance(value, Duration):
                return "wants a duration such as 90s, 3m or 1m30s"
            return _outside(value, setting.least, setting.most)
        case NumberSetting():
            if isinstance(value, bool | Duration) or not isinstance(value, int | float):
                return "wants a number"
            return _outside(value, setting.least, setting.most)
        case YesNoSetting():
            return "" if isinstance(value, bool) else "wants yes or no"
        case ChoiceSetting():
            return "" if value in setting.options else f"wants one of {', '.join(setting.options)}"
        case TextSetting():
            return "" if _is_text(value) else "wants a text"
        case ListSetting():
            if (
                isinstance(value, tuple)
                and len(value) <= LONGEST_LIST
                and all(map(_is_text, value))
            ):
                return ""
            return "wants a list of texts"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_ANSWER


def _outside(value: float, least: float | None, most: float | None) -> str:
    if not abs(value) <= LARGEST_NUMBER:
        return "wants a number that a person could count to"
    if least is not None and value < least:
        return f"wants at least {least}"
    if most is not None and value > most:
        return f"wants at most {most}"
    return ""
