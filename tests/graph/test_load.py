import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import iris
from graph.dump import canonical_store
from graph.errors import NoReleaseError, ShapeError, SourceMismatchError, StoreBusyError, StoreError
from graph.load import LoadReport, load_documents
from graph.releases import Folder, writing
from graph.store import Store
from graph.terms import node
from graph.verify import verify
from loaders.corpus import CuratedFact
from ontology.terms import BASE
from tests.graph.annotated import ROOT, TINH_UY, corpus, curated
from tests.graph.small import DEADLINE, DRAFT, plan, renamed

BUDGET, REPORT = "Lập dự toán", f"Báo cáo kết quả {DEADLINE}"


def outcomes(report: LoadReport) -> list[tuple[str, str]]:
    return [(document.name, document.outcome) for document in report.documents]


def held(path: Path) -> list[str]:
    return [document.name for document in Store(path).release.documents]


def test_the_shipped_documents_become_a_release_in_whatever_order(
    loaded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "store"
    report = load_documents(path, corpus()[::-1], curated()[::-1])
    release = Store(path).release

    assert report.published
    assert report.previous is None
    assert release == report.release
    assert release.conforms
    assert {outcome for _, outcome in outcomes(report)} == {"added"}
    assert release.quads == len(Store(path).database)
    assert (
        json.loads((path / "releases" / release.id / "release.json").read_text())["id"]
        == release.id
    )
    assert len(release.documents) == 5
    assert "300 tasks added" in report.words()
    assert Store(loaded).release.id == release.id
    assert Store(loaded).dump() == Store(path).dump()


def test_no_triple_of_a_release_stands_in_two_graphs(loaded: Path) -> None:
    database = Store(loaded).database

    # A union of graphs counts a triple once for each graph that has it.
    assert len({quad.triple for quad in database}) == len(database)
    assert b"_:" not in canonical_store(database)


def test_documents_that_came_one_by_one_make_the_same_release(tmp_path: Path) -> None:
    documents = [plan(DRAFT), plan(BUDGET, name="b.txt", number="13/KH-UBND")]
    together = load_documents(tmp_path / "together", documents)
    load_documents(tmp_path / "single", documents[1:])
    single = load_documents(tmp_path / "single", documents[:1])

    assert single.release.id == together.release.id
    assert outcomes(single) == [("plan.txt", "added")]


def test_a_second_load_of_the_same_changes_nothing(drafted: Path) -> None:
    first = Store(drafted).release
    second = load_documents(drafted, [plan(DRAFT)])

    assert not second.published
    assert second.release == first
    assert outcomes(second) == [("plan.txt", "unchanged")]
    assert second.words() == f"nothing changed: release {first.id} stays published"
    assert len(list((drafted / "releases").iterdir())) == 1


def test_a_document_under_another_file_name_is_read_again_without_a_change(drafted: Path) -> None:
    report = load_documents(drafted, [renamed(plan(DRAFT), "better.txt")])

    assert outcomes(report) == [("better.txt", "changed")]
    assert report.documents[0].note == "read again: no fact changed"
    assert held(drafted) == ["better.txt"]


def test_a_new_version_replaces_the_old_one_and_the_difference_is_told(tmp_path: Path) -> None:
    load_documents(tmp_path, [plan(DRAFT, REPORT)])
    report = load_documents(tmp_path, [plan(DRAFT, REPORT, BUDGET, deadline="2025-07-30")])

    assert outcomes(report) == [("plan.txt", "changed")]
    assert report.documents[0].changes.words() == "1 task added, 1 role added, 1 deadline changed"
    assert report.words().endswith(": 1 task added, 1 role added, 1 deadline changed")
    assert len(Store(tmp_path).release.documents) == 1


def test_a_document_whose_blank_number_was_filled_in_replaces_the_draft(tmp_path: Path) -> None:
    load_documents(tmp_path, [plan(DRAFT, number=None)])
    report = load_documents(tmp_path, [plan(DRAFT)])

    assert held(tmp_path) == ["plan.txt"]
    assert report.documents[0].note == "replaces the version held before"
    assert report.documents[0].changes.words() == "1 head field added"


def test_files_of_one_name_that_are_two_documents_are_both_kept(drafted: Path) -> None:
    load_documents(drafted, [plan(BUDGET, number="13/KH-UBND")])

    assert held(drafted) == ["plan.txt", "plan.txt"]


def test_the_same_bytes_twice_are_one_document_and_it_is_said(tmp_path: Path) -> None:
    report = load_documents(tmp_path, [plan(DRAFT), renamed(plan(DRAFT), "copy.txt")])

    assert outcomes(report) == [("copy.txt", "added"), ("plan.txt", "duplicate")]
    assert report.documents[1].note == "the same bytes as copy.txt"
    assert held(tmp_path) == ["copy.txt"]


def test_two_versions_of_one_document_in_one_load(tmp_path: Path) -> None:
    report = load_documents(tmp_path, [plan(DRAFT, name="b.txt"), plan(BUDGET, name="a.txt")])

    assert outcomes(report) == [("a.txt", "added"), ("b.txt", "left out")]
    assert report.documents[1].note == "another version of the document in a.txt"


def test_bytes_that_are_not_the_documents_are_refused(tmp_path: Path) -> None:
    wrong = replace(plan(DRAFT), data=b"something else")

    with pytest.raises(SourceMismatchError, match=r"plan\.txt: the bytes given"):
        load_documents(tmp_path, [wrong])


def test_a_load_that_breaks_a_shape_publishes_nothing(drafted: Path) -> None:
    before = Store(drafted).release
    (task,) = plan(BUDGET).facts.tasks
    doubtful = replace(task, evidence=replace(task.evidence, confidence=1.5))
    broken = replace(plan(BUDGET), facts=replace(plan(BUDGET).facts, tasks=(doubtful,)))

    with pytest.raises(ShapeError, match="confidence must lie between 0 and 1"):
        load_documents(drafted, [broken])

    assert Store(drafted).release == before
    assert not (drafted / "incoming").exists()
    assert load_documents(drafted, [plan(DRAFT)]).notes == ()


def test_curated_facts_make_a_document_known_by_its_number(loaded: Path) -> None:
    store = Store(loaded)
    digest = next(d.sha256 for d in store.release.documents if d.name == TINH_UY)

    asked = f"SELECT ?document {{ ?document cancu:knownAs <{BASE}eli/vn/hung-yen/tu/kh/2025/386> }}"
    answer = store.query(asked, "tsv").decode().splitlines()
    assert answer == ["?document", f"<{BASE}eli/vn/hung-yen/tu/kh/_/_{digest[:8]}>"]
    about = answer[1]
    reasons = store.query(
        f"""SELECT ?field {{
          ?fact a cancu:CuratedFact ; cancu:field ?field ; cancu:reason ?why ;
            dcterms:source ?source ; cancu:aboutDocument {about} }} ORDER BY ?field""",
        "csv",
    )
    assert reasons.split() == [b"field", b"issued", b"number", b"place"]
    # What was extracted is untouched: the text never says its number.
    assert store.query(f"ASK {{ {about} eli:id_local ?number }}", "csv") == b"false"


def test_a_task_traces_through_a_plan_that_is_held_under_another_name(
    loaded: Path,
) -> None:
    answer = Store(loaded).query(
        f"""SELECT DISTINCT ?instrument {{
          ?task p-plan:isStepOfPlan <{BASE}eli/vn/hung-yen/ubnd/kh/2025/44> ;
            cancu:tracesTo ?instrument }} ORDER BY ?instrument""",
        "csv",
    )

    assert answer.decode().split()[1:] == [
        f"{BASE}eli/vn/{path}"
        for path in ("cp/nq/2025/3", "hung-yen/tu/kh/2025/386", "tw/nq/2024/57")
    ]


def test_curated_facts_stay_until_others_about_the_same_document_come(tmp_path: Path) -> None:
    document = plan(DRAFT, number=None)
    fact = CuratedFact(document.facts.document.sha256, "number", "12/KH-UBND", "seen", "a letter")
    load_documents(tmp_path, [document], [fact])

    kept = load_documents(tmp_path, [plan(BUDGET, name="b.txt", number="13/KH-UBND")])
    known = f"ASK {{ ?document cancu:knownAs <{BASE}eli/vn/lai-chau/ubnd/kh/2025/12> }}"
    assert kept.published
    assert Store(tmp_path).query(known, "csv") == b"true"

    load_documents(tmp_path, [], [replace(fact, value="14/KH-UBND")])
    assert Store(tmp_path).query(known, "csv") == b"false"


def test_conclusions_that_follow_changes_are_those_drawn_at_once(tmp_path: Path) -> None:
    plans = [plan(f"{DRAFT} {n}", name=f"{n}.txt", number=f"{n}/KH-UBND") for n in range(1, 8)]
    one, all_at_once = tmp_path / "one by one", tmp_path / "at once"
    for loadable in plans:
        load_documents(one, [loadable])
    # A version with one task less and one more, under the name of the third.
    changed = plan(BUDGET, name="3.txt", number="3/KH-UBND")
    last = load_documents(one, [changed])

    report = load_documents(all_at_once, [*plans[:2], changed, *plans[3:]])

    assert last.release.id == report.release.id


def test_other_rules_draw_all_conclusions_anew(drafted: Path, tmp_path: Path) -> None:
    first = Folder(drafted).published()
    # As if it had been made by rules that concluded nothing.
    folder = drafted / "releases" / first.id
    database = ox.Store(str(folder / "db"))
    database.remove_graph(node(iris.SHARED_GRAPHS["inferred"]))
    del database
    about = folder / "release.json"
    about.write_text(about.read_text("utf-8").replace(first.inference or "", "others"), "utf-8")

    second = load_documents(drafted, [plan(BUDGET, name="b.txt", number="13/KH-UBND")])

    fresh = load_documents(
        tmp_path / "fresh", [plan(DRAFT), plan(BUDGET, name="b.txt", number="13/KH-UBND")]
    )
    assert second.release.inference == first.inference
    assert second.release.id == fresh.release.id


def test_a_store_that_returns_to_an_earlier_state_points_to_that_release(drafted: Path) -> None:
    first = Folder(drafted).published()
    load_documents(drafted, [plan(BUDGET)])
    third = load_documents(drafted, [plan(DRAFT)])

    assert third.published
    assert third.release.id == first.id == Store(drafted).release.id
    assert len(list((drafted / "releases").iterdir())) == 2


def test_only_the_youngest_releases_and_the_sources_they_need_are_kept(tmp_path: Path) -> None:
    made = [load_documents(tmp_path, [plan(f"{DRAFT} {n}")], keep=2) for n in range(4)]

    kept = {path.name for path in (tmp_path / "releases").iterdir()}
    assert kept == {report.release.id for report in made[-2:]}
    sources = {path.name for path in (tmp_path / "sources").iterdir()}
    assert sources == {d.sha256 for report in made[-2:] for d in report.release.documents}


def test_a_reader_keeps_its_release_while_the_next_is_loaded(drafted: Path) -> None:
    reader = Store(drafted)
    before = reader.dump()
    load_documents(drafted, [plan(BUDGET)], keep=1)

    assert reader.dump() == before
    assert Store(drafted).dump() != before


def test_a_store_without_a_release_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError, match="nothing has been loaded"):
        Store(tmp_path / "nowhere")


def test_a_second_load_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(StoreBusyError, match=str(os.getpid())):
        load_documents(tmp_path, [plan(DRAFT)])

    assert load_documents(tmp_path, [plan(DRAFT)]).published


def test_a_broken_pointer_is_named(drafted: Path) -> None:
    (drafted / "current").write_text("0123456789abcdef\n")

    with pytest.raises(StoreError, match=r"release\.json: No such file"):
        Store(drafted)
    with pytest.raises(StoreError, match=r"release\.json: No such file"):
        load_documents(drafted, [plan(BUDGET)])


def test_a_damaged_database_is_named_in_one_line(drafted: Path) -> None:
    release = Folder(drafted).published()
    (Folder(drafted).database(release.id) / "CURRENT").write_text("nonsense")

    with pytest.raises(StoreError) as caught:
        Store(drafted)
    assert str(drafted) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_folder_of_a_store_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")

    with pytest.raises(StoreError, match="store: File exists"):
        load_documents(tmp_path / "store", [plan(DRAFT)])


LOAD = """
import sys
from pathlib import Path
from graph.errors import StoreError
from graph.load import load_documents
from tests.graph.small import plan
{before}
try:
    load_documents(
        Path(sys.argv[1]),
        [
            plan(f"Lập dự toán {{n}}", name=f"{{n}}.txt", number=f"{{n}}/KH-UBND")
            for n in range(int(sys.argv[2]))
        ],
        progress=lambda stage: print(stage, flush=True),
    )
except StoreError as error:
    print(f"StoreError: {{error}}")
"""


def start_load(path: Path, before: str = "", documents: int = 8) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", LOAD.format(before=before), str(path), str(documents)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of so many documents that a further one is a small change."""
    path = tmp_path_factory.mktemp("several") / "store"
    numbers = range(1, 10)
    load_documents(path, [plan(DRAFT, name=f"{n}-a.txt", number=f"{n}a/KH-UBND") for n in numbers])
    return path


STAGES = ["describing", "drawing", "counting", "checking", "taking", "publishing", "indexing"]


@pytest.mark.parametrize("stage", ["writing 3", *STAGES])
def test_a_load_killed_at_any_stage_leaves_the_published_release(stage: str, drafted: Path) -> None:
    before = Store(drafted).dump()

    process = start_load(drafted)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(stage):
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL

    after = Store(drafted)
    left = after.dump()
    # The kill may come just after the last rename; then the new release is there as a whole.
    assert left == before or len(after.release.documents) == 9
    assert verify(after).holds
    again = load_documents(drafted, [plan(BUDGET, name="b.txt", number="99/KH-UBND")])
    assert again.published
    assert verify(Store(drafted)).holds
    assert not (drafted / "incoming").exists()
    if left == before:
        assert again.notes == ("cleared what an interrupted load had left",)


@pytest.mark.parametrize("stage", ["writing 0", *STAGES])
def test_a_load_of_one_document_killed_at_any_stage_can_be_done_again(
    stage: str, several: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(several, store)
    before = Store(store).dump()

    process = start_load(store, documents=1)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(stage):
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    killed = Store(store)
    assert killed.dump() == before or len(killed.release.documents) == 10
    load_documents(store, [plan("Lập dự toán 0", name="0.txt", number="0/KH-UBND")])

    after = Store(store)
    assert len(after.release.documents) == 10
    assert verify(after).holds


def test_a_load_killed_at_random_moments_never_leaves_half_a_release(drafted: Path) -> None:
    moments = random.Random(20250103)  # noqa: S311 - moments to kill, no secret

    for _ in range(4):
        process = start_load(drafted)
        assert process.stdout is not None
        process.stdout.readline()  # it has the lock and has begun
        try:
            process.wait(timeout=moments.uniform(0, 0.8))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        store = Store(drafted)
        assert len(store.release.documents) in (1, 9)
        assert verify(store).holds


READ_ONLY = """
import os
os.seteuid(65534) if os.geteuid() == 0 else None  # for root no folder is read-only
"""


@pytest.fixture
def open_folder(drafted: Path) -> Iterator[Path]:
    """Return a store in a folder that any user may enter, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(shutil.copytree(drafted, Path(name) / "store"))


def test_a_read_only_folder_is_named_and_nothing_is_half_written(open_folder: Path) -> None:
    before = Store(open_folder).release
    closed = [open_folder, open_folder / "releases", open_folder / "sources", open_folder / "lock"]
    for path in closed:
        path.chmod(0o555)

    answer, _ = start_load(open_folder, READ_ONLY).communicate()

    assert answer == f"StoreError: {open_folder}: Permission denied\n"
    assert Store(open_folder).release == before
    for path in closed:
        path.chmod(0o755)


FULL_DISK = """
import resource
import graph.validate, graph.shared  # everything is imported before the disk is full
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
"""


@pytest.mark.parametrize("limit", [0, 4096, 65536])
def test_a_full_disk_is_named_and_nothing_is_half_written(limit: int, drafted: Path) -> None:
    before = Store(drafted).dump()

    answer, _ = start_load(drafted, FULL_DISK.format(limit=limit)).communicate()

    *_, last = answer.splitlines()
    assert last.startswith(f"StoreError: {drafted}: ")
    assert Store(drafted).dump() == before
    assert load_documents(drafted, [plan(BUDGET)]).published


def test_the_loaders_of_all_documents_verify(loaded: Path) -> None:
    result = verify(Store(loaded))

    assert result.documents == 5
    assert result.quotes > 500
    assert result.failures == ()
