"""With the link in the hand: find it again, print it, keep it in a calendar, be forgotten; looking changes nothing."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from families.models import Participant, Registration, SignUp
from tests.journeys.conftest import EMAIL, PHONE, signs_up
from tests.journeys.resident import Page, Resident

FIND = "/mans-pieteikums/"
NOTHING_FOUND = "Ar šādu kodu un saziņas veidu neko neatradām. Pārbaudiet ciparus."


def find(who: Resident, code: str, contact: str) -> Page:
    return who.press(who.open(FIND), "Atrast manu pieteikumu", code=code, contact=contact)


def test_the_code_with_the_phone_or_the_e_mail_leads_back(
    resident: Resident, neighbour: Resident, make_occurrence: Any
) -> None:
    ours = signs_up(resident, make_occurrence(), email=EMAIL)
    code = SignUp.objects.get().code
    for typed in (code, f"{code[:4]} {code[4:]}", f"{code[:4]}-{code[4:]}"):
        assert find(neighbour, typed, "+371 20 000 000").address == ours.address
    assert find(neighbour, code, " Anna@Example.LV ").address == ours.address


def test_nothing_there_and_something_wrong_are_answered_alike(
    resident: Resident, neighbour: Resident, make_occurrence: Any
) -> None:
    signs_up(resident, make_occurrence())
    code = SignUp.objects.get().code
    unknown = find(neighbour, "00000000" if code != "00000000" else "11111111", PHONE)
    wrong = find(neighbour, code, "2000 0099")
    assert unknown.errors() == wrong.errors() == [NOTHING_FOUND]
    assert unknown.status == wrong.status == 200


def test_wrong_guesses_are_slowed_and_the_right_one_is_not_told_apart_then(
    resident: Resident, neighbour: Resident, make_occurrence: Any, clock: Any
) -> None:
    ours = signs_up(resident, make_occurrence())
    code = SignUp.objects.get().code
    for _ in range(settings.FIND_ATTEMPTS_PER_HOUR):
        assert find(neighbour, code, "2000 0099").status == 200
    wrong, right = find(neighbour, code, "2000 0099"), find(neighbour, code, PHONE)
    assert wrong.status == right.status == 429
    assert wrong.errors() == right.errors()
    clock.shift(2 * 60 * 60)
    assert find(neighbour, code, PHONE).address == ours.address


def test_whoever_asks_to_be_forgotten_is(resident: Resident, neighbour: Resident, with_ages: Any) -> None:
    ours = signs_up(resident, with_ages, declaration="on", child_1_first_name="Ilze", child_1_age=6, needs="Alerģija")
    code = SignUp.objects.get().code
    done = resident.press(resident.open(ours.links()["Dzēst manus datus"]), "Dzēst manus datus")
    assert done.status == 200
    for way in ("", "mainit/", "atcelt/", "dzest/", "izdruka/", "kalendars.ics"):
        assert resident.client.get(ours.address + way).status_code == 404, way
    assert find(neighbour, code, PHONE).errors() == [NOTHING_FOUND]
    kept = Registration.objects.get()
    assert (kept.status, kept.adults, kept.children, kept.needs_answer) == ("cancelled", 2, 1, "")
    assert (kept.sign_up.contact_name, kept.sign_up.phone, kept.sign_up.email) == ("", "", "")
    assert not Participant.objects.exists()


def test_the_calendar_file_and_the_slip_say_when_and_the_code(resident: Resident, make_occurrence: Any) -> None:
    ours = signs_up(resident, make_occurrence())
    file = resident.client.get(ours.links()["Pievienot kalendāram"])
    assert file["Content-Type"].startswith("text/calendar")
    assert "DTSTART;TZID=Europe/Riga:20270311T120000" in file.content.decode()
    assert "BEGIN:VTIMEZONE" in file.content.decode()
    slip = resident.open(next(way for way in ours.links().values() if way.endswith("/izdruka/")))
    assert SignUp.objects.get().code_in_groups in slip.text
    assert "11. martā, plkst. 12.00" in slip.text
    assert "/pieteikums/" not in slip.text  # a slip lies on the kitchen table


def test_looking_never_changes_anything(resident: Resident, make_occurrence: Any) -> None:
    """Scanners in the mail follow every link they find, again and again."""
    ours = signs_up(resident, make_occurrence())
    ways = {ours.address, *(way for way in ours.links().values() if way.startswith("/"))}
    for way in list(ways):
        answer = resident.client.get(way)
        if answer["Content-Type"].startswith("text/html"):
            ways |= {link for link in Page(answer, way).links().values() if link.startswith("/")}
    ways -= {way for way in ways if way.startswith("/static/")}
    assert len(ways) > 20
    with CaptureQueriesContext(connection) as asked:
        for way in sorted(ways):
            asks_for_sign_in = way.endswith("/musu-iestade/")
            assert resident.client.get(way).status_code == (302 if asks_for_sign_in else 200), way
    said = {query["sql"].lstrip("(").split(" ", 1)[0] for query in asked}
    assert said == {"SELECT"}
    assert Registration.objects.get().is_placed


def test_a_link_that_is_cut_or_guessed_opens_nothing(resident: Resident, make_occurrence: Any) -> None:
    ours = signs_up(resident, make_occurrence())
    link = ours.address.split("/")[2]
    other = "A" if link[-1] != "A" else "Q"
    for wrong in (
        link[:-1],
        link + "A",
        link[:-1] + other,
        link.swapcase(),
        "x",
        "%00",
        "ž" * 43,
        "A" * 43,
        "A" * 3000,
    ):
        assert Client().get(f"/pieteikums/{wrong}/").status_code == 404, wrong
