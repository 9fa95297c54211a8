"""The IRIs of the vocabulary as Python names: `CANCU.Task`, `ELI.number`.

A name keeps the case of the term it stands for, so that it can be found in the Turtle files; a test
compares the two.
"""
# ruff: noqa: N815 - a Python name is the term's own name

BASE = "https://w3id.org/cancu/"


class CANCU:
    """Our own terms."""

    NS = BASE + "ns#"

    AgencyGroup = NS + "AgencyGroup"
    AgencyMention = NS + "AgencyMention"
    Appendix = NS + "Appendix"
    Assignment = NS + "Assignment"
    BasisStatement = NS + "BasisStatement"
    Citation = NS + "Citation"
    CuratedFact = NS + "CuratedFact"
    Deadline = NS + "Deadline"
    Document = NS + "Document"
    Gap = NS + "Gap"
    ImplementationPlan = NS + "ImplementationPlan"
    Indicator = NS + "Indicator"
    IndicatorTarget = NS + "IndicatorTarget"
    InstrumentClaim = NS + "InstrumentClaim"
    Province = NS + "Province"
    Recipient = NS + "Recipient"
    Resolution = NS + "Resolution"
    Signature = NS + "Signature"
    StubInstrument = NS + "StubInstrument"
    Task = NS + "Task"
    aboutDocument = NS + "aboutDocument"
    aboutInstrument = NS + "aboutInstrument"
    agencyName = NS + "agencyName"
    answerStatus = NS + "answerStatus"
    answersToday = NS + "answersToday"
    assignee = NS + "assignee"
    baseText = NS + "baseText"
    byAlias = NS + "byAlias"
    candidate = NS + "candidate"
    candidateText = NS + "candidateText"
    capacity = NS + "capacity"
    carriesOut = NS + "carriesOut"
    citationKind = NS + "citationKind"
    citesInstrument = NS + "citesInstrument"
    codeOf = NS + "codeOf"
    comparator = NS + "comparator"
    contentKey = NS + "contentKey"
    coversFrom = NS + "coversFrom"
    coversTo = NS + "coversTo"
    curatedBecause = NS + "curatedBecause"
    deadlineValue = NS + "deadlineValue"
    disagreement = NS + "disagreement"
    encoding = NS + "encoding"
    field = NS + "field"
    fileName = NS + "fileName"
    gapCode = NS + "gapCode"
    gapKind = NS + "gapKind"
    governmentLevel = NS + "governmentLevel"
    hasDeadline = NS + "hasDeadline"
    hasSchedule = NS + "hasSchedule"
    hasTarget = NS + "hasTarget"
    heldAs = NS + "heldAs"
    implements = NS + "implements"
    impliedIssuer = NS + "impliedIssuer"
    inDocument = NS + "inDocument"
    inherited = NS + "inherited"
    isGeneric = NS + "isGeneric"
    isGroup = NS + "isGroup"
    issuerText = NS + "issuerText"
    knownAs = NS + "knownAs"
    latestDate = NS + "latestDate"
    leadAgency = NS + "leadAgency"
    level = NS + "level"
    listLabel = NS + "listLabel"
    memberKind = NS + "memberKind"
    mentionsAgency = NS + "mentionsAgency"
    message = NS + "message"
    nameInCity = NS + "nameInCity"
    numberStatus = NS + "numberStatus"
    ofExtractor = NS + "ofExtractor"
    ofIndicator = NS + "ofIndicator"
    ofTask = NS + "ofTask"
    order = NS + "order"
    parentAgency = NS + "parentAgency"
    parentKind = NS + "parentKind"
    partOf = NS + "partOf"
    partlyTakenOverBy = NS + "partlyTakenOverBy"
    pillar = NS + "pillar"
    placeKind = NS + "placeKind"
    placeText = NS + "placeText"
    possiblySameAs = NS + "possiblySameAs"
    reason = NS + "reason"
    recurrence = NS + "recurrence"
    reportsToAgency = NS + "reportsToAgency"
    resolution = NS + "resolution"
    reviewStatus = NS + "reviewStatus"
    rule = NS + "rule"
    series = NS + "series"
    sha256 = NS + "sha256"
    signs = NS + "signs"
    spellingNote = NS + "spellingNote"
    statedDate = NS + "statedDate"
    statedIn = NS + "statedIn"
    statedIssuer = NS + "statedIssuer"
    statedKey = NS + "statedKey"
    statedNumber = NS + "statedNumber"
    statedTerm = NS + "statedTerm"
    statedTitle = NS + "statedTitle"
    statedType = NS + "statedType"
    subTaskOf = NS + "subTaskOf"
    succeededBy = NS + "succeededBy"
    supportAgency = NS + "supportAgency"
    targetYear = NS + "targetYear"
    taskKind = NS + "taskKind"
    text = NS + "text"
    tracesTo = NS + "tracesTo"
    typeText = NS + "typeText"
    value = NS + "value"


class CITO:
    """CiTO: citations as things."""

    NS = "http://purl.org/spar/cito/"

    Citation = NS + "Citation"
    hasCitedEntity = NS + "hasCitedEntity"
    hasCitingEntity = NS + "hasCitingEntity"


class DCAT:
    """DCAT: datasets."""

    NS = "http://www.w3.org/ns/dcat#"

    Dataset = NS + "Dataset"


class DCTERMS:
    """Dublin Core terms."""

    NS = "http://purl.org/dc/terms/"

    conformsTo = NS + "conformsTo"
    date = NS + "date"
    description = NS + "description"
    isPartOf = NS + "isPartOf"
    isVersionOf = NS + "isVersionOf"
    issued = NS + "issued"
    license = NS + "license"
    source = NS + "source"
    spatial = NS + "spatial"
    title = NS + "title"


class DQV:
    """DQV: how good data are."""

    NS = "http://www.w3.org/ns/dqv#"

    Dimension = NS + "Dimension"
    Metric = NS + "Metric"
    QualityMeasurement = NS + "QualityMeasurement"
    computedOn = NS + "computedOn"
    inDimension = NS + "inDimension"
    isMeasurementOf = NS + "isMeasurementOf"
    value = NS + "value"


class ELI:
    """ELI: legal resources, their texts and files."""

    NS = "http://data.europa.eu/eli/ontology#"

    AdministrativeArea = NS + "AdministrativeArea"
    Format = NS + "Format"
    LegalExpression = NS + "LegalExpression"
    LegalResource = NS + "LegalResource"
    LegalResourceSubdivision = NS + "LegalResourceSubdivision"
    amends = NS + "amends"
    based_on = NS + "based_on"
    cites = NS + "cites"
    date_document = NS + "date_document"
    embodies = NS + "embodies"
    ensures_implementation_of = NS + "ensures_implementation_of"
    id_local = NS + "id_local"
    is_annex_of = NS + "is_annex_of"
    is_part_of = NS + "is_part_of"
    jurisdiction = NS + "jurisdiction"
    language = NS + "language"
    media_type = NS + "media_type"
    number = NS + "number"
    passed_by = NS + "passed_by"
    realizes = NS + "realizes"
    repeals = NS + "repeals"
    title = NS + "title"
    type_document = NS + "type_document"


class FOAF:
    """FOAF: people and groups."""

    NS = "http://xmlns.com/foaf/0.1/"

    Agent = NS + "Agent"
    Group = NS + "Group"
    Person = NS + "Person"
    name = NS + "name"


class ITSRDF:
    """ITS: confidence of text analysis."""

    NS = "http://www.w3.org/2005/11/its/rdf#"

    taConfidence = NS + "taConfidence"


class OA:
    """Web Annotation: where in a text something stands."""

    NS = "http://www.w3.org/ns/oa#"

    Annotation = NS + "Annotation"
    SpecificResource = NS + "SpecificResource"
    TextPositionSelector = NS + "TextPositionSelector"
    TextQuoteSelector = NS + "TextQuoteSelector"
    end = NS + "end"
    exact = NS + "exact"
    hasBody = NS + "hasBody"
    hasSelector = NS + "hasSelector"
    hasSource = NS + "hasSource"
    hasTarget = NS + "hasTarget"
    prefix = NS + "prefix"
    start = NS + "start"
    suffix = NS + "suffix"


class ORG:
    """ORG: organisations and memberships."""

    NS = "http://www.w3.org/ns/org#"

    ChangeEvent = NS + "ChangeEvent"
    FormalOrganization = NS + "FormalOrganization"
    Membership = NS + "Membership"
    Organization = NS + "Organization"
    changedBy = NS + "changedBy"
    classification = NS + "classification"
    member = NS + "member"
    organization = NS + "organization"
    originalOrganization = NS + "originalOrganization"
    resultingOrganization = NS + "resultingOrganization"
    subOrganizationOf = NS + "subOrganizationOf"


class PPLAN:
    """P-Plan: plans and their steps."""

    NS = "http://purl.org/net/p-plan#"

    Plan = NS + "Plan"
    Step = NS + "Step"
    isStepOfPlan = NS + "isStepOfPlan"


class PROV:
    """PROV: where a fact comes from."""

    NS = "http://www.w3.org/ns/prov#"

    Activity = NS + "Activity"
    Entity = NS + "Entity"
    Plan = NS + "Plan"
    SoftwareAgent = NS + "SoftwareAgent"
    hadRole = NS + "hadRole"
    used = NS + "used"
    wasAssociatedWith = NS + "wasAssociatedWith"
    wasAttributedTo = NS + "wasAttributedTo"
    wasDerivedFrom = NS + "wasDerivedFrom"
    wasGeneratedBy = NS + "wasGeneratedBy"


class QB:
    """Data Cube: observations."""

    NS = "http://purl.org/linked-data/cube#"

    Observation = NS + "Observation"


class SCHEMA:
    """schema.org: values, schedules, recipients."""

    NS = "https://schema.org/"

    QuantitativeValue = NS + "QuantitativeValue"
    Schedule = NS + "Schedule"
    byMonth = NS + "byMonth"
    byMonthDay = NS + "byMonthDay"
    domainIncludes = NS + "domainIncludes"
    maxValue = NS + "maxValue"
    minValue = NS + "minValue"
    rangeIncludes = NS + "rangeIncludes"
    recipient = NS + "recipient"
    repeatFrequency = NS + "repeatFrequency"
    unitText = NS + "unitText"
    validFrom = NS + "validFrom"
    validThrough = NS + "validThrough"


class SDMX:
    """SDMX: the observed value."""

    NS = "http://purl.org/linked-data/sdmx/2009/measure#"

    obsValue = NS + "obsValue"


class SDMXA:
    """SDMX: the unit of an observed value."""

    NS = "http://purl.org/linked-data/sdmx/2009/attribute#"

    unitMeasure = NS + "unitMeasure"


class SKOS:
    """SKOS: concepts and labels."""

    NS = "http://www.w3.org/2004/02/skos/core#"

    Concept = NS + "Concept"
    ConceptScheme = NS + "ConceptScheme"
    altLabel = NS + "altLabel"
    broader = NS + "broader"
    definition = NS + "definition"
    exactMatch = NS + "exactMatch"
    example = NS + "example"
    hiddenLabel = NS + "hiddenLabel"
    inScheme = NS + "inScheme"
    notation = NS + "notation"
    prefLabel = NS + "prefLabel"
    scopeNote = NS + "scopeNote"


class SPDX:
    """SPDX: checksums."""

    NS = "http://spdx.org/rdf/terms#"

    Checksum = NS + "Checksum"
    algorithm = NS + "algorithm"
    checksum = NS + "checksum"
    checksumValue = NS + "checksumValue"


class TIME:
    """OWL-Time: dates and intervals."""

    NS = "http://www.w3.org/2006/time#"

    Instant = NS + "Instant"
    ProperInterval = NS + "ProperInterval"
    TemporalEntity = NS + "TemporalEntity"
    hasBeginning = NS + "hasBeginning"
    hasEnd = NS + "hasEnd"
    inXSDDate = NS + "inXSDDate"
    inXSDgYear = NS + "inXSDgYear"
    inXSDgYearMonth = NS + "inXSDgYearMonth"


class VANN:
    """VANN: the preferred names of a namespace."""

    NS = "http://purl.org/vocab/vann/"

    preferredNamespacePrefix = NS + "preferredNamespacePrefix"
    preferredNamespaceUri = NS + "preferredNamespaceUri"


class VOID:
    """VoID: what a dataset holds."""

    NS = "http://rdfs.org/ns/void#"

    Dataset = NS + "Dataset"
    classPartition = NS + "classPartition"
    class_ = NS + "class"
    distinctSubjects = NS + "distinctSubjects"
    documents = NS + "documents"
    entities = NS + "entities"
    exampleResource = NS + "exampleResource"
    property = NS + "property"
    propertyPartition = NS + "propertyPartition"
    subset = NS + "subset"
    triples = NS + "triples"
    uriSpace = NS + "uriSpace"
    vocabulary = NS + "vocabulary"


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
XSD = "http://www.w3.org/2001/XMLSchema#"
