"""Texts that wanted quotes."""

from __future__ import annotations

import pytest

from compassion_protocols.reading.compose import Composed, compose

pytestmark = pytest.mark.usefixtures("either_parser")


def read(text: str) -> Composed:
    """Compose a file with this text."""
    return compose(text.encode(), "calm.yaml")


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("{{ you }}", '"{{ you }}"'),
        ("{{ you }}, breathe", '"{{ you }}, breathe"'),
        ("{{you}}'s turn", '"{{you}}\'s turn"'),
        ("{{ a | default('x: y') }} and {{ b }}", "\"{{ a | default('x: y') }} and {{ b }}\""),
        ('{{ you }} said "no"', "'{{ you }} said \"no\"'"),
        ("{{ you", '"{{ you"'),
        ("{% if a %}b{% endif %}", '"{% if a %}b{% endif %}"'),
    ],
)
@pytest.mark.parametrize("before", ["say: ", "- ", "- say: "])
def test_a_template_wants_quotes(before: str, value: str, quoted: str) -> None:
    """A template at the start of a text is recognised, shown in quotes, and read as that text."""
    composed = read(f"root:\n {before}{value}\n")
    assert [finding.code for finding in composed.findings] == ["CP013"]
    assert composed.findings[0].remedy == f"Put quotes round the whole text: {quoted}"
    assert composed.findings[0].span.column == 2 + len(before)
    assert value in str(composed.root) or repr(value) in str(composed.root)


def test_a_template_goes_on_over_lines() -> None:
    """A template's text goes on over the lines that stand further in, and no further."""
    composed = read("- say: {{ a }}, one\n    two\n\n    three\n  for: 3m\n")
    assert composed.findings[1].remedy.endswith('"{{ a }}, one two three"')
    composed = read("a: {{ a }}, one\n  two\n\n  three\nfor: 3m\n")
    assert composed.root == {"a": "{{ a }}, one two\nthree", "for": "3m"}


def test_templates_inside_brackets_want_quotes_one_by_one() -> None:
    """Inside brackets each template is quoted up to its comma, and all else keeps its place."""
    composed = read("a: [{{ b }}, {{ c }} d, e]\nf: {g: {{ h }}, i: j}\n")
    assert composed.root == {"a": ["{{ b }}", "{{ c }} d", "e"], "f": {"g": "{{ h }}", "i": "j"}}
    assert [str(finding.span) for finding in composed.findings] == [
        "calm.yaml:1:5",
        "calm.yaml:1:14",
        "calm.yaml:2:8",
    ]
    assert composed.root["a"][2].span.column == 25  # type: ignore[index, union-attr]
    assert composed.root["f"].key_span("i").column == 17  # type: ignore[union-attr]


def test_a_template_that_cannot_be_told_from_its_line_is_still_recognised() -> None:
    """Where a template stands in an odd place the finding is there, without a guess."""
    composed = read("? {{ a }}\n: b\n")
    assert composed.findings[0].code == "CP013"
    assert composed.root is None


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("Remember: breathe", '"Remember: breathe"'),
        ("Listen:", '"Listen:"'),
        ("@Ana, hello", '"@Ana, hello"'),
        ("`code`", '"`code`"'),
        ("%done", '"%done"'),
        ("*Breathe* now", '"*Breathe* now"'),
        ("**Breathe** now", '"**Breathe** now"'),
        ("*Breathe now*", '"*Breathe now*"'),
        ("& so on", '"& so on"'),
        ("> 5 people", '"> 5 people"'),
        ("| wait", '"| wait"'),
        ("? what", '"? what"'),
        ("- one", '"- one"'),
        ("] odd", '"] odd"'),
        (", odd", '", odd"'),
        ('"Hello" she said', "'\"Hello\" she said'"),
        ('"He said "no" to me"', "'He said \"no\" to me'"),
        ("'don't do it'", '"don\'t do it"'),
        ("[softly] hello", '"[softly] hello"'),
        ("{x}, hello", '"{x}, hello"'),
    ],
)
def test_a_text_wants_quotes(value: str, quoted: str) -> None:
    """A text that YAML reads as something else is shown in the quotes that it wants."""
    composed = read(f"say: {value}\nfor: 3m\n")
    assert [finding.code for finding in composed.findings] == ["CP012"]
    assert composed.findings[0].remedy.startswith(f"Put quotes round the whole text: {quoted}")
    assert str(composed.findings[0].span) == "calm.yaml:1:6"
    assert composed.root is not None
    assert composed.root["for"] == "3m"
    assert str(composed.root["say"]) == value or value[1:-1] == composed.root["say"]


def test_a_sign_inside_brackets_wants_quotes() -> None:
    """Inside brackets, too, a text that begins with a reserved sign is quoted."""
    composed = read("a: [b, @c d, e]\n")
    assert composed.root == {"a": ["b", "@c d", "e"]}
    assert composed.findings[0].remedy.endswith('"@c d"')


def test_a_long_text_is_shown_in_part() -> None:
    """The remedy shows the beginning of a text that is long."""
    composed = read(f"say: Note: {'word ' * 40}\n")
    assert composed.findings[0].remedy.endswith('…"')


def test_a_text_without_a_name_is_not_mended() -> None:
    """Where no name and no dash stands before it, nobody guesses what the text is."""
    composed = read("@Ana\n")
    assert composed.root is None
    assert [finding.code for finding in composed.findings] == ["CP012"]


@pytest.mark.parametrize(
    ("text", "root", "column"),
    [
        ('say: "Hello\nfor: 3m\n', {"say": "Hello", "for": "3m"}, 6),
        ('say: "Hello\nask: "Why?"\n', {"say": "Hello", "ask": "Why?"}, 6),
        ("say: 'tis so\nfor: 3m\n", {"say": "tis so", "for": "3m"}, 6),
        ('- "Hello', None, 3),
        ('say: [a, "b]\nfor: 3m\n', None, 10),
    ],
)
def test_a_quote_is_never_closed(text: str, root: object, column: int) -> None:
    """A quote that is not closed where its text ends is reported where it opens."""
    composed = read(text)
    assert composed.root == root
    found = next(finding for finding in composed.findings if finding.code == "CP014")
    assert (found.span.line, found.span.column) == (1, column)


def test_an_apostrophe_may_be_meant() -> None:
    """A single quote that is never closed may be an apostrophe, so both ways out are shown."""
    remedy = read("say: 'tis so\n").findings[0].remedy
    assert "'tis so'" in remedy
    assert '"\'tis so"' in remedy


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a: [b, c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
        ("a: {b: [c, 'd]'\ne: f\n", {"a": {"b": ["c", "d]"]}, "e": "f"}),
        ("a: [b, c: d\n", {"a": ["b", {"c": "d"}]}),
        ("a: [b, c:\nd:\n  - e\n", {"a": ["b", {"c": ""}], "d": ["e"]}),
        ("a: [(b]\n", {"a": ["(b"]}),
    ],
)
def test_a_bracket_is_never_closed(text: str, root: object) -> None:
    """A bracket that is not closed where its value ends is closed there, and reading goes on."""
    composed = read(text)
    assert composed.root == root
    assert {finding.code for finding in composed.findings} <= {"CP018"}


def test_a_comma_is_missing() -> None:
    """Two entries in brackets without a comma are reported where the second begins to show."""
    composed = read("a: {b: 1 c: 2}\n")
    assert composed.root is None
    assert composed.findings[0].code == "CP018"
    assert "comma" in composed.findings[0].message


@pytest.mark.parametrize(("code", "kind"), [("\\d", "CP017"), ("\\ud800", "CP008")])
def test_a_backslash_begins_a_code(code: str, kind: str) -> None:
    """A backslash in double quotes that begins no code is reported, and reading goes on."""
    composed = read(f'say: "a{code}"\nfor: 3m\n')
    assert [finding.code for finding in composed.findings] == [kind]
    assert composed.root is not None
    assert composed.root["for"] == "3m"


@pytest.mark.parametrize("code", ["\\xzz", "\\U00110000"])
def test_a_code_that_is_none_ends_the_reading_inside_brackets(code: str) -> None:
    """Where the text with the code is not a value of its own, nothing is guessed."""
    composed = read(f'say: [a, "{code}"]\n')
    assert composed.root is None
    assert composed.findings[0].code in {"CP008", "CP017"}
