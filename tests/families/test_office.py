"""The coordinators hear of letters that failed and calls that wait: counts only, once for each news, once an hour."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from families import notices, office
from families.letters import to_the_office
from kopiena.floor import outbox
from kopiena.floor.models import Centre, Notice
from kopiena.floor.outbox import Pointless
from kopiena.roles import COORDINATOR, HELPER
from tests.conftest import NOW
from tests.families.letters.stories import everything, made, parts, read
from tests.office import staff

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def failed(number: int = 1, kind: str = notices.PLACED, **fields: Any) -> Notice:
    """A letter the mail server refused."""
    about = {"about": f"registration:{number}", "revision": number, "kind": kind, "recipient": "anna@example.lv"}
    return Notice.objects.create(**{**about, "state": "failed", "reason": "refused", **fields})


def call(number: int = 1) -> Notice:
    """A call somebody owes."""
    about = {"about": f"registration:{number}", "revision": number, "kind": notices.CALLED_OFF}
    return Notice.objects.create(**about, channel="call", recipient="+37120000001")


def letters(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=kind).order_by("pk"))


@pytest.fixture
def coordinator() -> Any:
    return staff(COORDINATOR)


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses of the office's lists, readable."""
    monkeypatch.setattr(to_the_office, "reverse", lambda name: f"/of/{name.removeprefix('admin:')}/")


def test_the_lists_the_letters_lead_to_are_there() -> None:
    for name in ("floor_notice_changelist", "families_calls"):
        assert reverse(f"admin:{name}").startswith("/admin/")


def test_every_active_coordinator_is_told_and_nobody_else(coordinator: Any) -> None:
    other = staff(COORDINATOR)
    staff(HELPER)
    staff(COORDINATOR, is_active=False)
    failed()
    assert office.owe_due(NOW) == 2
    told = {(each.about, each.recipient, each.language) for each in letters(office.FAILED_LETTERS)}
    assert told == {(f"user:{user.pk}", user.email, "lv") for user in (coordinator, other)}


def test_where_nobody_coordinates_the_centre_is_told() -> None:
    failed()
    assert office.owe_due(NOW) == 0  # there is nobody at all
    Centre.objects.update_or_create(pk=1, defaults={"name_lv": "Centrs", "email": "centrs@example.lv"})
    assert office.owe_due(NOW) == 1
    assert letters(office.FAILED_LETTERS)[0].recipient == "centrs@example.lv"


def test_it_is_told_once_and_again_only_of_something_new(coordinator: Any) -> None:
    first = failed(1)
    assert [office.owe_due(NOW + n * MINUTE) for n in range(3)] == [1, 0, 0]
    assert office.owe_due(NOW + 2 * HOUR) == 0  # nothing new
    failed(2)
    assert office.owe_due(NOW + 2 * HOUR) == 1
    outbox.owe_again(first, NOW)
    Notice.objects.filter(pk=first.pk).update(state="failed", reason="refused")
    assert office.owe_due(NOW + 4 * HOUR) == 1  # tried anew and failed anew


def test_at_most_one_letter_of_a_kind_goes_out_in_an_hour(coordinator: Any) -> None:
    told = []
    for minute in range(0, 180, 10):
        failed(minute + 1)
        call(minute + 1)
        told.append(office.owe_due(NOW + minute * MINUTE))
    assert told == [2, 0, 0, 0, 0, 0] * 3
    assert len(letters(office.FAILED_LETTERS)) == len(letters(office.CALL_LIST)) == 3


def test_nothing_is_told_of_letters_to_the_office_codes_or_people_forgotten(coordinator: Any) -> None:
    failed(1, office.FAILED_LETTERS)
    failed(2, office.CALL_LIST)
    failed(3, "sign_in_code")
    failed(4, recipient="")
    failed(5, state="sent", reason="", sent_at=NOW)
    assert office.owe_due(NOW) == 0


def test_the_letter_counts_and_leads_to_the_list_and_names_nobody(coordinator: Any, lists: None) -> None:
    for number in range(3):
        failed(number, answer="550 <anna@example.lv> unknown")
    office.owe_due(NOW)
    (notice,) = letters(office.FAILED_LETTERS)
    message = read(notice, NOW)
    assert message["Subject"] == "Nav piegādātas 3 vēstules"
    assert "http://127.0.0.1:8000/of/floor_notice_changelist/?state__exact=failed\n" in parts(message)["text/plain"]
    assert [word for word in ("anna", "550", "registration:") if word in everything(message)] == []


@pytest.mark.parametrize(("count", "words"), [(1, "Zvanu sarakstā gaida 1 zvans"), (5, "Zvanu sarakstā gaida 5 zvani")])
def test_the_call_list_letter_counts_and_leads_to_the_list(
    coordinator: Any, lists: None, count: int, words: str
) -> None:
    for number in range(count):
        call(number)
    office.owe_due(NOW)
    (notice,) = letters(office.CALL_LIST)
    message = read(notice, NOW)
    assert message["Subject"] == words
    assert "http://127.0.0.1:8000/of/families_calls/\n" in parts(message)["text/plain"]
    assert "2000" not in everything(message)


def test_what_is_put_right_meanwhile_is_not_told(coordinator: Any) -> None:
    bad, waits = failed(), call()
    office.owe_due(NOW)
    bad.delete()
    waits.delete()
    for kind in office.TO_THE_OFFICE:
        with pytest.raises(Pointless, match="not_so"):
            made(letters(kind)[0], NOW)


def test_who_coordinates_no_longer_is_not_told(coordinator: Any) -> None:
    failed()
    office.owe_due(NOW)
    coordinator.is_active = False
    coordinator.save()
    with pytest.raises(Pointless, match="not_so"):
        made(letters(office.FAILED_LETTERS)[0], NOW)
