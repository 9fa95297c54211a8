"""A release that followed its changes is the one that is made from nothing."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from graph.load import load_documents
from graph.plan import Loadable
from graph.store import Store
from loaders.corpus import CuratedFact
from loaders.facts import Facts
from tests.graph.small import DEADLINE, plan
from tests.graph.test_shared import stating

NUMBERS = range(1, 25)


def followed(path: Path) -> bool:
    """Tell whether the last load followed changes instead of describing all anew."""
    release = Store(path).release.id
    ledger = json.loads((path / "releases" / release / "ledger.json").read_text())
    return int(ledger["loose"]) > 0


def some_plan(number: int, chance: random.Random) -> Loadable:
    """Return a plan that shares agencies, instruments and a successor with others, or not."""
    tasks = [f"Lập dự toán {n}" for n in range(chance.randint(1, 4))]
    made = plan(
        *tasks,
        *([f"Báo cáo kết quả {DEADLINE}"] if chance.random() < 0.5 else []),
        name=f"{number}.txt",
        number=f"{number}/KH-UBND" if chance.random() < 0.9 else None,
        issuer=chance.choice(
            [
                "Ủy ban nhân dân tỉnh Lai Châu",
                "Ủy ban nhân dân tỉnh Hậu Giang",
                "UBND tỉnh Lai Châu",
            ]
        ),
        lead=chance.choice(
            [
                "Sở Thông tin và Truyền thông",
                "Sở KH&CN",
                "các sở, ban, ngành",
                "Các sở, ngành",
                "các sở, Ngành",
                "Bộ Khoa học và Công nghệ",
            ]
        ),
    )
    return replace(made, facts=citing(made.facts, chance))


def citing(facts: Facts, chance: random.Random) -> Facts:
    """Return facts that cite a resolution, or a plan that another document may be."""
    if chance.random() < 0.5:
        return stating(
            facts,
            issued=chance.choice(["2024-12-22", "2024", "2024-12-20", None]),
            issuer=chance.choice(["Bộ Chính trị", "Ban Bí thư", "Bộ chính trị", None]),
        )
    number = chance.choice(NUMBERS)
    return stating(
        facts,
        key=f"{number}/KH-UBND",
        number=f"{number}/KH-UBND",
        type="Kế hoạch",
        issued=chance.choice(["2025", None]),
        issuer=chance.choice(["Ủy ban nhân dân tỉnh Lai Châu", "Ủy ban nhân dân tỉnh"]),
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_store_after_many_loads_is_one_made_from_nothing(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    given = [some_plan(number, chance) for number in NUMBERS[:-6]]
    load_documents(tmp_path / "store", given, keep=1)
    facts: dict[str, CuratedFact] = {}
    ways = []
    for _ in range(6):
        given.append(some_plan(chance.choice(NUMBERS), chance))
        digest = given[-1].facts.document.sha256
        if chance.random() < 0.5:
            facts[digest] = CuratedFact(digest, "number", "77/KH-UBND", "seen", "3.txt")
        known = [facts[digest]] if digest in facts else []
        load_documents(tmp_path / "store", given[-1:], known, keep=1)
        ways.append(followed(tmp_path / "store"))
    store = Store(tmp_path / "store")
    last = {one.facts.document.sha256: one for one in given}
    held = [last[document.sha256] for document in store.release.documents]

    load_documents(tmp_path / "fresh", held, facts.values())
    fresh = Store(tmp_path / "fresh")

    assert any(ways)
    assert sorted(store.dump().splitlines()) == sorted(fresh.dump().splitlines())
    assert store.release.id == fresh.release.id
    assert store.release.graphs == fresh.release.graphs
