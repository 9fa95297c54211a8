"""On what a document stands, step by step, each step with the words that state it."""

from dataclasses import dataclass

from starlette.requests import Request

from api.pages.records import Record, evidence, read_all

DEEPEST = 4
_NAMES = (
    *("label", "number", "title", "type_label", "file_name", "known_as.label"),
    *("stated_bases.key", "stated_bases.kind_label", "stated_bases.instrument.label"),
    *("stated_bases.instrument.title", "stated_bases.instrument.held_as.label"),
    *evidence("stated_bases"),
)


@dataclass(frozen=True, slots=True)
class BasisStep:
    """What one document says that it rests on, or carries out.

    Attributes:
        distance: how many steps from the document asked for; its own statements are 1 away.
        document: that says so.
        statements: the instruments that it names, each with evidence.
    """

    distance: int
    document: Record
    statements: tuple[Record, ...]


async def bases_of(request: Request, document: str) -> list[BasisStep]:
    """Return the steps from a document to what it rests on, as far as texts are held."""
    steps: list[BasisStep] = []
    seen, front = {document}, [document]
    for distance in range(1, DEEPEST + 1):
        records = await read_all(request, "Document", front, *_NAMES) if front else []
        ahead: list[str] = []
        for record in records:
            statements = tuple(record["stated_bases"])
            steps.append(BasisStep(distance, record, statements))
            ahead += [held for one in statements for held in _held(one["instrument"])]
        front = [iri for iri in dict.fromkeys(ahead) if iri not in seen]
        seen.update(front)
    return steps


def _held(instrument: Record | None) -> list[str]:
    """Return the documents that hold the text of an instrument."""
    if not instrument:
        return []
    return [instrument["id"], *(held["id"] for held in instrument.get("held_as", ()))]
