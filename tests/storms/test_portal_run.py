"""`portal.py run` for real, from a folder with a space and a ķ: all is killed once, and all is stopped."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kopiena.floor.embedded_postgres import running_pid, start, stop
from tests.storms.portal import Portal, free_port, wait_for


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One for all tests of this module: each finds the data the one before has left, as in life."""
    portal = Portal(tmp_path_factory.mktemp("storm") / "kopiena ķ test")
    yield portal
    if portal.process is not None and portal.process.poll() is None:
        portal.signal(signal.SIGTERM)
    stop(portal.var)


@pytest.fixture
def running(portal: Portal) -> Iterator[Portal]:
    portal.run()
    yield portal
    assert portal.process is not None
    if portal.process.poll() is None:
        portal.signal(signal.SIGTERM)


def test_sigterm_stops_everything_it_started_and_nothing_else(running: Portal) -> None:
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        assert len(running.children()) >= 4  # granian, its two workers, and manage.py work
        assert running.signal(signal.SIGTERM) == 128 + signal.SIGTERM
        assert running.children() == []
        assert running_pid(running.var) == 0
        assert running.answer() == ""
        assert stranger.poll() is None
        assert not (running.var / "run" / "group.json").exists()
    finally:
        stranger.kill()
        stranger.wait()


def test_ctrl_c_is_no_failure_and_it_starts_again(running: Portal) -> None:
    assert running.signal(signal.SIGINT) == 0
    assert running.children() == []
    running.run()
    assert running.answer() == "ok"


def test_a_server_and_a_worker_that_were_killed_are_started_again(running: Portal) -> None:
    main = running.head()
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: running.answer() == "ok" and len(running.children()) >= 4, 20, running.log)
    assert not set(running.children()) & set(before)
    assert "The server ended (signal 9)" in running.log.read_text()
    assert "The worker ended (signal 9)" in running.log.read_text()
    assert main in before


def test_after_the_head_of_the_server_was_killed_no_orphan_goes_on_answering(running: Portal) -> None:
    orphans = running.workers()
    os.kill(running.head(), signal.SIGKILL)
    wait_for(lambda: "it starts again" in running.log.read_text() and running.answer() == "ok", 20, running.log)
    assert len(orphans) == 2
    assert not set(orphans) & set(running.children())


def test_a_database_that_was_killed_is_started_again(running: Portal) -> None:
    killed = running_pid(running.var)
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: running_pid(running.var) not in (0, killed) and running.answer() == "ok", 20, running.log)
    running.signal(signal.SIGTERM)
    assert running_pid(running.var) == 0


def test_what_a_killed_start_left_is_ended_by_the_next_and_one_server_answers(running: Portal) -> None:
    left = running.children()
    running.signal(signal.SIGKILL)
    assert running.answer() == "ok"  # the trap: the orphans still serve
    running.run()
    assert not set(left) & set(running.children())
    assert f"had left {len(left)} processes behind" in running.log.read_text()
    running.signal(signal.SIGTERM)
    assert running_pid(running.var) == 0


def test_a_second_start_of_the_same_folder_says_where_the_first_serves(running: Portal) -> None:
    second = running.call("run", "--port", str(free_port()))
    assert second.returncode == 1
    assert second.stderr == f"The portal already runs from this folder: {running.address('')}\n"
    assert running.answer() == "ok"


def test_a_port_of_somebody_else_is_said_and_nothing_is_started(portal: Portal) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = portal.call("run", "--port", str(port))
    assert done.returncode == 1
    assert f"port {port} (Address already in use)" in done.stderr
    assert running_pid(portal.var) == 0


def test_private_addresses_are_in_no_output_of_the_server(running: Portal) -> None:
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(running.address("pieteikums/secret-link-of-a-family/"), timeout=5).close()
    running.signal(signal.SIGTERM)
    assert "secret-link-of-a-family" not in running.log.read_text()


def test_backup_wipe_restore_and_all_is_the_same(portal: Portal, tmp_path: Path) -> None:
    file = tmp_path / "rezerves kopija ķ.tar"
    picture = portal.var / "media" / "pictures" / "ezers ķ.webp"
    portal.run()
    row = "from kopiena.floor.models import Centre; Centre.objects.update_or_create(pk=1, defaults={'name_lv': 'Ķ'})"
    portal.manage("shell", "-c", row)
    picture.parent.mkdir(parents=True)
    picture.write_bytes(bytes(range(256)) * 100)
    made = portal.call("backup", str(file))  # while it serves
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert "stop it first" in portal.call("restore", str(file)).stderr
    portal.signal(signal.SIGTERM)
    refused = portal.call("restore", str(file))
    assert (refused.returncode, "The database is not empty" in refused.stderr) == (1, True)
    key = (portal.var / "secret_key").read_text()
    shutil.rmtree(portal.var)
    restored = portal.call("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert running_pid(portal.var) == 0
    assert picture.read_bytes() == bytes(range(256)) * 100
    assert (portal.var / "secret_key").read_text() == key
    start(portal.var)
    portal.manage("shell", "-c", "from kopiena.floor.models import Centre; assert Centre.objects.get().name_lv == 'Ķ'")
