"""A family may say when it is safe to call: one folded field, shown to them and to the office, gone when erased."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from activities.models import Occurrence
from families import registering
from families.models import Registration, SignUp
from kopiena.roles import COORDINATOR, HELPER
from tests.families.caller import signs_up as signed_up_by_phone
from tests.journeys.conftest import sign_up_form, signs_up
from tests.journeys.resident import Page, Resident
from tests.office import registration_page_of, signed_in

SAFE = "darbdienās no 10 līdz 12"


def is_unfolded(page: Page) -> bool:
    (folded,) = [each for each in page.document.iter("details") if each.get("class") == "folded"]
    return folded.get("open") is not None


def test_what_is_said_stands_on_the_private_page_and_with_the_sign_up(
    resident: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    page = signs_up(resident, make_occurrence(), safe_to_call=f"  {SAFE}\u202e ")
    assert SignUp.objects.get().safe_to_call == SAFE
    assert SAFE in page.text


def test_nothing_said_is_nothing_shown(resident: Resident, make_occurrence: Callable[..., Occurrence]) -> None:
    page = signs_up(resident, make_occurrence())
    assert SignUp.objects.get().safe_to_call == ""
    assert "Kad var droši piezvanīt" not in page.text


def test_the_field_is_folded_until_something_stands_in_it(
    resident: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    form = sign_up_form(resident, make_occurrence())
    assert not is_unfolded(form)
    refused = resident.press(form, "Nosūtīt pieteikumu", safe_to_call=SAFE)
    assert is_unfolded(refused)
    assert refused.typed("safe_to_call") == SAFE
    too_long = resident.press(form, "Nosūtīt pieteikumu", safe_to_call="x" * 81)
    assert "Lūdzu, uzrakstiet to īsāk: ne vairāk kā 80 zīmju." in too_long.errors()
    assert is_unfolded(too_long)
    assert too_long.typed("safe_to_call") == "x" * 81
    assert not is_unfolded(sign_up_form(resident, make_occurrence()))


def test_the_same_form_with_another_time_is_another_form(
    resident: Resident, make_occurrence: Callable[..., Occurrence]
) -> None:
    form = sign_up_form(resident, make_occurrence())
    typed = {"contact_name": "Anna", "phone": "2000 0000", "adults": 2, "photo": "no"}
    resident.press(form, "Nosūtīt pieteikumu", **typed, safe_to_call=SAFE)
    assert resident.press(form, "Nosūtīt pieteikumu", **typed, safe_to_call=SAFE).status == 200
    assert resident.press(form, "Nosūtīt pieteikumu", **typed, safe_to_call="rītos").status == 409
    assert SignUp.objects.count() == 1


def test_the_coordinator_writes_it_down_and_only_who_sees_contacts_reads_it(
    make_occurrence: Callable[..., Occurrence], now: Any
) -> None:
    signed_up_by_phone(signed_in(COORDINATOR), make_occurrence(), safe_to_call=SAFE)
    made = Registration.objects.get()
    assert made.sign_up.safe_to_call == SAFE
    pages = [f"/admin/families/signup/{made.sign_up_id}/change/", registration_page_of(made)]
    assert all(SAFE in signed_in(COORDINATOR).get(page).content.decode() for page in pages)
    helper: Client = signed_in(HELPER)
    assert [helper.get(page).status_code for page in pages] == [403, 200]
    assert SAFE not in helper.get(registration_page_of(made)).content.decode()


@pytest.mark.parametrize("forget", ["erase", "forget"])
def test_it_goes_when_the_contact_goes(
    resident: Resident, make_occurrence: Callable[..., Occurrence], now: Any, forget: str
) -> None:
    signs_up(resident, make_occurrence(), safe_to_call=SAFE)
    made = SignUp.objects.get()
    if forget == "erase":
        registering.erase(made.pk, now=now)
    else:
        registering.forget(SignUp.objects.all(), now)
    made.refresh_from_db()
    assert (made.phone, made.safe_to_call, made.is_erased) == ("", "", True)
