"""YAML's ways of saying a part twice: anchors, aliases and merge keys. None is allowed.

They belong together: who writes ``&base`` has one idea, not ten, however often ``*base`` follows.
So an anchor's finding names the lines of all that goes with it. An alias without an anchor is
something else, most likely a text that begins with an asterisk.
"""

from __future__ import annotations

from compassion_protocols.findings import Finding, Span

_MOST_LINES = 5


class Repeats:
    """What one file repeats, noted while it is read."""

    def __init__(self) -> None:
        self._anchors: dict[str, Span] = {}
        self._uses: list[Span] = []
        self._strays: list[Finding] = []
        self._merges: list[Span] = []

    def anchor(self, name: str, span: Span) -> None:
        """Note ``&name``."""
        if self._anchors:
            self._uses.append(span)
        self._anchors.setdefault(name, span)

    def alias(self, name: str, span: Span) -> None:
        """Note ``*name``."""
        if name in self._anchors:
            self._uses.append(span)
        else:
            self._strays.append(_stray(name, span))

    def merge(self, span: Span) -> None:
        """Note ``<<``."""
        self._merges.append(span)

    def findings(self) -> list[Finding]:
        """One finding for all that goes with the anchors, and one for each of the rest."""
        if not self._anchors:
            return self._strays + [_merge(span) for span in self._merges]
        name, span = next(iter(self._anchors.items()))
        return [*self._strays, _anchor(name, span, self._uses + self._merges)]


def _anchor(name: str, span: Span, uses: list[Span]) -> Finding:
    return Finding(
        "CP030",
        f"“&{name}” gives this part a name so that it can be repeated{_on_lines(uses)}; a protocol "
        "says everything where it happens.",
        f"Write the part out wherever it is needed; a text that begins with “&{name}” wants "
        "quotes.",
        span,
    )


def _on_lines(uses: list[Span]) -> str:
    numbers = sorted({use.line for use in uses})
    if not numbers:
        return ""
    word = "line" if len(numbers) == 1 else "lines"
    listed = ", ".join(str(number) for number in numbers[:_MOST_LINES])
    more = f" and {len(numbers) - _MOST_LINES} more" if len(numbers) > _MOST_LINES else ""
    return f" (see {word} {listed}{more})"


def _stray(name: str, span: Span) -> Finding:
    return Finding(
        "CP031",
        f"“*{name}” asks YAML to repeat a part of that name, and there is none.",
        f'If it is a text, put quotes round the whole of it: "*{name}"',
        span,
    )


def _merge(span: Span) -> Finding:
    return Finding(
        "CP032",
        "“<<” asks YAML to copy another map into this one; a protocol says everything where it "
        "happens.",
        "Take “<<” out and write its names and values here.",
        span,
    )
