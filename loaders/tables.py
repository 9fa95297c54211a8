"""The lists that the loaders know: small CSV files beside the code."""

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Read `data/{name}.csv`: one dictionary a row, under the names of the first line."""
    text = files("loaders").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def parts(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values parted by "|"; an empty cell holds none."""
    return tuple(part for part in cell.split("|") if part)
