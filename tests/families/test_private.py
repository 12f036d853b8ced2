"""The private pages: what they keep to themselves, and that nothing is lost when the office changes what it asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from activities.models import Activity
from families import links, registering
from families.models import Registration
from families.parties import Party
from families.registering import Sender, Staff
from tests.gate import ANNA, class_comes
from tests.office import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(comes: Callable[..., Registration]) -> tuple[Registration, str]:
    registration = comes()
    return registration, f"/pieteikums/{links.link_of(registration.sign_up)}/"


@pytest.mark.parametrize("spoil", [str, lambda address: address[:-1], lambda address: f"{address[:-3]}xx/"])
def test_every_answer_at_a_private_address_is_kept_by_nobody(
    client: Client, page: tuple[Registration, str], spoil: Callable[[str], str]
) -> None:
    answer = client.get(spoil(page[1]))
    assert answer["Cache-Control"] == "no-store, private"
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_children_counted_by_age_stay_when_ages_are_no_longer_asked(
    client: Client, page: tuple[Registration, str]
) -> None:
    _, address = page
    Activity.objects.update(is_age_asked=False)
    form = client.get(f"{address}mainit/").content.decode()
    assert 'name="child_2_age"' in form
    assert 'value="Zane"' in form


def test_children_counted_without_ages_stay_when_ages_are_asked(client: Client, page: tuple[Registration, str]) -> None:
    registration, address = page
    registration.participants.all().delete()
    client.post(f"{address}mainit/", {"adults": "2", "children": "2"})
    registration.refresh_from_db()
    assert (registration.adults, registration.children) == (2, 2)


@pytest.mark.parametrize(
    ("fields", "summary", "has_address", "place"),
    [
        ({}, "Ezera talka 1", True, "Mezgls, Smilšu iela 92"),
        ({"audience": "invited"}, "Ezera talka 1", False, "Mezgls, Smilšu iela 92"),
        ({"audience": "discreet"}, "Kopiena", False, ""),
    ],
)
def test_the_calendar_file_says_no_more_than_may_lie_about_on_a_phone(
    client: Client, page: tuple[Registration, str], fields: dict[str, Any], summary: str, has_address: bool, place: str
) -> None:
    registration, address = page
    Activity.objects.update(**fields)
    answer = client.get(f"{address}kalendars.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    said = (str(event["summary"]), "url" in event, str(event.get("location", "")), str(event["status"]))
    assert said == (summary, has_address, place, "CONFIRMED")
    meeting = registration.occurrence.meetings.get()
    times = (meeting.starts_at.replace(microsecond=0), meeting.ends_at.replace(microsecond=0))
    assert (event["dtstart"].dt, event["dtend"].dt) == times
    assert not {"Anna", "Zane"} & set(answer.content.decode().split())


def test_who_waits_has_no_calendar_file(client: Client, soon: Callable[..., Any], comes: Callable[..., Any]) -> None:
    occurrence = soon(places=5)
    comes(occurrence)
    waits = comes(occurrence)
    assert client.get(f"/pieteikums/{links.link_of(waits.sign_up)}/kalendars.ics").status_code == 404


def test_a_party_larger_than_one_form_holds_that_the_staff_let_in_is_changed_by_itself(
    client: Client, make_occurrence: Callable[..., Any]
) -> None:
    occurrence = make_occurrence(places=30, starts_at=timezone.now() + timedelta(days=9))
    sender = Sender(name="Anna", language="lv", phone="+37120000000")
    by_phone = Staff(by=staff())
    made = registering.register_for("t", occurrence.pk, sender, Party(15), staff=by_phone, now=timezone.now())
    address = f"/pieteikums/{links.link_of(made)}/mainit/"
    assert 'value="15"' in client.get(address).content.decode()
    assert client.post(address, {"adults": "14"}).status_code == 302
    assert client.post(address, {"adults": "15"}).status_code == 200
    assert Registration.objects.get().adults == 14


def test_children_who_come_along_stay_where_only_their_number_is_known(
    client: Client, page: tuple[Registration, str]
) -> None:
    registration, address = page
    registration.participants.all().delete()
    Registration.objects.filter(pk=registration.pk).update(children=1, children_along=1)
    client.post(f"{address}mainit/", {"adults": "1", "children": "1", "children_along": "1"})
    registration.refresh_from_db()
    assert (registration.adults, registration.children, registration.children_along) == (1, 1, 1)


@pytest.mark.parametrize("written_in", ["lv", "ru", "en"])
def test_the_reason_why_it_will_not_take_place_is_read_in_whatever_language_it_was_written(
    client: Client, page: tuple[Registration, str], written_in: str
) -> None:
    registration, address = page
    reason = {f"reason_{written_in}": "Vent fort – сильный ветер"}
    registering.call_off(registration.occurrence_id, reason=reason, by=staff(), now=timezone.now())
    lang = "" if written_in == "lv" else f' lang="{written_in}"'
    for where in (address, f"/pieteikties/{registration.occurrence_id}/"):
        assert f"<p{lang}>Vent fort – сильный ветер</p>" in client.get(where).content.decode(), where


@pytest.fixture
def class_page(soon: Callable[..., Any]) -> tuple[Registration, str]:
    """A class of eight that two of are not photographed, where ages would be asked of a family."""
    sender = replace(ANNA, may_be_photographed=True, not_photographed=2)
    made = class_comes(soon(places=9), 1, 8, sender=sender, now=timezone.now())
    return made, f"/pieteikums/{links.link_of(made.sign_up)}/"


def test_a_class_is_shown_as_one_and_changed_by_numbers(client: Client, class_page: tuple[Registration, str]) -> None:
    made, address = class_page
    page = client.get(address).content.decode()
    assert [
        words for words in ("Pienenīte", "8 bērni", "Drīkst fotografēt, izņemot 2 bērnus") if words not in page
    ] == []
    form = client.get(f"{address}mainit/").content.decode()
    assert 'name="children" value="8"' in form
    assert "child_1" not in form
    smaller = {"adults": "1", "children": "5", "photo": "but", "not_photographed": "6"}
    refused = client.post(f"{address}mainit/", smaller)
    assert list(refused.context["form"].errors) == ["not_photographed"]
    assert client.post(f"{address}mainit/", {**smaller, "not_photographed": "1"}).status_code == 302
    made = Registration.objects.select_related("sign_up").get()
    assert (made.adults, made.children, made.seats, made.sign_up.not_photographed) == (1, 5, 6, 1)
    larger = {**smaller, "children": "9"}
    assert client.post(f"{address}mainit/", larger).context["form"]["children"].value() == "9"
    assert Registration.objects.get().children == 5


def test_a_class_that_waits_is_told_no_family_rule_and_whether_it_waits_in_vain(
    client: Client, class_page: tuple[Registration, str]
) -> None:
    occurrence = class_page[0].occurrence
    waits = class_comes(occurrence, 1, 9, now=timezone.now())
    main = client.get(f"/pieteikums/{links.link_of(waits.sign_up)}/").content.decode().partition("<main")[2]
    assert "Jūsu grupu nesadalīsim" in main
    assert "Grupai vajadzīgo vietu skaits: 10. Lielākais vietu skaits, ko grupa šeit var saņemt: 9." in main
    assert "ģimen" not in main


def test_a_class_that_waits_in_vain_is_shown_dates_at_its_desk(client: Client, soon: Callable[..., Any]) -> None:
    now = timezone.now()
    full = soon(places=5, occurrence={"promote_until": now + timedelta(days=1)})
    class_comes(full, 1, 4, now=now)
    waits, roomy = class_comes(full, 1, 4, now=now), soon(activity=full.activity)
    with time_machine.travel(now + timedelta(days=2)):
        page = client.get(f"/pieteikums/{links.link_of(waits.sign_up)}/").content.decode()
    assert f'href="/musu-iestade/pienenite/grupas/jauna/{roomy.pk}/"' in page
