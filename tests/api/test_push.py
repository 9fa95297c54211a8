"""`cancu push`, and questions to a store elsewhere, against Oxigraph's own server."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from api.cli import run
from api.errors import COMPLAINT, DONE, REFUSED
from graph.engine.endpoint import Endpoint, parse_endpoint
from graph.errors import RemoteStoreError
from graph.marker import MARKER_GRAPH, Marker, is_passing, parse_marker
from graph.push import PushReport, Target, push
from graph.releases import Folder
from graph.store import Store
from tests.foreign import Foreign, oxigraph
from tests.serving import serving

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "corpus" / "ninh-binh-ke-hoach-03-nq-cp.md"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.push.NOTICE", 0.0)


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Foreign]:
    with oxigraph(tmp_path / "foreign") as server:
        yield server


@pytest.fixture
def loaded(corpus_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANCU_STORE", str(corpus_store))
    return corpus_store


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one document and a store that holds it."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "plan.md").write_bytes(PLAN.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANCU_STORE", str(folder / "store"))
        assert run(["load", str(folder / "plan.md")]) == DONE
    return folder


@pytest.fixture
def own(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a document in a store of the test's own, so that it can be changed."""
    shutil.copytree(small, tmp_path / "own")
    monkeypatch.setenv("CANCU_STORE", str(tmp_path / "own" / "store"))
    return tmp_path / "own" / "plan.md"


def expected(store: Path) -> dict[str, int]:
    return {iri: entry.quads for iri, entry in Folder(store).published().graphs.items()}


def marker_of(server: Foreign) -> Marker:
    reply = httpx.get(
        f"{server.base}/store",
        params={"graph": MARKER_GRAPH},
        headers={"Accept": "application/n-triples"},
        trust_env=False,
    )
    marker = parse_marker(reply.content)
    assert marker is not None
    return marker


def graphs_of(server: Foreign) -> dict[str, int]:
    return {graph: count for graph, count in server.graphs().items() if graph != MARKER_GRAPH}


def test_a_release_is_pushed_once(loaded: Path, foreign: Foreign, capsys: Capture) -> None:
    assert run(["push", foreign.url]) == DONE
    assert "12 graphs sent" in capsys.readouterr().out
    assert graphs_of(foreign) == expected(loaded)
    assert marker_of(foreign).release == Folder(loaded).published().id

    assert run(["push", foreign.url]) == DONE
    assert "nothing was sent" in capsys.readouterr().out


def test_a_changed_document_sends_its_graph_and_what_follows_from_it(
    own: Path, foreign: Foreign, capsys: Capture
) -> None:
    store = own.parent / "store"
    assert run(["push", foreign.url]) == DONE
    before = Folder(store).published()
    text = own.read_text(encoding="utf-8").replace("trong năm 2025", "trong năm 2026")
    own.write_text(text, encoding="utf-8", newline="")
    assert run(["load", str(own)]) == DONE
    after = Folder(store).published()
    changed = {g for g, e in after.graphs.items() if before.graphs.get(g) != e}
    capsys.readouterr()

    assert run(["push", foreign.url]) == DONE

    printed = capsys.readouterr().out
    assert f"{len(changed)} graphs sent, 1 removed" in printed
    assert 0 < len(changed) < len(after.graphs)
    assert graphs_of(foreign) == expected(store)


@pytest.mark.parametrize("after", [1, 6, 12])
def test_a_push_that_is_killed_is_made_good_by_the_next(
    after: int, loaded: Path, foreign: Foreign, capsys: Capture
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_PUSH, foreign.url, str(after)], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert is_passing(marker_of(foreign).release)
    assert graphs_of(foreign) != {} or after == 1

    assert run(["push", foreign.url]) == COMPLAINT

    captured = capsys.readouterr()
    assert "cut off" in captured.err
    assert graphs_of(foreign) == expected(loaded)
    assert marker_of(foreign).release == Folder(loaded).published().id


# Pushes, and kills itself when that many graphs are there.
KILLED_PUSH = """
import os, signal, sys
from pathlib import Path
from graph.engine.endpoint import parse_endpoint
from graph.push import PushReport, Target, push
from graph.store import Store

def progress(done, of, words):
    if done >= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

there = parse_endpoint(sys.argv[1])
store = Store(Path(os.environ["CANCU_STORE"]))
push(store, Target(there, there.graph_store()), progress=progress)
"""


def test_a_push_that_was_killed_does_not_deceive_the_push_of_an_older_release(
    own: Path, foreign: Foreign
) -> None:
    # What the killed push of the new release changed must be changed back.
    store = own.parent / "store"
    original = own.read_bytes()
    assert run(["push", foreign.url]) == DONE
    own.write_bytes(original.replace(b"2025", b"2026"))
    assert run(["load", str(own)]) == DONE
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_PUSH, foreign.url, "2"], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    own.write_bytes(original)
    assert run(["load", str(own)]) == DONE

    assert run(["push", foreign.url]) == COMPLAINT

    assert graphs_of(foreign) == expected(store)
    assert run(["push", foreign.url]) == DONE


def test_two_pushes_at_once_end_in_an_error_and_the_next_one_is_right(
    own: Path, foreign: Foreign
) -> None:
    store = Store(own.parent / "store")
    there = parse_endpoint(foreign.url)
    target = Target(there, there.graph_store())
    begun: list[PushReport] = []

    def push_too(*_: object) -> None:
        if not begun:
            begun.append(push(store, target, notice=0))

    with pytest.raises(RemoteStoreError, match="another push"):
        push(store, target, notice=0, progress=push_too)

    assert begun[0].sent == len(store.release.graphs)
    assert is_passing(marker_of(foreign).release)
    assert push(store, target, notice=0).sent == len(store.release.graphs)
    assert graphs_of(foreign) == expected(own.parent / "store")


def test_other_graphs_there_are_told_and_left_alone(
    own: Path, foreign: Foreign, capsys: Capture
) -> None:
    assert own.exists()
    foreign.put("urn:theirs", b'<urn:s> <urn:p> "o" .')

    assert run(["push", foreign.url]) == COMPLAINT

    assert "+1 statements" in capsys.readouterr().err
    assert foreign.graphs()["urn:theirs"] == 1


def test_what_was_loaded_in_bulk_is_counted_and_marked(
    own: Path, foreign: Foreign, capsys: Capture
) -> None:
    store = own.parent / "store"
    assert run(["push", "--loaded", foreign.url]) == REFUSED
    assert "0 statements there" in capsys.readouterr().err
    assert run(["export", "--output", str(own.parent / "all.nq")]) == DONE
    httpx.post(
        f"{foreign.base}/store",
        content=(own.parent / "all.nq").read_bytes(),
        headers={"Content-Type": "application/n-quads"},
        trust_env=False,
    ).raise_for_status()

    assert run(["push", "--loaded", foreign.url]) == COMPLAINT  # the first one was cut off

    assert graphs_of(foreign) == expected(store)
    assert marker_of(foreign).release == Folder(store).published().id


def test_a_store_elsewhere_is_asked_by_the_command_line(
    loaded: Path, foreign: Foreign, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    question = ["query", "--name", "documents_citing", "--param", "key=03/NQ-CP", "--format"]
    assert run([*question, "csv"]) == DONE
    sys.stdout.flush()
    here = capfdbinary.readouterr().out
    assert run(["push", foreign.url]) == DONE
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANCU_STORE", foreign.url)
        capfdbinary.readouterr()
        assert run([*question, "csv"]) == DONE
        sys.stdout.flush()
        there = capfdbinary.readouterr().out
        assert run([*question, "table"]) == DONE
        for command in (["stats"], ["export"], ["verify"], ["push", foreign.url], ["load"]):
            assert run(command) == REFUSED
            assert b"needs a store on this machine" in capfdbinary.readouterr().err
    assert sorted(there.splitlines()) == sorted(here.splitlines())
    assert loaded.exists()


def test_a_store_elsewhere_is_served(loaded: Path, foreign: Foreign, tmp_path: Path) -> None:
    assert run(["push", foreign.url]) == DONE
    question = {"query": "SELECT (COUNT(*) AS ?n) { ?t a cancu:Task }"}
    log = tmp_path / "log"

    with serving(foreign.url, log) as ours, httpx.Client(base_url=ours.url) as client:
        answer = client.get("/sparql", params=question, headers={"Accept": "text/csv"})
        bad = client.get("/sparql", params={"query": "SELECT * {\n ?s ?p }"})
        document = client.get("/eli/vn/hung-yen/ubnd/kh/2025/44.html")
        ready = client.get("/health/ready")

    assert answer.text.split() == ["n", "300"]
    assert (bad.status_code, bad.json()["line"]) == (400, 2)
    assert "44/KH-UBND" in document.text
    assert ready.json()["release"] == Folder(loaded).published().id
    assert foreign.url not in log.read_text()


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["http://127.0.0.1:1/query"], "cannot be reached"),
        (["ftp://127.0.0.1/query"], "no address of the form"),
        (["somewhere"], "no address of the form"),
        (["http://127.0.0.1:1/unheard-of"], "--graph-store"),
        (["http://127.0.0.1:1/query", "--graph-store", "nothing"], "no address of the form"),
        (["http://someone:secret@127.0.0.1:1/query"], "cannot be reached"),
    ],
)
def test_an_address_that_does_not_do_is_one_line(
    arguments: list[str], words: str, capsys: Capture
) -> None:
    assert run(["push", *arguments]) == REFUSED

    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert "secret" not in error


@pytest.mark.usefixtures("loaded")
def test_a_path_that_takes_no_graphs_is_told(foreign: Foreign, capsys: Capture) -> None:
    assert run(["push", foreign.url, "--graph-store", f"{foreign.base}/nothing"]) == REFUSED

    assert "takes no graphs (404)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "graph_store"),
    [
        ("http://host:7878/query", "http://host:7878/store"),
        ("https://host/repositories/policy", "https://host/repositories/policy/rdf-graphs/service"),
        ("https://host/policy/sparql", "https://host/policy/data"),
        ("https://host/policy/query", "https://host/policy/data"),
        ("https://host/sparql", "https://host/sparql-graph-crud-auth"),
        (
            "https://x.eu-west-1.neptune.amazonaws.com:8182/sparql",
            "https://x.eu-west-1.neptune.amazonaws.com:8182/sparql/gsp/",
        ),
    ],
)
def test_where_graphs_are_put_is_told_from_the_address(url: str, graph_store: str) -> None:
    assert parse_endpoint(url).graph_store() == parse_endpoint(graph_store)


def test_credentials_are_kept_apart_from_the_address() -> None:
    endpoint = parse_endpoint("https://someone:p%40ss@host/policy/sparql", "other", "unused")

    assert endpoint == Endpoint("https://host/policy/sparql", "someone", "p@ss")
    assert endpoint.graph_store() == Endpoint("https://host/policy/data", "someone", "p@ss")
    assert "p@ss" not in repr(endpoint)
    with pytest.raises(RemoteStoreError) as caught:
        parse_endpoint("ftp://someone:secret@host/")
    assert "secret" not in str(caught.value)


class Guarded(BaseHTTPRequestHandler):
    """A graph store that wants credentials, fails at times, and keeps what it is given."""

    protocol_version = "HTTP/1.1"
    wants = "Basic"
    failures: list[int] = []  # noqa: RUF012 - the statuses of the next requests
    graphs: dict[str, bytes] = {}  # noqa: RUF012
    methods: list[str] = []  # noqa: RUF012

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.methods.append(self.command)
        if not self.headers.get("Authorization", "").startswith(f"{self.wants} "):
            challenge = 'Digest realm="x", nonce="n", qop="auth", algorithm=MD5'
            self._reply(401, {"WWW-Authenticate": challenge if self.wants == "Digest" else "Basic"})
        elif self.failures:
            self._reply(self.failures.pop(0), {})
        elif self.command == "GET":
            found = self.graphs.get(self.path)
            self._reply(200 if found else 404, {}, found or b"")
        else:
            self.graphs[self.path] = body
            self._reply(204, {})

    do_GET = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815

    def _reply(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in (("failures", []), ("graphs", {}), ("methods", [])):
        monkeypatch.setattr(Guarded, name, value)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Guarded)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/store"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_either_way_to_say_who_we_are(
    scheme: str, guarded: str, foreign: Foreign, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Guarded, "wants", scheme)
    monkeypatch.setenv("CANCU_STORE_USER", "someone")
    monkeypatch.setenv("CANCU_STORE_PASSWORD", "secret")

    # The counts come from another server, which is empty: the push must end there, and tell.
    assert run(["push", foreign.url, "--graph-store", guarded]) == REFUSED
    assert own.exists()
    assert "PUT" in Guarded.methods


def test_wrong_credentials_are_told(
    guarded: str, foreign: Foreign, own: Path, capsys: Capture
) -> None:
    assert own.exists()
    assert run(["push", foreign.url, "--graph-store", guarded]) == REFUSED

    assert "CANCU_STORE_PASSWORD" in capsys.readouterr().err
    assert Guarded.methods == ["GET"]


def test_what_may_pass_is_tried_again(
    guarded: str, foreign: Foreign, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("CANCU_STORE_USER", "someone")
    monkeypatch.setattr("graph.graph_store._FIRST_PAUSE", 0.01)
    assert own.exists()
    Guarded.failures.extend([404, 503, 502])

    assert run(["push", foreign.url, "--graph-store", guarded]) == REFUSED

    assert Guarded.methods[:4] == ["GET", "PUT", "PUT", "PUT"]
    assert f"{foreign.url} answers from another store" in capsys.readouterr().err


def test_a_graph_that_is_too_large_is_named(
    guarded: str, foreign: Foreign, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("CANCU_STORE_USER", "someone")
    assert own.exists()
    Guarded.failures.extend([404, 204, 413])

    assert run(["push", foreign.url, "--graph-store", guarded]) == REFUSED

    assert "graph/ontology is too large" in capsys.readouterr().err
