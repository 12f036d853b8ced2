"""What no form of ours would send: a foreign token, fields that are not there, a GET where only a POST may act."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from activities.models import Capacity, Occurrence
from families.models import Registration, SignUp
from tests.journeys.conftest import EMAIL, NOTHING, PHONE, saved, sign_up_form, signs_up
from tests.journeys.resident import Resident

SEND = "Nosūtīt pieteikumu"
ANSWERS: dict[str, Any] = {"contact_name": "Anna", "phone": PHONE, "adults": 2, "children": 1, "photo": "no"}
FORGED = {
    "status": "placed",
    "seats": "0",
    "queue_no": "1",
    "queue_number": "1",
    "last_queue_number": "0",
    "places": "1000",
    "taken": "0",
    "held": "0",
    "channel": "desk",
    "unit": "families",
    "revision": "7",
    "occurrence": "1",
    "occurrence_id": "1",
    "is_demo": "on",
    "is_first_time": "",
    "placed_at": "2020-01-01",
    "created_at": "2020-01-01",
    "cancelled_by": "family",
    "code": "11111111",
    "link_id": "0" * 32,
    "form_token": "a",
    "may_be_photographed": "on",
    "now": "2020-01-01",
    "by": "1",
}
RANDOM = ("id", "sign_up_id", "form_token", "form_digest", "link_id", "code")


def rows() -> list[dict[str, Any]]:
    """What the gate has written, without what is random or a number of its own."""
    return [
        {name: value for name, value in row.items() if name not in RANDOM}
        for model in (SignUp, Registration, Capacity)
        for row in model.objects.order_by("pk").values()
    ]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


@pytest.mark.parametrize("places", [10, 2], ids=["placed", "waiting"])
def test_forged_fields_have_no_effect_on_a_sign_up(
    resident: Resident, make_occurrence: Callable[..., Occurrence], places: int
) -> None:
    written = []
    for extra in ({}, FORGED):
        occurrence = make_occurrence(places=places)
        form = sign_up_form(resident, occurrence)
        answers = {**ANSWERS, "declaration": "on", "wait": "1", **extra}
        page = resident.press(form, "", **answers)
        assert page.status == 200
        assert page.errors() == []
        (registration,) = Registration.objects.filter(occurrence=occurrence).values()
        (capacity,) = Capacity.objects.filter(pk=occurrence.pk).values()
        (sign_up,) = SignUp.objects.filter(pk=registration["sign_up_id"]).values()
        one_by_one = {**registration, **capacity, **sign_up}
        known = ("occurrence_id", "is_first_time", *RANDOM)
        written.append({name: value for name, value in one_by_one.items() if name not in known})
        assert sign_up["code"] != FORGED["code"]
        assert sign_up["link_id"] != FORGED["link_id"]
    assert written[0] == written[1]
    assert written[0]["seats"] == 3
    assert written[0]["status"] == ("placed" if places == 10 else "waiting")


def test_forged_fields_have_no_effect_on_a_change_a_cancellation_or_an_erasure(
    resident: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    occurrence = make_occurrence(places=5)
    ours = signs_up(resident, occurrence, adults=5)
    waits = signs_up(Resident(), occurrence, button="Stāties rindā", adults=3, phone="2000 0001")
    assert waits.marked("status") == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]
    form = resident.open(waits.links()["Mainīt pieteikumu"])
    changed = resident.press(form, "", **FORGED | {"adults": 4, "status": "placed"})
    assert changed.marked("status") == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]
    theirs = Registration.objects.get(adults=4)
    assert (theirs.status, theirs.seats, theirs.queue_number, theirs.placed_at) == ("waiting", 4, 2, None)
    capacity = Capacity.objects.get()
    assert (capacity.places, capacity.taken, capacity.last_queue_number) == (5, 5, 2)
    resident.press(resident.open(ours.links()["Atcelt pieteikumu"]), "Jā, atcelt pieteikumu", **FORGED)
    gone = Registration.objects.get(adults=5)
    assert (gone.status, gone.seats, gone.cancelled_by) == ("cancelled", 5, "family")
    assert resident.open(waits.address).marked("status") == ["Pieteikums apstiprināts"]
    resident.press(resident.open(waits.links()["Dzēst manus datus"]), "Dzēst manus datus", **FORGED)
    capacity.refresh_from_db()
    assert (capacity.places, capacity.taken, capacity.last_queue_number) == (5, 0, 2)
    assert SignUp.objects.exclude(channel="web").count() == 0


def test_a_token_of_another_date_signs_up_to_neither_and_the_second_press_to_the_one_that_was_meant(
    resident: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    here, there = make_occurrence(), make_occurrence()
    foreign = sign_up_form(resident, there).typed("token")
    asked = resident.press(sign_up_form(resident, here), SEND, **ANSWERS, declaration="on", token=foreign)
    assert asked.status == 200
    assert len(asked.errors()) == 1
    assert (asked.typed("contact_name"), asked.typed("children")) == ("Anna", "1")
    assert asked.typed("token") not in ("", foreign)
    assert saved() == NOTHING
    assert resident.press(asked, SEND).marked("status") == ["Pieteikums apstiprināts"]
    assert Registration.objects.get().occurrence == here


def test_the_token_of_a_form_that_signed_up_opens_nothing_at_another_date(
    resident: Resident, neighbour: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    here, there = make_occurrence(), make_occurrence()
    form = sign_up_form(resident, there)
    resident.press(form, SEND, **ANSWERS, declaration="on")
    before = rows()
    answers = {**ANSWERS, "declaration": "on", "token": form.typed("token")}
    asked = neighbour.press(sign_up_form(neighbour, here), SEND, **answers)
    assert len(asked.errors()) == 1
    assert rows() == before


@pytest.mark.parametrize("button", [SEND, "Stāties rindā"])
def test_a_form_opened_before_closing_and_sent_after_is_refused_with_everything_kept(
    resident: Resident, make_occurrence: Callable[..., Occurrence], now: datetime, clock: Any, button: str
) -> None:
    occurrence = make_occurrence(places=1, occurrence={"sign_up_closes_at": now + timedelta(minutes=5)})
    if button != SEND:
        signs_up(Resident(), occurrence, adults=1)
    form = sign_up_form(resident, occurrence)
    before = rows()
    clock.shift(6 * 60)
    typed = {**ANSWERS, "children": "0", "email": EMAIL, "needs": "Ratiņkrēsls"}
    refused = resident.press(form, button, **typed)
    assert "Kamēr aizpildījāt veidlapu, pieteikšanās beidzās. Ierakstītais ir saglabāts šajā lapā." in refused.text
    assert {name: refused.typed(name) for name in typed} == {name: str(value) for name, value in typed.items()}
    assert rows() == before


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_get_on_any_address_that_changes_something_is_a_page_and_changes_nothing(
    resident: Resident, make_occurrence: Callable[..., Occurrence], prefix: str
) -> None:
    """Scanners of mail follow every link, and some try what a button would send."""
    occurrence = make_occurrence(places=3)
    ours = signs_up(resident, occurrence, adults=3)
    waits = signs_up(Resident(), occurrence, button="Stāties rindā", phone="2000 0001")
    form = sign_up_form(resident, occurrence)
    answers = {**ANSWERS, **FORGED, "token": form.typed("token"), "wait": "1", "add_child": "1", "adults": "1"}
    before = everything()
    assert sum(map(len, before.values())) > 10
    ways = [f"/pieteikties/{occurrence.pk}/", "/mans-pieteikums/"]
    ways += [page.address + way for page in (ours, waits) for way in ("", "mainit/", "atcelt/", "dzest/", "izdruka/")]
    for way in ways:
        for asked in (resident.client.get(prefix + way), resident.client.get(prefix + way, answers)):
            assert (asked.status_code, asked["Content-Type"]) == (200, "text/html; charset=utf-8"), way
            assert asked.content
        assert resident.client.head(prefix + way).status_code == 200, way
    assert everything() == before


def test_the_comparison_of_tables_would_see_a_change(
    resident: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    signs_up(resident, make_occurrence())
    before = everything()
    Registration.objects.update(revision=9)
    changed = {table for table, lines in everything().items() if lines != before[table]}
    assert changed == {"families_registration"}
