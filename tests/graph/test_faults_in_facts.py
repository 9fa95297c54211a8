"""Faults planted in tasks, deadlines, indicators, citations and agencies, and what catches them."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from graph import iris, terms
from graph.terms import node
from ontology.terms import (
    BASE,
    CANCU,
    CITO,
    DCTERMS,
    ORG,
    PPLAN,
    PROV,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA,
    SDMX,
    SKOS,
    TIME,
)
from tests.graph.faults import (
    DATE,
    NOWHERE,
    ODD,
    SCAN,
    Plant,
    added,
    both,
    caught,
    changed,
    checked,
    due,
    fault,
    inner_section_to,
    numbered_like_another_task,
    same_role_again,
    under_a_later_task,
    with_fault,
    without,
)

FAULTS = [
    # --- Tasks ---
    fault(without(CANCU.text, CANCU.Task), "TaskShape text: a task must have words"),
    fault(without(CANCU.order, CANCU.Task), "TaskShape order: a task must have its order, from 1"),
    fault(changed(CANCU.contentKey, ODD), "TaskShape contentKey: a task must have a content key"),
    fault(
        changed(CANCU.taskKind, node(iris.code("task-kind", "wish"))),
        "TaskShape taskKind: no such kind of task",
    ),
    # A task of two plans.
    fault(
        added(PPLAN.isStepOfPlan, NOWHERE, CANCU.Task),
        "TaskShape isStepOfPlan: a task must be of exactly the document that states it",
    ),
    fault(
        without(CANCU.statedIn, CANCU.Task),
        "TaskShape statedIn: a task must stand in one place",
    ),
    fault(
        changed(CANCU.statedIn, NOWHERE, CANCU.Task),
        "TaskShape statedIn: a task must stand in its own document",
    ),
    fault(
        added(CANCU.hasTarget, NOWHERE, CANCU.Task),
        "TaskShape hasTarget: what a task is to reach must be a target",
    ),
    fault(
        added(CANCU.citesInstrument, node(f"{NOWHERE.value}8"), CANCU.Task),
        "TaskShape citesInstrument: an instrument that a task cites must be described",
    ),
    fault(added(DCTERMS.title, ODD, CANCU.Task), "TaskShape title: a task has an unknown property"),
    fault(
        under_a_later_task(),
        "TaskShape subTaskOf: a sub-item must come after its task in the same document",
    ),
    fault(
        numbered_like_another_task(),
        "TaskShape order: two tasks of a document have the same order",
    ),
    fault(without(CANCU.ofTask), "AssignmentShape ofTask: an assignment must be of a task"),
    fault(
        without(CANCU.assignee),
        "AssignmentShape assignee: an assignment must be to exactly one agency",
    ),
    fault(
        changed(PROV.hadRole, node(iris.code("role", "boss"))),
        "AssignmentShape hadRole: no such role",
    ),
    fault(
        changed(CANCU.inherited, terms.text("no")),
        "AssignmentShape inherited: an assignment must say whether it is inherited",
    ),
    fault(
        without(CANCU.agencyName, CANCU.Assignment),
        "AssignmentShape agencyName: an assignment must name its agency",
    ),
    # --- Deadlines ---
    fault(
        changed(CANCU.deadlineValue, terms.text("2025-Q5"), value="2025-Q"),
        "DeadlineShape deadlineValue: no such form of a deadline",
    ),
    fault(
        changed(CANCU.recurrence, terms.text("6 months")),
        "DeadlineShape recurrence: a recurrence must be an ISO 8601 period",
    ),
    fault(
        changed(CANCU.latestDate, ox.Literal("2025-02-31", datatype=DATE)),
        "DeadlineShape latestDate: the latest date must be a date",
    ),
    # A day that returns every year has no last one.
    fault(
        added(CANCU.latestDate, terms.date("2025-06-15"), CANCU.Deadline, of=CANCU.recurrence),
        "DeadlineShape latestDate: only a deadline with a year has a latest date, in that year",
    ),
    fault(
        changed(CANCU.latestDate, terms.date("2027-06-30")),
        "DeadlineShape latestDate: only a deadline with a year has a latest date, in that year",
    ),
    fault(without(CANCU.hasDeadline), "DeadlineShape ^hasDeadline: a deadline must be of a task"),
    fault(
        without(CANCU.hasSchedule),
        "DeadlineShape hasSchedule: what recurs must have a schedule",
    ),
    fault(
        changed(SCHEMA.byMonth, terms.integer(13)),
        "ScheduleShape byMonth: a month must lie between 1 and 12",
    ),
    fault(without(TIME.hasEnd), "IntervalShape hasEnd: a quarter must have a last day"),
    fault(
        without(TIME.inXSDDate, TIME.Instant),
        "InstantShape inXSDDate: an instant must be a date",
    ),
    # --- Indicators ---
    fault(
        without(SDMX.obsValue),
        "TargetShape -: a target must have one value or the two ends of a range",
    ),
    fault(
        without(SCHEMA.maxValue),
        "TargetShape -: a target must have one value or the two ends of a range",
    ),
    fault(
        changed(CANCU.comparator, node(iris.code("comparator", "ge")), value="range"),
        "TargetShape comparator: "
        "the comparator must be a range if, and only if, there are two ends",
    ),
    fault(
        changed(SDMX.obsValue, terms.integer(70)),
        "TargetShape obsValue: a value must be a decimal number",
    ),
    fault(
        changed(CANCU.targetYear, terms.integer(2030)),
        "TargetShape targetYear: the target year must be a year",
    ),
    fault(
        changed(CANCU.ofIndicator, NOWHERE),
        "TargetShape ofIndicator: a target must be of an indicator",
    ),
    fault(
        without(SKOS.prefLabel, CANCU.Indicator),
        "IndicatorShape prefLabel: an indicator must have a name",
    ),
    # --- Citations ---
    fault(
        without(CITO.hasCitedEntity),
        "CitationShape hasCitedEntity: a citation must be of exactly one instrument",
    ),
    fault(
        without(CITO.hasCitingEntity),
        "CitationShape hasCitingEntity: a citation must stand in one place",
    ),
    fault(
        without(CANCU.spellingNote),
        "CitationShape resolution: a repaired citation must note how the source spells it",
    ),
    fault(
        added(
            CANCU.impliedIssuer,
            terms.text("Bộ Chính trị"),
            CANCU.Citation,
            of=CANCU.statedIssuer,
        ),
        "CitationShape impliedIssuer: an issuer that is stated need not be implied",
    ),
    fault(
        without(CANCU.statedKey, CANCU.BasisStatement),
        "StatedShape statedKey: a citation must have a key",
    ),
    fault(
        changed(CANCU.statedDate, terms.text("22/12/2024")),
        "StatedShape statedDate: no such form of a date",
    ),
    fault(
        changed(CANCU.citationKind, node(iris.code("citation-kind", "likes")), CANCU.Citation),
        "CitationKindShape citationKind: no such kind of citation",
    ),
    fault(
        changed(
            CANCU.citationKind, node(iris.code("citation-kind", "cites")), CANCU.BasisStatement
        ),
        "BasisShape citationKind: a statement of basis says legal basis or carried out",
    ),
    fault(
        changed(CANCU.resolution, ODD, CANCU.InstrumentClaim),
        "ResolutionShape resolution: no such resolution",
    ),
    fault(
        changed(CITO.hasCitedEntity, NOWHERE),
        "InstrumentShape -: an instrument that is cited must be described",
        "CitationShape hasCitedEntity: what a document cites it must describe",
    ),
    # Nothing tells which instrument is meant, and yet its IRI says it all.
    fault(
        both(
            changed(
                CANCU.resolution,
                node(iris.code("resolution", "unresolved")),
                CANCU.InstrumentClaim,
            ),
            without(CANCU.statedIssuer, CANCU.InstrumentClaim),
        ),
        "ClaimShape aboutInstrument: "
        "an instrument that is not resolved must not be given a full identity",
    ),
    fault(
        without(RDFS_LABEL, CANCU.StubInstrument),
        "StubShape label: a cited instrument must have a label",
    ),
    # What is held cannot be merely cited.
    fault(
        added(RDF_TYPE, node(CANCU.StubInstrument), CANCU.Document),
        "StubShape type: a held document is not merely cited",
        "StubShape label: a cited instrument must have a label",
    ),
    # --- Agencies ---
    fault(
        without(CANCU.mentionsAgency),
        "MentionShape mentionsAgency: a mention must be of exactly one agency",
    ),
    fault(
        without(CANCU.isGeneric),
        "MentionShape isGeneric: a mention must say whether the class is broad",
    ),
    fault(
        changed(CANCU.assignee, node(f"{BASE}agency/nobody")),
        "AgencyShape type: an agency must be described",
        "AgencyShape prefLabel: an agency must have a name",
    ),
    fault(
        added(DCTERMS.spatial, node(iris.place("hue")), ORG.FormalOrganization, of=DCTERMS.spatial),
        "OrganisationShape spatial: an organ is of one province at most",
    ),
    fault(
        added(RDF_TYPE, node(ORG.FormalOrganization), CANCU.AgencyGroup),
        "GroupShape type: a class of agencies is not one organ",
    ),
]
DOUBTS = [
    # --- What a strange source can bring about ---
    fault(
        changed(DCTERMS.issued, terms.date("1025-02-14"), CANCU.Document),
        "SourceDoubtShape issued: issued before 1945 or after 2099",
        "DocumentShape date_document: the date of a document must be the one that it states",
        "ClaimDoubtShape statedDate: an instrument is cited that is dated after the document",
    ),
    # The scan was issued in 2025.
    fault(
        due("2024", "2024-12-31"),
        "DeadlineDoubtShape latestDate: a deadline that was over before the document was issued",
    ),
    fault(
        due("2025-04-31", None),
        "DeadlineDoubtShape deadlineValue: a deadline that is not in the calendar",
    ),
    fault(
        same_role_again(),
        "AssignmentDoubtShape assignee: an agency has the same role in a task twice",
    ),
    fault(
        inner_section_to(10**7),
        "SectionDoubtShape is_part_of: a section reaches out of the one around it",
    ),
    fault(
        both(without(CANCU.signs), without(CANCU.gapCode, value="date-")),
        "SignatureShape signs: a signature must stand in the document that it signs",
        "GapShape gapCode: no such code of a gap",
        "SourceDoubtShape -: something is missing and not said",
    ),
    fault(
        changed(SCHEMA.minValue, terms.decimal(Decimal(99))),
        "TargetDoubtShape minValue: the lower end of a range is above the upper one",
    ),
    fault(
        changed(CANCU.targetYear, terms.date("2019"), under=SCAN),
        "TargetDoubtShape targetYear: a target year that was over before the document was issued",
    ),
    fault(
        changed(CANCU.targetYear, terms.date("2200")),
        "TargetDoubtShape targetYear: a target year before 1945 or after 2099",
    ),
    fault(
        changed(
            CANCU.resolution, node(iris.code("resolution", "ambiguous")), CANCU.InstrumentClaim
        ),
        "ClaimDoubtShape candidateText: an ambiguous instrument without candidates",
    ),
    fault(
        changed(CANCU.statedDate, terms.text("2031-01-01"), CANCU.InstrumentClaim, under=SCAN),
        "ClaimDoubtShape statedDate: an instrument is cited that is dated after the document",
    ),
]


@pytest.mark.parametrize(("plant", "expected"), [*FAULTS, *DOUBTS])
def test_a_planted_fault_is_caught(plant: Plant, expected: tuple[str, ...]) -> None:
    assert caught(checked(with_fault(plant))) == set(expected)
