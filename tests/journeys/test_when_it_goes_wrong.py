"""A locked row, a database that is away, a date that closed meanwhile: said calmly, and nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from activities.models import Capacity, Occurrence
from families import turns
from families.models import Registration
from tests.journeys.conftest import NOTHING, PHONE, saved, sign_up_form, signs_up
from tests.journeys.resident import Page, Resident

ANSWERS = {"contact_name": "Anna un <b>Juris</b>", "phone": PHONE, "adults": 2, "photo": "no", "needs": "Ratiņkrēsls"}
SEND = "Nosūtīt pieteikumu"
BUSY = "Šobrīd piesakās ļoti daudz cilvēku. Ierakstītais nav zudis – pēc dažām sekundēm nospiediet vēlreiz."


@contextmanager
def held_by_somebody(occurrence: Occurrence) -> Iterator[None]:
    """The places are locked by another connection."""
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM activities_capacity WHERE occurrence_id = %s FOR UPDATE", [occurrence.pk])
            yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def database_away() -> Iterator[None]:
    with mock.patch.object(CursorWrapper, "execute", side_effect=OperationalError("the server closed the connection")):
        yield


@pytest.fixture
def impatient(settings: Any) -> None:
    """A row that stands still is waited for a tenth of a second."""
    settings.LOCK_TIMEOUT_MS = 100
    settings.LOCK_RETRY_MS = 50


@pytest.fixture
def committed(transactional_db: None, make_occurrence: Any, impatient: None) -> Iterator[Occurrence]:
    """A date that other connections see too."""
    yield make_occurrence()
    turns.forget()


def test_a_locked_row_is_a_busy_page_with_the_form_kept_and_a_second_press_sends_it(
    resident: Resident, committed: Occurrence
) -> None:
    form = sign_up_form(resident, committed)
    with held_by_somebody(committed):
        busy = resident.press(form, SEND, **ANSWERS)
        assert busy.status == 503
        assert busy.response["Retry-After"] == "5"
        assert BUSY in busy.text
        assert (busy.typed("contact_name"), busy.typed("needs")) == (ANSWERS["contact_name"], "Ratiņkrēsls")
        assert busy.typed("photo") == "no"
        assert saved() == NOTHING
    page = resident.press(busy, SEND)
    assert page.marked("status") == ["Pieteikums apstiprināts"]
    assert saved()["SignUp"] == 1


def test_a_locked_row_stops_neither_looking_nor_other_dates(
    resident: Resident, committed: Occurrence, make_occurrence: Any
) -> None:
    other = make_occurrence()
    with held_by_somebody(committed):
        assert sign_up_form(resident, committed).status == 200
        assert resident.open("/").status == 200
        assert signs_up(resident, other).marked("status") == ["Pieteikums apstiprināts"]


def test_changing_cancelling_and_erasing_wait_as_calmly(resident: Resident, committed: Occurrence) -> None:
    ours = signs_up(resident, committed)
    change = resident.open(ours.links()["Mainīt pieteikumu"])
    cancel = resident.open(ours.links()["Atcelt pieteikumu"])
    erase = resident.open(ours.links()["Dzēst manus datus"])
    with held_by_somebody(committed):
        busy = resident.press(change, "", adults=7)
        assert (busy.status, busy.typed("adults")) == (503, "7")
        for form in (cancel, erase):
            page = resident.press(form, next(iter(form.buttons())))
            assert (page.status, page.response["Retry-After"]) == (503, "5")
            assert BUSY in page.text
    registration = Registration.objects.get()
    assert (registration.adults, registration.status) == (2, "placed")
    assert registration.sign_up.contact_name == "Anna"


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_without_a_database_every_page_is_one_calm_page(resident: Resident, make_occurrence: Any, prefix: str) -> None:
    make_occurrence()
    with database_away():
        for address in ("/", "/kalendars/", "/aktivitates/", "/iestades/", "/pieteikties/1/", "/pieteikums/x/"):
            answer = resident.client.get(prefix + address)
            if answer.status_code == 404:
                continue  # a link that is no link needs no database
            assert (answer.status_code, answer["Retry-After"]) == (503, "5"), address
            assert "no-store" in answer["Cache-Control"]
            page = Page(answer, address)
            assert (
                page.heading
                == {"": "Mirklīti, lūdzu", "/ru": "Минутку, пожалуйста", "/en": "One moment, please"}[prefix]
            )


def test_a_database_lost_while_sending_keeps_what_was_typed_and_one_button_sends_it_again(
    resident: Resident, make_occurrence: Any
) -> None:
    form = sign_up_form(resident, make_occurrence())
    with database_away():
        away = resident.press(form, SEND, **ANSWERS)
    assert (away.status, away.response["Retry-After"]) == (503, "5")
    assert away.typed("contact_name") == ANSWERS["contact_name"]
    assert "<b>Juris</b>" not in away.source
    assert saved() == NOTHING
    (button,) = away.buttons()
    page = resident.press(away, button)
    assert page.marked("status") == ["Pieteikums apstiprināts"]
    assert Registration.objects.get().needs_answer == "Ratiņkrēsls"


def test_a_connection_that_is_really_cut_is_mended_by_the_next_request(
    resident: Resident, committed: Occurrence
) -> None:
    form = sign_up_form(resident, committed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.get_new_connection(connection.get_connection_params())
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    away = resident.press(form, SEND, **ANSWERS)
    connection.close_if_unusable_or_obsolete()  # what the server does between two requests
    assert (away.status, away.typed("contact_name")) == (503, ANSWERS["contact_name"])
    assert resident.press(away, next(iter(away.buttons()))).marked("status") == ["Pieteikums apstiprināts"]


def test_whoever_wanted_to_wait_still_does_after_a_lost_database(resident: Resident, make_occurrence: Any) -> None:
    occurrence = make_occurrence(places=2)
    signs_up(Resident(), occurrence)
    form = sign_up_form(resident, occurrence)
    with database_away():
        away = resident.press(form, "Stāties rindā", **ANSWERS)
    page = resident.press(away, next(iter(away.buttons())))
    assert page.marked("status") == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]


def test_a_sign_in_is_never_written_into_a_page(resident: Resident) -> None:
    with database_away():
        page = Page(resident.client.post("/konts/login/", {"login": "a@example.lv", "password": "a secret"}), "/")
    assert page.status == 503
    assert "a secret" not in page.source


def test_a_form_opened_before_sign_up_closed_is_refused_with_everything_kept(
    resident: Resident, make_occurrence: Any, now: datetime, clock: Any
) -> None:
    occurrence = make_occurrence(occurrence={"sign_up_closes_at": now + timedelta(minutes=5)})
    form = sign_up_form(resident, occurrence)
    clock.shift(timedelta(minutes=6))
    refused = resident.press(form, SEND, **ANSWERS)
    assert "Kamēr aizpildījāt veidlapu, pieteikšanās beidzās. Ierakstītais ir saglabāts šajā lapā." in refused.text
    assert refused.typed("contact_name") == ANSWERS["contact_name"]
    assert saved() == NOTHING


def test_the_last_place_taken_while_typing_is_said_with_a_way_on(
    resident: Resident, neighbour: Resident, make_occurrence: Any
) -> None:
    occurrence = make_occurrence(places=2)
    form = sign_up_form(resident, occurrence)
    signs_up(neighbour, occurrence)
    refused = resident.press(form, SEND, **ANSWERS)
    assert "Pēdējās vietas tikko aizņēma. Ierakstītais ir saglabāts." in refused.text
    assert refused.typed("contact_name") == ANSWERS["contact_name"]
    assert resident.press(refused, "Stāties rindā").marked("status") == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]
    assert Capacity.objects.get().taken == 2


def test_a_form_left_open_for_weeks_is_sent_with_a_second_press(
    resident: Resident, make_occurrence: Any, now: datetime, clock: Any
) -> None:
    occurrence = make_occurrence(starts_at=now + timedelta(days=60))
    form = sign_up_form(resident, occurrence)
    clock.shift(timedelta(days=8))
    asked = resident.press(form, SEND, **ANSWERS)
    assert len(asked.errors()) == 1
    assert asked.typed("contact_name") == ANSWERS["contact_name"]
    assert resident.press(asked, SEND).marked("status") == ["Pieteikums apstiprināts"]


def test_our_own_mistake_is_one_calm_page(resident: Resident) -> None:
    resident.client.raise_request_exception = False
    with mock.patch("families.views.home.front_of", side_effect=ZeroDivisionError):
        page = Page(resident.client.get("/ru/"), "/ru/")
    assert page.status == 500
    assert page.heading == "У нас что-то сломалось."
