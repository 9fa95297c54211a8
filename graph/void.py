"""The dataset as a server describes it: what the release says, and where all of it opens."""

from collections.abc import Sequence

from graph import iris
from graph.dataset import DATASET
from graph.engine.asking import Answer, GraphFormat, Question
from graph.engine.pinned import Asked
from ontology.terms import DCTERMS, FOAF, RDF_TYPE, VOID

_IDENTIFIER = f"{DCTERMS.NS}identifier"
_DUMP = "dump"


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
}} WHERE {{ GRAPH <{iris.SHARED_GRAPHS["meta"]}> {{ ?s ?p ?o }} }}"""
