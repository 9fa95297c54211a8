"""Questions of this package to a database: rows of a SELECT over the union of all graphs."""

from collections.abc import Collection, Iterator

import pyoxigraph as ox

# How many nodes are put into one query.
_MOST = 500


def rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    """Return the rows of a SELECT query over the union of all graphs."""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - all queries here are SELECT
    return iter(solutions)


def values_clause(variable: str, only: Collection[str] | None) -> Iterator[str]:
    """Yield the clauses that bind a variable to nodes, some at a time; one empty one for all."""
    if only is None:
        yield ""
        return
    nodes = [f"<{iri}>" for iri in sorted(only)]
    for start in range(0, len(nodes), _MOST):
        yield f"VALUES ?{variable} {{ {' '.join(nodes[start : start + _MOST])} }}"
