"""The embedded PostgreSQL, as far as it can be asked without starting one; the rest is in tests/storms/."""

import os
from pathlib import Path

import pytest

from kopiena.floor import embedded_postgres, unprivileged
from kopiena.floor.postgres_binaries import binaries, major_version
from kopiena.floor.unprivileged import PostgresRefused, Way, choose_way

only_root = pytest.mark.skipif(os.getuid() != 0, reason="only root has to become somebody else")


@pytest.fixture
def var_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "a very long way to the data, with a space and a ķ" / ("deep-" * 20) / "var"
    folder.mkdir(parents=True)
    return folder


def test_the_socket_is_short_follows_from_the_folder_alone_and_is_not_under_it(var_dir: Path) -> None:
    folder = embedded_postgres.socket_folder(var_dir)
    whole = folder / f".s.PGSQL.{embedded_postgres.PORT}"
    assert len(os.fsencode(whole)) < 60
    assert "," not in str(whole)
    assert str(whole).isascii()
    assert var_dir not in folder.parents
    assert folder == embedded_postgres.socket_folder(var_dir / ".." / "var")
    assert folder != embedded_postgres.socket_folder(var_dir.parent)


def test_settings_are_known_without_starting_anything(var_dir: Path) -> None:
    assert embedded_postgres.database_settings(var_dir) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "kopiena",
        "USER": "kopiena",
        "HOST": str(embedded_postgres.socket_folder(var_dir)),
        "PORT": "5432",
    }
    assert list(var_dir.iterdir()) == []


def test_a_socket_folder_that_is_a_link_of_somebody_is_refused(
    var_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "socket"
    link.symlink_to(var_dir)
    monkeypatch.setattr(embedded_postgres, "socket_folder", lambda var_dir: link)
    with pytest.raises(PostgresRefused, match="belongs to somebody else"):
        embedded_postgres.database_settings(var_dir)


@only_root
def test_a_socket_folder_that_another_user_made_first_is_refused(
    var_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "socket"
    folder.mkdir()
    os.chown(folder, 4321, 4321)
    monkeypatch.setattr(embedded_postgres, "socket_folder", lambda var_dir: folder)
    with pytest.raises(PostgresRefused, match="belongs to somebody else"):
        embedded_postgres.database_settings(var_dir)
    with pytest.raises(PostgresRefused, match="belongs to somebody else"):
        embedded_postgres.start(var_dir)


@only_root
def test_data_of_another_user_are_left_alone(var_dir: Path) -> None:
    data = var_dir / "postgres"
    data.mkdir()
    os.chown(data, 4321, 4321)
    with pytest.raises(PostgresRefused, match=r"belong to user 4321.*DATABASE_URL"):
        choose_way(var_dir, binaries())


@only_root
def test_where_neither_namespace_nor_nobody_can_run_it_a_sentence_names_the_way_out(
    var_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unprivileged, "away_folder", lambda var_dir: tmp_path / "away")
    monkeypatch.setattr(Way, "run", lambda *arguments: 1)
    with pytest.raises(PostgresRefused, match=r"nobody may not read.*DATABASE_URL"):
        choose_way(var_dir, binaries())


@only_root
def test_data_made_in_a_namespace_are_not_taken_for_lost_where_namespaces_are_refused(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (var_dir / "postgres").mkdir()
    (var_dir / "postgres" / "PG_VERSION").write_text("18\n")
    monkeypatch.setattr(unprivileged, "_can_run", lambda way: way.uid != 0)
    with pytest.raises(PostgresRefused, match="were made by root in a user namespace"):
        choose_way(var_dir, binaries())


def test_the_programs_are_those_of_the_data_s_version() -> None:
    assert major_version(binaries("16")) == "16"
    assert major_version(binaries("18")) == major_version(binaries()) == "18"
    assert (binaries() / "pg_dump").is_file()


def test_data_of_a_version_that_is_not_installed_are_refused_by_name() -> None:
    with pytest.raises(PostgresRefused, match="made by PostgreSQL 12, and only 16, 18"):
        binaries("12")


def test_a_number_that_a_stranger_bears_by_now_is_no_running_server(var_dir: Path) -> None:
    data = var_dir / "postgres"
    data.mkdir()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    assert embedded_postgres.running_pid(var_dir) == 0
