"""The register: provinces, agencies and kinds of agencies through time, and their changes."""

from datetime import date, timedelta
from graphlib import TopologicalSorter

import pyoxigraph as ox
import pytest

import ontology
from graph.instrument import parse_iri
from graph.iris import plain, slug
from tests.ontology.register import (
    DESCRIBED,
    FILES,
    events,
    label,
    names,
    originals,
    register,
    results,
    short,
    subjects,
    successors,
    today,
    values,
)  # fmt: skip

# What was merged on 1 July 2025 by Nghị quyết 202/2025/QH15, as slugs; the rest stayed.
MERGED = {
    "an-giang": {"an-giang", "kien-giang"},
    "bac-ninh": {"bac-giang", "bac-ninh"},
    "ca-mau": {"bac-lieu", "ca-mau"},
    "can-tho": {"can-tho", "hau-giang", "soc-trang"},
    "da-nang": {"da-nang", "quang-nam"},
    "dak-lak": {"dak-lak", "phu-yen"},
    "dong-nai": {"binh-phuoc", "dong-nai"},
    "dong-thap": {"dong-thap", "tien-giang"},
    "gia-lai": {"binh-dinh", "gia-lai"},
    "hai-phong": {"hai-duong", "hai-phong"},
    "ho-chi-minh": {"ba-ria-vung-tau", "binh-duong", "ho-chi-minh"},
    "hung-yen": {"hung-yen", "thai-binh"},
    "khanh-hoa": {"khanh-hoa", "ninh-thuan"},
    "lam-dong": {"binh-thuan", "dak-nong", "lam-dong"},
    "lao-cai": {"lao-cai", "yen-bai"},
    "ninh-binh": {"ha-nam", "nam-dinh", "ninh-binh"},
    "phu-tho": {"hoa-binh", "phu-tho", "vinh-phuc"},
    "quang-ngai": {"kon-tum", "quang-ngai"},
    "quang-tri": {"quang-binh", "quang-tri"},
    "tay-ninh": {"long-an", "tay-ninh"},
    "thai-nguyen": {"bac-kan", "thai-nguyen"},
    "tuyen-quang": {"ha-giang", "tuyen-quang"},
    "vinh-long": {"ben-tre", "tra-vinh", "vinh-long"},
}
UNCHANGED = {
    "cao-bang", "dien-bien", "ha-noi", "ha-tinh", "hue", "lai-chau", "lang-son", "nghe-an",
    "quang-ninh", "son-la", "thanh-hoa",
}  # fmt: skip
CITIES_BEFORE = {"can-tho", "da-nang", "ha-noi", "hai-phong", "ho-chi-minh", "hue"}


# --- Each file, each resource ---


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_holds_before_it_does(name: str) -> None:
    text = ontology.read(name)

    assert len(list(ox.parse(text, ox.RdfFormat.TURTLE))) > 50
    assert text.index("\n# ") < text.index(" a ")


def test_every_resource_has_one_label_in_each_language() -> None:
    described = {quad.subject.value for quad in register()}

    counts = {
        (short(subject), language): len(
            values(short(subject), "skos:prefLabel", "rdfs:label", language=language)
        )
        for subject in described
        for language in ("vi", "en")
    }

    assert len(counts) > 700
    assert {key: count for key, count in counts.items() if count != 1} == {}


@pytest.mark.parametrize("prefix", DESCRIBED)
def test_hidden_labels_are_the_labels_without_diacritics(prefix: str) -> None:
    for subject in subjects(prefix):
        expected = {plain(name) for name in names(subject)}

        assert set(values(subject, "skos:hiddenLabel")) == expected, subject


@pytest.mark.parametrize("prefix", ["agency", "kind", "pillar"])
def test_no_two_share_a_label(prefix: str) -> None:
    owners: dict[str, str] = {}
    for subject in subjects(prefix):
        for name in {plain(name) for name in names(subject)}:
            assert owners.setdefault(name, subject) == subject, name


@pytest.mark.parametrize("prefix", ["agency", "kind"])
def test_an_address_is_made_of_the_name(prefix: str) -> None:
    for subject in subjects(prefix):
        assert subject == f"{prefix}:{slug(label(subject))}"


def test_whatever_is_pointed_to_is_described() -> None:
    described = {subject for prefix in DESCRIBED for subject in subjects(prefix)}

    pointed = {short(q.object.value) for q in register() if isinstance(q.object, ox.NamedNode)}

    ours = {name for name in pointed if name.split(":")[0] in DESCRIBED}
    assert len(ours) > 150
    assert ours - described == set()


# --- Provinces ---


def test_sixty_three_provinces_became_thirty_four() -> None:
    merged = {
        results(event)[0].removeprefix("place:").removesuffix("-2025"): {
            original.removeprefix("place:") for original in originals(event)
        }
        for event in events()
        if originals(event)[0].startswith("place:")
    }

    assert merged == MERGED
    assert len(UNCHANGED) + sum(map(len, MERGED.values())) == 63
    assert len(UNCHANGED) + len(MERGED) == 34


def test_a_province_is_valid_as_long_as_it_was() -> None:
    spans = {
        place: (values(place, "schema:validFrom"), values(place, "schema:validThrough"))
        for place in subjects("place")
    }

    old = {name for olds in MERGED.values() for name in olds}
    assert spans == {
        **{f"place:{name}": ([], []) for name in UNCHANGED},
        **{f"place:{name}": ([], ["2025-06-30"]) for name in old},
        **{f"place:{name}-2025": (["2025-07-01"], []) for name in MERGED},
    }


def test_a_province_says_its_kind_and_name() -> None:
    for place in subjects("place"):
        name = place.removeprefix("place:").removesuffix("-2025")
        is_city = name in CITIES_BEFORE

        assert values(place, "cancu:placeKind") == ["thành phố" if is_city else "tỉnh"]
        assert slug(label(place)) == name


# --- Agencies and kinds ---


def test_every_kind_has_a_level_or_is_a_branch() -> None:
    tops = {kind for kind in subjects("kind") if not values(kind, "skos:broader")}
    levels = {
        f"kind:co-quan-{level}" for level in ("o-trung-uong", "cap-tinh", "cap-huyen", "cap-xa")
    }

    for kind in subjects("kind"):
        reached = _closure(kind, "skos:broader")
        assert reached & tops, kind
        if values(kind, "skos:notation"):
            assert reached & {*levels, "kind:co-quan-nganh-doc"}, kind


def _closure(start: str, predicate: str) -> set[str]:
    found = {start}
    for above in values(start, predicate):
        found |= _closure(above, predicate)
    return found


def test_a_kind_of_provincial_organ_names_the_last_step_of_its_address() -> None:
    made = [kind for kind in subjects("kind") if values(kind, "skos:notation")]

    assert len(made) > 100
    for kind in made:
        assert values(kind, "skos:notation") == [kind.removeprefix("kind:")]


@pytest.mark.parametrize("predicate", ["org:subOrganizationOf", "cancu:parentKind", "skos:broader"])
def test_nobody_is_above_itself(predicate: str) -> None:
    above = {
        subject: values(subject, predicate)
        for prefix in ("agency", "kind")
        for subject in subjects(prefix)
    }

    assert list(TopologicalSorter(above).static_order())


def test_every_central_organ_has_a_class() -> None:
    for agency in subjects("agency"):
        is_group = values(agency, "rdf:type") == ["cancu:AgencyGroup"]

        assert len(values(agency, "org:classification")) == (0 if is_group else 1), agency


# --- Changes ---


def test_every_change_has_original_result_date_source_and_reason() -> None:
    assert len(events()) > 60
    for event in events():
        assert originals(event)
        assert results(event)
        assert len(values(event, "dcterms:date")) == 1
        assert len(values(event, "dcterms:source")) == 1
        for language in ("vi", "en"):
            assert len(values(event, "cancu:curatedBecause", language=language)) == 1


def test_a_legal_basis_is_an_instrument_with_issuer_type_year_and_number() -> None:
    bases = {basis for event in events() for basis in values(event, "eli:based_on")}

    assert len(bases) > 10
    for basis in bases:
        identity = parse_iri(basis)

        assert identity
        assert identity.complete, basis
        assert identity.place is None


def test_a_change_is_of_provinces_of_agencies_or_of_kinds() -> None:
    for event in events():
        sorts = {thing.split(":")[0] for thing in (*originals(event), *results(event))}

        assert sorts in ({"place"}, {"agency"}, {"kind"}), event


def test_what_ended_ended_when_its_change_says_and_nothing_ends_without_one() -> None:
    ends = {
        original: _last_day(_date(event)) for event in events() for original in originals(event)
    }

    assert ends == {
        subject: through
        for prefix in DESCRIBED
        for subject in subjects(prefix)
        for through in values(subject, "schema:validThrough")
    }


def test_what_began_began_with_a_change() -> None:
    begins = {(result, _date(event)) for event in events() for result in results(event)}

    started = {
        (subject, begin)
        for prefix in DESCRIBED
        for subject in subjects(prefix)
        for begin in values(subject, "schema:validFrom")
    }

    assert len(started) > 40
    assert started - begins == set()


def _date(event: str) -> str:
    return values(event, "dcterms:date")[0]


def _last_day(day: str) -> str:
    """Return the day before; a month or year stays as it is."""
    if len(day) < len("2025-03-01"):
        return day
    return str(date.fromisoformat(day) - timedelta(days=1))


def test_succession_never_comes_back() -> None:
    assert list(TopologicalSorter(successors()).static_order())


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        # A ministry whose predecessor was itself a successor.
        ("agency:bo-buu-chinh-vien-thong", {"agency:bo-khoa-hoc-va-cong-nghe"}),
        # Two departments that became one under a new name.
        ("kind:so-tai-nguyen-va-moi-truong", {"kind:so-nong-nghiep-va-moi-truong"}),
        ("kind:so-thuy-san", {"kind:so-nong-nghiep-va-moi-truong"}),
        # The district level went to the communes.
        ("kind:uy-ban-nhan-dan-cap-huyen", {"kind:uy-ban-nhan-dan-cap-xa"}),
        # A province that was taken in, one that kept its name, one that was left alone.
        ("place:hau-giang", {"place:can-tho-2025"}),
        ("place:hung-yen", {"place:hung-yen-2025"}),
        ("place:lai-chau", {"place:lai-chau"}),
        # What was divided has several.
        ("agency:bo-khoa-hoc-cong-nghe-va-moi-truong",
         {"agency:bo-khoa-hoc-va-cong-nghe", "agency:bo-nong-nghiep-va-moi-truong"}),
    ],
)  # fmt: skip
def test_who_carries_on_today(thing: str, expected: set[str]) -> None:
    assert today(thing) == expected


def test_whoever_carries_on_today_has_not_ended() -> None:
    for thing in successors():
        assert [last for last in today(thing) if values(last, "schema:validThrough")] == []
