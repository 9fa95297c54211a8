"""Agencies, their kinds, provinces, and what became of whom."""

from graph.reader.building import (
    code,
    interface,
    kind,
    label,
    pages,
    partial_date,
    text,
    thing,
    things,
)
from graph.reader.kinds.common import NODE

_FROM = partial_date("valid_from", "Since when it has existed under this name.", "schema:validFrom")
_THROUGH = partial_date("valid_through", "Its last day.", "schema:validThrough")
_LEVEL = code(
    "level",
    "GovernmentLevel",
    "Level of government: centre, region, province, district, commune.",
    "cancu:governmentLevel",
    "org:classification/cancu:governmentLevel",
)
_LABEL = label("label", "skos:prefLabel", "Its name.")
_NAMES = label("other_names", "skos:altLabel", "Short forms and other names.", many=True)

AGENCY = interface(
    "Agency",
    "A body of Party, state or society, or a class of such bodies.",
    _LABEL,
    _NAMES,
    thing("kind", "AgencyKind", "org:classification", "The kind of organ that it is."),
    _LEVEL,
    thing("province", "Province", "dcterms:spatial", "The province it belongs to."),
    _FROM,
    _THROUGH,
    things(
        "succeeded_by",
        "Agency",
        "cancu:succeededBy",
        "Who carried on after the change that ended it.",
        usual=1,
    ),
    things("predecessors", "Agency", "^cancu:succeededBy", "Whose tasks it took over."),
    things("changed_by", "Change", "org:changedBy", "The changes that ended it.", usual=1),
    things(
        "answers_today",
        "Agency",
        "cancu:answersToday",
        "Who answers today for what was given to it.",
        usual=1,
    ),
    code(
        "answer_status",
        "AnswerStatus",
        "Whether it still exists, has successors, or is not known to the register.",
        "cancu:answerStatus",
    ),
    pages("assignments", "Assignment", "^cancu:assignee", "Its roles in tasks."),
    pages("led_tasks", "Task", "^cancu:leadAgency", "Tasks that it leads.", order="cancu:order"),
    pages(
        "supported_tasks",
        "Task",
        "^cancu:supportAgency",
        "Tasks that it supports.",
        order="cancu:order",
    ),
    pages(
        "reported_tasks",
        "Task",
        "^cancu:reportsToAgency",
        "Tasks whose reports it receives.",
        order="cancu:order",
    ),
    pages("mentions", "AgencyMention", "^cancu:mentionsAgency", "Each occurrence of its name."),
    pages("issued_instruments", "Instrument", "^eli:passed_by", "What it issued."),
    keeps=(NODE,),
)

KINDS = (
    kind(
        "Organization",
        "org:FormalOrganization",
        "One body: a ministry, a committee, a department of a province.",
        thing("parent", "Organization", "org:subOrganizationOf", "The body it belongs to."),
        pages(
            "children", "Organization", "^org:subOrganizationOf", "The bodies that belong to it."
        ),
        keeps=(AGENCY,),
    ),
    kind(
        "AgencyGroup",
        "cancu:AgencyGroup",
        "Agencies named as a class: “các sở, ban, ngành”.",
        things(
            "member_kinds", "AgencyKind", "cancu:memberKind", "Kinds of organs that it takes in."
        ),
        keeps=(AGENCY,),
    ),
    kind(
        "AgencyKind",
        "skos:Concept scheme:agency-kind",
        "A kind of organ that many places have: a provincial Department of Finance.",
        _LABEL,
        _NAMES,
        label("definition", "skos:definition", "What organs of this kind are."),
        label("name_in_city", "cancu:nameInCity", "What it is called in a centrally-run city."),
        things("broader", "AgencyKind", "skos:broader", "Wider kinds.", usual=1),
        pages("narrower", "AgencyKind", "^skos:broader", "Narrower kinds."),
        thing(
            "parent_kind",
            "AgencyKind",
            "cancu:parentKind",
            "The kind of the organ, in the same province, that these belong to.",
        ),
        thing(
            "parent_agency",
            "Organization",
            "cancu:parentAgency",
            "The central organ that these belong to.",
        ),
        _LEVEL,
        _FROM,
        _THROUGH,
        pages("agencies", "Agency", "^org:classification", "The organs of this kind."),
        keeps=(NODE,),
    ),
    kind(
        "Province",
        "cancu:Province",
        "A province or centrally-run city, under its name and borders of one time.",
        _LABEL,
        _NAMES,
        text("kind", "cancu:placeKind", "Province (tỉnh) or centrally-run city (thành phố)."),
        label("note", "skos:scopeNote", "Of what it was made."),
        _FROM,
        _THROUGH,
        pages("documents", "Instrument", "?o eli:jurisdiction ?s", "What was issued for it."),
        pages("agencies", "Agency", "^dcterms:spatial", "Its organs."),
        things(
            "made_by", "Change", "^org:resultingOrganization", "The change that made it.", usual=1
        ),
        things(
            "ended_by", "Change", "^org:originalOrganization", "The change that ended it.", usual=1
        ),
        keeps=(NODE,),
    ),
    kind(
        "Change",
        "org:ChangeEvent",
        "A merger, split, renaming or end of agencies or provinces.",
        label("label", "rdfs:label", "What happened."),
        partial_date("date", "When it took effect.", "dcterms:date"),
        label("source", "dcterms:source", "Where it is laid down."),
        label("comment", "rdfs:comment", "What else is to be known."),
        label("reason", "cancu:curatedBecause", "Why it is believed, and how far."),
        things(
            "based_on", "Instrument", "eli:based_on", "The instruments that laid it down.", usual=1
        ),
        things("originals", "ChangedThing", "org:originalOrganization", "What was changed."),
        things("results", "ChangedThing", "org:resultingOrganization", "What came of it.", usual=1),
        things(
            "partly_taken_over_by",
            "ChangedThing",
            "cancu:partlyTakenOverBy",
            "Who received some of the tasks.",
            usual=1,
        ),
        keeps=(NODE,),
    ),
)
