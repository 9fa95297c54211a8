"""What one load leaves for the next, so that it need not look at the whole store: `ledger.json`.

It holds nothing that the database of the release does not say; without it, or where another version
of this package wrote it, all that documents share is described anew.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from graph.dataset import Statistics
from graph.dump import GraphSum
from graph.iris import SHARED_GRAPHS
from graph.releases import Folder, Release

LEDGER = "ledger.json"
_PACKAGES = ("graph", "loaders", "ontology")
_MAKING = (".py", ".ttl", ".toml", ".csv", ".json", ".txt")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of a release.

    Attributes:
        maker: digest of the code and the data that described what documents share.
        sums: of the graphs that follow changes, by IRI.
        statistics: what the release counts.
        loose: how many quads were written or removed since the database was compacted.
    """

    maker: str
    sums: Mapping[str, GraphSum]
    statistics: Statistics
    loose: int = 0

    def to_json(self) -> str:
        """Return the text of `ledger.json`."""
        counted = self.statistics
        values = {
            "maker": self.maker,
            "sums": {iri: [f"{one.total:x}", one.quads] for iri, one in self.sums.items()},
            "subjects": counted.subjects,
            "classes": counted.classes,
            "properties": counted.properties,
            "loose": self.loose,
        }
        return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def read_ledger(folder: Folder, release: Release) -> Ledger | None:
    """Return what was left with a release; None if it cannot be used."""
    try:
        text = (folder.release(release.id) / LEDGER).read_text(encoding="utf-8")
        counted = {graph: entry.quads for graph, entry in release.graphs.items()}
        counted.pop(SHARED_GRAPHS["meta"], None)
        return parse_ledger(text, counted)
    except (OSError, ValueError, TypeError, KeyError):
        return None  # it only saves work


def parse_ledger(text: str, graphs: Mapping[str, int]) -> Ledger:
    """Read the text of `ledger.json`.

    Args:
        text: of the file.
        graphs: the size of each graph that is counted, which `release.json` says.
    """
    values: dict[str, Any] = json.loads(text)
    counted = (values[name] for name in ("classes", "properties"))
    return Ledger(
        values["maker"],
        {iri: GraphSum(int(total, 16), quads) for iri, (total, quads) in values["sums"].items()},
        Statistics(values["subjects"], graphs, *counted),
        values["loose"],
    )


@lru_cache(maxsize=1)
def maker() -> str:
    """Return a digest of all code and data of this package that a release is made by."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in _files(resources.files(package)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir():
            yield from _files(path)
        elif path.name.endswith(_MAKING):
            yield path
