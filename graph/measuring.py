"""Measure the rules anew: the figures that `data/quality.json` keeps and `graph.quality` reads."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from graph.iris import slug
from graph.quads import rule_set_version
from graph.quality import Figures, Quality
from graph.store import Store
from graph.verify import verify
from loaders.annotation import annotation
from loaders.evaluate import Measure, evaluate, total
from loaders.extract import extract
from loaders.source import read_document


def measure_quality(gold: Path, documents: Path, store: Store) -> Quality:
    """Compare what the rules find now with annotations made by hand.

    Args:
        gold: the folder of the annotations, each named like its document.
        documents: the folder of the documents.
        store: a release of the same documents, whose quotes are checked.
    """
    measures = total(_evaluations(gold, documents))
    figures = tuple(Figures(slug(m.name), m.hits, m.gold, m.found) for m in measures)
    checked = verify(store)
    wrong = sum(1 for failure in checked.failures if "#" in failure.where)
    return Quality(rule_set_version(), figures, checked.quotes - wrong, checked.quotes)


def to_json(quality: Quality) -> str:
    """Return the text of `data/quality.json`."""
    return json.dumps(asdict(quality), ensure_ascii=False, indent=2) + "\n"


def _evaluations(gold: Path, documents: Path) -> Iterator[list[Measure]]:
    for path in sorted(gold.glob("*.json")):
        (document,) = documents.glob(f"{path.stem}.*")
        found = annotation(extract(read_document(document)))
        yield evaluate(json.loads(path.read_text(encoding="utf-8")), found)
