"""`manage.py prepare`: does once what is to be done once, and again only what changed."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from kopiena.management.commands import prepare


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which commands would have been called."""
    made: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: made.append(name))
    return made


@pytest.fixture
def prepared(settings: Any, tmp_path: Path) -> Callable[..., str]:
    """Calls it with a data folder of its own; returns what it printed."""
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"

    def call(**options: bool) -> str:
        said = StringIO()
        call_command("prepare", stdout=said, **options)
        return said.getvalue()

    return call


@pytest.mark.django_db
def test_what_is_loaded_once_is_not_loaded_again(calls: list[str], prepared: Callable[..., str], settings: Any) -> None:
    settings.DEBUG = True
    prepared()
    assert calls == ["collectstatic", "roles", "load_start", "load_demo", "index_words", "coordinator"]
    calls.clear()
    prepared()
    assert [name for name in calls if name.startswith(("load", "index"))] == []


@pytest.mark.django_db
def test_the_demonstration_is_for_development_only(
    calls: list[str], prepared: Callable[..., str], settings: Any
) -> None:
    settings.DEBUG = False
    prepared()
    assert "load_start" in calls
    assert "load_demo" not in calls


@pytest.mark.django_db
def test_empty_loads_nothing_and_remembers_nothing(
    calls: list[str], prepared: Callable[..., str], settings: Any
) -> None:
    settings.DEBUG = True
    prepared(empty=True)
    assert calls == ["collectstatic", "roles", "coordinator"]
    calls.clear()
    prepared()
    assert [name for name in calls if name.startswith("load")] == ["load_start", "load_demo"]


@pytest.mark.django_db
def test_a_load_that_fails_is_tried_again(prepared: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def fail(name: str, **options: Any) -> None:
        tried.append(name)
        if name == "load_start":
            raise RuntimeError("torn off")

    monkeypatch.setattr(prepare, "call_command", fail)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            prepared()
    assert tried.count("load_start") == 2


def test_static_files_are_collected_again_only_when_one_changed(
    prepared: Callable[..., str], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.js").write_text("1")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    collected: list[str] = []

    def collect(name: str, **options: Any) -> None:
        collected.append(name)
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")

    monkeypatch.setattr(prepare, "call_command", collect)
    monkeypatch.setattr(prepare, "get_finders", lambda: [FileSystemFinder()])  # Django keeps its own for good
    counts = []
    for change in (None, None, lambda: (source / "site.js").write_text("22"), lambda: (source / "more.js").touch()):
        if change:
            change()
        prepared(static_only=True)
        counts.append(len(collected))
    assert counts == [1, 1, 2, 3]


@pytest.mark.django_db
def test_a_hundred_new_rights_are_one_line_and_a_few_are_read_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for count, lines in ((100, ["Roles: 100 changes."]), (2, ["right 0", "right 1"]), (0, [])):
        changes = "".join(f"right {number}\n" for number in range(count))
        monkeypatch.setattr(prepare, "call_command", lambda name, stdout, changes=changes: stdout.write(changes))
        said: list[str] = []
        prepare.give_rights(type("Out", (), {"write": staticmethod(said.append)}))
        assert said == lines


def test_a_database_that_does_not_answer_is_said_in_a_sentence(
    calls: list[str], prepared: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("no server here")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    with pytest.raises(prepare.CommandError, match="The database does not answer: no server here"):
        prepared()


@pytest.mark.django_db
def test_a_database_that_does_not_suit_the_gate_is_refused_at_each_start(
    calls: list[str], prepared: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    with pytest.raises(CommandError, match=r"kopiena\.E003"):
        prepared()
    assert not [name for name in calls if name.startswith("load")]
