"""The chain of legal bases behind a task or document; `graph.reader.basis` finds it."""

from graph.reader.building import kind
from graph.reader.model import Field, Form


def _found(  # noqa: PLR0913 - a table of fields
    name: str,
    form: Form,
    about: str,
    of: str = "",
    *,
    many: bool = False,
    required: bool = False,
) -> Field:
    return Field(name, form, (), about, many=many, required=required, of=of)


KINDS = (
    kind(
        "LegalBasis",
        "",
        "What a task or document rests on, as a graph: instruments joined by edges.",
        _found(
            "edges",
            Form.OBJECT,
            "From what rests on something to that something.",
            "BasisEdge",
            many=True,
            required=True,
        ),
        _found(
            "gaps",
            Form.OBJECT,
            "Where the chain is broken, and why.",
            "BasisGap",
            many=True,
            required=True,
        ),
    ),
    kind(
        "BasisEdge",
        "",
        "One step: something rests on an instrument, with the words that say so.",
        _found(
            "distance",
            Form.INTEGER,
            "How many steps from the task or document, from 1.",
            required=True,
        ),
        _found("kind", Form.NAME, "How it rests on it.", "BasisLink", required=True),
        _found("strength", Form.NAME, "How sure the step is.", "BasisStrength", required=True),
        _found("source", Form.OBJECT, "What rests on the instrument.", "Resting", required=True),
        _found("instrument", Form.OBJECT, "What it rests on.", "Instrument", required=True),
        _found(
            "evidence",
            Form.OBJECT,
            "The words of the source that say so; none for a step that is no statement.",
            "Evidence",
            many=True,
            required=True,
        ),
    ),
    kind(
        "BasisGap",
        "",
        "A place where the chain of bases ends or is doubtful.",
        _found("code", Form.NAME, "What kind of break.", "BasisGapCode", required=True),
        _found("message", Form.LABEL, "One sentence on it.", required=True),
        _found(
            "place", Form.OBJECT, "The instrument, document or task where it breaks.", "Resting"
        ),
        _found("gap", Form.OBJECT, "The gap that the extraction reported.", "Gap"),
    ),
)
