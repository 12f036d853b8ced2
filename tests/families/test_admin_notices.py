"""What a family was told, at its registration in the office; and a letter sent again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Occurrence
from families import links, registering
from families.models import Registration, SignUp
from kopiena.floor.models import Notice
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.notices import (
    FILES,
    again_page_of,
    failed,
    keep_file,
    list_page,
    notice,
    page_of,
    sent,
    withdrawn,
)
from tests.office import registration_page_of, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(comes: Callable[..., Registration]) -> Callable[..., Notice]:
    """A letter to a family that has signed up, in the state asked for."""

    def make(state: Callable[..., Notice] = failed, kind: str = "placed", **sender: Any) -> Notice:
        registration = comes(**sender)
        Notice.objects.filter(about=f"registration:{registration.pk}").delete()
        return state(f"registration:{registration.pk}", kind)

    return make


def registration_of(row: Notice) -> Registration:
    return Registration.objects.get(pk=row.about_id())


def sends_again(client: Client, row: Notice) -> Any:
    """As the button does."""
    return client.post(again_page_of(row), {"seen": row.message_id}, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def state_of(row: Notice) -> str:
    return str(Notice.objects.get(pk=row.pk).state)


# At the registration


def test_what_a_family_was_told_stands_at_its_registration_and_its_sent_form(
    comes: Callable[..., Registration],
) -> None:
    ours, other = comes(), comes(name="Olga", email="olga@example.lv", phone="+37120000011")
    Notice.objects.all().delete()
    about, form = f"registration:{ours.pk}", f"sign_up:{ours.sign_up_id}"
    rows = [notice(about), sent(about, "moved"), failed(about, "reminder"), withdrawn(about, "changed")]
    rows += [notice(about, "called_off", channel="call", recipient="+37120000000"), sent(form, "link")]
    stranger = sent(f"registration:{other.pk}")
    client = signed_in(COORDINATOR)
    sign_up_page = reverse("admin:families_signup_change", args=[ours.sign_up_id])
    for address in (registration_page_of(ours), sign_up_page):
        answer = client.get(address)
        page = answer.content.decode()
        assert [each.notice for each in answer.context["notices"]] == rows[::-1]
        for row in rows:
            assert page_of(row) in page
        assert page_of(stranger) not in page
        for words in ("jānosūta", "nosūtīta: ", "nav piegādāta: ", "nav sūtīta: ", "jāpiezvana"):
            assert words in page
        sendable = {row.pk for row in rows if again_page_of(row) in page}
        assert sendable == {rows[1].pk, rows[2].pk, rows[3].pk, rows[5].pk}


def test_a_refused_letter_fails_once_and_the_coordinator_sees_it_where_she_looks(told: Callable[..., Notice]) -> None:
    row = told(failed)
    registration, client = registration_of(row), signed_in(COORDINATOR)
    for address in (registration_page_of(registration), list_page(), page_of(row)):
        page = client.get(address).content.decode()
        assert "550 5.1.1 &lt;b&gt;anna@example.lv&lt;/b&gt;&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert str(Notice.Reason.REFUSED.label) in page
    assert registration.status == "placed"
    assert "1 vēstule nav piegādāta" in client.get("/admin/").content.decode()


def test_who_may_not_see_notices_sees_none_at_the_registration(told: Callable[..., Notice]) -> None:
    row = told(failed)
    address = registration_page_of(registration_of(row))
    page = signed_in(HELPER).get(address).content.decode()
    assert page_of(row) not in page
    assert "550" not in page
    assert signed_in(AUDITOR).get(address).status_code == 403
    client = signed_in(COORDINATOR)
    Group.objects.get(name=COORDINATOR).permissions.remove(Permission.objects.get(codename="view_notice"))
    assert page_of(row) not in client.get(address).content.decode()


def test_the_pages_ask_the_database_no_more_for_thirty_notices_than_for_one(told: Callable[..., Notice]) -> None:
    row = told(failed)
    registration, client = registration_of(row), signed_in(COORDINATOR)
    sign_up_page = reverse("admin:families_signup_change", args=[registration.sign_up_id])
    counts = []
    for upto in (1, 30):
        for revision in range(Notice.objects.count(), upto):
            failed(row.about, revision=revision)
        for address in (registration_page_of(registration), sign_up_page, list_page()):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_each_notice_leads_to_whom_it_is_about(told: Callable[..., Notice]) -> None:
    row = told(sent, name="Anna <b>x</b>")
    registration = registration_of(row)
    form = sent(f"sign_up:{registration.sign_up_id}", "link")
    lost = sent("registration:999999")
    client = signed_in(COORDINATOR)
    for address in (list_page(), page_of(row)):
        page = client.get(address).content.decode()
        assert registration_page_of(registration) in page
        assert "Anna &lt;b&gt;x&lt;/b&gt;" in page
        assert "<b>x</b>" not in page
    assert reverse("admin:families_signup_change", args=[registration.sign_up_id]) in (
        client.get(page_of(form)).content.decode()
    )
    assert "registration:999999" not in client.get(list_page()).content.decode()
    assert client.get(page_of(lost)).status_code == 200


# Sending again


@pytest.mark.parametrize("state", [sent, failed, withdrawn])
def test_a_letter_is_sent_again_to_the_address_of_today_as_a_letter_of_its_own(
    state: Callable[..., Notice], told: Callable[..., Notice]
) -> None:
    row = told(state)
    registration, client = registration_of(row), signed_in(COORDINATOR)
    SignUp.objects.filter(pk=registration.sign_up_id).update(email="new@example.lv")
    page = client.get(again_page_of(row)).content.decode()
    assert "new@example.lv" in page
    assert row.message_id.strip("<>") in page
    assert state_of(row) != "owed"  # opening the page asks
    answer = sends_again(client, row)
    assert answer.redirect_chain[-1][0] == registration_page_of(registration)
    owed = Notice.objects.get(pk=row.pk)
    assert (owed.state, owed.recipient, owed.reason, owed.answer) == ("owed", "new@example.lv", "", "")
    assert (owed.tries, owed.sent_at) == (0, None)
    assert owed.message_id != row.message_id
    registration.refresh_from_db()
    assert registration.status == "placed"


@pytest.mark.django_db(transaction=True)
def test_the_kept_file_of_the_first_copy_goes_since_no_notice_knows_it_any_more(
    told: Callable[..., Notice], settings: Any, tmp_path: Path
) -> None:
    """Else it would outlive the family's wish to be erased."""
    settings.EMAIL_BACKEND, settings.VAR_DIR = FILES, tmp_path
    row, client = told(sent), signed_in(COORDINATOR)
    keep_file(row)
    assert len(list(tmp_path.glob("mail/*"))) == 1
    sends_again(client, row)
    assert list(tmp_path.glob("mail/*")) == []


def test_two_taps_send_one_letter_even_where_the_first_has_gone_out_meanwhile(told: Callable[..., Notice]) -> None:
    row = told(sent)
    client = signed_in(COORDINATOR)
    sends_again(client, row)
    Notice.objects.filter(pk=row.pk).update(state="sent", sent_at=timezone.now())
    between = Notice.objects.get(pk=row.pk)
    answer = sends_again(client, row)
    assert said(answer)
    after = Notice.objects.get(pk=row.pk)
    assert (after.state, after.message_id) == ("sent", between.message_id)
    assert LogEntry.objects.count() == 1


def test_the_log_of_the_registration_tells_who_sent_it_again_and_names_nobody(told: Callable[..., Notice]) -> None:
    row, client = told(failed), signed_in(COORDINATOR)
    sends_again(client, row)
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.object_repr) == (str(row.about_id()), f"#{row.about_id()}")
    assert entry.get_edited_object() == registration_of(row)
    for hidden in ("anna", "Anna", "example.lv"):
        assert hidden not in f"{entry.change_message}{entry.object_repr}"
    history = reverse("admin:families_registration_history", args=[row.about_id()])
    assert "vēstule sūtīta vēlreiz" in client.get(history).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"state": "owed", "reason": "", "answer": ""},
        {"state": "sending", "reason": "", "claimed_until": timezone.now() + timedelta(hours=1)},
        {"channel": "call"},
        {"recipient": ""},
        {"state": "withdrawn", "reason": "erased"},
        {"kind": "no such kind"},
    ],
)
def test_what_cannot_be_sent_again_is_refused_in_a_sentence(
    change: dict[str, Any], told: Callable[..., Notice]
) -> None:
    row, client = told(failed), signed_in(COORDINATOR)
    Notice.objects.filter(pk=row.pk).update(**change)
    before = Notice.objects.values().get(pk=row.pk)
    assert again_page_of(row) not in client.get(page_of(row)).content.decode()
    assert client.get(again_page_of(row)).context["refusal"]
    answer = sends_again(client, row)
    assert len(said(answer)) == 1
    assert Notice.objects.values().get(pk=row.pk) == before
    assert not LogEntry.objects.exists()


def test_a_letter_with_nothing_to_tell_any_more_says_so_and_stays(told: Callable[..., Notice]) -> None:
    row, client = told(failed, "placed"), signed_in(COORDINATOR)
    registering.cancel(row.about_id(), by=staff(), now=timezone.now())
    LogEntry.objects.all().delete()
    page = client.get(again_page_of(row))
    assert str(Notice.Reason.NOT_SO.label) in page.context["refusal"]
    assert 'name="seen"' not in page.content.decode()
    assert str(Notice.Reason.NOT_SO.label) in said(sends_again(client, row))[0]
    assert state_of(row) == "failed"
    assert not LogEntry.objects.exists()


def test_an_erased_family_gets_nothing_more(told: Callable[..., Notice]) -> None:
    row, client = told(sent), signed_in(COORDINATOR)
    registering.erase(registration_of(row).sign_up_id, now=timezone.now())
    sends_again(client, row)
    after = Notice.objects.get(pk=row.pk)
    assert (after.state, after.recipient) == ("sent", "")


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_a_coordinator_sends_again(role: str, told: Callable[..., Notice]) -> None:
    row = told(failed)
    assert signed_in(role).post(again_page_of(row), {"seen": row.message_id}).status_code == 403
    assert state_of(row) == "failed"


def test_a_forged_post_sends_nothing(told: Callable[..., Notice]) -> None:
    row, client = told(failed), signed_in(COORDINATOR)
    for forged in ({}, {"seen": ""}, {"seen": "<x@y>"}, {"seen": "\x00" * 9}, {"seen": "é" * 10_000}):
        assert client.post(again_page_of(row), forged).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff(COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(again_page_of(row), {"seen": row.message_id}).status_code == 403
    assert state_of(row) == "failed"
    for number in ("999999", "9" * 30):
        assert client.post(f"/admin/floor/notice/{number}/velreiz/", {"seen": "x"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_deed_and_its_line_in_the_log_are_one(told: Callable[..., Notice], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log cannot be written nothing is owed either."""
    row, client = told(failed), signed_in(COORDINATOR)
    client.raise_request_exception = False

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("families.gate.record", broken)
    assert client.post(again_page_of(row), {"seen": row.message_id}).status_code == 500
    assert state_of(row) == "failed"
    monkeypatch.undo()
    sends_again(client, row)
    assert state_of(row) == "owed"


def test_a_discreet_letter_is_read_without_activity_place_or_link(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    registration = comes(soon(), name="Slepenā")
    registration.occurrence.activity.audience = "discreet"
    registration.occurrence.activity.save()
    row = Notice.objects.get(about=f"registration:{registration.pk}", kind="placed")
    says = signed_in(COORDINATOR).get(page_of(row)).context["says"]
    words = f"{says.subject}{says.text}"
    for hidden in (registration.occurrence.activity.title_lv, "Mezgls", links.link_of(registration.sign_up), "Slepenā"):
        assert hidden not in words
