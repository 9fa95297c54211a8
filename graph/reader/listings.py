"""The lists that can be asked for: of what, by which filters, in which orders.

Each filter is a pattern from a thing (?s) to a value (?v). A filter by IRIs or codes counts its
values too: that is a facet.
"""

from collections.abc import Mapping

from graph.reader.listing import Filter, Listing, Test, by_name

_LABEL = "?s skos:prefLabel ?o . FILTER(LANG(?o) = 'vi')"
_IN = "cancu:inDocument"
_OF_SOURCE = "oa:hasTarget/oa:hasSource/eli:realizes"
_QUOTE = "oa:hasTarget/oa:hasSelector/oa:exact"
_DOCUMENT = Filter("document", Test.ANY, _IN, "It lies in one of these documents.")
_PROVINCE = Filter(
    "province",
    Test.ANY,
    f"{_IN}/eli:jurisdiction",
    "Its document is valid in one of these provinces.",
)
_PILLAR = Filter(
    "pillar", Test.CODE, "cancu:pillar", "It belongs to one of these pillars.", "Pillar"
)
_TEXT = Filter(
    "text",
    Test.CONTAINS,
    "cancu:text",
    "Its text holds these words side by side, whatever case and diacritics.",
)
_DOCUMENT_FILTERS = (
    Filter("province", Test.ANY, "eli:jurisdiction", "It is valid in one of these provinces."),
    Filter("type", Test.CODE, "eli:type_document", "It is of one of these types.", "DocumentType"),
    Filter("issuer", Test.ANY, "eli:passed_by", "One of these bodies issued it."),
    Filter("implements", Test.ANY, "cancu:implements", "It says that it carries out one of these."),
    Filter(
        "carries_out", Test.ANY, "cancu:carriesOut", "It carries out one of these, directly or not."
    ),
    Filter("based_on", Test.ANY, "eli:based_on", "It names one of these as legal basis."),
    Filter("cites", Test.ANY, "eli:cites", "It mentions one of these."),
    Filter("has_basis", Test.HAS, "eli:based_on", "It names a legal basis."),
    Filter("number", Test.WORDS, "eli:id_local", "It has one of these numbers: 57-NQ/TW."),
    Filter("issued_since", Test.SINCE, "eli:date_document", "It was issued on this day or later."),
    Filter(
        "issued_until", Test.UNTIL, "eli:date_document", "It was issued on this day or earlier."
    ),
    Filter(
        "text",
        Test.CONTAINS,
        "dcterms:title|rdfs:label",
        "Its title holds these words side by side.",
    ),
)
_HELD = (
    *_DOCUMENT_FILTERS,
    Filter(
        "file_name",
        Test.WORDS,
        "^eli:realizes/^eli:embodies/cancu:fileName",
        "It was read from one of these files.",
    ),
    Filter(
        "sha256", Test.WORDS, "^eli:realizes/cancu:sha256", "Its file has one of these digests."
    ),
)
_ISSUED = {"issued": "eli:date_document"}

_ALL = (
    Listing(
        "documents",
        "Document",
        "Held documents.",
        "?s a cancu:Document",
        by_name(*_HELD),
        "",
        _ISSUED,
    ),
    Listing(
        "plans",
        "Plan",
        "Plans, programmes and schemes whose text is held.",
        "?s a cancu:ImplementationPlan",
        by_name(*_HELD),
        "",
        _ISSUED,
    ),
    Listing(
        "resolutions",
        "Resolution",
        "Resolutions whose text is held.",
        "?s a cancu:Resolution",
        by_name(*_HELD),
        "",
        _ISSUED,
    ),
    Listing(
        "instruments",
        "Instrument",
        "All instruments, held or only cited.",
        "?s a eli:LegalResource . FILTER NOT EXISTS { ?s a eli:LegalResourceSubdivision }",
        by_name(
            *_DOCUMENT_FILTERS,
            Filter("is_held", Test.HAS, "^eli:realizes", "Its text is held."),
        ),
        "",
        _ISSUED,
    ),
    Listing(
        "sections",
        "Section",
        "Sections of documents, in reading order.",
        "?s cancu:coversFrom ?from",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            _PILLAR,
            Filter("number", Test.WORDS, "eli:number", "It has one of these numbers: II.1."),
            Filter(
                "text",
                Test.CONTAINS,
                "dcterms:title",
                "Its heading holds these words side by side.",
            ),
        ),
        _IN,
    ),
    Listing(
        "tasks",
        "Task",
        "What documents order to be done, document by document in reading order.",
        "?s a cancu:Task",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            _PILLAR,
            _TEXT,
            Filter("kind", Test.CODE, "cancu:taskKind", "It is of one of these kinds.", "TaskKind"),
            Filter(
                "section",
                Test.ANY,
                "cancu:partOf",
                "It lies in one of these sections, at any depth.",
            ),
            Filter(
                "agency",
                Test.ROLES,
                "?r cancu:ofTask ?s ; cancu:assignee ?o",
                "Agencies have these roles in it.",
            ),
            Filter("lead", Test.ANY, "cancu:leadAgency", "One of these agencies leads it."),
            Filter("has_lead", Test.HAS, "cancu:leadAgency", "It names who leads it."),
            Filter(
                "due_since",
                Test.SINCE,
                "cancu:hasDeadline/cancu:latestDate",
                "It is due on this day or later.",
            ),
            Filter(
                "due_until",
                Test.UNTIL,
                "cancu:hasDeadline/cancu:latestDate",
                "It is due on this day or earlier.",
            ),
            Filter("has_deadline", Test.HAS, "cancu:hasDeadline", "It names a deadline."),
            Filter("has_target", Test.HAS, "cancu:hasTarget", "It sets a target."),
            Filter(
                "has_basis",
                Test.HAS,
                "pplan:isStepOfPlan/eli:based_on",
                "Its document names a legal basis.",
            ),
            Filter(
                "cites", Test.ANY, "cancu:citesInstrument", "Its own words mention one of these."
            ),
            Filter("traces_to", Test.ANY, "cancu:tracesTo", "It goes back to one of these."),
        ),
        _IN,
        {"due": "cancu:hasDeadline/cancu:latestDate"},
    ),
    Listing(
        "assignments",
        "Assignment",
        "Roles of agencies in tasks.",
        "?s a cancu:Assignment",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            Filter("agency", Test.ANY, "cancu:assignee", "One of these agencies has it."),
            Filter(
                "agency_name", Test.WORDS, "cancu:agencyName", "The document calls the agency so."
            ),
            Filter("role", Test.CODE, "prov:hadRole", "It is one of these roles.", "Role"),
            Filter("inherited", Test.IS, "cancu:inherited", "It is taken from the item above."),
        ),
        _IN,
    ),
    Listing(
        "deadlines",
        "Deadline",
        "Deadlines of tasks.",
        "?s a cancu:Deadline",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            _TEXT,
            Filter("since", Test.SINCE, "cancu:latestDate", "It ends on this day or later."),
            Filter("until", Test.UNTIL, "cancu:latestDate", "It ends on this day or earlier."),
            Filter("recurs", Test.HAS, "cancu:recurrence", "It is a recurring duty."),
        ),
        _IN,
        {"latest_date": "cancu:latestDate"},
    ),
    Listing(
        "targets",
        "IndicatorTarget",
        "Values that documents set for indicators.",
        "?s a cancu:IndicatorTarget",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            _PILLAR,
            Filter("indicator", Test.ANY, "cancu:ofIndicator", "It measures one of these."),
            Filter("year", Test.YEARS, "cancu:targetYear", "It is meant for one of these years."),
            Filter("has_year", Test.HAS, "cancu:targetYear", "It names a year."),
            Filter(
                "unit", Test.CODE, "sdmxa:unitMeasure", "Its unit is of one of these kinds.", "Unit"
            ),
            Filter("comparator", Test.CODE, "cancu:comparator", "It compares so.", "Comparator"),
            Filter(
                "value_from",
                Test.FROM,
                "sdmx:obsValue|schema:minValue",
                "Its value is at least this.",
            ),
            Filter(
                "value_to", Test.TO, "sdmx:obsValue|schema:maxValue", "Its value is at most this."
            ),
            Filter(
                "text",
                Test.CONTAINS,
                "cancu:statedKey",
                "The indicator's name holds these words side by side.",
            ),
        ),
        _IN,
    ),
    Listing(
        "citations",
        "Citation",
        "Mentions of other instruments, document by document in reading order.",
        "?s a cancu:Citation",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            Filter("instrument", Test.ANY, "cito:hasCitedEntity", "One of these is mentioned."),
            Filter(
                "kind", Test.CODE, "cancu:citationKind", "It is one of these uses.", "CitationKind"
            ),
            Filter(
                "resolution",
                Test.CODE,
                "cancu:resolution",
                "It was resolved so.",
                "ResolutionStatus",
            ),
            Filter("key", Test.WORDS, "cancu:statedKey", "It gives one of these numbers or names."),
            Filter("has_spelling_note", Test.HAS, "cancu:spellingNote", "Its spelling is odd."),
        ),
        _IN,
    ),
    Listing(
        "basis_statements",
        "BasisStatement",
        "Words of titles and preambles that name a basis.",
        "?s a cancu:BasisStatement",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            Filter("instrument", Test.ANY, "cancu:aboutInstrument", "One of these is named."),
            Filter(
                "kind",
                Test.CODE,
                "cancu:citationKind",
                "As basis, or as carried out.",
                "CitationKind",
            ),
        ),
        _IN,
    ),
    Listing(
        "mentions",
        "AgencyMention",
        "Occurrences of agencies' names.",
        "?s a cancu:AgencyMention",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            _PILLAR,
            Filter("agency", Test.ANY, "cancu:mentionsAgency", "One of these is named."),
            Filter(
                "agency_name", Test.WORDS, "cancu:agencyName", "The document calls the agency so."
            ),
        ),
        _IN,
    ),
    Listing(
        "gaps",
        "Gap",
        "What is missing or doubtful.",
        "?s a cancu:Gap",
        by_name(
            _DOCUMENT,
            _PROVINCE,
            Filter("code", Test.CODE, "cancu:gapKind", "It is of one of these kinds.", "GapCode"),
        ),
        _IN,
    ),
    Listing(
        "evidences",
        "Evidence",
        "Stretches of sources that prove facts.",
        "?s a oa:Annotation",
        by_name(
            Filter("document", Test.ANY, _OF_SOURCE, "It stands in one of these documents."),
            Filter("rule", Test.WORDS, "cancu:rule", "One of these rules read it: SEC-002."),
            Filter("confidence_from", Test.FROM, "itsrdf:taConfidence", "At least so sure."),
            Filter("confidence_to", Test.TO, "itsrdf:taConfidence", "At most so sure."),
            Filter("field", Test.WORDS, "cancu:field", "It proves one of these fields."),
            Filter(
                "text",
                Test.CONTAINS,
                _QUOTE,
                "Its text holds these words side by side, whatever case and diacritics.",
            ),
        ),
        _OF_SOURCE,
        {"confidence": "itsrdf:taConfidence"},
    ),
    Listing(
        "curated_facts",
        "CuratedFact",
        "Facts that persons added.",
        "?s a cancu:CuratedFact",
        by_name(
            Filter("document", Test.ANY, "cancu:aboutDocument", "It is about one of these."),
            Filter("field", Test.WORDS, "cancu:field", "It gives one of these fields."),
        ),
        "cancu:aboutDocument",
    ),
    Listing(
        "measurements",
        "QualityMeasurement",
        "How good the rules are, by kind of fact and metric.",
        "?s a dqv:QualityMeasurement",
        by_name(
            Filter("extractor", Test.CODE, "cancu:ofExtractor", "Of these facts.", "Extractor"),
        ),
    ),
    Listing("datasets", "Dataset", "What a release consists of.", "?s a dcat:Dataset", {}),
    Listing(
        "agencies",
        "Agency",
        "Agencies and classes of agencies.",
        "{ ?s a org:FormalOrganization } UNION { ?s a cancu:AgencyGroup }",
        by_name(
            Filter(
                "name",
                Test.WORDS,
                "skos:prefLabel|skos:altLabel",
                "It has one of these names, exactly.",
            ),
            Filter(
                "text",
                Test.CONTAINS,
                "skos:prefLabel|skos:altLabel",
                "One of its names holds these words side by side.",
            ),
            Filter(
                "province", Test.ANY, "dcterms:spatial", "It belongs to one of these provinces."
            ),
            Filter("kind", Test.ANY, "org:classification", "It is of one of these kinds."),
            Filter(
                "level",
                Test.CODE,
                "cancu:governmentLevel",
                "It is of one of these levels.",
                "GovernmentLevel",
            ),
            Filter(
                "answer_status",
                Test.CODE,
                "cancu:answerStatus",
                "This became of it.",
                "AnswerStatus",
            ),
            Filter("parent", Test.ANY, "org:subOrganizationOf", "It belongs to one of these."),
            Filter(
                "has_tasks", Test.HAS, "^cancu:assignee", "A document gives it a role in a task."
            ),
        ),
        "",
        {"label": _LABEL},
    ),
    Listing(
        "agency_kinds",
        "AgencyKind",
        "Kinds of organs.",
        "?s skos:inScheme scheme:agency-kind",
        by_name(
            Filter(
                "text",
                Test.CONTAINS,
                "skos:prefLabel|skos:altLabel",
                "One of its names holds these words side by side.",
            ),
            Filter(
                "level",
                Test.CODE,
                "cancu:governmentLevel",
                "It is of one of these levels.",
                "GovernmentLevel",
            ),
        ),
        "",
        {"label": _LABEL},
    ),
    Listing(
        "provinces",
        "Province",
        "Provinces and centrally-run cities through time.",
        "?s a cancu:Province",
        by_name(
            Filter(
                "name",
                Test.WORDS,
                "skos:prefLabel|skos:altLabel",
                "It has one of these names, exactly.",
            ),
            Filter("has_ended", Test.HAS, "schema:validThrough", "It is no more."),
            Filter("has_documents", Test.HAS, "^eli:jurisdiction", "Something was issued for it."),
        ),
        "",
        {"label": _LABEL},
    ),
    Listing(
        "changes",
        "Change",
        "Mergers, splits, renamings and ends of agencies and provinces.",
        "?s a org:ChangeEvent",
        by_name(
            Filter("since", Test.SINCE, "dcterms:date", "It took effect on this day or later."),
            Filter("until", Test.UNTIL, "dcterms:date", "It took effect on this day or earlier."),
            Filter("original", Test.ANY, "org:originalOrganization", "One of these was changed."),
            Filter("result", Test.ANY, "org:resultingOrganization", "One of these came of it."),
        ),
        "",
        {"date": "dcterms:date"},
    ),
    Listing(
        "indicators",
        "Indicator",
        "What targets measure.",
        "?s a cancu:Indicator",
        by_name(
            Filter(
                "text", Test.CONTAINS, "skos:prefLabel", "Its name holds these words side by side."
            )
        ),
        "",
        {"label": _LABEL},
    ),
)
LISTINGS: Mapping[str, Listing] = {one.name: one for one in _ALL}
