"""One start at a time, a port that is free, and what the server is told."""

import os
import socket
from pathlib import Path

import pytest

from kopiena.floor import serving


@pytest.fixture
def var_dir(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path


def test_a_second_start_learns_where_the_first_one_serves(var_dir: Path) -> None:
    with serving.only_one(var_dir) as first:
        with serving.only_one(var_dir) as second:
            assert second == "it is just being prepared"
        address = serving.note_address(var_dir, "0.0.0.0", 8000)
        with serving.only_one(var_dir) as third:
            assert third == address == "http://127.0.0.1:8000/"
        assert first == ""
    with serving.only_one(var_dir) as later:
        assert later == ""


def test_a_port_of_somebody_else_is_said_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        problem = serving.port_problem("127.0.0.1", port)
    assert f"port {port} (Address already in use)" in problem
    assert f"--port {port + 1}" in problem
    assert "\n" not in problem
    assert serving.port_problem("127.0.0.1", port) == ""


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_a_port_that_does_not_exist_is_said(port: int) -> None:
    assert serving.port_problem("127.0.0.1", port) == f"{port} is no port: choose one from 1 to 65535."


def test_a_host_that_is_not_ours_is_said() -> None:
    assert "192.0.2.1" in serving.port_problem("192.0.2.1", 8000)


def test_the_access_log_stays_off_since_private_links_stand_in_addresses() -> None:
    command = serving.server_command("127.0.0.1", 8000)
    assert "--no-access-log" in command
    assert "--access-log" not in command


def test_in_development_the_address_is_known_to_the_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEBUG", "SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    environment = serving._environment("127.0.0.1", "http://127.0.0.1:8123/")
    assert environment["SITE_URL"] == "http://127.0.0.1:8123"
    monkeypatch.setenv("SITE_URL", "https://kopiena.example.lv")
    assert serving._environment("127.0.0.1", "http://127.0.0.1:8123/")["SITE_URL"] == "https://kopiena.example.lv"


def test_in_production_nothing_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "off")
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    environment = serving._environment("0.0.0.0", "http://127.0.0.1:8000/")
    assert "SITE_URL" not in environment
    assert "ALLOWED_HOSTS" not in environment


def test_with_a_database_url_no_server_of_ours_is_started(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere.example.lv/kopiena")
    with serving.database(var_dir) as keep:
        keep()
    assert os.listdir(var_dir) == ["run"]
    assert os.listdir(var_dir / "run") == []
