"""Junk stays out of the sign-up form, and whoever is taken for it by mistake gets through."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.signing import loads
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Occurrence
from families import junk
from families.models import SignUp
from families.registering import Sender
from kopiena.floor.models import Centre, Tally
from tests.journeys.conftest import EMAIL, NOTHING, PHONE, saved, sign_up_form, signs_up
from tests.journeys.resident import Page, Resident

SEND = "Nosūtīt pieteikumu"
CONFIRMED = ["Pieteikums apstiprināts"]
ANSWERS: dict[str, Any] = {"contact_name": "Anna", "phone": PHONE, "adults": 2, "photo": "no", "needs": "Ratiņkrēsls"}
TRAPPED = (
    "Bija aizpildīts lauks, kam jāpaliek tukšam; varbūt to pats izdarīja Jūsu tālrunis. Šo lauku iztukšojām, un "
    "ierakstītais ir saglabāts: lūdzu, nospiediet pogu vēlreiz."
)
TOO_QUICK = (
    "Tas notika tik ātri, ka mēs to noturējām par datorprogrammas darbu. Ierakstītais ir saglabāts: lūdzu, pārskatiet "
    "to un pēc dažām sekundēm nospiediet pogu vēlreiz."
)
SAME_CONTACT = "Ar šo tālruni vai e-pastu vienas dienas laikā nosūtīts ļoti daudz pieteikumu."
SAME_CONNECTION = "No Jūsu interneta pieslēguma stundas laikā nosūtīts ļoti daudz pieteikumu."
HERE = "127.0.0.1"


@pytest.fixture
def roomy(make_occurrence: Callable[..., Occurrence]) -> Occurrence:
    return make_occurrence(places=None)


@pytest.fixture
def in_haste(db: None) -> Resident:
    """Somebody who needs no time at all."""
    return Resident(seconds=0)


def is_kept(page: Page) -> bool:
    return {name: page.typed(name) for name in ANSWERS} == {name: str(value) for name, value in ANSWERS.items()}


def phone_of(number: int) -> str:
    return f"2{number:07}"


def signed_up_before(times: int, now: datetime, *, contact: str = "", at: str = "") -> None:
    """So many sign-ups were counted, as the form counts each of them."""
    for _ in range(times):
        tries = junk.tries_of(Sender(name="Anna", language="lv", phone=contact), at)
        junk.count([each for each in tries if each.who], now)


def test_a_filled_hidden_field_signs_nobody_up_and_a_person_gets_through_with_the_second_press(
    resident: Resident, roomy: Occurrence
) -> None:
    asked = resident.press(sign_up_form(resident, roomy), SEND, website="https://example.lv", **ANSWERS)
    assert (asked.status, asked.errors()) == (200, [TRAPPED])
    assert asked.typed("website") == ""
    assert is_kept(asked)
    assert saved() == NOTHING
    assert resident.press(asked, SEND).marked("status") == CONFIRMED


@pytest.mark.parametrize("typed", ["\x00", "<script>", "x" * 10_000, "👩‍👧", "0"])
def test_whatever_stands_in_the_hidden_field_is_shown_nowhere(
    resident: Resident, roomy: Occurrence, typed: str
) -> None:
    asked = resident.press(sign_up_form(resident, roomy), SEND, website=typed, **ANSWERS)
    assert asked.errors() == [TRAPPED]
    assert typed == "0" or typed not in asked.source
    assert saved() == NOTHING


def test_the_hidden_field_is_told_together_with_what_else_is_wrong(resident: Resident, roomy: Occurrence) -> None:
    asked = resident.press(sign_up_form(resident, roomy), SEND, **ANSWERS | {"phone": "12"}, website="x")
    assert asked.errors() == [TRAPPED, "Tālruņa numurā ir 8 cipari, piemēram, 2000 0000."]
    assert resident.press(asked, SEND, phone=PHONE).marked("status") == CONFIRMED


def test_a_space_in_the_hidden_field_is_forgiven(resident: Resident, roomy: Occurrence) -> None:
    page = resident.press(sign_up_form(resident, roomy), SEND, website=" ", **ANSWERS)
    assert page.marked("status") == CONFIRMED


def test_the_hidden_field_is_reached_by_nobody_and_explains_itself(resident: Resident, roomy: Occurrence) -> None:
    for language, words in (("lv", "Atstājiet šo lauku tukšu"), ("ru", "Оставьте это поле пустым")):
        form = sign_up_form(resident, roomy, language)
        (around,) = [each for each in form.form.iter("div") if each.get("class") == "off-screen"]
        assert around.get("aria-hidden") == "true"
        (field,) = around.iter("input")
        assert (field.get("name"), field.get("tabindex"), field.get("autocomplete")) == ("website", "-1", "off")
        (label,) = around.iter("label")
        assert (label.get("for"), label.text) == (field.get("id"), words)
        assert not [each for each in form.document.iter() if each.get("style")]


def test_a_form_sent_too_quickly_comes_back_and_the_same_form_passes_a_little_later(
    in_haste: Resident, roomy: Occurrence, clock: Any
) -> None:
    form = sign_up_form(in_haste, roomy)
    for _ in range(2):  # however often it is pressed in haste
        clock.shift(1)
        asked = in_haste.press(form, SEND, **ANSWERS)
        assert (asked.status, asked.errors()) == (200, [TOO_QUICK])
        assert is_kept(asked)
        assert asked.typed("token") == form.typed("token")
    assert saved() == NOTHING
    clock.shift(1)
    assert in_haste.press(asked, SEND).marked("status") == CONFIRMED


def test_whoever_mends_a_mistake_at_once_is_not_told_to_wait_beside_it(in_haste: Resident, roomy: Occurrence) -> None:
    asked = in_haste.press(sign_up_form(in_haste, roomy), SEND, **ANSWERS | {"phone": "12"})
    assert asked.errors() == ["Tālruņa numurā ir 8 cipari, piemēram, 2000 0000."]


def test_a_childs_row_neither_starts_the_time_anew_nor_asks_for_it(
    in_haste: Resident, with_ages: Occurrence, clock: Any
) -> None:
    form = changed = sign_up_form(in_haste, with_ages)
    for button in ("Pievienot bērnu", "Noņemt 2. bērnu", "Pievienot bērnu"):
        changed = in_haste.press(changed, button)
        assert (changed.status, changed.errors()) == (200, [])
        assert changed.typed("token") == form.typed("token")
    clock.shift(settings.MINIMUM_FILLING_SECONDS)
    page = in_haste.press(changed, SEND, **ANSWERS, declaration="on", child_1_age=6)
    assert page.marked("status") == CONFIRMED


def test_whoever_is_asked_again_with_a_fresh_token_need_not_wait_again(
    resident: Resident, in_haste: Resident, roomy: Occurrence, clock: Any
) -> None:
    form = sign_up_form(resident, roomy)
    resident.press(form, SEND, **ANSWERS)
    clock.shift(60)
    other = in_haste.press(form, SEND, **ANSWERS | {"adults": 3})
    assert other.status == 409
    assert in_haste.press(other, "Nosūtīt kā jaunu pieteikumu").marked("status") == CONFIRMED
    old = sign_up_form(resident, roomy)
    clock.shift(timedelta(days=8))
    asked = in_haste.press(old, SEND, **ANSWERS)
    assert len(asked.errors()) == 1
    assert asked.typed("token") != old.typed("token")
    assert in_haste.press(asked, SEND).marked("status") == CONFIRMED


@pytest.mark.parametrize("token", ["", "x", "WyJhIiwxLDFd:1abcde:forged"])
def test_a_token_that_is_not_ours_saves_nobody_the_time(
    in_haste: Resident, roomy: Occurrence, clock: Any, token: str
) -> None:
    clock.shift(3600)
    asked = in_haste.press(sign_up_form(in_haste, roomy), SEND, **ANSWERS, token=token)
    assert len(asked.errors()) == 1
    assert in_haste.press(asked, SEND).errors() == [TOO_QUICK]
    clock.shift(settings.MINIMUM_FILLING_SECONDS)
    assert in_haste.press(asked, SEND).marked("status") == CONFIRMED
    assert loads(asked.typed("token"), salt="families.form")[1] == roomy.pk


def test_sixty_families_of_one_kindergarten_sign_up_in_ten_minutes(db: None, roomy: Occurrence, clock: Any) -> None:
    for number in range(60):
        page = signs_up(Resident(seconds=3), roomy, phone=phone_of(number), contact_name=f"Ģimene {number}")
        assert page.marked("status") == CONFIRMED
        clock.shift(10)
    assert saved()["SignUp"] == 60
    assert Tally.objects.get(what=junk.CONNECTION).count == 60


def test_number_241_over_one_connection_is_told_to_come_later_and_an_hour_later_passes(
    resident: Resident, roomy: Occurrence, now: datetime, clock: Any
) -> None:
    assert settings.ADDRESS_SIGN_UPS_PER_HOUR == 240
    signed_up_before(239, now, at=HERE)
    clock.shift(59 * 60)
    assert signs_up(Resident(), roomy, phone=phone_of(240)).marked("status") == CONFIRMED
    told = resident.press(sign_up_form(resident, roomy), SEND, **ANSWERS)
    assert (told.status, told.response["Retry-After"]) == (429, "3600")
    assert SAME_CONNECTION in told.text
    assert told.title.startswith("Kļūda:")
    assert is_kept(told)
    assert saved()["SignUp"] == 1
    assert signs_up(Resident(at="192.0.2.7"), roomy).marked("status") == CONFIRMED
    clock.shift(60)
    assert resident.press(told, SEND).marked("status") == CONFIRMED


@pytest.mark.parametrize("contact", [{"phone": "+371 20-00-00-00"}, {"phone": "", "email": "Anna@Example.lv"}])
def test_the_twenty_first_with_one_contact_in_a_day_is_told_to_come_tomorrow(
    resident: Resident, roomy: Occurrence, now: datetime, clock: Any, contact: dict[str, str]
) -> None:
    assert settings.CONTACT_SIGN_UPS_PER_DAY == 20
    for number in range(20):
        other = {"email": ""} if contact["phone"] else {"phone": phone_of(number)}
        page = signs_up(Resident(at=f"192.0.2.{number}"), roomy, **{"phone": PHONE, "email": EMAIL} | other)
        assert page.marked("status") == CONFIRMED
        clock.shift(60)
    told = resident.press(sign_up_form(resident, roomy), SEND, **ANSWERS | contact)
    assert (told.status, told.response["Retry-After"]) == (429, "86400")
    assert SAME_CONTACT in told.text
    assert told.typed("phone") == contact["phone"]
    assert saved()["SignUp"] == 20
    assert signs_up(resident, roomy, phone="2000 0001").marked("status") == CONFIRMED
    clock.move_to(now + timedelta(days=1))
    assert resident.press(told, SEND).marked("status") == CONFIRMED


def test_the_way_on_is_the_phone_once_there_is_one(resident: Resident, roomy: Occurrence, now: datetime) -> None:
    centre = Centre.objects.create(pk=1, name_lv="Centrs")
    signed_up_before(240, now, at=HERE)
    form = sign_up_form(resident, roomy, "ru")
    assert "звоните" not in resident.press(form, "Записаться", **ANSWERS).text
    centre.phone, centre.phone_hours_lv = "+37120000099", "darbdienās 9–17"
    centre.save()
    told = resident.press(form, "Записаться", **ANSWERS)
    assert "Через Ваше подключение к интернету за час оформлено очень много записей." in told.text
    assert "Или позвоните нам: 2000 0099 (darbdienās 9–17)" in told.text
    assert told.links()["2000 0099"] == "tel:+37120000099"


def test_a_form_whose_answer_was_lost_leads_to_its_page_over_the_limit_too(
    resident: Resident, roomy: Occurrence, now: datetime, clock: Any
) -> None:
    form = sign_up_form(resident, roomy)
    first = resident.press(form, SEND, **ANSWERS)
    signed_up_before(300, now, contact="+37120000000", at=HERE)
    clock.shift(60)
    again = resident.press(form, SEND, **ANSWERS)
    assert (again.status, again.address) == (200, first.address)
    changed = resident.press(form, SEND, **ANSWERS | {"adults": 5})
    assert changed.status == 409
    assert resident.press(changed, "Nosūtīt kā jaunu pieteikumu").status == 429
    assert saved()["SignUp"] == 1


def test_only_a_sign_up_that_was_made_is_counted(
    resident: Resident, make_occurrence: Callable[..., Occurrence], now: datetime, clock: Any
) -> None:
    occurrence = make_occurrence(places=3)

    def counted() -> list[int]:
        return sorted(Tally.objects.values_list("count", flat=True))

    form = sign_up_form(resident, occurrence)
    for wrong in ({"phone": "12"}, {"website": "x"}, {"token": "x"}, {"adults": 5}):  # the last does not fit
        resident.press(form, SEND, **ANSWERS | wrong)
    assert counted() == []
    for _ in range(3):
        resident.press(form, SEND, **ANSWERS)
        clock.shift(60)
    assert counted() == [1, 1]
    resident.press(form, SEND, **ANSWERS | {"needs": ""})  # already sent, with other content
    assert counted() == [1, 1]
    waits = signs_up(resident, occurrence, button="Nosūtīt pieteikumu", adults=2)
    assert waits.marked("status") == []
    resident.press(waits, "Stāties rindā")
    assert counted() == [2, 2]


def test_neither_contact_nor_address_can_be_read_from_what_is_counted(resident: Resident, roomy: Occurrence) -> None:
    signs_up(resident, roomy, email=EMAIL)
    kept = " ".join(f"{each.what} {each.key} {each}" for each in Tally.objects.all())
    assert Tally.objects.count() == 3
    for known in ("20000000", EMAIL, "127.0.0.1", SignUp.objects.get().code):
        assert known not in kept


def test_all_of_it_costs_a_sign_up_two_statements(resident: Resident, roomy: Occurrence) -> None:
    form = sign_up_form(resident, roomy)
    with CaptureQueriesContext(connection) as asked:
        resident.press(form, SEND, **ANSWERS, email=EMAIL)
    assert len([each for each in asked if "floor_tally" in each["sql"]]) == 2
