"""What is written down from the model is read back as the same."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.condition import parse_condition
from compassion_protocols.language.template import Template, parse_template
from compassion_protocols.language.values import Duration
from compassion_protocols.model import answers, rules, settings
from compassion_protocols.model.author import authored
from compassion_protocols.model.names import NAME, RESERVED, Ref
from compassion_protocols.model.steps import Ask
from compassion_protocols.reading.convert_settings import SETTING_KINDS
from tests.reading.written import protocol_of

# Strategies for a part of the model

names = st.from_regex(NAME, fullmatch=True).filter(
    lambda name: name not in RESERVED and "__" not in name and name.isascii()
)
texts = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and "{" not in text)
)
refs = names.map(Ref)
wholes = st.integers(0, 20)
numbers = st.integers(-(10**6), 10**6) | st.floats(-1000, 1000).map(lambda x: round(x, 3))
durations = st.integers(1, 10_000).map(Duration)
longest = st.just(Duration(10_000))


def bounds(each: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a least that is not above the most; either may be missing."""
    pair = st.tuples(st.none() | each, st.none() | each)
    return pair.map(
        lambda two: sorted(two) if None not in two else list(two)
    ).map(lambda two: {"least": two[0], "most": two[1]})  # fmt: skip


options = refs | st.lists(texts, min_size=1, max_size=4, unique=True).map(
    lambda values: tuple(answers.Option(value, value) for value in values)
)
fields = (
    st.sampled_from([kind() for kind in answers.PLAIN_KINDS.values()])
    | bounds(numbers).map(lambda ends: answers.Number(whole=False, **ends))
    | bounds(wholes).map(lambda ends: answers.Number(whole=True, **ends))
    | st.builds(lambda low, size: answers.Scale(ends=(low, low + size)), wholes, st.integers(1, 9))
    | st.builds(answers.Choice, options=options)
    | st.builds(answers.Rank, options=options)
    | st.builds(answers.Choices, options=options, least=st.integers(0, 1), most=refs, own=wholes)
    | st.builds(answers.OnePerson, role=refs)
    | bounds(wholes).map(lambda ends: answers.ListOf(**ends))
)
forms = st.dictionaries(names, fields, min_size=1, max_size=3).map(
    lambda found: answers.Form(fields=tuple(found.items()))
)
counts = bounds(wholes).map(lambda ends: rules.Counted(**ends)).filter(
    lambda count: count != rules.Counted()
) | wholes.map(lambda number: rules.Counted(exactly=number))  # fmt: skip
phrases = refs | st.lists(texts, min_size=1, max_size=3).map(tuple)
checks = st.one_of(
    st.builds(rules.Words, counts),
    st.builds(rules.Sentences, counts),
    st.builds(rules.Items, counts),
    st.builds(rules.Avoids, phrases),
    st.builds(rules.Mentions, phrases),
    st.builds(rules.StartsWith, st.lists(texts, min_size=1, max_size=2).map(tuple)),
    st.builds(rules.Within, st.integers(1, 99)),
    st.builds(rules.DiffersFrom, refs),
    st.just(rules.Expect(parse_condition("answer > 3"))),
)
some_rules = st.builds(rules.Rule, check=checks, say=texts.map(parse_template))
labels = {"name": st.just("a"), "label": texts}
some_settings = st.one_of(
    st.builds(settings.NumberSetting, default=numbers, **labels),
    st.builds(settings.DurationSetting, default=durations, most=longest, **labels),
    st.builds(settings.TextSetting, default=texts, **labels),
    st.builds(settings.YesNoSetting, default=st.booleans(), **labels),
    st.builds(
        settings.ChoiceSetting,
        options=st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple),
        **labels,
    ),
    st.builds(
        settings.ListSetting,
        default=st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple),
        **labels,
    ),
)

# A writer for that part

CHECK_KEYS = dict(
    zip(
        (
            *(rules.Words, rules.Sentences, rules.Items, rules.Avoids, rules.Mentions),
            *(rules.StartsWith, rules.Within, rules.DiffersFrom, rules.Expect),
        ),
        rules.RULE_KEYS,
        strict=True,
    )
)
PLAIN: dict[type, str] = {cls: name for name, cls in answers.PLAIN_KINDS.items()}


def as_yaml(value: object) -> str:
    """Write a value of the model in brackets."""
    match value:
        case bool():
            return "true" if value else "false"
        case Duration():
            return f"{int(value)}s"
        case int() | float():
            return repr(value)
        case str():
            return "'" + value.replace("'", "''") + "'"
        case tuple():
            return f"[{', '.join(map(as_yaml, value))}]"
        case Ref():
            return value.name
        case answers.Option():
            return as_yaml(value.value)
        case Template():
            return as_yaml(value.source)
        case answers.Number(whole=whole):
            return map_of(value, number="whole" if whole else "any")
        case answers.Form():
            inside = ", ".join(f"{name}: {as_yaml(kind)}" for name, kind in value.fields)
            return f"{{form: {{{inside}}}}}"
        case answers.ListOf():
            return map_of(value, list="text")
        case rules.Rule():
            key, [check] = CHECK_KEYS[type(value.check)], parts(value.check)
            return map_of(value, **{key: written_check(check)})
        case _ if type(value) in PLAIN:
            return PLAIN[type(value)]
    return map_of(value)


def parts(check: rules.Check) -> list[object]:
    """Give the one field of a check; the days of a date keep their name."""
    if isinstance(check, rules.Within):
        return [check]
    return [getattr(check, field.name) for field in attrs.fields(type(check))]


def written_check(check: object) -> str:
    """Write what a check looks for."""
    return check.source if hasattr(check, "source") else as_yaml(check)


def map_of(value: object, **instead: str) -> str:
    """Write an object as a map of the names that an author writes."""
    found = {
        key: as_yaml(getattr(value, field.name))
        for key, field in authored(type(value)).items()
        if getattr(value, field.name) not in (None, (), field.default)
    }
    found |= instead
    return f"{{{', '.join(f'{key}: {text}' for key, text in found.items())}}}"


@given(fields | forms, st.lists(some_rules, max_size=3))
def test_answers_and_rules(kind: answers.AnswerKind, written: list[rules.Rule]) -> None:
    """A question's kind of answer and its rules are read as they were written."""
    steps = f"- ask: What?\n  answer: {as_yaml(kind)}\n  rules: {as_yaml(tuple(written))}"
    [ask] = protocol_of(steps).steps
    assert isinstance(ask, Ask)
    assert ask.answer == kind
    assert ask.rules == tuple(written)


@given(some_settings)
def test_settings(setting: settings.AnySetting) -> None:
    """A setting is read as it was written."""
    assert type(setting) in SETTING_KINDS.values()
    assert protocol_of(settings=f"{{a: {as_yaml(setting)}}}").settings == (setting,)


@given(texts)
def test_why_a_step_is_uneven(why: str) -> None:
    """Why a step is uneven is read as it was written."""
    [step] = protocol_of(f"- say: Hello.\n  uneven: {as_yaml(why)}").steps
    assert step.uneven == why
