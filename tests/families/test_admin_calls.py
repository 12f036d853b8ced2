"""The call list in the admin: for coordinators who see contacts, ticked by POST alone, printable."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Occurrence
from families import asking, registering
from families.models import Registration
from kopiena.floor.models import Notice, User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import cancel_page_of, signed_in

pytestmark = pytest.mark.django_db
CALLS, SHEET = "/admin/families/registration/zvani/", "/admin/families/registration/zvani/drukat/"


@pytest.fixture
def off(comes: Callable[..., Registration]) -> Callable[..., Registration]:
    """A family without e-mail, whose date was called off."""

    def make(occurrence: Occurrence | None = None, **sender: Any) -> Registration:
        registration = comes(occurrence, **{"email": "", **sender})
        by, _ = User.objects.get_or_create(email="boss@example.lv", is_staff=True)
        reason = {"reason_lv": "Lietus.", "reason_ru": "Дождь."}
        registering.call_off(registration.occurrence_id, reason=reason, by=by, now=timezone.now())
        return registration

    return make


def call_of(registration: Registration) -> Notice:
    return Notice.objects.calls().get(about=f"registration:{registration.pk}")


def read(client: Client, address: str = CALLS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_name_of_the_address_is_kept() -> None:
    assert (reverse("admin:families_calls"), reverse("admin:families_calls_sheet")) == (CALLS, SHEET)


@pytest.mark.parametrize("address", [CALLS, SHEET])
@pytest.mark.parametrize(("role", "status"), [(None, 200), (COORDINATOR, 200), (HELPER, 403), (AUDITOR, 403)])
def test_only_a_coordinator_sees_whom_to_call(
    off: Callable[..., Registration], address: str, role: Any, status: int
) -> None:
    off()
    answer = signed_in(role).get(address)
    assert answer.status_code == status
    assert ("2000 0000" in answer.content.decode()) == (status == 200)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("right", ["view_signup", "view_registration"])
def test_a_coordinator_without_sight_of_contacts_is_refused_reading_and_ticking(
    off: Callable[..., Registration], right: str
) -> None:
    call = call_of(off())
    client = signed_in(COORDINATOR)
    for group in Permission.objects.get(codename=right).group_set.all():
        group.permissions.remove(Permission.objects.get(codename=right))
    assert client.get(CALLS).status_code == 403
    assert client.post(CALLS, {"called": call.pk}).status_code == 403
    assert call_of(Registration.objects.get()).state == "owed"


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(CALLS).status_code == 302
    assert client.post(CALLS, {"called": 1}).status_code == 302


def test_a_row_says_whom_when_and_what_and_its_buttons_are_ready(off: Callable[..., Registration]) -> None:
    registration = off(language="ru", safe_to_call="по будням после 18.00")
    page = read(signed_in(COORDINATOR))
    assert "Jāpiezvana: 1" in page
    assert f'<a href="/admin/families/registration/{registration.pk}/change/">Anna</a>' in page
    assert "Zvanīt tikai tad, kad tas ir droši: <strong>по будням после 18.00</strong>" in page
    assert 'href="tel:+37120000000"' in page
    assert re.search(r'href="sms:\+37120000000\?&amp;body=%D0%97[^" ]+"', page)
    words = re.search(r'<blockquote class="call__words" lang="ru">(.+?)</blockquote>', page)
    assert words
    assert "Дождь." in words[1]
    assert f'name="called" value="{call_of(registration).pk}">Piezvanīts<span class="visually-hidden">: 1. Anna' in page


def test_each_tick_has_a_name_of_its_own(off: Callable[..., Registration]) -> None:
    for _ in range(3):
        off()
    ticks = re.findall(r'name="called" value="\d+">(.+?)</button>', read(signed_in(COORDINATOR)))
    assert len(ticks) == len(set(ticks)) == 3


def test_a_name_that_is_code_stands_there_as_it_was_typed(off: Callable[..., Registration]) -> None:
    off(name="Anna <b>x</b> {{7*7}}", safe_to_call="<script>")
    for address in (CALLS, SHEET):
        page = read(signed_in(COORDINATOR), address)
        assert "Anna &lt;b&gt;x&lt;/b&gt; {{7*7}}" in page
        assert "<b>x</b>" not in page
        assert "&lt;script&gt;" in page


def test_a_discreet_row_names_nothing_on_screen_or_paper(
    soon: Callable[..., Occurrence], off: Callable[..., Registration]
) -> None:
    date = soon()
    off(date, language="ru")
    type(date.activity).objects.update(audience="discreet")
    for address in (CALLS, SHEET, f"{CALLS}?date={date.pk}", f"{SHEET}?date={date.pk}"):
        page = read(signed_in(COORDINATOR), address)
        for title in (date.activity.title_lv, date.activity.title_ru, "Mezgls", "Smilšu iela", "sms:", "Дождь"):
            assert title not in page, (address, title)
        assert "Lūdziet pie tālruņa: Anna. Ja atbild kāds cits, sakiet tikai, ka piezvanīsiet vēlreiz." in page
        assert "Здравствуйте! Это Anna?" in page


def test_a_tick_is_a_post_and_can_be_taken_back(off: Callable[..., Registration]) -> None:
    registration, client = off(), signed_in(COORDINATOR)
    call = call_of(registration)
    client.get(CALLS, {"called": call.pk})
    assert call_of(registration).state == "owed"
    answer = client.post(CALLS, {"called": call.pk})
    assert (answer.status_code, answer["Location"]) == (302, f"{CALLS}?ticked={call.pk}")
    done = call_of(registration)
    assert (done.state, done.done_by.email) == ("sent", "staff2@example.lv")  # type: ignore[union-attr]
    page = read(client, answer["Location"])
    assert "Atzīmēts, ka piezvanīts: <strong>Anna</strong>" in page
    assert "Zvanīt nevienam nevajag." in page
    assert "Piezvanīts pēdējā diennaktī: 1" in page
    client.post(CALLS, {"not_called": call.pk})
    assert call_of(registration).state == "owed"
    assert "Atzīme ir noņemta" in read(client)


def test_two_who_tick_at_once_hear_of_it_and_the_first_stays(off: Callable[..., Registration]) -> None:
    registration = off()
    for client in (signed_in(COORDINATOR), signed_in(COORDINATOR)):
        last = client.post(CALLS, {"called": call_of(registration).pk}, follow=True)
    assert "Šis zvans vairs nav vajadzīgs" in last.content.decode()
    assert call_of(registration).done_by.email == "staff2@example.lv"  # type: ignore[union-attr]


def test_the_list_of_one_date_stays_so_after_a_tick(
    soon: Callable[..., Occurrence], off: Callable[..., Registration]
) -> None:
    ours, other = off(name="Anna"), off(name="Zane")
    address, client = f"{CALLS}?date={ours.occurrence_id}", signed_in(COORDINATOR)
    page = read(client, address)
    assert "Anna" in page
    assert "Zane" not in page
    answer = client.post(address, {"called": call_of(ours).pk})
    assert answer["Location"] == f"{address}&ticked={call_of(ours).pk}"
    assert f'href="{SHEET}?date={ours.occurrence_id}"' in page
    assert call_of(other).state == "owed"


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 30, "٣", "\x00", "0"])
def test_what_is_no_call_and_no_date_changes_nothing(off: Callable[..., Registration], typed: str) -> None:
    registration, client = off(), signed_in(COORDINATOR)
    for name in ("called", "not_called"):
        assert client.post(CALLS, {name: typed}).status_code == 302
    for name in ("date", "ticked"):
        assert client.get(CALLS, {name: typed}).status_code == 200
    assert call_of(registration).state == "owed"


def test_whoever_asked_to_be_called_stands_there_known_or_not(comes: Callable[..., Registration]) -> None:
    comes()
    for phone in ("+37120000000", "+37120000009"):
        asking.be_called(phone, safe_to_call="pēc 18", language="lv", now=timezone.now())
    page = read(signed_in(COORDINATOR))
    assert '<a href="/admin/families/signup/?q=%2B37120000000">Anna</a>' in page
    assert "2. 2000 0009</h2>" in page
    assert page.count("Ar šo numuru neviens nav pieteicies.") == 1


def test_the_sheet_has_an_empty_box_in_each_row(off: Callable[..., Registration]) -> None:
    for _ in range(2):
        off()
    page = read(signed_in(COORDINATOR), SHEET)
    assert page.count('<td class="door__box"><span></span></td>') == 2
    assert "<h1>Zvanu saraksts</h1>" in page


def test_a_page_of_many_asks_the_database_as_often_as_a_page_of_one(
    off: Callable[..., Registration], django_assert_num_queries: Any
) -> None:
    client = signed_in(COORDINATOR)
    for more in (1, 9):
        for _ in range(more):
            done, _owed = off(), off()
            client.post(CALLS, {"called": call_of(done).pk})
        with django_assert_num_queries(12):
            page = read(client)
    assert "Jāpiezvana: 10" in page
    assert "Piezvanīts pēdējā diennaktī: 10" in page


@pytest.mark.parametrize(("wished", "calls"), [({}, 1), ({"is_wished": "on"}, 0)])
def test_whom_the_centre_cancels_is_rung_up_unless_they_asked_for_it(
    comes: Callable[..., Registration], wished: dict[str, str], calls: int
) -> None:
    registration, client = comes(email=""), signed_in(COORDINATOR)
    assert "Ģimene pati to lūdza" in client.get(cancel_page_of(registration)).content.decode()
    client.post(cancel_page_of(registration), wished)
    registration.refresh_from_db()
    assert registration.is_cancelled
    assert Notice.objects.calls().owed().filter(kind="cancelled").count() == calls


def test_who_has_no_phone_is_not_asked_about_and_who_cancels_herself_is_not_rung_up(
    comes: Callable[..., Registration],
) -> None:
    without = comes(phone="")
    assert "is_wished" not in signed_in(COORDINATOR).get(cancel_page_of(without)).content.decode()
    soon = comes(email="")
    registering.cancel(soon.pk, now=timezone.now() - timedelta(minutes=1))
    assert not Notice.objects.calls().exists()
