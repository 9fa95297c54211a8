"""The command that loads a release into a store elsewhere: push."""

from typing import Annotated

import typer

from api.console import complain, out, progress
from api.errors import COMPLAINT, DONE
from api.settings import Settings
from graph.store import Store

PUSH_EPILOG = """Examples:

cancu push http://localhost:7878/query

cancu push https://graphdb.example.org/repositories/policy

cancu push https://example.org/sparql --graph-store https://example.org/graphs

Credentials stand in the address (https://user:password@host/…) or in CANCU_STORE_USER and
CANCU_STORE_PASSWORD. docs/remote.md tells how each server is to be set up."""


def push_release(
    url: Annotated[str, typer.Argument(help="Where the server is asked: its SPARQL address.")],
    *,
    graph_store: Annotated[
        str | None,
        typer.Option(
            help="Where it takes graphs (SPARQL 1.1 Graph Store Protocol). "
            "Told from the address for Oxigraph, GraphDB, RDF4J, Fuseki, Virtuoso and Neptune.",
            show_default=False,
        ),
    ] = None,
    loaded: Annotated[
        bool,
        typer.Option(
            "--loaded",
            help="The release was loaded there in bulk already: count its graphs and say so there.",
        ),
    ] = False,
) -> int:
    """Load the published release into a SPARQL server elsewhere; only what differs is sent."""
    from api.engines import endpoint_of  # noqa: PLC0415 - HTTP costs every other command its time
    from graph.push import Target, push  # noqa: PLC0415

    settings = Settings()
    store = Store(settings.folder)
    queries = endpoint_of(url, settings)
    graphs = queries.beside(graph_store) if graph_store else queries.graph_store()
    with progress() as bar:
        task = bar.add_task("looking at what is there", total=None)
        report = push(
            store,
            Target(queries, graphs),
            is_loaded=loaded,
            progress=lambda done, of, words: bar.update(
                task, completed=done, total=of, description=words
            ),
        )
    for note in report.notes:
        complain(note)
    out.print(report.words(), markup=False)
    return COMPLAINT if report.notes else DONE
