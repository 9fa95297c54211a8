"""Agencies described anew after a change are those described from nothing."""

from collections import Counter

import pytest

from graph.agencies import Agencies
from graph.agency_quads import Named, leads_to
from graph.succession import Standing
from ontology.terms import BASE

AGENCY = f"{BASE}agency/"
HAU_GIANG, CAN_THO = f"{AGENCY}hau-giang/", f"{AGENCY}can-tho/"
TELECOMS = "so-thong-tin-va-truyen-thong"
FULL_NAME = "Sở Thông tin và Truyền thông"


def named(**names: str) -> dict[str, Named]:
    """Return names by the last steps of IRIs, "__" between them."""
    return {
        AGENCY + steps.replace("__", "/").replace("_", "-"): Named(Counter([name]))
        for steps, name in names.items()
    }


def described(names: dict[str, Named]) -> dict[str, Standing]:
    agencies = Agencies(names.get)
    agencies.follow(names)
    return {iri: one for iri, one in agencies.standings.items() if one}


TELECOMS_HERE = named(hau_giang__so_thong_tin_va_truyen_thong=FULL_NAME)
SCIENCE_HERE = named(hau_giang__so_khoa_hoc_va_cong_nghe="Sở Khoa học và Công nghệ")
SMALL = named(hau_giang__cac_to_cong_tac="các tổ công tác")
LARGE = named(can_tho__cac_to_cong_tac="Các Tổ công tác")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Nobody names any more what others led to.
        (TELECOMS_HERE, {}),
        ({}, TELECOMS_HERE),
        # What carries on is still led to by another.
        (TELECOMS_HERE | SCIENCE_HERE, SCIENCE_HERE),
        (TELECOMS_HERE | SCIENCE_HERE, TELECOMS_HERE),
        # A group that nobody names has the name of one of those that it carries on for.
        (SMALL | LARGE, SMALL),
        (SMALL, SMALL | LARGE),
        (LARGE, SMALL),
    ],
)
def test_a_change_of_names(old: dict[str, Named], new: dict[str, Named]) -> None:
    before, expected = described(old), described(new)

    changed = Agencies(
        new.get,
        led_to=lambda iri: [s.iri for s in leads_to(before[iri])] if iri in before else [],
        led_from=lambda iri: [
            source for source, one in before.items() if iri in {s.iri for s in leads_to(one)}
        ],
    ).follow({*old, *new} - {iri for iri in old if old.get(iri) == new.get(iri)})

    after = {iri: one for iri, one in (before | dict(changed)).items() if one}
    assert after == expected
    assert before or expected


def test_an_agency_that_ended_leads_to_those_that_carry_on() -> None:
    assert f"{HAU_GIANG}{TELECOMS}" in described(TELECOMS_HERE)
    assert f"{AGENCY}can-tho-2025/so-khoa-hoc-va-cong-nghe" in described(TELECOMS_HERE)
