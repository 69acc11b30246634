"""Words that make a person their diagnosis, and words that promise a cure.

Person-first wording is the default; whoever calls themselves by a name of their own choice may do
so, and no such name is on the list. The library never claims to treat anything, whatever a
protocol says. Both lists are data of the catalog, and each phrase on them has another beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.checking.phrases import LABELS, PROMISES
from compassion_protocols.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compassion_protocols.checking.phrases import Phrases


def check_wording(phrases: Phrases) -> Iterator[Finding]:
    """Every label and every promise, with what to write instead."""
    for name, (code, message, remedy) in _SAID.items():
        for (_, span), phrase, better in phrases.of(name):
            advice = f"Write “{better}”" if better else remedy
            yield Finding(code, message.format(phrase), f"{advice}.", span)


_SAID = {
    LABELS: (
        "CP752",
        "“{}” makes someone out to be what they live with, and who reads it may be meant.",
        "Say first that this is a person, and then what they live with",
    ),
    PROMISES: (
        "CP753",
        "“{}” promises what no exercise can, and whom it does not help will blame themselves.",
        "Say what people will do, and what it may be like",
    ),
}
