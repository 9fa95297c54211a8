"""Things of the schema that are no nodes of the graph: questions, facets, codes, the release.

They are described like the kinds of the graph and their values are kept beside theirs, under tokens
instead of IRIs, so that both executors treat them alike.
"""

from collections.abc import Mapping, Sequence

from graph.reader.asks import ask_of
from graph.reader.building import kind
from graph.reader.kinds import INTERFACES, KINDS, UNIONS
from graph.reader.kinds import members as graph_members
from graph.reader.kinds.common import ID
from graph.reader.model import Field, Form, Kind
from graph.reader.reading import Facts


def _one(name: str, form: Form, about: str, of: str = "", *, required: bool = True) -> Field:
    return Field(name, form, (), about, of=of, required=required)


def _many(name: str, of: str, about: str) -> Field:
    return Field(name, Form.OBJECT, (), about, of=of, many=True, required=True)


EXTRAS: Mapping[str, Kind] = {
    one.name: one
    for one in (
        kind(
            "Release",
            "",
            "The release that answers: immutable, its id the digest of its content. Cite it.",
            ID,
            _one(
                "dataset",
                Form.OBJECT,
                "What it holds, and how good its rules are.",
                "Dataset",
                required=False,
            ),
        ),
        kind(
            "CodeEntry",
            "",
            "A code of a closed list.",
            _one("code", Form.TEXT, "Its name in the enumeration of the list."),
            _one("iri", Form.TEXT, "The IRI of its concept: the id of a `Code`."),
            _one("label", Form.LABEL, "Its label."),
            _one("definition", Form.LABEL, "What it means.", required=False),
        ),
        kind(
            "Facet",
            "",
            "How often each value of a filter occurs in a list.",
            _one("name", Form.TEXT, "Name of the filter."),
            _many("values", "FacetValue", "The values, the most frequent first."),
        ),
        kind(
            "FacetValue",
            "",
            "A value of a filter and how many things of the list have it.",
            _one("value", Form.TEXT, "What to give to the filter: a code or an id."),
            _one("count", Form.INTEGER, "How many have it, all other filters applied."),
            _one("label", Form.LABEL, "What to call it.", required=False),
        ),
        kind(
            "CatalogueQuestion",
            "",
            "A question of the catalogue: a SPARQL query with a name and parameters.",
            _one("name", Form.TEXT, "Its name."),
            _one("summary", Form.TEXT, "The question in one line."),
            _one("description", Form.TEXT, "What a row of the answer is, and what to mind."),
            _one("audience", Form.NAME, "Whose question it is.", "Audience"),
            _many("parameters", "CatalogueParameter", "What can be set."),
            _one("sparql", Form.TEXT, "The query itself."),
        ),
        kind(
            "CatalogueParameter",
            "",
            "A variable of a question that the asker may set.",
            _one("name", Form.TEXT, "Its name."),
            _one("kind", Form.NAME, "What its value must look like.", "ParameterKind"),
            _one("default", Form.TEXT, "The value if none is given."),
            _one("description", Form.TEXT, "One sentence."),
        ),
        kind(
            "CatalogueAnswer",
            "",
            "The answer to a question of the catalogue.",
            _one("question", Form.OBJECT, "The question.", "CatalogueQuestion"),
            Field("columns", Form.TEXT, (), "Names of the columns.", many=True, required=True),
            _one(
                "rows",
                Form.JSON,
                "Rows; each a list of values in the order of the columns.",
            ),
            _one("count", Form.INTEGER, "How many rows there are."),
        ),
        kind(
            "SearchHit",
            "",
            "A text that holds the words looked for.",
            _one("text", Form.TEXT, "The whole text."),
            _one("score", Form.NUMBER, "Between 0 and 1; compares hits of one search only."),
            _one("property", Form.TEXT, "IRI of the property that states the text."),
            _one("node", Form.OBJECT, "What the text is said of.", "Node", required=False),
        ),
    )
}
DESCRIBED: Mapping[str, Kind] = {**KINDS, **EXTRAS}
# All names by which a kind can be meant in a fragment: its own, its interfaces', its unions'.
_NAMES: Mapping[str, frozenset[str]] = {
    name: frozenset(
        {name, *described.interfaces, *(union for union, kinds in UNIONS.items() if name in kinds)}
    )
    for name, described in DESCRIBED.items()
}


def members(name: str) -> tuple[str, ...]:
    """Return the kinds that an interface, a union or a kind takes in."""
    return (name,) if name in EXTRAS else graph_members(name)


def is_a(kind_name: str, name: str) -> bool:
    """Tell whether a kind is meant by a name."""
    return name in _NAMES[kind_name]


def is_concrete(name: str) -> bool:
    """Tell whether a name means one kind only."""
    return name not in INTERFACES and name not in UNIONS


def keep(facts: Facts, of: str, token: str, /, **values: object) -> str:
    """Keep the values of a thing that is no node, and return its token."""
    fields = DESCRIBED[of].fields
    for name, value in values.items():
        if value is not None:
            facts.of(ask_of(fields[name]))[token] = value
    return token


def keep_label(labels: Mapping[str, str]) -> Mapping[str, Mapping[str, None]]:
    """Return labels by language in the form in which facts have them."""
    return {language: {words: None} for language, words in labels.items()}


def tokens(facts: Facts, of: str, several: Sequence[Mapping[str, object]]) -> list[str]:
    """Keep many things of one kind, and return their tokens."""
    start = len(facts.of(ask_of(next(iter(DESCRIBED[of].fields.values())))))
    return [
        keep(facts, of, f"{of} {start + number}", **values) for number, values in enumerate(several)
    ]
