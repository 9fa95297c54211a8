"""What proves a fact: the words, the run that read them, and what persons added."""

from graph.reader.building import code, integer, kind, label, number, text, thing, things
from graph.reader.kinds.common import NODE
from graph.reader.model import Field, Form

_AT = "oa:hasTarget/oa:hasSelector"
_REVIEW = code(
    "review",
    "ReviewStatus",
    "How far a person has looked at it.",
    "cancu:reviewStatus",
    "prov:wasGeneratedBy/cancu:reviewStatus",
    required=True,
)

KINDS = (
    kind(
        "Evidence",
        "oa:Annotation",
        "An exact stretch of a source that proves a fact, and how it was read.",
        text("quote", f"{_AT}/oa:exact", "The words, exactly as they stand.", required=True),
        text("prefix", f"{_AT}/oa:prefix", "What stands before them.", required=True),
        text("suffix", f"{_AT}/oa:suffix", "What stands after them.", required=True),
        integer("start", f"{_AT}/oa:start", "Offset of the first character.", required=True),
        integer("end", f"{_AT}/oa:end", "Offset behind the last character.", required=True),
        thing(
            "document",
            "Document",
            "oa:hasTarget/oa:hasSource/eli:realizes",
            "The document that they stand in.",
            required=True,
        ),
        text("rule", "cancu:rule", "The extraction rule that read them.", required=True),
        number("confidence", "itsrdf:taConfidence", "How surely, from 0 to 1.", required=True),
        text(
            "field", "cancu:field", "The field of the fact that they prove, where it has several."
        ),
        _REVIEW,
        Field(
            "verified",
            Form.VERIFIED,
            ("cancu:reviewStatus", "prov:wasGeneratedBy/cancu:reviewStatus"),
            "Whether a person has compared the fact with these words and stands by it.",
            required=True,
        ),
        thing("extraction", "Extraction", "prov:wasGeneratedBy", "The run that read them."),
        thing("fact", "Fact", "oa:hasBody", "What they prove."),
        keeps=(NODE,),
    ),
    kind(
        "Extraction",
        "prov:Activity",
        "A run of the extraction rules over one file.",
        label("software", "prov:wasAssociatedWith/rdfs:label", "Name and version of the rules."),
        code(
            "review",
            "ReviewStatus",
            "How far a person has looked at what it read.",
            "cancu:reviewStatus",
        ),
        thing("document", "Document", "prov:used/eli:embodies/eli:realizes", "What it read."),
        keeps=(NODE,),
    ),
    kind(
        "CuratedFact",
        "cancu:CuratedFact",
        "A fact that is not in the text, added by a person with reason and source.",
        text("field", "cancu:field", "The field of the document that it gives.", required=True),
        text("value", "cancu:value", "Its value.", required=True),
        text("reason", "cancu:reason", "Why it is believed."),
        text("source", "dcterms:source", "Where it was taken from."),
        text("sha256", "cancu:sha256", "Digest of the file that it is about."),
        code("review", "ReviewStatus", "Always curated.", "cancu:reviewStatus"),
        thing("document", "Document", "cancu:aboutDocument", "The document that it is about."),
        things(
            "derived_from",
            "Document",
            "prov:wasDerivedFrom",
            "Held documents that it was taken from.",
            usual=1,
        ),
        keeps=(NODE,),
    ),
)
