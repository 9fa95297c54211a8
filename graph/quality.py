"""How well the rules read: the figures of `data/quality.json` as measurements in the release.

The figures compare what the rules find in the shipped documents with annotations made by hand; the
script `scripts/quality` writes them anew, and a test tells when they no longer hold. A release of
other documents carries the same figures: they are of the rules, not of the documents held.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from graph import iris, terms
from graph.terms import Statement
from ontology.terms import BASE, CANCU, DCAT, DCTERMS, DQV, PROV, RDF_TYPE, RDFS_LABEL, SKOS

MEASURED = f"{BASE}dataset/shipped"
_QUALITY = f"{BASE}quality/"
_DIGITS = Decimal("0.0001")
_DIMENSIONS = {
    "correctness": ("Đúng", "Correctness"),
    "completeness": ("Đủ", "Completeness"),
    "both": ("Đúng và đủ", "Correctness and completeness"),
    "provenance": ("Truy nguyên", "Provenance"),
}
_METRICS = {
    "precision": (
        "correctness",
        ("độ chính xác", "precision"),
        ("Phần dữ kiện máy đọc được là đúng.", "Share of the facts found that are right."),
    ),
    "recall": (
        "completeness",
        ("độ phủ", "recall"),
        ("Phần dữ kiện có trong văn bản mà máy đọc được.", "Share of the facts that were found."),
    ),
    "f1": (
        "both",
        ("F1", "F1"),
        ("Trung bình điều hòa của hai độ.", "Harmonic mean of precision and recall."),
    ),
    "annotated": (
        "completeness",
        ("số dữ kiện chú giải tay", "facts annotated by hand"),
        ("Số dữ kiện đem so: càng nhỏ, các độ càng ít chắc.", "How many facts were compared."),
    ),
    "verified-quote-rate": (
        "provenance",
        ("tỉ lệ trích dẫn đúng nguyên văn", "verified-quote rate"),
        ("Phần lời trích đứng đúng chỗ trong tệp nguồn.", "Share of quotes that their source has."),
    ),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one extractor: how many facts agree, are annotated, were found."""

    extractor: str
    hits: int
    gold: int
    found: int

    def values(self) -> Iterator[tuple[str, Decimal]]:
        """Yield the metrics that follow from the counts."""
        yield "precision", _ratio(self.hits, self.found)
        yield "recall", _ratio(self.hits, self.gold)
        yield "f1", _ratio(2 * self.hits, self.gold + self.found)
        yield "annotated", Decimal(self.gold)


@dataclass(frozen=True, slots=True)
class Quality:
    """What `data/quality.json` says.

    Attributes:
        rules: version of the rules that were measured.
        figures: by extractor.
        verified, quotes: how many of how many quotes stand in their source as recorded.
    """

    rules: str
    figures: tuple[Figures, ...]
    verified: int
    quotes: int


def read_quality() -> Quality:
    """Return the figures that the package carries."""
    text = resources.files("graph").joinpath("data", "quality.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    figures = tuple(Figures(**entry) for entry in content["figures"])
    return Quality(content["rules"], figures, content["verified"], content["quotes"])


def quality_statements(quality: Quality) -> Iterator[Statement]:
    """Yield the measurements, what they measure and on what."""
    yield from _measured_on(quality)
    for name, words in _DIMENSIONS.items():
        iri = f"{_QUALITY}dimension/{name}"
        yield iri, RDF_TYPE, DQV.Dimension
        yield from _in_both(iri, SKOS.prefLabel, words)
    for name, (dimension, words, definition) in _METRICS.items():
        iri = f"{_QUALITY}metric/{name}"
        yield iri, RDF_TYPE, DQV.Metric
        yield iri, DQV.inDimension, f"{_QUALITY}dimension/{dimension}"
        yield from _in_both(iri, SKOS.prefLabel, words)
        yield from _in_both(iri, SKOS.definition, definition)
    for one in quality.figures:
        for metric, value in one.values():
            yield from _measurement(one.extractor, metric, value)
    rate = _ratio(quality.verified, quality.quotes)
    yield from _measurement("quotes", "verified-quote-rate", rate)


def _measured_on(quality: Quality) -> Iterator[Statement]:
    yield MEASURED, RDF_TYPE, DCAT.Dataset
    names = ("Dữ kiện máy đọc từ các văn bản mẫu", "What the rules read in the shipped documents")
    yield from _in_both(MEASURED, RDFS_LABEL, names)
    told = (
        "So với chú giải do người làm (tests/gold). Các quy tắc được viết khi đã biết những văn bản"
        " này, nên với văn bản khác kết quả sẽ kém hơn.",
        "Compared with annotations made by hand (tests/gold). The rules were written with these"
        " documents in view, so they will read others less well.",
    )
    yield from _in_both(MEASURED, DCTERMS.description, told)
    yield MEASURED, PROV.wasAttributedTo, f"{BASE}software/{iris.step(quality.rules)}"


def _measurement(extractor: str, metric: str, value: Decimal) -> Iterator[Statement]:
    iri = f"{_QUALITY}{extractor}/{metric}"
    yield iri, RDF_TYPE, DQV.QualityMeasurement
    yield iri, DQV.isMeasurementOf, f"{_QUALITY}metric/{metric}"
    yield iri, CANCU.ofExtractor, iris.code("extractor", extractor)
    yield iri, DQV.computedOn, MEASURED
    yield iri, DQV.value, terms.decimal(value)


def _in_both(iri: str, predicate: str, words: tuple[str, str]) -> Iterator[Statement]:
    for language, text in zip(("vi", "en"), words, strict=True):
        yield iri, predicate, terms.label(text, language)


def _ratio(part: int, whole: int) -> Decimal:
    """Return a share, 1 of nothing: nothing was to be found, and nothing is wrong."""
    return (Decimal(part) / Decimal(whole)).quantize(_DIGITS) if whole else Decimal(1)
