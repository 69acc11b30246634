"""From the bytes of a file to marked nodes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.findings import CODES, Span
from compassion_protocols.reading import compose as module
from compassion_protocols.reading.compose import HAS_LIBYAML, Composed, compose
from compassion_protocols.reading.marks import MarkedList, MarkedMap, MarkedText

# The smallest file for each code that has exactly this one thing wrong with it.
EXAMPLES: dict[str, str | bytes] = {
    "CP001": "a: |\n" + " x\n" * 100_000,
    "CP002": b"title: f\xfcr dich",
    "CP003": "# nothing yet\n",
    "CP004": "a: 1\n---\nb: 2\n",
    "CP005": "- say: Hello\n",
    "CP006": "say: Hello\x07\n",
    "CP007": "say: \u202eHello\n",
    "CP008": 'say: "Hello \\ud83d"\n',
    "CP010": "answer: {choice: :[a]}\n",
    "CP011": "care:\n\ttier: 1\n",
    "CP012": "say: Remember: breathe\n",
    "CP013": "say: {{ you }}, breathe\n",
    "CP014": 'say: "Hello\nask: And you?\n',
    "CP015": "care:\n    tier: 1\n  screen: no\n",
    "CP016": "say:Hello\nask: And you?\n",
    "CP017": 'say: "C:\\data"\n',
    "CP018": "answer: [a, b\nask: And you?\n",
    "CP020": "say: Hello\nsay: Goodbye\n",
    "CP021": "[a]: b\n",
    "CP022": f"{'a' * 129}: b\n",
    "CP023": f"say: {'a' * 20_001}\n",
    "CP024": "a: " + "[" * 32 + "]" * 32,
    "CP025": "a:\n" + "- b\n" * 20_000,
    "CP030": "a: &base\n  b: 1\nc: *base\n",
    "CP031": "say: *base\n",
    "CP032": "<<: {a: 1}\n",
    "CP033": "say: !!str 3\n",
}

# As near to YAML as a random text comes: what a fuzzer would take years to put together.
SCRAPS = st.sampled_from(
    [
        *"ab:-\n ,[]{}\"'|>&*!#%@`?\\\t\r\x07\0\u202e\u2028\ufeff",
        *(": ", "- ", "\n  ", "---\n", "<<: ", "&a ", "*a", "!!str "),
        *("{{ x }}", "{% if", '"\\ud800"', '"\\U00110000"', '"\\x1b"'),
    ]
)
FILES = st.binary(max_size=40) | st.lists(SCRAPS, max_size=30).map(lambda it: "".join(it).encode())

TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=60)
NAMES = TEXTS.filter(lambda key: len(key) > 0 and key != "<<" and key[0] != "-")
TREES = st.recursive(
    TEXTS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(NAMES, inside, max_size=4),
    max_leaves=12,
)


def read(text: str | bytes) -> Composed:
    """Compose a file with this text."""
    return compose(text if isinstance(text, bytes) else text.encode(), "calm.yaml")


def test_a_file_becomes_texts_lists_and_maps() -> None:
    """A file's scalars are texts as written, inside lists and maps that equal plain ones."""
    composed = read("title: Pause\nsteps:\n  - say: no\n    for: 1:30\n  - 010\n")
    assert composed.root == {"title": "Pause", "steps": [{"say": "no", "for": "1:30"}, "010"]}
    assert composed.findings == ()
    assert composed.lines[2] == "  - say: no"


def test_every_node_knows_its_place() -> None:
    """Maps, lists, names and texts carry the line and the column where they begin."""
    root = read("title: Pause\nsteps:\n  - say: Café\n    who: [you, me]\n").root
    assert isinstance(root, MarkedMap)
    steps = root["steps"]
    assert isinstance(steps, MarkedList)
    step = steps[0]
    assert isinstance(step, MarkedMap)
    who = step["who"]
    assert isinstance(who, MarkedList)
    assert [str(node.span) for node in (root, steps, step, who, *who[1:])] == [
        "calm.yaml:1:1",
        "calm.yaml:3:3",
        "calm.yaml:3:5",
        "calm.yaml:4:10",
        "calm.yaml:4:16",
    ]
    assert step.key_span("who") == Span("calm.yaml", 4, 5)
    assert step.value_span("say") == Span("calm.yaml", 3, 10)


def test_columns_count_characters() -> None:
    """A column counts characters, not bytes, and a byte order mark is none."""
    root = read("\ufeff{é: 𝄞, ü: x}").root
    assert root is not None
    assert root.span.column == 1
    assert root.value_span("ü").column == 11


@pytest.mark.parametrize("text", ["no", "on", "1:30", "17:00", "2026-01-01", "010", "=", "0x1F"])
def test_scalars_stay_as_written(text: str) -> None:
    """What YAML would turn into a number, a date or a flag stays the text it is."""
    assert read(f"a: {text}\n{text}: b\n").root == {"a": text, text: "b"}


@pytest.mark.parametrize("code", EXAMPLES)
@pytest.mark.usefixtures("either_parser")
def test_each_problem_has_its_code(code: str) -> None:
    """Each kind of problem gives one finding with its code, a place, and what would be right."""
    composed = read(EXAMPLES[code])
    assert [finding.code for finding in composed.findings] == [code]
    assert composed.findings[0].message.endswith(".")
    assert composed.findings[0].remedy
    assert composed.findings[0].span.file == "calm.yaml"


def test_no_code_is_without_an_example() -> None:
    """Every code of this part of the table is one that a file can have."""
    assert set(EXAMPLES) == {code for code in CODES if code.startswith("CP0")}


def test_all_problems_are_found_in_one_pass() -> None:
    """A file with many slips gives a finding for each, in order of place, and still a root."""
    composed = read(
        "say: {{ you }}, breathe\n"
        "say: twice\n"
        "ask: Remember: breathe\n"
        "tag: !x y\n"
        'quote: "Hello" she said\n'
        "glued:value\n"
        "open: 'it\n"
        "list: [a, {{ b }} c]\n"
        "star: *bold* text\n"
        "back: \u202ewards\n"
    )
    assert [(finding.code, finding.span.line) for finding in composed.findings] == [
        ("CP013", 1),
        ("CP020", 2),
        ("CP012", 3),
        ("CP033", 4),
        ("CP012", 5),
        ("CP016", 6),
        ("CP014", 7),
        ("CP013", 8),
        ("CP012", 9),
        ("CP007", 10),
    ]
    assert composed.root is not None
    assert composed.root["list"] == ["a", "{{ b }} c"]


def test_what_cannot_be_mended_ends_the_reading() -> None:
    """After a slip that leaves too much open there is no root, but what was found before stays."""
    composed = read("a: 1\na: 2\nb:\n\tc: 3\na: 4\n")
    assert composed.root is None
    assert [finding.code for finding in composed.findings] == ["CP020", "CP011"]


def test_a_second_document_leaves_the_first() -> None:
    """What comes after the document is refused, and the document itself can be read on."""
    assert read("a: 1\n...\nb: 2\n").root == {"a": "1"}


def test_mending_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mended lines are read again so many times and no more."""
    slips = "".join(f"k{n}: a: b\n" for n in range(30))
    assert len(read(slips).findings) == module.MOST_MENDS + 1
    monkeypatch.setattr(module, "MOST_REREAD", 4 * len(slips))
    assert len(read(slips).findings) == 4


def test_trouble_made_by_a_guess_is_not_reported() -> None:
    """Where mended lines stop the parser inside the mend, only the slip itself is reported."""
    composed = read("a: 'b\n  c' d: e\n  f' g\nh: 1\n")
    assert len(composed.findings) == 1


@given(FILES)
def test_any_bytes_compose(data: bytes) -> None:
    """Whatever the bytes are, there is a root or a finding, and each finding lies in the file."""
    composed = read(data)
    assert composed.root is not None or composed.findings
    for finding in composed.findings:
        assert finding.code in CODES
        assert 1 <= finding.span.line <= max(1, len(composed.lines))
        assert finding.span.column >= 1


@given(FILES)
def test_parsers_agree_on_what_is_fine(data: bytes) -> None:
    """A file that both parsers read without complaint is the same file to both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compassion_protocols.reading.events._LOADER", yaml.SafeLoader)
        slow = read(data)
    fast = read(data)
    assert slow.findings or fast.findings or slow.root == fast.root


@given(st.dictionaries(st.just("root"), TREES, min_size=1), st.sampled_from([None, True, False]))
def test_texts_survive_the_round_trip(tree: dict[str, object], flow: bool | None) -> None:
    """Texts, lists and maps that YAML writes come back equal."""
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    composed = read(text)
    assert composed.findings == ()
    assert composed.root == tree


def test_libyaml_is_noticed() -> None:
    """Whether PyYAML has libyaml is known, so that a program can say why reading is slow."""
    assert HAS_LIBYAML is yaml.__with_libyaml__


@pytest.mark.parametrize(
    "source",
    [
        "a: one two three",
        'a: "one two three"',
        "a: one\n  two\n    three",
        "a: |\n  one\n\n    two three",
        "a: >-\n  one\n  two\n\n  three",
        "- {b: [x, 'one two three']}",
    ],
)
def test_a_character_of_a_text_has_a_place(source: str) -> None:
    """The place of a word inside a text is found however the text was written and folded."""
    composed = read(f"root:\n {source.replace(chr(10), chr(10) + ' ')}\n")
    text = next(node for node in texts(composed.root) if "three" in node)
    for word in ("one", "two", "three"):
        span = composed.place(text, text.index(word))
        assert composed.lines[span.line - 1][span.column - 1 :].startswith(word)


def test_past_the_end_of_a_text_is_its_beginning() -> None:
    """A place that no character of the text has is where the text begins."""
    composed = read("a: b")
    assert composed.root is not None
    text = composed.root["a"]
    assert isinstance(text, MarkedText)
    assert composed.place(text, 5) == text.span


def texts(node: object) -> list[MarkedText]:
    """All the texts inside a node."""
    if isinstance(node, MarkedText):
        return [node]
    inside = node.values() if isinstance(node, MarkedMap) else node
    assert isinstance(inside, MarkedList | type({}.values()))
    return [text for one in inside for text in texts(one)]
