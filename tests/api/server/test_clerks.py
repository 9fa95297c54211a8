"""Clerks that are killed, hang, are told to end or are not needed: nobody misses them."""

import contextlib
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests.api.server.test_lifecycle import NEXT, SLOW, until
from tests.api.server.toy import publish, toy_quads
from tests.api.server.wire import Wire, clerks_of, get, idle_clerks_of, lines_of, metric, value_of
from tests.serving import Serving, serving


def test_a_long_question_ends_at_its_limit_and_disturbs_nobody(toy: Serving, wire: Wire) -> None:
    others = [Wire(toy) for _ in range(3)]
    names = {one.be_lent() for one in (*others, wire)}
    is_over = threading.Event()

    def go_on(one: Wire) -> int:
        return sum(one.ask_number().status == 200 for _ in iter(is_over.is_set, True))

    with ThreadPoolExecutor(3) as pool:
        going = [pool.submit(go_on, one) for one in others]
        began = time.monotonic()
        heard = wire.ask(get(SLOW))
        took = time.monotonic() - began
        is_over.set()
        asked = [one.result() for one in going]

    assert heard.status == 504
    assert 2 <= took < 10
    assert max(asked) > 10  # who had the same clerk waits for the share of their common client
    assert heard.process not in names
    # Who has asked a long one has to ask many short ones before he is trusted again.
    assert {wire.ask_number().process for _ in range(40)} == {heard.process}
    for one in others:
        one.close()


def test_a_clerk_that_is_killed_is_missed_by_nobody(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    for process in idle_clerks_of(toy):
        process.kill()

    assert wire.ask_number().process != clerk
    assert wire.be_lent() != clerk


def test_clerks_killed_at_work_answer_nobody_wrongly(toy: Serving) -> None:
    is_over = threading.Event()

    def go_on() -> tuple[int, int]:
        answered = lost = 0
        wire = Wire(toy)
        while not is_over.is_set():
            try:
                wire.ask_number()
                answered += 1
            except ConnectionError:  # nobody knows whether the answer had left
                lost += 1
                wire.close()
                wire = Wire(toy)
        wire.close()
        return answered, lost

    with ThreadPoolExecutor(6) as pool:
        going = [pool.submit(go_on) for _ in range(6)]
        killed = 0
        deadline = time.monotonic() + 4
        while time.monotonic() < deadline:
            for process in clerks_of(toy)[:1]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
                killed += 1
            time.sleep(0.1)
        is_over.set()
        found = [one.result() for one in going]

    assert min(answered for answered, _ in found) > 20
    assert killed > 3
    assert sum(lost for _, lost in found) <= killed


def test_a_new_release_is_answered_from_at_once(toy_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(toy_store, store)
    count = get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with serving(store, tmp_path / "log", query_workers=2) as running:
        wires = [Wire(running) for _ in range(4)]
        for wire in wires:
            wire.be_lent()
        before = {value_of(wire.ask(count)) for wire in wires}
        publish(store, NEXT, toy_quads()[:-1])
        deadline = time.monotonic() + 30
        for wire in wires:
            while (heard := wire.ask(count)).headers["cancu-release"] != NEXT:
                assert (heard.status, {value_of(heard)}) == (200, before)
                assert time.monotonic() < deadline
            assert {value_of(heard) + 1} == before
        # They are lent again, to clerks of the new release.
        for wire in wires:
            wire.be_lent()
        until(lambda: len(clerks_of(running)) == 2)  # those of the old one are gone
        for wire in wires:
            wire.close()


def test_a_clerk_that_does_not_leave_is_ended(toy_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(toy_store, store)
    with serving(store, tmp_path / "log") as running, Wire(running) as wire:
        wire.be_lent()
        for clerk in idle_clerks_of(running):
            clerk.suspend()
        publish(store, NEXT, toy_quads()[:-1])

        assert wire.ask_number().headers["cancu-release"] == NEXT


@pytest.mark.parametrize("is_asking", [True, False])
def test_the_server_ends_with_connections_lent(
    toy_store: Path, tmp_path: Path, *, is_asking: bool
) -> None:
    def ask(wire: Wire) -> int:
        """Ask until the server hangs up, which it does between answers."""
        answered = 0
        try:
            while is_asking:
                wire.ask_number()
                answered += 1
        except ConnectionError:
            return answered
        return answered

    with serving(toy_store, tmp_path / "log", grace_seconds=20) as running:
        wires = [Wire(running) for _ in range(4)]
        for wire in wires:
            wire.be_lent()
        family = psutil.Process(running.process.pid).children(recursive=True)
        with ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask, wire) for wire in wires]
            time.sleep(0.3)
            began = time.monotonic()
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(30) == 0
            answered = [one.result() for one in asking]

        assert time.monotonic() - began < 10
        assert min(answered) > 0 or not is_asking
        for wire in wires:
            assert wire.socket.recv(1) == b""
            wire.close()
        assert psutil.wait_procs(family, timeout=30)[1] == []


def test_all_is_counted_and_logged(toy_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(toy_store, log, log_level="info") as running:
        wire = Wire(running)
        wire.be_lent()
        counted = metric(running, "cancu_connections_lent")
        ids = [wire.ask_number().headers["x-request-id"] for _ in range(250)]
        name = r'cancu_http_requests_total{method="GET",route="/sparql",status="200"}'
        wire.close()
        until(lambda: metric(running, "cancu_connections_lent") == 0)
        until(lambda: ids[-1] in log.read_text())
        until(lambda: metric(running, name) == len(lines_of(log)))
        lines = lines_of(log)
        # Nobody needs them any more.
        until(lambda: clerks_of(running) == [])

    assert counted == 1
    assert all(sum(f'"{one}"' in line for line in lines) == 1 for one in ids)
    shown = next(line for line in lines if ids[-1] in line)
    assert '"client":"127.0.0.1"' in shown
    assert '"source":"engine"' in shown
    assert "SELECT" not in log.read_text()


def test_what_was_answered_is_logged_though_the_clerk_is_ended(
    toy_store: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with (
        serving(toy_store, log, log_level="info", query_seconds=1) as running,
        Wire(running) as wire,
    ):
        wire.be_lent()
        ids = [wire.ask_number().headers["x-request-id"] for _ in range(60)]
        assert wire.ask(get(SLOW)).status == 504
        until(lambda: '"status":504' in log.read_text())

    assert [log.read_text().count(f'"{one}"') for one in ids] == [1] * len(ids)


def test_a_clerk_that_hangs_is_ended(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    for process in idle_clerks_of(toy):
        process.suspend()

    assert wire.ask_number().process != clerk


def test_nothing_is_lent_to_a_proxy(toy_store: Path, tmp_path: Path) -> None:
    with (
        serving(toy_store, tmp_path / "log", trusted_proxies="127.0.0.1") as running,
        Wire(running) as wire,
    ):
        assert len({wire.ask_number().process for _ in range(200)}) == 1


def test_an_idle_connection_is_the_servers_again(toy: Serving, wire: Wire) -> None:
    clerk = wire.be_lent()
    until(lambda: metric(toy, "cancu_connections_lent") == 0)

    assert wire.ask_number().process != clerk


def test_one_client_has_a_bounded_share_of_the_clerks(toy: Serving) -> None:
    wires = [Wire(toy) for _ in range(40)]
    deadline = time.monotonic() + 5
    most = 0.0
    while time.monotonic() < deadline:
        for wire in wires:
            wire.ask_number()
        most = max(most, metric(toy, "cancu_connections_lent"))
    for wire in wires:
        wire.close()

    assert most == 16
