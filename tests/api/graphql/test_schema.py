"""The schema: written down, described throughout, and true to the ontology."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_specified_scalar_type,
    validate_schema,
)

from api.graphql.extras import DESCRIBED, EXTRAS, members
from api.graphql.printing import FILE, schema_text
from api.graphql.schema import CORE
from graph.reader.codes import code_lists
from graph.reader.kinds import INTERFACES, KINDS, UNIONS
from graph.reader.listings import LISTINGS
from graph.reader.model import Form, expand, terms_of
from ontology import read

OWL = "http://www.w3.org/2002/07/owl#"
_FREE = ("http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
UNPLACED = tomllib.loads(Path(__file__).with_name("unplaced.toml").read_text(encoding="utf-8"))


def test_schema_file_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run scripts/schema"


def test_schema_is_valid() -> None:
    assert validate_schema(CORE) == []


def _undescribed() -> Iterator[str]:
    """Yield each type, field, argument and value of an enumeration without a description."""
    for name, kind in CORE.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        parts: dict[str, Any] = {name: kind}
        for key, part in {**getattr(kind, "values", {}), **getattr(kind, "fields", {})}.items():
            parts[f"{name}.{key}"] = part
            for argument, taken in (getattr(part, "args", None) or {}).items():
                parts[f"{name}.{key}({argument})"] = taken
        yield from (shown for shown, part in parts.items() if not part.description)


def test_everything_is_described() -> None:
    assert list(_undescribed()) == []


def _declared() -> frozenset[str]:
    """Return the classes and properties that the ontology declares or defines."""
    found = set()
    for file in ("cancu.ttl", "external.ttl"):
        for quad in ox.parse(read(file).encode(), format=ox.RdfFormat.TURTLE):
            kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
            is_term = quad.predicate.value.endswith("#type") and kind.startswith(OWL)
            if is_term and isinstance(quad.subject, ox.NamedNode) and kind != f"{OWL}Ontology":
                found.add(quad.subject.value)
    return frozenset(found)


def _placed() -> frozenset[str]:
    """Return the classes and properties that the schema is made of."""
    found: set[str] = set()
    for kind in KINDS.values():
        found.update(kind.classes)
        for field in kind.fields.values():
            for path in (*field.paths, field.order):
                found.update(terms_of(path))
    for listing in LISTINGS.values():
        patterns = [listing.base, listing.document, *listing.sorts.values()]
        patterns += [one.pattern for one in listing.filters.values()]
        for pattern in patterns:
            found.update(terms_of(pattern))
    return frozenset(found)


def test_every_term_has_a_place_in_the_schema_or_a_reason() -> None:
    reasoned = [expand(term) for group in UNPLACED.values() for term in group["terms"]]

    assert len(reasoned) == len(set(reasoned))
    assert _declared() - _placed() == set(reasoned)


def test_the_schema_has_no_term_that_the_ontology_does_not_know() -> None:
    schemes = {"https://w3id.org/cancu/agency-kind"}
    unknown = {term for term in _placed() - _declared() if not term.startswith(_FREE)}

    assert unknown == schemes


@pytest.mark.parametrize("name", sorted({**KINDS, **INTERFACES}))
def test_described_fields_are_those_of_the_schema(name: str) -> None:
    described = INTERFACES[name] if name in INTERFACES else KINDS[name]
    kind = CORE.type_map[name]

    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    assert len(kind.fields) == len(described.fields)
    assert {one.name for one in kind.interfaces} == set(described.interfaces)


def test_every_class_of_facts_carries_evidence() -> None:
    # What is drawn from a document's words has their place; the register and the release have none.
    without = {name for name, kind in KINDS.items() if "evidence" not in kind.fields}

    assert without == {
        "Schedule", "Indicator", "Organization", "AgencyGroup", "AgencyKind", "Province", "Change",
        "CitedInstrument", "Evidence", "Extraction", "CuratedFact", "Dataset",
        "QualityMeasurement", "Code", "LegalBasis", "BasisGap",
    }  # fmt: skip


def test_code_lists_are_enumerations() -> None:
    for codes in code_lists().values():
        kind = CORE.type_map[codes.name]
        assert isinstance(kind, GraphQLEnumType)
        assert list(kind.values) == [code.name for code in codes.codes]


def test_objects_lead_to_kinds_that_there_are() -> None:
    for kind in (*KINDS.values(), *EXTRAS.values()):
        for field in kind.fields.values():
            if field.form in {Form.OBJECT, Form.SPECIAL} and field.of:
                assert all(name in DESCRIBED for name in members(field.of)), field


def test_unions_hold_kinds() -> None:
    assert all(name in KINDS for names in UNIONS.values() for name in names)
