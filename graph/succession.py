"""Who answers today: the way from an organ through the changes that ended it.

The register tells what became of kinds of organs (Sở Thông tin và Truyền thông went into Sở Khoa
học và Công nghệ on 1 March 2025) and of provinces (Hậu Giang into Cần Thơ on 1 July 2025). An organ
of a province follows both, in the order of their days; events of one day make one step:

    agency/hau-giang/so-thong-tin-va-truyen-thong
      → agency/hau-giang/so-khoa-hoc-va-cong-nghe        change/so-khoa-hoc-va-cong-nghe-2025
      → agency/can-tho-2025/so-khoa-hoc-va-cong-nghe     change/can-tho-2025

"Today" is the day after the last change that the register knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph import iris
from graph.organs import Meaning, local_name, meaning_of, step_of
from graph.places import Province, provinces
from graph.register import AGENCY, Change, Term, changes_of, level_of, terms_by_iri
from ontology.terms import BASE

Status = Literal["same", "successor", "class", "unplaced", "unknown"]

_PLACE = f"{BASE}place/"
_MANY_IN_A_PROVINCE = {iris.code("level", name) for name in ("region", "district", "commune")}


@dataclass(frozen=True, slots=True)
class Standing:
    """An organ, or a class of organs, as the register sees it.

    Attributes:
        place: slug of its province, "_" and a digest where the province is open, "" if central.
        name: its name without the province.
        means: what the register knows of the name.
        is_group: whether it is a class of organs.
    """

    place: str
    name: str
    means: Meaning
    is_group: bool

    @property
    def iri(self) -> str:
        """Return its IRI."""
        step = step_of(self.name, self.means, is_city=self.is_city)
        return f"{AGENCY}{self.place}/{step}" if self.place else f"{AGENCY}{step}"

    @property
    def province(self) -> Province | None:
        """Return its province, None for a central organ and where it is open."""
        return provinces().get(self.place)

    @property
    def is_city(self) -> bool:
        """Tell whether it is an organ of a centrally-run city."""
        return self.province is not None and self.province.is_city

    @property
    def is_known(self) -> bool:
        """Tell whether the register can say what became of it.

        Of one commune's organ it cannot: communes were merged too, and it does not hold them.
        """
        term = self.means.term
        if term is None:
            return self.is_group
        return not self.means.is_one_of_many or bool(changes_of(term.iri))


@dataclass(frozen=True, slots=True)
class Step:
    """What ended an organ, and who carries on."""

    changes: tuple[str, ...]
    successors: tuple[Standing, ...]


def standing_of(iri: str, name: str, *, is_group: bool) -> Standing:
    """Return how an organ stands whose IRI and name are known from a document."""
    place = iri.removeprefix(AGENCY).rpartition("/")[0]
    means = meaning_of(name, in_province=bool(place))
    many = means.term is not None and is_class(means.term, place) and not means.is_one_of_many
    return Standing(place, name, means, is_group or many)


def member_of(term: Term, place: str, post: str = "") -> Standing:
    """Return the organ of a kind in a province, or who heads it; a central organ as it is."""
    province = provinces().get(place)
    name = local_name(term, is_city=province is not None and province.is_city)
    return Standing(place, f"{post} {name}".strip(), Meaning(term, post), is_class(term, place))


def is_class(term: Term, place: str) -> bool:
    """Tell whether a term means many organs in a province; without one, every kind does."""
    is_many = level_of(term) in _MANY_IN_A_PROVINCE or not place
    return term.is_group or (term.is_kind and is_many)


def next_step(one: Standing) -> Step | None:
    """Return the first change that ended an organ; None if it still exists or is not known."""
    if not one.is_known:
        return None
    of_term = changes_of(one.means.term.iri) if one.means.term else ()
    of_place = changes_of(one.province.iri) if one.province else ()
    dates = [changes[0].date for changes in (of_term, of_place) if changes]
    if not dates:
        return None
    first = min(dates)
    ended, moved = _on(first, of_term), _on(first, of_place)
    if one.means.is_one_of_many and not ended:
        return None
    places = _results(moved) or (f"{_PLACE}{one.place}",)
    return Step(
        tuple(change.iri for change in (*ended, *moved)),
        tuple(
            _carrying_on(one, term, place.removeprefix(_PLACE))
            for place in places
            for term in _results(ended) or ("",)
        ),
    )


def today(one: Standing) -> tuple[Standing, ...]:
    """Return who answers today for what was given to an organ; nobody if that is not known."""
    if not one.is_known:
        return ()
    step = next_step(one)
    if step is None:
        return (one,)
    found = {last.iri: last for after in step.successors for last in today(after)}
    return tuple(found.values())


def status_of(one: Standing) -> Status:
    """Return in a word whether an organ still exists, or why that is not known."""
    if not one.is_known:
        return "unknown"
    if one.place.startswith("_"):
        return "unplaced"
    if one.is_group:
        return "class"
    return "same" if next_step(one) is None else "successor"


def _carrying_on(one: Standing, term: str, place: str) -> Standing:
    """Return who carries on: a term of the register in a place, "" being what it was."""
    if term:
        return member_of(terms_by_iri()[term], place, one.means.post)
    if one.means.term:
        return member_of(one.means.term, place, one.means.post)
    return replace(one, place=place)


def _on(date: str, changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(change for change in changes if change.date == date)


def _results(changes: Sequence[Change]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(result for change in changes for result in change.results))
