"""The embedded PostgreSQL for real: started, used, killed, started twice at once, and both ways for root."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from kopiena.floor import embedded_postgres, unprivileged
from kopiena.floor.embedded_postgres import running_pid, socket_folder, start, stop

only_root = pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user runs PostgreSQL as himself, without a detour")


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var with a space and ķ"
    folder.mkdir()
    yield folder
    stop(folder)


@pytest.fixture
def as_nobody(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KOPIENA_POSTGRES_AS", "nobody")
    away = unprivileged.away_folder(var_dir)
    yield away
    stop(var_dir)
    subprocess.run(["rm", "-rf", "--", away], check=True)


def ask(var_dir: Path, *statements: str) -> list[tuple[object, ...]]:
    settings = embedded_postgres.database_settings(var_dir)
    connection = psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"], dbname=settings["NAME"]
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def silent(sentence: str) -> None:
    """Nothing is to be said on the way that needs no words."""
    raise AssertionError(sentence)


def test_who_starts_it_is_told_so_and_a_second_start_uses_it(var_dir: Path) -> None:
    assert start(var_dir) is True
    first = running_pid(var_dir)
    assert start(var_dir) is False
    assert running_pid(var_dir) == first != 0
    stop(var_dir)
    assert running_pid(var_dir) == 0
    assert not socket_folder(var_dir).exists()
    stop(var_dir)


def test_latvian_and_russian_letters_are_understood_and_the_promises_of_the_settings_kept(var_dir: Path) -> None:
    start(var_dir)
    assert ask(var_dir, "SELECT upper('šķūņi ёлка'), 'ĒZERS' ILIKE 'ēz%', 'Ёж' ILIKE 'ёж'") == [
        ("ŠĶŪŅI ЁЛКА", True, True)
    ]
    shown = [
        ask(var_dir, f"SHOW {name}")[0][0]
        for name in ("fsync", "listen_addresses", "max_connections", "data_checksums", "server_encoding")
    ]
    assert shown == ["on", "", "200", "on", "UTF8"]


def sockets_of(pid: int) -> set[str]:
    """The numbers of the sockets a process holds; one that ends or lets go meanwhile holds none."""
    names = set()
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                names.add(os.readlink(link))
    return {name.removeprefix("socket:[").removesuffix("]") for name in names if name.startswith("socket:[")}


def test_the_socket_is_private_and_nothing_listens_on_the_network(var_dir: Path) -> None:
    start(var_dir)
    folder = socket_folder(var_dir)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ".s.PGSQL.5432").stat().st_mode & 0o777 == 0o700
    children = [running_pid(var_dir), *embedded_postgres.processes_in(var_dir / "postgres")]
    listening = {
        line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"
    }
    held = {number for pid in children for number in sockets_of(pid)}
    assert held
    assert not held & listening


def test_killed_with_minus_nine_it_comes_back_with_every_committed_row(var_dir: Path) -> None:
    start(var_dir)
    ask(var_dir, "CREATE TABLE row (number int)")
    for number in range(50):
        ask(var_dir, f"INSERT INTO row VALUES ({number})")
    killed = running_pid(var_dir)
    os.kill(killed, signal.SIGKILL)
    assert start(var_dir) is True
    assert running_pid(var_dir) != killed
    assert ask(var_dir, "SELECT count(*), sum(number) FROM row") == [(50, 1225)]


def test_a_written_number_that_a_stranger_bears_by_now_does_not_stop_it_and_the_stranger_lives(var_dir: Path) -> None:
    start(var_dir)
    stop(var_dir)
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        data = var_dir / "postgres"
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n1700000000\n5432\n\n\n  1  1\nready   \n")
        assert start(var_dir) is True
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_starts_at_once_are_one_start(var_dir: Path) -> None:
    command = [sys.executable, "-m", "kopiena.floor.embedded_postgres", "start", "--var", str(var_dir)]
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda number: subprocess.check_output(command, text=True).strip(), range(4)))
    assert sorted(said) == ["running", "running", "running", "started"]
    assert ask(var_dir, "SELECT 1") == [(1,)]


def test_a_start_killed_while_making_the_data_is_no_hindrance(var_dir: Path) -> None:
    half = var_dir / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert start(var_dir) is True
    assert ask(var_dir, "SELECT 1") == [(1,)]


def test_a_data_folder_that_was_moved_with_its_project_still_starts(var_dir: Path) -> None:
    start(var_dir)
    ask(var_dir, "CREATE TABLE kept ()")
    stop(var_dir)
    moved = var_dir.rename(var_dir.with_name("moved"))
    try:
        assert start(moved) is True
        assert ask(moved, "SELECT count(*) FROM kept") == [(0,)]
    finally:
        stop(moved)


def test_no_name_gets_into_the_log(var_dir: Path) -> None:
    start(var_dir)
    ask(var_dir, "CREATE TABLE person (name text UNIQUE)", "INSERT INTO person VALUES ('Secret Name')")
    with pytest.raises(psycopg2.IntegrityError):
        ask(var_dir, "INSERT INTO person VALUES ('Secret Name')")
    log = (var_dir / "log" / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "Secret Name" not in log


def test_what_cannot_start_is_said_with_the_end_of_its_log(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(var_dir)
    stop(var_dir)
    monkeypatch.setattr(embedded_postgres, "SETTINGS", "no_such_setting = 1\n")
    monkeypatch.setattr(embedded_postgres, "PATIENCE_SECONDS", 0)
    with pytest.raises(unprivileged.PostgresRefused, match=r"postgres\.log ends with"):
        start(var_dir)


@only_root
def test_root_runs_it_in_a_user_namespace_and_the_files_stay_root_s(var_dir: Path) -> None:
    assert start(var_dir, silent) is True
    assert (var_dir / "postgres" / "base").stat().st_uid == 0
    status = Path(f"/proc/{running_pid(var_dir)}/uid_map").read_text().split()
    assert status == ["1000", "0", "1"]


@only_root
def test_root_can_run_it_as_nobody_which_is_said_at_each_start(var_dir: Path, as_nobody: Path) -> None:
    mode = var_dir.parent.stat().st_mode
    said: list[str] = []
    for _ in range(2):
        assert start(var_dir, said.append) is True
        stop(var_dir)
    assert said == [f"PostgreSQL runs as the user nobody, its data are in {as_nobody}."] * 2
    assert not (var_dir / "postgres").exists()
    assert var_dir.parent.stat().st_mode == mode


@only_root
def test_nobody_s_server_survives_a_kill_too_and_stays_nobody_s_without_the_switch(
    var_dir: Path, as_nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(var_dir)
    ask(var_dir, "CREATE TABLE row (number int)", "INSERT INTO row VALUES (7)")
    os.kill(running_pid(var_dir), signal.SIGKILL)
    monkeypatch.delenv("KOPIENA_POSTGRES_AS")
    assert start(var_dir) is True
    assert ask(var_dir, "SELECT number FROM row") == [(7,)]
    owner = Path(f"/proc/{running_pid(var_dir)}").stat().st_uid
    assert owner == as_nobody.stat().st_uid != 0


@only_root
def test_nobody_gets_copies_of_programs_that_lie_in_a_closed_folder(
    var_dir: Path, as_nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    can_run = unprivileged._can_run
    closed = embedded_postgres.binaries()
    monkeypatch.setattr(unprivileged, "_can_run", lambda way: way.programs != closed and can_run(way))
    assert start(var_dir) is True
    assert Path(os.readlink(f"/proc/{running_pid(var_dir)}/exe")).is_relative_to(as_nobody)
