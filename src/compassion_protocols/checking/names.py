"""Whether every name is known where it is read, and none stands for two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Facts, Meaning, Passage, Scope, Sort, plainly
from compassion_protocols.checking.spans import span_of
from compassion_protocols.findings import Finding, nearest
from compassion_protocols.model.steps import KINDS, Include

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.findings import Span

_MOST_LISTED = 12
_KEYS = {cls: key for key, cls in KINDS.items()}


def check_names(facts: Facts) -> Iterator[Finding]:
    """Every unknown name in a text or a condition, and every clash."""
    yield from _unknown(facts)
    yield from _clashes(facts)
    yield from _bound_clashes(facts)
    yield from _ids_twice(facts)


def _unknown(facts: Facts) -> Iterator[Finding]:
    everywhere = frozenset(facts.names)
    known = {}
    for passage in facts.passages:
        scope = passage.scope
        if scope not in known:
            known[scope] = everywhere.union(scope.names)
        strange = passage.text.reads - known[scope]
        if strange and (strange := strange - passage.own):
            yield from _unknown_in(facts, passage, strange)


def _unknown_in(facts: Facts, passage: Passage, strange: frozenset[str]) -> Iterator[Finding]:
    seen = set()
    for use in passage.text.uses:
        if use.name in strange and (use.path, use.line) not in seen:
            seen.add((use.path, use.line))
            span = span_of(passage.text, use.name, use.line)
            yield from unknown(facts, use.path, passage.scope, span)


def unknown(facts: Facts, path: str, scope: Scope, span: Span) -> Iterator[Finding]:
    """What to say of a name that nothing has; ``path`` may go on with attributes."""
    name = path.partition(".")[0]
    places = [place.step for place in facts.places]
    if not name or any(
        isinstance(s, Include) and s.prefix == name and s.linked is None for s in places
    ):
        return  # Not written at all, or hidden in what could not be included: said elsewhere.
    loop = next((m.sort for bound, m, _ in facts.bound if bound == name), None)
    if loop is not None:
        remedy = "Move this inside the loop, or read the answers of the loop with `for`."
        message = f"“{name}” has a meaning only inside the loop that names it: {loop}."
        yield Finding("CP403", message, remedy, span)
        return
    kind = next((_KEYS[type(step)] for step in places if step.id == name), "")
    if kind:
        message = f"“{name}” is the id of a `{kind}` step, which has no answer to read."
        remedy = "Read the id of an `ask` or a `reveal`."
        yield Finding("CP401", message, remedy, span)
        return
    known = sorted({plainly(name) for name in (*facts.names, *scope.names)})
    message = f"Nothing is called “{plainly(path)}” here.{nearest(path, known)}"
    yield Finding("CP401", message, _known(known), span)


def _known(names: list[str]) -> str:
    more = ", …" if len(names) > _MOST_LISTED else ""
    return f"Known here: {', '.join(names[:_MOST_LISTED])}{more}."


def _clashes(facts: Facts) -> Iterator[Finding]:
    for name, meaning in facts.declared:
        first = facts.names.get(name, meaning)
        both_answers = first.sort is meaning.sort is Sort.ANSWER
        if first is not meaning and not both_answers:
            yield _clash(name, first, meaning.span)


def _bound_clashes(facts: Facts) -> Iterator[Finding]:
    for name, meaning, outside in facts.bound:
        first = facts.meaning(name, outside)
        if first is not None:
            yield _clash(name, first, meaning.span)


def _clash(name: str, first: Meaning, span: Span) -> Finding:
    there = f" on line {first.span.line}" if first.span.file == span.file else ""
    message = f"“{plainly(name)}” is already {first.sort}{there}."
    return Finding("CP402", message, "Give one of the two another name.", span)


def _ids_twice(facts: Facts) -> Iterator[Finding]:
    first: dict[str, Span] = {}
    for place in facts.places:
        name, span = place.step.id, place.step.span
        if not name:
            continue
        if name in first:
            message = f"“{plainly(name)}” is already the id of the step on line {first[name].line}."
            yield Finding("CP402", message, "Give one of the two another id.", span)
        first.setdefault(name, span)
