"""The findings that an author meets first, read aloud.

Whoever writes a first protocol is alone with what a finding says. So each of these says what is
wrong, in the marked place, what it would do to the people in the exercise, and one thing to do.
Whether words do that, no program can tell: :data:`FIRST` holds the very words that somebody judged
to do it. Who rewrites a finding looks at them again, and reads the whole aloud.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.docs.tables import FINDINGS
from tests.test_findings import EXAMPLES, EXPECTED, found_in

if TYPE_CHECKING:
    from compassion_protocols.findings import Finding


class Heard(NamedTuple):
    """What somebody hears in the message of a finding, in its own words."""

    wrong: str
    """What is wrong."""
    harm: str
    """What it would do to the people in the exercise."""
    doing: str
    """The one thing to do, with which the remedy begins."""


FIRST = {
    "CP101": Heard("has no “whoo”", "it would change nothing for anyone", "Write"),
    "CP102": Heard("“summary” is missing", "people would get a guess in its place", "Add"),
    "CP106": Heard(
        "“family: repairs” is not one of the words for this",
        "people would get a guess in its place",
        "Write",
    ),
    "CP109": Heard(
        "“for: 3”: how long is that?", "People would see no clock, or a wrong one", "Write"
    ),
    "CP012": Heard(
        "A colon with a space after it begins a value",
        "people would get this text cut in two",
        "Put",
    ),
    "CP401": Heard("Nothing is called “likd” here", "nobody would be shown this", "Write"),
    "CP411": Heard(
        "is asked only on some of the ways to this place", "people would miss this step", "Say"
    ),
    "CP510": Heard("“weight > 10” never holds", "nobody ever gets to what it guards", "Write"),
    "CP601": Heard(
        "This question has no example", "nobody sees it at work before it is asked", "Add"
    ),
    "CP604": Heard(
        "No counterexample puts this rule to the test",
        "it may send people back who did nothing amiss",
        "Add",
    ),
    "CP801": Heard(
        "is for its writer alone, and this text is shown to everyone",
        "its writer was told otherwise",
        "Let",
    ),
    "CP802": Heard(
        "is for its writer alone, and everyone sees the step on line 26",
        "whether this comes would tell them what was answered",
        "Let",
    ),
}
"""The dozen, in the order in which the index names them."""

KIN = {
    "CP132": Heard(
        "The least, 5, is more than the most, 3", "nothing would be accepted", "Exchange"
    ),
    "CP404": Heard(
        "“liked” is an answer, and people belong here", "this would be for nobody", "Write"
    ),
    "CP405": Heard("a duration setting belongs here", "this would work for nobody", "Add"),
    "CP422": Heard("has no “wat”", "people would get nothing here", "Write"),
    "CP803": Heard(
        "is for its writer alone", "everyone may read what is chosen from it here", "Let"
    ),
    "CP806": Heard(
        "is for its writer alone, and everyone sees the step on line 26",
        "whether this comes would tell them whether anything was answered",
        "Write",
    ),
}
"""Others that are told in the same breath, and are held to the same."""

ALOUD = FIRST | KIN

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\{\{.*?\}\}")
_ENDS = re.compile(r"[.?!](?=\s|$)")


def finding_of(code: str) -> tuple[Finding, tuple[int, int]]:
    """Give the finding of an example, and the place that is marked there."""
    [path] = [path for path in EXAMPLES if path.stem == code]
    marked = EXPECTED.match(path.read_bytes())
    assert marked
    [finding] = found_in(path)
    return finding, (int(marked[2]), int(marked[3]))


def test_the_index_names_those_that_come_first() -> None:
    """The index of findings begins with these, each with the reason why one meets it."""
    section = FINDINGS.read_text("utf-8").split("## Those you will meet first")[1].split("\n## ")[0]
    assert re.findall(r"^- \[(CP\d+)\]\(\1\.md\), because .+\.$", section, re.MULTILINE) == [*FIRST]


@pytest.mark.parametrize("code", ALOUD)
def test_it_says_what_is_wrong_and_what_that_does_to_people(code: str) -> None:
    """In two sentences at most, at the marked place, with the words that somebody judged."""
    finding, marked = finding_of(code)
    assert (finding.span.line, finding.span.column) == marked
    said = finding.message
    assert ALOUD[code].wrong in said
    assert ALOUD[code].harm in said
    assert len(_ENDS.findall(_QUOTED.sub("…", said))) <= 2


@pytest.mark.parametrize("code", ALOUD)
def test_it_says_one_thing_to_do(code: str) -> None:
    """The remedy is one sentence that begins with what to do, and offers no other way."""
    remedy = _QUOTED.sub("…", finding_of(code)[0].remedy)
    assert remedy.startswith(f"{ALOUD[code].doing} ")
    assert len(_ENDS.findall(remedy.rstrip("."))) == 0
    assert not re.search(r"(?i)\b(?:or|otherwise|either|else)\b|;", remedy)
