"""Published questionnaires, and what their owners allow.

Techniques are free, texts are not. A registry of the catalog says of each instrument whether its
words may stand in a protocol; the words themselves are nowhere in this library.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Licence(StrEnum):
    """What may be done with the words of an instrument."""

    EMBEDDABLE = "embeddable"
    PLUG_IN = "plug-in"
    REFERENCE_ONLY = "reference-only"


@frozen
class Instrument:
    """One questionnaire: what it is called, what its licence is and why, and what one must do.

    ``obliges`` is empty, or says which of its questions obliges someone to act on the answer.
    """

    id: str
    name: str
    licence: Licence
    why: str
    to_do: str
    doi: str = ""
    obliges: str = ""
