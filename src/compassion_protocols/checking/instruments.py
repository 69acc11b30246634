"""Whether the questionnaires that a card names may be asked here.

Techniques are free, texts are not. The catalog knows of each instrument what its owner allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compassion_protocols.findings import Finding, nearest
from compassion_protocols.model.care import FACILITATED_TIER
from compassion_protocols.model.instruments import Licence
from compassion_protocols.model.settings import ListSetting, TextSetting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compassion_protocols.model.instruments import Instrument
    from compassion_protocols.model.protocol import Protocol


def check_instruments(
    protocol: Protocol, instruments: Mapping[str, Instrument] | None
) -> Iterator[Finding]:
    """Every instrument that is unknown, or not free, or not to be asked without someone there.

    ``instruments`` are those that are known; None if nobody has looked.
    """
    if instruments is None:
        return
    for name in protocol.card.instruments:
        if name in instruments:
            yield from _known(protocol, instruments[name])
        else:
            message = f"There is no instrument “{name}” in the registry, so nobody knows whether "
            message += f"its words may be used.{nearest(name, instruments)}"
            remedy = "Name one that the registry lists, or take it out."
            yield Finding("CP740", message, remedy, protocol.card.at("instruments"))


def _known(protocol: Protocol, instrument: Instrument) -> Iterator[Finding]:
    span = protocol.card.at("instruments")
    if instrument.licence is Licence.REFERENCE_ONLY:
        message = f"The words of “{instrument.id}” may not stand in a protocol: {instrument.why}"
        remedy = f"Take it out of instruments. {instrument.to_do}"
        yield Finding("CP741", message, remedy, span)
    elif instrument.licence is Licence.PLUG_IN and not _takes_words(protocol):
        message = f"“{instrument.id}” is asked in its owner's words, and no setting lets a host "
        message += f"bring them: {instrument.why}"
        remedy = f"Add a list setting for its items. {instrument.to_do}"
        yield Finding("CP742", message, remedy, span)
    if instrument.obliges and protocol.care.tier < FACILITATED_TIER:
        message = f"“{instrument.id}” must not go unread: {instrument.obliges} At tier "
        message += f"{protocol.care.tier} nobody is there to answer."
        remedy = (
            f"Write tier: {FACILITATED_TIER}, or leave the instrument to whoever can act on it."
        )
        yield Finding("CP743", message, remedy, span)


def _takes_words(protocol: Protocol) -> bool:
    return any(isinstance(setting, ListSetting | TextSetting) for setting in protocol.settings)
