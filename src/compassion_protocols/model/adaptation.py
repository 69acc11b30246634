"""An adaptation: another protocol, with what a clinician changes in it, and who did so and why.

What is recorded follows FRAME (Wiltsey Stirman et al. 2019, doi:10.1186/s13012-019-0898-y) as far
as a file can know it: what was changed, by whom, when, why, and whether it keeps what the exercise
works by.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from compassion_protocols.findings import NOWHERE, Span
from compassion_protocols.model.author import author
from compassion_protocols.model.steps import AnyStep


class Fidelity(StrEnum):
    """Whether an adaptation keeps what the exercise is thought to work by."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Adapted:
    """Who adapted a protocol, when and why."""

    by: tuple[str, ...] = field(metadata=author("Who adapted it: a name, or a list of names."))
    on: str = field(metadata=author("The day, as in 2026-11-01."))
    why: str = field(metadata=author("For whom, and what for, in a sentence or two."))
    fidelity: Fidelity = field(
        default=Fidelity.UNKNOWN,
        metadata=author("Whether it keeps what the exercise works by, as far as you can tell."),
    )
    span: Span = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Addition:
    """Steps that an adaptation puts between those of its base."""

    after: str = field(default="", metadata=author("The id of the step that they follow."))
    before: str = field(default="", metadata=author("Or of the step that they come before."))
    steps: tuple[AnyStep, ...] = field(metadata=author("The steps that are added."))


@frozen(kw_only=True)
class AdaptationFile:
    """What stands in the file of an adaptation; the rest is its base's.

    Nothing is ever made of this class: it says which names there are. The reader puts what is
    written under them into the base, and makes a whole protocol of the result.
    """

    language: int = field(
        metadata=author("The version of the language: 1.", key="compassion_protocol")
    )
    id: str = field(metadata=author("A name of its own in the catalog."))
    version: str = field(metadata=author("Three numbers of its own, like 1.0.0."))
    extends: str = field(metadata=author("The base and its exact version: id@1.0.0."))
    adapted: Adapted = field(metadata=author("Who changed it, when and why."))
    title: str = field(default="", metadata=author("What people call it, if not as the base."))
    summary: str = field(default="", metadata=author("One sentence, if not the base's."))
    card: object = field(
        default=None, metadata=author("Authors and sources to add; dose, status and place anew.")
    )
    care: object = field(
        default=None, metadata=author("More care: lines and ratings to add, a higher tier.")
    )
    settings: object = field(
        default=None, metadata=author("Other defaults, narrower bounds, and settings to add.")
    )
    change: object = field(
        default=None, metadata=author("By the id of a step: the keys that change.")
    )
    add: tuple[Addition, ...] = field(
        default=(), metadata=author("Steps to put in: one addition, or a list of them.")
    )


@frozen(kw_only=True)
class Adaptation:
    """Where an adapted protocol comes from, who adapted it, and what was changed.

    ``changed`` holds the names of what was changed and the keys there that are new: of a step its
    id; else ``card``, ``care``, ``settings``, or nothing for the file itself. ``added`` holds a
    place, such as ``after heard``, and how many steps were put there.
    """

    base: str
    base_version: str
    adapted: Adapted
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    added: tuple[tuple[str, int], ...] = ()
