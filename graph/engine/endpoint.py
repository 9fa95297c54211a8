"""The addresses of a SPARQL server elsewhere: where it is asked, where graphs are put, and as whom.

Only the host that is configured is contacted: no redirect is followed, no proxy is taken from the
environment. Credentials are kept apart from the address, so that no message or log shows them.
"""

import re
from dataclasses import dataclass, field

import httpx

from graph.errors import RemoteStoreError

_SCHEMES = ("http", "https")
# Where the server that answers at a path takes graphs; the first pattern that fits counts.
_GRAPH_STORES = (
    (re.compile(r"/query"), "/store"),  # Oxigraph
    (re.compile(r"(.*/repositories/[^/]+)"), r"\1/rdf-graphs/service"),  # GraphDB, RDF4J
    (re.compile(r"(/.+)/(?:query|sparql)"), r"\1/data"),  # Fuseki
    (re.compile(r"/sparql"), "/sparql-graph-crud-auth"),  # Virtuoso
)
_NEPTUNE = ".neptune.amazonaws.com"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a server, and the credentials that it wants.

    Attributes:
        url: the address, without credentials.
        user: "" for none.
        password: never shown.
    """

    url: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def auth(self) -> httpx.BasicAuth | None:
        """Return the credentials as httpx takes them."""
        return httpx.BasicAuth(self.user, self.password) if self.user else None

    def beside(self, url: str) -> "Endpoint":
        """Return another address of the same owner, with the same credentials."""
        other = parse_endpoint(url)
        return other if other.user else Endpoint(other.url, self.user, self.password)

    def graph_store(self) -> "Endpoint":
        """Return where the Graph Store Protocol is spoken, told from the address for queries.

        Raises:
            RemoteStoreError: the address is not that of a server known here.
        """
        url = httpx.URL(self.url)
        if url.host.endswith(_NEPTUNE):
            return self.beside(str(url.copy_with(path="/sparql/gsp/")))
        for pattern, path in _GRAPH_STORES:
            if match := pattern.fullmatch(url.path.rstrip("/")):
                return self.beside(str(url.copy_with(path=match.expand(path), query=None)))
        raise RemoteStoreError(
            self.url, "cannot tell where this server takes graphs; --graph-store names the address"
        )


def parse_endpoint(text: str, user: str = "", password: str = "") -> Endpoint:
    """Read an address; what it says of user and password counts more than the arguments.

    Raises:
        RemoteStoreError: it is no http or https address.
    """
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL as error:
        raise RemoteStoreError(_shown(text), f"no address: {error}") from error
    if url.scheme not in _SCHEMES or not url.host:
        raise RemoteStoreError(_shown(text), "no address of the form https://host/path")
    bare = str(url.copy_with(userinfo=b"", fragment=None))
    return Endpoint(bare, url.username or user, url.password or password)


def _shown(text: str) -> str:
    """Return an address that cannot be read, without what might be its credentials."""
    return re.sub(r"//[^/]*@", "//", text)
