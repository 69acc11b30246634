"""How a field of the model is written in a file: its key, and one line for the author.

The reader, the JSON Schema and the reference page are all made from this, so
the language has one description. A field without an :func:`author` entry
(``span``, ``linked``) is not the author's to write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import fields

if TYPE_CHECKING:
    from attrs import Attribute

_KEY = "compassion_protocols.key"
_DOC = "compassion_protocols.doc"


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
