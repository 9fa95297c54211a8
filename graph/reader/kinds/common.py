"""What many kinds have in common."""

from graph.reader.building import code, integer, interface, thing, things
from graph.reader.model import Field, Form

ID = Field(
    "id",
    Form.SPECIAL,
    (),
    "The IRI of the resource: the same in GraphQL, SPARQL and on its page.",
    required=True,
)
NODE = interface("Node", "Anything that has an IRI.", ID)
EVIDENCE = things(
    "evidence",
    "Evidence",
    "^oa:hasBody",
    "The words of the source that prove it, with their place and the rule that read them.",
    usual=1,
)
EXTRACTED = interface(
    "Extracted",
    "A fact that was read from a document; its evidence is the exact stretch of the source.",
    thing(
        "document",
        "Document",
        "cancu:inDocument",
        "The document that the fact was read from.",
        required=True,
    ),
    EVIDENCE,
    keeps=(NODE,),
)
PILLAR = code(
    "pillar",
    "Pillar",
    "Which of the seven groups of tasks of Resolution 57-NQ/TW it belongs to, by its section.",
    "cancu:pillar",
)
ORDER = integer(
    "order", "cancu:order", "Position in the document among its kind, from 1.", required=True
)
PLACED = interface(
    "Placed",
    "A fact that lies in a section, task or document.",
    thing(
        "stated_in",
        "Place",
        "cancu:statedIn",
        "The section, task or document that immediately contains it.",
    ),
    things(
        "part_of",
        "Place",
        "cancu:partOf",
        "All sections, tasks and documents that contain it, at any depth.",
    ),
    PILLAR,
    keeps=(EXTRACTED,),
)
IN_SECTION = thing(
    "section",
    "Section",
    "?s cancu:statedIn ?o . ?o eli:is_part_of ?above",
    "The section that immediately contains it.",
)
