"""Documents, instruments that are only cited, sections and appendices."""

from graph.reader.building import (
    code,
    integer,
    interface,
    kind,
    label,
    pages,
    partial_date,
    special,
    text,
    thing,
    things,
)
from graph.reader.kinds.common import EVIDENCE, EXTRACTED, NODE, ORDER, PILLAR

# The finder of citations says that one document amends another; ELI has a property for it.
_AMENDED = (
    "{ ?c cito:hasCitedEntity ?s ; cancu:citationKind code:citation-kind/amends ;"
    " cancu:inDocument ?o } UNION { ?o eli:amends ?s }"
)
_REPEALED = _AMENDED.replace("amends", "repeals")
_AMENDS = (
    "{ ?c cancu:inDocument ?s ; cancu:citationKind code:citation-kind/amends ;"
    " cito:hasCitedEntity ?o } UNION { ?s eli:amends ?o }"
)
_REPEALS = _AMENDS.replace("amends", "repeals")

INSTRUMENT = interface(
    "Instrument",
    "A legal or policy document, whether its text is held or only others cite it.",
    label("label", "rdfs:label|dcterms:title", "What to call it in a list."),
    label("description", "dcterms:description", "What it is about, where a person wrote it down."),
    text("number", "eli:id_local", "Its whole number: 57-NQ/TW."),
    text("running_number", "eli:number", "The running part of its number: 57."),
    text("title", "dcterms:title", "What it is about, in its own words or those of a citation."),
    code("type", "DocumentType", "Its type: resolution, plan, decree …", "eli:type_document"),
    thing("issuer", "Agency", "eli:passed_by", "The body that issued it."),
    partial_date(
        "issued",
        "When it was issued, as precisely as is known.",
        "eli:date_document",
        "dcterms:issued",
    ),
    thing("province", "Province", "eli:jurisdiction", "The province it is valid in; none for all."),
    text(
        "disagreements",
        "cancu:disagreement",
        "Fields that citing documents give differently.",
        many=True,
    ),
    things(
        "held_as",
        "Document",
        "cancu:heldAs",
        "Its text, where it is held under another name.",
        usual=1,
    ),
    things(
        "possibly_same_as",
        "Instrument",
        "cancu:possiblySameAs",
        "Other descriptions that may be of the same instrument.",
        usual=1,
    ),
    things(
        "implements",
        "Instrument",
        "cancu:implements",
        "What it says that it carries out (thực hiện).",
        usual=2,
    ),
    things(
        "carries_out",
        "Instrument",
        "cancu:carriesOut",
        "What it carries out, directly or through others.",
    ),
    things(
        "based_on",
        "Instrument",
        "eli:based_on",
        "Its legal basis (căn cứ) by its preamble.",
        usual=5,
    ),
    pages("cites", "Instrument", "eli:cites", "What its text mentions."),
    things("amends", "Instrument", _AMENDS, "What it amends.", usual=1),
    things("repeals", "Instrument", _REPEALS, "What it repeals.", usual=1),
    pages("implemented_by", "Document", "^cancu:implements", "Documents issued to carry it out."),
    pages(
        "carried_out_by",
        "Document",
        "^cancu:carriesOut",
        "Documents that carry it out, directly or through others.",
    ),
    pages("basis_of", "Instrument", "^eli:based_on", "What names it as legal basis."),
    pages("amended_by", "Instrument", _AMENDED, "What amends it."),
    pages("repealed_by", "Instrument", _REPEALED, "What repeals it."),
    pages("citing_documents", "Document", "^eli:cites", "Documents whose text mentions it."),
    pages(
        "cited_by", "Citation", "^cito:hasCitedEntity", "Each mention of it.", order="cancu:order"
    ),
    pages(
        "citing_tasks",
        "Task",
        "^cancu:citesInstrument",
        "Tasks whose own words mention it.",
        order="cancu:order",
    ),
    pages(
        "traced_tasks",
        "Task",
        "^cancu:tracesTo",
        "Tasks that go back to it through their plans.",
        order="cancu:order",
    ),
    pages(
        "claims",
        "InstrumentClaim",
        "?o cancu:aboutInstrument ?s ; cancu:resolution ?r",
        "What each citing document says of it.",
    ),
    pages(
        "basis_statements",
        "BasisStatement",
        "?o cancu:aboutInstrument ?s ; cancu:citationKind ?r",
        "Where it is named as legal basis or as carried out.",
    ),
    keeps=(NODE,),
)

_TEXT = "^eli:realizes"
_FILE = "^eli:realizes/^eli:embodies"
DOCUMENT = interface(
    "Document",
    "A document whose text was loaded and read.",
    text("file_name", f"{_FILE}/cancu:fileName", "Name of the file.", required=True),
    text("media_type", f"{_FILE}/eli:media_type", "Media type of the file.", required=True),
    text("sha256", f"{_TEXT}/cancu:sha256", "Digest of the bytes of the file.", required=True),
    text("encoding", f"{_TEXT}/cancu:encoding", "How the bytes were decoded.", required=True),
    code(
        "number_status",
        "NumberStatus",
        "Whether its number is stated, blank or absent.",
        "cancu:numberStatus",
        required=True,
    ),
    text("series", "cancu:series", "What stands behind the running number: KH-UBND."),
    text("type_text", "cancu:typeText", "Its type as the extractor read it."),
    text("issuer_text", "cancu:issuerText", "Its issuer as its letterhead names it."),
    text("place_text", "cancu:placeText", "The place named in its letterhead."),
    things(
        "known_as",
        "Instrument",
        "cancu:knownAs",
        "The instrument that it is by a curated fact.",
        usual=1,
    ),
    things("signatures", "Signature", "^cancu:signs", "Who signed it.", usual=1),
    things(
        "recipients",
        "Recipient",
        "schema:recipient",
        "The lines under “Nơi nhận”.",
        order="cancu:order",
        usual=10,
    ),
    things(
        "appendices",
        "Appendix",
        "^eli:is_annex_of",
        "Annexes that it announces.",
        order="cancu:order",
        usual=2,
    ),
    things(
        "gaps",
        "Gap",
        "?o cancu:gapKind ?k ; cancu:inDocument ?s",
        "What is missing or doubtful in it.",
        usual=8,
    ),
    things(
        "curated_facts",
        "CuratedFact",
        "^cancu:aboutDocument",
        "What a person added to it.",
        usual=1,
    ),
    things("extractions", "Extraction", f"{_FILE}/^prov:used", "The runs that read it.", usual=1),
    pages(
        "sections",
        "Section",
        "?o cancu:coversFrom ?f ; cancu:inDocument ?s",
        "Its sections, in order.",
        order="cancu:order",
    ),
    pages(
        "tasks",
        "Task",
        "^pplan:isStepOfPlan",
        "What it orders to be done, in order.",
        order="cancu:order",
    ),
    pages(
        "assignments",
        "Assignment",
        "?o cancu:ofTask ?t ; cancu:inDocument ?s",
        "Roles of agencies in its tasks.",
    ),
    pages(
        "deadlines",
        "Deadline",
        "?t cancu:hasDeadline ?o . ?o cancu:inDocument ?s",
        "Deadlines of its tasks.",
    ),
    pages(
        "targets",
        "IndicatorTarget",
        "?o cancu:ofIndicator ?i ; cancu:inDocument ?s",
        "Values that it sets for indicators.",
        order="cancu:order",
    ),
    pages(
        "citations",
        "Citation",
        "?o cito:hasCitingEntity ?e ; cancu:inDocument ?s",
        "Its mentions of other instruments, in order.",
        order="cancu:order",
    ),
    pages(
        "stated_claims",
        "InstrumentClaim",
        "?o cancu:aboutInstrument ?i ; cancu:inDocument ?s ; cancu:resolution ?r",
        "What it says of each instrument that it cites.",
    ),
    things(
        "stated_bases",
        "BasisStatement",
        "?o cancu:aboutInstrument ?i ; cancu:inDocument ?s ; cancu:citationKind ?k",
        "Words of its title and preamble that name its basis.",
        usual=5,
    ),
    pages(
        "mentions",
        "AgencyMention",
        "?o cancu:mentionsAgency ?a ; cancu:inDocument ?s",
        "Each agency named in it.",
    ),
    special(
        "legal_basis", "LegalBasis", "What it rests on, step by step: the chain of bases behind it."
    ),
    EVIDENCE,
    keeps=(INSTRUMENT,),
)

_SECTION = kind(
    "Section",
    "eli:LegalResourceSubdivision",
    "A chapter, section or numbered heading of a document, with all that lies under it.",
    text("number", "eli:number", "Its path of numbers: II.1.", required=True),
    text("title", "dcterms:title", "Its heading."),
    integer("level", "cancu:level", "Depth, 1 at the top.", required=True),
    integer("covers_from", "cancu:coversFrom", "Offset at which the part that it covers begins."),
    integer("covers_to", "cancu:coversTo", "Offset at which that part ends."),
    thing("parent", "Parent", "eli:is_part_of", "The section or document around it."),
    things("part_of", "Parent", "cancu:partOf", "All sections around it, and its document."),
    things(
        "subsections",
        "Section",
        "^eli:is_part_of",
        "The sections right under it.",
        order="cancu:order",
    ),
    pages(
        "tasks",
        "Task",
        "?o pplan:isStepOfPlan ?p ; cancu:statedIn ?s",
        "Tasks right in it.",
        order="cancu:order",
    ),
    pages(
        "all_tasks",
        "Task",
        "?o pplan:isStepOfPlan ?p ; cancu:partOf ?s",
        "Tasks in it and in the sections under it.",
        order="cancu:order",
    ),
    pages(
        "targets",
        "IndicatorTarget",
        "?o cancu:ofIndicator ?i ; cancu:statedIn ?s",
        "Values set right in it.",
        order="cancu:order",
    ),
    pages(
        "citations",
        "Citation",
        "^cito:hasCitingEntity",
        "Instruments named right in it.",
        order="cancu:order",
    ),
    ORDER,
    PILLAR,
    keeps=(EXTRACTED,),
)

KINDS = (
    kind(
        "Plan",
        "cancu:Document cancu:ImplementationPlan",
        "A plan, programme or scheme (kế hoạch, chương trình, đề án) that carries something out.",
        keeps=(DOCUMENT,),
    ),
    kind(
        "Resolution",
        "cancu:Document cancu:Resolution",
        "A resolution (nghị quyết) of a Party or state body whose text is held.",
        keeps=(DOCUMENT,),
    ),
    kind(
        "OtherDocument",
        "cancu:Document",
        "A held document that is no plan and no resolution.",
        keeps=(DOCUMENT,),
    ),
    _SECTION,
    kind(
        "CitedInstrument",
        "eli:LegalResource",
        "An instrument that is known only by what others say of it.",
        keeps=(INSTRUMENT,),
    ),
    kind(
        "Appendix",
        "cancu:Appendix eli:LegalResourceSubdivision",
        "An annex (phụ lục) that a document announces.",
        text("text", "cancu:text", "The words that announce it.", required=True),
        ORDER,
        keeps=(EXTRACTED,),
    ),
)
