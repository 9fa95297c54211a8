"""Every kind of thing in the graph, described."""

from collections.abc import Mapping
from types import MappingProxyType

from graph.reader.kinds import agencies, basis, documents, evidence, facts, release, tasks
from graph.reader.kinds.common import EXTRACTED, NODE, PLACED
from graph.reader.kinds.documents import DOCUMENT, INSTRUMENT
from graph.reader.model import Interface, Kind

_DOCUMENTS = ("Plan", "Resolution", "OtherDocument")
_MODULES = (documents, tasks, facts, agencies, evidence, release, basis)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {one.name: one for module in _MODULES for one in module.KINDS}
)
INTERFACES: Mapping[str, Interface] = MappingProxyType(
    {one.name: one for one in (NODE, EXTRACTED, PLACED, INSTRUMENT, DOCUMENT, agencies.AGENCY)}
)
UNIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Place": (*_DOCUMENTS, "Section", "Task"),
        "ChangedThing": ("Organization", "AgencyGroup", "AgencyKind", "Province"),
        "Meaning": ("Code", "Organization"),
        "Fact": (
            *(kind.name for kind in KINDS.values() if "Extracted" in kind.interfaces),
            *_DOCUMENTS,
        ),
        "Resting": ("Task", *_DOCUMENTS, "CitedInstrument"),
        "Parent": ("Section", *_DOCUMENTS),
    }
)
# A node has many classes; the first kind whose classes it all has is its kind.
_BY_PRECISION = sorted(
    (kind for kind in KINDS.values() if kind.classes),
    key=lambda kind: -len(kind.classes),
)


def members(name: str) -> tuple[str, ...]:
    """Return the kinds that an interface, a union or a kind takes in."""
    if name in KINDS:
        return (name,)
    if name in UNIONS:
        return UNIONS[name]
    return tuple(kind.name for kind in KINDS.values() if name in kind.interfaces)


def kind_of(classes: frozenset[str]) -> str | None:
    """Return the kind of a node that is a member of classes."""
    for kind in _BY_PRECISION:
        if classes.issuperset(kind.classes):
            return kind.name
    return None
