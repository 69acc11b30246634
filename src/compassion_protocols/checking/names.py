"""Whether every name is known where it is read, and none stands for two things."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from compassion_protocols.checking.facts import Facts, Meaning, Passage, Scope, Sort, plainly
from compassion_protocols.checking.kinds import kind_of_answer
from compassion_protocols.checking.spans import line, span_of
from compassion_protocols.findings import Finding, nearest
from compassion_protocols.model.steps import KINDS, Include

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.findings import Span

_MOST_LISTED = 12
_MOST_GUESSES = 20
_MOST_COMPARED = 500
_KEYS = {cls: key for key, cls in KINDS.items()}


def check_names(facts: Facts) -> Iterator[Finding]:
    """Every unknown name in a text or a condition, and every clash."""
    yield from _unknown(facts)
    yield from _clashes(facts)
    yield from _bound_clashes(facts)
    yield from _ids_twice(facts)


def _unknown(facts: Facts) -> Iterator[Finding]:
    everywhere = frozenset(facts.names)
    strangers = None
    for passage in facts.passages:
        reads = passage.text.reads
        if not everywhere.issuperset(reads):
            strange = reads - everywhere - passage.scope.names.keys() - passage.own
            if strange:
                strangers = strangers or Strangers(facts)
                yield from _unknown_in(passage, strange, strangers)


def _unknown_in(
    passage: Passage, strange: frozenset[str], strangers: Strangers
) -> Iterator[Finding]:
    seen = set()
    for use in passage.text.uses:
        if use.name in strange and (use.path, use.line) not in seen:
            seen.add((use.path, use.line))
            span = span_of(passage.text, use.name, use.line)
            if use.path in strangers.answers:
                yield _without_quotes(use.path, span)
            else:
                yield from strangers.found(use.path, passage.scope, span)


def _without_quotes(answer: str, span: Span) -> Finding:
    message = f"Without quotes “{answer}” is a name, and nothing is called so: nobody meets it."
    return Finding("CP401", message, f'If it is an answer, write it in quotes: "{answer}".', span)


class Strangers:
    """What to say of names that nothing has. A guess takes time, so only some are made."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.guesses: dict[str, str] = {}
        self.bound = {name: meaning.sort for name, meaning in facts.bound}
        self.kinds: dict[str, str] = {}
        self.answers = _offered(facts)
        """What people may choose: its author may have forgotten the quotes."""
        self.hidden: set[str] = set()
        """The prefixes of includes that could not be linked: that is said elsewhere."""
        for place in facts.places:
            step = place.step
            self.kinds[step.id] = _KEYS[type(step)]
            if isinstance(step, Include) and step.linked is None:
                self.hidden.add(step.prefix)

    def found(self, path: str, scope: Scope, span: Span, fitting: str = "") -> Iterator[Finding]:
        """The finding for one place; ``path`` may go on with attributes.

        ``fitting`` says what would be right there, if not every name would be.
        """
        name = path.partition(".")[0]
        if not name or name in self.hidden:
            return
        if name in self.bound:
            message = (
                f"“{name}” is known only inside the loop that names it ({self.bound[name]}), so "
                "nobody would be shown this."
            )
            remedy = "Move this into that loop."
            yield Finding("CP403", message, remedy, span)
        elif name in self.kinds:
            article = "an" if self.kinds[name][0] in "aei" else "a"
            message = (
                f"“{name}” is the id of {article} `{self.kinds[name]}` step: it has no answer."
            )
            yield Finding("CP401", message, "Read the id of an `ask` or a `reveal`.", span)
        else:
            known = {plainly(name) for name in (*self.facts.names, *scope.names)}
            message = f"Nothing is called “{plainly(path)}” here, so nobody would be shown this."
            message += self._guess(path, known)
            yield Finding("CP401", message, fitting or _known(known), span)

    def _guess(self, path: str, known: set[str]) -> str:
        if path not in self.guesses and len(self.guesses) < _MOST_GUESSES:
            self.guesses[path] = nearest(path, sorted(known)[:_MOST_COMPARED])
        return self.guesses.get(path, "")


def _offered(facts: Facts) -> frozenset[str]:
    kinds = [kind_of_answer(answer.answer) for answer in facts.answers.values() if answer.answer]
    words = [each.options or () for kind in kinds for each in (kind, kind.inner)]
    return frozenset(("yes", "no", *chain.from_iterable(words)))


def _known(names: set[str]) -> str:
    few = sorted(names) if len(names) < _MOST_COMPARED else []
    more = ", …" if len(names) > _MOST_LISTED else ""
    return f"Write a name that is known here: {', '.join(few[:_MOST_LISTED])}{more}."


def _clashes(facts: Facts) -> Iterator[Finding]:
    for name, meaning in facts.declared:
        first = facts.names[name]
        if first is not meaning and not first.sort is meaning.sort is Sort.ANSWER:
            yield _clash(name, first, meaning.span)


def _bound_clashes(facts: Facts) -> Iterator[Finding]:
    for name, meaning in facts.bound:
        first = facts.meaning(name, meaning.loop.scope)
        if first is not None:
            yield _clash(name, first, meaning.span)


def _clash(name: str, first: Meaning, span: Span) -> Finding:
    there = f" on {line(first.span, span)}" if first.span.file else ""
    message = f"“{plainly(name)}” is already {first.sort}{there}."
    return Finding("CP402", message, "Give one of the two another name.", span)


def _ids_twice(facts: Facts) -> Iterator[Finding]:
    names = [name for place in facts.places if (name := place.step.id)]
    if len(set(names)) == len(names):
        return
    first: dict[str, Span] = {}
    for place in facts.places:
        name, span = place.step.id, place.step.span
        if not name:
            continue
        if name in first:
            there = line(first[name], span)
            message = f"“{plainly(name)}” is already the id of the step on {there}."
            yield Finding("CP402", message, "Give one of the two another id.", span)
        first.setdefault(name, span)
