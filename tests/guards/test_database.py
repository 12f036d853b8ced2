"""The database is as the gate needs it: our driver, no migration missing."""

import importlib.util

import pytest
from django.core.management import call_command
from django.db import connection


def test_the_driver_is_psycopg2_and_nothing_shadows_it() -> None:
    assert connection.Database.__name__ == "psycopg2"
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"Models have changed:\n{capsys.readouterr().out}")
