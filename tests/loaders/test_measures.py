"""The extractors against the hand-made annotations: no measure may fall below its floor."""

import json
from pathlib import Path

import pytest

from loaders.annotation import annotation
from loaders.corpus import read_catalogue
from loaders.evaluate import Measure, evaluate
from loaders.extract import extract
from loaders.source import read_document

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))
FILES = {entry.received_as: entry.file for entry in read_catalogue(CORPUS / "catalogue.toml")}

FLOORS = {
    "document fields": 0.95,
    "citations": 0.99,
    "tasks": 0.99,
    "task section and kind": 0.98,
    "roles": 0.90,
    "deadlines": 0.97,
    "indicators: value": 0.95,
    "indicators: all fields": 0.90,
    "agency mentions": 0.95,
}
# A scan that lost most diacritics: its title stays as damaged as it is, and the readings may be.
DAMAGED = {"document fields": 0.85, "citations": 0.95, "tasks": 0.90, "task section and kind": 0.90}


def measures(gold_path: Path) -> dict[str, Measure]:
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    document = read_document(CORPUS / FILES.get(gold["file"], gold["file"]))
    return {m.name: m for m in evaluate(gold, annotation(extract(document)))}


@pytest.mark.parametrize("gold", GOLD, ids=[path.stem for path in GOLD])
def test_no_measure_falls_below_its_floor(gold: Path) -> None:
    floors = FLOORS | (DAMAGED if gold.stem == "hung-yen-ke-hoach-44-kh-ubnd" else {})

    found = measures(gold)

    assert found.keys() == floors.keys()
    low = [m for m in found.values() if m.f1 < floors[m.name]]
    assert not low, "\n".join(line for m in low for line in m.misses)


def test_every_shipped_document_is_annotated() -> None:
    named = {json.loads(path.read_text(encoding="utf-8"))["file"] for path in GOLD}

    assert {FILES.get(name, name) for name in named} == set(FILES.values())
