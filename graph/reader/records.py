"""Records of things by the names of their fields, for those who need no selection language.

    records = await read(reader, "Task", iris, "text", "section.title", "evidence.quote")
    records[0]["section"]["title"]

A dotted name goes on in the things a field leads to; `Agency.kind` is where a field is found that
only some of the things have.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.reader.asks import KIND, Ask, Need, Page, ask_of
from graph.reader.kinds import INTERFACES, KINDS, UNIONS, members
from graph.reader.model import Field, Form
from graph.reader.reading import Facts, Reader
from graph.reader.values import value_of

Record = dict[str, Any]
Tree = dict[str, "Tree"]
_LONGEST = 1000


async def read(
    reader: Reader, kind: str, iris: Sequence[str], *names: str, language: str = "vi"
) -> list[Record]:
    """Return a record of each node: "id", "kind" and the fields that are named.

    Args:
        reader: whom to ask.
        kind: of the nodes, or an interface or union that takes them in.
        iris: of the nodes; one that is not of the kind is left out.
        names: of fields, with dots where they go on.
        language: of labels, where there are some in it.
    """
    tree = _tree(names)
    need = _need(kind, tree)
    facts = Facts()
    await reader.fill(facts, iris, need)
    return _records(facts, kind, iris, tree, language)


async def read_one(
    reader: Reader, kind: str, iri: str, *names: str, language: str = "vi"
) -> Record | None:
    """Return the record of one node; None if there is no such node of that kind."""
    found = await read(reader, kind, [iri], *names, language=language)
    return found[0] if found else None


def fields_of(name: str) -> Mapping[str, Field]:
    """Return the fields that the members of a kind, interface or union have, all together."""
    if name in KINDS:
        return KINDS[name].fields
    shared = INTERFACES[name].fields if name in INTERFACES else {}
    own = {key: one for kind in members(name) for key, one in KINDS[kind].fields.items()}
    if name in UNIONS or name in INTERFACES:
        return own | dict(shared)
    message = f"no kind {name!r} is described"
    raise KeyError(message)


def _tree(names: Iterable[str]) -> Tree:
    tree: Tree = {}
    for name in names:
        branch = tree
        for part in name.split("."):
            branch = branch.setdefault(part, {})
    return tree


def _need(kind: str, tree: Tree) -> Need:
    need = Need()
    need.add(KIND)
    for name, branch in tree.items():
        one = _field(kind, name)
        if one.form is not Form.SPECIAL or one.paths:
            child = need.add(_ask(one))
            if one.of and one.form is Form.OBJECT:
                child.asks.update(_need(one.of, branch).asks)
    return need


def _field(kind: str, name: str) -> Field:
    fields = fields_of(kind)
    if name not in fields:
        message = f"{kind} has no field {name!r}; it has: {', '.join(sorted(fields))}"
        raise KeyError(message)
    return fields[name]


def _ask(one: Field) -> Ask:
    return ask_of(one, Page(_LONGEST) if one.paged else None)


def _records(
    facts: Facts, kind: str, iris: Iterable[str], tree: Tree, language: str
) -> list[Record]:
    kinds, allowed = facts.of(KIND), members(kind)
    found = [(iri, kinds.get(iri)) for iri in iris]
    return [
        _record(facts, iri, own, tree, language) for iri, own in found if own and own in allowed
    ]


def _record(facts: Facts, iri: str, kind: str, tree: Tree, language: str) -> Record:
    record: Record = {"id": iri, "kind": kind}
    fields = KINDS[kind].fields
    for name, branch in tree.items():
        if name not in fields or name == "id":
            continue
        one = fields[name]
        raw = facts.of(_ask(one)).get(iri)
        if one.form is not Form.OBJECT:
            record[name] = value_of(one, raw, language)
            continue
        objects = _objects(raw)
        below = _records(facts, one.of, objects, branch, language)
        record[name] = below if one.many else next(iter(below), None)
    return record


def _objects(raw: Any) -> Sequence[str]:  # noqa: ANN401 - what an ask keeps depends on its shape
    if raw is None:
        return ()
    if isinstance(raw, str):
        return (raw,)
    return tuple(getattr(raw, "iris", raw))
