"""Whole releases to download, and the description of the dataset."""

import gzip
import hashlib
import subprocess
import sys
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph.dumps import KINDS, Kind, find_dump, make_dump, place_of
from graph.errors import StoreError, UnknownReleaseError
from graph.store import Store
from ontology.terms import BASE
from tests.api.pages.conftest import HUNG_YEN

_FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_dump_loads_into_the_same_graph(client: httpx.Client, store: Store, kind: Kind) -> None:
    url = f"/dumps/{store.release.id}/cancu.{kind}.gz"
    answer = client.get(url)
    listed = client.get(f"{url}.sha256").text

    copy = ox.Store()
    copy.load(gzip.decompress(answer.content), format=_FORMATS[kind])
    assert set(copy) == set(store.database)
    assert listed == f"{hashlib.sha256(answer.content).hexdigest()}  cancu.{kind}.gz\n"
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers


def test_the_quads_are_canonical(client: httpx.Client, store: Store) -> None:
    answer = client.get(f"/dumps/{store.release.id}/cancu.nq.gz")

    assert gzip.decompress(answer.content) == store.dump("nq")


def test_a_download_can_be_resumed(client: httpx.Client, store: Store) -> None:
    url = f"/dumps/{store.release.id}/cancu.nq.gz"
    whole = client.get(url)
    etag = whole.headers["etag"]

    part = client.get(url, headers={"range": "bytes=1000-1999", "if-range": etag})
    changed = client.get(url, headers={"range": "bytes=1000-1999", "if-range": '"another"'})
    beyond = client.get(url, headers={"range": "bytes=999999999-"})
    fresh = client.get(url, headers={"if-none-match": etag})

    assert (part.status_code, part.content) == (206, whole.content[1000:2000])
    # The file is another: the whole of it.
    assert (changed.status_code, changed.content) == (200, whole.content)
    assert beyond.status_code == 416
    assert (fresh.status_code, fresh.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["ffffffffffffffff/cancu.nq.gz", "%2e%2e/cancu.nq.gz", "{id}/cancu.zip", "{id}/making"],
)
def test_what_is_no_dump_is_missing(client: httpx.Client, store: Store, path: str) -> None:
    assert client.get("/dumps/" + path.replace("{id}", store.release.id)).status_code == 404


def test_the_list_names_the_releases(client: httpx.Client, store: Store) -> None:
    page = client.get("/dumps")

    assert store.release.id in page.text
    assert all(f"cancu.{kind}.gz.sha256" in page.text for kind in KINDS)


def test_a_full_disk_leaves_no_half_file(corpus_store: Path, tmp_path: Path, store: Store) -> None:
    """Let no file grow past some kilobytes, as on a disk that is full."""
    folder = _linked(corpus_store, tmp_path)
    code = (
        "import resource, signal, sys; from graph.dumps import main;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, str(folder), store.release.id, "trig"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.strip() == "File too large"
    assert find_dump(folder, store.release.id, "trig") is None
    assert [p.name for p in place_of(folder, store.release.id, "trig").parent.iterdir()] == [
        "making"
    ]
    # With room again, it is made.
    assert make_dump(folder, store.release.id, "trig").path.is_file()


def test_a_folder_that_cannot_be_written_is_said(
    corpus_store: Path, tmp_path: Path, store: Store
) -> None:
    folder = _linked(corpus_store, tmp_path)
    (folder / "dumps").write_text("a file stands where the folder should be")

    with pytest.raises(StoreError, match="dumps"):
        make_dump(folder, store.release.id, "nq")


def test_files_of_releases_that_are_gone_go_too(
    corpus_store: Path, tmp_path: Path, store: Store
) -> None:
    folder = _linked(corpus_store, tmp_path)
    left = folder / "dumps" / "0000000000000000"
    left.mkdir(parents=True)

    made = make_dump(folder, store.release.id, "jsonld")

    assert made == find_dump(folder, store.release.id, "jsonld")
    assert not left.exists()
    with pytest.raises(UnknownReleaseError):
        find_dump(folder, "0000000000000000", "nq")


def test_void_describes_the_dataset(client: httpx.Client, store: Store) -> None:
    answer = client.get("/.well-known/void")
    triples = {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    said = {(t.predicate.value.rpartition("#")[2], _value(t.object)) for t in triples}
    here = str(client.base_url).rstrip("/")

    assert answer.headers["content-type"].startswith("text/turtle")
    assert ("sparqlEndpoint", f"{here}/sparql") in said
    assert ("dataDump", f"{here}/dumps/{store.release.id}/cancu.nq.gz") in said
    assert ("exampleResource", BASE + HUNG_YEN[1:]) in said
    # Every graph of the release but the one that says so.
    assert len([name for name, _ in said if name == "subset"]) == len(store.release.graphs) - 1


def test_a_browser_gets_a_page_of_the_dataset(client: httpx.Client) -> None:
    headers = {"accept": "text/html"}
    answer = client.get("/.well-known/void", headers=headers, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.url.path == "/dataset.html"


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def _linked(corpus_store: Path, tmp_path: Path) -> Path:
    """Return a store with the same releases and a folder of dumps of its own."""
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("releases", "sources", "current"):
        (folder / name).symlink_to(corpus_store / name)
    return folder
