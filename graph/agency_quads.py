"""What is said of agencies that documents point to: names, kind, province, and who answers today.

Documents give the names; everything else follows from the register of agencies (`graph.register`),
whose own statements stand in a graph of their own. An organ that ended leads to those that carry
on, so these are described too, and so are the organs that any of them belongs to.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from graph import iris, terms
from graph.iris import plain
from graph.organs import full_label, local_name
from graph.places import Province
from graph.register import AGENCY, Term, level_of, terms_by_iri
from graph.succession import Standing, member_of, next_step, status_of, today
from graph.terms import Statement
from ontology.terms import CANCU, DCTERMS, ORG, RDF_TYPE, SCHEMA, SKOS


@dataclass(slots=True)
class Named:
    """An agency as documents name it: how often each name is given, and whether as a class."""

    names: Counter[str] = field(default_factory=Counter)
    is_group: bool = False


def most_common(values: Mapping[str, int]) -> str:
    """Return the value stated most often; of equals the first in the order of the alphabet."""
    return min(values, key=lambda value: (-values[value], value))


def description(one: Standing, stated: Collection[str]) -> Iterator[Statement]:
    """Yield what is to be said of an agency.

    Args:
        one: how it stands.
        stated: the names that documents give it; none if it is only led to.
    """
    yield from _description(one, stated)
    yield from _succession(one)


def leads_to(one: Standing) -> tuple[Standing, ...]:
    """Return the agencies that one leads to: who carries on after it, and what it belongs to."""
    step, above = next_step(one), _parent(one)
    return (*(step.successors if step else ()), *((above,) if above else ()))


def _description(one: Standing, stated: Collection[str]) -> Iterator[Statement]:
    """Yield names, class and place; the register itself describes the organs that it holds."""
    iri, term, province = one.iri, one.means.term, one.province
    if not _is_in_register(one):
        yield iri, RDF_TYPE, CANCU.AgencyGroup if one.is_group else ORG.FormalOrganization
        if term and term.is_kind and not one.means.post:
            yield iri, ORG.classification, term.iri
        for member in _members(one):
            yield iri, CANCU.memberKind, member
        if parent := _parent(one):
            yield iri, ORG.subOrganizationOf, parent.iri
    yield from _labels(one, stated)
    if province:
        yield iri, DCTERMS.spatial, province.iri
    if term and (level := level_of(term)):
        yield iri, CANCU.governmentLevel, level
    if not _is_in_register(one) and (last := _last_day(term, province)):
        yield iri, SCHEMA.validThrough, terms.date(last)


def _succession(one: Standing) -> Iterator[Statement]:
    yield one.iri, CANCU.answerStatus, iris.code("answer", status_of(one))
    for last in today(one):
        yield one.iri, CANCU.answersToday, last.iri
    if step := next_step(one):
        for change in step.changes:
            yield one.iri, ORG.changedBy, change
        for successor in step.successors:
            yield one.iri, CANCU.succeededBy, successor.iri


def _labels(one: Standing, stated: Collection[str]) -> Iterator[Statement]:
    """Yield a name in each language as far as known, the names in the documents, and plain forms.

    The first name of an organ of the register stands in the register.
    """
    known = set(one.means.term.names) if _is_in_register(one) and one.means.term else set()
    own = local_name(one.means.term, is_city=one.is_city) if one.means.term else one.name
    others = {*stated, *([own] if _is_whole(one) else [one.name])}
    if not known:
        name = own if _is_whole(one) else one.name
        preferred = full_label(name, one.province, is_group=one.is_group)
        yield one.iri, SKOS.prefLabel, terms.label(preferred)
        if english := _english(one):
            yield one.iri, SKOS.prefLabel, terms.label(english, "en")
        yield one.iri, SKOS.hiddenLabel, terms.text(plain(preferred))
        known = {preferred}
    for other in sorted(others - known):
        yield one.iri, SKOS.altLabel, terms.label(other)
        yield one.iri, SKOS.hiddenLabel, terms.text(plain(other))


def _is_whole(one: Standing) -> bool:
    """Tell whether the register's name is the organ's own: not of its head, not of one of many."""
    return one.means.term is not None and not one.means.post and not one.means.is_one_of_many


def _is_in_register(one: Standing) -> bool:
    return one.iri in terms_by_iri()


def _english(one: Standing) -> str | None:
    term, province = one.means.term, one.province
    if term is None or one.means.is_one_of_many:
        return None
    name = f"the leadership of the {term.english}" if one.means.post else term.english
    if province is None:
        return name
    name = name.replace("Provincial", "City") if one.is_city else name
    return f"{name} ({province.english})" if one.is_group else f"{name} of {province.english}"


def _members(one: Standing) -> tuple[str, ...]:
    """Return the kinds of organs that a class takes in."""
    term = one.means.term
    if term is None or not one.is_group or one.means.post:
        return ()
    return (term.iri,) if term.is_kind else term.members


def _parent(one: Standing) -> Standing | None:
    term = one.means.term
    if term is None or _is_in_register(one) or one.is_group or one.means.post:
        return None
    if term.parent_kind:
        return member_of(terms_by_iri()[term.parent_kind], one.place)
    if term.parent and term.parent.startswith(AGENCY):
        return member_of(terms_by_iri()[term.parent], "")
    return None


def _last_day(term: Term | None, province: Province | None) -> str | None:
    """Return the day on which an organ ended, with its kind or with its province."""
    ends = [one.ends for one in (term, province) if one and one.ends]
    return min(ends, default=None)
