"""The forms that an answer can be sent in, and the names they go by."""

from collections.abc import Mapping, Sequence
from typing import Literal, cast, get_args

from api.negotiation import Offer, choose
from api.problems import Problem, ProblemError
from graph.engine.asking import AnswerFormat, GraphFormat, TableFormat

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
PAGE = "html"

# In the order in which we send them where a client likes several equally well. The general types
# at the end are for tools that know no better; they get back what they asked for.
TABLES: tuple[Offer, ...] = (
    Offer("application/sparql-results+json", "json"),
    Offer("text/csv", "csv"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("text/html", PAGE),
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
    Offer("text/xml", "xml"),
    Offer("text/plain", "csv"),
)
GRAPHS: tuple[Offer, ...] = (
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/rdf+xml", "rdf"),
    Offer("text/html", PAGE),
    Offer("application/json", "jsonld"),
    Offer("application/xml", "rdf"),
    Offer("text/xml", "rdf"),
    Offer("text/plain", "nt"),
    Offer("application/x-turtle", "ttl"),
)
_NAMES: Mapping[str, str] = {
    "turtle": "ttl",
    "n3": "ttl",  # Turtle is a part of N3
    "ntriples": "nt",
    "n-triples": "nt",
    "rdf+xml": "rdf",
    "rdfxml": "rdf",
    "json-ld": "jsonld",
    "sparql-results+json": "json",
    "sparql-results+xml": "xml",
}
# `format=json` for a graph and the like: SPARQLWrapper names one format for every form.
_FOR_GRAPHS: Mapping[str, str] = {"json": "jsonld", "xml": "rdf", "text": "nt", "plain": "nt"}
_FOR_TABLES: Mapping[str, str] = {"text": "csv", "plain": "csv", "rdf": "xml", "jsonld": "json"}
_FORMATS = frozenset((*get_args(TableFormat), *get_args(GraphFormat)))
_TEXTS = frozenset({"text/csv", "text/tab-separated-values", "text/turtle", "text/plain"})


def offers_for(form: Form) -> Sequence[Offer]:
    """Return what an answer to that form of query can be sent as."""
    return TABLES if form in {"SELECT", "ASK"} else GRAPHS


def choose_offer(
    form: Form, accept: str | None, named: str | None, offers: Sequence[Offer] | None = None
) -> Offer:
    """Return how to send an answer: as `format=` says, or else as the client likes it best.

    Raises:
        ProblemError: there is no such format for that form of query.
    """
    offers = offers or offers_for(form)
    offer = _named(form, named, offers) if named else choose(accept, offers)
    if offer is None:
        available = sorted({offer.media_type for offer in offers})
        wanted = named or accept
        detail = f"an answer to {form} cannot be sent as {wanted!r}"
        raise ProblemError(Problem("not-acceptable", detail, {"available": available}))
    return offer


def content_type(offer: Offer) -> bytes:
    """Return the Content-Type of an answer."""
    charset = "; charset=utf-8" if offer.media_type in _TEXTS else ""
    return f"{offer.media_type}{charset}".encode("ascii")


def answer_format(offer: Offer) -> AnswerFormat:
    """Return what the engine is asked for; a page is made of other formats, see `api.sparql.page`.

    Raises:
        ValueError: the offer is a page.
    """
    if offer.name not in _FORMATS:
        message = f"{offer.name} is no format of the engine"
        raise ValueError(message)
    return cast("AnswerFormat", offer.name)


def _named(form: Form, named: str, offers: Sequence[Offer]) -> Offer | None:
    wanted = named.strip().lower()
    for offer in offers:
        if offer.media_type == wanted:
            return offer
    name = _NAMES.get(wanted, wanted)
    names = {offer.name for offer in offers}
    if name not in names:
        others = _FOR_TABLES if form in {"SELECT", "ASK"} else _FOR_GRAPHS
        name = others.get(name, name)
    return next((offer for offer in offers if offer.name == name), None)
