"""What the editor completes: classes and properties of the release's own ontology, functions."""

from collections.abc import Mapping
from typing import Any

import orjson

from api.catalogue.functions import function_terms
from graph.engine.asking import Engine, Question
from graph.store import PREFIXES
from ontology.terms import BASE

# Prefixes of what the graph uses beside those that every query knows.
_FURTHER = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sdmx-a": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-m": "http://purl.org/linked-data/sdmx/2009/measure#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}
KNOWN_PREFIXES = {**PREFIXES, **_FURTHER}
# RDF's own words, which no ontology declares: name, Vietnamese, English.
_OF_RDF = (
    ("rdf:type", "thuộc lớp", "type"),
    ("rdfs:label", "nhãn", "label"),
    ("rdfs:comment", "ghi chú", "comment"),
    ("rdfs:subClassOf", "lớp con của", "subclass of"),
    ("rdfs:subPropertyOf", "thuộc tính con của", "subproperty of"),
)
_TERMS = f"""
PREFIX owl: <{_FURTHER["owl"]}>
PREFIX rdf: <{_FURTHER["rdf"]}>
PREFIX rdfs: <{_FURTHER["rdfs"]}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?iri ?isClass ?vi ?en ?viAbout ?enAbout WHERE {{
  GRAPH <{BASE}graph/ontology> {{
    {{ SELECT ?iri (MAX(?class) AS ?isClass) WHERE {{
      VALUES (?type ?class) {{
        (owl:Class true) (rdfs:Class true) (rdf:Property false) (owl:ObjectProperty false)
        (owl:DatatypeProperty false) (owl:AnnotationProperty false)
      }}
      ?iri a ?type
      FILTER(ISIRI(?iri))
    }} GROUP BY ?iri }}
    OPTIONAL {{ ?iri rdfs:label ?vi FILTER(LANG(?vi) = "vi") }}
    OPTIONAL {{ ?iri rdfs:label ?en FILTER(LANG(?en) = "en") }}
    OPTIONAL {{ ?iri skos:definition ?viAbout FILTER(LANG(?viAbout) = "vi") }}
    OPTIONAL {{ ?iri skos:definition ?enAbout FILTER(LANG(?enAbout) = "en") }}
  }}
}}
"""


async def read_terms(engine: Engine, release: str) -> dict[str, Any]:
    """Return the prefixes and terms of a release; a term without a known prefix is left out."""
    answer = await engine.ask(Question(_TERMS, release=release))
    rows = orjson.loads(await answer.read())["results"]["bindings"]
    terms = {name: _word_of_rdf(name, vi, en) for name, vi, en in _OF_RDF}
    terms |= {term["name"]: term for term in function_terms()}
    terms |= {term["name"]: term for row in rows if (term := _term(row))}
    return {"prefixes": KNOWN_PREFIXES, "terms": [terms[name] for name in sorted(terms)]}


def _term(row: Mapping[str, Mapping[str, str]]) -> dict[str, Any] | None:
    iri = row["iri"]["value"]
    name = _prefixed(iri)
    if name is None:
        return None
    return {
        "iri": iri,
        "name": name,
        "kind": "class" if row["isClass"]["value"] == "true" else "property",
        "vi": _value(row, "vi"),
        "en": _value(row, "en"),
        "about": {"vi": _value(row, "viAbout"), "en": _value(row, "enAbout")},
    }


def _word_of_rdf(name: str, vi: str, en: str) -> dict[str, Any]:
    prefix, _, local = name.partition(":")
    iri = KNOWN_PREFIXES[prefix] + local
    about = {"vi": "", "en": ""}
    return {"iri": iri, "name": name, "kind": "property", "vi": vi, "en": en, "about": about}


def _prefixed(iri: str) -> str | None:
    for prefix, namespace in KNOWN_PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.isidentifier():
            return f"{prefix}:{local}"
    return None


def _value(row: Mapping[str, Mapping[str, str]], column: str) -> str:
    return row[column]["value"] if column in row else ""
