"""What Jinja2's parser complains of, in words that help an author.

Each row has a sign in the parser's message, what is wrong, what would be right,
and ``{}`` where the sign's word belongs. The first row that fits counts; the
last fits all.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Slip(NamedTuple):
    """What is wrong, what would be right, and the word it is about."""

    message: str
    remedy: str
    word: str


_CLOSE_ALL = "Write endif or endfor for each if or for, and nothing for other words."
_TABLE = tuple(
    (re.compile(sign), message, remedy)
    for sign, message, remedy in (
        (r"got '(=)'", "“{}” does not compare.", "Write “==”; or “<=” and “>=”."),
        (r"char '(&)'", "“{}” is not in the language.", "Write “and”."),
        (r"char '(!)'", "“{}” stands alone.", "Write “not”, or “!=” to compare."),
        (r"'name', got '(\|)'", "A filter’s name must follow “{}”.", "Write “or” for either."),
        (r"char '([“”‘’„])'", "Curly quotes do not begin a text here.", "Use straight ones."),
        (r"char (?:'(\")'|\"(')\")", "A text in quotes is not closed.", "Close it: {}text{}"),
        (r"unknown tag '(\w+)'", "The tag “{}” has no place here.", _CLOSE_ALL),
        (r"be closed is '(\w+)'", "“{}” is not closed.", "Write end{} where it ends."),
        (r"end of comment()", "A comment is not closed.", "Write #} where it ends."),
        (r"end of raw()", "“raw” is not closed.", "Write {% endraw %} where it ends."),
        (r"chain multiple", "Two tests follow one another.", "Join them with “and”."),
        (r"(?:got|unexpected) '?end of|^expected name", "Something is missing at the end.",
         "Complete it: {{ name }}, or a == b, or {% if a == b %}."),
        (r"^unexpected '(\})'", "“{}” closes nothing here.", "Close {{ with }}, and {% with %}."),
        (r"^unexpected '(.+?)'|char '(.)'|assign to '(.+)'", "“{}” is not expected here.",
         "Leave it out, or close what was opened before it."),
        (r"got '(.+?)'$", "“{}” is not expected here.",
         "Write texts in quotes, and join conditions with “and” or “or”."),
        ("", "This cannot be read.", "Write names as {{ you }}, and texts in quotes."),
    )
)  # fmt: skip


def explain(message: str) -> Slip:
    """Say what an author slipped on, from what the parser says.

    >>> explain("unexpected char '&' at 5")
    Slip(message='“&” is not in the language.', remedy='Write “and”.', word='&')
    """
    fitting = ((row, row[0].search(message)) for row in _TABLE)
    (_, wrong, right), match = next((row, match) for row, match in fitting if match)
    word = next(filter(None, match.groups()), "")
    return Slip(wrong.replace("{}", word), right.replace("{}", word), word)
