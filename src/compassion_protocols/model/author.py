"""How a field of the model is written in a file: its key, and one line for the author.

The reader, the JSON Schema and the reference page are all made from this, so
the language has one description. A field without an :func:`author` entry
(``span``, ``linked``) is not the author's to write.

An adaptation writes some keys of a step, of the care or the card anew, in a file of its own. Such
a thing is :class:`Written` in two files, and a finding about one key can point :meth:`~.Written.at`
the file in which that key stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, fields, frozen

from compassion_protocols.findings import NOWHERE, Span

if TYPE_CHECKING:
    from attrs import Attribute

_KEY = "compassion_protocols.key"
_DOC = "compassion_protocols.doc"


@frozen(kw_only=True)
class Written:
    """Something of which an adaptation may write some keys anew.

    ``span`` is where it stands, ``anew`` where those keys do that stand in another file.
    """

    span: Span = field(default=NOWHERE, eq=False, repr=False)
    anew: tuple[tuple[str, Span], ...] = field(default=(), eq=False, repr=False)

    def at(self, *keys: str) -> Span:
        """Where the first of these keys stands that is written anew; if none is, the whole."""
        if not self.anew:
            return self.span
        anew = dict(self.anew)
        return next((anew[key] for key in keys if key in anew), self.span)


def author(doc: str, *, key: str = "") -> dict[str, str]:
    """Field metadata: ``doc`` for the author, and the ``key`` where it differs from the name."""
    return {_KEY: key, _DOC: doc}


def authored(cls: type) -> dict[str, Attribute[Any]]:
    """The fields of ``cls`` that an author writes, by the key each has in a file."""
    return {
        attribute.metadata[_KEY] or attribute.name: attribute
        for attribute in fields(cls)
        if _KEY in attribute.metadata
    }


def doc_of(attribute: Attribute[Any]) -> str:
    """The one line that explains this field to an author."""
    return str(attribute.metadata[_DOC])
