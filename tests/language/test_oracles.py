"""Two oracles: Jinja2's own sandbox where all is given, and Kleene's tables where it is not.

Random texts of the allowed language are rendered by us and by Jinja2, which is
told how we print and what our own filters do, in the plainest code that says
it. Random formulas over names that may be missing are evaluated by us and by
the least and the greatest of three numbers.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from functools import cache, partial
from statistics import fmean
from typing import TYPE_CHECKING, cast

from attrs import frozen
from hypothesis import assume, given
from hypothesis import strategies as st
from jinja2 import Undefined
from jinja2.filters import do_truncate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from compassion_protocols.language.condition import holds, parse_condition
from compassion_protocols.language.rejection import LanguageRejected
from compassion_protocols.language.template import parse_template, render
from compassion_protocols.language.values import (
    NOTHING,
    Contribution,
    Duration,
    Missing,
    Person,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compassion_protocols.language.values import Truth, Value

ANA, BEN = Person("1", "Ana"), Person("2", "Ben")

# The oracle for texts


@frozen
class Entry:
    """What Jinja2 sees in the place of a contribution."""

    value: object
    by: Person
    need: str


def leaves(value: object) -> Iterator[object]:
    """Flatten lists and entries."""
    if isinstance(value, Entry):
        yield from leaves(value.value)
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def printed(value: object) -> object:
    """Print as the language promises to."""
    match value:
        case Undefined():
            return ""
        case bool():
            return {True: "yes", False: "no"}[value]
        case float():
            rounded = Decimal(value).quantize(Decimal("0.000001"))
            text = format(rounded.normalize(), "f")
            return "0" if text == "-0" else text
        case time():
            return str(value)[:5]
        case dict():
            return printed(tuple(value.values()))
        case tuple() | Entry():
            texts = [str(printed(leaf)) for leaf in leaves(value)]
            *most, last = texts or [""]
            return f"{', '.join(most)} and {last}" if most else last
        case _:
            return value


def entry_of(entries: tuple[Entry, ...], person: Person) -> object:
    """Find what one person gave."""
    theirs = tuple(entry.value for entry in entries if entry.by == person)
    return theirs[0] if len(theirs) == 1 else theirs


JINJA = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, finalize=printed)
JINJA.tests["given"] = lambda value: value != ()
JINJA.tests["missing"] = lambda value: value == ()
JINJA.filters |= {
    "truncate": partial(do_truncate, JINJA, end="…", leeway=0),
    "mean": fmean,
    "lowest": min,
    "highest": max,
    "given": lambda value: value,
    "every": lambda items, *wanted: all(item == wanted[0] if wanted else item for item in items),
    "some": lambda items, *wanted: any(item == wanted[0] if wanted else item for item in items),
    "plural": lambda n, one, many: one if n == 1 else many,
    "names": lambda entries: tuple(dict.fromkeys(entry.by for entry in entries)),
    "of": entry_of,
    "duration": Duration,
    "date": lambda day: f"{day:%A} {day.day} {day:%B} {day.year}",
}

words = st.text("abz äßÉ'-<&", max_size=8)
numbers = st.integers(-9, 9)
NAMES: dict[str, st.SearchStrategy[object]] = {
    "n": numbers,
    "m": numbers,
    "f": numbers.map(lambda n: n / 4),
    "s": words,
    "t": words | st.just("a b"),
    "yes": st.booleans(),
    "no": st.booleans(),
    "small": st.lists(st.integers(0, 2), min_size=1, max_size=4).map(tuple),
    "texts": st.lists(words, min_size=1, max_size=4).map(tuple),
    "flags": st.lists(st.booleans(), min_size=1, max_size=3).map(tuple),
    "empty": st.just(()),
    "form": st.fixed_dictionaries({"what": words, "when": st.just(date(2026, 3, 1))}),
    "at": st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    "day": st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    "you": st.sampled_from([ANA, BEN]),
    "heard": st.lists(
        st.builds(Entry, words, st.sampled_from([ANA, BEN]), words), min_size=1, max_size=4
    ).map(lambda entries: (Entry("x", ANA, "y"), Entry("z", BEN, ""), *entries)),
}


def ours(value: object) -> Value:
    """Turn what Jinja2 sees into what we see."""
    if isinstance(value, tuple):
        return tuple(map(ours, value))
    if isinstance(value, Entry):
        return Contribution(ours(value.value), value.by, {"need": value.need})
    return cast("Value", value)


def one_of(*choices: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Choose one of some strategies for texts."""
    return st.one_of(*choices)


def either(*choices: str) -> st.SearchStrategy[str]:
    """Choose one of some texts."""
    return st.sampled_from(choices)


def fill(pattern: str, *holes: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Put something in each hole of a pattern."""
    return st.tuples(*holes).map(lambda chosen: pattern.format(*chosen))


@cache
def number(depth: int = 2) -> st.SearchStrategy[str]:
    """Write an expression for a number."""
    leaf = either(
        *("n", "m", "f", "3", "0.5", "-2", "small | sum", "small | mean", "small[0]"),
        *("heard | count", "texts | count", "small | lowest", "small | last", "n | abs", "m"),
    )
    if not depth:
        return leaf
    inner, test = number(depth - 1), flag(0)
    return one_of(
        leaf,
        *(fill(f"({{}} {sign} {{}})", inner, inner) for sign in "+-*"),
        fill("({} / {})", inner, either("2", "-4", "0.5")),
        fill("(-({}))", inner),
        fill("({}) | round", inner),
        fill("(({}) | round(1))", inner),
        fill("({} if {} else {})", inner, test, inner),
        fill("({} | default(1))", inner),
    )


@cache
def text(depth: int = 2) -> st.SearchStrategy[str]:
    """Write an expression for a text."""
    leaf = either(
        *("s", "t", "'a b'", '"é\'{{ }}"', "form.what", "form['what']", "texts[0]", "s"),
        *("texts | first", "texts | last", "n | plural('one', 'many')", "day | date", "'a' 'b'"),
        *("texts | join(', ')", "heard[0].need", "heard | of(you) | join", "heard[-1].value"),
    )
    if not depth:
        return leaf
    inner, test = text(depth - 1), flag(0)
    changed = "upper lower capitalize title trim truncate(5)".split()  # noqa: SIM905
    return one_of(
        leaf,
        fill("({}) | {}", inner, st.sampled_from(changed)),
        fill("({} ~ {} ~ n)", inner, inner),
        fill("({} or {})", inner, inner),
        fill("({} and {})", inner, inner),
        fill("({} if {} else {})", inner, test, inner),
        fill("({} | default('x'))", inner),
    )


@cache
def flag(depth: int = 2) -> st.SearchStrategy[str]:
    """Write an expression that is true or false."""
    leaf = either(
        *("yes", "no", "true", "flags | every", "flags | some(yes)", "texts | some(s)"),
        *("empty is missing", "s is given", "heard is given", "texts | every(t)", "you == you"),
        *("at == at", "day is not missing", "'what' in form"),
    )
    if not depth:
        return leaf
    inner, n, t = flag(depth - 1), number(depth - 1), text(depth - 1)
    signs = ("==", "!=", "<", "<=", ">", ">=")
    return one_of(
        leaf,
        *(fill(f"({{}}) {sign} ({{}})", n, n) for sign in signs),
        *(fill(f"({{}}) {sign} ({{}})", t, t) for sign in (*signs, "in", "not in")),
        fill("(0 <= {} < {})", n, n),
        fill("(({}) in small)", n),
        fill("(({}) not in texts)", t),
        fill("(not {})", inner),
        fill("({} and {})", inner, inner),
        fill("({} or {} or {})", inner, inner, inner),
    )


anything = one_of(
    *(number(), text(), flag()),
    either("small", "flags", "texts", "heard", "form", "at", "day", "you", "heard | names"),
    either("form.when | date", "you if yes", "90 | duration", "heard | given", "small | count"),
)
data = st.text("ab .,\n }%é#", max_size=6)


@cache
def parts(depth: int = 2, inside: str = "") -> st.SearchStrategy[str]:
    """Write a text with outputs, branches and loops."""
    plain = one_of(data, fill("{{{{ {} }}}}", anything), fill("{{{{- {} -}}}}", anything))
    if inside:
        rounds = ("loop.index", "loop.first", "loop.last", "loop.length - loop.index0", inside)
        plain = one_of(plain, fill("{{{{ {} }}}}", either(*rounds)))
    if not depth:
        return plain
    body, test = parts(depth - 1, inside), flag(1)
    looped = parts(depth - 1, "x")
    lists = either("small", "texts", "flags", "empty", "heard | names")
    branch, other = "{{% if {} %}}{}", "{{% elif {} %}}{}{{% else %}}{}{{% endif %}}"
    heard = "{{{{ r.by }}}}: {{{{ r.value }}}} ({{{{ r.need }}}})"
    return one_of(
        plain,
        fill("{}{}{}", body, body, body),
        fill("{}{{# note #}}\n{}", body, body),
        fill("{}{{% raw %}}{{{{ s }}}}{{% endraw %}}", body),
        fill(branch + "{{% endif %}}\n", test, body),
        fill(branch + other, test, body, test, body, body),
        fill("\n  {{%- if {} +%}}\n{}{{%+ endif -%}}\n ", test, body),
        fill("{{% for x in {} %}}\n{}{{% else %}}{}{{% endfor %}}\n", lists, looped, body),
        fill("  {{% for r in heard %}}\n" + heard + "\n{}  {{% endfor %}}\n", body),
    )


@given(parts(), st.fixed_dictionaries(NAMES))
def test_texts_are_written_as_jinja_writes_them(source: str, names: dict[str, object]) -> None:
    """Where every value is given, a text is what Jinja2's own sandbox makes of it."""
    known = {name: ours(value) for name, value in names.items()}
    try:
        template = parse_template(source)
    except LanguageRejected as rejected:
        assume({finding.code for finding in rejected.findings} != {"CP204"})  # too much of it
        raise
    assert render(template, known.__getitem__) == JINJA.from_string(source).render(names)


# The oracle for conditions


@frozen
class Formula:
    """A condition, and its truth as a number: 0 false, ½ unknown, 1 true."""

    source: str
    truth: Callable[[dict[str, Value | Missing]], float]


def degree(truth: Truth) -> float:
    """Write a truth as a number."""
    return {False: 0, None: 0.5, True: 1}[truth]


def compares(one: str, sign: str, other: str, how: Callable[[Value, Value], bool]) -> Formula:
    """Compare two names; unknown if either is missing."""

    def truth(names: dict[str, Value | Missing]) -> float:
        left, right = names[one], names[other]
        if isinstance(left, Missing) or isinstance(right, Missing):
            return 0.5
        return how(left, right)

    return Formula(f"{one} {sign} {other}", truth)


def asks(name: str, test: str) -> Formula:
    """Ask whether a name is given; always known."""
    negated = test == "is missing"
    return Formula(f"{name} {test}", lambda names: isinstance(names[name], Missing) == negated)


def says(name: str) -> Formula:
    """Take a name for what it says."""

    def truth(names: dict[str, Value | Missing]) -> float:
        value = names[name]
        return 0.5 if isinstance(value, Missing) else bool(value)

    return Formula(name, truth)


def opposite(of: Formula) -> Formula:
    """Not."""
    return Formula(f"not ({of.source})", lambda names: 1 - of.truth(names))


def joined(word: str, choose: Callable[[list[float]], float], operands: list[Formula]) -> Formula:
    """Join with and, which is the least, or with or, which is the greatest."""
    source = f" {word} ".join(f"({operand.source})" for operand in operands)
    return Formula(source, lambda names: choose([each.truth(names) for each in operands]))


known_names = st.sampled_from("abc")
atoms = st.one_of(
    st.builds(says, known_names),
    st.builds(asks, known_names, st.sampled_from(["is given", "is missing"])),
    st.builds(compares, known_names, st.just("=="), known_names, st.just(lambda a, b: a == b)),
    st.builds(compares, known_names, st.just("!="), known_names, st.just(lambda a, b: a != b)),
    st.builds(compares, known_names, st.just("<"), known_names, st.just(lambda a, b: a < b)),
    st.builds(compares, known_names, st.just(">="), known_names, st.just(lambda a, b: a >= b)),
)
formulas = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(opposite),
        st.builds(joined, st.just("and"), st.just(min), st.lists(inner, min_size=2, max_size=3)),
        st.builds(joined, st.just("or"), st.just(max), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=8,
)
perhaps_numbers = st.sampled_from([NOTHING, 0, 1, 2])


@given(formulas, st.fixed_dictionaries(dict.fromkeys("abc", perhaps_numbers)))
def test_conditions_follow_kleene(formula: Formula, names: dict[str, Value | Missing]) -> None:
    """Where values are missing, a condition has the truth that Kleene's tables give it."""
    truth = holds(parse_condition(formula.source), names.__getitem__)
    assert degree(truth) == formula.truth(names)
