import hashlib
from pathlib import Path

import pytest

from loaders.corpus import document_paths, find_catalogues, read_catalogue
from loaders.errors import BrokenCatalogueError, EmptyFolderError, MissingFileError

CORPUS = Path(__file__).parents[2] / "corpus"


def test_every_shipped_document_is_in_the_catalogue_with_the_digest_of_its_bytes() -> None:
    entries = {entry.file: entry.sha256 for entry in read_catalogue(CORPUS / "catalogue.toml")}

    shipped = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in document_paths([CORPUS])
    }

    assert entries == shipped
    assert len(shipped) == 5


def test_a_curated_fact_says_why_and_from_where() -> None:
    facts = [f for e in read_catalogue(CORPUS / "catalogue.toml") for f in e.curated]

    assert {fact.field: fact.value for fact in facts}["number"] == "386-KH/TU"
    assert all(fact.reason and fact.source for fact in facts)


def test_document_paths_searches_folders_and_keeps_files_named_twice(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("b.txt", "a.MD", "below/c.markdown", "image.png", "catalogue.toml"):
        (tmp_path / name).write_text("x")

    found = document_paths([tmp_path, tmp_path / "b.txt"])

    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["a.MD", "b.txt", "below/c.markdown", "b.txt"]


def test_document_paths_names_a_path_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"nowhere\.txt: no such file"):
        document_paths([tmp_path / "nowhere.txt"])


def test_document_paths_says_that_a_folder_has_no_document(tmp_path: Path) -> None:
    with pytest.raises(EmptyFolderError, match="no text or Markdown"):
        document_paths([tmp_path])


def test_find_catalogues_looks_in_folders_and_beside_files() -> None:
    file = CORPUS / "ninh-binh-ke-hoach-03-nq-cp.md"

    assert find_catalogues([file, CORPUS]) == [CORPUS / "catalogue.toml"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        # No TOML.
        ("[[document", "Expected"),
        # An entry without its digest.
        ('[[document]]\nfile = "a.txt"', "lacks 'sha256'"),
        # A curated fact without a reason.
        (
            '[[document]]\nfile="a"\nsha256="b"\n[[document.curated]]\nfield="number"\nvalue="1"',
            "lacks 'reason'",
        ),
        # A field that cannot be curated.
        (
            '[[document]]\nfile="a"\nsha256="b"\n[[document.curated]]\nfield="tasks"\nvalue="1"\n'
            'reason="r"\nsource="s"',
            "'tasks' is no field",
        ),
    ],
)
def test_a_broken_catalogue_is_named_with_the_reason(
    tmp_path: Path, content: str, reason: str
) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(content)

    with pytest.raises(BrokenCatalogueError, match=reason):
        read_catalogue(path)
