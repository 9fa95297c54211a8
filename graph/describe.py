"""What a release says of one IRI, asked through an engine: for pages, and as a graph.

Nothing is pasted into a query: an IRI is bound, numbers are our own. However many links lead to a
resource, an answer is bounded: statements and incoming links come in pages, and links are counted
no further than `MOST_COUNTED`.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import orjson

from graph import iris
from graph.engine.asking import Answer, GraphFormat, Question
from graph.engine.pinned import Asked
from graph.statements import Page, Pointing, Statement, Value
from ontology.terms import CANCU, DCTERMS, ELI, FOAF, OA, RDFS_LABEL, SKOS, SPDX

PAGE = 200
MOST_COUNTED = 20_000
MOST_PAGES = 500
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"
_TOPIC = f"{FOAF.NS}primaryTopic"
_SEE_ALSO = "http://www.w3.org/2000/01/rdf-schema#seeAlso"

# What a node is called, the best first.
_NAMES = (
    SKOS.prefLabel,
    RDFS_LABEL,
    ELI.id_local,
    FOAF.name,
    CANCU.agencyName,
    DCTERMS.title,
    CANCU.statedKey,
    CANCU.fileName,
    CANCU.text,
    CANCU.message,
    OA.exact,
)
_NAMED = "VALUES ?how { " + " ".join(f"<{name}>" for name in _NAMES) + " }"

# A graph that describes nothing is still the name of a graph, and a property need only be used.
_EXISTS = """ASK {
  { ?this ?p ?o } UNION { ?s ?p ?this } UNION { ?s ?this ?o } UNION { GRAPH ?this { ?s ?p ?o } }
}"""
_OUTGOING = f"""SELECT ?this ?p ?o ?g ?how ?name WHERE {{
  {{ SELECT ?this ?p ?o ?g {{ GRAPH ?g {{ ?this ?p ?o }} }} OFFSET %d LIMIT %d }}
  OPTIONAL {{ {_NAMED} ?o ?how ?name }}
}}"""
_INCOMING = f"""SELECT ?this ?p ?s ?g ?how ?name WHERE {{
  {{ SELECT ?this ?p ?s ?g {{ GRAPH ?g {{ ?s ?p ?this }} }} OFFSET %d LIMIT %d }}
  OPTIONAL {{ {_NAMED} ?s ?how ?name }}
}}"""
_POINTING = f"""SELECT ?this ?p (COUNT(*) AS ?count) {{
  SELECT ?this ?p {{ ?s ?p ?this }} LIMIT {MOST_COUNTED + 1}
}} GROUP BY ?this ?p"""
_NAMES_OF = f"SELECT ?this ?how ?name {{ {_NAMED} ?this ?how ?name }} LIMIT 50"
_WORDS = f"""SELECT ?term ?how ?name {{
  GRAPH <{iris.SHARED_GRAPHS["ontology"]}> {{
    VALUES ?how {{ <{RDFS_LABEL}> <{SKOS.prefLabel}> }} ?term ?how ?name
  }}
}}"""
# What is beyond the first ten thousands cannot be put in order in good time.
_MEMBERS = f"""SELECT ?this ?s {{
  {{ SELECT ?this ?s {{ ?s a ?this }} LIMIT {MOST_COUNTED} }}
}} ORDER BY ?s OFFSET %d LIMIT %d"""
_USES = "SELECT ?this ?s { ?s ?this ?o } LIMIT %d"

# The parts of a page that have no path of their own: the terms of the vocabulary, the stretches of
# a text with their selectors, the checksum of a file.
_FRAGMENTS = f"""
  {{ ?this ?p ?o . BIND(?this AS ?s) }}
  UNION {{ ?s <{_DEFINED_BY}> ?this ; ?p ?o }}
  UNION {{ ?s <{OA.hasSource}> ?this ; ?p ?o }}
  UNION {{ ?stretch <{OA.hasSource}> ?this ; <{OA.hasSelector}> ?s . ?s ?p ?o }}
  UNION {{ ?this <{SPDX.checksum}> ?s . ?s ?p ?o }}"""
_STATED = f"""CONSTRUCT {{ ?s ?p ?o . ?page <{_TOPIC}> ?this ; <{_SEE_ALSO}> ?pointing }}
WHERE {{ {_FRAGMENTS} UNION {{ BIND(?this AS ?topic) }} }}"""
_POINTED = """CONSTRUCT { ?s ?p ?this } WHERE {
  SELECT ?s ?p ?this { ?s ?p ?this } OFFSET %d LIMIT %d
}"""
_FRAGMENT_LIST = f"""SELECT ?this ?s ?how ?name WHERE {{
  ?s <{_DEFINED_BY}> ?this
  OPTIONAL {{ {_NAMED} ?s ?how ?name }}
}}"""


async def exists(engine: Asked, iri: str) -> bool:
    """Tell whether a release knows an IRI, as node, property or graph."""
    answer = await engine.ask(_about(iri, _EXISTS))
    return bool(orjson.loads(await answer.read())["boolean"])


async def names_of(engine: Asked, iri: str) -> Mapping[str, str]:
    """Return what a node is called, by language."""
    return _best_names(await _rows(engine, _about(iri, _NAMES_OF)))


async def statements_of(engine: Asked, iri: str, page: int = 1, size: int = PAGE) -> Page:
    """Return a page of the statements that have an IRI as their subject."""
    rows = await _rows(engine, _about(iri, _OUTGOING % _window(page, size)))
    return _page(rows, "o", size)


async def pointing_to(engine: Asked, iri: str, page: int = 1, size: int = PAGE) -> Page:
    """Return a page of the statements that have an IRI as their object."""
    rows = await _rows(engine, _about(iri, _INCOMING % _window(page, size)))
    return _page(rows, "s", size)


async def uses_of(engine: Asked, iri: str, most: int) -> list[str]:
    """Return the first subjects of statements that have an IRI as their property."""
    rows = await _rows(engine, _about(iri, _USES % most))
    return list(dict.fromkeys(row["s"]["value"] for row in rows))


async def count_pointing(engine: Asked, iri: str) -> Pointing:
    """Count the links to a resource by property."""
    rows = await _rows(engine, _about(iri, _POINTING))
    counts = Counter({row["p"]["value"]: int(row["count"]["value"]) for row in rows})
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return Pointing(tuple(ordered), counts.total() <= MOST_COUNTED)


async def members_of(engine: Asked, iri: str, page: int, size: int = PAGE) -> list[str]:
    """Return the members of a class, in order; one more than a page if others follow."""
    offset, limit = _window(page, size)
    rows = await _rows(engine, _about(iri, _MEMBERS % (offset, limit)))
    return [row["s"]["value"] for row in rows]


async def fragments_of(engine: Asked, iri: str) -> list[Value]:
    """Return the terms that a page defines, such as those of the vocabulary, by IRI."""
    rows = await _rows(engine, _about(iri, _FRAGMENT_LIST))
    return sorted(_named(rows, "s").values(), key=lambda value: value.value)


async def words_of_the_ontology(engine: Asked) -> dict[str, Mapping[str, str]]:
    """Return the labels of classes, properties and codes, by IRI and language."""
    rows = await _rows(engine, Question(_WORDS))
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["term"]["value"], []).append(row)
    return {term: _best_names(own) for term, own in grouped.items()}


async def graph_of(
    engine: Asked,
    iri: str,
    answer_format: GraphFormat,
    page: str,
    pointing: str,
) -> Answer:
    """Answer with all statements about an IRI and about the fragments of its page.

    The graph also says of which page (`page`, an IRI) the resource is the topic, and where
    (`pointing`, an IRI) the statements are that point to it.
    """
    pages = {"page": ("iri", page), "pointing": ("iri", pointing)}
    return await engine.ask(
        Question(
            _STATED,
            answer_format=answer_format,
            bindings={"this": ("iri", iri), **pages},
        )
    )


async def pointing_graph(engine: Asked, iri: str, answer_format: GraphFormat, page: int) -> Answer:
    """Answer with a page of the statements that have an IRI as their object, as a graph."""
    offset, limit = _window(page, PAGE)
    question = _about(iri, _POINTED % (offset, limit - 1), answer_format)
    return await engine.ask(question)


def _about(iri: str, text: str, answer_format: GraphFormat | None = None) -> Question:
    return Question(
        text,
        answer_format=answer_format or "json",
        bindings={"this": ("iri", iri)},
    )


def _window(page: int, size: int) -> tuple[int, int]:
    """Return offset and limit of a page, and one more to see whether another follows."""
    return (min(max(page, 1), MOST_PAGES) - 1) * size, size + 1


async def _rows(engine: Asked, question: Question) -> list[dict[str, Any]]:
    answer = await engine.ask(question)
    rows: list[dict[str, Any]] = orjson.loads(await answer.read())["results"]["bindings"]
    return rows


def _page(rows: list[dict[str, Any]], end: str, size: int) -> Page:
    values = _named(rows, end)
    found: dict[tuple[str, str, str], Statement] = {}
    for row in rows:
        key = (row["p"]["value"], _key(row[end]), row["g"]["value"])
        found.setdefault(key, Statement(key[0], values[key[1]], key[2]))
    statements = list(found.values())
    return Page(tuple(statements[:size]), len(statements) > size)


def _named(rows: list[dict[str, Any]], end: str) -> dict[str, Value]:
    """Return the values of a column, each with its names from all its rows."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(_key(row[end]), []).append(row)
    return {key: _value(own[0][end], own) for key, own in grouped.items()}


def _key(term: dict[str, str]) -> str:
    return " ".join(
        (term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))
    )


def _value(term: dict[str, str], rows: list[dict[str, Any]]) -> Value:
    if term["type"] != "literal":
        return Value(term["value"], is_iri=True, names=_best_names(rows))
    datatype = term.get("datatype", "")
    kind = "" if datatype == _XSD_STRING else datatype
    return Value(term["value"], is_iri=False, language=term.get("xml:lang", ""), datatype=kind)


def _best_names(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return one name for each language, taken from the best property that gives one."""
    best: dict[str, tuple[int, str]] = {}
    for row in rows:
        if "name" not in row:
            continue
        language = row["name"].get("xml:lang", "")
        candidate = (_NAMES.index(row["how"]["value"]), row["name"]["value"])
        best[language] = min(candidate, best.get(language, candidate))
    return {language: name for language, (_, name) in sorted(best.items())}
