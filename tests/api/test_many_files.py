import shutil
from pathlib import Path

import pytest

from api.many_files import read_files
from graph.plan import Loadable
from loaders.errors import LoaderError
from tests.conftest import ROOT

SHIPPED = sorted((ROOT / "corpus").glob("*.md"))
LARGEST = 1_000_000


@pytest.mark.parametrize("number", [3, 22])  # one after the other, and in several processes
def test_files_are_read_in_order_and_what_is_wrong_stands_in_its_place(
    number: int, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name:02}.md" for name in range(number)]
    for path in paths[1::2]:
        shutil.copy(SHIPPED[0], path)

    found = list(read_files(paths, LARGEST))

    assert [isinstance(one, LoaderError) for one in found] == [n % 2 == 0 for n in range(number)]
    read = [one for one in found if isinstance(one, Loadable)]
    assert [one.facts.document.name for one in read] == [path.name for path in paths[1::2]]
    assert len({one.facts.document.sha256 for one in read}) == 1
    assert all(one.facts.tasks for one in read)


def test_an_error_says_what_it_says_in_one_process(tmp_path: Path) -> None:
    (tmp_path / "large.md").write_bytes(SHIPPED[0].read_bytes())
    many, few = (
        [str(error) for error in read_files([tmp_path / "large.md"] * times, 10)]
        for times in (21, 1)
    )

    assert many == few * 21
