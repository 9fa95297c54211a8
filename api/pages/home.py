"""The first page: what this is, how much there is, and all ways in."""

from starlette.requests import Request
from starlette.responses import Response

from api.pages.document import documents_on
from api.pages.freshness import etag_of, keep, not_modified
from api.pages.rendering import has_route, render, root_of
from api.pages.site import asked_by
from graph.void import counts_of
from ontology.terms import CANCU, OA, ORG

_FEW = 6
_WAYS = (
    ("/documents", "menu.documents", "home.way_documents"),
    ("/queries", "menu.queries", "home.way_queries"),
    ("/editor", "menu.sparql", "home.way_sparql"),
    ("/graphql", "menu.graphql", "home.way_graphql"),
    ("/dumps", "menu.dumps", "home.way_dumps"),
)
_CLASSES = (
    (CANCU.Document, "home.count_documents"),
    (CANCU.Task, "home.count_tasks"),
    (CANCU.Citation, "home.count_citations"),
    (ORG.FormalOrganization, "home.count_agencies"),
    (OA.Annotation, "home.count_evidence"),
)


async def home(request: Request) -> Response:
    """Answer with the first page."""
    etag = etag_of(request, "html")
    if (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    counts = await counts_of(asked_by(request))
    root = root_of(request)
    documents, _ = await documents_on(request, 1, _FEW)
    values = {
        "numbers": [
            *((name, counts.members.get(iri, 0)) for iri, name in _CLASSES),
            ("home.count_statements", counts.triples),
        ],
        "ways": [
            *(
                (root + path, name, about)
                for path, name, about in _WAYS
                if has_route(request, path)
            ),
            (f"{root}/ns", "menu.vocabulary", "home.way_vocabulary"),
        ],
        "documents": documents,
    }
    return keep(render(request, "home.html", values), etag)
