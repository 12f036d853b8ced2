"""A PostgreSQL cluster of the storms' own, migrated once; each house gets a copy of that database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from kopiena.floor.embedded_postgres import database_settings
from tests.processes import ROOT, command, ends_with_the_tests, environment

Row = tuple[Any, ...]


class Database:
    """One database, asked by SQL alone: what the portal's own code believes does not count here."""

    def __init__(self, var: Path, name: str) -> None:
        self.var, self.name = var, name

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A transaction of one's own: committed at the end, rolled back by an error."""
        where = database_settings(self.var)
        connection = psycopg2.connect(host=where["HOST"], port=where["PORT"], user=where["USER"], dbname=self.name)
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def rows(self, statement: str, *values: object) -> list[Row]:
        with self.connection() as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def one(self, statement: str, *values: object) -> Any:
        """The one value asked for."""
        return self.rows(statement, *values)[0][0]


class Cluster:
    """The server, kept by a process that stops it when the tests are gone."""

    def __init__(self, var: Path) -> None:
        var.mkdir(parents=True)
        self.var = var
        self.keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.storms.keeper", str(var)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(PYTHONPATH=str(ROOT)),
            start_new_session=True,  # Ctrl-C in the terminal is for pytest, which stops us in its own order
            preexec_fn=ends_with_the_tests,
        )
        assert self.keeper.stdout is not None
        said = self.keeper.stdout.readlines(1) if self.keeper.poll() is None else []
        assert "ready\n" in said, f"PostgreSQL for the storms does not start: {said} {self.log()[-1000:]}"
        subprocess.run(
            command("prepare", "--empty"), env=self.environment(), cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )

    def environment(self, **values: str) -> dict[str, str]:
        return environment(KOPIENA_VAR=str(self.var), PYTHONPATH=str(ROOT), **values)

    def database(self, name: str) -> Database:
        """A fresh copy of the migrated database."""
        with self._maintenance() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE kopiena").format(sql.Identifier(name)))
        return Database(self.var, name)

    def log(self) -> str:
        """What PostgreSQL has written."""
        with suppress(FileNotFoundError):
            return (self.var / "log" / "postgres.log").read_text(errors="replace")
        return ""

    def close(self) -> None:
        self.keeper.terminate()
        assert self.keeper.wait(60) in (0, -15), os.strerror(self.keeper.returncode)
        if self.keeper.stdout is not None:
            self.keeper.stdout.close()

    @contextmanager
    def _maintenance(self) -> Iterator[Any]:
        where = database_settings(self.var)
        connection = psycopg2.connect(host=where["HOST"], port=where["PORT"], user=where["USER"], dbname="postgres")
        connection.autocommit = True  # a database is not made inside a transaction
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()
