"""Settings: nothing is needed to develop, everything to serve; what does not suit the gate is refused at the start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tests.processes import ROOT, command, environment, on_test_database, run

PRODUCTION = {
    "DEBUG": "0",
    "DATABASE_URL": "postgres://kopiena:word@127.0.0.1:1/kopiena",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!?",
    "ALLOWED_HOSTS": "kopiena.example.lv",
    "EMAIL_URL": "smtp+tls://kopiena:word@mail.example.lv:587",
    "SITE_URL": "https://kopiena.example.lv/",
}
NEEDED = [name for name in PRODUCTION if name != "DEBUG"]


def said_with(env: dict[str, str], expression: str) -> str:
    """What an expression over the settings gives in a process of its own."""
    code = f"from kopiena import settings; print({expression})"
    ran = run(sys.executable, "-c", code, env=environment(PYTHONPATH=str(ROOT), **env))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.parametrize("value", [None, "", "  "], ids=["missing", "empty", "blank"])
@pytest.mark.parametrize("name", NEEDED)
def test_without_debug_each_thing_that_is_missing_is_named(name: str, value: str | None, tmp_path: Path) -> None:
    env = {key: kept for key, kept in PRODUCTION.items() if key != name} | ({} if value is None else {name: value})
    ran = run(*command("check"), env=environment(KOPIENA_VAR=str(tmp_path), **env))
    assert ran.returncode != 0
    refusal = ran.stderr.strip().splitlines()[-1]
    assert refusal.startswith("DEBUG is off")
    assert [each for each in NEEDED if re.search(rf"\b{each}\b", refusal)] == [name]
    assert list(tmp_path.iterdir()) == []


def test_without_debug_and_without_anything_all_are_named_in_one_go(tmp_path: Path) -> None:
    ran = run(*command("check"), env=environment(KOPIENA_VAR=str(tmp_path), DEBUG="0"))
    assert ran.returncode != 0
    assert ", ".join(NEEDED) in ran.stderr


def test_with_everything_set_the_deployment_check_is_clean(tmp_path: Path) -> None:
    ran = run(
        *command("check", "--deploy", "--fail-level", "WARNING"),
        env=environment(KOPIENA_VAR=str(tmp_path), **PRODUCTION),
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), ran.stderr


def test_a_proxy_may_ask_for_health_without_https_and_everybody_else_is_sent_there(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'kopiena.example.lv'})\n"
        "answers = [client.get(path) for path in ('/healthz', '/par-mums/')]\n"
        "print([(answer.status_code, answer.headers.get('Location', '')) for answer in answers])"
    )
    env = environment(PYTHONPATH=str(ROOT), KOPIENA_VAR=str(tmp_path), **PRODUCTION)
    ran = run(sys.executable, "-c", code, env={**env, "DJANGO_SETTINGS_MODULE": "kopiena.settings"})
    assert ran.stdout.strip() == "[(200, ''), (301, 'https://kopiena.example.lv/par-mums/')]", ran.stderr


def test_what_production_names_is_what_is_used(tmp_path: Path) -> None:
    names = (
        "settings.SITE_URL, settings.ALLOWED_HOSTS, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS"
    )
    assert said_with({"KOPIENA_VAR": str(tmp_path), **PRODUCTION}, f"[{names}]") == (
        "['https://kopiena.example.lv', ['kopiena.example.lv'], 'mail.example.lv', 587, True]"
    )


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://127.0.0.1:2525", ["127.0.0.1", 2525, False, False, "", ""]),
        ("smtp://mail.example.lv", ["mail.example.lv", 25, False, False, "", ""]),
        ("smtp+tls://mail.example.lv", ["mail.example.lv", 587, True, False, "", ""]),
        ("smtp+ssl://mail.example.lv", ["mail.example.lv", 465, False, True, "", ""]),
        (
            "smtp+tls://kopiena%40example.lv:p%40ss%2Fw%23rd+%25@mail.example.lv:2587",
            ["mail.example.lv", 2587, True, False, "kopiena@example.lv", "p@ss/w#rd+%"],
        ),
    ],
)
def test_the_address_of_the_mail_server_is_read_in_every_form(url: str, read: list[object], tmp_path: Path) -> None:
    names = ("HOST", "PORT", "USE_TLS", "USE_SSL", "HOST_USER", "HOST_PASSWORD")
    shown = f"[{', '.join(f'settings.EMAIL_{name}' for name in names)}], settings.EMAIL_TIMEOUT"
    assert said_with({"KOPIENA_VAR": str(tmp_path), "EMAIL_URL": url}, shown) == f"{read} 10"


def test_development_needs_no_environment(tmp_path: Path) -> None:
    ran = run(*command("check"), env=environment(KOPIENA_VAR=str(tmp_path)))
    assert (ran.returncode, ran.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), ran.stderr
    names = "settings.DEBUG, settings.ALLOWED_HOSTS, settings.EMAIL_BACKEND.split('.')[-2]"
    assert said_with({"KOPIENA_VAR": str(tmp_path)}, f"[{names}]") == (
        "[True, ['127.0.0.1', 'localhost', '[::1]'], 'mailbox']"
    )
    assert said_with({"SECRET_KEY": "given"}, "settings.VAR_DIR") == str(ROOT / "var")


def test_what_keeps_junk_out_has_its_promised_values_and_may_be_raised_for_a_storm(tmp_path: Path) -> None:
    names = ("MINIMUM_FILLING_SECONDS", "CONTACT_SIGN_UPS_PER_DAY", "ADDRESS_SIGN_UPS_PER_HOUR")
    values = f"[{', '.join(f'settings.{name}' for name in names)}]"
    var = {"KOPIENA_VAR": str(tmp_path)}
    assert said_with(var, values) == "[3, 20, 240]"
    assert said_with(var | dict.fromkeys(names, "7"), values) == "[7, 7, 7]"


def test_the_key_of_development_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    var = {"KOPIENA_VAR": str(tmp_path / "new")}
    first = said_with(var, "settings.SECRET_KEY")
    kept = tmp_path / "new" / "secret_key"
    assert (len(first) > 50, kept.read_text(), oct(kept.stat().st_mode & 0o777)) == (True, first, "0o600")
    assert said_with(var, "settings.SECRET_KEY") == first
    assert said_with({**var, "SECRET_KEY": "given"}, "settings.SECRET_KEY") == "given"


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    code = "from kopiena import settings; print(settings.SECRET_KEY)"
    env = environment(PYTHONPATH=str(ROOT), KOPIENA_VAR=str(tmp_path))
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert (len(keys), len(keys.pop()) > 50) == (1, True)
    assert os.listdir(tmp_path) == ["secret_key"]


def test_one_long_transaction_around_each_request_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("check")
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    with pytest.raises(SystemCheckError, match=r"kopiena\.E003"):
        call_command("check")


def test_another_database_than_postgresql_is_refused(tmp_path: Path) -> None:
    ran = run(*command("check"), env=environment(KOPIENA_VAR=str(tmp_path), DATABASE_URL="sqlite:////tmp/a.sqlite3"))
    assert ran.returncode == 1
    assert "kopiena.E001" in ran.stderr


@pytest.mark.django_db
def test_another_isolation_than_read_committed_is_refused() -> None:
    check = command("check", "--database", "default")
    ours = run(*check, env=on_test_database())
    assert (ours.returncode, ours.stderr) == (0, "")
    strict = run(*check, env=on_test_database(SERIALIZABLE="1"))
    assert strict.returncode == 1
    assert "kopiena.E005" in strict.stderr


def test_a_database_that_does_not_answer_is_said_plainly(tmp_path: Path) -> None:
    env = environment(KOPIENA_VAR=str(tmp_path), DATABASE_URL="postgres://a:b@127.0.0.1:1/c")
    ran = run(*command("check", "--database", "default"), env=env)
    assert ran.returncode == 1
    assert "kopiena.E004" in ran.stderr


def test_nothing_is_silenced() -> None:
    assert settings.SILENCED_SYSTEM_CHECKS == []
