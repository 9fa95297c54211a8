"""Looking things up by words, and words up by things."""

from collections.abc import Iterable, Mapping

from graph.engine.vocabulary import SEARCH
from graph.reader.asks import Ask, Need, Shape
from graph.reader.reading import Facts, Reader

Labels = Mapping[str, Mapping[str, None]]
_LABELS = Ask(Shape.LABELS, ("skos:prefLabel|rdfs:label|dcterms:title",))
_NAMESPACE = SEARCH.removesuffix("search")


async def labels_of(reader: Reader, facts: Facts, iris: Iterable[str]) -> Mapping[str, Labels]:
    """Return what to call things, by language, as far as they have labels."""
    need = Need()
    need.add(_LABELS)
    await reader.fill(facts, iris, need)
    return facts.of(_LABELS)


async def search(
    reader: Reader, facts: Facts, words: str, classes: Iterable[str], limit: int
) -> list[dict[str, object]]:
    """Return the texts that hold words, the best first: node, text, property and score.

    Raises:
        RefusedQueryError: the words cannot be looked for.
    """
    listed = ", ".join(f"<{iri}>" for iri in classes)
    kinds = f"; f:kind {listed}" if listed else ""
    text = (
        f"PREFIX f: <{_NAMESPACE}> SELECT ?words ?node ?score ?text ?property WHERE {{ "
        f"SERVICE f:search {{ ?node f:query ?words ; f:limit {limit} ; f:score ?score ; "
        f"f:text ?text ; f:property ?property {kinds} }} }} ORDER BY DESC(?score) ?node"
    )
    rows = await reader.rows(facts, text, {"words": ("string", words)})
    return [{name: term["value"] for name, term in row.items() if name != "words"} for row in rows]
