"""`/graphql` for who comes with a browser: GraphiQL, bundled, with operations to begin with."""

import secrets

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from api.catalogue.pages import script_words
from api.graphql.examples import examples
from api.pages.rendering import language_of, render, root_of
from api.pages.words import Language

# Its dialogs make a style sheet by script: the nonce is for that one. CodeMirror writes its markup
# as text with style attributes, for the width of its gutter; cursors are pictures in data URLs.
_POLICY = (
    "default-src 'none'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


async def show_graphiql(request: Request) -> Response:
    """Return the page in which operations are written and run."""
    nonce = secrets.token_urlsafe(16)
    start = {
        "endpoint": f"{root_of(request)}/graphql",
        "nonce": nonce,
        "examples": _examples(language_of(request)),
    }
    values = {"start": start, "words": script_words(request, "graphiql")}
    response = render(request, "graphiql.html", values)
    response.headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
    response.headers["Cache-Control"] = "no-store"
    return response


def _examples(language: Language) -> list[dict[str, str]]:
    default = f"Language! = {language.upper()}"
    return [
        {
            "name": one.name,
            "title": one.title[language],
            "text": one.text.replace("Language! = VI", default),
        }
        for one in examples()
    ]


def add_graphiql(app: FastAPI) -> None:
    """Add the page to an application; programs are answered before they come this far."""
    app.add_route("/graphql", show_graphiql, methods=["GET"], include_in_schema=False)
