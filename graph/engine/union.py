"""How a server is told that a query without a dataset is about the union of all named graphs.

GraphDB, RDF4J, Virtuoso, Neptune and Blazegraph answer over the union anyway. Oxigraph, Fuseki and
Stardog have an empty default graph of their own unless they are told, each in its way. A list of
all graphs would say it everywhere, and is hopeless: with 660 of them a join does not end.
"""

from collections.abc import Mapping

from graph.marker import MARKER_GRAPH, VERSION

UNION_WAYS: tuple[Mapping[str, str], ...] = (
    {},
    {"union-default-graph": "true"},  # Oxigraph
    {"default-graph-uri": "urn:x-arq:UnionGraph"},  # Fuseki
    {"default-graph-uri": "tag:stardog:api:context:all"},
)
# The marker is the one statement of which is known that it stands in a named graph only.
PROBE = f"ASK {{ <{MARKER_GRAPH}> <{VERSION}> ?release }}"
RELEASE = (
    f"SELECT ?release {{ GRAPH <{MARKER_GRAPH}> {{ <{MARKER_GRAPH}> <{VERSION}> ?release }} }}"
)
NO_UNION = (
    "the default graph of this server is not the union of its named graphs, and it cannot be told "
    "to be; see docs/remote.md"
)
