"""What all pages of one server share, and what the pages of one request ask."""

from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from api.front import EXCHANGE
from api.pages.making import Maker
from api.pages.rendering import release_of
from api.pages.resource import Vocabulary
from api.pages.shelf import Shelf
from graph.engine.asking import Engine
from graph.engine.pinned import Pinned
from graph.errors import NoIndexError
from graph.index.texts import Texts
from graph.quotes import Sources
from graph.releases import Folder

_KEPT_BYTES = 32_000_000


@dataclass(slots=True)
class Site:
    """What pages are made from.

    Attributes:
        engine: answers all questions.
        folder: of the store; None if it is elsewhere.
        sources: the sources of the documents.
        vocabulary: labels of the ontology.
        maker: makes the files to download.
        shelf: pages made a moment ago.
    """

    engine: Engine
    folder: Path | None
    sources: Sources
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    maker: Maker = field(default_factory=Maker)
    shelf: Shelf = field(default_factory=lambda: Shelf(_KEPT_BYTES))
    _index: tuple[str, Texts] | None = None

    def index(self, release: str) -> Texts:
        """Return the full-text index of a release.

        Raises:
            NoIndexError: it has none.
        """
        if self.folder is None:
            raise NoIndexError(Path(release))
        if self._index is None or self._index[0] != release:
            self._index = release, Texts(Folder(self.folder).release(release))
        return self._index[1]


def site_of(request: Request) -> Site:
    """Return what the pages of a server share; made when the first page is asked for."""
    state = request.app.state
    site: Site | None = getattr(state, "site", None)
    if site is None:
        folder = state.settings.store if isinstance(state.settings.store, Path) else None
        site = state.site = Site(state.engine, folder, Sources(folder))
    return site


def asked_by(request: Request) -> Pinned:
    """Return the engine for one request: one release, on its client's account."""
    exchange = request.scope.get(EXCHANGE)
    client = exchange.client if exchange else ""
    return Pinned(request.app.state.engine, release_of(request), client)
