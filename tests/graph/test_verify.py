from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.releases import Folder
from graph.store import Store
from graph.verify import Failure, verify
from tests.graph.small import DRAFT, plan

DOCUMENT = plan(DRAFT)
DIGEST = DOCUMENT.facts.document.sha256
TEXT = "https://w3id.org/cancu/eli/vn/lai-chau/ubnd/kh/2025/12/vi/txt"


@pytest.fixture
def store(drafted: Path) -> Store:
    return Store(drafted)


def test_every_quote_holds(store: Store) -> None:
    result = verify(store)

    assert (result.documents, result.failures, result.holds) == (1, (), True)
    assert result.quotes > 5


def test_a_source_whose_bytes_changed_is_named_and_so_is_every_quote(
    store: Store, drafted: Path
) -> None:
    quotes = verify(store).quotes
    Folder(drafted).source(DIGEST).write_bytes(DOCUMENT.data + b"!")

    result = verify(store)

    assert not result.holds
    assert result.failures[0].document == "plan.txt"
    assert result.failures[0].where == TEXT
    assert result.failures[0].reason.startswith("the source's SHA-256 is ")
    assert len(result.failures) == 1 + quotes


def test_a_lost_source_is_named(store: Store, drafted: Path) -> None:
    Folder(drafted).source(DIGEST).unlink()

    assert "No such file" in str(verify(store).failures[0])


def test_a_quote_that_the_source_does_not_have_is_named(drafted: Path) -> None:
    release = Folder(drafted).published()
    tampered(drafted, release.id, ('exact> "Xây dựng đề án"', 'exact> "Xây dựng dự án"'))

    (failure,) = verify(Store(drafted)).failures

    assert failure == Failure(
        "plan.txt",
        failure.where,
        "the source reads 'Xây dựng đề án', the quote 'Xây dựng dự án'",
    )
    assert failure.where.startswith(f"{TEXT}#char=")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('suffix> "', 'suffix> "x'), "the words around the quote are not those of the source"),
        (('oa#end> "', 'oa#end> "99'), "is no place in a text of"),
    ],
)
def test_what_else_may_be_wrong_with_a_quote(
    change: tuple[str, str], reason: str, drafted: Path
) -> None:
    release = Folder(drafted).published()
    tampered(drafted, release.id, change)

    failures = verify(Store(drafted)).failures

    assert failures
    assert all(reason in failure.reason for failure in failures)


def tampered(path: Path, release_id: str, change: tuple[str, str]) -> None:
    """Rewrite the database of a release with other words in its quads."""
    database = ox.Store(str(Folder(path).database(release_id)))
    lines = (database.dump(format=ox.RdfFormat.N_QUADS) or b"").decode()
    assert change[0] in lines
    database.clear()
    database.load(lines.replace(*change), ox.RdfFormat.N_QUADS)
    database.flush()
