"""Whether a protocol has the care that the practices on its card call for.

What goes on in an exercise is not guessed from its words: the card says which practices it
carries, and the catalog says what each of them calls for. Words are searched for two things alone:
for phrases that name a practice (a list of the catalog), which then should be on the card; and
whether a line that is needed is there at all. A search can miss what is said in another way, so it
is never more than a warning. It is made in English texts only.

What is called for, and why, follows what has been published: open eyes, an anchor outside and a
short first time (Zerubavel and Messman-Moore, doi:10.1007/s12671-013-0261-3), a breath of one's
own (Szulczewski 2019, doi:10.1007/s10484-019-09438-y), a word on what warmth can bring up (Gilbert
et al. 2011, Psychology and Psychotherapy 84:239-255; Cai 2024, doi:10.1007/s12671-024-02324-7).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compassion_protocols.checking.phrases import NAMING
from compassion_protocols.findings import Finding
from compassion_protocols.language.grade import is_english
from compassion_protocols.model.care import ADVISED_TIER, FACILITATED_TIER
from compassion_protocols.model.practices import Call
from compassion_protocols.model.protocol import Family

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.checking.phrases import Phrases
    from compassion_protocols.checking.texts import Texts
    from compassion_protocols.model.care import Care
    from compassion_protocols.model.practices import Practice
    from compassion_protocols.model.protocol import Protocol


def check_content(
    protocol: Protocol, practices: Mapping[str, Practice], phrases: Phrases
) -> Iterator[Finding]:
    """Everything that a practice calls for, and that is not there."""
    yield from _not_on_the_card(protocol, phrases)
    calling: dict[Call, str] = {}
    for name in protocol.card.practices:
        if name in practices:
            for call in practices[name].calls:
                calling.setdefault(call, name)
    if calling:
        yield from _tier(protocol.care, calling)
        if protocol.care.tier < ADVISED_TIER and protocol.family is not Family.CARE:
            yield from _below_advised(protocol.care, calling)
        yield from _lines(protocol.care, calling, phrases.texts)


def _not_on_the_card(protocol: Protocol, phrases: Phrases) -> Iterator[Finding]:
    """The first text that names a practice whose care nobody has asked for."""
    told = set(protocol.card.practices)
    for (_, span), phrase, practice in sorted(phrases.of(NAMING), key=lambda found: found[0][1]):
        if practice not in told:
            told.add(practice)
            message = (
                f"This speaks of “{phrase}”, and without “{practice}” on the card nobody looks "
                "whether people find the care here that it calls for."
            )
            remedy = f"Add {practice} to `practices` in the card."
            yield Finding("CP749", message, remedy, span)


def _tier(care: Care, calling: Mapping[Call, str]) -> Iterator[Finding]:
    if Call.LED in calling and care.tier < FACILITATED_TIER:
        message = (
            f"“{calling[Call.LED]}” can stir up more than someone should be alone with, and at "
            f"tier {care.tier} it starts with nobody there to lead it."
        )
        yield Finding("CP745", message, f"Write tier: {FACILITATED_TIER}.", care.at("tier"))
    elif Call.ADVISED in calling and care.tier < ADVISED_TIER:
        message = (
            f"With “{calling[Call.ADVISED]}” someone steady beside them helps people, and at tier "
            f"{care.tier} nobody tells them so."
        )
        yield Finding("CP746", message, f"Write tier: {ADVISED_TIER}.", care.at("tier"))


def _below_advised(care: Care, calling: Mapping[Call, str]) -> Iterator[Finding]:
    """What is asked for from tier 2 on whatever is in it, asked for here by a practice."""
    if Call.RATINGS in calling and not care.rates_before_and_after:
        message = (
            f"“{calling[Call.RATINGS]}” can stir people up, and without a rating before and after "
            "nobody notices."
        )
        yield Finding("CP747", message, "Write distress: [before, after].", care.span)
    if Call.NOT_FOR in calling and not (care.not_for or care.screen):
        message = (
            f"“{calling[Call.NOT_FOR]}” is not for everyone on every day, and no line here says "
            "when to leave it."
        )
        remedy = "Write not_for with the situations in which to leave it."
        yield Finding("CP748", message, remedy, care.span)


class _Line(NamedTuple):
    """A line that is needed: what it says, why, by what it is recognised, and an example."""

    says: str
    why: str
    pattern: str
    example: str


def _lines(care: Care, calling: Mapping[Call, str], texts: Texts) -> Iterator[Finding]:
    needed = [call for call in _LINES if call in calling]
    if not needed:
        return
    everything = "\n".join([words for words, _ in texts.each]).casefold()
    not_for = "\n".join(care.not_for).casefold()
    missing = [
        call
        for call in needed
        if not re.search(_LINES[call].pattern, not_for if call is Call.HARM else everything)
    ]
    if missing and is_english(texts.words):
        for call in missing:
            line = _LINES[call]
            message = f"“{calling[call]}”: no line here says {line.says}. {line.why}"
            where = "not_for" if call is Call.HARM else "before_you_start"
            yield Finding("CP748", message, f"Add to {where}: {line.example}", care.span)


_LINES = {
    Call.HARM: _Line(
        "that it is not for someone who is hurt, threatened or controlled",
        "Such a person could read it as being asked to put up with more.",
        r"\b(?:hurt|harm|threat|control|afraid|violen|abus|unsafe|not safe)",
        "Being hurt, threatened or controlled by the person this is about.",
    ),
    Call.EYES: _Line(
        "that eyes may stay open",
        "After something frightening, the dark behind closed eyes can be too much.",
        r"\beyes?\b[^.!?\n]*\bopen\b|\bopen\b[^.!?\n]*\beyes?\b"
        r"|\b(?:not|no need|without|rather than|if you like)\b[^.!?\n]*\bclos\w+[^.!?\n]*\beyes?\b",
        "Keep your eyes open if you like.",
    ),
    Call.ANCHOR: _Line(
        "what to come back to if it gets too much",
        "Attention that is turned inwards needs a place outside to rest.",
        r"\banchor|\b(?:come|go|coming|going|turn) back to\b|\breturn to\b|\bhold on to\b"
        r"|\brest your (?:attention|eyes)\b|\bfeet\b|\bfloor\b|\bchair\b",
        "You can come back to the floor under your feet at any time.",
    ),
    Call.SHORT: _Line(
        "that the first time may be short",
        "Nobody knows beforehand how much of it does them good.",
        r"\bfirst (?:time|try|few times)\b|\b(?:begin|start) (?:with|small)\b|\bshort(?:er)?\b"
        r"|\bone or two\b|\ba minute\b",
        "The first time, one minute is plenty.",
    ),
    Call.OWN_BREATH: _Line(
        "that one's own breath is fine",
        "Slow or deep breathing makes some people dizzy, or panicky.",
        r"\bown breath|\bown (?:pace|rhythm)\b|\bgentler\b|\bsmaller?\b|\bnatural"
        r"|\bas (?:it|you) (?:likes?|usually|comes?)\b|\b(?:no|not|nor)\b[^.!?\n]*\bdeep",
        "If the pace does not suit you, keep your own breath.",
    ),
    Call.ANY_MUSCLE: _Line(
        "that any part of the body may be left out",
        "Some parts hurt, and some hold memories.",
        r"\b(?:skip|leave out|pass over|left out|leave any)\b",
        "Skip any part of your body that you would rather leave alone.",
    ),
    Call.CRAMP: _Line(
        "how not to get a cramp",
        "A calf that is tensed with the toes pointed down cramps easily.",
        r"\bcramp|\btoes (?:up|towards)\b|\bhalf (?:as hard|your strength)\b",
        "Half your strength is enough. With your legs, keep the toes up, so that nothing cramps.",
    ),
    Call.INJURY: _Line(
        "what to do about an injury or an operation",
        "Tensing what is still healing can undo it.",
        r"\binjur|\bsurg|\boperation\b|\boperated\b|\bheal(?:s|ing|ed)?\b|\bsore\b",
        "Where you were injured or operated on of late, only imagine it.",
    ),
    Call.WARMTH: _Line(
        "that kindness may bring up something hard",
        "Whoever is not warned may think that something is wrong with them.",
        r"\bsad(?:ness)?\b|\btears?\b|\bcry(?:ing)?\b|\bnumb|\bgrief\b|\buneasy\b|\btoo much\b"
        r"|\ba lot\b|\bbrings? up\b|\bhurts? at first\b|\bold (?:fear|pain)\b",
        "Kindness can bring up sadness, or nothing at all. That is common; slow down if it does.",
    ),
}
"""Each line that can be called for, in the order in which it is asked for."""
