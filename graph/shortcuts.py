"""Shortcuts: rules that OWL has no words for, because they look at a value or leave out a case.

What the text states is kept in nodes that carry its evidence (an assignment, a statement of basis,
a citation); a shortcut puts it in one triple, which is what most questions want.
"""

from graph import iris
from graph.rules import Rule, atom
from ontology.terms import CANCU, CITO, ELI, PROV, RDF_TYPE


def _by_role(role: str, predicate: str) -> Rule:
    return Rule(
        name=f"{role}-agency",
        because=f"the assignee in the role {role} of a task's assignment",
        head=atom("?task", predicate, "?agency"),
        body=(
            atom("?assignment", PROV.hadRole, iris.code("role", role)),
            atom("?assignment", CANCU.ofTask, "?task"),
            atom("?assignment", CANCU.assignee, "?agency"),
        ),
    )


def _by_basis(kind: str, predicate: str) -> Rule:
    return Rule(
        name=f"document-{kind}",
        because=f"a statement of basis of the kind {kind} in title or preamble",
        head=atom("?document", predicate, "?instrument"),
        body=(
            atom("?statement", RDF_TYPE, CANCU.BasisStatement),
            atom("?statement", CANCU.citationKind, iris.code("citation-kind", kind)),
            atom("?statement", CANCU.inDocument, "?document"),
            atom("?statement", CANCU.aboutInstrument, "?instrument"),
        ),
    )


SHORTCUTS = (
    _by_role("lead", CANCU.leadAgency),
    _by_role("support", CANCU.supportAgency),
    _by_role("reports-to", CANCU.reportsToAgency),
    _by_basis("implements", CANCU.implements),
    _by_basis("based-on", ELI.based_on),
    Rule(
        name="document-cites",
        because="a citation in the document that means another instrument",
        head=atom("?document", ELI.cites, "?instrument"),
        body=(
            atom("?citation", CITO.hasCitedEntity, "?instrument"),
            atom("?citation", CANCU.inDocument, "?document"),
        ),
        condition="FILTER (?instrument != ?document)",
    ),
)
