"""In which form a resource is answered: by the suffix of its path, else by the Accept header."""

from dataclasses import dataclass

from api.negotiation import Offer
from api.negotiation import choose as choose_offer
from graph.engine.asking import GraphFormat


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a resource is described.

    Attributes:
        suffix: the end of the path that asks for it.
        media_type: what the answer says of itself.
        graph_format: how an engine writes it; None for a page.
    """

    suffix: str
    media_type: str
    graph_format: GraphFormat | None

    @property
    def bare_type(self) -> str:
        """The media type without parameters."""
        return self.media_type.partition(";")[0]


HTML = Form("html", "text/html; charset=utf-8", None)
TURTLE = Form("ttl", "text/turtle; charset=utf-8", "ttl")
FORMS = (
    HTML,
    TURTLE,
    Form("jsonld", "application/ld+json", "jsonld"),
    Form("nt", "application/n-triples; charset=utf-8", "nt"),
    Form("rdf", "application/rdf+xml; charset=utf-8", "rdf"),
)
_BY_SUFFIX = {form.suffix: form for form in FORMS}
# What else asks for a form; after the forms' own types, so that a wildcard means those.
_ALSO = (
    Offer("application/xhtml+xml", "html"),
    Offer("application/x-turtle", "ttl"),
    Offer("application/json", "jsonld"),
    Offer("text/plain", "nt"),
    Offer("application/xml", "rdf"),
)
_OFFERS = (*(Offer(form.bare_type, form.suffix) for form in FORMS), *_ALSO)


def split_suffix(path: str) -> tuple[str, Form | None]:
    """Return a path without the suffix that asks for a form, and the form; None if it has none."""
    stem, dot, suffix = path.rpartition(".")
    form = _BY_SUFFIX.get(suffix) if dot and stem else None
    return (stem, form) if form else (path, None)


def form_named(name: str) -> Form | None:
    """Return the form of a suffix."""
    return _BY_SUFFIX.get(name)


def choose(accept: str | None, preferred: Form = HTML) -> Form | None:
    """Return the form that an Accept header wants most; None if it wants none of them.

    Where it has no preference, the one that is preferred here wins.
    """
    ours = sorted(_OFFERS, key=lambda offer: offer.media_type != preferred.bare_type)
    offer = choose_offer(accept, ours)
    return _BY_SUFFIX[offer.name] if offer else None


def forms_of(path: str) -> list[tuple[str, str]]:
    """Return media type and address of each form of a resource, given its path without suffix."""
    return [(form.bare_type, f"{path}.{form.suffix}") for form in FORMS]
