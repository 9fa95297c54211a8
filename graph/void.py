"""The dataset as a server describes it: what the release says, and where all of it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from graph import iris
from graph.dataset import DATASET
from graph.engine.asking import Answer, GraphFormat, Question
from graph.engine.pinned import Asked
from ontology.terms import DCTERMS, FOAF, RDF_TYPE, VOID

_META = iris.SHARED_GRAPHS["meta"]
_COUNTS = f"""SELECT ?of ?count WHERE {{ GRAPH <{_META}> {{
  {{ <{DATASET}> <{VOID.triples}> ?count }}
  UNION {{ ?part <{VOID.class_}> ?of ; <{VOID.entities}> ?count }}
}} }}"""
_IDENTIFIER = f"{DCTERMS.NS}identifier"
_DUMP = "dump"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a release holds.

    Attributes:
        triples: statements.
        members: of each class.
    """

    triples: int
    members: Mapping[str, int]


async def counts_of(engine: Asked) -> Counts:
    """Return how much a release says that it holds."""
    answer = await engine.ask(Question(_COUNTS))
    rows = orjson.loads(await answer.read())["results"]["bindings"]
    members = {row["of"]["value"]: int(row["count"]["value"]) for row in rows if "of" in row}
    triples = sum(int(row["count"]["value"]) for row in rows if "of" not in row)
    return Counts(triples, members)


async def void_of(
    engine: Asked,
    answer_format: GraphFormat,
    release: str,
    pages: dict[str, str],
    dumps: Sequence[str],
) -> Answer:
    """Answer with the description of a release.

    Args:
        engine: the engine.
        answer_format: how the graph is written.
        release: id of the release.
        pages: addresses: "description" of this answer, "home" of the server, "sparql" of its
            endpoint.
        dumps: addresses of the files to download.
    """
    names = [f"{_DUMP}{number}" for number in range(len(dumps))]
    bindings = {
        "release": ("string", release),
        **{name: ("iri", address) for name, address in pages.items()},
        **{name: ("iri", address) for name, address in zip(names, dumps, strict=True)},
    }
    return await engine.ask(Question(_query(names), answer_format=answer_format, bindings=bindings))


def _query(dumps: Sequence[str]) -> str:
    files = "".join(f"<{DATASET}> <{VOID.NS}dataDump> ?{name} . " for name in dumps)
    return f"""CONSTRUCT {{
  ?s ?p ?o .
  ?description <{RDF_TYPE}> <{VOID.NS}DatasetDescription> ; <{FOAF.NS}primaryTopic> <{DATASET}> .
  <{DATASET}> <{FOAF.NS}homepage> ?home ; <{VOID.NS}sparqlEndpoint> ?sparql ;
    <{_IDENTIFIER}> ?release .
  {files}
}} WHERE {{ GRAPH <{_META}> {{ ?s ?p ?o }} }}"""
