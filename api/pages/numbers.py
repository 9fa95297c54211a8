"""Numbers in the query of an address."""

from starlette.requests import Request

from graph.describe import MOST_PAGES

_MOST_DIGITS = 9


def whole_number(request: Request, name: str, otherwise: int = 0) -> int:
    """Return a whole number that an address gives; what is none counts as not given."""
    text = request.query_params.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else otherwise


def page_number(request: Request, name: str = "page", otherwise: int = 1) -> int:
    """Return the number of a page that is asked for; `otherwise` if none is."""
    number = whole_number(request, name, otherwise)
    return min(max(number, min(otherwise, 1)), MOST_PAGES)
