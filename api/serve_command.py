"""The command that serves the store on the web."""

import difflib
import os
from pathlib import Path
from typing import Annotated

import typer

from api.console import complain
from api.errors import UsageProblemError
from api.settings import Settings
from graph.errors import NoReleaseError
from graph.releases import Folder

_OTHERS = frozenset({"CANCU_URL"})  # by which notebooks find the server
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
    _tell_misspelt()
    _check_store(settings)
    from api.server import serve as serve_web  # noqa: PLC0415 the web costs every other command 1 s

    return serve_web(settings)


def _tell_misspelt() -> None:
    """Warn of settings that nobody reads: a limit that was misspelt limits nothing."""
    known = {f"CANCU_{name.upper()}" for name in Settings.model_fields} | _OTHERS
    for name in sorted(os.environ):
        if name.startswith("CANCU_") and name not in known:
            like = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {like[0]}?" if like else ""
            complain(f"{name} is no setting of the server{hint}")


def _check_store(settings: Settings) -> None:
    if not isinstance(settings.store, Path):
        return
    try:
        Folder(settings.store).published()
    except NoReleaseError as error:
        message = f"{error}; load documents first: cancu load corpus"
        raise UsageProblemError(message) from error
