"""Our group of processes: known by its token, kept running, ended together, and nobody else with it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kopiena.floor.processes import FIRST_WAIT, LIVED_WELL, LONGEST_WAIT, TOKEN, Group, Kept, end_left_over

LONG = "import time; time.sleep(60)"
SLEEP = [sys.executable, "-c", LONG]
DEAF = [sys.executable, "-c", f"import signal; signal.signal(15, signal.SIG_IGN); print(flush=True); {LONG}"]
PARENT = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{LONG}'])"]


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    class Remembering(Group):
        def spawn(self, part: str, command: Sequence[str]) -> "subprocess.Popen[bytes]":
            spawned.append(super().spawn(part, command))
            return spawned[-1]

    spawned: list[subprocess.Popen[bytes]] = []
    group = Remembering(tmp_path / "group.json", tmp_path, dict(os.environ))
    yield group
    group.end(patience=0)
    for process in spawned:
        process.wait()


def test_processes_of_a_killed_start_are_ended(group: Group) -> None:
    processes = [group.spawn("server", SLEEP), group.spawn("worker", SLEEP)]
    assert end_left_over(group.record) == 2
    assert [process.wait(5) for process in processes] == [-15, -15]
    assert not group.record.exists()


def test_they_stand_in_one_group_of_their_own(group: Group) -> None:
    server, worker = group.spawn("server", SLEEP), group.spawn("worker", SLEEP)
    assert os.getpgid(server.pid) == os.getpgid(worker.pid) == server.pid != os.getpgrp()
    assert json.loads(group.record.read_text())["pgid"] == server.pid


def test_a_stranger_whose_number_stands_in_the_record_lives_on(group: Group, tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEP, process_group=0, env={**os.environ, TOKEN: "0" * 32 + "-server"})
    try:
        group.record.write_text(json.dumps({"token": group.token, "pgid": stranger.pid}))
        assert end_left_over(group.record) == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"token": ""}', '{"pgid": 1}', '{"token": "short"}'])
def test_a_record_that_is_not_ours_ends_nobody(group: Group, text: str) -> None:
    ours = group.spawn("server", SLEEP)
    group.record.write_text(text)
    assert end_left_over(group.record) == 0
    assert ours.poll() is None


def test_who_does_not_listen_is_killed(group: Group) -> None:
    deaf = subprocess.Popen(DEAF, stdout=subprocess.PIPE, env={**os.environ, TOKEN: f"{group.token}-server"})
    assert deaf.stdout is not None
    with deaf.stdout:
        deaf.stdout.readline()
        group.end(patience=0.3)
    assert deaf.wait(5) == -9


def test_a_server_that_died_is_started_again_and_what_it_left_is_ended_first(group: Group) -> None:
    kept = Kept(group, "server", PARENT)
    kept.look_after(0)
    first = kept.process
    assert first is not None
    child = wait_for_a_child_of(first.pid)
    first.kill()
    first.wait()
    kept.look_after(LIVED_WELL)
    assert wait_until_gone(child)
    kept.look_after(LIVED_WELL + FIRST_WAIT / 2)
    assert kept.process is None
    kept.look_after(LIVED_WELL + FIRST_WAIT)
    assert kept.process is not None
    assert kept.process.pid != first.pid
    assert kept.process.poll() is None


def test_one_that_dies_at_once_again_and_again_is_tried_later_and_later(group: Group) -> None:
    kept = Kept(group, "server", [sys.executable, "-c", "raise SystemExit(3)"])
    now, waits = 0.0, []
    while len(waits) < 8:
        kept.look_after(now)
        assert kept.process is not None
        kept.process.wait()
        kept.look_after(now)
        waits.append(kept.due_at - now)
        now = kept.due_at
    assert waits == [1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]


def test_ending_one_part_leaves_the_other_running(group: Group) -> None:
    server, worker = group.spawn("server", SLEEP), group.spawn("worker", SLEEP)
    group.end("server")
    assert server.wait(5) == -15
    assert worker.poll() is None


def test_after_the_whole_group_died_a_new_one_is_written_down(group: Group) -> None:
    first = group.spawn("server", SLEEP)
    first.kill()
    first.wait()
    second = group.spawn("server", SLEEP)
    assert os.getpgid(second.pid) == json.loads(group.record.read_text())["pgid"] == second.pid


def wait_for_a_child_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for _ in range(100):
        if numbers := children.read_text().split():
            return int(numbers[0])
        time.sleep(0.05)
    raise AssertionError("no child")


def wait_until_gone(pid: int) -> bool:
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
