"""What an author most likely meant where YAML gives up.

A parser says "did not find expected key". What happened is that somebody wrote ``say: "Hello" she
said``. The two parsers in use word their complaints differently, but both know *where* they
stopped, and the line there tells the rest: so a slip is recognised by its place and by the source,
and the parser's words are only asked which family it belongs to.

Most slips are one text that wanted quotes. For these the slip also holds the file *mended*: the
lines with that text in quotes, every row where it was. Reading it once more finds what else is
wrong, so one missing pair of quotes does not hide nine other mistakes. A mended file is never run,
since its finding is an error; it only has to be read on.
"""

from __future__ import annotations

from compassion_protocols.reading import line_slips, text_slips
from compassion_protocols.reading.pieces import Lines
from compassion_protocols.reading.trouble import Scene, Slip, Trouble

# From the surest to the vaguest: the first that knows the slip has it.
_RULES = (
    text_slips.template,
    line_slips.tab,
    line_slips.no_dash_space,
    line_slips.no_name,
    text_slips.backslash,
    text_slips.open_quote,
    text_slips.bracket,
    text_slips.sign,
    text_slips.goes_on,
    line_slips.no_space,
    text_slips.colon,
    line_slips.swallowed,
    line_slips.lone_name,
    line_slips.dash,
    line_slips.wrong_column,
)


def diagnose(lines: Lines, file: str, trouble: Trouble) -> Slip:
    """The slip behind this trouble.

    >>> trouble = Trouble("mapping values are not allowed here", at=(0, 9))
    >>> print(diagnose(("say: Note: breathe",), "calm.yaml", trouble).finding.remedy)
    Put quotes round the whole text: "Note: breathe"
    """
    scene = Scene(lines, file, trouble)
    found = (rule(scene) for rule in _RULES)
    return next((slip for slip in found if slip), None) or _unknown(scene)


def _unknown(scene: Scene) -> Slip:
    return scene.slip(
        "CP010",
        scene.trouble.at,
        "YAML cannot read on from here.",
        "Compare this line and the one above it with those that work: quotes and brackets in "
        "pairs, a space after each colon and each dash, one column for what belongs together.",
    )
