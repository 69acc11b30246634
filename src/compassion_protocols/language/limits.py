"""How large and how deep a text or a condition may be, before and after it is parsed.

A parser that calls itself can be driven to the end of its stack, and a short
text can ask for much work. So everything is bounded: what is over a limit is
refused with a finding while the file is read, never cut.
"""

from __future__ import annotations

LONGEST_SOURCE = 8_000  # characters
MOST_TOKENS = 1_500
DEEPEST_NESTING = 12  # of brackets, signs, nots, elses, ifs and fors in one another
MOST_NODES = 400
DEEPEST_TREE = 24
DEEPEST_LOOPS = 2
MOST_WORK = 150_000  # nodes by their weight, as often as the loops around may go round
WEIGHTS = {"Filter": 30, "Compare": 10}  # these may have to look at all of a long list or text

# Names that Jinja2 reads as words of its own.
RESERVED = frozenset(
    {
        *("and", "or", "not", "is", "in", "if", "elif", "else", "endif", "for", "endfor"),
        *("recursive", "true", "false", "none", "True", "False", "None"),
    }
)


def even_lines(source: str) -> str:
    """Write every line break as one newline and drop the last, as Jinja2 does."""
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    return source.removesuffix("\n")
