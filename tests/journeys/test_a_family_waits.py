"""Too few places: refused with a way on, waiting whole, moving up, coming in another number."""

from typing import Any

import pytest

from activities.models import Capacity, Occurrence
from families.models import Registration
from tests.journeys.conftest import saved, sign_up_form, signs_up
from tests.journeys.resident import Page, Resident

WAIT = "Stāties rindā"
RULE = "Jūsu ģimeni nesadalīsim"


@pytest.fixture
def five_places(make_occurrence: Any) -> Occurrence:
    return make_occurrence(places=5)


def number(page: Page) -> list[str]:
    return page.marked("status")


def change(who: Resident, page: Page, **typed: Any) -> Page:
    form = who.open(page.links()["Mainīt pieteikumu"])
    return who.press(form, next(words for words in form.buttons() if words), **typed)


def cancel(who: Resident, page: Page) -> Page:
    return who.press(who.open(page.links()["Atcelt pieteikumu"]), "Jā, atcelt pieteikumu")


def test_a_family_that_does_not_fit_is_told_why_and_may_wait_whole(
    resident: Resident, neighbour: Resident, five_places: Occurrence
) -> None:
    signs_up(neighbour, five_places, adults=3)
    refused = signs_up(resident, five_places, adults=2, children=3, contact_name="Olga")
    assert "Visiem kopā vietu nepietiek. Brīvas: 2 vietas. Pieteikumā: 5 cilvēki." in refused.text
    assert refused.title.startswith("Kļūda:")
    assert RULE in refused.text
    assert (refused.typed("contact_name"), refused.typed("children")) == ("Olga", "3")
    assert saved()["SignUp"] == 1
    waits = resident.press(refused, WAIT)
    assert number(waits) == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]
    assert RULE in waits.text
    assert Registration.objects.get(sign_up__contact_name="Olga").seats == 5
    assert Capacity.objects.get().taken == 3


def test_when_the_first_cancels_the_waiting_family_is_placed(
    resident: Resident, neighbour: Resident, five_places: Occurrence
) -> None:
    first = signs_up(neighbour, five_places, adults=5)
    full = sign_up_form(resident, five_places)
    assert RULE in full.text
    waits = signs_up(resident, five_places, button=WAIT, adults=2, children=2)
    assert number(waits) == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]
    asked = neighbour.open(first.links()["Atcelt pieteikumu"])
    assert "Atbrīvotās vietas tūlīt saņems citi; tās atgūt nevarēs." in asked.text
    gone = cancel(neighbour, first)
    assert number(gone) == ["Pieteikums atcelts"]
    assert number(resident.open(waits.address)) == ["Pieteikums apstiprināts"]
    assert Capacity.objects.get().taken == 4


def test_the_number_in_the_queue_counts_who_still_waits_before(
    resident: Resident, neighbour: Resident, five_places: Occurrence
) -> None:
    signs_up(Resident(), five_places, adults=5)
    before = signs_up(neighbour, five_places, button=WAIT, adults=1)
    ours = signs_up(resident, five_places, button=WAIT, adults=1)
    assert number(ours) == ["Gaidīšanas rindā. Jūsu kārtas numurs: 2"]
    cancel(neighbour, before)
    assert number(resident.open(ours.address)) == ["Gaidīšanas rindā. Jūsu kārtas numurs: 1"]


def test_whoever_fits_is_placed_even_past_a_larger_family_that_waits(
    resident: Resident, neighbour: Resident, five_places: Occurrence
) -> None:
    signs_up(Resident(), five_places, adults=3)
    signs_up(neighbour, five_places, adults=4)
    assert number(signs_up(resident, five_places, adults=2)) == ["Pieteikums apstiprināts"]


def test_fewer_may_always_come_and_the_places_go_on(
    resident: Resident, neighbour: Resident, five_places: Occurrence
) -> None:
    ours = signs_up(resident, five_places, adults=5)
    waits = signs_up(neighbour, five_places, button=WAIT, adults=3)
    page = change(resident, ours, adults=2)
    assert number(page) == ["Pieteikums apstiprināts"]
    assert "2 pieaugušie" in page.text
    assert number(neighbour.open(waits.address)) == ["Pieteikums apstiprināts"]


def test_more_may_come_only_if_there_is_room_for_all(resident: Resident, five_places: Occurrence) -> None:
    ours = signs_up(resident, five_places, adults=2)
    assert number(change(resident, ours, adults=5)) == ["Pieteikums apstiprināts"]
    refused = change(resident, ours, adults=6)
    assert "Visiem kopā vietu nepietiek. Jums jau ir: 5 vietas. Vēl brīvo vietu: 0." in refused.text
    assert refused.typed("adults") == "6"
    assert Capacity.objects.get().taken == 5


def test_a_childs_row_is_added_and_changed_afterwards_too(resident: Resident, with_ages: Occurrence) -> None:
    ours = signs_up(resident, with_ages, declaration="on", child_1_first_name="Ilze", child_1_age=6)
    form = resident.open(ours.links()["Mainīt pieteikumu"])
    assert (form.typed("child_1_first_name"), form.typed("child_1_age")) == ("Ilze", "6")
    form = resident.press(form, "Pievienot bērnu")
    page = resident.press(form, "", child_2_age=3, child_2_along="on")
    assert number(page) == ["Pieteikums apstiprināts"]
    assert [(child.first_name, child.age, child.kind) for child in Registration.objects.get().participants.all()] == [
        ("Ilze", 6, "child"),
        ("", 3, "child_along"),
    ]


def test_after_cancelling_nothing_can_be_changed_and_cancelling_again_changes_nothing(
    resident: Resident, five_places: Occurrence
) -> None:
    ours = signs_up(resident, five_places, adults=2)
    asked = resident.open(ours.links()["Atcelt pieteikumu"])
    for _ in range(2):
        assert number(resident.press(asked, "Jā, atcelt pieteikumu")) == ["Pieteikums atcelts"]
    assert Capacity.objects.get().taken == 0
    assert not [form for form in resident.open(f"{ours.address}mainit/").document.iter("form")]


def test_once_it_has_begun_nothing_moves(resident: Resident, five_places: Occurrence, clock: Any) -> None:
    ours = signs_up(resident, five_places, adults=2)
    asked = resident.open(ours.links()["Atcelt pieteikumu"])
    clock.move_to(five_places.meetings.get().starts_at)
    page = resident.press(asked, "Jā, atcelt pieteikumu")
    assert "Aktivitāte jau ir sākusies, tāpēc pieteikumu mainīt vairs nevar." in page.text
    assert Capacity.objects.get().taken == 2
