"""The command that serves the store on the web."""

from pathlib import Path
from typing import Annotated

import typer

from api.errors import UsageProblemError
from api.settings import Settings
from graph.errors import NoReleaseError
from graph.releases import Folder

SERVE_EPILOG = """Examples:

cancu serve

cancu serve --port 8001 --workers 4

CANCU_STORE=/srv/cancu CANCU_QUERY_SECONDS=10 cancu serve"""


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on: 127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port: 8000; 0 for any that is free.", min=0, max=65535)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that serve: 1", min=1, max=64)
    ] = None,
) -> int:
    """Serve the published release on the web: SPARQL at /sparql, pages, downloads.

    The address is printed when the server is up. Ctrl-C ends it; answers under way get their time.
    """
    given = {"host": host, "port": port, "workers": workers}
    settings = Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    _check_store(settings)
    from api.server import serve as serve_web  # noqa: PLC0415 the web costs every other command 1 s

    return serve_web(settings)


def _check_store(settings: Settings) -> None:
    if not isinstance(settings.store, Path):
        return
    try:
        Folder(settings.store).published()
    except NoReleaseError as error:
        message = f"{error}; load documents first: cancu load corpus"
        raise UsageProblemError(message) from error
