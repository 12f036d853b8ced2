"""The command line of portal.py: what it refuses, and how it cuts the suite in two."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import portal

STORM = "tests/storms/test_portal_run.py"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pytest would have been called with."""
    made: list[tuple[str, ...]] = []
    monkeypatch.setattr(portal, "pytest", lambda *arguments: made.append(arguments) or 0)
    return made


def test_it_is_read_by_an_old_python_far_enough_to_be_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert portal.main() == 1
    assert capsys.readouterr().err == "Kopiena needs Python 3.11 or newer; this is 3.9.\n"


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import portal; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", code, str(portal.ROOT)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(("told", "kept"), [("1", "pycache"), ("", "")], ids=["no bytecode", "as usual"])
def test_what_is_compiled_is_kept_even_where_it_may_not_stand_beside_the_sources(
    told: str, kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal, "VAR", tmp_path)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", told)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX")
    portal.keep_compiled()
    (tmp_path / "one.py").write_text("")
    subprocess.run([sys.executable, "-c", "import one"], env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=True)
    found = [path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("one.*.pyc")]
    assert found == [kept or "__pycache__"]


def test_a_missing_venv_names_the_package_that_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("")
    monkeypatch.setattr(portal, "ROOT", tmp_path)
    monkeypatch.setattr(portal, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(portal.importlib.util, "find_spec", lambda name: None)
    assert "apt install python3-venv" in portal.install()


def test_requirements_are_installed_again_only_when_they_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[bytes]":
        commands.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(portal, "ROOT", tmp_path)
    monkeypatch.setattr(portal, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(portal, "STAMP", tmp_path / "installed.sha256")
    monkeypatch.setattr(subprocess, "run", run)
    for text in ("django\n", "django\n", "django\npillow\n"):
        (tmp_path / "requirements.txt").write_text(text)
        assert portal.install() == ""
    assert len([command for command in commands if "install" in command]) == 2


def test_the_suite_runs_in_two_phases(calls: list[tuple[str, ...]]) -> None:
    portal.phases(["-k", "word"], quick=False, browser=True)
    assert calls[0] == ("-n", "auto", "--ignore=tests/storms", "--ignore=tests/browser", "-k", "word")
    assert calls[1][:4] == ("-n", "0", "-k", "word")
    assert "tests/storms" in calls[1]


def test_quick_leaves_storms_and_browser_out(calls: list[tuple[str, ...]]) -> None:
    portal.phases([], quick=True, browser=True)
    assert calls == [("-n", "auto", "--ignore=tests/storms", "--ignore=tests/browser")]


def test_without_chromium_the_browser_is_left_out(calls: list[tuple[str, ...]]) -> None:
    portal.phases([], quick=False, browser=False)
    assert "tests/storms" in calls[1]
    assert "tests/browser" not in calls[1]


def test_paths_go_to_their_phase(calls: list[tuple[str, ...]]) -> None:
    portal.phases(["-x", "tests/test_portal.py", f"{STORM}::test_one"], quick=False, browser=True)
    assert calls == [("-n", "auto", "-x", "tests/test_portal.py"), ("-n", "0", "-x", f"{STORM}::test_one")]
    calls.clear()
    portal.phases([STORM], quick=False, browser=True)
    assert calls == [("-n", "0", STORM)]


@pytest.mark.parametrize(
    ("codes", "whole"), [([0, 0], 0), ([0, 5], 0), ([5, 0], 0), ([5, 5], 5), ([1, 0], 1), ([0, 2], 2), ([5, 1], 1)]
)
def test_a_failure_in_either_phase_is_a_failure_and_nothing_at_all_is_one_too(codes: list[int], whole: int) -> None:
    assert portal.worst(codes) == whole


def test_no_chromium_is_a_failure_where_the_browser_is_required(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(portal.shutil, "which", lambda name: None)
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    monkeypatch.setattr(sys, "argv", ["portal.py", "test"])
    options, further = portal.read_command_line()
    assert portal.test(options, further) == 1
    assert "No Chromium" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["fly"], ["run", "--prot", "8001"], ["backup"], ["run", "--port", "x"]])
def test_an_unknown_command_or_option_is_refused(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["portal.py", *words])
    with pytest.raises(SystemExit) as refused:
        portal.read_command_line()
    assert refused.value.code == 2
