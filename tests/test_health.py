"""Health: the process answers without the database, readiness only with it; no cache or cookie in either."""

import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client


def test_the_process_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")  # without the mark of this test any query would be an error
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers(client: Client) -> None:
    response = client.get("/readiness")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_it_is_not_ready_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*_args: object) -> None:
        raise error

    monkeypatch.setattr(CursorWrapper, "execute", refuse)
    assert client.get("/readiness").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readiness"])
def test_the_answer_is_asked_for_anew_each_time_and_leaves_nothing(client: Client, address: str) -> None:
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert (list(response.cookies), "Cookie" in response.headers.get("Vary", "")) == ([], False)
