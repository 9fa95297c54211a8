"""Other facts that are read from documents: targets, citations, mentions, signatures, gaps."""

from graph.reader.building import (
    boolean,
    code,
    kind,
    label,
    number,
    pages,
    text,
    thing,
    things,
)
from graph.reader.kinds.common import EXTRACTED, IN_SECTION, NODE, ORDER, PLACED
from graph.reader.model import Field, Form

_STATED = (
    text(
        "key",
        "cancu:statedKey",
        "The number in its proper form, or the name of a law.",
        required=True,
    ),
    text("stated_number", "cancu:statedNumber", "The number as this document gives it."),
    text("stated_type", "cancu:statedType", "The type as this document gives it."),
    text("stated_date", "cancu:statedDate", "The date as this document gives it, no more precise."),
    text("stated_issuer", "cancu:statedIssuer", "The issuer as this document gives it."),
    text("stated_title", "cancu:statedTitle", "What it is about, as this document puts it."),
    text("stated_term", "cancu:statedTerm", "The Party congress term that is stated."),
    code(
        "resolution",
        "ResolutionStatus",
        "Read as written, repaired, ambiguous or unresolved.",
        "cancu:resolution",
        required=True,
    ),
)
_KIND = code(
    "kind",
    "CitationKind",
    "What use is made of the instrument.",
    "cancu:citationKind",
    required=True,
)
_YEAR = Field("year", Form.INTEGER, ("cancu:targetYear",), "The year that it is meant for.")

KINDS = (
    kind(
        "Indicator",
        "cancu:Indicator",
        "What a target measures (chỉ tiêu).",
        label("label", "skos:prefLabel", "Its name."),
        pages(
            "targets",
            "IndicatorTarget",
            "^cancu:ofIndicator",
            "The values that documents set for it.",
            order="cancu:order",
        ),
        keeps=(NODE,),
    ),
    kind(
        "IndicatorTarget",
        "cancu:IndicatorTarget",
        "The value that a document sets for an indicator.",
        text("text", "cancu:text", "The words that set it.", required=True),
        text(
            "key",
            "cancu:statedKey",
            "The indicator's name as this document gives it.",
            required=True,
        ),
        number("value", "sdmx:obsValue", "The value, where it is one."),
        number("minimum", "schema:minValue", "Lower end, where it is a range."),
        number("maximum", "schema:maxValue", "Upper end, where it is a range."),
        code(
            "comparator",
            "Comparator",
            "At least, more than, equal, at most, less than or a range.",
            "cancu:comparator",
            required=True,
        ),
        code("unit", "Unit", "Kind of the unit.", "sdmxa:unitMeasure"),
        text("unit_text", "schema:unitText", "The unit as it is written."),
        text("base", "cancu:baseText", "What a percentage is of."),
        _YEAR,
        thing("indicator", "Indicator", "cancu:ofIndicator", "What it measures.", required=True),
        things("tasks", "Task", "^cancu:hasTarget", "Tasks in whose words it stands.", usual=1),
        IN_SECTION,
        ORDER,
        keeps=(PLACED,),
    ),
    kind(
        "Citation",
        "cancu:Citation",
        "One mention of another instrument (viện dẫn).",
        text("text", "cancu:text", "The words of the mention.", required=True),
        *_STATED,
        _KIND,
        boolean("by_alias", "cancu:byAlias", "Whether it uses a short form announced before."),
        text("implied_issuer", "cancu:impliedIssuer", "The issuer that the number's code tells."),
        text("spelling_note", "cancu:spellingNote", "How the source spells it, where that is odd."),
        thing("instrument", "Instrument", "cito:hasCitedEntity", "What is mentioned."),
        thing(
            "place",
            "Place",
            "cito:hasCitingEntity",
            "The task, section or document that mentions it.",
        ),
        ORDER,
        keeps=(EXTRACTED,),
    ),
    kind(
        "BasisStatement",
        "cancu:BasisStatement",
        "Words of a title or preamble that name an instrument as legal basis or as carried out.",
        text(
            "key",
            "cancu:statedKey",
            "The instrument's number in its proper form, or its name.",
            required=True,
        ),
        _KIND,
        thing("instrument", "Instrument", "cancu:aboutInstrument", "The instrument that is named."),
        keeps=(EXTRACTED,),
    ),
    kind(
        "InstrumentClaim",
        "cancu:InstrumentClaim",
        "What one document says of an instrument that it cites.",
        *_STATED,
        thing("instrument", "Instrument", "cancu:aboutInstrument", "The instrument."),
        things(
            "candidates", "Instrument", "cancu:candidate", "Instruments that may be meant.", usual=1
        ),
        text(
            "candidate_texts", "cancu:candidateText", "A line on each that may be meant.", many=True
        ),
        keeps=(EXTRACTED,),
    ),
    kind(
        "AgencyMention",
        "cancu:AgencyMention",
        "One occurrence of an agency's name.",
        text(
            "agency_name",
            "cancu:agencyName",
            "Its full name as the document uses it.",
            required=True,
        ),
        thing("agency", "Agency", "cancu:mentionsAgency", "The agency, or class of agencies."),
        boolean("is_generic", "cancu:isGeneric", "Whether nobody in particular is meant."),
        boolean("is_group", "cancu:isGroup", "Whether the name means a class of agencies."),
        keeps=(PLACED,),
    ),
    kind(
        "Recipient",
        "cancu:Recipient",
        "One line under “Nơi nhận”.",
        text("text", "cancu:text", "The line.", required=True),
        ORDER,
        keeps=(EXTRACTED,),
    ),
    kind(
        "Signature",
        "cancu:Signature",
        "Who signed, and in what capacity.",
        text("signer", "org:member/foaf:name", "Name of the person."),
        text("capacity", "cancu:capacity", "In what capacity, as printed."),
        thing("agency", "Agency", "org:organization", "The body signed for."),
        thing("signs", "Document", "cancu:signs", "What was signed."),
        keeps=(EXTRACTED,),
    ),
    kind(
        "Gap",
        "cancu:Gap",
        "Something missing or doubtful that is said instead of guessed.",
        code("code", "GapCode", "What kind of gap.", "cancu:gapKind", required=True),
        text("message", "cancu:message", "One sentence that says what is missing.", required=True),
        keeps=(EXTRACTED,),
    ),
)
