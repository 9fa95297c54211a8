"""Clients of SPARQL, unchanged: Comunica and roqet of Rasqal."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

COUNT = """PREFIX cancu: <https://w3id.org/cancu/ns#>
SELECT (COUNT(?task) AS ?tasks) WHERE { ?task a cancu:Task }"""
LABELS = """PREFIX cancu: <https://w3id.org/cancu/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label WHERE { ?s skos:prefLabel ?label FILTER(LANG(?label) = "vi") }
ORDER BY DESC(?label) LIMIT 3"""


def test_comunica_reads_rows_truths_and_triples(script: Callable[..., Any], server: str) -> None:
    found = script("comunica", f"{server}/sparql")

    kinds = {kind.rpartition("/")[2]: int(count) for kind, count in found["rows"]}
    assert sum(kinds.values()) == 300
    assert set(kinds) == {"task", "assignment"}
    assert found["known"] is True
    assert found["triples"] == 300


def roqet(server: str, query: str, results: str) -> str:
    path = shutil.which("roqet")
    if path is None:
        assert not os.environ.get("CI"), "CI must install rasqal-utils: see .ci/run"
        pytest.skip("no roqet here: apt-get install rasqal-utils")
    command = [path, "-q", "-r", results, "-p", f"{server}/sparql", "-e", query]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_roqet_counts(server: str) -> None:
    rows = list(csv.DictReader(io.StringIO(roqet(server, COUNT, "csv"))))

    assert rows == [{"tasks": "300"}]


def test_roqet_keeps_vietnamese(server: str) -> None:
    rows = list(csv.DictReader(io.StringIO(roqet(server, LABELS, "csv"))))

    assert len(rows) == 3
    assert any(not row["label"].isascii() for row in rows)
